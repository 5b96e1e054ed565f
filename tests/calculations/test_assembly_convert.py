"""From Building to the engine's House: directions, neighbours, foundations, nothing lost."""

from __future__ import annotations

import pytest
from pytest import approx

from autohvac.core.errors import NeedsInput
from autohvac.core.evidence import Sourced, given, unknown
from blueprints.plan.building import Building
from calculations.assembly.complete import complete
from calculations.assembly.convert import house_at
from calculations.manualj.checks import check_house
from calculations.manualj.house import House
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch


def fact(value: float | str) -> Sourced[float | str]:
    return Sourced[float | str].model_validate(given(value).model_dump())


def completed(building: Building) -> Building:
    return complete(building, weather=design_weather(building.zip_code))


def house(north_deg: float = 0.0, **facts: float | str) -> House:
    known = {name: fact(value) for name, value in facts.items()}
    return house_at(completed(three_bedroom_ranch(north_deg=north_deg, facts=known)))


def test_conditioned_rooms_only_with_their_area() -> None:
    assert len(house().rooms) == 9
    assert house().conditioned_sqft == 1500


@pytest.mark.parametrize(("north_deg", "azimuth"), [(0, 180), (90, 90), (270, 270), (45, 135), (200, 340)])
def test_azimuth_is_the_direction_on_the_page_less_north(north_deg: float, azimuth: float) -> None:
    found = house(north_deg=north_deg)
    assert next(w for w in found.windows if w.room == "r6").azimuth_deg == azimuth
    assert next(w for w in found.walls if w.id == "r6-w180-outdoors").azimuth_deg == azimuth


def test_walls_keep_their_gross_area_and_neighbour() -> None:
    found = house()
    outdoors = sum(w.gross_sqft for w in found.walls if w.adjacent_to == "outdoors")
    garage = sum(w.gross_sqft for w in found.walls if w.adjacent_to == "garage")
    assert (outdoors, garage) == (8 * (50 + 30 + 50 + 8), 8 * 22)
    assert {space.kind for space in found.spaces} == {"attic", "garage", "basement"}


def test_windows_doors_and_glass_doors_are_told_apart() -> None:
    found = house()
    assert {w.kind for w in found.windows} == {"window", "glass_door"}
    assert {d.id: d.adjacent_to for d in found.doors} == {"o6": "outdoors", "o9": "garage"}
    living = next(w for w in found.windows if w.room == "r6")
    assert living.area_sqft == 32.0
    assert living.overhang is not None
    assert (living.overhang.to_top_ft, living.overhang.to_bottom_ft) == (approx(1.33), approx(5.33))


def test_the_foundation_fact_decides_what_is_below() -> None:
    on_slab = house(foundation="slab")
    assert len(on_slab.slabs) == 9 and on_slab.floors == ()
    assert sum(slab.exposed_perimeter_ft for slab in on_slab.slabs) == 138
    crawl = house(foundation="vented_crawlspace")
    assert {floor.adjacent_to for floor in crawl.floors} == {"crawlspace"}
    assert [s.dirt for s in crawl.slabs] == [True]
    cellar = house(foundation="unconditioned_basement")
    assert cellar.foundation_walls[0].depth_below_grade_ft == 7.0


@pytest.mark.parametrize(
    ("foundation", "ducts"),
    [("slab", "attic"), ("vented_crawlspace", "crawlspace"), ("unconditioned_basement", "basement")],
)
def test_ducts_follow_the_foundation_unless_given(foundation: str, ducts: str) -> None:
    assert house(foundation=foundation).ducts[0].location == ducts
    assert house(foundation=foundation, duct_location="inside").ducts[0].location == "inside"


def test_leakage_is_a_test_or_a_class() -> None:
    tested = house(ach50=4.5).infiltration
    assert tested.blower_door is not None and tested.blower_door.ach == 4.5
    assert house(leakage_class="leaky").infiltration.leakiness == "leaky"


