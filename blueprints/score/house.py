"""A house as the load engine sees it, in one shape for truth and reading, and as a `Building` with given constructions.

Directions are azimuths. Values that only a default can give are None, and both sides get the same default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from autohvac.core.evidence import given
from blueprints.plan.building import (
    Adjacent,
    Building,
    LevelSpec,
    Num,
    OpeningSpec,
    RoomSpec,
    ScaleFit,
    SurfaceSpec,
)
from blueprints.plan.model import RoomType
from blueprints.score.sheets import turned

HoleKind = Literal["window", "glass_door", "door"]
PartKind = Literal["ceiling", "roof", "floor", "slab", "basement_floor"]
SideKind = Literal["wall", "basement_wall"]
ROOM_TYPES = frozenset(get_args(RoomType))


@dataclass(frozen=True)
class Side:
    """A wall: azimuth, length inside [ft], what is behind it."""

    facing_deg: float
    length_ft: float
    adjacent: Adjacent = "outdoors"
    kind: SideKind = "wall"


@dataclass(frozen=True)
class Hole:
    """A window, glass door or door in the envelope."""

    kind: HoleKind
    facing_deg: float | None
    width_ft: float
    height_ft: float | None
    adjacent: Adjacent = "outdoors"


@dataclass(frozen=True)
class Part:
    """A ceiling or floor, as a share of the room's area."""

    kind: PartKind
    adjacent: Adjacent
    share: float = 1.0


@dataclass(frozen=True)
class RoomModel:
    """A conditioned room; `storey` 0 is the basement, 1 the first above grade."""

    id: str
    storey: int
    type: str
    area_sqft: float
    height_ft: float | None
    sides: tuple[Side, ...]
    holes: tuple[Hole, ...]
    parts: tuple[Part, ...]

    @property
    def outer_ft(self) -> float:
        """Length of walls to outdoors and ground [ft]."""
        return sum(side.length_ft for side in self.sides if is_outer(side))


def is_outer(side: Side) -> bool:
    """To outdoors or to the ground."""
    return side.adjacent in ("outdoors", "ground")


def joined(rooms: Sequence[RoomModel]) -> RoomModel:
    """Several rooms as one, by the first one's name; parts keep their area."""
    if len(rooms) == 1:
        return rooms[0]
    area = sum(room.area_sqft for room in rooms)
    parts = tuple(
        replace(part, share=part.share * room.area_sqft / area) for room in rooms for part in room.parts
    )
    return replace(
        rooms[0],
        area_sqft=area,
        sides=tuple(side for room in rooms for side in room.sides),
        holes=tuple(hole for room in rooms for hole in room.holes),
        parts=parts,
    )


def building_of(rooms: Sequence[RoomModel], facts: Mapping[str, float], *, zip_code: str) -> Building:
    """The house with these facts given and everything else left to the defaults; the page's top is north."""
    storeys = sorted({room.storey for room in rooms})
    return Building(
        zip_code=zip_code,
        levels=tuple(_level(storey) for storey in storeys),
        rooms=tuple(_room(room) for room in rooms),
        surfaces=tuple(surface for room in rooms for surface in _surfaces(room)),
        openings=tuple(o for room in rooms for o in _openings(room)),
        facts={name: given(value) for name, value in sorted(facts.items())},
    )


def _level(storey: int) -> LevelSpec:
    return LevelSpec(
        name=_level_name(storey), index=storey, page=1, drawing=0, north_deg=given(0.0, unit="deg"),
        scale=ScaleFit(feet_per_point=1.0, sources=("user",), confidence=1.0),
    )  # fmt: skip


def _level_name(storey: int) -> str:
    return f"storey {storey}"


def _room(room: RoomModel) -> RoomSpec:
    kind: Any = room.type if room.type in ROOM_TYPES else "other"
    height = Num(unit="ft") if room.height_ft is None else given(room.height_ft, unit="ft")
    return RoomSpec(
        id=room.id, level=_level_name(room.storey), name=room.id, type=kind, conditioned=True, confidence=1.0,
        area_sqft=given(room.area_sqft, unit="ft²"), perimeter_ft=0.0, polygon_ft=(), polygon_pt=(),
        ceiling_height_ft=height,
    )  # fmt: skip


def _surfaces(room: RoomModel) -> list[SurfaceSpec]:
    walls = [
        SurfaceSpec(
            id=_side_id(room, number), room=room.id, kind=side.kind, adjacent=side.adjacent,
            facing_page_deg=side.facing_deg, length_ft=side.length_ft, area_sqft=Num(unit="ft²"),
        )
        for number, side in enumerate(room.sides)
    ]  # fmt: skip
    flats = [
        SurfaceSpec(
            id=f"{room.id}-P{number}", room=room.id, kind=part.kind, adjacent=part.adjacent,
            length_ft=room.outer_ft if part.adjacent == "ground" else None,
            area_sqft=given(room.area_sqft * part.share, unit="ft²"),
        )
        for number, part in enumerate(room.parts)
    ]  # fmt: skip
    return walls + flats


def _side_id(room: RoomModel, number: int) -> str:
    return f"{room.id}-S{number}"


def _openings(room: RoomModel) -> list[OpeningSpec]:
    return [
        OpeningSpec(
            id=f"{room.id}-O{number}", kind=hole.kind, room=room.id, surface=_host(room, hole),
            exterior=hole.adjacent == "outdoors", facing_page_deg=hole.facing_deg, at_pt=(0.0, 0.0), page=1,
            width_ft=given(hole.width_ft, unit="ft"), confidence=1.0,
            height_ft=Num(unit="ft") if hole.height_ft is None else given(hole.height_ft, unit="ft"),
        )
        for number, hole in enumerate(room.holes)
    ]  # fmt: skip


def _host(room: RoomModel, hole: Hole) -> str | None:
    """The room's wall of that kind that looks most the opening's way; none further than an octant off."""
    facing = 0.0 if hole.facing_deg is None else hole.facing_deg
    found = [
        (turned(side.facing_deg, facing), number)
        for number, side in enumerate(room.sides)
        if side.adjacent == hole.adjacent
    ]
    limit = 360.0 if hole.facing_deg is None else 45.0
    return _side_id(room, min(found)[1]) if found and min(found)[0] <= limit else None
