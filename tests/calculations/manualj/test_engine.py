"""The whole calculation: sums, properties that must hold for every house, the document it gives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from calculations.check.sample import sample_house
from calculations.manualj.aed import curve, excursion_btuh
from calculations.manualj.engine import calculate, sweep
from calculations.manualj.house import House, Method
from calculations.manualj.loads import Loads
from calculations.manualj.pieces import Piece
from tests.calculations.manualj.houses import house, houses

METHODS = st.sampled_from(["as_published", "as_openstudio"])
HEATING = [
    "total", "ducts", "windows", "skylights", "doors", "walls", "roofs", "ceilings", "floors", "slabs",
    "infiltration", "ventilation", "piping", "humidification",
]  # fmt: skip
SENSIBLE = [*HEATING[:-2], "internal_gains", "blower_heat", "aed_excursion"]
LATENT = ["total", "ducts", "infiltration", "ventilation", "internal_gains"]
SAME = {"rel": 1e-9, "abs": 1e-6}  # the same arithmetic in another order

quick = settings(max_examples=30, deadline=None)


def parts_sum(loads: dict[str, float]) -> float:
    return sum(value for name, value in loads.items() if name != "total")


def totals(loads: Loads) -> tuple[float, float, float]:
    block = loads.block
    return block.heating.total, block.cooling_sensible.total, block.cooling_latent.total


@quick
@given(houses(), METHODS)
def test_components_sum_to_the_total(house_: House, method: Method) -> None:
    loads = calculate(house_, method=method)
    for part in (loads.block.heating, loads.block.cooling_sensible, loads.block.cooling_latent):
        assert parts_sum(part.model_dump()) == approx(part.total, **SAME)
    for room in loads.rooms:
        assert parts_sum(room.heating.model_dump()) == approx(room.heating.total, **SAME)
        assert parts_sum(room.cooling_sensible.model_dump()) == approx(room.cooling_sensible.total, **SAME)


@quick
@given(houses(), METHODS)
def test_rooms_sum_to_the_block_but_for_ventilation_blower_and_excursion(
    house_: House, method: Method
) -> None:
    loads = calculate(house_, method=method)
    for name in HEATING:
        if name not in ("total", "ventilation", "piping", "humidification"):
            rooms = sum(getattr(room.heating, name) for room in loads.rooms)
            assert rooms == approx(getattr(loads.block.heating, name), **SAME)
    for name in SENSIBLE:
        if name not in ("total", "ventilation", "blower_heat", "aed_excursion"):
            rooms = sum(getattr(room.cooling_sensible, name) for room in loads.rooms)
            assert rooms == approx(getattr(loads.block.cooling_sensible, name), **SAME)


@quick
@given(houses(), METHODS)
def test_the_trace_explains_every_component(house_: House, method: Method) -> None:
    loads = calculate(house_, method=method)
    for season in ("heating", "cooling_sensible", "cooling_latent"):
        whole = getattr(loads.block, season)
        for name, value in whole.model_dump().items():
            if name != "total":
                lines = [x.value_btuh for x in loads.trace if x.season == season and x.component == name]
                assert sum(lines) == approx(value, **SAME)


@quick
@given(houses(), st.sampled_from([0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0]))
def test_turning_a_house_never_changes_its_heating_load(house_: House, angle: float) -> None:
    turned = calculate(house_.turned_by(angle)).block.heating.total
    assert turned == approx(calculate(house_).block.heating.total, rel=1e-12)


@quick
@given(houses())
def test_a_full_turn_changes_nothing(house_: House) -> None:
    assert calculate(house_.turned_by(360)).block == calculate(house_).block


@quick
@given(st.floats(0.5, 3))
def test_a_larger_copy_of_the_envelope_has_loads_in_proportion(scale: float) -> None:
    base, larger = calculate(house()), calculate(house(scale=scale))
    for name in ("windows", "skylights", "doors", "walls", "ceilings", "floors", "slabs", "infiltration"):
        for season in ("heating", "cooling_sensible"):
            one, many = (getattr(getattr(x.block, season), name) for x in (base, larger))
            assert many == approx(one * scale, **SAME)


@quick
@given(st.floats(0.03, 0.3), st.floats(0.03, 0.3), METHODS)
def test_more_wall_insulation_never_raises_the_heating_load(a: float, b: float, method: Method) -> None:
    good, poor = (calculate(house(wall_u=u), method=method).block.heating.total for u in sorted((a, b)))
    assert good <= poor + 1e-9


@quick
@given(st.floats(0.02, 0.3), st.floats(0.02, 0.3), METHODS)
def test_more_ceiling_insulation_never_raises_a_load(a: float, b: float, method: Method) -> None:
    good, poor = (totals(calculate(house(ceiling_u=u), method=method)) for u in sorted((a, b)))
    assert all(g <= p + 1e-9 for g, p in zip(good, poor, strict=True))


@quick
@given(st.floats(0.2, 1.2), st.floats(0.2, 1.2))
def test_window_heating_grows_with_u(a: float, b: float) -> None:
    good, poor = (calculate(house(window_u=u)).block.heating.windows for u in sorted((a, b)))
    assert good <= poor + 1e-9


def test_an_even_curve_has_no_excursion_and_a_peak_its_height_over_1_3_means() -> None:
    assert excursion_btuh([100.0] * 12) == 0
    assert excursion_btuh([100.0] * 11 + [400.0]) == approx(400 - 1.3 * 125)


def test_the_block_curve_is_the_sum_of_the_room_curves() -> None:
    loads = calculate(house())
    assert len(loads.aed_curve) == 12
    summed = [sum(hour) for hour in zip(*(room.aed_curve for room in loads.rooms), strict=True)]
    assert summed == approx(list(loads.aed_curve))


def test_curve_of_nothing_is_flat_zero() -> None:
    pieces: list[Piece] = []
    assert curve(pieces) == (0.0,) * 12


def test_peak_procedure_takes_each_rooms_own_hour_and_no_excursion() -> None:
    standard, peak = (
        calculate(house().model_copy(update={"room_procedure": p})) for p in ("standard", "peak")
    )
    assert standard.block == peak.block
    for room in peak.rooms:
        glass = room.cooling_sensible.windows + room.cooling_sensible.skylights
        assert room.cooling_sensible.aed_excursion == 0
        assert glass >= max(room.aed_curve) - 1e-6


def test_zones_have_their_own_excursions() -> None:
    base = house()
    data = base.model_dump()
    data["zones"] = [{"id": "a"}, {"id": "b"}]
    data["rooms"][0]["zone"], data["rooms"][1]["zone"] = "a", "b"
    zoned = calculate(House.model_validate(data))
    assert zoned.block.cooling_sensible.aed_excursion == approx(
        sum(room.cooling_sensible.aed_excursion for room in zoned.rooms)
    )
    assert zoned.block.cooling_sensible.aed_excursion >= calculate(base).block.cooling_sensible.aed_excursion


def test_the_book_adds_ventilation_after_ducts_openstudio_before() -> None:
    book, openstudio = (calculate(house(), method=m) for m in ("as_published", "as_openstudio"))
    # .96 of Table 10A against .961192
    assert book.block.heating.ventilation * 0.961192 == approx(openstudio.block.heating.ventilation * 0.96)
    assert book.block.heating.ducts < openstudio.block.heating.ducts


def test_humidification_needs_the_winter_shortfall() -> None:
    dry = house().design.model_copy(update={"winter_grains_shortfall": 30.0})
    wanted = house().model_copy(update={"humidification": True})
    assert "humidification_not_calculated" in [w.code for w in calculate(wanted).warnings]
    loads = calculate(wanted.model_copy(update={"design": dry}))
    assert loads.block.heating.humidification == approx(0.68 * 0.96 * (100 + 60) * 30)


def test_room_air_follows_the_larger_season_and_the_blower() -> None:
    loads = calculate(house().model_copy(update={"blower_cfm": 1000.0}))
    assert sum(room.heating_cfm for room in loads.rooms) == approx(1000)
    assert sum(room.cooling_cfm for room in loads.rooms) == approx(1000)
    assert all(room.design_cfm == max(room.heating_cfm, room.cooling_cfm) for room in loads.rooms)


def test_sweep_gives_eight_orientations_and_the_first_is_the_house() -> None:
    found = sweep(house())
    assert sorted(found) == [0, 45, 90, 135, 180, 225, 270, 315]
    assert found[0].block == calculate(house()).block


@pytest.mark.parametrize("method", ["as_published", "as_openstudio"])
def test_a_sweep_is_the_same_as_turning_and_calculating(method: Method) -> None:
    house_ = sample_house()
    angles = (0.0, 30.0, 45.0, 135.0, 250.0, 360.0)  # 30 and 250 regroup the sides of the basement
    for angle, loads in sweep(house_, angles, method=method).items():
        assert loads == calculate(house_.turned_by(angle), method=method)


def test_the_house_names_the_method_and_the_call_overrules_it() -> None:
    assert calculate(house()).method == "as_published"
    other = house().model_copy(update={"method": "as_openstudio"})
    assert calculate(other).method == "as_openstudio"
    assert calculate(other, method="as_published").method == "as_published"


def test_the_document_has_every_key_of_the_contract() -> None:
    document = calculate(house()).to_json_dict()
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert list(document) == [
        "schema", "engine_version", "method", "design", "block", "aed_curve", "rooms", "interval",
        "drivers", "warnings",
    ]  # fmt: skip
    block = calculate(house()).block.model_dump()
    assert sorted(block["heating"]) == sorted(HEATING)
    assert sorted(block["cooling_sensible"]) == sorted(SENSIBLE)
    assert sorted(block["cooling_latent"]) == sorted(LATENT)
    room = calculate(house()).rooms[0].model_dump()
    assert sorted(room["heating"]) == sorted(HEATING)
    assert document["schema"] == "autohvac.loads/1"
    assert document["interval"] is None


@pytest.mark.parametrize("method", ["as_published", "as_openstudio"])
def test_a_house_of_json_gives_the_same_loads(method: Method) -> None:
    again = House.model_validate_json(house().model_dump_json())
    assert calculate(again, method=method).block == calculate(house(), method=method).block
