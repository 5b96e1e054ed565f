"""Corrections of people, applied last: each value becomes `given`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autohvac.core.evidence import given
from blueprints.plan.building import Building, OpeningSpec, RoomSpec
from blueprints.plan.cleanup.inputs import CorrectionIn
from blueprints.plan.text.rooms import conditioned

SOURCED = {
    "area_sqft": "ft²",
    "ceiling_height_ft": "ft",
    "width_ft": "ft",
    "height_ft": "ft",
    "u_factor": "Btu/h·ft²·°F",
    "shgc": "",
}


def corrected(building: Building, corrections: Sequence[CorrectionIn]) -> Building:
    """The building with all corrections applied in their order."""
    rooms = {room.id: room for room in building.rooms}
    openings = {opening.id: opening for opening in building.openings}
    facts = dict(building.facts)
    for correction in corrections:
        if correction.target_key == "facts":
            facts[correction.field] = given(correction.value)
        elif correction.target_key in rooms:
            _apply(rooms, correction)
        elif correction.target_key in openings:
            _apply(openings, correction)
    surfaces = tuple(
        _rescaled(s, building, rooms)
        for s in building.surfaces
        if s.room in rooms and rooms[s.room].conditioned
    )
    return building.model_copy(
        update={
            "rooms": tuple(rooms.values()),
            "openings": tuple(o for o in openings.values() if o.room is None or o.room in rooms),
            "facts": facts,
            "surfaces": surfaces,
            "review": tuple(n for n in building.review if not _settled(n.field, corrections)),
        }
    )  # fmt: skip


def with_uses(rooms: Sequence[RoomSpec], corrections: Sequence[CorrectionIn]) -> list[RoomSpec]:
    """Rooms with corrected type and heating, before walls are made: a room that becomes heated needs its walls.

    A corrected type brings its usual heating; a correction of `conditioned` itself is stronger.
    """
    changed = {room.id: room for room in rooms}
    for field in ("type", "conditioned"):
        for correction in corrections:
            room = changed.get(correction.target_key)
            if room is None or correction.field != field:
                continue
            update: dict[str, Any] = {field: correction.value}
            if field == "type":
                update["conditioned"] = conditioned(correction.value)  # type: ignore[arg-type]  # a RoomType word
            changed[room.id] = room.model_copy(update=update)
    return list(changed.values())


def _apply(rows: dict[str, Any], correction: CorrectionIn) -> None:
    row: RoomSpec | OpeningSpec = rows[correction.target_key]
    if correction.field == "deleted":
        if correction.value:
            del rows[correction.target_key]
        return
    if correction.field not in type(row).model_fields:
        return
    value: Any = correction.value
    if correction.field in SOURCED:
        value = given(float(correction.value), unit=SOURCED[correction.field])
    rows[correction.target_key] = row.model_copy(update={correction.field: value, "confidence": 1.0})


def _rescaled(surface: Any, building: Building, rooms: dict[str, RoomSpec]) -> Any:
    """Ceilings and floors follow a corrected area, walls a corrected height."""
    before = next(room for room in building.rooms if room.id == surface.room)
    after = rooms[surface.room]
    if (
        surface.kind in ("ceiling", "roof", "floor", "slab", "basement_floor")
        and before.area_sqft != after.area_sqft
    ):
        return surface.model_copy(update={"area_sqft": after.area_sqft})
    height = after.ceiling_height_ft.value
    if (
        surface.length_ft
        and height
        and before.ceiling_height_ft != after.ceiling_height_ft
        and "wall" in surface.kind
    ):
        area = given(surface.length_ft * height, unit="ft²")
        return surface.model_copy(update={"height_ft": height, "area_sqft": area})
    return surface


def _settled(field: str, corrections: Sequence[CorrectionIn]) -> bool:
    return any(field == f"{c.target_key}.{c.field}" for c in corrections)
