"""North on the levels: from a sister level or from the direction the front faces; never guessed."""

from __future__ import annotations

from autohvac.core.evidence import Sourced, derived
from blueprints.plan.building import Building, LevelSpec
from calculations.weather.design import number_fact

PAGE_BOTTOM_DEG = 180.0


def north_known(building: Building) -> bool:
    """True when every level with rooms has a direction of north."""
    used = {room.level for room in building.rooms}
    return all(level.north_deg.known for level in building.levels if level.name in used)


def with_north(building: Building) -> Building:
    """The building with north filled on levels that lack it, when something known tells it."""
    if all(level.north_deg.known for level in building.levels):
        return building
    north = _sister_north(building) or _front_north(building)
    if north is None:
        return building
    levels = tuple(_level_with(level, north=north) for level in building.levels)
    return building.model_copy(update={"levels": levels})


def turned(building: Building, *, north_deg: float, note: str) -> Building:
    """The building with north of every level set to `north_deg`, clockwise from the top of the page."""
    north = derived(north_deg % 360, unit="deg", confidence=0.0, note=note)
    levels = tuple(level.model_copy(update={"north_deg": north}) for level in building.levels)
    return building.model_copy(update={"levels": levels})


def _level_with(level: LevelSpec, *, north: Sourced[float]) -> LevelSpec:
    return level if level.north_deg.known else level.model_copy(update={"north_deg": north})


def _sister_north(building: Building) -> Sourced[float] | None:
    found = {level.north_deg.value: level for level in building.levels if level.north_deg.known}
    if len(found) != 1:
        return None
    level = next(iter(found.values()))
    return derived(level.north_deg.required(), unit="deg", confidence=0.7, note=f"as on level {level.name}")


def _front_north(building: Building) -> Sourced[float] | None:
    """North from the compass direction of the front: the entry's door, else the bottom of the page."""
    front = number_fact(building.facts, "front_deg")
    if front is None:
        return None
    facing, what, confidence = _front_on_page(building)
    note = f"front faces {front.required():g}°; front taken as {what}"
    return derived((facing - front.required()) % 360, unit="deg", confidence=confidence, note=note)


def _front_on_page(building: Building) -> tuple[float, str, float]:
    entries = {room.id for room in building.rooms if room.type == "entry"}
    for opening in building.openings:
        is_door = opening.kind in ("door", "glass_door") and opening.exterior
        if is_door and opening.room in entries and opening.facing_page_deg is not None:
            return opening.facing_page_deg, "the side of the entry door", 0.8
    return PAGE_BOTTOM_DEG, "the bottom of the page", 0.6
