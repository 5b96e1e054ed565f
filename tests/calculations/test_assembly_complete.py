"""Completing a building: gaps are filled and named, known values stay, the right things are asked."""

from __future__ import annotations

import pytest
from pytest import approx

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Sourced, given, read
from autohvac.core.evidence import assumed as assumed_value
from blueprints.plan.building import Building
from calculations.assembly.complete import complete
from calculations.assembly.values import house_facts
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch, where


def fact(value: float | str) -> Sourced[float | str]:
    return Sourced[float | str].model_validate(given(value).model_dump())


def completed(building: Building) -> Building:
    return complete(building, weather=design_weather(building.zip_code))


def test_every_gap_is_filled_and_says_its_rule() -> None:
    house = completed(three_bedroom_ranch())
    assert all(room.ceiling_height_ft.known for room in house.rooms)
    assert all(surface.area_sqft.known for surface in house.surfaces)
    exterior = [opening for opening in house.openings if opening.exterior]
    assert all(o.u_factor.known and o.height_ft.known for o in exterior)
    assert all(o.shgc.known for o in exterior if o.kind != "door")
    assert house.design is not None
    for value in house.facts.values():
        assert value.known
        assert value.source != "assumed" or value.note


def test_wall_area_is_length_times_height() -> None:
    house = completed(three_bedroom_ranch(facts={"ceiling_height_ft": fact(9)}))
    wall = next(s for s in house.surfaces if s.id == "r1-w0-outdoors")
    assert (wall.height_ft, wall.area_sqft.value, wall.area_sqft.source) == (9.0, 117.0, "derived")


def test_given_values_are_never_overridden() -> None:
    facts = {
        "wall_r": fact(11),
        "window_u": fact(0.9),
        "foundation": fact("slab"),
        "occupants": fact(6),
        "leakage_class": fact("leaky"),
        "heating_db_f": fact(-15),
        "year_built": fact(1995),
    }
    house = completed(three_bedroom_ranch(facts=facts))
    assert {name: house.facts[name] for name in facts} == facts
    assert "ach50" not in house.facts
    assert house.facts["wall_framing"].value == "wood_2x4"
    assert house.design is not None and house.design.heating_db_f.value == -15
    assert {o.u_factor.value for o in house.openings if o.kind == "window"} == {0.9}


def test_read_opening_height_and_room_height_stay() -> None:
    before = three_bedroom_ranch()
    tall = read(9.5, unit="ft", where=where(0, 17, 20, 30), confidence=0.8)
    rooms = tuple(
        room.model_copy(update={"ceiling_height_ft": tall}) if room.id == "r6" else room
        for room in before.rooms
    )
    house = completed(before.model_copy(update={"rooms": rooms}))
    assert next(r for r in house.rooms if r.id == "r6").ceiling_height_ft == tall
    assert {s.height_ft for s in house.surfaces if s.room == "r6" and s.kind == "wall"} == {9.5}
    kitchen = next(o for o in house.openings if o.room == "r7")
    assert (kitchen.height_ft.value, kitchen.height_ft.source) == (3.0, "read")


def test_completing_twice_changes_nothing() -> None:
    house = completed(three_bedroom_ranch(north_deg=None))
    assert completed(house) == house


def test_bedrooms_and_occupants_follow_the_rooms() -> None:
    house = completed(three_bedroom_ranch())
    assert (house.facts["bedrooms"].value, house.facts["occupants"].value) == (3.0, 4.0)
    assert house.facts["bedrooms"].source == "derived"


def test_unknown_north_is_asked_first_and_not_guessed() -> None:
    house = completed(three_bedroom_ranch(north_deg=None))
    assert not house.levels[0].north_deg.known
    assert house.questions[0].field == "front_deg"
    assert len(house.questions) <= 5
    assert not any(question.required for question in house.questions)
    assert "orientation_unknown" in {note.reason for note in house.review}


@pytest.mark.parametrize(("front", "north"), [(180, 0), (0, 180), (90, 90), (225, 315)])
def test_a_front_direction_gives_north(front: float, north: float) -> None:
    house = completed(three_bedroom_ranch(north_deg=None, facts={"front_deg": fact(front)}))
    assert house.levels[0].north_deg.value == north
    assert house.levels[0].north_deg.source == "derived"
    assert "front_deg" not in {question.field for question in house.questions}


def test_nothing_is_asked_that_is_known() -> None:
    known: dict[str, Sourced[float | str]] = {
        "foundation": fact("slab"),
        "year_built": fact(2018),
        "duct_location": fact("attic"),
        "ach50": fact(4.0),
        "window_u": fact(0.3),
        "ceiling_height_ft": fact(8),
        "wall_r": fact(20),
    }
    assert completed(three_bedroom_ranch(facts=known)).questions == ()


def test_a_plan_without_rooms_has_a_required_question() -> None:
    empty = three_bedroom_ranch().model_copy(update={"rooms": (), "surfaces": (), "openings": ()})
    question = completed(empty).questions[0]
    assert question.required
    assert question.field == "scale:1:0"


def test_top_ceilings_and_lowest_floors_are_added_when_none_was_read() -> None:
    before = three_bedroom_ranch()
    walls = tuple(surface for surface in before.surfaces if surface.kind == "wall")
    house = completed(before.model_copy(update={"surfaces": walls}))
    ceilings = [s.area_sqft.required() for s in house.surfaces if s.kind == "ceiling"]
    floors = [s.area_sqft.required() for s in house.surfaces if s.kind == "floor"]
    assert sum(ceilings) == sum(floors) == 1500


def test_assumed_values_from_an_earlier_stage_are_kept() -> None:
    own = Sourced[float | str].model_validate(
        assumed_value(0.45, note="schedule of a sister plan").model_dump()
    )
    house = completed(three_bedroom_ranch(facts={"window_u": own}))
    assert house.facts["window_u"] == own


def test_facts_become_typed_values_with_u_factors() -> None:
    facts = house_facts(
        completed(three_bedroom_ranch(facts={"wall_r": fact("13"), "foundation": fact("Slab")}))
    )
    assert (facts.wall_r, facts.wall_framing, facts.foundation) == (13.0, "wood_2x4", "slab")
    assert facts.wall.u == approx(0.084, abs=0.003)


@pytest.mark.parametrize(
    ("field", "value"), [("wall_framing", "straw"), ("ach50", "tight"), ("duct_location", "moon")]
)
def test_a_fact_outside_its_words_is_refused_by_name(field: str, value: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        house_facts(completed(three_bedroom_ranch(facts={field: fact(value)})))
    assert refused.value.facts["field"] == field