def test_a_cathedral_house_has_roofs_and_no_attic() -> None:
    found = house(roof_kind="cathedral", foundation="slab")
    assert found.ceilings == () and len(found.roofs) == 9
    assert "attic" not in {space.kind for space in found.spaces}


def test_hrv_recovers_and_exhaust_does_not() -> None:
    unit = house(ventilation="hrv", ventilation_cfm=60).ventilation[0]
    assert (unit.rated_cfm, unit.latent_effectiveness) == (60.0, 0.0)
    assert unit.heating_effectiveness is not None and unit.heating_effectiveness > 0.5
    assert house(ventilation="exhaust", ventilation_cfm=60).ventilation[0].heating_effectiveness is None


@pytest.mark.parametrize(
    ("shade", "kind", "colour"), [("light_curtains", "curtains", "light"), ("dark_blinds", "blinds", "dark")]
)
def test_shades_are_read_from_their_word(shade: str, kind: str, colour: str) -> None:
    found = house(window_shade=shade).windows[0].interior_shade
    assert found is not None and (found.kind, found.colour) == (kind, colour)


def test_a_two_storey_house_pushes_the_eave_up_for_the_lower_windows() -> None:
    base = three_bedroom_ranch()
    upper = base.levels[0].model_copy(update={"name": "Second floor", "index": 2})
    rooms = tuple(
        r.model_copy(update={"level": "Second floor"}) if r.id in ("r1", "r2", "r4") else r
        for r in base.rooms
    )
    found = house_at(completed(base.model_copy(update={"levels": (*base.levels, upper), "rooms": rooms})))
    assert found.storeys_above_grade == 2
    low = next(w for w in found.windows if w.room == "r6").overhang
    high = next(w for w in found.windows if w.room == "r1").overhang
    assert low is not None and high is not None
    assert low.to_top_ft == approx(high.to_top_ft + 9)


def test_a_heated_basement_has_buried_walls_and_a_deep_floor() -> None:
    base = three_bedroom_ranch()
    level = base.levels[0].model_copy(update={"name": "Basement", "index": 0})
    rooms = tuple(r.model_copy(update={"level": "Basement"}) for r in base.rooms)
    walls = tuple(
        s.model_copy(update={"kind": "basement_wall", "adjacent": "ground"})
        for s in base.surfaces
        if s.kind == "wall" and s.adjacent == "outdoors"
    )
    floors = tuple(s.model_copy(update={"kind": "basement_floor"}) for s in base.surfaces if s.kind == "slab")
    below = base.model_copy(
        update={"levels": (level,), "rooms": rooms, "surfaces": walls + floors, "openings": ()}
    )
    found = house_at(completed(below))
    assert completed(below).facts["foundation"].value == "conditioned_basement"
    assert {wall.depth_below_grade_ft for wall in found.foundation_walls} == {7.0}
    assert {slab.space for slab in found.slabs} == {"conditioned_basement"}


def test_no_room_no_house() -> None:
    base = three_bedroom_ranch()
    rooms = tuple(room.model_copy(update={"conditioned": False}) for room in base.rooms)
    with pytest.raises(NeedsInput):
        house_at(completed(base.model_copy(update={"rooms": rooms})))


def test_a_room_without_area_is_left_out() -> None:
    base = three_bedroom_ranch()
    blank = {"area_sqft": unknown(unit="ft²"), "polygon_ft": ()}
    rooms = tuple(r.model_copy(update=blank) if r.id == "r3" else r for r in base.rooms)
    found = house_at(completed(base.model_copy(update={"rooms": rooms})))
    assert "r3" not in {room.id for room in found.rooms}


@pytest.mark.parametrize(
    "foundation",
    ["slab", "vented_crawlspace", "sealed_crawlspace", "unconditioned_basement", "conditioned_basement"],
)
@pytest.mark.parametrize("roof_kind", ["vented_attic", "unvented_attic", "cathedral"])
def test_every_kind_of_house_passes_the_engines_own_checks(foundation: str, roof_kind: str) -> None:
    check_house(house(foundation=foundation, roof_kind=roof_kind))
