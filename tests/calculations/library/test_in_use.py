"""The constructions a completed building names."""

from __future__ import annotations

from pytest import approx

from calculations.assembly.complete import complete
from calculations.assembly.constructions import constructions_of
from calculations.assembly.estimate import loads_for
from calculations.assembly.house_of import house_of
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch
from tests.calculations.test_assembly_estimate import completed


def numbers(**facts: float | str) -> dict[str, str]:
    return {use.part: use.number for use in constructions_of(completed(**facts))}


def test_a_new_house_in_zone_5_names_its_constructions() -> None:
    assert numbers(foundation="slab", year_built=2022) == {
        "window": "GR-0.30/0.40",
        "door": "D2",
        "wall": "W6-20+5s",
        "partition": "P6-20+5",
        "attic_ceiling": "C6-60",
        "slab": "SG-10",
    }


def test_an_old_house_in_zone_5_stands_on_the_default_tables() -> None:
    found = numbers(foundation="vented_crawlspace", year_built=1960, wall_finish="brick")
    assert (found["window"], found["door"], found["wall"]) == ("E2Vc", "D1", "W4-11b")
    assert (found["attic_ceiling"], found["floor"]) == ("C6-19", "FS-0")
    assert "slab" not in found


def test_a_house_without_attic_has_rafters_and_a_basement_has_walls() -> None:
    found = numbers(
        roof_kind="cathedral", ceiling_r=38, foundation="conditioned_basement", basement_wall_r=10
    )
    assert (found["cathedral"], found["foundation_wall"]) == ("R12-38", "B8-10")
    assert "attic_ceiling" not in found


def test_the_numbers_have_the_u_the_engine_was_given() -> None:
    building = completed(foundation="slab")
    uses = {use.part: use.u_factor for use in constructions_of(building)}
    house = house_of(building)
    assert {wall.u_factor for wall in house.walls} == {uses["wall"], uses["partition"]}
    assert {ceiling.u_factor for ceiling in house.ceilings} == {uses["attic_ceiling"]}
    assert {window.u_factor for window in house.windows} == {uses["window"]}
    assert {door.u_factor for door in house.doors} == {uses["door"]}


def test_a_given_insulation_says_so_and_need_not_be_listed() -> None:
    use = next(use for use in constructions_of(completed(wall_r=17)) if use.part == "wall")
    assert (use.number, use.origin, use.listed) == ("W6-17s", "given", False)
    assert use.working == "U = 0.25 / 9.415 + 0.75 / 19.54 = 0.0649"
    assert use.u_factor == approx(0.0649, abs=5e-5)


def test_assumed_values_carry_the_number_in_their_note_and_given_ones_stay() -> None:
    facts = completed(wall_r=13).facts
    assert facts["wall_r"].note == ""
    assert facts["ceiling_r"].note.startswith("construction C6-49 (ceiling under an attic")
    assert facts["window_u"].note.startswith("construction GR-0.32/0.40")
    assert facts["door_u"].note.startswith("construction D2 (insulated")
    assert "default construction 2015_2020, zone 5" in facts["ceiling_r"].note


def test_completing_twice_names_them_once() -> None:
    weather = design_weather("52401")
    once = complete(three_bedroom_ranch(), weather=weather)
    assert complete(once, weather=weather).facts == once.facts


def test_the_result_carries_the_constructions() -> None:
    building = completed()
    assert loads_for(building).constructions == constructions_of(building)
