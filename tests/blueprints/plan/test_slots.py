"""Windows that are a closed slot of paper in a solid wall, and windows one wall style shows and another hides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from shapely.geometry import Polygon, box

from blueprints.plan.geometry.faces import closed_faces
from blueprints.plan.geometry.fuse import parted_by_doors_of, with_openings_of
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.score import Attempt, Names
from blueprints.plan.geometry.slots import panes, slots

SCALE = 24.0
WALL = box(1, 1, 13, 11).difference(box(1.5, 1.5, 12.5, 10.5))


def picture_of(
    *, slot: tuple[float, float, float, float], pen_ft: float = 0.05, inside_slot: int = 255
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Ink and picture of four walls half a foot thick with a slot, which a pen line shuts where it meets the room."""
    x, y = (np.arange(int(14 * SCALE)) + 0.5) / SCALE, (np.arange(int(12 * SCALE)) + 0.5) / SCALE
    across, down = np.meshgrid(x, y)

    def inside(place: tuple[float, float, float, float]) -> NDArray[np.bool_]:
        return (across > place[0]) & (across < place[2]) & (down > place[1]) & (down < place[3])

    x0, y0, x1, y1 = slot
    grown = (x0 - pen_ft, y0 - pen_ft, x1 + pen_ft, y1 + pen_ft)
    wall = inside((1, 1, 13, 11)) & ~inside((1.5, 1.5, 12.5, 10.5))
    ink = np.asarray((wall | inside(grown)) & ~inside(slot), dtype=np.uint8)
    grey = np.where(inside(slot), inside_slot, 255 * (1 - ink))
    return ink, np.asarray(grey, dtype=np.uint8)


@pytest.mark.parametrize(
    ("slot", "jambs"),
    [((4, 1.2, 7, 1.45), ((4, 1.25), (7, 1.25))), ((1.2, 4, 1.45, 7), ((1.25, 4), (1.25, 7)))],
    ids=["level", "upright"],
)
def test_a_slot_in_a_solid_wall_is_a_gap_as_thick_as_the_wall(
    slot: tuple[float, float, float, float], jambs: tuple[tuple[float, float], tuple[float, float]]
) -> None:
    (gap,) = slots(*picture_of(slot=slot), scale=SCALE)
    assert gap.thick == pytest.approx(0.5, abs=0.1)
    assert np.allclose(gap.jambs, jambs, atol=0.06)


@pytest.mark.parametrize(
    "slot",
    [(4, 3, 7, 3.25), (4, 1.2, 4.8, 1.45), (4, 1.55, 7, 1.8), (1.6, 1.2, 13.8, 1.45)],
    ids=["off the wall", "too short", "beside the wall", "as long as the wall"],
)
def test_other_slots_are_no_windows(slot: tuple[float, float, float, float]) -> None:
    assert slots(*picture_of(slot=slot), scale=SCALE) == []


def test_a_grey_fill_between_the_lines_of_a_wall_is_no_window() -> None:
    assert slots(*picture_of(slot=(4, 1.2, 7, 1.45), inside_slot=192), scale=SCALE) == []


def test_a_pane_is_a_window_to_the_outside_once() -> None:
    gaps = slots(*picture_of(slot=(4, 1.2, 7, 1.45)), scale=SCALE)
    faces = closed_faces([WALL], [])
    (window,) = panes([*gaps, *gaps], walls=[WALL], openings=[], faces=faces)
    assert (window.kind, window.why) == ("window", ("pane_in_wall",))
    assert panes(gaps, walls=[WALL], openings=[window], faces=faces) == []


def reading(wall: Polygon, *openings: Found) -> Attempt:
    faces = closed_faces([wall], [o.gap.shape for o in openings])
    return Attempt("vector", "solid", (wall,), openings, faces)


GLASS = Found(
    Gap(box(4, 1, 7, 1.5), ((4, 1.25), (7, 1.25)), 0.5, True, 3, 0.0, 0.0), "window", 0.8, ("3_lines_in_gap",)
)


