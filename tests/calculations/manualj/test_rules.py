"""The named rules of the method: each fails where it should, and those of the result hold for every house."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculations.check.sample import sample_house
from calculations.manualj.checks import parse_house
from calculations.manualj.engine import calculate
from calculations.manualj.house import House, Method
from calculations.manualj.loads import Loads
from calculations.manualj.rules import INPUT_RULES, RESULT_RULES, method_rules
from tests.calculations.manualj.houses import houses


def changed(**parts: Any) -> House:  # JSON of a house, one level deep
    document = sample_house(7).model_dump(mode="json")
    for key, value in parts.items():
        document[key] = {**document[key], **value} if isinstance(value, dict) else value
    return parse_house(document)


def broken(house: House, loads: Loads | None = None) -> set[str]:
    return {rule.code for rule in method_rules(house, loads or calculate(house)) if not rule.holds}


SAMPLE = sample_house(7)
OWN = {
    "rule_interior_shade_known",
    "rule_zoned_rooms_by_peak",
}  # the sample leaves some shades open, has zones


def test_the_sample_breaks_only_what_it_leaves_open() -> None:
    assert broken(SAMPLE) == OWN


@pytest.mark.parametrize(
    ("code", "house"),
    [
        ("rule_indoor_conditions", changed(design={"indoor_cooling_f": 72})),
        ("rule_indoor_conditions", changed(design={"indoor_rh": 0.6})),
        ("rule_one_design_source", changed(design={"source": ""})),
        ("rule_net_areas", SAMPLE.model_copy(update={"windows": (SAMPLE.windows[1].model_copy(update={"wall": None}),)})),
        ("rule_overhangs_credited", SAMPLE.model_copy(update={"windows": SAMPLE.windows[:1]})),
        ("rule_occupants_bedrooms_plus_one", changed(gains={"occupants": 8})),
        ("rule_leakage_method", changed(infiltration={"heating_cfm": 50, "cooling_cfm": 30})),
    ],
)  # fmt: skip
def test_an_input_rule_is_broken_by_its_case(code: str, house: House) -> None:
    assert broken(house) - OWN == {code}


def tampered(path: tuple[str, ...], value: float) -> Loads:
    """The sample's loads with one figure of the block changed."""
    loads = calculate(SAMPLE)
    season = getattr(loads.block, path[0]).model_copy(update={path[1]: value})
    return loads.model_copy(update={"block": loads.block.model_copy(update={path[0]: season})})


def test_a_hidden_factor_on_the_total_is_found() -> None:
    total = calculate(SAMPLE).block.heating.total
    assert "rule_no_safety_factor" in broken(SAMPLE, tampered(("heating", "total"), total * 1.05))


@pytest.mark.parametrize(
    ("code", "path", "value"),
    [
        ("rule_rooms_are_the_block", ("heating", "walls"), 1.0),
        ("rule_aed_excursion", ("cooling_sensible", "aed_excursion"), -5.0),
    ],
)
def test_a_changed_figure_breaks_its_rule(code: str, path: tuple[str, ...], value: float) -> None:
    assert code in broken(SAMPLE, tampered(path, value))


def test_ducts_and_fans_that_are_not_there_have_no_load() -> None:
    bare = SAMPLE.model_copy(update={"ducts": (), "ventilation": ()})
    assert broken(bare) == OWN
    assert {"rule_ducts_inside_are_zero", "rule_ventilation_on_its_own_line"} <= broken(
        bare, calculate(SAMPLE)
    )


def test_a_room_with_anothers_excursion_is_found() -> None:
    standard, peak = (SAMPLE.model_copy(update={"room_procedure": p}) for p in ("standard", "peak"))
    assert "rule_room_excursions" in broken(peak, calculate(standard))


@settings(max_examples=20, deadline=None)
@given(houses(), st.sampled_from(["as_published", "as_openstudio"]), st.sampled_from(["standard", "peak"]))
def test_the_rules_of_the_result_hold_for_every_house(house: House, method: Method, procedure: str) -> None:
    chosen = house.model_copy(update={"room_procedure": procedure})
    assert broken(chosen, calculate(chosen, method=method)) & set(RESULT_RULES) == set()


def test_codes_are_unique() -> None:
    found = [rule.code for rule in method_rules(SAMPLE, calculate(SAMPLE))]
    assert len(found) == len(set(found)) == len(INPUT_RULES) + len(RESULT_RULES)
