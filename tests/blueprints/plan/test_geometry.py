"""Rooms and openings of drawn houses with known sizes."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pymupdf
import pytest
from shapely.geometry import Polygon

from blueprints.plan.geometry.extract import extract
from blueprints.plan.geometry.frame import View, dominant_angle, frame_for, points_per_foot
from blueprints.plan.geometry.strokes import read_strokes
from blueprints.plan.geometry.unit import distinct_units
from blueprints.plan.model import DrawingGeometry, DrawingInfo, PageInfo, PageSet, Plan, ScaleWitness
from blueprints.plan.overlay import draw_overlay

FT = 18.0
ORIGIN = (150.0, 120.0)
SHARED = next(
    (p.parent / "shared" for p in Path(__file__).resolve().parents if (p.parent / "shared").is_dir()), None
)


def _progress(done: float, total: float, what: str) -> None:
    return None


def _at(x_ft: float, y_ft: float) -> tuple[float, float]:
    return ORIGIN[0] + x_ft * FT, ORIGIN[1] + y_ft * FT


def _wall(page: pymupdf.Page, box: tuple[float, float, float, float]) -> None:
    page.draw_rect(pymupdf.Rect(*_at(*box[:2]), *_at(*box[2:])), color=None, fill=(0, 0, 0))


def _two_rooms(page: pymupdf.Page) -> None:
    """Inside 12×14 ft and 10×14 ft: a door with an arc between them, a window left, a front door right."""
    _wall(page, (0, 0, 23.4, 0.5))
    _wall(page, (0, 14.5, 23.4, 15.0))
    for top, bottom in ((0.5, 5.0), (9.0, 14.5)):
        _wall(page, (0, top, 0.5, bottom))
    for top, bottom in ((0.5, 6.0), (8.8, 14.5)):
        _wall(page, (12.5, top, 12.9, bottom))
    for top, bottom in ((0.5, 10.0), (13.0, 14.5)):
        _wall(page, (22.9, top, 23.4, bottom))
    for x in (0.02, 0.25, 0.48):
        page.draw_line(_at(x, 5.0), _at(x, 9.0), width=0.5)
    _swing(page, hinge=(12.9, 6.0), radius=2.8)
    _swing(page, hinge=(22.9, 10.0), radius=3.0, inward=-1.0)
    for n in range(60):  # furniture and tags do not make rooms
        page.draw_circle(_at(3.0 + (n % 6) * 0.3, 3.0 + (n // 6) * 0.3), 2.0, width=0.3)


def _swing(page: pymupdf.Page, *, hinge: tuple[float, float], radius: float, inward: float = 1.0) -> None:
    steps = [math.radians(6.0 * i) for i in range(16)]
    arc = [_at(hinge[0] + inward * radius * math.sin(a), hinge[1] + radius * math.cos(a)) for a in steps]
    page.draw_polyline(arc, width=0.5)
    page.draw_line(_at(*hinge), arc[-1], width=0.5)


def _file(folder: Path, *, rotate: int = 0) -> Path:
    with pymupdf.open() as document:
        page = document.new_page(width=792, height=612)
        _two_rooms(page)
        page.set_rotation(rotate)
        document.save(folder / "house.pdf")
    return folder / "house.pdf"


def _pages(*, witnesses: tuple[ScaleWitness, ...], kind: str = "floor_plan") -> PageSet:
    bbox = (*_at(-2, -2), *_at(26, 17))
    drawing = DrawingInfo(kind="floor_plan", score=0.9, bbox=bbox, witnesses=witnesses)
    page = PageInfo.model_validate(
        {"number": 1, "width_pt": 792, "height_pt": 612, "rotation": 0, "kind": kind, "score": 0.9,
         "route": "vector", "drawings": (drawing,)}
    )  # fmt: skip
    return PageSet(pages=(page,))


KNOWN = (ScaleWitness(kind="user", feet_per_point=1 / FT),)


def _read(path: Path, witnesses: tuple[ScaleWitness, ...] = KNOWN) -> DrawingGeometry:
    return extract(path, _pages(witnesses=witnesses), progress=_progress).drawings[0]


def _areas(drawing: DrawingGeometry) -> list[float]:
    return sorted(face.area_pt2 / FT**2 for face in drawing.faces)


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_room_areas_are_exact_and_in_points_of_the_unrotated_page(tmp_path: Path, rotate: int) -> None:
    drawing = _read(_file(tmp_path, rotate=rotate))
    assert _areas(drawing) == pytest.approx([140.0, 168.0], rel=0.01)
    left = min(drawing.faces, key=lambda f: min(p[0] for p in f.polygon_pt))
    box = Polygon(left.polygon_pt).bounds
    assert box == pytest.approx((*_at(0.5, 0.5), *_at(12.5, 14.5)), abs=1.0)


def test_openings_have_kind_width_and_rooms(tmp_path: Path) -> None:
    drawing = _read(_file(tmp_path))
    inner = [o for o in drawing.openings if not o.exterior]
    assert [(o.kind, round(o.width_pt / FT, 1)) for o in inner] == [("door", 2.8)]
    assert set(inner[0].rooms) == {f.id for f in drawing.faces}
    outer = {(o.kind, round(o.width_pt / FT, 1)) for o in drawing.openings if o.exterior}
    assert outer == {("window", 4.0), ("door", 3.0)}


def test_edges_say_what_lies_beyond(tmp_path: Path) -> None:
    drawing = _read(_file(tmp_path))
    ids = {f.id for f in drawing.faces}
    for face in drawing.faces:
        beyond = {e.beyond for e in face.edges}
        assert beyond == {"outside", *(ids - {face.id})}


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = _file(tmp_path)
    assert _read(path) == _read(path)


def test_without_a_scale_the_rooms_are_still_found(tmp_path: Path) -> None:
    assert _areas(_read(_file(tmp_path), ())) == pytest.approx([140.0, 168.0], rel=0.02)


def test_guesses_that_are_far_off_are_found_out_by_doors_and_rooms(tmp_path: Path) -> None:
    wrong = (
        ScaleWitness(kind="dimension", feet_per_point=2.3 / FT, weight=1.0),
        ScaleWitness(kind="dimension", feet_per_point=0.45 / FT, weight=1.0),
    )
    drawing = _read(_file(tmp_path), wrong)
    assert _areas(drawing) == pytest.approx([140.0, 168.0], rel=0.02)
    assert {o.kind for o in drawing.openings} == {"door", "window"}


def test_units_are_those_that_make_a_house() -> None:
    assert distinct_units([18.0, 17.0, 400.0, 9.0, 0.5], view=View((0.0, 0.0, 720.0, 500.0))) == [18.0, 9.0]


def test_a_picture_of_the_plan_gives_the_same_rooms(tmp_path: Path) -> None:
    with pymupdf.open(_file(tmp_path)) as document:
        document[0].get_pixmap(dpi=150).save(str(tmp_path / "house.png"))
    drawing = _read(tmp_path / "house.png")
    assert drawing.method == "raster"
    assert _areas(drawing) == pytest.approx([140.0, 168.0], rel=0.02)


def test_an_empty_page_gives_no_rooms_and_says_so(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page(width=792, height=612)
        document.save(tmp_path / "empty.pdf")
    plan = extract(tmp_path / "empty.pdf", _pages(witnesses=KNOWN), progress=_progress)
    assert plan.drawings[0].faces == ()
    assert [i.code for i in plan.issues] == ["no_walls_recognised"]


def test_other_kinds_of_pages_are_left_alone(tmp_path: Path) -> None:
    plan: Plan = extract(_file(tmp_path), _pages(witnesses=KNOWN, kind="elevation"), progress=_progress)
    assert plan.drawings == ()


def test_scale_needs_agreeing_witnesses() -> None:
    def witness(feet: float, kind: str = "dimension") -> ScaleWitness:
        return ScaleWitness.model_validate({"kind": kind, "feet_per_point": feet})

    agreed = points_per_foot([witness(1 / 18), witness(1 / 18.1), witness(1 / 9, "note")])
    assert agreed == pytest.approx(18.0, rel=0.01)
    assert points_per_foot([]) is None


def test_frame_turns_there_and_back() -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.draw_line((100, 100), (300, 100 + 200 * math.tan(math.radians(12))))
        strokes = read_strokes(page.get_cdrawings())
    angle = dominant_angle(strokes.segments)
    assert angle == pytest.approx(12.0, abs=0.1)
    frame = frame_for((100, 100, 300, 200), ft_pt=FT, skew_deg=angle)
    flat = frame.to_frame(strokes.segments.reshape(-1, 2))
    assert flat[0, 1] == pytest.approx(flat[1, 1], abs=0.02)
    assert frame.to_page(flat) == pytest.approx(strokes.segments.reshape(-1, 2), abs=1e-6)


def test_overlay_is_a_picture(tmp_path: Path) -> None:
    path = _file(tmp_path)
    drawing = _read(path)
    labels = {drawing.faces[0].id: "LIVING"}
    draw_overlay(path, 1, [drawing], labels, tmp_path / "overlay.png", north_deg=30.0, dpi=60)
    assert pymupdf.Pixmap(str(tmp_path / "overlay.png")).width == 660


def test_drawn_sheets_with_exact_truth() -> None:
    folder = SHARED / "data" / "blueprints" / "exact" if SHARED else None
    if folder is None or not folder.is_dir():
        pytest.skip("exact plan sheets are not here")
    found = wanted = 0
    for path in sorted(folder.glob("*.pdf"))[2:6]:
        hit, rooms = _matched(path, json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8")))
        found, wanted = found + hit, wanted + rooms
    assert found >= 0.8 * wanted


def _matched(path: Path, truth: dict[str, object]) -> tuple[int, int]:
    """Ungrouped rooms found with IoU of at least one half, and their number."""
    view = truth["viewports"][0]  # type: ignore[index]
    x0, y0, x1, y1 = view["bbox_pt"]
    drawing = DrawingInfo(
        kind="floor_plan", score=0.9, bbox=(x0 - 40, y0 - 40, x1 + 40, y1 + 40),
        witnesses=(ScaleWitness(kind="user", feet_per_point=1 / view["pt_per_ft"]),),
    )  # fmt: skip
    page = PageInfo(number=view["page"], width_pt=1, height_pt=1, rotation=0, kind="floor_plan", score=0.9,
                    route="vector", drawings=(drawing,))  # fmt: skip
    plan = extract(path, PageSet(pages=(page,)), progress=_progress)
    faces = [Polygon(f.polygon_pt, f.holes_pt).buffer(0) for d in plan.drawings for f in d.faces]
    rooms = [Polygon(r["polygon_pt"]).buffer(0) for r in truth["rooms"]  # type: ignore[attr-defined]
             if r["page"] == view["page"] and not r.get("group")]  # fmt: skip
    hits = [any(f.intersection(r).area > 0.5 * f.union(r).area for f in faces) for r in rooms]
    return sum(hits), len(rooms)
