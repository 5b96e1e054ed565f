"""The padding detector: each rule flags its case, an honest house has none, and nothing is ever altered."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest

from calculations.check.sample import sample_house
from calculations.manualj.checks import parse_house
from calculations.manualj.engine import calculate
from calculations.manualj.house import House
from calculations.manualj.lookup import number
from calculations.manualj.padding import padding_flags

WEATHER = Path(__file__).parents[3] / "calculations" / "weather" / "data" / "design_weather.csv.gz"


def changed(**parts: Any) -> House:  # JSON of a house, one level deep
    document = sample_house().model_dump(mode="json")
    for key, value in parts.items():
        document[key] = {**document[key], **value} if isinstance(value, dict) else value
    return parse_house(document)


def every(name: str, **values: Any) -> House:
    document = sample_house().model_dump(mode="json")
    return changed(**{name: [{**part, **values} for part in document[name]]})


def codes(house: House) -> list[str]:
    return [flag.code for flag in padding_flags(house)]


def test_an_honest_house_has_no_flag() -> None:
    assert codes(sample_house()) == []


RATED = {"id": "fan", "kind": "supply", "rated_cfm": 400}
DUCT = {"code": "7B-T", "lookup_area_sqft": 2000}
PADDED = [
    ("padding_outdoor_winter", changed(design={"heating_db_f": -60})),
    ("padding_outdoor_summer", changed(design={"cooling_db_f": 120})),
    ("padding_humidity", changed(design={"grains_difference": 80})),
    ("padding_indoor_winter", changed(design={"indoor_heating_f": 72})),
    ("padding_indoor_summer", changed(design={"indoor_cooling_f": 72})),
    ("padding_indoor_humidity", changed(design={"indoor_rh": 0.4})),
    ("padding_people", changed(gains={"occupants": 8})),
    ("padding_people_twice", every("rooms", occupants=1.0)),
    ("padding_appliances", changed(gains={"appliances_sensible_btuh": 6000})),
    ("padding_appliances", every("rooms", appliances_sensible_btuh=500.0)),
    ("padding_leakage", changed(infiltration={"leakiness": "leaky"})),
    ("padding_leakage_summer", changed(infiltration={"cooling_leakiness": "leaky"})),
    ("padding_ventilation", changed(ventilation=[RATED])),
    ("padding_wall_u", every("walls", u_factor=0.4)),
    ("padding_ceiling_u", every("ceilings", u_factor=0.7)),
    ("padding_roof_u", every("roofs", u_factor=0.6)),
    ("padding_window_u", every("windows", u_factor=1.4)),
    ("padding_window_area", every("windows", area_sqft=60.0)),
    ("padding_no_shade", every("windows", isc=1.0)),
    ("padding_no_shade", every("windows", interior_shade={"kind": "none"})),
    ("padding_floor_area", changed(floor_area_sqft=2700.0)),
    ("padding_duct_leakage", changed(ducts=[{**DUCT, "leakage": "default_not_sealed"}])),
    ("padding_ducts_twice", changed(ducts=[{**DUCT, "outside_fraction": 0.8}] * 2)),
    ("padding_blower_heat", changed(blower_heat_btuh=3000.0)),
    ("padding_piping", changed(piping_btuh=4000.0)),
]


@pytest.mark.parametrize(("code", "house"), PADDED, ids=[f"{i}-{code}" for i, (code, _) in enumerate(PADDED)])
def test_each_rule_flags_its_case_alone(code: str, house: House) -> None:
    assert codes(house) == [code]


@pytest.mark.parametrize(
    "house",
    [
        changed(infiltration={"leakiness": "leaky", "blower_door": {"ach": 9}}),  # measured
        changed(piping_btuh=4000.0, heating_source="boiler"),
        changed(ducts=[{**DUCT, "outside_fraction": 0.5}] * 2),
        changed(design={"heating_db_f": -40}),
        changed(gains={"occupants": 5}),  # four bedrooms and one
    ],
)
def test_what_has_its_reason_is_not_flagged(house: House) -> None:
    assert codes(house) == []


def test_the_station_is_the_measure_where_it_is_known() -> None:
    station = sample_house().design
    used = changed(design={"heating_db_f": -5, "cooling_db_f": 95, "grains_difference": 50})
    found = padding_flags(used, station=station)
    assert [flag.code for flag in found] == [
        "padding_outdoor_winter",
        "padding_outdoor_summer",
        "padding_humidity",
    ]
    assert found[0].message == "design.heating_db_f: -5 °F; usual 5 °F at the station"
    milder = changed(design={"heating_db_f": 10, "cooling_db_f": 88, "grains_difference": 30})
    assert padding_flags(milder, station=station) == ()


def test_flags_are_warnings_of_the_loads_and_alter_nothing() -> None:
    padded = changed(gains={"occupants": 8})
    before = padded.model_dump()
    warnings = calculate(padded).warnings
    assert ("padding_people", "gains.occupants: 8 people; usual 5, bedrooms + 1") in [
        (w.code, w.message) for w in warnings
    ]
    assert padded.model_dump() == before
    gains = [calculate(h).block.cooling_sensible.internal_gains for h in (sample_house(), padded)]
    assert gains[1] - gains[0] == pytest.approx(3 * 230)  # calculated as entered


def test_the_limits_of_the_weather_are_those_of_the_table() -> None:
    lines = gzip.decompress(WEATHER.read_bytes()).decode().split("[stations]\n")[1].split("[")[0]
    stations = list(csv.DictReader(lines.splitlines()))
    winter, summer, grains = (
        [float(s[key]) for s in stations if s[key]]
        for key in ("heating_99_db_f", "cooling_1_db_f", "design_grains_75f_50rh_gr_lb")
    )
    limits = [number("padding", "design", key) for key in ("coldest_f", "hottest_f", "most_grains")]
    assert limits == [min(winter), max(summer), max(grains)]
