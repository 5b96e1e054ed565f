"""Loads of a plausible house: sums, sensible sizes, the sweep, the interval, the drivers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest import approx

from autohvac.core.errors import NeedsInput
from autohvac.core.evidence import Sourced, given
from blueprints.plan.building import Building
from calculations.assembly.complete import complete
from calculations.assembly.estimate import LoadsResult, loads_for
from calculations.assembly.house_of import house_of
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch

KNOWN: dict[str, float | str] = {
    "foundation": "slab",
    "duct_location": "attic",
    "wall_r": 20,
    "ceiling_r": 49,
    "slab_r": 10,
    "window_u": 0.32,
    "window_shgc": 0.4,
    "ach50": 3,
}


def fact(value: float | str) -> Sourced[float | str]:
    return Sourced[float | str].model_validate(given(value).model_dump())


def completed(*, north_deg: float | None = 0.0, zip_code: str = "52401", **facts: float | str) -> Building:
    known = {name: fact(value) for name, value in facts.items()}
    building = three_bedroom_ranch(north_deg=north_deg, facts=known, zip_code=zip_code)
    return complete(building, weather=design_weather(zip_code))


@pytest.fixture(scope="module")
def ranch() -> LoadsResult:
    return loads_for(completed())


def cooling(loads: dict[str, Any]) -> float:  # JSON document of the contract
    block = loads["block"]
    total: float = block["cooling_sensible"]["total"] + block["cooling_latent"]["total"]
    return total


def heating(loads: dict[str, Any]) -> float:  # JSON document of the contract
    total: float = loads["block"]["heating"]["total"]
    return total


def test_the_parts_add_up_to_the_totals(ranch: LoadsResult) -> None:
    for season in ("heating", "cooling_sensible", "cooling_latent"):
        part = ranch.loads["block"][season]
        assert part["total"] == approx(sum(v for k, v in part.items() if k != "total"), rel=1e-9)


def test_the_rooms_are_those_of_the_plan_and_add_up_to_the_heating_load(ranch: LoadsResult) -> None:
    rooms = ranch.loads["rooms"]
    assert {room["id"] for room in rooms} == {f"r{i}" for i in range(1, 10)}
    assert sum(room["heating"]["total"] for room in rooms) == approx(heating(ranch.loads), rel=1e-6)


@pytest.mark.parametrize(
    ("zip_code", "heating_range", "cooling_range"),
    [
        ("52401", (20_000, 60_000), (10_000, 36_000)),  # zone 5, 3 °F below zero
        ("33101", (3_000, 20_000), (12_000, 40_000)),  # zone 1, hot and humid
        ("85001", (5_000, 25_000), (14_000, 45_000)),  # zone 2, 109 °F
    ],
)
def test_a_1500_sqft_house_has_a_usual_load(
    zip_code: str, heating_range: tuple[float, float], cooling_range: tuple[float, float]
) -> None:
    loads = loads_for(completed(zip_code=zip_code, year_built=2005)).loads
    assert heating_range[0] < heating(loads) < heating_range[1]
    assert cooling_range[0] < cooling(loads) < cooling_range[1]


def test_the_contract_keys_are_there(ranch: LoadsResult) -> None:
    keys = {
        "schema", "engine_version", "method", "design", "block", "aed_curve", "rooms", "interval", "drivers",
        "warnings",
    }  # fmt: skip
    assert keys <= set(ranch.loads)
    assert ranch.loads["schema"] == "autohvac.loads/1"
    assert len(ranch.loads["aed_curve"]) == 12
    assert json.loads(json.dumps(ranch.loads)) == ranch.loads
    assert ranch.trace


def test_the_interval_contains_the_load_and_says_its_coverage(ranch: LoadsResult) -> None:
    found = ranch.loads["interval"]
    assert found["coverage"] == 0.9
    assert found["heating_total"][0] < heating(ranch.loads) < found["heating_total"][1]
    assert found["cooling_total"][0] < cooling(ranch.loads) < found["cooling_total"][1]


def test_the_largest_drivers_come_first(ranch: LoadsResult) -> None:
    sizes = [abs(driver["effect_btuh"]) for driver in ranch.loads["drivers"]]
    assert sizes == sorted(sizes, reverse=True)
    assert {"foundation", "ach50", "wall_r", "window_u"} <= {d["field"] for d in ranch.loads["drivers"]}


def test_knowing_more_narrows_the_interval_and_not_the_method() -> None:
    vague, sure = loads_for(completed()), loads_for(completed(**KNOWN))
    width = [
        r.loads["interval"]["heating_total"][1] - r.loads["interval"]["heating_total"][0]
        for r in (vague, sure)
    ]
    assert width[1] < width[0] / 2
    assert not {d["field"] for d in sure.loads["drivers"]} & set(KNOWN)


def test_unknown_orientation_takes_the_worst_of_eight_and_says_the_spread() -> None:
    swept = loads_for(completed(north_deg=None, **KNOWN))
    every = [
        loads_for(completed(north_deg=north, **KNOWN)).loads
        for north in (0.0, 45.0, 90.0, 135.0, 180.0, 270.0)
    ]
    assert len(swept.turns) == 8
    assert cooling(swept.loads) >= max(cooling(loads) for loads in every) - 1e-6
    assert heating(swept.loads) == approx(heating(every[0]))
    assert "orientation_unknown" in {warning["code"] for warning in swept.loads["warnings"]}
    assert "front_deg" in {driver["field"] for driver in swept.loads["drivers"]}
    assert loads_for(completed(**KNOWN)).turns == ()


def test_house_of_is_what_was_calculated() -> None:
    from calculations.manualj.engine import calculate

    building = completed(north_deg=None, **KNOWN)
    again = calculate(house_of(building), method="as_published")
    assert again.block.heating.total == heating(loads_for(building).loads)


def test_better_insulation_never_raises_the_load() -> None:
    thin, thick = (loads_for(completed(**{**KNOWN, "wall_r": r})).loads for r in (13, 21))
    assert heating(thick) < heating(thin)


def test_ducts_inside_carry_no_load() -> None:
    inside = loads_for(completed(**{**KNOWN, "duct_location": "inside"})).loads
    assert inside["block"]["heating"]["ducts"] == 0
    assert heating(inside) < heating(loads_for(completed(**KNOWN)).loads)


@pytest.mark.parametrize(
    "foundation", ["slab", "vented_crawlspace", "sealed_crawlspace", "unconditioned_basement"]
)
def test_every_foundation_can_be_calculated(foundation: str) -> None:
    loads = loads_for(completed(foundation=foundation)).loads
    assert 15_000 < heating(loads) < 60_000


@pytest.mark.parametrize("location", ["inside", "attic", "crawlspace", "basement", "garage"])
def test_every_duct_location_can_be_calculated(location: str) -> None:
    loads = loads_for(completed(duct_location=location)).loads
    assert 15_000 < heating(loads) < 60_000


def test_review_notes_carry_the_load_at_stake() -> None:
    notes = loads_for(completed()).review
    stakes = [note.stake_btuh or 0 for note in notes]
    assert stakes == sorted(stakes, reverse=True)
    assert stakes[0] > 500


def test_a_stated_area_that_differs_is_said() -> None:
    codes = {w["code"] for w in loads_for(completed(stated_area_sqft=1800)).loads["warnings"]}
    assert "area_differs_from_stated" in codes


def test_no_rooms_needs_input() -> None:
    empty = three_bedroom_ranch().model_copy(update={"rooms": (), "surfaces": (), "openings": ()})
    with pytest.raises(NeedsInput):
        loads_for(complete(empty, weather=design_weather("52401")))


def test_the_same_building_gives_the_same_answer(ranch: LoadsResult) -> None:
    assert loads_for(completed()) == ranch


@pytest.mark.parametrize(("room", "warned"), [("r1", True), ("r10", False)])
def test_a_window_of_unknown_direction_is_warned_of_where_it_takes_part_in_the_load(
    room: str, warned: bool
) -> None:
    building = completed(**KNOWN)
    lost = building.openings[0].model_copy(
        update={"id": "lost", "room": room, "surface": None, "facing_page_deg": None}
    )
    found = loads_for(building.model_copy(update={"openings": (*building.openings, lost)})).loads["warnings"]
    cases = [one["message"] for one in found if one["code"] == "opening_direction_unknown"]
    assert cases == (["taken as facing west: BEDROOM 2"] if warned else [])


def test_the_glass_of_a_garage_is_no_share_of_the_floor() -> None:
    building = completed(**KNOWN)
    large = building.openings[0].model_copy(
        update={
            "id": "large",
            "room": "r10",
            "surface": None,
            "width_ft": given(120.0),
            "facing_page_deg": 0.0,
        }
    )
    for added, warned in ((large, False), (large.model_copy(update={"room": "r6"}), True)):
        whole = building.model_copy(update={"openings": (*building.openings, added)})
        codes = {one["code"] for one in loads_for(whole).loads["warnings"]}
        assert ("window_area_unusual" in codes) == warned
