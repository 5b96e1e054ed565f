"""Gaps between walls: cast from their ends, counted once, and what is drawn in them."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.ends import convex_corners, oriented, wall_ends
from blueprints.plan.geometry.faces import OUTSIDE, FaceMap, closed_faces, edges_beyond
from blueprints.plan.geometry.gap_lines import gap_lines
from blueprints.plan.geometry.openings import Gap, cast_gaps, corner_doors, judge
from blueprints.plan.geometry.regularise import snapped
from blueprints.plan.geometry.walls import axis_runs, joined, network

SCALE = 24.0
LEFT, RIGHT = box(0, 4, 10, 4.5), box(13, 4, 25, 4.5)


def ink() -> np.ndarray:
    return np.zeros((240, 720), dtype=np.uint8)


def gaps(walls: list[Polygon], picture: np.ndarray | None = None) -> list[Gap]:
    return cast_gaps(
        walls, marks=Marks(shown := ink() if picture is None else picture, SCALE, 255 - 255 * shown)
    )


def test_a_gap_seen_from_both_ends_counts_once() -> None:
    (gap,) = gaps([LEFT, RIGHT])
    assert gap.width == pytest.approx(3.0)
    assert gap.thick == pytest.approx(0.5)
    assert gap.facing


def test_a_gap_to_the_flank_of_a_wall_does_not_face_an_end() -> None:
    (gap,) = gaps([LEFT, box(13, 0, 13.5, 9)])
    assert gap.width == pytest.approx(3.0)
    assert not gap.facing


def test_what_only_grazes_the_lane_of_an_end_does_not_stop_it() -> None:
    graze = box(11, 0, 11.5, 4.05)
    assert gaps([LEFT, RIGHT, graze])[0].width == pytest.approx(3.0)
    across = box(11, 0, 11.5, 4.2)
    assert min(g.width for g in gaps([LEFT, RIGHT, across])) == pytest.approx(1.0)


@pytest.mark.parametrize("walls", [[], [LEFT], [box(0, 0, 9, 9)]])
def test_where_nothing_is_ahead_there_is_no_gap(walls: list[Polygon]) -> None:
    assert gaps(walls) == []
    assert corner_doors(walls, marks=Marks(ink(), SCALE, 255 - 255 * ink()), taken=[]) == []


def dashed(rows: list[int], *, dash: int, blank: int) -> np.ndarray:
    picture = ink()
    for row in rows:
        for start in range(240, 312, dash + blank):
            picture[row, start : start + dash] = 1
    return picture


@pytest.mark.parametrize(
    ("rows", "dash", "blank", "found"),
    [([97, 106], 6, 4, True), ([101], 6, 4, False), ([97, 106], 6, 18, False), ([97, 106], 2, 8, False)],
)
def test_two_dashed_lines_in_a_gap_are_a_cased_opening(
    rows: list[int], dash: int, blank: int, found: bool
) -> None:
    (gap,) = gaps([LEFT, box(13, 4, 25, 4.5)], dashed(rows, dash=dash, blank=blank))
    assert (gap.dashed, gap.lines) == (found, 0)


def test_a_wide_gap_is_an_opening_by_its_dashed_lines_alone() -> None:
    (plain,) = gaps([LEFT, box(16, 4, 25, 4.5)])
    assert judge(plain) is None
    picture = ink()
    for row in (97, 106):
        for start in range(240, 384, 10):
            picture[row, start : start + 6] = 1
    (cased,) = gaps([LEFT, box(16, 4, 25, 4.5)], picture)
    found = judge(cased)
    assert found is not None
    assert (found.kind, found.why) == ("opening", ("dashed_lines",))


@pytest.mark.parametrize("panes", [0, 1, 2, 3])
def test_lines_from_jamb_to_jamb_are_counted_in_every_gap(panes: int) -> None:
    picture = ink()
    for n in range(panes):
        picture[97 + 4 * n, 235:315] = 1
    far = [box(0, 1, 10, 1.5), box(13, 1, 25, 1.5)]
    found = {g.jambs[0][1]: g.lines for g in gaps([LEFT, RIGHT, *far], picture)}
    assert found == {4.25: panes, 1.25: 0}


def test_leaves_that_pass_each_other_in_the_middle_slide() -> None:
    picture = ink()
    picture[100, 240:280], picture[104, 272:312] = 1, 1
    start, stop, half = np.array([[10.0, 4.25]]), np.array([[13.0, 4.25]]), np.array([[0.0, 0.25]])
    assert gap_lines(
        Marks(picture, SCALE, 255 - 255 * picture), start=start, stop=stop, half=half
    ).sliding.tolist() == [True]
    picture[104] = 0
    assert gap_lines(
        Marks(picture, SCALE, 255 - 255 * picture), start=start, stop=stop, half=half
    ).sliding.tolist() == [False]


def test_ends_of_a_wall_look_away_from_it() -> None:
    ends = wall_ends(oriented([LEFT]))
    assert sorted(ends.normal[:, 0].tolist()) == [-1.0, 1.0]
    assert sorted(ends.middle[:, 0].tolist()) == [0.0, 10.0]


def test_a_pier_in_line_with_a_long_wall_is_of_the_house_and_a_table_is_not() -> None:
    pier, table = box(13, 4, 14, 4.5), box(3, 7, 5, 9)
    found = network(joined([LEFT, pier, table]))
    assert sorted(p.bounds[0] for p in found) == pytest.approx([0.0, 13.0])


def test_runs_of_one_line_join_over_a_hairline_and_not_over_a_door() -> None:
    lines = np.array([[0, 2, 4, 2], [4.05, 2.01, 9, 2.01], [12, 2, 20, 2], [0, 3, 5, 3]], dtype=float)
    runs = axis_runs(lines, along=0)
    assert runs[:, 1:].tolist() == [[0.0, 9.0], [12.0, 20.0], [0.0, 5.0]]
    assert runs[0, 0] == runs[1, 0] == pytest.approx(2.003, abs=0.001)


def test_edges_a_hair_apart_share_an_offset_and_take_the_drawn_line() -> None:
    bodies = [box(0, 0, 10, 0.5), box(12, 0.02, 20, 0.52)]
    lines = (np.empty(0), np.array([0.05, 9.0]))
    low, high = snapped(bodies, lines=lines, reach_ft=0.07)
    assert (low.bounds[1], high.bounds[1]) == (0.05, 0.05)
    assert low.bounds[3] == high.bounds[3] == pytest.approx(0.509, abs=0.001)
    assert snapped([], lines=lines, reach_ft=0.07) == []


def test_two_rooms_know_each_other_and_the_outside() -> None:
    walls = box(0, 0, 21, 11).difference(box(0.5, 0.5, 10, 10.5)).difference(box(11, 0.5, 20.5, 10.5))
    faces = closed_faces([walls], []).faces
    edges = edges_beyond(faces, lookup=FaceMap(faces, [], size_ft=(21, 11)), solid=walls, reach_ft=2.2)
    assert [sorted({e.beyond for e in found}) for found in edges] == [[OUTSIDE, 1], [OUTSIDE, 0]]
    assert edges_beyond([], lookup=FaceMap([], [], size_ft=(21, 11)), solid=walls, reach_ft=2.2) == []


def test_the_edge_of_what_stands_at_a_wall_is_no_leaf() -> None:
    picture = ink()
    picture[97, 240:280], picture[107, 272:312] = 1, 1
    start, stop, half = np.array([[10.0, 4.25]]), np.array([[13.0, 4.25]]), np.array([[0.0, 0.25]])
    assert gap_lines(
        Marks(picture, SCALE, 255 - 255 * picture), start=start, stop=stop, half=half
    ).sliding.tolist() == [False]


def test_leaves_at_both_faces_that_share_the_middle_line_slide() -> None:
    picture = ink()
    picture[97, 240:280], picture[107, 272:312], picture[102, 240:312] = 1, 1, 1
    start, stop, half = np.array([[10.0, 4.25]]), np.array([[13.0, 4.25]]), np.array([[0.0, 0.25]])
    assert gap_lines(
        Marks(picture, SCALE, 255 - 255 * picture), start=start, stop=stop, half=half
    ).sliding.tolist() == [True]


@pytest.mark.parametrize(("threshold", "slides"), [(True, True), (False, False)])
def test_a_second_leaf_off_the_jamb_slides_over_a_threshold(threshold: bool, slides: bool) -> None:
    picture = ink()
    picture[104, 240:278], picture[100, 256:295] = 1, 1
    picture[107, 240:312] = threshold
    start, stop, half = np.array([[10.0, 4.25]]), np.array([[13.0, 4.25]]), np.array([[0.0, 0.25]])
    assert gap_lines(
        Marks(picture, SCALE, 255 - 255 * picture), start=start, stop=stop, half=half
    ).sliding.tolist() == [slides]


def test_no_door_is_sought_in_line_with_a_slanted_nick() -> None:
    nicked = Polygon([(0, 0), (10, 0), (10, 0.5), (9.9, 0.75), (0, 0.5)])
    assert not any(
        abs(n[0]) > 0.1 and abs(n[1]) > 0.1 for n in convex_corners([nicked], thick_ft=0.35).normal
    )
