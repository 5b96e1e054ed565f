"""The sample plan: same bytes each time, sheets as listed, and a truth that follows from its own coordinates."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pymupdf
import pytest
from shapely.geometry import box

from autohvac.core.digest import sha256_file
from blueprints.sample.draw import SAMPLE_CONDITIONED_SQFT, SAMPLE_TRUTH, draw_sample
from blueprints.sample.house import OPENINGS, ROOMS, footprint, walls


def test_two_drawings_of_the_sample_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = draw_sample(tmp_path / "a.pdf"), draw_sample(tmp_path / "b.pdf")
    assert sha256_file(first) == sha256_file(second)


def test_the_set_has_four_sheets_of_36_by_24_inches_with_their_titles(tmp_path: Path) -> None:
    with pymupdf.open(draw_sample(tmp_path / "plan.pdf")) as doc:
        sizes = {(page.rect.width, page.rect.height) for page in doc}
        words = [page.get_text() for page in doc]
    assert sizes == {(2592.0, 1728.0)}
    titles = ("ENERGY NOTES", "FLOOR PLAN", "FRONT ELEVATION", "WINDOW SCHEDULE")
    assert [title in text for title, text in zip(titles, words, strict=True)] == [True] * 4


def test_every_room_of_the_truth_is_named_on_the_floor_plan(tmp_path: Path) -> None:
    with pymupdf.open(draw_sample(tmp_path / "plan.pdf")) as doc:
        spoken = doc[1].get_text().replace("\n", " ")
    assert [name for name in SAMPLE_TRUTH if name.split(" #")[0] not in spoken] == []


def test_rooms_never_overlap_and_lie_inside_the_footprint() -> None:
    shapes = [box(*room.rect) for room in ROOMS]
    # Kitchen and dining share a line, not an area.
    assert all(a.intersection(b).area == pytest.approx(0.0, abs=1e-9) for a, b in combinations(shapes, 2))
    assert all(footprint().buffer(1e-6).contains(shape) for shape in shapes)


def test_rooms_walls_and_openings_add_up_to_the_footprint() -> None:
    holes = sum(box(*opening.rect).area for opening in OPENINGS)
    rooms = sum(SAMPLE_TRUTH.values())
    solid = sum(part.area for part in walls())
    # Truth is rounded to 0.01 ft² in each of 20 rooms.
    assert rooms + solid + holes == pytest.approx(footprint().area, abs=0.2)


def test_the_stated_conditioned_area_is_the_sum_of_the_conditioned_rooms() -> None:
    conditioned = sum(area for name, area in SAMPLE_TRUTH.items() if name != "GARAGE")
    assert pytest.approx(conditioned, abs=0.2) == SAMPLE_CONDITIONED_SQFT
    assert 1500 < SAMPLE_CONDITIONED_SQFT < 1700
