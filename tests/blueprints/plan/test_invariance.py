"""The same drawing elsewhere on its page, turned, or printed at half size is read the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest
from pytest import approx

from blueprints.plan.geometry.extract import extract
from blueprints.plan.geometry.frame import View, anchored, points_per_foot
from blueprints.plan.geometry.raster import ink_of, paint, polygons_of
from blueprints.plan.geometry.strokes import read_strokes
from blueprints.plan.geometry.upright import reading_turn_deg
from blueprints.plan.model import DimensionText, DrawingInfo, PageInfo, PageSet, RoomLabel, ScaleWitness
from blueprints.plan.text.dimensions import axis_segments, picture_segments, spanned

FT = 18.0
WALLS_FT = (
    (0, 0, 23.4, 0.5), (0, 14.5, 23.4, 15.0), (0, 0.5, 0.5, 14.5), (12.5, 0.5, 12.9, 6.0), (12.5, 8.8, 12.9, 14.5),
    (22.9, 0.5, 23.4, 14.5),
)  # fmt: skip
Place = Callable[[pymupdf.Page, pymupdf.Document, pymupdf.Page], None]


def _drawn(folder: Path) -> Path:
    """Two rooms joined by a cased opening, walls drawn as hairlines around them."""
    path = folder / "plan.pdf"
    with pymupdf.open() as document:
        page = document.new_page(width=720, height=540)
        for x0, y0, x1, y1 in WALLS_FT:
            box = pymupdf.Rect(120 + x0 * FT, 110 + y0 * FT, 120 + x1 * FT, 110 + y1 * FT)
            page.draw_rect(box, width=0.4, fill=(0.4, 0.4, 0.4))
        for name, x in (("BEDROOM", 180), ("BATH", 400), ("KITCHEN", 180)):  # enough words to do without OCR
            page.insert_text((x, 250 if name != "KITCHEN" else 330), name, fontsize=8)
        for n in range(60):  # furniture and tags do not make rooms
            page.draw_circle((180 + (n % 6) * 5, 160 + (n // 6) * 5), 2.0, width=0.3)
        document.save(path)
    return path


def _placed(source: Path, *, size: tuple[float, float], rect: tuple[float, ...], rotate: int = 0) -> Path:
    out = source.with_name("placed.pdf")
    with pymupdf.open(source) as old, pymupdf.open() as new:
        page = new.new_page(width=size[0], height=size[1])
        page.show_pdf_page(pymupdf.Rect(rect), old, 0, rotate=rotate)
        new.save(out)
    return out


def _areas_ft2(path: Path, *, box: tuple[float, ...], ft_pt: float, angle_deg: float = 0.0) -> list[float]:
    witness = ScaleWitness(kind="user", feet_per_point=1 / ft_pt)
    label = RoomLabel(
        page=1, text="Bedroom", type="bedroom", at_pt=(box[0], box[1]), bbox=(box[0], box[1], box[0], box[1]),
        angle_deg=angle_deg, confidence=0.9,
    )  # fmt: skip
    drawing = DrawingInfo(
        kind="floor_plan", score=0.9, bbox=tuple(box), witnesses=(witness, witness), labels=(label,)
    )
    page = PageInfo(
        number=1, width_pt=900, height_pt=900, rotation=0, kind="floor_plan", score=0.9, route="vector",
        drawings=(drawing,),
    )  # fmt: skip
    plan = extract(path, PageSet(pages=(page,)), progress=lambda done, total, what: None)
    return sorted(face.area_pt2 / ft_pt**2 for face in plan.drawings[0].faces)


def test_rooms_keep_their_areas_when_the_sheet_is_moved_turned_or_halved(tmp_path: Path) -> None:
    path = _drawn(tmp_path)
    as_drawn = _areas_ft2(path, box=(119, 109, 543, 381), ft_pt=FT)
    assert as_drawn == approx([10.0 * 14, 12.0 * 14], rel=0.02)
    moved = _placed(path, size=(757.3, 551.1), rect=(37.3, 11.1, 757.3, 551.1))
    # what a small picture of the page shows is off by a point or two
    assert _areas_ft2(moved, box=(157, 119, 579, 393), ft_pt=FT) == approx(as_drawn, rel=1e-3)
    turned = _placed(path, size=(540, 720), rect=(0, 0, 540, 720), rotate=-90)
    assert _areas_ft2(turned, box=(158, 119, 432, 545), ft_pt=FT, angle_deg=90.0) == approx(
        as_drawn, rel=1e-3
    )
    half = _placed(path, size=(360, 270), rect=(0, 0, 360, 270))
    assert _areas_ft2(half, box=(59, 54, 272, 191), ft_pt=FT / 2) == approx(as_drawn, rel=1e-3)


@pytest.mark.parametrize("shift", [0.0, 0.21, 0.5, 0.77])
def test_lines_are_painted_on_the_same_pixels_wherever_the_drawing_lies(shift: float) -> None:
    items = [("l", (100 + shift, y + shift), (400 + shift, y + shift)) for y in (100.0, 109.0, 250.0, 259.0)]
    items += [("l", (x + shift, 100 + shift), (x + shift, 259 + shift)) for x in (100.0, 400.0)]
    strokes = read_strokes([{"type": "s", "items": items, "color": (0, 0, 0), "width": 0.0}])
    view = View((99.0 + shift * 0.4, 99.0, 402.0, 261.0))
    frame = anchored(view.frame(FT), strokes.segments, scale=24.0)
    rows = np.flatnonzero(ink_of(paint(strokes, frame=frame, scale=24.0), below=128).mean(axis=1) > 0.5)
    assert np.diff(rows).tolist() == [12, 188, 12]  # 9, 141 and 9 points at 24 pixels to 18 points


def test_names_decide_which_way_up_a_drawing_is_read() -> None:
    assert reading_turn_deg(_printed(names=(90.0, 90.0), lengths=(0.0, 0.0, 0.0))) == 90.0


def test_of_two_ways_that_lengths_are_read_the_other_is_read_upwards() -> None:
    assert reading_turn_deg(_printed(names=(), lengths=(0.0, 270.0))) == 0.0
    assert reading_turn_deg(_printed(names=(), lengths=(90.0, 0.0))) == 90.0  # the same sheet, turned


def _printed(*, names: tuple[float, ...], lengths: tuple[float, ...]) -> DrawingInfo:
    box = (0.0, 0.0, 10.0, 10.0)
    labels = [
        RoomLabel(page=1, text="Bath", type="bathroom", at_pt=(5, 5), bbox=box, angle_deg=a, confidence=0.9)
        for a in names
    ]
    texts = [DimensionText(page=1, text="10'", feet=10, bbox=box, angle_deg=a) for a in lengths]
    return DrawingInfo(kind="floor_plan", score=0.9, bbox=box, labels=tuple(labels), lengths=tuple(texts))


def test_a_drawing_reaches_as_far_as_its_paths_not_as_its_small_picture_shows() -> None:
    inside = [("l", (100.0, 100.0), (300.0, 100.0)), ("l", (100.0, 100.0), (100.0, 250.0))]
    paths = [{"type": "s", "items": [item], "color": (0, 0, 0), "width": 1.0} for item in inside]
    frame = {"type": "s", "items": [("re", (10.0, 10.0, 600.0, 400.0))], "color": (0, 0, 0), "width": 1.0}
    strokes = read_strokes([*paths, frame])
    assert strokes.extent((101.0, 98.5, 301.5, 249.0), reach=3.0) == (100.0, 100.0, 300.0, 250.0)


def test_a_few_strokes_on_a_scan_do_not_bound_its_drawing() -> None:
    stamp = {"type": "s", "items": [("re", (110.0, 110.0, 160.0, 130.0))], "color": (0, 0, 0), "width": 1.0}
    assert read_strokes([stamp]).extent((100.0, 100.0, 300.0, 250.0), reach=3.0) == (
        100.0,
        100.0,
        300.0,
        250.0,
    )


@pytest.mark.parametrize("size", [1.0, 0.5])
def test_a_dimension_spans_the_same_share_of_the_sheet_at_every_print_size(size: float) -> None:
    line = [(100.0, 100.0, 280.03, 100.0), (100.0, 90.0, 100.0, 140.0), (280.03, 90.0, 280.03, 140.0)]
    paths = [{"items": [("l", (a * size, b * size), (c * size, d * size))]} for a, b, c, d in line]
    box = (180 * size, 91 * size, 200 * size, 99 * size)
    text = DimensionText(page=1, text="10'-0\"", feet=10.0, bbox=box, size_pt=8 * size)
    (found,) = spanned([text], axis_segments(paths))
    assert found.span_pt is not None
    (x0, _), (x1, _) = found.span_pt
    assert (x1 - x0) / size == approx(180.03, rel=1e-9)


def _leaning_scan(folder: Path, lean_deg: float) -> Path:
    """A dimension line of 20 ft at 18 points a foot, and walls, scanned at 150 dpi, turned on its sheet."""
    with pymupdf.open() as document:
        page = document.new_page(width=612, height=432)
        for a, b in (((100, 100), (460, 100)), ((100, 88), (100, 150)), ((460, 88), (460, 150))):
            page.draw_line(a, b, width=0.7)
        page.draw_rect(pymupdf.Rect(100, 160, 460, 380), width=6)
        pixmap = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    turn = cv2.getRotationMatrix2D((pixmap.width / 2, pixmap.height / 2), -lean_deg, 1.0)
    turned = cv2.warpAffine(grey, turn, (pixmap.width, pixmap.height), borderValue=255)
    path = folder / "scan.pdf"
    with pymupdf.open() as document:
        page = document.new_page(width=612, height=432)
        page.insert_image(page.rect, stream=cv2.imencode(".png", turned)[1].tobytes())
        document.save(path)
    return path


@pytest.mark.parametrize("lean_deg", [0.0, 0.5, -0.7])
def test_a_dimension_is_measured_on_a_scan_however_it_leans(tmp_path: Path, lean_deg: float) -> None:
    angle = np.radians(lean_deg)
    x, y = 280 - 306, 95 - 216  # the text's place from the middle of the sheet, before it is turned
    x, y = x * np.cos(angle) - y * np.sin(angle) + 306, x * np.sin(angle) + y * np.cos(angle) + 216
    text = DimensionText(
        page=1, text="20'", feet=20.0, bbox=(x - 10, y - 4, x + 10, y + 4), angle_deg=0.0, size_pt=8.0
    )
    with pymupdf.open(_leaning_scan(tmp_path, lean_deg)) as document:
        (found,) = spanned([text], picture_segments(document[0], drawings=()))
    assert found.span_pt is not None
    assert np.hypot(*np.subtract(*found.span_pt)) == approx(360.0, rel=3e-3)


@pytest.mark.parametrize("below", [110, 222])
def test_a_walls_thickness_in_a_picture_does_not_hang_on_the_grey_level_it_is_cut_at(below: int) -> None:
    fine = np.full((400, 1000), 255, np.uint8)
    widths = []
    for shift in range(10):  # a wall of 8 pixels, at every tenth of a pixel
        fine[:] = 255
        fine[100 + shift : 180 + shift, 100:900] = 0
        grey = cv2.resize(fine, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA)
        (shape,) = polygons_of(
            ink_of(grey, below=below), scale=1.0, least_ft2=0.0, spread_px=(below - 127.5) / 255
        )
        widths.append(shape.bounds[3] - shape.bounds[1])
    assert np.mean(widths) == approx(8.0, abs=0.1)


def test_lengths_that_scatter_around_a_usual_scale_are_taken_for_it() -> None:
    measured = [ScaleWitness(kind="dimension", feet_per_point=1 / pt) for pt in (17.97, 18.01, 18.02)]
    assert points_per_foot(measured) == approx(18.0, rel=1e-9)
