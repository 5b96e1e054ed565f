"""Edits of outlines by people: split, merge, move a wall, add or remove a room or an opening.

They are made on the rooms as read, before walls, ceilings and floors are worked out, so that these follow by the same
rules as for rooms nobody touched. `relink` then says what lies beyond every edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pydantic import Field
from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Dot

from autohvac.core.evidence import Frozen, Point, Where, given, unknown
from blueprints.plan.building import RoomSpec
from blueprints.plan.cleanup.anchors import Frame
from blueprints.plan.cleanup.outlines import (
    CannotEdit,
    along,
    at,
    halves,
    joined,
    nearest_side,
    outward,
    pushed,
    swept,
)
from blueprints.plan.cleanup.surfaces import LevelParts
from blueprints.plan.model import EdgePt, OpeningKind, OpeningPt, RoomType
from blueprints.plan.text.rooms import conditioned

WALL_FT = 1.6  # the thickest wall two rooms share
ON_SIDE_PT = 0.8  # an edge as read lies on a side of an outline when it is no further away
LEAST_PIECE_PT = 0.5
OPENING_REACH_FT = 3.0
BY_A_PERSON = "drawn by a person"


# ---- values of corrections -------------------------------------------------------------------------
class Part(Frozen):
    """A part of a split room."""

    key: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=200)
    type: RoomType


class SplitValue(Frozen):
    """`split`: along a line [pt]; first the part on the left from start to end, which keeps the room's key."""

    line: tuple[Point, Point]
    parts: tuple[Part, Part]


class Other(Frozen):
    """A room that is merged into another: its key, and its outline [pt] to find it again."""

    key: str
    polygon_pt: tuple[Point, ...]
    name: str = ""


class MergeValue(Frozen):
    """`merge`: rooms that become part of this one."""

    rooms: tuple[Other, ...] = Field(min_length=1)


class EdgeValue(Frozen):
    """`edge`: a side of the room [pt], and how far it moves outward [ft]; the room behind the wall gives way."""

    side: tuple[Point, Point]
    by_ft: float


class RoomValue(Frozen):
    """`room`: a room nobody read, its outline [pt]; the correction's target is its new key."""

    name: str = Field(min_length=1, max_length=200)
    type: RoomType
    polygon_pt: tuple[Point, ...] = Field(min_length=3, max_length=200)


class OpeningValue(Frozen):
    """`opening`: a window or door nobody read, in the wall nearest to a point [pt]; the target is its new key."""

    kind: OpeningKind
    at_pt: Point
    width_ft: float = Field(gt=0.2, le=60)
    height_ft: float | None = Field(default=None, gt=0.2, le=40)


# ---- a level under edit ----------------------------------------------------------------------------
@dataclass
class Draft:
    """A level while it is edited: rooms and outlines by key, edges still to be worked out for those that changed.

    `origin`: the faces as read each room's floor comes from. `gone`: faces of removed rooms, and whether outdoors lies there.
    """

    parts: LevelParts
    rooms: dict[str, RoomSpec]
    shapes: dict[str, Polygon]
    origin: dict[str, frozenset[str]]
    edges: dict[str, list[EdgePt]]
    openings: list[OpeningPt]
    changed: set[str] = field(default_factory=set)
    gone: dict[str, bool] = field(default_factory=dict)
    new_openings: dict[str, tuple[str, OpeningValue, Point]] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: LevelParts) -> Draft:
        """The level as read."""
        cells = parts.cells
        return cls(
            parts=parts,
            rooms={room.id: room for room in parts.rooms},
            shapes={room.id: cells[room.id].polygon for room in parts.rooms},
            origin={room.id: frozenset({cells[room.id].face.id}) for room in parts.rooms},
            edges={room.id: list(cells[room.id].face.edges) for room in parts.rooms},
            openings=list(parts.geometry.openings),
        )

    @property
    def feet(self) -> float:
        """Scale [ft/pt]."""
        return self.parts.level.scale.feet_per_point

    @property
    def names(self) -> dict[str, str]:
        """Room names by key."""
        return {key: room.name for key, room in self.rooms.items()}

    def reshape(self, key: str, shape: Polygon) -> None:
        """Give a room another outline; its area follows."""
        self.shapes[key] = shape
        self.rooms[key] = _with_outline(self.rooms[key], shape, feet=self.feet)
        self.changed.add(key)


