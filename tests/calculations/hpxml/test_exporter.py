"""Out and in again: valid by the schema, equal to the last bit."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from calculations.assembly.house_of import house_of
from calculations.hpxml.exporter import export_hpxml
from calculations.hpxml.importer import import_hpxml
from calculations.hpxml.schema import schema_errors
from calculations.manualj.engine import calculate
from calculations.manualj.house import (
    BlowerDoor,
    DuctRun,
    DuctSystem,
    House,
    Infiltration,
    Room,
    Wall,
    Window,
)
from tests.calculations.hpxml.houses import design, full_house
from tests.calculations.test_assembly_estimate import completed

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.floats(min_value=0.01, max_value=5000.0, allow_nan=False)
U_FACTORS = st.floats(min_value=0.005, max_value=2.0, allow_nan=False)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


def small_house(**fields: object) -> House:
    return House.model_validate({"design": design(), "rooms": (Room(id="den", area_sqft=800.0),), **fields})


def test_a_house_with_every_kind_of_part_comes_back_equal() -> None:
    house = full_house()
    assert import_hpxml(export_hpxml(house)).house == house


def test_the_document_is_valid_by_the_schema_of_hpxml_5() -> None:
    tree = etree.ElementTree(etree.fromstring(export_hpxml(full_house())))
    assert schema_errors(tree, version=5) == []


def test_the_same_house_gives_the_same_bytes() -> None:
    assert export_hpxml(full_house()) == export_hpxml(full_house())


def test_exporting_what_was_imported_gives_the_same_bytes() -> None:
    first = export_hpxml(full_house())
    assert export_hpxml(import_hpxml(first).house) == first


PLANS: dict[str, dict[str, float | str]] = {
    "slab": {"foundation": "slab"},
    "vented_crawlspace": {"foundation": "vented_crawlspace", "basement_wall_r": 10},
    "sealed_crawlspace": {"foundation": "sealed_crawlspace", "wall_framing": "block"},
    "cellar": {"foundation": "unconditioned_basement", "year_built": 1965, "window_shade": "dark_shades"},
    "rafters": {
        "roof_kind": "cathedral",
        "roof_colour": "white",
        "ventilation": "erv",
        "ventilation_cfm": 80,
    },
    "insulated_deck": {"roof_kind": "unvented_attic", "duct_location": "attic", "attached": "attached"},
    "steel": {
        "wall_framing": "steel",
        "wall_finish": "brick",
        "insect_screens": "full",
        "leakage_class": "leaky",
    },
}


@pytest.mark.parametrize("facts", PLANS.values(), ids=PLANS.keys())
def test_a_house_out_of_a_plan_is_valid_and_has_the_same_loads_again(facts: dict[str, float | str]) -> None:
    house = house_of(completed(**facts))
    document = export_hpxml(house)
    assert schema_errors(etree.ElementTree(etree.fromstring(document)), version=5) == []
    read = import_hpxml(document)
    assert read.house == house
    assert {issue.code for issue in read.warnings} <= {"hpxml_assumed"}
    assert calculate(read.house).to_json_dict() == calculate(house).to_json_dict()


def test_a_house_of_standard_parts_needs_no_engine_inputs_on_its_wall() -> None:
    wall = Wall(id="w", room="den", azimuth_deg=90.0, gross_sqft=100.0, u_factor=0.0625)
    tree = etree.fromstring(export_hpxml(small_house(walls=(wall,))))
    assert tree.find(".//{*}Wall/{*}extension") is None


@pytest.mark.parametrize(
    "infiltration",
    [
        Infiltration(ela_sqin=92.0, shielding_class=1),
        Infiltration(blower_door=BlowerDoor(ach=3.2)),
        Infiltration(blower_door=BlowerDoor(cfm=1100.0, pressure_pa=25.0), volume_cuft=9000.0),
        Infiltration(heating_cfm=50.0, cooling_cfm=20.0),
        Infiltration(leakiness="leaky", attached=True, exterior_share=0.5, unit_height_ft=30.0),
    ],
)
def test_air_leakage_of_each_kind_comes_back(infiltration: Infiltration) -> None:
    house = small_house(infiltration=infiltration)
    assert import_hpxml(export_hpxml(house)).house == house


def test_duct_runs_come_back() -> None:
    runs = (DuctRun(id="a", side="supply", location="outdoors", area_sqft=100.0, r_value=6.4),)
    house = small_house(duct_systems=(DuctSystem(id="1", runs=runs, supply_leakage_fraction=0.1),))
    assert import_hpxml(export_hpxml(house)).house == house


@FEW
@given(u_factor=U_FACTORS, area=NUMBERS, azimuth=st.floats(min_value=0, max_value=360), name=NAMES)
def test_any_wall_and_window_come_back_to_the_last_bit(
    u_factor: float, area: float, azimuth: float, name: str
) -> None:
    room = Room(id=name, name=name, area_sqft=area)
    wall = Wall(id=name, room=name, azimuth_deg=azimuth, gross_sqft=area, u_factor=u_factor)
    window = Window(
        id=name,
        room=name,
        wall=name,
        azimuth_deg=azimuth,
        area_sqft=area,
        u_factor=u_factor,
        shgc=azimuth / 360,
    )
    house = House(id=name, design=design(), rooms=(room,), walls=(wall,), windows=(window,))
    assert import_hpxml(export_hpxml(house)).house == house
