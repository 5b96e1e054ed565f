"""The house of the truth, for the load engine: walls and openings as measured, ceilings and floors from the storeys' outlines.

Heights of openings are used only where a schedule prints them; the others get the defaults, as in the reading. Storeys are laid
on each other at the corner of their drawings, of four corners, that covers most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeAlias

from shapely.affinity import scale as scaled
from shapely.affinity import translate
from shapely.geometry import LineString, Point
from shapely.ops import unary_union

from blueprints.plan.building import Adjacent
from blueprints.score.house import Hole, HoleKind, Part, RoomModel, Side, SideKind
from blueprints.score.model import Pane, Truth, TruthOpening, TruthRoom, Viewport

Shape: TypeAlias = Any  # shapely has no types
WALL_FT, SHORT_FT, SLIVER = 1.0, 0.7, 0.05
BUFFERS: dict[str, Adjacent] = {"garage": "garage", "attic": "attic", "crawlspace": "crawlspace"}


def true_house(truth: Truth) -> tuple[RoomModel, ...] | None:
    """Conditioned rooms; None when the truth lacks walls, openings or scales."""
    rooms = [room for room in truth.conditioned if room.area_sqft]
    complete = all(r.polygon_pt and r.exterior is not None and r.windows is not None for r in rooms)
    if not rooms or not complete or truth.openings is None or any(not v.pt_per_ft for v in truth.viewports):
        return None
    return tuple(_room(truth, room) for room in rooms)


def _room(truth: Truth, room: TruthRoom) -> RoomModel:
    outer = tuple(Side(wall.facing_deg, wall.length_ft, *_below_grade(room)) for wall in room.exterior or ())
    heights = truth.schedule is not None
    return RoomModel(
        id=room.id,
        storey=room.storey,
        type=room.type or "other",
        area_sqft=room.area_sqft or 0.0,
        height_ft=room.ceiling_ft or (truth.specs or {}).get("ceiling_height_ft"),
        sides=outer + _buffer_sides(truth, room),
        holes=(
            *(_hole(pane, "window", heights) for pane in room.windows or ()),
            *(_hole(pane, "glass_door" if pane.glass else "door", heights) for pane in room.doors or ()),
            *_buffer_doors(truth, room),
        ),
        parts=(*_top(truth, room), *_bottom(truth, room)),
    )


def _below_grade(room: TruthRoom) -> tuple[Adjacent, SideKind]:
    return ("ground", "basement_wall") if room.storey == 0 else ("outdoors", "wall")


def _hole(pane: Pane, kind: HoleKind, heights: bool) -> Hole:
    return Hole(kind, pane.facing_deg, pane.width_ft, pane.height_ft if heights else None)


def _view(truth: Truth, room: TruthRoom) -> Viewport:
    view = truth.viewport_of(room)
    if view is None or not view.pt_per_ft:
        raise ValueError(f"{truth.plan_id}: no drawing for {room.id}")
    return view


def _cold_beside(truth: Truth, room: TruthRoom) -> list[TruthRoom]:
    """Rooms that are not conditioned, on the same drawing."""
    same = (room.page, room.storey)
    return [other for other in truth.rooms if not other.conditioned and (other.page, other.storey) == same]


def _toward(room: TruthRoom) -> Adjacent:
    return "unconditioned_basement" if room.type == "basement" else BUFFERS.get(room.type or "", "outdoors")


def _buffer_sides(truth: Truth, room: TruthRoom) -> tuple[Side, ...]:
    """Edges of the room with a cold room behind the wall."""
    view = _view(truth, room)
    scale, north = view.pt_per_ft or 1.0, view.north_page_deg or 0.0
    sides = []
    for cold in _cold_beside(truth, room):
        reach = cold.shape.buffer(WALL_FT * scale, join_style="mitre")
        for start, end in pairwise((*room.polygon_pt, room.polygon_pt[0])):
            length = LineString([start, end]).intersection(reach).length / scale
            facing = _facing(start, end, room.shape)
            if length >= SHORT_FT and _behind(start, end, facing, cold.shape, scale):
                sides.append(Side((facing - north) % 360, length, _toward(cold)))
    return tuple(sides)


def _facing(start: tuple[float, float], end: tuple[float, float], shape: Shape) -> float:
    """Outward direction of an edge on the page [deg]."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    normal = (dy / length, -dx / length)
    middle = Point((start[0] + end[0]) / 2 + 0.3 * normal[0], (start[1] + end[1]) / 2 + 0.3 * normal[1])
    if shape.contains(middle):
        normal = (-normal[0], -normal[1])
    return math.degrees(math.atan2(normal[0], -normal[1])) % 360