def _with_outline(room: RoomSpec, shape: Polygon, *, feet: float) -> RoomSpec:
    points = tuple((round(x, 2), round(y, 2)) for x, y in list(shape.exterior.coords)[:-1])
    return room.model_copy(
        update={
            "polygon_pt": points,
            "polygon_ft": tuple((round(x * feet, 4), round(-y * feet, 4)) for x, y in points),
            "area_sqft": given(shape.area * feet * feet, unit="ft²", note=BY_A_PERSON),
            "perimeter_ft": shape.length * feet,
            "printed_size_ft": None,
            "confidence": 1.0,
            "where": _where(room, shape),
        }
    )


def _where(room: RoomSpec, shape: Polygon) -> Where | None:
    x0, y0, x1, y1 = (round(v, 2) for v in shape.bounds)
    return room.where.model_copy(update={"bbox": (x0, y0, x1, y1)}) if room.where is not None else None


# ---- the edits -------------------------------------------------------------------------------------
def split_room(draft: Draft, key: str, value: SplitValue, frame: Frame) -> None:
    """Cut a room in two. Raises CannotEdit."""
    shapes = halves(draft.shapes[key], [frame.point(p) for p in value.line])
    whole = draft.rooms[key]
    new = _free_key(draft, value.parts[1].key)
    for target, shape, part in zip((key, new), shapes, value.parts, strict=True):
        draft.rooms[target] = whole.model_copy(update={"id": target})
        draft.origin[target], draft.edges[target] = draft.origin[key], draft.edges[key]
        draft.reshape(target, shape)
        name_part(draft, target, part)


def name_part(draft: Draft, key: str, part: Part) -> None:
    """Name and use of a part; a use that changes brings its usual heating."""
    room = draft.rooms[key]
    update = {"name": part.name, "type": part.type}
    heated = room.conditioned if part.type == room.type else conditioned(part.type)
    draft.rooms[key] = room.model_copy(update=update | {"conditioned": heated})


def _free_key(draft: Draft, wanted: str) -> str:
    key, number = wanted, 2
    while key in draft.rooms:
        key, number = f"{wanted}-{number}", number + 1
    return key


def merge_rooms(draft: Draft, keys: Sequence[str]) -> None:
    """Make the rooms one, with the key, name and use of the first. Raises CannotEdit."""
    whole = joined([draft.shapes[key] for key in keys], widest_gap=WALL_FT / draft.feet)
    faces = frozenset[str]().union(*(draft.origin[key] for key in keys))
    edges = [edge for key in keys for edge in draft.edges[key] if edge.beyond not in faces]
    first = keys[0]
    for key in keys[1:]:
        _forget(draft, key)
    draft.origin[first], draft.edges[first] = faces, edges
    draft.reshape(first, whole)


def _forget(draft: Draft, key: str) -> None:
    for held in (draft.rooms, draft.shapes, draft.origin, draft.edges):
        held.pop(key)
    draft.changed.discard(key)


def remove_room(draft: Draft, key: str) -> None:
    """Take a room away: outdoors lies there if the room itself touched the outdoors, else it is part of the inside."""
    outside = any(edge.beyond == "outside" for edge in draft.edges[key])
    draft.gone |= {face: outside for face in draft.origin[key]}
    _forget(draft, key)


def move_edge(draft: Draft, key: str, value: EdgeValue, frame: Frame) -> None:
    """Push one wall of a room; a room behind the wall gives way or follows, openings go with the wall. Raises CannotEdit."""
    shape = draft.shapes[key]
    side = nearest_side(shape, [frame.point(p) for p in value.side])
    by = value.by_ft / draft.feet
    moved = pushed(shape, side, by)
    nx, ny = outward(shape, *side)
    shift = (nx * by, ny * by)
    _push_neighbours(draft, key, side, by)
    draft.edges[key] = [
        *draft.edges[key], *(_shifted(e, shift) for e in draft.edges[key] if _lies_on(e, side))
    ]  # fmt: skip
    draft.reshape(key, moved)
    wall = LineString(side)
    reach = WALL_FT / draft.feet
    draft.openings = [
        _opening_shifted(o, shift) if wall.distance(Dot(o.at_pt)) <= reach else o for o in draft.openings
    ]