def test_a_window_another_style_shows_is_cut_into_the_wall_and_changes_no_room() -> None:
    whole, other = reading(WALL), reading(WALL.difference(GLASS.gap.shape), GLASS)
    found = with_openings_of(whole, [other])
    assert [o.why for o in found.openings] == [("3_lines_in_gap", "in_another_wall_style")]
    assert found.faces == whole.faces
    assert sum(w.area for w in found.walls) == pytest.approx(WALL.area - 1.5)
    assert with_openings_of(found, [other]) == found


def test_a_door_behind_a_heavy_threshold_is_a_door() -> None:
    threshold = WALL.difference(box(4, 1.15, 7, 1.5))
    swing = replace(GLASS, kind="door", why=("swing_arc",))
    (door,) = with_openings_of(
        reading(threshold), [reading(WALL.difference(GLASS.gap.shape), swing)]
    ).openings
    assert (door.kind, door.why) == ("door", ("swing_arc", "in_another_wall_style"))


def test_doors_without_a_swing_doubtful_glass_and_glass_between_rooms_stay_out() -> None:
    inner = box(6.5, 1.5, 7, 10.5)
    whole = reading(WALL.union(inner))
    between = replace(GLASS, gap=replace(GLASS.gap, shape=box(6.5, 4, 7, 7), jambs=((6.75, 4), (6.75, 7))))
    for opening in (replace(GLASS, kind="door"), replace(GLASS, confidence=0.5), between):
        assert with_openings_of(whole, [reading(WALL.union(inner), opening)]) == whole


def named(*at: tuple[float, float]) -> Names:
    none = np.zeros(len(at), dtype=bool)
    return Names(np.asarray(at, dtype=np.float64), none, none, np.full(len(at), np.nan))


def test_glass_found_whole_takes_the_place_of_the_piece_a_line_left_of_it() -> None:
    half = Gap(box(5.5, 1, 7, 1.5), ((5.5, 1.25), (7, 1.25)), 0.5, True, 0, 0.0, 0.0)
    piece = Found(half, "opening", 0.6, ("short_gap", "facing"))
    slider = replace(GLASS, kind="glass_door", why=("sliding_leaves", "1_lines_in_gap"), confidence=0.7)
    shut = reading(WALL.difference(half.shape), piece)
    (found,) = with_openings_of(shut, [reading(WALL.difference(GLASS.gap.shape), slider)]).openings
    assert (found.kind, found.gap.width) == ("glass_door", pytest.approx(3.0))
    kept = with_openings_of(replace(shut, openings=(replace(piece, kind="door"),)), [reading(WALL, slider)])
    assert [o.kind for o in kept.openings] == ["door"]


PARTED = WALL.union(box(6.5, 1.5, 7, 4)).union(box(6.5, 7, 7, 10.5))
HUNG = Found(
    Gap(box(6.5, 4, 7, 7), ((6.75, 4), (6.75, 7)), 0.5, True, 0, 0.9, 0.0), "door", 0.85, ("swing_arc",)
)


def test_a_door_of_another_style_parts_the_names_of_one_face() -> None:
    names = named((3, 6), (10, 6))
    found = parted_by_doors_of(reading(PARTED), [reading(PARTED, HUNG)], names=names)
    assert [o.why for o in found.openings] == [("swing_arc", "in_another_wall_style")]
    assert sorted(round(f.area) for f in found.faces.faces) == [45, 50]


@pytest.mark.parametrize(
    ("names", "door"),
    [
        (named((3, 6)), HUNG),
        (named((3, 6), (4, 8)), HUNG),
        (named((3, 6), (10, 6)), replace(HUNG, why=("short_gap",))),
    ],
    ids=["one name", "both on one side", "no swing"],
)
def test_other_gaps_part_nothing(names: Names, door: Found) -> None:
    whole = reading(PARTED)
    assert parted_by_doors_of(whole, [reading(PARTED, door)], names=names) == whole
