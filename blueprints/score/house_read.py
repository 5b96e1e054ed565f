"""The house of an analysis, as it was read, for the load engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blueprints.score.house import Hole, Part, RoomModel, Side
from blueprints.score.rooms import Case

WALLS = ("wall", "basement_wall")
FLATS = ("ceiling", "roof", "floor", "slab", "basement_floor")
HOLES = ("window", "glass_door", "door")
TO_HOUSE = ("conditioned", "other_unit")


def read_house(case: Case, building: Mapping[str, Any]) -> tuple[RoomModel, ...]:
    """Conditioned rooms with an area. Directions by the north that was read; by the true north where none was."""
    norths = _norths(case, building)
    index = {level["name"]: level["index"] for level in building["levels"]}
    return tuple(
        _room(room, building, north=norths.get(room["level"], 0.0), storey=index[room["level"]])
        for room in building["rooms"]
        if room["conditioned"] and (room["area_sqft"]["value"] or 0.0) > 0
    )


def _norths(case: Case, building: Mapping[str, Any]) -> dict[str, float]:
    found: dict[str, float] = {}
    for position, level in enumerate(building["levels"]):
        view = case.views.get(position)
        true = case.truth.viewports[view].north_page_deg if view is not None else None
        read = level["north_deg"]["value"]
        # where the sheet shows no north, both houses look the page's way
        found[level["name"]] = (read if read is not None else true) or 0.0 if case.truth.north_shown else 0.0
    return found


def _room(room: Mapping[str, Any], building: Mapping[str, Any], *, north: float, storey: int) -> RoomModel:
    mine = [surface for surface in building["surfaces"] if surface["room"] == room["id"]]
    beyond = {surface["id"]: surface["adjacent"] for surface in mine}
    area = room["area_sqft"]["value"]
    holes = [o for o in building["openings"] if o["room"] == room["id"] and o["kind"] in HOLES]
    return RoomModel(
        id=room["id"],
        storey=storey,
        type=room["type"],
        area_sqft=area,
        height_ft=_known(room["ceiling_height_ft"]),
        sides=tuple(_side(s, north) for s in mine if _is_wall(s)),
        holes=tuple(
            _hole(o, beyond.get(o["surface"]), north)
            for o in holes
            if o["exterior"] or o["surface"] in beyond
        ),
        parts=tuple(
            Part(s["kind"], s["adjacent"], (s["area_sqft"]["value"] or area) / area)
            for s in mine
            if s["kind"] in FLATS
        ),
    )


def _is_wall(surface: Mapping[str, Any]) -> bool:
    known = surface["length_ft"] is not None and surface["facing_page_deg"] is not None
    return surface["kind"] in WALLS and surface["adjacent"] not in TO_HOUSE and known


def _side(surface: Mapping[str, Any], north: float) -> Side:
    facing = (surface["facing_page_deg"] - north) % 360
    return Side(facing, surface["length_ft"], surface["adjacent"], surface["kind"])


def _hole(opening: Mapping[str, Any], adjacent: Any, north: float) -> Hole:
    facing = opening["facing_page_deg"]
    return Hole(
        kind=opening["kind"],
        facing_deg=None if facing is None else (facing - north) % 360,
        width_ft=opening["width_ft"]["value"] or 0.0,
        height_ft=_known(opening["height_ft"]),
        adjacent=adjacent if adjacent in ("garage", "attic", "unconditioned_basement") else "outdoors",
    )


def _known(value: Mapping[str, Any]) -> float | None:
    """A value that was read, given or derived; what was assumed is left to the common defaults."""
    return None if value["source"] == "assumed" else value["value"]
