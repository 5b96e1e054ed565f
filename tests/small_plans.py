"""Draws small single-sheet houses, quick to read, for tests that need many plans rather than hard ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pymupdf

POINTS_PER_FOOT = 18.0  # 1/4" = 1'-0"
ORIGIN = (200.0, 140.0)
OUTER_FT, INNER_FT = 0.5, 0.375
DOOR_FT = 2.667
NOTES = (
    "GENERAL NOTES",
    "SLAB ON GRADE",
    "CEILING HEIGHT 8'-0\"",
    "WALLS R-21, CEILING R-49",
    "WINDOWS U-0.30, SHGC 0.35",
)


@dataclass(frozen=True)
class SmallHouse:
    """A rectangle of 2 × 2 rooms: outside size and where the two inner walls stand [ft]."""

    width: float = 36.0
    depth: float = 26.0
    split_x: float = 20.0
    split_y: float = 14.0
    names: tuple[str, str, str, str] = ("LIVING ROOM", "KITCHEN", "BEDROOM 1", "BATH")
    scale_note: bool = True


def draw_small_plan(path: Path, house: SmallHouse | None = None) -> Path:
    """Write the plan as a one-page vector PDF."""
    house = house or SmallHouse()
    with pymupdf.open() as document:
        page = document.new_page(width=1224, height=792)
        for box in _walls(house):
            page.draw_rect(_rect(*box), color=(0, 0, 0), fill=(0.35, 0.35, 0.35), width=0.7)
        for box in _windows(house):
            _window(page, box)
        for x, y in ((house.split_x / 2, 0.0),):
            _front_door(page, x, y)
        _labels(page, house)
        _dimensions(page, house)
        document.save(path)
    return path


def as_scan(plan: Path, path: Path, *, dpi: int = 150) -> Path:
    """The first page of a plan as a picture."""
    with pymupdf.open(plan) as document:
        document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY).save(path)
    return path


def _pt(x: float, y: float) -> tuple[float, float]:
    return ORIGIN[0] + x * POINTS_PER_FOOT, ORIGIN[1] + y * POINTS_PER_FOOT


def _rect(x0: float, y0: float, x1: float, y1: float) -> pymupdf.Rect:
    return pymupdf.Rect(*_pt(x0, y0), *_pt(x1, y1))


def _walls(house: SmallHouse) -> list[tuple[float, float, float, float]]:
    w, d, t, i = house.width, house.depth, OUTER_FT, INNER_FT
    x, y = house.split_x, house.split_y
    door = house.split_x / 2
    top = [(0.0, 0.0, door - DOOR_FT / 2, t), (door + DOOR_FT / 2, 0.0, w, t)]
    rest = [(0.0, d - t, w, d), (0.0, 0.0, t, d), (w - t, 0.0, w, d)]
    upright = [(x, t, x + i, 4.0), (x, 4.0 + DOOR_FT, x + i, y + 4.0), (x, y + 4.0 + DOOR_FT, x + i, d - t)]
    level = [(t, y, 6.0, y + i), (6.0 + DOOR_FT, y, x + 6.0, y + i), (x + 6.0 + DOOR_FT, y, w - t, y + i)]
    return top + rest + upright + level


def _windows(house: SmallHouse) -> list[tuple[float, float, float, float]]:
    w, d, t = house.width, house.depth, OUTER_FT
    return [
        (w - 9.0, 0.0, w - 5.0, t), (5.0, d - t, 9.0, d), (w - 7.0, d - t, w - 4.0, d), (0.0, 5.0, t, 9.0),
    ]  # fmt: skip


def _window(page: pymupdf.Page, box: tuple[float, float, float, float]) -> None:
    page.draw_rect(_rect(*box), color=(0, 0, 0), fill=(1, 1, 1), width=0.5)
    x0, y0, x1, y1 = box
    if x1 - x0 > y1 - y0:
        page.draw_line(_pt(x0, (y0 + y1) / 2), _pt(x1, (y0 + y1) / 2), width=0.5)
    else:
        page.draw_line(_pt((x0 + x1) / 2, y0), _pt((x0 + x1) / 2, y1), width=0.5)


def _front_door(page: pymupdf.Page, x: float, y: float) -> None:
    hinge, leaf = _pt(x - DOOR_FT / 2, y + OUTER_FT), _pt(x - DOOR_FT / 2, y + OUTER_FT + DOOR_FT)
    page.draw_line(hinge, leaf, width=0.5)
    page.draw_sector(hinge, leaf, -90, fullSector=False, width=0.4)


def _labels(page: pymupdf.Page, house: SmallHouse) -> None:
    w, d, x, y = house.width, house.depth, house.split_x, house.split_y
    rooms = ((OUTER_FT, OUTER_FT, x, y), (x + INNER_FT, OUTER_FT, w - OUTER_FT, y),
             (OUTER_FT, y + INNER_FT, x, d - OUTER_FT), (x + INNER_FT, y + INNER_FT, w - OUTER_FT, d - OUTER_FT))  # fmt: skip
    for name, (x0, y0, x1, y1) in zip(house.names, rooms, strict=True):
        middle = _pt((x0 + x1) / 2 - 2.5, (y0 + y1) / 2)
        page.insert_text(middle, name, fontsize=9)
        page.insert_text((middle[0], middle[1] + 11), f"{feet(x1 - x0)} x {feet(y1 - y0)}", fontsize=7)
    left, bottom = _pt(0, d + 4)
    page.insert_text((left, bottom), "FLOOR PLAN", fontsize=14)
    for line, note in enumerate(NOTES):
        page.insert_text((left + 260, bottom + 11 * line), note, fontsize=7)
    if house.scale_note:
        page.insert_text((left, bottom + 14), 'SCALE: 1/4" = 1\'-0"', fontsize=9)


def _dimensions(page: pymupdf.Page, house: SmallHouse) -> None:
    level = -2.0
    page.draw_line(_pt(0, level), _pt(house.width, level), width=0.3)
    for x in (0.0, house.width):
        page.draw_line(_pt(x, level - 0.6), _pt(x, -0.3), width=0.3)
        page.draw_line(_pt(x - 0.25, level + 0.25), _pt(x + 0.25, level - 0.25), width=0.8)
    middle = _pt(house.width / 2 - 1, level - 0.3)
    page.insert_text(middle, feet(house.width), fontsize=8)


def feet(value: float) -> str:
    """A length as architects print it."""
    inches = round(value * 12)
    return f"{inches // 12}'-{inches % 12}\""
