"""Facts of the house that nobody read or gave: filled from the defaults tables, each marked with its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

from autohvac.core.evidence import Sourced, assumed, derived
from blueprints.plan.building import Building
from calculations.defaults.tables import (
    Construction,
    HouseDefault,
    construction,
    default_duct_location,
    default_foundation,
    house_default,
)
from calculations.weather.design import number_fact, word_fact

Fact = Sourced[float | str]
Facts = dict[str, Fact]

FROM_CONSTRUCTION = {
    "wall_r": "h·ft²·°F/Btu",
    "ceiling_r": "h·ft²·°F/Btu",
    "floor_r": "h·ft²·°F/Btu",
    "slab_r": "h·ft²·°F/Btu",
    "basement_wall_r": "h·ft²·°F/Btu",
    "window_u": "Btu/h·ft²·°F",
    "window_shgc": "",
    "door_u": "Btu/h·ft²·°F",
    "duct_leakage": "",
}
HOUSE_WIDE = (
    "roof_kind", "roof_colour", "wall_finish", "window_shade", "insect_screens", "overhang_ft", "ventilation",
    "ventilation_cfm", "appliances_btuh", "attached",
)  # fmt: skip
BY_SURFACE = {"crawlspace": "vented_crawlspace", "unconditioned_basement": "unconditioned_basement"}


def known(facts: Mapping[str, Fact], field: str) -> bool:
    """True when the fact is there and has a value."""
    fact = facts.get(field)
    return fact is not None and fact.known


def assumed_fact(value: float | str, *, unit: str, note: str) -> Fact:
    """A fact from a table of defaults."""
    return Sourced[float | str].model_validate(assumed(value, unit=unit, note=note).model_dump())


def derived_fact(value: float | str, *, unit: str, note: str, confidence: float) -> Fact:
    """A fact that follows from what was read."""
    return Sourced[float | str].model_validate(
        derived(value, unit=unit, note=note, confidence=confidence).model_dump()
    )


def row_of(building: Building, *, climate_zone: str) -> Construction:
    """The row of default construction for this house."""
    year = number_fact(building.facts, "year_built")
    return construction(climate_zone=climate_zone, year_built=None if year is None else year.value)


def row_note(row: Construction, *, field: str) -> str:
    """How a default construction value explains itself."""
    return f"default construction {row.band}, zone {row.zone}: {row.source_of(field)}"


def completed_facts(building: Building, *, climate_zone: str) -> Facts:
    """All facts the engine needs; what was read or given stays as it is."""
    row = row_of(building, climate_zone=climate_zone)
    facts = dict(building.facts)
    _fill(facts, "bedrooms", lambda: _bedrooms(building))
    _fill(facts, "occupants", lambda: _occupants(facts))
    _fill(facts, "foundation", lambda: _foundation(building, climate_zone=climate_zone))
    _fill(facts, "ceiling_height_ft", lambda: _ceiling_height(building))
    for field, unit in FROM_CONSTRUCTION.items():
        _fill(facts, field, _constant(getattr(row, field), unit=unit, note=row_note(row, field=field)))
    _fill(facts, "wall_framing", lambda: _framing(facts))
    for field in HOUSE_WIDE:
        _fill(facts, field, _from_default(house_default(field)))
    _fill_leakage(facts, row=row)
    _fill(facts, "duct_location", lambda: _duct_location(facts))
    _fill(facts, "duct_r", lambda: _duct_r(facts, row=row))
    return facts


def _fill(facts: Facts, field: str, make: Callable[[], Fact]) -> None:
    if not known(facts, field):
        facts[field] = make()


def _constant(value: float | str, *, unit: str, note: str) -> Callable[[], Fact]:
    return lambda: assumed_fact(value, unit=unit, note=note)


def _from_default(default: HouseDefault) -> Callable[[], Fact]:
    return _constant(default.value, unit=default.unit, note=f"house default: {default.source}")


def _bedrooms(building: Building) -> Fact:
    count = sum(room.type == "bedroom" for room in building.rooms)
    if count == 0:
        return assumed_fact(1.0, unit="", note="no bedroom recognised: one, as in a studio")
    return derived_fact(float(count), unit="", note="rooms named as bedrooms", confidence=0.8)


def _occupants(facts: Facts) -> Fact:
    bedrooms = number_fact(facts, "bedrooms")
    count = 0.0 if bedrooms is None else bedrooms.required()
    return derived_fact(count + 1.0, unit="", note="Manual J section 22: bedrooms + 1", confidence=0.9)


def _foundation(building: Building, *, climate_zone: str) -> Fact:
    basement = {level.name for level in building.levels if level.index == 0}
    rooms = [room for room in building.rooms if room.level in basement]
    if basement:
        kind = "conditioned_basement" if any(room.conditioned for room in rooms) else "unconditioned_basement"
        return derived_fact(kind, unit="", note="a basement level was read", confidence=0.7)
    for adjacent, kind in BY_SURFACE.items():
        if any(s.adjacent == adjacent and s.kind == "floor" for s in building.surfaces):
            return derived_fact(kind, unit="", note=f"floors over {adjacent} were read", confidence=0.7)
    default = default_foundation(climate_zone)
    return assumed_fact(
        default.value, unit="", note=f"usual foundation of zone {climate_zone}: {default.source}"
    )


def _ceiling_height(building: Building) -> Fact:
    heights = [
        r.ceiling_height_ft.value for r in building.rooms if r.conditioned and r.ceiling_height_ft.value
    ]
    if heights:
        return derived_fact(
            median(heights), unit="ft", note="median of the rooms' printed heights", confidence=0.7
        )
    return _from_default(house_default("ceiling_height_ft"))()


def _framing(facts: Facts) -> Fact:
    wall_r = number_fact(facts, "wall_r")
    deep = wall_r is not None and wall_r.required() > 15
    return assumed_fact(
        "wood_2x6" if deep else "wood_2x4", unit="", note="framing that holds the wall insulation"
    )


def _fill_leakage(facts: Facts, *, row: Construction) -> None:
    """A class or a blower-door figure, whichever is known; else the row's figure or its class."""
    if known(facts, "ach50") or known(facts, "leakage_class"):
        return
    if row.ach50 is not None:
        facts["ach50"] = assumed_fact(row.ach50, unit="1/h", note=row_note(row, field="ach50"))
    else:
        facts["leakage_class"] = assumed_fact(
            row.leakage_class, unit="", note=row_note(row, field="leakage_class")
        )


def _duct_location(facts: Facts) -> Fact:
    """By foundation; a house on a slab without an attic has no place outside the rooms for ducts."""
    default = default_duct_location(str(facts["foundation"].value).strip().lower())
    if default.value == "attic" and facts["roof_kind"].value == "cathedral":
        return assumed_fact("inside", unit="", note="neither attic nor space below the floor")
    return assumed_fact(default.value, unit="", note=f"by foundation: {default.source}")


def _duct_r(facts: Facts, *, row: Construction) -> Fact:
    location = word_fact(facts, "duct_location")
    in_attic = location is not None and location.value == "attic"
    value = row.duct_r_attic if in_attic else row.duct_r
    return assumed_fact(value, unit="h·ft²·°F/Btu", note=row_note(row, field="duct_r"))
