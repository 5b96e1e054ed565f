"""Duct loads (§12)."""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.ducts import code_of, table_codes, table_factors
from calculations.manualj.engine import calculate
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import DuctRun, DuctSystem, DuctTable, House
from tests.calculations.manualj.houses import house


def factors(**changes: object) -> tuple[float, float, float]:
    duct = DuctTable.model_validate({"code": "7C-R", "lookup_area_sqft": 2400, "r_value": 8, **changes})
    found = table_factors(duct, code=duct.code or "", heating_db_f=15, cooling_db_f=93, grains=40, storeys=1)
    return found.heating, found.cooling, found.latent_btuh


def test_bob_ross_ducts_of_table_7c_r() -> None:
    heating, cooling, latent = factors()
    assert heating == approx(0.12441, abs=5e-6)
    assert cooling == approx(0.14616, abs=5e-6)
    assert latent == approx(564.6, abs=0.05)


def test_there_are_34_tables_and_all_give_factors() -> None:
    assert len(table_codes()) == 34
    for code in table_codes():
        assert all(abs(value) < 20000 for value in factors(code=code))


def test_half_of_the_ducts_outside_is_half_of_the_load() -> None:
    assert factors(outside_fraction=0.5) == tuple(approx(value / 2) for value in factors())


def test_the_default_duct_areas_give_the_table_itself() -> None:
    duct = factors(code="7A-R", lookup_area_sqft=2000, supply_area_sqft=272, return_area_sqft=86)
    assert duct == tuple(approx(value) for value in factors(code="7A-R", lookup_area_sqft=2000))


@pytest.mark.parametrize(
    ("place", "base", "code"),
    [
        ("attic", 150, "7A-R"),
        ("attic", 120, "7C-R"),
        ("attic", 95, "7F-R"),
        ("outdoors", None, "7G-R"),
        ("basement", None, "7I"),
        ("under_slab", None, "7J-1"),
        ("inside", None, None),
    ],
)
def test_a_place_names_the_closest_table(place: str, base: float | None, code: str | None) -> None:
    duct = DuctTable.model_validate({"location": place, "lookup_area_sqft": 1500})
    assert code_of(duct, attic_base_f=base) == code


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(InvalidHouse):
        calculate(house(ducts=(DuctTable(code="7Z", lookup_area_sqft=1500),)))


def test_ducts_inside_add_nothing() -> None:
    block = calculate(house(ducts=(DuctTable(location="inside", lookup_area_sqft=1600),))).block
    assert (block.heating.ducts, block.cooling_sensible.ducts, block.cooling_latent.ducts) == (0, 0, 0)


def test_a_system_without_ducts_has_no_duct_loss() -> None:
    block = calculate(house().model_copy(update={"heating_ducted": False})).block
    assert block.heating.ducts == 0
    assert block.cooling_sensible.ducts > 0


def described(place: str, *, r_value: float = 6, leak: float = 40) -> House:
    runs = tuple(
        DuctRun.model_validate(
            {"id": side, "side": side, "location": place, "area_sqft": area, "r_value": r_value}
        )
        for side, area in (("supply", 300), ("return", 100))
    )
    system = DuctSystem(runs=runs, supply_leakage_cfm=leak, return_leakage_cfm=leak)
    return house(ducts=()).model_copy(update={"duct_systems": (system,)})


def test_delivery_loses_more_with_leaks_and_less_with_insulation() -> None:
    def loss(house_: House) -> tuple[float, float]:
        block = calculate(house_, method="as_openstudio").block
        return block.heating.ducts, block.cooling_sensible.ducts

    base, leaky, thick = (
        loss(described("attic")),
        loss(described("attic", leak=80)),
        loss(described("attic", r_value=12)),
    )
    assert all(a > b for a, b in zip(leaky, base, strict=True))
    assert all(a < b for a, b in zip(thick, base, strict=True))


def test_delivery_inside_loses_nothing() -> None:
    block = calculate(described("inside", leak=0), method="as_openstudio").block
    assert block.heating.ducts == approx(0, abs=1e-6)
    assert block.cooling_sensible.ducts == approx(0, abs=1e-6)


def test_the_book_takes_the_closest_table_for_described_ducts_and_says_so() -> None:
    loads = calculate(described("attic"))
    assert loads.block.heating.ducts > 0
    assert "duct_table_chosen" in [warning.code for warning in loads.warnings]


def test_delivery_knows_each_kind_of_place() -> None:
    for place in ("attic", "crawl", "garage", "outdoors", "under_slab", "exterior_wall"):
        assert calculate(described(place), method="as_openstudio").block.heating.ducts > 0
