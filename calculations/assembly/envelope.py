"""Heights, areas and properties rooms, surfaces and openings lack: derived where possible, else assumed."""

from __future__ import annotations

from collections.abc import Mapping

from autohvac.core.evidence import Sourced, assumed, derived
from blueprints.plan.building import Building, OpeningSpec, RoomSpec, SurfaceSpec
from calculations.assembly.facts import Fact, row_note
from calculations.defaults.tables import Construction, house_default

Num = Sourced[float]
OPENING_HEIGHT = {
    "window": "window_height_ft",
    "glass_door": "glass_door_height_ft",
    "door": "door_height_ft",
    "skylight": "skylight_height_ft",
}
USUAL_WIDTH_FT = {"window": 3.0, "glass_door": 6.0, "door": 3.0, "skylight": 2.0}


def from_fact(fact: Fact, *, field: str, unit: str) -> Num:
    """A part's value taken from a fact of the whole house; an assumed fact stays assumed."""
    value = float(fact.required())
    if fact.source == "assumed":
        return assumed(value, unit=unit, note=fact.note, confidence=fact.confidence)
    return derived(
        value, unit=unit, confidence=fact.confidence, note=f"{field} of the house", where=fact.where
    )


def completed_room(room: RoomSpec, *, facts: Mapping[str, Fact]) -> RoomSpec:
    """The room with a ceiling height and an area."""
    changes: dict[str, Num] = {}
    if not room.ceiling_height_ft.known:
        changes["ceiling_height_ft"] = from_fact(
            facts["ceiling_height_ft"], field="ceiling_height_ft", unit="ft"
        )
    if not room.area_sqft.known and len(room.polygon_ft) > 2:
        changes["area_sqft"] = derived(
            _polygon_sqft(room), unit="ft²", confidence=room.confidence, note="its outline"
        )
    return room.model_copy(update=changes)


def _polygon_sqft(room: RoomSpec) -> float:
    points = room.polygon_ft
    following = points[1:] + points[:1]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(points, following, strict=True))) / 2


def completed_surface(surface: SurfaceSpec, *, room: RoomSpec) -> SurfaceSpec:
    """The surface with a height (walls) and an area."""
    changes: dict[str, object] = {}
    height = surface.height_ft
    if surface.kind in ("wall", "basement_wall") and height is None:
        height = room.ceiling_height_ft.required()
        changes["height_ft"] = height
    if not surface.area_sqft.known:
        changes["area_sqft"] = _surface_area(surface, room=room, height_ft=height)
    return surface.model_copy(update=changes)


def _surface_area(surface: SurfaceSpec, *, room: RoomSpec, height_ft: float | None) -> Num:
    if surface.kind not in ("wall", "basement_wall"):
        return _room_area(room)
    if surface.length_ft is None or height_ft is None:
        return Num(unit="ft²", note="length of the wall not known")
    confidence = min(room.confidence, max(room.ceiling_height_ft.confidence, 0.3))
    return derived(surface.length_ft * height_ft, unit="ft²", confidence=confidence, note="length x height")


def _room_area(room: RoomSpec) -> Num:
    area = room.area_sqft
    if area.value is None:
        return Num(unit="ft²", note="area of its room not known")
    return derived(area.value, unit="ft²", confidence=area.confidence, note="area of its room")


def completed_opening(opening: OpeningSpec, *, facts: Mapping[str, Fact], row: Construction) -> OpeningSpec:
    """The opening with a width, height, U-factor and SHGC; interior openings stay as they are."""
    if opening.kind == "opening" or not (opening.exterior or opening.surface):
        return opening
    changes: dict[str, Num] = {}
    if not opening.width_ft.known:
        changes["width_ft"] = assumed(
            USUAL_WIDTH_FT[opening.kind], unit="ft", note=f"usual width of a {opening.kind}", confidence=0.2
        )
    if not opening.height_ft.known:
        changes["height_ft"] = _default_height(opening.kind)
    if not opening.u_factor.known:
        changes["u_factor"] = _u_factor(opening, facts=facts, row=row)
    if not opening.shgc.known and opening.kind != "door":
        changes["shgc"] = _shgc(opening, facts=facts, row=row)
    return opening.model_copy(update=changes)


def _default_height(kind: str) -> Num:
    default = house_default(OPENING_HEIGHT[kind])
    return assumed(float(default.value), unit="ft", note=f"house default: {default.source}", confidence=0.4)


def _u_factor(opening: OpeningSpec, *, facts: Mapping[str, Fact], row: Construction) -> Num:
    unit = "Btu/h·ft²·°F"
    if opening.kind == "skylight":
        return assumed(row.skylight_u, unit=unit, note=row_note(row, field="skylight_u"))
    field = "door_u" if opening.kind == "door" else "window_u"
    return from_fact(facts[field], field=field, unit=unit)


def _shgc(opening: OpeningSpec, *, facts: Mapping[str, Fact], row: Construction) -> Num:
    if opening.kind == "skylight":
        return assumed(row.skylight_shgc, unit="", note=row_note(row, field="skylight_shgc"))
    return from_fact(facts["window_shgc"], field="window_shgc", unit="")


def closed_envelope(building: Building) -> tuple[SurfaceSpec, ...]:
    """The surfaces, with top ceilings and lowest floors added when the plan reader gave none at all.

    A conditioned room on the top level has a ceiling and one on the lowest has a floor, drawn or not.
    """
    surfaces = list(building.surfaces)
    rooms = [room for room in building.rooms if room.conditioned]
    index = {level.name: level.index for level in building.levels}
    order = [index.get(room.level, 1) for room in rooms]
    if rooms and not any(s.kind in ("ceiling", "roof") for s in surfaces):
        surfaces += [_ceiling(room) for room, i in zip(rooms, order, strict=True) if i == max(order)]
    if rooms and not any(s.kind in ("floor", "slab", "basement_floor") for s in surfaces):
        surfaces += [_floor(room) for room, i in zip(rooms, order, strict=True) if i == min(order)]
    return tuple(surfaces)


def _ceiling(room: RoomSpec) -> SurfaceSpec:
    return SurfaceSpec(
        id=f"{room.id}-ceiling", room=room.id, kind="ceiling", adjacent="attic", area_sqft=Num(unit="ft²")
    )


def _floor(room: RoomSpec) -> SurfaceSpec:
    return SurfaceSpec(
        id=f"{room.id}-floor", room=room.id, kind="floor", adjacent="ground", area_sqft=Num(unit="ft²")
    )
