"""Equipment at design conditions, by hand: interpolation, limits, balance point, supplement, rise."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from pytest import approx

from autohvac.core.errors import RejectedInput
from calculations.equipment.entered import Equipment, equipment_of
from calculations.equipment.manual_s import (
    Check,
    CoolingResult,
    EquipmentCheck,
    HeatingResult,
    check_equipment,
)
from calculations.equipment.performance import wet_bulb_f
from calculations.equipment.saying import lines_of
from calculations.equipment.sizing import SizingLoads, sizing_loads
from calculations.manualj.design import humidity_ratio_from_rh, humidity_ratio_from_wet_bulb

LOADS = SizingLoads(
    heating_btuh=40000.0,
    sensible_btuh=20000.0,
    latent_btuh=4000.0,
    heating_db_f=7.0,
    cooling_db_f=91.0,
    indoor_heating_f=70.0,
    indoor_cooling_f=75.0,
    indoor_rh=0.5,
    elevation_ft=0.0,
)


def point(outdoor: float, wet_bulb: float, total: float, sensible: float) -> dict[str, float]:
    return {
        "outdoor_db_f": outdoor,
        "entering_wb_f": wet_bulb,
        "total_btuh": total,
        "sensible_btuh": sensible,
    }


TABLE = (
    point(85, 63, 25800, 20400),
    point(95, 63, 24000, 19600),
    point(85, 67, 27600, 17400),
    point(95, 67, 25800, 16600),
)


def cooling(**changes: Any) -> dict[str, Any]:
    unit = {
        "kind": "air_conditioner",
        "staging": "single",
        "airflow_cfm": 800,
        "points": TABLE,
        "entering_wb_f": 63,
    }
    return {**unit, **changes}


def heat_pump(**changes: Any) -> dict[str, Any]:
    points = ({"outdoor_db_f": 47, "capacity_btuh": 36000}, {"outdoor_db_f": 17, "capacity_btuh": 21000})
    return {"kind": "heat_pump", "points": points, **changes}


def checked(loads: SizingLoads = LOADS, **fields: Any) -> EquipmentCheck:
    return check_equipment(equipment_of(fields), loads)


def cooling_of(found: EquipmentCheck) -> CoolingResult:
    assert found.cooling is not None
    return found.cooling


def heating_of(found: EquipmentCheck) -> HeatingResult:
    assert found.heating is not None
    return found.heating


def check(found: EquipmentCheck, code: str) -> Check:
    parts = [part for part in (found.cooling, found.heating) if part is not None]
    return next(one for part in parts for one in part.checks if one.code == code)


# --- cooling -----------------------------------------------------------------------------------------------


def test_capacity_between_entries_is_on_the_straight_line() -> None:
    # 91 °F is six tenths from 85 to 95: 25 800 − 0.6 × 1 800 = 24 720; 20 400 − 0.6 × 800 = 19 920
    capacity = cooling_of(checked(cooling=cooling())).capacity
    assert (capacity.total_btuh, capacity.sensible_btuh) == (approx(24720), approx(19920))
    assert capacity.latent_btuh == approx(4800)


def test_capacity_between_two_wet_bulbs_is_on_both_lines() -> None:
    # at 64 °F, a quarter from 63 to 67: 67 gives 26 520 and 16 920; 24 720 + 450, 19 920 − 750
    capacity = cooling_of(checked(cooling=cooling(entering_wb_f=64))).capacity
    assert (capacity.total_btuh, capacity.sensible_btuh) == (approx(25170), approx(19170))


def test_shares_of_the_load_by_hand() -> None:
    # loads 24 000 total, 20 000 sensible, 4 000 latent
    found = checked(cooling=cooling())
    assert check(found, "total_cooling").share == approx(24720 / 24000)
    assert check(found, "sensible").share == approx(0.996)
    assert check(found, "latent").share == approx(1.2)
    assert check(found, "total_cooling").most_btuh == approx(1.15 * 24000)
    assert found.passed


def test_a_unit_over_its_limit_does_not_pass_and_more_stages_make_it_pass() -> None:
    large = [point(91, 63, 28200, 22000)]  # 117.5 % of 24 000
    assert check(checked(cooling=cooling(points=large)), "total_cooling").passed is False
    assert check(checked(cooling=cooling(points=large, staging="two")), "total_cooling").passed is True


def test_a_unit_short_of_sensible_does_not_pass() -> None:
    dry = [point(91, 63, 24000, 17900)]  # 89.5 % of 20 000
    found = checked(cooling=cooling(points=dry))
    assert check(found, "sensible").passed is False
    assert not found.passed


def test_blower_heat_and_altitude_come_off_a_gross_table() -> None:
    unit = cooling(points=[point(91, 63, 26000, 20000)], blower_btuh=1707, altitude_factor=0.95)
    capacity = cooling_of(checked(cooling=unit)).capacity
    assert (capacity.total_btuh, capacity.sensible_btuh) == (approx(22993), approx(17293))


def test_a_condition_outside_the_entries_is_refused_with_what_was_entered() -> None:
    with pytest.raises(RejectedInput) as refused:
        checked(LOADS.model_copy(update={"cooling_db_f": 101.0}), cooling=cooling())
    assert refused.value.facts == {
        "field": "cooling.points.outdoor_db_f",
        "value": 101.0,
        "entered": "85 to 95",
    }


def test_a_column_within_one_degree_serves_and_is_said() -> None:
    found = checked(cooling=cooling(entering_wb_f=62.4))
    assert cooling_of(found).capacity.total_btuh == approx(24720)
    assert [remark.code for remark in found.remarks] == ["entered_column_near"]


def test_without_entered_air_the_coil_takes_the_rooms_air() -> None:
    air = cooling_of(checked(cooling=cooling(entering_wb_f=None))).air
    assert air.entering_db_f == 75.0
    assert air.entering_wb_f == approx(62.7, abs=0.1)  # 75 °F and 50 % at sea level


@examples(db=st.floats(60, 100), rh=st.floats(0.2, 0.95), elevation=st.floats(0, 8000))
def test_the_wet_bulb_gives_its_air_back(db: float, rh: float, elevation: float) -> None:
    wet_bulb = wet_bulb_f(dry_bulb_f=db, rh=rh, elevation_ft=elevation)
    back = humidity_ratio_from_wet_bulb(dry_bulb_f=db, wet_bulb_f=wet_bulb, elevation_ft=elevation)
    assert wet_bulb <= db
    assert back == approx(humidity_ratio_from_rh(dry_bulb_f=db, rh=rh, elevation_ft=elevation), rel=1e-9)


def test_two_entries_of_one_condition_are_refused() -> None:
    with pytest.raises(RejectedInput, match="two entries"):
        checked(cooling=cooling(points=[point(91, 63, 24000, 19000), point(91, 63, 24100, 19000)]))


def test_a_high_site_without_the_manufacturer_s_factor_is_said() -> None:
    high = LOADS.model_copy(update={"elevation_ft": 5000.0})
    assert "altitude_not_corrected" in {r.code for r in checked(high, cooling=cooling()).remarks}
    corrected = checked(high, cooling=cooling(altitude_factor=0.9)).remarks
    assert "altitude_not_corrected" not in {r.code for r in corrected}


def test_a_heat_pump_of_a_cold_and_dry_place_may_be_15000_larger() -> None:
    # 500 latent: SHR 20 000 / 20 500 = .976; degree days 7 000 / 3 000 = 2.33
    dry = LOADS.model_copy(update={"latent_btuh": 500.0})
    unit = cooling(kind="heat_pump", points=[point(91, 63, 34000, 30000)])
    cold = checked(dry, cooling=unit, climate={"hdd65": 7000, "cdd50": 3000}, edition="openstudio_hpxml_1_11")
    mild = checked(dry, cooling=unit, climate={"hdd65": 5000, "cdd50": 3000}, edition="openstudio_hpxml_1_11")
    assert check(cold, "total_cooling").most_btuh == approx(20500 + 15000)
    assert check(mild, "total_cooling").most_btuh == approx(1.15 * 20500)
    assert (cold.passed, mild.passed) == (True, False)


def test_without_a_latent_load_there_is_no_share_and_no_upper_bound() -> None:
    latent = check(checked(LOADS.model_copy(update={"latent_btuh": 0.0}), cooling=cooling()), "latent")
    assert (latent.share, latent.most_btuh, latent.passed) == (None, None, True)


# --- heating -----------------------------------------------------------------------------------------------


def test_balance_point_by_hand() -> None:
    # capacity 12 500 + 500 T; load 40 000 (70 − T) / 63 = 44 444.4 − 634.92 T
    # equal at (44 444.4 − 12 500) / (500 + 634.92) = 28.147 °F; at 7 °F 16 000, supplement 24 000
    pump = heating_of(checked(heating=heat_pump())).heat_pump
    assert pump is not None
    assert pump.balance_f == approx((40000 * 70 / 63 - 12500) / (500 + 40000 / 63))
    assert pump.balance_f == approx(28.147, abs=0.001)
    assert (pump.capacity_btuh, pump.supplement_btuh) == (approx(16000), approx(24000))
    assert pump.working == "capacity 12500 +500.0 T, load 44444 -634.9 T"


def test_at_the_balance_point_capacity_is_the_load() -> None:
    pump = heating_of(checked(heating=heat_pump(no_load_f=65))).heat_pump
    assert pump is not None and pump.balance_f is not None
    assert 12500 + 500 * pump.balance_f == approx(40000 * (65 - pump.balance_f) / (65 - 7), rel=1e-9)


def test_a_large_pump_balances_below_design_and_needs_no_supplement() -> None:
    pump = heating_of(
        checked(LOADS.model_copy(update={"heating_btuh": 10000.0}), heating=heat_pump())
    ).heat_pump
    assert pump is not None and pump.balance_f is not None
    assert pump.balance_f < 7.0
    assert pump.supplement_btuh == 0.0


def test_where_no_heating_is_needed_at_design_there_is_no_balance_point() -> None:
    warm = LOADS.model_copy(update={"heating_db_f": 72.0, "heating_btuh": 0.0})
    pump = heating_of(checked(warm, heating=heat_pump())).heat_pump
    assert pump is not None
    assert (pump.balance_f, pump.supplement_btuh) == (None, 0.0)
    assert heating_of(checked(heating=heat_pump(no_load_f=7))).heat_pump is not None


@examples(
    load=st.floats(0, 200000), design=st.floats(-40, 69), warm=st.floats(1, 1e5), cold=st.floats(1, 1e5)
)
def test_capacity_and_supplement_always_carry_the_load(
    load: float, design: float, warm: float, cold: float
) -> None:
    points = ({"outdoor_db_f": 47, "capacity_btuh": warm}, {"outdoor_db_f": 17, "capacity_btuh": cold})
    loads = LOADS.model_copy(update={"heating_btuh": load, "heating_db_f": design})
    pump = heating_of(checked(loads, heating=heat_pump(points=points))).heat_pump
    assert pump is not None
    assert pump.capacity_btuh + pump.supplement_btuh >= load * (1 - 1e-12)
    assert pump.balance_f is None or pump.balance_f < 70.0


def test_a_pump_locked_out_above_design_leaves_the_whole_load() -> None:
    pump = heating_of(checked(heating=heat_pump(lockout_f=10))).heat_pump
    assert pump is not None
    assert (pump.capacity_btuh, pump.supplement_btuh, pump.locked_out) == (0.0, 40000.0, True)


def test_entered_supplement_is_held_against_what_is_needed() -> None:
    # needed 24 000; 34 130 Btu/h (10 kW) is 142 %, 15 kW 213 %
    assert check(checked(heating=heat_pump(supplement_btuh=34130)), "supplement").passed is True
    assert check(checked(heating=heat_pump(supplement_btuh=51195)), "supplement").passed is False


def test_design_below_both_points_is_said_to_be_extrapolated() -> None:
    assert [r.code for r in checked(heating=heat_pump()).remarks] == ["capacity_extrapolated"]
    warmer = LOADS.model_copy(update={"heating_db_f": 20.0})
    assert checked(warmer, heating=heat_pump()).remarks == ()


@pytest.mark.parametrize(("output", "passed"), [(39900, False), (40000, True), (56000, True), (56001, False)])
def test_a_furnace_is_between_one_and_1_4_times_the_load(output: float, passed: bool) -> None:
    furnace = {"kind": "furnace", "output_btuh": output}
    assert check(checked(heating=furnace), "heating").passed is passed


def test_temperature_rise_by_hand() -> None:
    # 48 400 / (1.1 × 880) = 50 °F
    furnace = {"kind": "furnace", "output_btuh": 48400, "airflow_cfm": 880, "rise_f": (35, 65)}
    found = heating_of(checked(heating=furnace))
    assert (found.rise_f, found.rise_within) == (approx(50.0), True)
    narrow = checked(heating={**furnace, "rise_f": (25, 45)})
    assert not narrow.passed


# --- documents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "equipment"),
        ({"cooling": cooling(airflow_cfm=-1)}, "cooling.airflow_cfm"),
        ({"cooling": cooling(points=[point(91, 63, 1000, 2000)])}, "cooling.points.0"),
        ({"cooling": cooling(points=[point(float("nan"), 63, 1000, 900)])}, "cooling.points.0.outdoor_db_f"),
        ({"cooling": cooling(safety_factor=1.2)}, "cooling.safety_factor"),
        ({"heating": {"kind": "stove"}}, "heating"),
        ({"heating": {"kind": "furnace", "output_btuh": 1, "rise_f": [60, 30]}}, "heating.furnace"),
        ({"heating": heat_pump(points=({"outdoor_db_f": 47, "capacity_btuh": 1},) * 2)}, "heating.heat_pump"),
    ],
)
def test_equipment_that_cannot_be_is_refused_by_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        equipment_of(fields)
    assert refused.value.facts["field"] == field


def loads_document() -> dict[str, Any]:
    return {
        "design": {
            "heating_db_f": 7,
            "cooling_db_f": 91,
            "indoor_heating_f": 70,
            "indoor_cooling_f": 75,
            "indoor_rh": 0.5,
            "elevation_ft": 0,
        },
        "block": {
            "heating": {"total": 40000},
            "cooling_sensible": {"total": 21707, "blower_heat": 1707},
            "cooling_latent": {"total": 4000},
        },
    }


def test_equipment_is_sized_without_blower_heat_from_loads_or_an_analysis() -> None:
    assert sizing_loads(loads_document()) == LOADS
    assert sizing_loads({"loads": loads_document(), "status": "completed"}) == LOADS


@pytest.mark.parametrize("document", [None, [], {}, {"block": 3}, {"loads": None}])
def test_what_is_no_loads_document_is_refused(document: object) -> None:
    with pytest.raises(RejectedInput) as refused:
        sizing_loads(document)
    assert refused.value.code == "loads_invalid"


def test_a_jurisdiction_without_rows_takes_the_edition_s_and_says_so() -> None:
    found = checked(cooling=cooling(), jurisdiction="Springfield")
    assert [remark.code for remark in found.remarks] == ["jurisdiction_without_rows"]


def test_printed_lines_call_no_capacity_a_load_and_mark_unconfirmed_limits() -> None:
    found = checked(cooling=cooling(), heating=heat_pump())
    lines = lines_of(found)
    assert "total cooling: 24,720 Btu/h, 103% of 24,000, allowed from 21,600 to 27,600*: passed" in lines
    assert "balance point: 28.1 °F" in lines
    assert lines[-1] == "equipment check: passed"
    assert not any("ton" in line for line in lines)


@examples(outdoor=st.floats(85, 95), wet_bulb=st.floats(63, 67))
def test_interpolated_capacity_stays_within_the_entries_around_it(outdoor: float, wet_bulb: float) -> None:
    loads = LOADS.model_copy(update={"cooling_db_f": outdoor})
    capacity = cooling_of(checked(loads, cooling=cooling(entering_wb_f=wet_bulb))).capacity
    slack = 1e-6  # the straight line ends a rounding error beyond its entries
    assert 24000 - slack <= capacity.total_btuh <= 27600 + slack
    assert 16600 - slack <= capacity.sensible_btuh <= 20400 + slack


def test_an_equipment_file_reads_back_as_it_was() -> None:
    made = equipment_of({"cooling": cooling(), "heating": heat_pump()})
    assert Equipment.model_validate_json(made.model_dump_json()) == made
