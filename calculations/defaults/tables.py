"""Defaults by climate zone and year built, and house-wide defaults; each with its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen

DATA = Path(__file__).parent / "data"


class Construction(Frozen):
    """Default construction of a zone and year band: R nominal [h·ft²·°F/Btu], U [Btu/h·ft²·°F], ACH50."""

    band: str
    zone: str
    source: str
    wall_r: float
    wall_framing: str
    ceiling_r: float
    floor_r: float
    slab_r: float
    slab_depth_ft: float
    basement_wall_r: float
    window_u: float
    window_shgc: float
    skylight_u: float
    skylight_shgc: float
    door_u: float
    leakage_class: str
    ach50: float | None
    duct_r: float
    duct_r_attic: float
    duct_leakage: str


class HouseDefault(Frozen):
    """One house-wide default with its unit and source."""

    value: float | str
    unit: str
    source: str


@lru_cache(maxsize=4)
def _document(name: str) -> Mapping[str, Any]:  # JSON document
    document: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return document


def zone_key(climate_zone: str) -> str:
    """Row key of an IECC zone: its number, and 4C on its own. '5A' → '5', '4C' → '4C'."""
    zone = climate_zone.strip().upper()
    key = "4C" if zone == "4C" else zone[:1]
    if key not in _document("construction.json")["bands"][0]["zones"]:
        raise ValueError(f"no construction defaults for climate zone {climate_zone!r}")
    return key


def construction(*, climate_zone: str, year_built: float | None) -> Construction:
    """Default construction for an IECC zone and year; without a year the band named in the data file."""
    key, band = zone_key(climate_zone), _band(year_built)
    fields = {"band": band["id"], "zone": key, "source": band["source"], **band["zones"][key]}
    return Construction.model_validate(fields)


def _band(year_built: float | None) -> Mapping[str, Any]:  # JSON object
    document = _document("construction.json")
    bands: list[dict[str, Any]] = document["bands"]
    if year_built is None:
        return next(band for band in bands if band["id"] == document["band_when_year_unknown"])
    return next(band for band in bands if band["to_year"] is None or year_built <= band["to_year"])


def house_default(field: str) -> HouseDefault:
    """A house-wide default by name, for instance `ceiling_height_ft`."""
    return HouseDefault.model_validate(_document("house.json")["values"][field])


def house_number(field: str) -> float:
    """A house-wide default that is a number, in the unit its name ends in."""
    return float(house_default(field).value)


def default_foundation(climate_zone: str) -> HouseDefault:
    """The usual foundation of a zone."""
    table = _document("house.json")["foundation_by_zone"]
    return HouseDefault(value=table[zone_key(climate_zone)], unit="", source=table["source"])


def vented_crawlspace_duct_code() -> str:
    """Duct table of a vented crawlspace; sealed ones and basements take the engine's own choice."""
    return str(_document("house.json")["vented_crawlspace_duct_table"]["code"])


def default_duct_location(foundation: str) -> HouseDefault:
    """Where ducts usually run over this foundation. Raises RejectedInput for an unknown word."""
    table = _document("house.json")["duct_location_by_foundation"]
    if foundation == "source" or foundation not in table:
        raise RejectedInput("fact_invalid", field="foundation", value=foundation)
    return HouseDefault(value=table[foundation], unit="", source=table["source"])
