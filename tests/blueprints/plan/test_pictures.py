"""Plans that are pictures: the scale by printed sizes between walls, words taken out, ends and outlines of a pixel's worth."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest
from pytest import approx
from shapely.geometry import Polygon

from blueprints.plan.cleanup.clean import clean
from blueprints.plan.geometry import raster
from blueprints.plan.geometry.ends import oriented, wall_ends
from blueprints.plan.geometry.frame import View
from blueprints.plan.geometry.spans import size_witnesses
from blueprints.plan.geometry.strokes import Paint, Strokes
from blueprints.plan.text.lines import Line
from tests.blueprints.plan.sheets import Sheet

FT_PT = 10.0
ROOMS = {"12'0\" x 10'0\"": (0, 0, 12, 10), "9'0\" x 10'0\"": (13, 0, 22, 10), "12'0\" x 8'6\"": (0, 11, 12, 19.5),
         "9'0\" x 8'6\"": (13, 11, 22, 19.5)}  # fmt: skip


def _house(document: pymupdf.Document) -> pymupdf.Page:
    """Four rooms in walls of one foot, 10 pt a foot, each with a thin stroke across."""
    page = document.new_page(width=300, height=275)
    page.draw_rect(pymupdf.Rect(30, 30, 270, 245), color=None, fill=(0, 0, 0))
    for x0, y0, x1, y1 in ROOMS.values():
        page.draw_rect(pymupdf.Rect(*(40 + FT_PT * v for v in (x0, y0, x1, y1))), color=None, fill=(1, 1, 1))
        page.draw_line(
            (40 + FT_PT * x0, 50 + FT_PT * y0), (40 + FT_PT * x1, 50 + FT_PT * y0), color=(0, 0, 0), width=0.5
        )
    return page


def _sizes(*texts: str) -> list[Line]:
    lines = []
    for text, (x0, y0, x1, y1) in zip(texts, ROOMS.values(), strict=False):
        x, y = 40 + FT_PT * (x0 + x1) / 2, 40 + FT_PT * (y0 + y1) / 2
        lines.append(Line(text, (x - 20, y - 3, x + 20, y + 3), 0.0, 6.0, "rapidocr", 0.9))
    return lines


def test_sizes_printed_between_walls_tell_the_scale_past_thin_strokes() -> None:
    with pymupdf.open() as document:
        page = _house(document)
        found = size_witnesses(page, _sizes(*ROOMS), view=View((25, 25, 275, 250)), metric="")
    assert len(found) == 4
    assert [1 / witness.feet_per_point for witness in found] == approx([FT_PT] * 4, rel=0.005)


@pytest.mark.parametrize(
    "texts",
    [
        ("12'0\" x 10'0\"", "9'0\" x 10'0\""),  # two alone are not believed
        ("12'0\" x 10'0\"", "9'0\" x 10'0\"", "14'0\" x 14'0\"", "5'0\" x 9'6\""),  # two that agree of four
    ],
)
def test_fewer_than_three_sizes_that_agree_tell_nothing(texts: tuple[str, ...]) -> None:
    with pymupdf.open() as document:
        page = _house(document)
        assert size_witnesses(page, _sizes(*texts), view=View((25, 25, 275, 250)), metric="") == []


def test_words_leave_the_picture_and_a_wall_beside_them_stays() -> None:
    picture = np.full((60, 120), 255, dtype=np.uint8)
    picture[20:40, 30:33] = picture[20:40, 40:43] = 0  # letters
    picture[:, 50:56] = 0  # a wall
    clean_picture = raster.without_letters(
        picture, np.array([[25.0, 18.0, 60.0, 42.0], [500.0, 5.0, 520.0, 9.0]])
    )
    assert (clean_picture[:, :50] == 255).all()
    assert (clean_picture[:, 50:56] == 0).all()


def test_a_bevelled_end_looks_along_its_wall() -> None:
    wall = Polygon([(0, 0), (6, 0), (6.05, 0.5), (0, 0.5)])  # a pixel aslant at 24 px a foot
    ends = wall_ends(oriented([wall]))
    right = ends.normal[ends.middle[:, 0] > 3][0]
    assert right == approx([1.0, 0.0], abs=1e-6)


def test_outlines_that_do_not_quite_meet_are_closed() -> None:
    ink = np.zeros((40, 40), dtype=np.uint8)
    ink[5, 5:30] = ink[12, 5:30] = ink[5:13, 5] = ink[7:13, 29] = 1  # open by a pixel at one corner
    assert raster.shut(ink)[6, 29] == 1


def test_a_plan_whose_names_nobody_could_read_is_asked_about() -> None:
    boxes = {name: (20.0 * n, 0.0, 20.0 * n + 12.0, 12.0) for n, name in enumerate("ABCD")}
    inputs = Sheet(boxes).inputs()
    text = inputs.text.model_copy(update={"labels": ()})
    fields = [
        {note.field for note in clean(one).review}
        for one in (inputs, inputs.model_copy(update={"text": text}))
    ]
    assert "rooms" not in fields[0]
    assert "rooms" in fields[1]


def test_a_long_line_of_a_scan_may_lean() -> None:
    ink = np.zeros((60, 1000), dtype=np.uint8)
    for x in range(20, 980):
        ink[20 + x // 110, x] = 1  # half a degree
    lines = raster.line_segments(ink, scale=24.0, least_ft=0.5)
    assert max(lines[:, 2] - lines[:, 0]) == approx(40.0, abs=0.2)


@pytest.mark.parametrize("width_pt", [1e5, 1e12, float("inf")])
def test_a_stroke_wider_than_can_be_drawn_covers_the_sheet(width_pt: float) -> None:
    path = Paint((np.array([[10.0, 10.0], [90.0, 90.0]]),), False, None, 0.0, width_pt, False)
    strokes = Strokes((path,), np.empty((0, 4)), np.empty(0), np.empty(0))
    picture = raster.paint(strokes, frame=View((0.0, 0.0, 100.0, 100.0), 0.0).frame(10.0), scale=8.0)
    assert not picture.any()