def _behind(
    start: tuple[float, float], end: tuple[float, float], facing: float, cold: Shape, scale: float
) -> bool:
    """The cold room lies on the outer side of the edge, not beside its end."""
    step = WALL_FT * scale
    turn = math.radians(facing)
    shift = (step * math.sin(turn), -step * math.cos(turn))
    return bool(translate(LineString([start, end]), *shift).intersection(cold).length >= SHORT_FT * scale)


def _buffer_doors(truth: Truth, room: TruthRoom) -> tuple[Hole, ...]:
    cold = {other.id: other for other in _cold_beside(truth, room)}
    return tuple(
        Hole("door", None, o.width_ft, None, _toward(cold[other]))
        for o in truth.openings or ()
        if o.kind == "door" and (other := _other_side(o, room)) in cold
    )


def _other_side(opening: TruthOpening, room: TruthRoom) -> str:
    sides = opening.rooms or (None, None)
    if room.id not in sides:
        return ""
    return str(sides[1] if sides[0] == room.id else sides[0])


def _top(truth: Truth, room: TruthRoom) -> tuple[Part, ...]:
    """The part of the room with nothing warm above."""
    warm = [other for other in truth.conditioned if other.storey == room.storey + 1]
    share = 1 - _covered(truth, room, warm)
    return (Part("ceiling", "attic", share),) if share > SLIVER else ()


def _bottom(truth: Truth, room: TruthRoom) -> tuple[Part, ...]:
    """What the floor lies on: the ground on the lowest storey, else what is drawn below."""
    if room.storey == min(view.storey for view in truth.viewports):
        return (Part("basement_floor" if room.storey == 0 else "floor", "ground"),)
    below = [other for other in truth.rooms if other.storey == room.storey - 1]
    parts = [
        Part("floor", _toward(other), share)
        for other in below
        if not other.conditioned and (share := _covered(truth, room, [other])) > SLIVER
    ]
    open_share = 1 - _covered(truth, room, below)
    return (*parts, *([Part("floor", "outdoors", open_share)] if open_share > SLIVER else []))


def _covered(truth: Truth, room: TruthRoom, others: Sequence[TruthRoom]) -> float:
    """Share of the room under or over the others, their walls included."""
    if not others:
        return 0.0
    mine = _laid(truth, room, others)
    cover = unary_union([_in_feet(truth, other).buffer(0.5, join_style="mitre") for other in others])
    share = float(mine.intersection(cover).area / mine.area)
    return 1.0 if share > 1 - SLIVER else share


def _in_feet(truth: Truth, room: TruthRoom) -> Shape:
    per_foot = 1 / (_view(truth, room).pt_per_ft or 1.0)
    return scaled(room.shape, per_foot, per_foot, origin=(0, 0))


def _laid(truth: Truth, room: TruthRoom, others: Sequence[TruthRoom]) -> Shape:
    """The room moved onto the other storey's drawing."""
    here, there = _corners(_view(truth, room)), _corners(_view(truth, others[0]))
    mine = unary_union(
        [
            _in_feet(truth, r).buffer(0.5)
            for r in truth.rooms
            if r.storey == room.storey and r.page == room.page
        ]
    )
    other = unary_union([_in_feet(truth, r).buffer(0.5) for r in truth.rooms if r.storey == others[0].storey])
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(here, there, strict=True)]
    best = max(moves, key=lambda move: translate(mine, *move).intersection(other).area)
    return translate(_in_feet(truth, room), *best)


def _corners(view: Viewport) -> list[tuple[float, float]]:
    if view.bbox is None:
        return [(0.0, 0.0)]
    left, top, right, bottom = (value / (view.pt_per_ft or 1.0) for value in view.bbox)
    return [(left, top), (right, top), (left, bottom), (right, bottom)]
