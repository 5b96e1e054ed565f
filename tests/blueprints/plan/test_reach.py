"""Nameless spaces apart from the house are not heated; an entry open to the weather is a porch."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from shapely.geometry import box

from blueprints.plan.cleanup.cells import Cell
from blueprints.plan.cleanup.reach import open_porches, unreached
from blueprints.plan.model import EdgePt, FacePt, OpeningKind, OpeningPt, RoomLabel, RoomType

FOOT_PT = 10.0
APART, BETWEEN = "oooo", "of0f1f3"


def cell(
    number: int, name: str = "", kind: RoomType = "other", *, heated: bool = True, beyond: str = APART, side_ft: float = 9
) -> Cell:  # fmt: skip
    """A square room; `beyond` tells what lies at its four sides: o for the outside, f and a number for a room."""
    shape = box(1000 * number, 0, 1000 * number + side_ft * FOOT_PT, side_ft * FOOT_PT)
    corners = list(shape.exterior.coords)
    sides = ["outside" if side == "o" else side for side in re.findall(r"o|f\d", beyond)]
    edges = tuple(
        EdgePt(start=a, end=b, beyond=s) for (a, b), s in zip(pairwise(corners), sides, strict=True)
    )
    face = FacePt(
        id=f"f{number}", polygon_pt=tuple(corners[:-1]), area_pt2=shape.area, confidence=0.8, edges=edges
    )
    label = RoomLabel(
        page=1, text=name, type=kind, conditioned=heated, at_pt=corners[0], bbox=(0, 0, 1, 1), confidence=0.9,
    ) if name else None  # fmt: skip
    return Cell(face, shape, label)


def opening(one: int, other: int | None, kind: OpeningKind = "door", width_ft: float = 3.0) -> OpeningPt:
    rooms = (f"f{one}", None if other is None else f"f{other}")
    return OpeningPt(
        id=f"o{one}{other}{kind}", kind=kind, at_pt=(0, 0), width_pt=width_ft * FOOT_PT, axis=((0, 0), (1, 0)),
        rooms=rooms, exterior=other is None, confidence=0.8,
    )  # fmt: skip


NAMED = [
    cell(0, "KITCHEN", "kitchen"), cell(1, "BATH", "bathroom"), cell(2, "BEDROOM", "bedroom"),
    cell(3, "GARAGE", "garage", heated=False),
]  # fmt: skip
INSIDE = [opening(0, 1), opening(0, 2), opening(0, 3)]


def apart(space: Cell, *ways: OpeningPt, house: list[Cell] = NAMED) -> bool:
    return unreached([*house, space], [*INSIDE, *ways], points_per_foot=FOOT_PT) == {space.face.id}


@pytest.mark.parametrize(
    ("space", "ways"),
    [
        (cell(5), []),
        (cell(5), [opening(0, 5, "window")]),
        (cell(5), [opening(3, 5)]),
        (cell(5, beyond="of3f3o", side_ft=12), [opening(3, 5)]),
    ],
    ids=["nothing opens into it", "a window is no way in", "by the garage alone", "beside the garage"],
)
def test_a_space_no_way_leads_into_is_apart(space: Cell, ways: list[OpeningPt]) -> None:
    assert apart(space, *ways)


@pytest.mark.parametrize(
    ("space", "ways"),
    [
        (cell(5), [opening(2, 5)]),
        (cell(5), [opening(0, 5, "opening")]),
        (cell(5, beyond=BETWEEN, side_ft=12), []),
        (cell(5, beyond="of3f3o"), []),
    ],
    ids=["a door", "an opening", "between rooms: its door was missed", "small, in a corner"],
)
def test_a_room_of_the_house_is_not(space: Cell, ways: list[OpeningPt]) -> None:
    assert not apart(space, *ways)


def test_a_closet_within_a_closet_is_reached() -> None:
    ways = [*INSIDE, opening(2, 4), opening(4, 5, "opening")]
    assert unreached([*NAMED, cell(4), cell(5)], ways, points_per_foot=FOOT_PT) == set()


@pytest.mark.parametrize("ways", [[opening(4, 5)], [opening(4, 5), opening(5, None)]])
def test_without_names_what_has_any_way_in_is_a_room(ways: list[OpeningPt]) -> None:
    house = [cell(4), cell(5), cell(6), cell(7, beyond="of4f5o")]
    assert unreached(house, ways, points_per_foot=FOOT_PT) == {"f6"}


def test_where_no_door_was_found_nothing_is_told_of_rooms_without_names() -> None:
    assert unreached([cell(4), cell(5)], [opening(4, None)], points_per_foot=FOOT_PT) == set()


def porch(*openings: OpeningPt, kind: RoomType = "entry", behind: RoomType = "entry") -> set[str]:
    cells = [cell(0, "ENTRY", kind), cell(1, "FOYER", behind)]
    return open_porches(cells, openings, points_per_foot=FOOT_PT)


def test_an_entry_open_to_the_outside_with_a_door_behind_it_is_a_porch() -> None:
    assert porch(opening(0, None, "opening", 4.0), opening(0, 1)) == {"f0"}


@pytest.mark.parametrize(
    "openings",
    [
        (opening(0, None, "door"), opening(0, None, "opening", 4.0), opening(0, 1)),
        (opening(0, None, "opening", 1.5), opening(0, 1)),
        (opening(0, None, "opening", 4.0), opening(0, 1, "opening")),
        (opening(0, None, "window", 4.0), opening(0, 1)),
    ],
    ids=["front door", "a gap too narrow", "open to the rooms", "glass"],
)
def test_an_entry_that_shuts_is_a_room(openings: tuple[OpeningPt, ...]) -> None:
    assert porch(*openings) == set()


@pytest.mark.parametrize(("kind", "behind"), [("entry", "hall"), ("living", "entry")])
def test_no_other_rooms_make_a_porch(kind: RoomType, behind: RoomType) -> None:
    """A vestibule before a hall is a room whatever its front door was read as."""
    assert porch(opening(0, None, "opening", 4.0), opening(0, 1), kind=kind, behind=behind) == set()
