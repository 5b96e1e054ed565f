"""A one-sheet house whose garage has no wall on the drawing: a reader can only see one large room."""

from __future__ import annotations

from pathlib import Path

import pymupdf

PT = 18.0  # 1/4" = 1'-0"
WIDTH, DEPTH, WALL, MIDDLE = 40.0, 26.0, 0.5, 14.0
DOOR_X, DOOR_FT = 6.0, 3.0
NAMES = (("LIVING ROOM", 12.0, 7.0), ("BEDROOM 1", 10.0, 20.0), ("BATH", 30.0, 20.0))
NOTES = (
    "FLOOR PLAN",
    'SCALE: 1/4" = 1\'-0"',
    "SLAB ON GRADE",
    "CEILING HEIGHT 8'-0\"",
    "WALLS R-21, CEILING R-49",
)
Box = tuple[float, float, float, float]


def draw_open_house(path: Path, *, at: tuple[float, float] = (200.0, 140.0), revision: str = "") -> Path:
    """Write the plan with its corner at a point of the sheet; the revision is printed on it."""
    with pymupdf.open() as document:
        sheet = document.new_page(width=1224, height=792)

        def p(x: float, y: float) -> pymupdf.Point:
            return pymupdf.Point(at[0] + x * PT, at[1] + y * PT)

        for x0, y0, x1, y1 in _walls():
            sheet.draw_rect(
                pymupdf.Rect(p(x0, y0), p(x1, y1)), color=(0, 0, 0), fill=(0.35, 0.35, 0.35), width=0.7
            )
        for x0, y0, x1, y1 in ((30.0, 0.0, 34.0, WALL), (8.0, DEPTH - WALL, 12.0, DEPTH)):
            sheet.draw_rect(pymupdf.Rect(p(x0, y0), p(x1, y1)), color=(0, 0, 0), fill=(1, 1, 1), width=0.5)
            sheet.draw_line(p(x0, (y0 + y1) / 2), p(x1, (y0 + y1) / 2), width=0.5)
        hinge, leaf = p(DOOR_X, WALL), p(DOOR_X, WALL + DOOR_FT)
        sheet.draw_line(hinge, leaf, width=0.5)
        sheet.draw_sector(hinge, leaf, -90, fullSector=False, width=0.4)
        for name, x, y in NAMES:
            sheet.insert_text(p(x, y), name, fontsize=9)
        for line, note in enumerate((*NOTES, revision)):
            sheet.insert_text(p(0, DEPTH + 3 + line), note, fontsize=12)
        document.save(path)
    return path


def _walls() -> list[Box]:
    w, d, t = WIDTH, DEPTH, WALL
    outer = [
        (0.0, 0.0, DOOR_X, t), (DOOR_X + DOOR_FT, 0.0, w, t), (0.0, d - t, w, d), (0.0, 0.0, t, d), (w - t, 0.0, w, d)
    ]  # fmt: skip
    doors = (16.0, 26.0)  # gaps in the wall between the living room and the rooms behind it
    inner = [(t, MIDDLE, doors[0], MIDDLE + 0.4), (doors[0] + 2.7, MIDDLE, doors[1], MIDDLE + 0.4)]
    return [*outer, *inner, (doors[1] + 2.7, MIDDLE, w - t, MIDDLE + 0.4), (24.0, MIDDLE, 24.4, d - t)]
