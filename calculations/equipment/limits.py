"""Size limits from the table: by edition, jurisdiction, kind of equipment, staging and quantity."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen

DATA = Path(__file__).parent / "data" / "limits.json"
ANYWHERE, ANY = "*", "any"

Kind = Literal["air_conditioner", "heat_pump", "furnace", "boiler", "electric"]
Quantity = Literal["total_cooling", "sensible", "latent", "heating", "supplement"]


class Limit(Frozen):
    """Least and most capacity as shares of the load; `plus_btuh` more where the climate allows it."""

    jurisdiction: str
    kind: Kind
    staging: Literal["single", "two", "variable", "any"]
    quantity: Quantity
    least: float | None = Field(ge=0, le=1)
    most: float | None = Field(ge=1, le=2.5)
    plus_btuh: float = 0.0
    confirmed: bool
    source: str


class Edition(Frozen):
    """One edition of the standard with its rows."""

    edition: str
    title: str
    sources: dict[str, str]
    rows: tuple[Limit, ...]


class ColdAndDry(Frozen):
    """Where a heat pump may be larger."""

    what: str
    hdd65_per_cdd50: float
    sensible_heat_ratio: float
    source: str


class EnteredData(Frozen):
    """How near an entered column may stand for the wanted one [°F], and from where altitude is noted [ft]."""

    near_f: float
    why_near: str
    altitude_ft: float
    why_altitude: str


class Limits(Frozen):
    """data/limits.json."""

    table: str
    unit: str
    checked_by: str
    note: str
    default_edition: str
    editions: tuple[Edition, ...]
    cold_and_dry: ColdAndDry
    entered_data: EnteredData


@lru_cache(maxsize=1)
def table() -> Limits:
    """The data file, checked."""
    return Limits.model_validate_json(DATA.read_bytes())


def edition_of(name: str | None, *, limits: Limits) -> Edition:
    """The edition of that name, or the default one. Raises RejectedInput equipment_invalid."""
    wanted = limits.default_edition if name is None else name
    found = next((one for one in limits.editions if one.edition == wanted), None)
    if found is None:
        known = ", ".join(one.edition for one in limits.editions)
        raise RejectedInput("equipment_invalid", field="edition", value=wanted, allowed=known)
    return found


def limit_for(
    edition: Edition, *, jurisdiction: str, kind: Kind, staging: str, quantity: Quantity
) -> Limit | None:
    """The jurisdiction's row, else the edition's own; None where there is no limit."""
    rows = [
        row
        for row in edition.rows
        if row.kind == kind and row.quantity == quantity and row.staging in (staging, ANY)
    ]
    for place in (jurisdiction, ANYWHERE):
        found = [row for row in rows if row.jurisdiction == place]
        if found:
            return found[0]
    return None


def has_rows(edition: Edition, *, jurisdiction: str) -> bool:
    """Whether the jurisdiction has any row of its own in this edition."""
    return any(row.jurisdiction == jurisdiction for row in edition.rows)
