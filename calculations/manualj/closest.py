"""Ducts described by their runs, told as the closest entries of Table 7 (as published)."""

from __future__ import annotations

from collections.abc import Iterable

from calculations.manualj.adjacent import space_of
from calculations.manualj.delivery import is_outside
from calculations.manualj.ducts import FILE as TABLE_FILE
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import (
    OUTDOORS,
    Attic,
    Basement,
    Crawlspace,
    DuctLeakage,
    DuctRun,
    DuctSystem,
    DuctTable,
    Garage,
    House,
)
from calculations.manualj.lookup import grid, words


def closest_tables(systems: Iterable[DuctSystem], *, house: House) -> list[DuctTable]:
    """Runs told as Table 7 entries: one for each place outside, weighted by the area in it."""
    return [table for system in systems for table in _tables_of(system, house=house)]


def _tables_of(system: DuctSystem, *, house: House) -> list[DuctTable]:
    total = sum(run.area_sqft for run in system.runs)
    if total <= 0:
        return []
    by_place: dict[str, list[DuctRun]] = {}
    for run in system.runs:
        if is_outside(run, house=house):
            by_place.setdefault(run.location, []).append(run)
    tables = []
    for place, runs in by_place.items():
        area = sum(run.area_sqft for run in runs)
        if area <= 0:
            continue
        tables.append(
            DuctTable.model_validate(
                {
                    "location": _place_kind(place, house=house),
                    "lookup_area_sqft": above_grade_sqft(house),
                    "leakage": nearest_leakage(system, floor_sqft=house.conditioned_sqft),
                    "r_value": sum(run.r_value * run.area_sqft for run in runs) / area,
                    "outside_fraction": min(area / total, 1.0),
                    "heating": system.serves_heating,
                    "cooling": system.serves_cooling,
                }
            )
        )
    return tables


def above_grade_sqft(house: House) -> float:
    """Floor area without conditioned basements: the lookup area seen in the book's houses."""
    basements = [s.id for s in house.spaces if isinstance(s, Basement) and s.conditioned]
    below = sum(slab.area_sqft for slab in house.slabs if slab.space in basements)
    area = house.conditioned_sqft - below
    return area if area > 0 else house.conditioned_sqft


def _place_kind(place: str, *, house: House) -> str:
    if place in (OUTDOORS, "under_slab"):
        return place
    if place == "exterior_wall":
        raise InvalidHouse("duct_systems.runs.location", place, "a place Table 7 knows, or a Table 7 code")
    space = space_of(house, place)
    kinds = {Attic: "attic", Garage: "garage", Crawlspace: "crawlspace", Basement: "basement"}
    return kinds.get(type(space), "garage")


def nearest_leakage(system: DuctSystem, *, floor_sqft: float) -> DuctLeakage:
    """The level of Table 7 whose leakage is closest; default sealed when no flow is known."""
    names: tuple[DuctLeakage, ...] = (
        "extremely_sealed",
        "notably_sealed",
        "default_sealed",
        "partially_sealed",
        "default_not_sealed",
    )
    if names != words(TABLE_FILE, "axes", "leakage"):
        raise AssertionError("leakage levels of the duct tables")
    if system.supply_leakage_cfm is None or system.return_leakage_cfm is None:
        return "default_sealed"
    per_sqft = (system.supply_leakage_cfm + system.return_leakage_cfm) / floor_sqft
    levels = [sum(row) for row in grid(TABLE_FILE, "leakage_cfm_per_sqft")]
    return min(zip(levels, names, strict=True), key=lambda entry: abs(entry[0] - per_sqft))[1]
