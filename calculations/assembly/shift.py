"""One value of a completed building moved, all others kept: the step of every sensitivity."""

from __future__ import annotations

from collections.abc import Callable

from autohvac.core.evidence import Sourced, derived
from blueprints.plan.building import Building, OpeningSpec, RoomSpec, SurfaceSpec

Value = float | str
GLASS = ("window", "glass_door")
OPENING_FIELDS: dict[str, tuple[tuple[str, ...], str]] = {
    "window_u": (GLASS, "u_factor"),
    "window_shgc": (GLASS, "shgc"),
    "door_u": (("door",), "u_factor"),
    "window_height_ft": (GLASS, "height_ft"),
}
DESIGN_FIELDS = ("heating_db_f", "cooling_db_f")


def current(building: Building, field: str) -> Sourced[Value] | None:
    """The value a field has now, with its origin; for opening fields that of the first movable opening."""
    if field in OPENING_FIELDS:
        kinds, name = OPENING_FIELDS[field]
        values = (getattr(o, name) for o in building.openings if o.exterior and o.kind in kinds)
        return _loose(next((v for v in values if v.known and v.source == "assumed"), None))
    if field == "ceiling_height_ft":
        heights = (room.ceiling_height_ft for room in building.rooms if room.conditioned)
        return _loose(next((v for v in heights if v.known and v.source == "assumed"), None))
    if field in DESIGN_FIELDS:
        return None if building.design is None else _loose(getattr(building.design, field))
    return building.facts.get(field)


def _loose(value: Sourced[float] | None) -> Sourced[Value] | None:
    return None if value is None else Sourced[Value].model_validate(value.model_dump())


def shifted(building: Building, *, field: str, move: Callable[[Value], Value]) -> Building:
    """The building with `move` applied to the field wherever the value in use was assumed."""
    if field in OPENING_FIELDS:
        return _with_openings(building, field=field, move=move)
    if field == "ceiling_height_ft":
        return _with_heights(building, move=move)
    if field in DESIGN_FIELDS:
        return _with_design(building, field=field, move=move)
    changes = {field: _moved(building.facts[field], move=move)}
    if field == "bedrooms" and building.facts["occupants"].source == "derived":
        changes["occupants"] = _moved(building.facts["occupants"], move=move)
    return building.model_copy(update={"facts": {**building.facts, **changes}})


def _moved(value: Sourced[Value], *, move: Callable[[Value], Value]) -> Sourced[Value]:
    return value.model_copy(update={"value": move(value.required())})


def _number(value: Sourced[float], *, move: Callable[[Value], Value]) -> Sourced[float]:
    return value.model_copy(update={"value": float(move(value.required()))})


def _with_openings(building: Building, *, field: str, move: Callable[[Value], Value]) -> Building:
    kinds, name = OPENING_FIELDS[field]

    def one(opening: OpeningSpec) -> OpeningSpec:
        value: Sourced[float] = getattr(opening, name)
        if opening.kind not in kinds or not value.known or value.source != "assumed":
            return opening
        return opening.model_copy(update={name: _number(value, move=move)})

    return building.model_copy(update={"openings": tuple(one(opening) for opening in building.openings)})


def _with_heights(building: Building, *, move: Callable[[Value], Value]) -> Building:
    rooms = {room.id: _with_height(room, move=move) for room in building.rooms}
    before = {room.id: room for room in building.rooms}
    surfaces = tuple(_walls_of(s, before=before[s.room], after=rooms[s.room]) for s in building.surfaces)
    return building.model_copy(update={"rooms": tuple(rooms.values()), "surfaces": surfaces})


def _with_height(room: RoomSpec, *, move: Callable[[Value], Value]) -> RoomSpec:
    height = room.ceiling_height_ft
    if not height.known or height.source != "assumed":
        return room
    return room.model_copy(update={"ceiling_height_ft": _number(height, move=move)})


def _walls_of(surface: SurfaceSpec, *, before: RoomSpec, after: RoomSpec) -> SurfaceSpec:
    """Walls as high as their room grow with it; a wall with a height of its own stays."""
    old, new = before.ceiling_height_ft.value, after.ceiling_height_ft.value
    moves = surface.kind == "wall" and surface.height_ft == old and surface.area_sqft.source == "derived"
    if not moves or new is None or surface.length_ft is None:
        return surface
    area = derived(surface.length_ft * new, unit="ft²", confidence=surface.area_sqft.confidence)
    return surface.model_copy(update={"height_ft": new, "area_sqft": area})


def _with_design(building: Building, *, field: str, move: Callable[[Value], Value]) -> Building:
    if building.design is None:
        return building
    value = _number(getattr(building.design, field), move=move)
    return building.model_copy(update={"design": building.design.model_copy(update={field: value})})
