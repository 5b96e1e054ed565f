"""Input becomes a House, or one typed error says what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calculations.manualj.allowed import allowed_at
from calculations.manualj.ducts import table_codes
from calculations.manualj.envelope import gross_sqft, openings_sqft
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import (
    GROUND,
    OTHER_UNIT,
    OUTDOORS,
    Attic,
    Ceiling,
    Door,
    Floor,
    FoundationWall,
    House,
    Roof,
    Skylight,
    Slab,
    Wall,
    Window,
)

Surface = Wall | Window | Skylight | Door | Ceiling | Roof | Floor | Slab | FoundationWall
AREA_SLACK_SQFT = 0.05  # drawings give areas to a tenth of a square foot
NAMED_DUCT_PLACES = (OUTDOORS, "inside", "under_slab", "exterior_wall", "belly")


def parse_house(data: object) -> House:
    """The House of a JSON document. Raises InvalidHouse with the first fault found."""
    try:
        house = House.model_validate(data)
    except ValidationError as fault:
        raise _refusal(fault.errors(include_url=False)[0]) from fault
    check_house(house)
    return house


def _refusal(fault: ErrorDetails) -> InvalidHouse:
    """The fault with its field, value and what would do."""
    field = ".".join(str(part) for part in fault["loc"]) or "house"
    if fault["type"] == "missing":
        return InvalidHouse(field, "missing", allowed_at(fault["loc"]))
    if fault["type"] == "extra_forbidden":
        return InvalidHouse(field, _short(fault["input"]), "no such field")
    if fault["type"] == "union_tag_not_found":
        return InvalidHouse(f"{field}.kind", "missing", "the kind of the part")
    kinds = fault.get("ctx", {}).get("expected_tags")
    if kinds is not None:
        return InvalidHouse(f"{field}.kind", _short(fault["ctx"].get("tag")), f"one of {kinds}")
    return InvalidHouse(field, _short(fault["input"]), allowed_at(fault["loc"]) or fault["msg"])


def _short(value: object) -> object:
    """Values of a document, not whole branches of it."""
    return type(value).__name__ if isinstance(value, (dict, list, tuple)) else value


def check_house(house: House) -> None:
    """What fields cannot check alone: ids, references, openings, duct tables. Raises InvalidHouse."""
    _unique_ids(house)
    _known_rooms(house)
    _known_sides(house)
    _openings_fit(house)
    _glass_shape(house)
    _ducts(house)
    _air(house)


def _unique(field: str, ids: Iterable[str]) -> None:
    twice = [key for key, count in Counter(ids).items() if count > 1]
    if twice:
        raise InvalidHouse(field, twice[0], "an id used once")


def _unique_ids(house: House) -> None:
    _unique("rooms.id", (room.id for room in house.rooms))
    _unique("zones.id", (zone.id for zone in house.zones))
    _unique("spaces.id", (space.id for space in house.spaces))
    _unique("ventilation.id", (unit.id for unit in house.ventilation))
    planes = [p.id for space in house.spaces if isinstance(space, Attic) for p in space.roof_planes]
    surfaces: tuple[Surface, ...] = (
        *house.walls,
        *house.windows,
        *house.skylights,
        *house.doors,
        *house.ceilings,
        *house.roofs,
        *house.floors,
        *house.slabs,
        *house.foundation_walls,
    )
    _unique("surfaces.id", [*(surface.id for surface in surfaces), *planes])


def _one_of(field: str, value: str | None, allowed: Iterable[str], *, what: str) -> None:
    if value is not None and value not in set(allowed):
        raise InvalidHouse(field, value, what)


def _known_rooms(house: House) -> None:
    rooms, zones = [r.id for r in house.rooms], [z.id for z in house.zones]
    for name in (
        "walls",
        "windows",
        "skylights",
        "doors",
        "ceilings",
        "roofs",
        "floors",
        "slabs",
        "foundation_walls",
    ):
        for part in getattr(house, name):
            _one_of(f"{name}.{part.id}.room", part.room, rooms, what="the id of a room")
    for room in house.rooms:
        _one_of(f"rooms.{room.id}.zone", room.zone, zones, what="the id of a zone")
    for index, duct in enumerate(house.ducts):
        _one_of(f"ducts.{index}.zone", duct.zone, zones, what="the id of a zone")


def _known_sides(house: House) -> None:
    spaces = [space.id for space in house.spaces]
    sides = [*spaces, OUTDOORS, OTHER_UNIT]
    what = "outdoors, other_unit or the id of a space"
    for name in ("walls", "doors", "ceilings", "floors"):
        for part in getattr(house, name):
            _one_of(f"{name}.{part.id}.adjacent_to", part.adjacent_to, sides, what=what)
    for wall in house.foundation_walls:
        field = f"foundation_walls.{wall.id}"
        _one_of(f"{field}.adjacent_to", wall.adjacent_to, [*sides, GROUND], what=f"ground, {what}")
        _one_of(f"{field}.space", wall.space, spaces, what="the id of a space")
        _belongs(field, room=wall.room, space=wall.space)
        if wall.depth_below_grade_ft > wall.height_ft:
            raise InvalidHouse(
                f"{field}.depth_below_grade_ft", wall.depth_below_grade_ft, f"0 to {wall.height_ft}"
            )
    for slab in house.slabs:
        _one_of(f"slabs.{slab.id}.space", slab.space, spaces, what="the id of a space")
        _belongs(f"slabs.{slab.id}", room=slab.room, space=slab.space)


def _belongs(field: str, *, room: str | None, space: str | None) -> None:
    if room is None and space is None:
        raise InvalidHouse(f"{field}.room", None, "a room or a space")


def _openings_fit(house: House) -> None:
    gross = gross_sqft(house)
    for surface, area in openings_sqft(house).items():
        if surface not in gross:
            raise InvalidHouse("openings", surface, "the id of a wall, ceiling or roof")
        if area > gross[surface] + AREA_SLACK_SQFT:
            raise InvalidHouse(
                f"surfaces.{surface}.openings_sqft",
                round(area, 2),
                f"at most {gross[surface]:.2f} ft² of the surface",
            )


def _glass_shape(house: House) -> None:
    for window in house.windows:
        overhang = window.overhang
        if overhang is not None and overhang.to_bottom_ft <= overhang.to_top_ft:
            raise InvalidHouse(
                f"windows.{window.id}.overhang.to_bottom_ft",
                overhang.to_bottom_ft,
                f"more than the distance to the top, {overhang.to_top_ft} ft",
            )


def _ducts(house: House) -> None:
    for i, duct in enumerate(house.ducts):
        _one_of(f"ducts.{i}.code", duct.code, table_codes(), what=", ".join(table_codes()))
        if duct.code is None and duct.location is None:
            raise InvalidHouse(f"ducts.{i}", None, "a Table 7 code, or a location")
    places = [*NAMED_DUCT_PLACES, *(space.id for space in house.spaces)]
    for system in house.duct_systems:
        for run in system.runs:
            _one_of(
                f"duct_systems.{system.id}.{run.id}.location",
                run.location,
                places,
                what=f"{', '.join(NAMED_DUCT_PLACES)} or the id of a space",
            )


def _air(house: House) -> None:
    air = house.infiltration
    flows = air.heating_cfm is not None and air.cooling_cfm is not None
    if not flows and air.leakiness is None and air.ela_sqin is None and air.blower_door is None:
        raise InvalidHouse(
            "infiltration", None, "a leakiness class, a leakage area, a blower door test or flows"
        )
    test = air.blower_door
    if test is not None and (test.ach is None) == (test.cfm is None):
        raise InvalidHouse("infiltration.blower_door", None, "exactly one of ach and cfm")
