"""Input the engine refuses, each with the field, the value and what would do."""

from __future__ import annotations

from typing import Any

import pytest

from calculations.manualj.checks import parse_house
from calculations.manualj.engine import calculate
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import Floor
from tests.calculations.manualj.houses import house


def document() -> dict[str, Any]:  # a JSON document as a client sends it
    return house().model_dump(mode="json")


def refused(data: object) -> InvalidHouse:
    with pytest.raises(InvalidHouse) as caught:
        parse_house(data)
    assert caught.value.code == "house_invalid"
    assert caught.value.allowed
    return caught.value


def test_a_good_document_is_a_house() -> None:
    assert parse_house(document()) == house()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1, "x", None])
def test_a_number_that_is_none_is_refused(value: object) -> None:
    data = document()
    data["walls"][0]["u_factor"] = value
    assert refused(data).field == "walls.0.u_factor"


def test_unknown_keys_are_refused() -> None:
    data = document()
    data["wals"] = []
    assert refused(data).field == "wals"


@pytest.mark.parametrize("data", [None, [], "house", {}])
def test_what_is_no_house_is_refused(data: object) -> None:
    refused(data)


def test_openings_larger_than_their_wall() -> None:
    data = document()
    data["windows"][0]["area_sqft"] = 400
    assert refused(data).field == "surfaces.w0.openings_sqft"


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("walls", "room", "attic"),
        ("walls", "adjacent_to", "cellar"),
        ("windows", "wall", "w9"),
        ("floors", "adjacent_to", "ground"),
        ("slabs", "space", "cellar"),
        ("rooms", "zone", "z"),
        ("ceilings", "id", "w0"),
        ("rooms", "id", "east"),
        ("ducts", "code", "7Z"),
        ("foundation_walls", "depth_below_grade_ft", 9),
        ("foundation_walls", "space", None),
    ],
)
def test_references_and_ids(part: str, key: str, value: object) -> None:
    data = document()
    data[part][0][key] = value
    refused(data)


def test_an_overhang_must_have_its_bottom_below_its_top() -> None:
    data = document()
    data["windows"][0]["overhang"]["to_bottom_ft"] = 0.5
    assert refused(data).field == "windows.g0.overhang.to_bottom_ft"


def test_leakage_must_be_known_somehow() -> None:
    data = document()
    data["infiltration"] = {}
    assert refused(data).field == "infiltration"


def test_a_blower_door_has_one_flow() -> None:
    data = document()
    data["infiltration"] = {"blower_door": {"ach": 5, "cfm": 1000}}
    assert refused(data).field == "infiltration.blower_door"


def test_a_duct_entry_needs_a_table_or_a_place() -> None:
    data = document()
    data["ducts"][0]["code"] = None
    assert refused(data).field == "ducts.0"


def test_a_crawlspace_needs_walls_for_the_floor_over_it() -> None:
    with pytest.raises(InvalidHouse, match="crawl"):
        calculate(house().model_copy(update={"foundation_walls": ()}))


def test_a_house_built_in_code_is_checked_too() -> None:
    lost = Floor(id="f9", room="nowhere", adjacent_to="outdoors", area_sqft=1, u_factor=1)
    with pytest.raises(InvalidHouse):
        calculate(house().model_copy(update={"floors": (lost,)}))