def _push_neighbours(draft: Draft, key: str, side: tuple[Point, Point], by: float) -> None:
    """Rooms behind the wall keep their distance to it."""
    shape, reach = draft.shapes[key], WALL_FT / draft.feet
    front = swept(shape, side, reach)
    for other, room in list(draft.shapes.items()):
        touched = room.intersection(front)
        if other == key or touched.area < LEAST_PIECE_PT**2:
            continue
        gap = float(room.distance(LineString(side)))
        taken = along(side, touched)
        low, high = min(a for a, _ in taken), max(b for _, b in taken)
        piece = (at(side, low), at(side, high))
        strip = swept(shape, piece, by, start=gap)
        changed = (room.difference(strip) if by > 0 else room.union(strip.buffer(0.02))).buffer(0)
        if changed.geom_type != "Polygon" or changed.area < LEAST_PIECE_PT:
            raise CannotEdit("the wall cannot be moved that far")
        draft.reshape(other, Polygon(changed.exterior).simplify(0.05))


def _lies_on(edge: EdgePt, side: tuple[Point, Point]) -> bool:
    line = LineString(side)
    return all(line.distance(Dot(p)) <= ON_SIDE_PT for p in (edge.start, edge.end))


def _moved(p: Point, shift: Point) -> Point:
    return (p[0] + shift[0], p[1] + shift[1])


def _shifted(edge: EdgePt, shift: Point) -> EdgePt:
    return edge.model_copy(update={"start": _moved(edge.start, shift), "end": _moved(edge.end, shift)})


def _opening_shifted(opening: OpeningPt, shift: Point) -> OpeningPt:
    a, b = opening.axis
    update = {"at_pt": _moved(opening.at_pt, shift), "axis": (_moved(a, shift), _moved(b, shift))}
    return opening.model_copy(update=update)


def add_room(draft: Draft, key: str, value: RoomValue, frame: Frame) -> None:
    """A room the reader did not find; floor of rooms already there is not counted twice. Raises CannotEdit."""
    shape = frame.polygon(value.polygon_pt)
    for other in draft.shapes.values():
        shape = shape.difference(other)
    if shape.geom_type != "Polygon":
        shape = max(getattr(shape, "geoms", [Polygon()]), key=lambda g: float(g.area), default=Polygon())
    if shape.is_empty or shape.area * draft.feet**2 < 1:
        raise CannotEdit("other rooms lie there already")
    level = draft.parts.level
    room = RoomSpec(
        id=_free_key(draft, key), level=level.name, name=value.name, type=value.type, conditioned=conditioned(value.type),
        area_sqft=given(0.0, unit="ft²"), perimeter_ft=0.0, polygon_ft=(), polygon_pt=(),
        ceiling_height_ft=_usual_height(draft.rooms.values()), confidence=1.0, evidence=("added",),
        where=Where(page=level.page, bbox=(0.0, 0.0, 0.0, 0.0)),
    )  # fmt: skip
    draft.rooms[room.id] = room
    draft.origin[room.id], draft.edges[room.id] = frozenset(), []
    draft.reshape(room.id, Polygon(shape.exterior).simplify(0.05))


def _usual_height(rooms: Iterable[RoomSpec]) -> object:
    heights = [room.ceiling_height_ft for room in rooms if room.ceiling_height_ft.known]
    return max(heights, key=heights.count) if heights else unknown(unit="ft", note="no ceiling height read")


def add_opening(draft: Draft, key: str, value: OpeningValue, frame: Frame) -> None:
    """A window or door in the nearest wall. Raises CannotEdit when no wall is near."""
    place = frame.point(value.at_pt)
    dot = Dot(place)
    near = min(((s.exterior.distance(dot), k) for k, s in draft.shapes.items()), default=(math.inf, ""))
    if near[0] * draft.feet > OPENING_REACH_FT:
        raise CannotEdit("no wall is near")
    draft.new_openings[key] = (near[1], value, place)
