"""What-if: the recalculation of a correction, to the last bit; and any path of an imported house."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest import approx

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import given
from blueprints.plan.building import Building
from calculations.assembly.changed_building import changed
from calculations.assembly.complete import complete
from calculations.assembly.house_of import house_of
from calculations.assembly.what_if import WhatIf, what_if, what_if_house
from calculations.hpxml.exporter import export_hpxml
from calculations.manualj.engine import calculate
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch
from tests.calculations.hpxml.houses import full_house
from tests.calculations.test_assembly_estimate import completed, fact

VALUES: dict[str, str] = {
    "year_built": "1965",
    "bedrooms": "5",
    "occupants": "7",
    "foundation": "vented_crawlspace",
    "ceiling_height_ft": "9.5",
    "wall_r": "13",
    "wall_framing": "steel",
    "wall_finish": "brick",
    "ceiling_r": "19",
    "roof_kind": "cathedral",
    "roof_colour": "white",
    "floor_r": "11",
    "slab_r": "5",
    "basement_wall_r": "5",
    "window_u": "0.6",
    "window_shgc": "0.6",
    "window_shade": "none",
    "insect_screens": "full",
    "overhang_ft": "3",
    "door_u": "0.9",
    "leakage_class": "leaky",
    "ach50": "8",
    "ventilation_cfm": "70",
    "duct_location": "inside",
    "duct_r": "4",
    "duct_leakage": "not_sealed",
    "indoor_heating_f": "68",
    "indoor_cooling_f": "78",
    "elevation_ft": "4000",
    "heating_db_f": "-20",
    "cooling_db_f": "99",
    "grains_difference": "10",
    "daily_range": "high",
    "attached": "attached",
    "appliances_btuh": "1200",
}
STILL = {"floor_r", "basement_wall_r", "ventilation_cfm", "daily_range"}  # not in this house, or no load yet


def read_anew(field: str, value: str) -> Building:
    """The house as if that value had been given from the start."""
    number: float | str = value if not value.lstrip("-").replace(".", "").isdigit() else float(value)
    plan = three_bedroom_ranch(
        facts={field: fact(number), "foundation": fact("slab")} | {field: fact(number)}
    )
    return complete(plan, weather=design_weather("52401"))


@pytest.fixture(scope="module")
def slab_house() -> Building:
    return completed(foundation="slab")


@pytest.mark.parametrize(("field", "value"), VALUES.items())
def test_a_what_if_is_the_recalculation_with_that_value_given(
    slab_house: Building, field: str, value: str
) -> None:
    found = what_if(slab_house, {field: value}, method="as_published")
    anew = calculate(house_of(read_anew(field, value)), method="as_published").block.model_dump()
    assert found.after == anew
    moved = any(found.difference.values())
    assert moved or field in STILL


def test_the_value_that_is_there_makes_no_difference(slab_house: Building) -> None:
    for field in ("wall_r", "window_u", "ceiling_r", "duct_leakage", "roof_kind"):
        text = str(slab_house.facts[field].value)
        assert not any(what_if(slab_house, {field: text}, method="as_published").difference.values())


def test_the_difference_of_wall_insulation_is_in_walls_and_ducts_alone(slab_house: Building) -> None:
    difference = what_if(slab_house, {"wall_finish": "stucco"}, method="as_published").difference
    assert set(difference["heating"]) == {"walls", "ducts", "total"}
    parts = difference["heating"]
    assert parts["walls"] + parts["ducts"] == approx(parts["total"], rel=1e-9)


def test_several_changes_are_one_what_if(slab_house: Building) -> None:
    both = what_if(slab_house, {"wall_r": "13", "ceiling_r": "19"}, method="as_published").total("heating")
    walls, ceiling = (
        what_if(slab_house, {field: value}, method="as_published").total("heating")
        for field, value in (("wall_r", "13"), ("ceiling_r", "19"))
    )
    assert both == approx(walls + ceiling, rel=1e-6)  # conduction adds up, ducts are proportional


def test_glass_with_figures_of_its_own_keeps_them() -> None:
    plan = three_bedroom_ranch(facts={"foundation": fact("slab")})
    own = plan.openings[0].model_copy(update={"u_factor": given(0.2), "shgc": given(0.2)})
    plan = plan.model_copy(update={"openings": (own, *plan.openings[1:])})
    house = house_of(changed(complete(plan, weather=design_weather("52401")), {"window_u": "0.6"}))
    assert {window.u_factor for window in house.windows} == {0.2, 0.6}


def test_a_tighter_class_counts_although_a_test_was_assumed(slab_house: Building) -> None:
    assert "ach50" in slab_house.facts
    facts = changed(slab_house, {"leakage_class": "very_tight"}).facts
    assert "ach50" not in facts


def test_single_parts_can_be_changed(slab_house: Building) -> None:
    window = slab_house.openings[0]
    wider = what_if(slab_house, {f"openings.{window.id}.width_ft": "10"}, method="as_published")
    assert wider.difference["heating"]["windows"] > 0 > wider.difference["heating"]["walls"]
    larger = what_if(slab_house, {"rooms.r6.area_sqft": "400"}, method="as_published")
    assert {"ceilings", "infiltration"} <= set(larger.difference["heating"])
    better = what_if(slab_house, {"openings.*.u_factor": "0.1"}, method="as_published")
    assert better.total("heating") < 0


def test_turning_the_house_moves_glass_and_not_heating(slab_house: Building) -> None:
    found = what_if(slab_house, {"north_deg": "90"}, method="as_published")
    assert found.difference["heating"] == {}
    assert "windows" in found.difference["cooling_sensible"]


def test_the_front_tells_north_where_the_plan_does_not() -> None:
    plan = completed(north_deg=None, front_deg=180.0)
    found = what_if(plan, {"front": "W"}, method="as_published")
    anew = calculate(house_of(completed(north_deg=None, front_deg=270.0)), method="as_published").block
    assert found.after == anew.model_dump()
    assert found.before != found.after


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("moat", "1", "answer_unknown"),
        ("wall_r", "thick", "answer_invalid"),
        ("wall_framing", "straw", "answer_invalid"),
        ("rooms.r99.area_sqft", "100", "answer_unknown"),
        ("rooms.r1.colour", "1", "answer_unknown"),
        ("openings.*.width_ft", "-1", "answer_invalid"),
        ("openings.*.width_ft", "nan", "answer_invalid"),
    ],
)
def test_what_cannot_be_changed_is_refused(slab_house: Building, key: str, text: str, code: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        what_if(slab_house, {key: text}, method="as_published")
    assert refused.value.code == code


# --- a house out of HPXML ----------------------------------------------------------------------------------


def house_difference(**changes: str) -> WhatIf:
    keys = {key.replace("__", "."): value for key, value in changes.items()}
    return what_if_house(full_house(), keys, method="as_published")


def test_a_wall_of_twice_the_u_has_twice_the_load() -> None:
    # w1: 200 ft² less 20 ft² of glass, U .0571, 75 °F: 771 Btu/h more
    found = house_difference(walls__w1__u_factor="0.1142")
    assert found.difference["heating"]["walls"] == approx(180 * 0.0571 * 75)


def test_all_parts_of_a_list_and_single_values_can_be_changed() -> None:
    assert house_difference(**{"windows__*__shgc": "0.1"}).total("cooling_sensible") < 0
    assert house_difference(design__heating_db_f="20").total("heating") < 0
    assert house_difference(infiltration__leakiness="very_leaky").total("heating") > 0
    assert house_difference(bedrooms="6").difference["heating"] == {}


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("moat", "1", "answer_unknown"),
        ("walls.none.u_factor", "1", "answer_unknown"),
        ("walls.w1.moat", "1", "answer_unknown"),
        ("design.moat", "1", "answer_unknown"),
        ("walls.w1.u_factor", "-1", "answer_invalid"),
        ("walls.w1.u_factor", '"thick"', "answer_invalid"),
        ("windows.win2.area_sqft", "NaN", "answer_invalid"),
        ("windows.win 1.area_sqft", "5000", "house_invalid"),
    ],
)
def test_what_no_house_can_have_is_refused(key: str, text: str, code: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        what_if_house(full_house(), {key: text}, method="as_published")
    assert refused.value.code == code


def test_nothing_but_the_named_value_changes() -> None:
    found: Any = house_difference(walls__w1__u_factor="0.1142").difference
    assert set(found["heating"]) <= {"walls", "ducts", "total"}
    assert found["cooling_latent"] == {}


# --- the command -------------------------------------------------------------------------------------------


def test_the_command_prints_and_keeps_the_difference(slab_house: Building, tmp_path: Path) -> None:
    house, kept, said = tmp_path / "house.json", tmp_path / "loads.json", StringIO()
    house.write_text(slab_house.model_dump_json())
    call_command("calculate_loads", str(house), what_if=["wall_r=13"], json_out=kept, stdout=said)
    total = json.loads(kept.read_text())["what_if"]["difference"]["heating"]["total"]
    assert total == what_if(slab_house, {"wall_r": "13"}, method="as_published").total("heating")
    assert f"what if heating: {total:+,.0f} Btu/h (" in said.getvalue()


def test_the_command_takes_hpxml_too(tmp_path: Path) -> None:
    house, said = tmp_path / "house.xml", StringIO()
    house.write_bytes(export_hpxml(full_house()))
    call_command("calculate_loads", str(house), what_if=["walls.w1.u_factor=0.1142"], stdout=said)
    assert "what if heating: +" in said.getvalue()


@pytest.mark.parametrize("pair", ["wall_r", "=13", "wall_r="])
def test_a_change_without_key_or_value_is_refused(pair: str, tmp_path: Path) -> None:
    house = tmp_path / "house.xml"
    house.write_bytes(export_hpxml(full_house()))
    with pytest.raises(SystemExit) as ended:
        call_command("calculate_loads", str(house), what_if=[pair], stderr=StringIO())
    assert ended.value.code == 2
