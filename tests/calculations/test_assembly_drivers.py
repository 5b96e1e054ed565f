"""Sensitivities: only assumed values move, effects are sorted, the interval contains the load."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from pytest import approx

from autohvac.core.evidence import Sourced, assumed, given
from blueprints.plan.building import Building
from calculations.assembly.complete import complete
from calculations.assembly.drivers import Totals, effects, interval
from calculations.assembly.ranges import field_ranges, moves_of
from calculations.assembly.shift import current, shifted
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch


def fact(value: float | str) -> Sourced[float | str]:
    return Sourced[float | str].model_validate(given(value).model_dump())


def house(**facts: float | str) -> Building:
    building = three_bedroom_ranch(facts={name: fact(value) for name, value in facts.items()})
    return complete(building, weather=design_weather(building.zip_code))


def conductance_load(building: Building) -> Totals:
    """A stand-in engine: wall area over R and glass U·A, times 73 °F; enough to see what moves."""
    walls = sum(s.area_sqft.required() for s in building.surfaces if s.kind == "wall")
    glass = sum(
        o.width_ft.required() * o.height_ft.required() * o.u_factor.required()
        for o in building.openings
        if o.kind == "window"
    )
    wall_r = float(building.facts["wall_r"].required())
    return Totals(heating_btuh=73 * (walls / wall_r + glass), cooling_btuh=20 * glass)


def test_given_values_do_not_move() -> None:
    building = house(wall_r=20, window_u=0.3)
    found = {e.field for e in effects(building, base=conductance_load(building), load=conductance_load)}
    assert not found & {"wall_r", "window_u"}
    assert {"window_height_ft", "ceiling_height_ft", "area_sqft"} <= found


def test_assumed_values_move_and_the_largest_comes_first() -> None:
    building = house()
    found = effects(building, base=conductance_load(building), load=conductance_load)
    assert {"wall_r", "window_u"} <= {effect.field for effect in found}
    sizes = [abs(effect.largest_btuh) for effect in found]
    assert sizes == sorted(sizes, reverse=True)


def test_less_wall_insulation_raises_the_heating_load_only() -> None:
    building = house()
    wall = next(
        e
        for e in effects(building, base=conductance_load(building), load=conductance_load)
        if e.field == "wall_r"
    )
    assert wall.heating[0] < 0 < wall.heating[1]
    assert wall.cooling == (0.0, 0.0)


def test_higher_ceilings_make_higher_walls() -> None:
    building = house()
    taller = shifted(building, field="ceiling_height_ft", move=lambda value: float(value) + 1)
    before = {s.id: s.area_sqft.required() for s in building.surfaces if s.kind == "wall"}
    after = {s.id: s.area_sqft.required() for s in taller.surfaces if s.kind == "wall"}
    assert all(after[key] == approx(before[key] * 9 / 8) for key in before)


def test_a_read_window_height_stays_when_the_others_move() -> None:
    moved = shifted(house(), field="window_height_ft", move=lambda value: float(value) + 1)
    heights = {o.room: o.height_ft.value for o in moved.openings if o.kind == "window"}
    assert (heights["r7"], heights["r6"]) == (3.0, 5.0)


@pytest.mark.parametrize(("now", "others"), [("tight", {"very_tight", "average"}), ("very_leaky", {"leaky"})])
def test_a_leakage_class_moves_one_step(now: str, others: set[str]) -> None:
    spread = field_ranges()["leakage_class"]
    value = Sourced[float | str].model_validate(assumed(now, note="x").model_dump())
    assert {move(now) for move in moves_of(spread=spread, value=value)} == others


def test_insulation_never_goes_below_none_but_winter_may_go_below_zero() -> None:
    assert min(m(5.0) for m in _moves("wall_r", 5.0)) == 0.0
    assert min(m(1.0) for m in _moves("heating_db_f", 1.0)) == approx(-1.3)


def _moves(field: str, value: float) -> list:  # type: ignore[type-arg]  # callables of the module under test
    sourced = Sourced[float | str].model_validate(assumed(value, note="x").model_dump())
    return moves_of(spread=field_ranges()[field], value=sourced)


def test_every_field_with_a_range_has_a_value_in_a_completed_house() -> None:
    building = house()
    missing = {field for field in field_ranges() if current(building, field) is None}
    assert missing == {"leakage_class"}  # a blower-door figure is assumed instead


@examples(
    st.floats(1000, 100000),
    st.lists(st.tuples(st.floats(-5000, 0), st.floats(0, 5000)), max_size=8),
)
def test_the_interval_contains_the_load(base: float, changes: list[tuple[float, float]]) -> None:
    low, high = interval(base, changes=changes)
    assert 0 <= low <= base <= high
