"""Cross-checks of a house as read, each with a code, a severity and a place, and the three numbers of its quality."""

from __future__ import annotations

import pytest

from autohvac.core.evidence import Where, derived
from blueprints.plan.building import (
    Building,
    LevelSpec,
    OpeningSpec,
    ReviewNote,
    RoomSpec,
    ScaleFit,
    SurfaceSpec,
)
from blueprints.plan.cleanup.findings import findings_of
from blueprints.plan.cleanup.quality import quality_of
from blueprints.plan.model import Word

SCALE = ScaleFit(feet_per_point=1 / 18, sources=("note",), confidence=0.9)


def room(
    name: str, left_ft: float, width_ft: float = 12.0, *, level: str = "First", use: str = "bedroom"
) -> RoomSpec:
    """A room 10 ft deep."""
    corners = ((left_ft, 0.0), (left_ft + width_ft, 0.0), (left_ft + width_ft, 10.0), (left_ft, 10.0))
    return RoomSpec(
        id=name, level=level, name=name, type=use, conditioned=True,
        area_sqft=derived(10.0 * width_ft, unit="ft²", confidence=0.9), perimeter_ft=2 * (width_ft + 10.0),
        polygon_ft=corners, polygon_pt=tuple((18 * x, 18 * y) for x, y in corners),
        ceiling_height_ft=derived(8.0, unit="ft", confidence=0.9), confidence=0.8,
    )  # fmt: skip


def level(name: str, index: int, page: int) -> LevelSpec:
    return LevelSpec(name=name, index=index, page=page, drawing=0, scale=SCALE)


def wall(length_ft: float) -> SurfaceSpec:
    return SurfaceSpec(
        id="w1", room="A", kind="wall", adjacent="outdoors", length_ft=length_ft, height_ft=8.0,
        area_sqft=derived(8 * length_ft, unit="ft²", confidence=0.9), polyline_pt=((0.0, 0.0), (18 * length_ft, 0.0)),
    )  # fmt: skip


def window(name: str, width_ft: float) -> OpeningSpec:
    return OpeningSpec(
        id=name, kind="window", room="A", surface="w1", exterior=True, facing_page_deg=0.0,
        width_ft=derived(width_ft, unit="ft", confidence=0.9), height_ft=derived(4.0, unit="ft", confidence=0.9),
        at_pt=(30.0, 0.0), page=2, confidence=0.9,
    )  # fmt: skip


def house(*rooms: RoomSpec, **parts: object) -> Building:
    return Building(zip_code="52401", levels=(level("First", 1, 2),), rooms=rooms).model_copy(update=parts)


def test_a_sound_house_has_no_findings() -> None:
    sound = house(room("A", 0), room("B", 12), surfaces=(wall(12),), openings=(window("o1", 3),))
    assert findings_of(sound, ()) == ()


def test_rooms_that_lie_over_each_other_are_found_where_they_do() -> None:
    [found] = findings_of(house(room("A", 0), room("B", 9)), ())
    assert (found.code, found.severity, found.field) == ("rooms_overlap", "warning", "rooms.B")
    assert found.where == Where(page=2, bbox=(162.0, 0.0, 216.0, 180.0))  # 9 to 12 ft at 18 pt/ft


def test_a_room_twice_is_an_error() -> None:
    assert [f.severity for f in findings_of(house(room("A", 0), room("B", 1)), ())] == ["error"]


def test_rooms_of_different_storeys_may_lie_over_each_other() -> None:
    two = house(
        room("A", 0), room("B", 0, level="Second"), levels=(level("First", 1, 2), level("Second", 2, 3))
    )
    stairs = [Word(page=page, text="UP 14R", bbox=(0, 0, 1, 1)) for page in (2, 3)]
    assert findings_of(two, stairs) == ()


def storeys(*names: str) -> Building:
    """A room on each storey; page 2 is the first."""
    rooms = [room(name, 0, level=name) for name in names]
    return house(*rooms, levels=tuple(level(name, n, n + 1) for n, name in enumerate(names, start=1)))


def test_a_storey_that_no_stair_reaches_is_found() -> None:
    found = findings_of(storeys("First", "Second", "Third"), [Word(page=2, text="Stairs", bbox=(0, 0, 1, 1))])
    assert [(f.code, f.field, f.where and f.where.page) for f in found] == [
        ("floor_without_stair", "levels.Third", 4)
    ]


def test_a_stair_named_on_one_storey_reaches_the_next() -> None:
    assert findings_of(storeys("First", "Second"), [Word(page=3, text="DN", bbox=(0, 0, 1, 1))]) == ()


def test_a_single_storey_needs_no_stair() -> None:
    assert findings_of(house(room("A", 0)), ()) == ()


def test_a_bedroom_of_2_000_ft2_is_unusual() -> None:
    found = findings_of(house(room("A", 0, 200.0)), ())
    assert [(f.code, f.where is not None) for f in found] == [("room_size_unusual", True)]


def test_an_opening_wider_than_its_wall_is_found_at_its_place() -> None:
    [found] = findings_of(house(room("A", 0), surfaces=(wall(3),), openings=(window("o1", 3.5),)), ())
    assert (found.code, found.where) == ("opening_beyond_wall", Where(page=2, bbox=(30.0, 0.0, 30.0, 0.0)))


def test_openings_that_are_wider_than_their_wall_together_are_found() -> None:
    full = house(room("A", 0), surfaces=(wall(6),), openings=(window("o1", 3.5), window("o2", 3.5)))
    [found] = findings_of(full, ())
    assert (found.code, found.field) == ("openings_exceed_wall", "surfaces.w1")


def test_a_stated_area_that_differs_has_the_place_where_it_is_stated() -> None:
    where = Where(page=1, bbox=(0, 0, 9, 9))
    note = ReviewNote(field="totals.conditioned_sqft", reason="rooms add up to 240 ft²", where=where)
    [found] = findings_of(house(room("A", 0), review=(note,)), ())
    assert (found.code, found.where) == ("area_differs_from_stated", where)


def test_quality_counts_what_is_missing_faulty_and_unsure() -> None:
    unnamed = room("B", 12, 36.0).model_copy(update={"evidence": ("no_label",), "confidence": 0.4})
    read = house(room("A", 0), unnamed, surfaces=(wall(3),), openings=(window("o1", 3.5),))
    found = quality_of(read, findings_of(read, ()))
    assert found.completeness == pytest.approx(8 / 10, abs=1e-4)  # north and one name of 1 + 2 × 3 + 3 values
    assert found.validity == pytest.approx(3 / 4)  # one window of two rooms, a wall and a window
    assert found.confidence == pytest.approx(0.8 / 4 + 0.4 * 3 / 4)  # 120 and 360 ft²


def test_a_plan_without_rooms_has_no_quality() -> None:
    empty = quality_of(house(), ())
    assert (empty.completeness, empty.validity, empty.confidence) == (0.0, 0.0, 0.0)
