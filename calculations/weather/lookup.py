"""ZIP code to outdoor design conditions: one named station, its 99 % and 1 % values, and their trust.

Data: `data/design_weather.csv.gz`, made by `calculations.weather.build`; sources in `data/SOURCES.md`.
"""

from __future__ import annotations

import csv
import gzip
import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from autohvac.core.stage import Issue

DATA = Path(__file__).parent / "data" / "design_weather.csv.gz"
ZIP = re.compile(r"(\d{5})(?:-?\d{4})?")
SOURCE = (
    "ASHRAE design conditions, climate.onebuilding.org station index (2026); ZIP places GeoNames, CC BY 4.0"
)

# "High" confidence in the source table is 20 mi, 600 ft, 3 °F; distance alone is harmless on flat land.
FAR_MI = 30.0
ELEVATION_DIFFERS_FT = 600.0
SURROUNDINGS_DIFFER_F = 3.0

DailyRange = Literal["low", "medium", "high"]
CLASSES: dict[str, DailyRange] = {"L": "low", "M": "medium", "H": "high"}
Row = dict[str, str]


class DesignWeather(Frozen):
    """Outdoor design conditions of a ZIP code: temperatures °F, humidity gr/lb, distances as named."""

    zip_code: str
    place: str
    state: str
    county: str
    county_fips: str
    latitude: float
    longitude: float
    elevation_ft: float
    climate_zone: str
    station_id: str
    station_name: str
    station_distance_mi: float
    station_elevation_ft: float
    station_elevation_difference_ft: float
    heating_99_db_f: float
    cooling_1_db_f: float
    mcwb_f: float
    grains_75f_50rh: float
    daily_range_f: float
    daily_range_class: DailyRange
    humidity_basis: str
    confidence: Literal["high", "medium", "low"]
    county_limit_heating_99_db_f: float | None
    county_limit_cooling_1_db_f: float | None
    source: str = SOURCE
    warnings: tuple[Issue, ...] = ()


class _Table(NamedTuple):
    """A section: its column names and its rows as text, by key."""

    columns: list[str]
    lines: dict[str, str]

    def row(self, key: str) -> Row:
        """The row of a key as column → text."""
        return dict(zip(self.columns, next(csv.reader([self.lines[key]])), strict=True))


@lru_cache(maxsize=1)
def _tables() -> dict[str, _Table]:
    text = gzip.decompress(DATA.read_bytes()).decode()
    tables: dict[str, _Table] = {}
    for section in text.split("[")[1:]:
        name, _, body = section.partition("]\n")
        header, *lines = body.splitlines()
        tables[name] = _Table(header.split(","), {line.partition(",")[0]: line for line in lines})
    return tables


def normal_zip(zip_code: str) -> str:
    """The five digits of a ZIP or ZIP+4. Raises RejectedInput("zip_invalid")."""
    match = ZIP.fullmatch(zip_code.strip())
    if match is None:
        raise RejectedInput("zip_invalid", zip=zip_code)
    return match.group(1)


@lru_cache(maxsize=512)
def design_weather(zip_code: str) -> DesignWeather:
    """Design conditions of a ZIP code (ZIP+4 accepted).

    Raises: RejectedInput "zip_invalid" (not a ZIP code) or "zip_unknown" (no such ZIP).
    """
    code = normal_zip(zip_code)
    tables = _tables()
    if code not in tables["zips"].lines:
        raise RejectedInput("zip_unknown", zip=zip_code)
    place = tables["zips"].row(code)
    station = tables["stations"].row(place["station_id"])
    county = tables["counties"].row(place["county_fips"])
    weather = _weather(place=place, station=station, county=county)
    return weather.model_copy(update={"warnings": _warnings(weather, place=place)})


def _weather(*, place: Row, station: Row, county: Row) -> DesignWeather:
    return DesignWeather.model_validate(
        {
            "zip_code": place["zip"],
            "place": place["place"],
            "state": place["state"],
            "county": county["county"],
            "county_fips": place["county_fips"],
            "latitude": place["lat_deg"],
            "longitude": place["lon_deg"],
            "elevation_ft": place["elevation_ft"],
            "climate_zone": place["iecc_zone_2021"],
            "station_id": station["station_id"],
            "station_name": station["name"],
            "station_distance_mi": place["station_distance_mi"],
            "station_elevation_ft": station["elevation_ft"],
            "station_elevation_difference_ft": place["site_minus_station_elevation_ft"],
            "heating_99_db_f": station["heating_99_db_f"],
            "cooling_1_db_f": station["cooling_1_db_f"],
            "mcwb_f": station["cooling_1_mcwb_f"],
            "grains_75f_50rh": station["design_grains_75f_50rh_gr_lb"],
            "daily_range_f": station["daily_range_f"],
            "daily_range_class": CLASSES[station["daily_range_class"]],
            "humidity_basis": station["humidity_and_range_basis"],
            "confidence": place["confidence"],
            "county_limit_heating_99_db_f": county["es2015_heating_99_db_f"] or None,
            "county_limit_cooling_1_db_f": county["es2015_cooling_1_db_f"] or None,
        }
    )


def _warnings(weather: DesignWeather, *, place: Row) -> tuple[Issue, ...]:
    found: list[tuple[bool, str, str, str]] = [
        (
            weather.station_distance_mi > FAR_MI,
            "station_far",
            "warning",
            f"{weather.station_name} is {weather.station_distance_mi:.0f} mi away",
        ),
        (
            abs(weather.station_elevation_difference_ft) > ELEVATION_DIFFERS_FT,
            "station_elevation_differs",
            "warning",
            f"site minus station: {weather.station_elevation_difference_ft:+.0f} ft",
        ),
        (
            not weather.humidity_basis.endswith("_same_site"),
            "humidity_estimated",
            "info",
            f"wet bulb and daily range are estimates ({weather.humidity_basis})",
        ),
        (_off_surroundings(weather, place=place), "station_off_surroundings", "warning", "see site estimate"),
        (
            _beyond_limit(weather),
            "design_beyond_county_limit",
            "info",
            "ENERGY STAR 2015 county limits passed",
        ),
    ]
    return tuple(
        Issue(code=code, message=message, field="zip_code", severity=severity)
        for holds, code, severity, message in found
        if holds
    )


def _off_surroundings(weather: DesignWeather, *, place: Row) -> bool:
    pairs = (
        (weather.heating_99_db_f, place["site_estimate_heating_99_db_f"]),
        (weather.cooling_1_db_f, place["site_estimate_cooling_1_db_f"]),
    )
    return any(text != "" and abs(value - float(text)) > SURROUNDINGS_DIFFER_F for value, text in pairs)


def _beyond_limit(weather: DesignWeather) -> bool:
    coldest, hottest = weather.county_limit_heating_99_db_f, weather.county_limit_cooling_1_db_f
    too_cold = coldest is not None and weather.heating_99_db_f < coldest
    return too_cold or (hottest is not None and weather.cooling_1_db_f > hottest)
