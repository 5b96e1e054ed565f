"""Defaults by climate zone and year built, and house-wide defaults; each with its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen

DATA = Path(__file__).parent / "data"


ZONES: Final = ("1", "2", "3", "4", "4C", "5", "6", "7", "8")
R = Annotated[float, Field(ge=0, le=80)]
U = Annotated[float, Field(gt=0, le=2.5)]
Share = Annotated[float, Field(ge=0, le=1)]
Subject = Literal["opaque", "fenestration", "door", "air", "ducts"]
SUBJECTS: Final[dict[str, Subject]] = {
    "window_u": "fenestration", "window_shgc": "fenestration", "skylight_u": "fenestration",
    "skylight_shgc": "fenestration", "door_u": "door", "leakage_class": "air", "ach50": "air", "duct_r": "ducts",
    "duct_r_attic": "ducts", "duct_leakage": "ducts",
}  # fmt: skip


class Row(Frozen):
    """Default construction of a zone: R nominal [h·ft²·°F/Btu], U [Btu/h·ft²·°F], ACH50 [1/h at 50 Pa]."""

    wall_r: R
    wall_framing: Literal["wood_2x4", "wood_2x6"]
    ceiling_r: R
    floor_r: R
    slab_r: R
    slab_depth_ft: Annotated[float, Field(ge=0, le=8)]
    basement_wall_r: R
    window_u: U
    window_shgc: Share
    skylight_u: U
    skylight_shgc: Share
    door_u: U
    leakage_class: Literal["very_tight", "tight", "average", "leaky", "very_leaky"]
    ach50: Annotated[float, Field(gt=0, le=30)] | None
    duct_r: R
    duct_r_attic: R
    duct_leakage: Literal["sealed", "not_sealed"]


class Band(Frozen):
    """The years one code or practice stands for, its rows by zone, and where each subject comes from."""

    id: str
    from_year: int | None
    to_year: int | None
    sources: dict[Subject, str]
    zones: dict[str, Row]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if tuple(self.zones) != ZONES or set(self.sources) != set(get_args(Subject)):
            raise ValueError(f"band {self.id}: zones or sources missing")
        return self


class ConstructionTable(Frozen):
    """data/construction.json."""

    table: str
    units: dict[str, str]
    notes: tuple[str, ...]
    checked_by: str
    band_when_year_unknown: str
    why_when_year_unknown: str
    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _years_without_gap(self) -> Self:
        ends = [self.bands[0].from_year, *(band.to_year for band in self.bands)]
        joined = all(a.to_year is not None and b.from_year == a.to_year + 1 for a, b in pairwise(self.bands))
        if not joined or ends[0] is not None or ends[-1] is not None:
            raise ValueError("the bands leave years out")
        return self


class Construction(Row):
    """The row of a zone and band, and where its values come from."""

    band: str
    zone: str
    sources: dict[Subject, str]

    def source_of(self, field: str) -> str:
        """Code and table of one value."""
        return self.sources[SUBJECTS.get(field, "opaque")]


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
    if key not in ZONES:
        raise ValueError(f"no construction defaults for climate zone {climate_zone!r}")
    return key


def construction(*, climate_zone: str, year_built: float | None) -> Construction:
    """Default construction for an IECC zone and year; without a year the band named in the data file."""
    key, band = zone_key(climate_zone), _band(year_built)
    return _construction(band.id, key)


@lru_cache(maxsize=64)
def _construction(band_id: str, key: str) -> Construction:
    band = next(band for band in construction_table().bands if band.id == band_id)
    row = band.zones[key].model_dump()
    return Construction.model_validate({"band": band.id, "zone": key, "sources": band.sources, **row})


@lru_cache(maxsize=1)
def construction_table() -> ConstructionTable:
    """The data file, checked."""
    return ConstructionTable.model_validate_json((DATA / "construction.json").read_bytes())


def _band(year_built: float | None) -> Band:
    table = construction_table()
    if year_built is None:
        return next(band for band in table.bands if band.id == table.band_when_year_unknown)
    return next(band for band in table.bands if band.to_year is None or year_built < band.to_year + 1)


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
