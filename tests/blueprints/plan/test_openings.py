"""Openings and corridors of small drawn sheets: sliders, doors on flanks, cuts that nothing speaks for, slanted walls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pymupdf
from shapely.geometry import Polygon

from blueprints.plan.geometry.extract import extract
from blueprints.plan.geometry.hatch import hatch_free
from blueprints.plan.model import DrawingGeometry, DrawingInfo, PageInfo, PageSet, ScaleWitness

FT = 18.0
ORIGIN = (100.0, 100.0)
BLACK = (0, 0, 0)


def _at(x: float, y: float) -> tuple[float, float]:
    return ORIGIN[0] + x * FT, ORIGIN[1] + y * FT


def _outline(page: pymupdf.Page, ring: Sequence[tuple[float, float]]) -> None:
    """A wall drawn as its outline."""
    page.draw_polyline([_at(*p) for p in (*ring, ring[0])], color=BLACK, width=1.0)


def _box(page: pymupdf.Page, x0: float, y0: float, x1: float, y1: float) -> None:
    page.draw_rect(pymupdf.Rect(*_at(x0, y0), *_at(x1, y1)), color=None, fill=BLACK)


def _line(page: pymupdf.Page, *points: tuple[float, float]) -> None:
    page.draw_polyline([_at(*p) for p in points], color=BLACK, width=0.4)


def _swing(page: pymupdf.Page, hinge: tuple[float, float], radius: float, start: float) -> None:
    turns = [math.radians(start + 6.0 * i) for i in range(16)]
    arc = [(hinge[0] + radius * math.cos(a), hinge[1] + radius * math.sin(a)) for a in turns]
    _line(page, *arc)
    _line(page, hinge, arc[-1])


def _name(page: pymupdf.Page, x: float, y: float, text: str) -> None:
    page.insert_text(_at(x, y), text, fontsize=8)


def _read(page: pymupdf.Page, folder: Path, *, size: tuple[float, float]) -> DrawingGeometry:
    path = folder / "sheet.pdf"
    page.parent.save(path)
    drawing = DrawingInfo(
        kind="floor_plan", score=0.9, bbox=(*_at(-2, -2), *_at(size[0] + 2, size[1] + 2)),
        witnesses=(ScaleWitness(kind="user", feet_per_point=1 / FT),),
    )  # fmt: skip
    info = PageInfo(
        number=1, width_pt=page.rect.width, height_pt=page.rect.height, rotation=0, kind="floor_plan",
        score=0.9, route="vector", drawings=(drawing,),
    )  # fmt: skip
    return extract(path, PageSet(pages=(info,)), progress=lambda done, total, what: None).drawings[0]


def _areas(geometry: DrawingGeometry) -> list[float]:
    return sorted(Polygon(f.polygon_pt).area / FT**2 for f in geometry.faces)


def _slider(page: pymupdf.Page, x0: float, x1: float, y0: float, y1: float) -> None:
    """Two leaves that pass each other, between the faces of a wall along x."""
    third, middle = (y1 - y0) / 4, (x0 + x1) / 2
    for y in (y0, y1):
        _line(page, (x0, y), (x1, y))
    for a, b, y in ((x0, middle + 0.2, y0 + third), (middle - 0.2, x1, y0 + 2 * third)):
        _line(page, (a, y), (b, y), (b, y + third), (a, y + third), (a, y))


def test_sliding_leaves_are_a_glass_door_and_close_the_room(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=792, height=612)
        for box in (
            (0, 0, 6, 0.8),
            (11, 0, 24, 0.8),
            (0, 15.2, 24, 16),
            (0, 0.8, 0.8, 15.2),
            (23.2, 0.8, 24, 15.2),
        ):
            _box(page, *box)
        _box(page, 12, 0.8, 12.4, 6)
        _box(page, 12, 8.8, 12.4, 15.2)
        _swing(page, (12.4, 6.0), 2.8, 0.0)
        _slider(page, 6, 11, 0.0, 0.8)
        read = _read(page, tmp_path, size=(24, 16))
    kinds = {(o.kind, o.exterior, round(o.width_pt / FT)) for o in read.openings}
    assert kinds == {("glass_door", True, 5), ("door", False, 3)}
    assert np.allclose(_areas(read), [10.8 * 14.4, 11.2 * 14.4], rtol=0.02)


def _corridor(page: pymupdf.Page) -> None:
    """A corridor along rooms whose side walls end at it; one room's door hangs flush between two side walls."""
    shell = ((0, 0, 30, 0.6), (0, 17.4, 30, 18), (0, 0.6, 0.6, 17.4), (29.4, 0.6, 30, 17.4))
    sides = ((12, 0.6, 12.4, 9.0), (15.4, 0.6, 15.8, 9.0))
    long_ = ((0.6, 8.4, 5, 8.8), (8, 8.4, 12, 8.8), (15.8, 8.4, 20, 8.8), (23, 8.4, 29.4, 8.8), (0.6, 12.6, 11, 13.0),
             (14, 12.6, 29.4, 13.0))  # fmt: skip
    for box in (*shell, *sides, *long_):
        _box(page, *box)
    for hinge, start in (((5, 8.6), -90.0), ((12.4, 8.6), 0.0), ((20, 8.6), -90.0), ((11, 12.8), 0.0)):
        _swing(page, hinge, 3.0, start)
    for x, y, text in ((3, 4, "KITCHEN"), (12.8, 4, "CLOSET"), (20, 4, "BEDROOM 1"), (4, 11, "HALL"),
                       (12, 15, "LIVING ROOM")):  # fmt: skip
        _name(page, x, y, text)


def test_a_corridor_runs_past_the_ends_of_side_walls(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=792, height=612)
        _corridor(page)
        read = _read(page, tmp_path, size=(30, 18))
    expected = [
        3.0 * 8.1,
        11.4 * 7.8,
        13.6 * 7.8,
        28.8 * 3.8,
        28.8 * 4.4,
    ]  # closet, kitchen, bedroom, hall, living
    assert np.allclose(_areas(read), expected, rtol=0.03), [(o.kind, o.why) for o in read.openings]


def test_a_slanted_wall_with_a_notch_is_no_hatching(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=792, height=612)
        outer = [(0, 0), (26, 0), (26, 12), (20, 18), (0, 18)]
        inner = [(0.6, 0.6), (25.4, 0.6), (25.4, 11.75), (19.75, 17.4), (0.6, 17.4)]
        _outline(page, outer)
        _outline(page, inner)
        for n in range(12):  # dimension ticks of the same slant
            _line(page, (2.0 * n - 0.15, -1.15), (2.0 * n + 0.15, -0.85))
        read = _read(page, tmp_path, size=(26, 18))
    assert np.allclose(_areas(read), [Polygon(inner).area], rtol=0.02)


def test_close_slanted_lines_are_hatching_and_a_wall_pair_is_not() -> None:
    hatch = np.array([(0.4 * n, 0.0, 0.4 * n + 1.0, 1.0) for n in range(30)])
    wall = np.array([(30.0, 30.0, 32.0, 32.0), (30.6, 29.4, 32.6, 31.4)])
    ticks = np.array([(5.0 * n, 60.0, 5.0 * n + 0.3, 60.3) for n in range(8)])
    keep = hatch_free(np.vstack([hatch, wall, ticks]))
    assert not keep[4:26].any()  # the outermost strokes have too few neighbours to tell
    assert keep[30:32].all()
    assert not keep[32:].any()
