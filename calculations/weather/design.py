"""Outdoor and indoor design conditions of a building: the station's values, or what a person gave."""

from __future__ import annotations

from collections.abc import Mapping

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Sourced, assumed, derived
from blueprints.plan.building import Design
from calculations.manualj.design import GRAINS_PER_LB, humidity_ratio_from_rh
from calculations.weather.lookup import DesignWeather

Facts = Mapping[str, Sourced[float | str]]

INDOOR_HEATING_F = 70.0
INDOOR_COOLING_F = 75.0
INDOOR_RH = 0.50
INDOOR_RH_DRY = 0.45
TRUST = {"high": 0.9, "medium": 0.75, "low": 0.5}
DAILY_RANGES = ("low", "medium", "high")


def number_fact(facts: Facts, field: str) -> Sourced[float] | None:
    """A known fact as a number, its origin kept; None when not known. Raises RejectedInput."""
    fact = facts.get(field)
    if fact is None or fact.value is None:
        return None
    try:
        value = float(fact.value)
    except ValueError:
        raise RejectedInput("fact_invalid", field=field, value=fact.value) from None
    return Sourced[float].model_validate({**fact.model_dump(), "value": value})


def word_fact(facts: Facts, field: str) -> Sourced[str] | None:
    """A known fact as a word, lower case and trimmed, with its origin kept; None when not known."""
    fact = facts.get(field)
    if fact is None or fact.value is None:
        return None
    return Sourced[str].model_validate({**fact.model_dump(), "value": str(fact.value).strip().lower()})


def design_of(weather: DesignWeather, facts: Facts) -> Design:
    """Design conditions: weather of the ZIP, Manual J's indoor conditions, and any given values instead.

    The indoor humidity is 50 %, or 45 % where the outdoor air is drier than 75 °F air at 50 % (Manual J, design conditions).
    """
    indoor_cooling = number_fact(facts, "indoor_cooling_f") or _indoor(INDOOR_COOLING_F)
    elevation = number_fact(facts, "elevation_ft") or _station(
        weather, weather.elevation_ft, "ft", "height of the ZIP"
    )
    rh = INDOOR_RH_DRY if weather.grains_75f_50rh < 0 else INDOOR_RH
    return Design(
        heating_db_f=number_fact(facts, "heating_db_f")
        or _station(weather, weather.heating_99_db_f, "°F", "99 %"),
        cooling_db_f=number_fact(facts, "cooling_db_f")
        or _station(weather, weather.cooling_1_db_f, "°F", "1 %"),
        indoor_heating_f=number_fact(facts, "indoor_heating_f") or _indoor(INDOOR_HEATING_F),
        indoor_cooling_f=indoor_cooling,
        indoor_rh=assumed(rh, note="Manual J §18-1: 50 %, 45 % in dry climates", confidence=1.0),
        grains_difference=number_fact(facts, "grains_difference")
        or _grains(weather, indoor_f=indoor_cooling.required(), rh=rh, elevation_ft=elevation.required()),
        daily_range=_daily_range(weather, facts),
        latitude=_station(weather, weather.latitude, "deg", "centre of the ZIP"),
        elevation_ft=elevation,
        station=f"{weather.station_name} ({weather.station_id})",
        station_distance_mi=weather.station_distance_mi,
        station_elevation_difference_ft=weather.station_elevation_difference_ft,
        climate_zone=weather.climate_zone,
    )


def _indoor(value_f: float) -> Sourced[float]:
    return assumed(value_f, unit="°F", note="Manual J indoor design temperature", confidence=1.0)


def _station(weather: DesignWeather, value: float, unit: str, what: str) -> Sourced[float]:
    note = f"{what}, {weather.station_name} ({weather.station_id}) for ZIP {weather.zip_code}"
    return derived(value, unit=unit, confidence=TRUST[weather.confidence], note=note)


def _grains(weather: DesignWeather, *, indoor_f: float, rh: float, elevation_ft: float) -> Sourced[float]:
    """Grains difference [gr/lb] moved from 75 °F, 50 % to the indoor conditions in use."""
    standard = humidity_ratio_from_rh(dry_bulb_f=INDOOR_COOLING_F, rh=INDOOR_RH, elevation_ft=elevation_ft)
    indoor = humidity_ratio_from_rh(dry_bulb_f=indoor_f, rh=rh, elevation_ft=elevation_ft)
    value = round(weather.grains_75f_50rh + GRAINS_PER_LB * (standard - indoor), 1)
    return _station(
        weather, value, "gr/lb", f"1 % dry bulb with its wet bulb, indoors {indoor_f:g} °F {rh:.0%}"
    )


def _daily_range(weather: DesignWeather, facts: Facts) -> Sourced[str]:
    fact = word_fact(facts, "daily_range")
    if fact is None:
        note = f"{weather.daily_range_f:g} °F in the hottest month, {weather.station_name}"
        return derived(weather.daily_range_class, confidence=TRUST[weather.confidence], note=note)
    if fact.value not in DAILY_RANGES:
        raise RejectedInput("fact_invalid", field="daily_range", value=fact.value)
    return fact
