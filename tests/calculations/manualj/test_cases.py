"""The public ACCA houses: component by component, and surface by surface."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytest import approx

from calculations.manualj.engine import calculate
from calculations.manualj.house import House, VentilationUnit

pytest.importorskip("calculations.hpxml.importer", reason="the HPXML import is not there")
from calculations.hpxml.importer import import_hpxml

SHARED = Path(__file__).parents[3].parent / "shared"
CASES = SHARED / "reference" / "manual-j" / "cases"
CHECKS = SHARED / "reference" / "manual-j" / "tables" / "worked-checks-public-cases.json"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"no published cases at {CASES}")
SEASONS = ("heating", "cooling_sensible", "cooling_latent")
# The approval case of a heat recovery ventilator states these; the file has only the rating.
HRV = VentilationUnit(
    id="hrv", kind="hrv", rated_cfm=100, heating_effectiveness=0.64, cooling_effectiveness=0.58
)


def read(path: Path) -> Any:  # JSON of others
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"cases": {}}


EXPECTED = read(CASES / "expected.json")["cases"]
WORKED = read(CHECKS)["cases"]
ANCHORED = [name for name, case in EXPECTED.items() if "anchor" in case]


def case_house(name: str) -> House:
    house = import_hpxml(CASES / EXPECTED[name]["file"]).house
    if name == "Bob_Ross_Residence_3-21":
        return house.model_copy(update={"ventilation": (HRV,)})
    return house


def near(value: float) -> Any:  # pytest's approx has no public type
    return approx(value, rel=0.005, abs=25)  # 0.5 % or 25 Btu/h, the printed figures are whole numbers


@pytest.mark.parametrize("name", ANCHORED)
def test_every_component_is_within_half_a_percent_of_openstudio(name: str) -> None:
    block = calculate(case_house(name), method="as_openstudio").block.model_dump()
    for season in SEASONS:
        for component, value in EXPECTED[name]["anchor"][season].items():
            assert block[season][component] == near(value), (season, component)


@pytest.mark.parametrize("name", ANCHORED)
def test_every_room_and_curve_is_within_one_btuh_or_half_a_percent(name: str) -> None:
    loads = calculate(case_house(name), method="as_openstudio")
    again = EXPECTED[name]["reproduction"]
    if "aed_curve_block" in again:
        assert list(loads.aed_curve) == approx(again["aed_curve_block"], abs=1)
    rooms = {room.id: room.model_dump() for room in loads.rooms}
    if isinstance(again.get("rooms"), dict):
        for key, room in again["rooms"].items():
            assert list(rooms[key]["aed_curve"]) == approx(room["aed_curve"], abs=1)
            for season in ("heating", "cooling_sensible"):
                for component, value in room[season].items():
                    found = rooms[key][season][component]
                    assert found == approx(value, rel=0.005, abs=1), (key, season, component)


@pytest.mark.parametrize("name", [name for name in WORKED if name in EXPECTED])
def test_every_surface_has_its_published_multiplier(name: str) -> None:
    loads = calculate(case_house(name), method="as_openstudio")
    found: dict[tuple[str, str], float] = {}
    for line in loads.trace:
        key = (line.surface, line.season)
        found[key] = found.get(key, 0.0) + line.value_btuh
    wanted: dict[tuple[str, str], float] = {}
    for check in WORKED[name]:
        for season, htm in (("heating", "heat_HTM"), ("cooling_sensible", "cool_HTM")):
            key = (check["id"], season)
            wanted[key] = wanted.get(key, 0.0) + check[htm] * check["area_or_length"]
    for key, value in wanted.items():
        assert found.get(key, 0.0) == approx(value, rel=1e-3, abs=1), key


@pytest.mark.parametrize("name", [name for name in ANCHORED if EXPECTED[name].get("acca_published")])
def test_as_published_is_within_the_books_own_tolerance(name: str) -> None:
    block = calculate(case_house(name), method="as_published").block.model_dump()
    for season, components in EXPECTED[name]["acca_published"]["block"].items():
        if season not in SEASONS:
            continue
        for component, figure in components.items():
            allowed = figure["tolerance_btuh"]
            assert abs(block[season][component] - figure["acca"]) <= max(allowed, 1e-6), (season, component)


def test_the_long_basement_floor_is_nearer_to_the_book_at_8_ft() -> None:
    if "Long_Residence" not in EXPECTED:
        pytest.skip("no Long residence")
    assert calculate(case_house("Long_Residence")).block.heating.slabs == approx(2440, abs=25)


def test_openstudio_rounds_the_gains_of_bob_ross_to_3552_and_the_book_has_3550() -> None:
    if "Bob_Ross_Residence" not in EXPECTED:
        pytest.skip("no Bob Ross residence")
    found = [
        calculate(case_house("Bob_Ross_Residence"), method=m).block.cooling_sensible.internal_gains
        for m in ("as_openstudio", "as_published")
    ]
    assert found == [approx(3552), approx(3550)]
