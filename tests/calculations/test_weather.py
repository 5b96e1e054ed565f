"""Design weather: the data file, the lookup and the design conditions made from it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Sourced, given
from calculations.weather import lookup
from calculations.weather.build import packed, weather_text
from calculations.weather.design import design_of
from calculations.weather.lookup import design_weather

SOURCE = next(
    (
        p / "shared/data/design_conditions"
        for p in Path(__file__).resolve().parents
        if (p / "shared/data").is_dir()
    ),
    None,
)


def fact(value: float | str) -> Sourced[float | str]:
    return Sourced[float | str].model_validate(given(value).model_dump())


def test_cedar_rapids_has_its_airport_station() -> None:
    weather = design_weather("52401")
    assert (weather.station_name, weather.climate_zone) == ("Cedar Rapids-Eastern Iowa AP", "5A")
    assert (weather.heating_99_db_f, weather.cooling_1_db_f) == (-3.1, 87.4)
    assert (weather.daily_range_class, weather.confidence) == ("medium", "high")
    assert weather.county == "Linn County"
    assert weather.warnings == ()


@pytest.mark.parametrize("zip_code", ["52401-1234", "524011234", " 52401 "])
def test_zip_plus_four_is_the_same_place(zip_code: str) -> None:
    assert design_weather(zip_code) == design_weather("52401")


@pytest.mark.parametrize(
    ("zip_code", "code"),
    [("5240", "zip_invalid"), ("ABCDE", "zip_invalid"), ("", "zip_invalid"), ("00000", "zip_unknown")],
)
def test_a_zip_that_cannot_be_used_is_refused_with_a_code(zip_code: str, code: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        design_weather(zip_code)
    assert refused.value.code == code
    assert refused.value.facts["zip"] == zip_code


def test_leading_zeros_and_territories_are_there() -> None:
    assert design_weather("02108").state == "MA"
    assert design_weather("00601").state == "PR"


def test_a_far_station_in_the_mountains_is_said() -> None:
    codes = {issue.code for issue in design_weather("00601").warnings}
    assert {"station_far", "station_elevation_differs", "humidity_estimated"} <= codes


def test_the_first_lookup_is_quick() -> None:
    lookup._tables.cache_clear()
    design_weather.cache_clear()
    start = time.perf_counter()
    design_weather("80301")
    assert time.perf_counter() - start < 3.0  # 0.03 s measured; wide for a busy machine


def test_every_zip_of_the_file_gives_conditions() -> None:
    zips = list(lookup._tables()["zips"].lines)
    assert len(zips) > 41_000
    for code in zips[::97]:
        weather = design_weather(code)
        assert -70 < weather.heating_99_db_f < weather.cooling_1_db_f < 120
        assert weather.climate_zone[0] in "12345678"


@pytest.mark.skipif(SOURCE is None, reason="source tables of design conditions are not beside this checkout")
def test_the_committed_file_is_what_the_script_makes() -> None:
    assert SOURCE is not None
    data = packed(weather_text(SOURCE))
    assert data == packed(weather_text(SOURCE))
    assert lookup.gzip.decompress(data) == lookup.gzip.decompress(lookup.DATA.read_bytes())


def test_the_file_is_small() -> None:
    assert lookup.DATA.stat().st_size < 2_500_000


def test_design_takes_the_station_and_manual_j_indoors() -> None:
    design = design_of(design_weather("52401"), {})
    assert (design.heating_db_f.value, design.cooling_db_f.value) == (-3.1, 87.4)
    assert (design.indoor_heating_f.value, design.indoor_cooling_f.value) == (70.0, 75.0)
    assert (design.indoor_rh.value, design.grains_difference.value) == (0.5, 43.5)
    assert design.heating_db_f.source == "derived"
    assert "725450" in design.heating_db_f.note


def test_a_dry_place_is_designed_for_45_percent() -> None:
    design = design_of(design_weather("80301"), {})
    assert design.indoor_rh.value == 0.45
    assert design.grains_difference.required() > design_weather("80301").grains_75f_50rh


def test_given_conditions_win_and_stay_given() -> None:
    facts = {"heating_db_f": fact("-10"), "elevation_ft": fact(900), "daily_range": fact("High")}
    design = design_of(design_weather("52401"), facts)
    assert (design.heating_db_f.value, design.heating_db_f.source) == (-10.0, "given")
    assert (design.elevation_ft.value, design.daily_range.value) == (900.0, "high")


@pytest.mark.parametrize(("field", "value"), [("heating_db_f", "cold"), ("daily_range", "huge")])
def test_a_condition_that_is_no_value_is_refused(field: str, value: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        design_of(design_weather("52401"), {field: fact(value)})
    assert refused.value.facts["field"] == field
