"""A level after its edits: what lies beyond every edge, and which rooms every opening joins.

What lies beyond an edge that stays where it was read is kept; only what is new is worked out from the outlines.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Dot

from autohvac.core.evidence import Point
from blueprints.plan.cleanup.cells import Cell
from blueprints.plan.cleanup.edits import LEAST_PIECE_PT, ON_SIDE_PT, WALL_FT, Draft, OpeningValue
from blueprints.plan.cleanup.outlines import along, at, sides, swept, without
from blueprints.plan.cleanup.surfaces import LevelParts
from blueprints.plan.model import EdgePt, FacePt, OpeningPt


@dataclass(frozen=True)
class Piece:
    """A part of a straight side, from `start` to `end` along it [pt], and what lies beyond."""

    start: float
    end: float
    beyond: str


def finished(draft: Draft) -> LevelParts:
    """The level with its edited rooms, cells and openings, ready for walls, ceilings and floors."""
    parts = draft.parts
    if not (draft.changed or draft.gone or draft.new_openings):
        return replace(parts, rooms=list(draft.rooms.values()))
    names = {key: f"{key}~" if key in draft.changed else _face_of(parts, key) for key in draft.rooms}
    heirs = _heirs(draft, names)
    cells = {key: _cell(draft, key, names, heirs) for key in draft.rooms}
    openings = [_readdressed(o, draft, names, heirs) for o in draft.openings]
    openings += [
        _new_opening(draft, key, cells[room], value, place)
        for key, (room, value, place) in draft.new_openings.items()
        if room in cells
    ]
    geometry = parts.geometry.model_copy(update={"openings": tuple(openings)})
    return LevelParts(parts.level, geometry, list(draft.rooms.values()), cells)


def _face_of(parts: LevelParts, key: str) -> str:
    return parts.cells[key].face.id


def _heirs(draft: Draft, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Face as read → the rooms that have its floor now, for faces that are not what they were."""
    changed = {face for key in draft.changed for face in draft.origin[key]} | set(draft.gone)
    return {
        face: [key for key, origin in draft.origin.items() if face in origin and key in names]
        for face in changed
    }


def _cell(draft: Draft, key: str, names: Mapping[str, str], heirs: Mapping[str, list[str]]) -> Cell:
    if key not in draft.changed:
        cell = draft.parts.cells[key]
        edges = [new for edge in cell.face.edges for new in _edge_readdressed(edge, key, draft, names, heirs)]
        return replace(cell, face=cell.face.model_copy(update={"edges": tuple(edges)}))
    shape = draft.shapes[key]
    inherited = [
        new for edge in draft.edges[key] for new in _edge_readdressed(edge, key, draft, names, heirs)
    ]
    face = FacePt(
        id=names[key],
        polygon_pt=tuple((float(x), float(y)) for x, y in list(shape.exterior.coords)[:-1]),
        area_pt2=shape.area,
        edges=tuple(_edges(draft, key, inherited, names)),
        confidence=1.0,
        why=("corrected",),
    )
    return Cell(face, shape, None)


def _edge_readdressed(
    edge: EdgePt, key: str, draft: Draft, names: Mapping[str, str], heirs: Mapping[str, list[str]]
) -> list[EdgePt]:
    """An edge toward a face that is not what it was: toward the rooms that have its floor now."""
    if edge.beyond not in heirs:
        return [edge]
    there = [k for k in heirs[edge.beyond] if k != key]
    if not there:
        beyond = "outside" if draft.gone.get(edge.beyond, False) else "virtual"
        return [edge.model_copy(update={"beyond": beyond})]
    if len(there) == 1:
        return [edge.model_copy(update={"beyond": names[there[0]]})]
    side = (edge.start, edge.end)
    others = {names[k]: draft.shapes[k] for k in there}
    pieces = _covered(side, draft.shapes[key], others, reach=2 * WALL_FT / draft.feet)
    free = without([(p.start, p.end) for p in pieces], 0.0, math.dist(*side), least=LEAST_PIECE_PT)
    nearest = min(others, key=lambda name: float(others[name].distance(LineString(side))))
    pieces += [Piece(a, b, nearest) for a, b in free]
    return [EdgePt(start=at(side, p.start), end=at(side, p.end), beyond=p.beyond) for p in pieces]


def _edges(draft: Draft, key: str, inherited: Sequence[EdgePt], names: Mapping[str, str]) -> list[EdgePt]:
    """Edges of an outline: as read where it lies on an edge as read, else what is found behind it, else the outdoors."""
    shape = draft.shapes[key]
    others = {names[k]: s for k, s in draft.shapes.items() if k != key}
    found = []
    for side in sides(shape):
        kept = _kept(side, inherited)
        taken = [(p.start, p.end) for p in kept]
        behind = [
            Piece(a, b, p.beyond)
            for p in _covered(side, shape, others, reach=WALL_FT / draft.feet)
            for a, b in without(taken, p.start, p.end, least=LEAST_PIECE_PT)
        ]
        taken += [(p.start, p.end) for p in behind]
        open_ = without(taken, 0.0, math.dist(*side), least=LEAST_PIECE_PT)
        pieces = [*kept, *behind, *(Piece(a, b, "outside") for a, b in open_)]
        found += [
            EdgePt(start=at(side, p.start), end=at(side, p.end), beyond=p.beyond) for p in _coalesced(pieces)
        ]
    return found


def _coalesced(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in order; neighbours with the same beyond are one, so that a wall's end does not count as too short a wall."""
    found: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        last = found[-1] if found else None
        if last is not None and last.beyond == piece.beyond and piece.start - last.end < LEAST_PIECE_PT:
            found[-1] = replace(last, end=piece.end)
        else:
            found.append(piece)
    return found


def _kept(side: tuple[Point, Point], inherited: Sequence[EdgePt]) -> list[Piece]:
    line = LineString(side)
    pieces: list[Piece] = []
    for edge in inherited:
        drawn = LineString([edge.start, edge.end])
        if drawn.length == 0 or not _parallel(side, edge):
            continue
        near = drawn.intersection(line.buffer(ON_SIDE_PT))
        taken = [(p.start, p.end) for p in pieces]
        for low, high in along(side, near):
            pieces += [Piece(a, b, edge.beyond) for a, b in without(taken, low, high, least=LEAST_PIECE_PT)]
    return pieces


def _parallel(side: tuple[Point, Point], edge: EdgePt) -> bool:
    (ax, ay), (bx, by) = side
    dx, dy = edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]
    turn = abs((bx - ax) * dy - (by - ay) * dx)
    return turn <= 0.1 * math.dist(*side) * math.hypot(dx, dy)


def _covered(
    side: tuple[Point, Point], shape: Polygon, others: Mapping[str, Polygon], *, reach: float
) -> list[Piece]:
    """What stands behind a side within reach, nearest first."""
    front = swept(shape, side, reach)
    line = LineString(side)
    pieces: list[Piece] = []
    for name in sorted(others, key=lambda n: (float(others[n].distance(line)), n)):
        touched = others[name].intersection(front)
        if touched.is_empty or touched.area < LEAST_PIECE_PT**2:
            continue
        taken = [(p.start, p.end) for p in pieces]
        for low, high in along(side, touched):
            pieces += [Piece(a, b, name) for a, b in without(taken, low, high, least=LEAST_PIECE_PT)]
    return pieces


def _readdressed(
    opening: OpeningPt, draft: Draft, names: Mapping[str, str], heirs: Mapping[str, list[str]]
) -> OpeningPt:
    """An opening beside the rooms that are there now; an opening to a removed outside room leads outdoors."""
    if not any(face in heirs for face in opening.rooms if face is not None):
        return opening
    now = [_heir(opening, face, draft, names, heirs) for face in opening.rooms]
    outside = any(
        draft.gone.get(f, False) and n is None for f, n in zip(opening.rooms, now, strict=True) if f
    )
    update = {"rooms": (now[0], now[1]), "exterior": opening.exterior or outside}
    return opening.model_copy(update=update)


def _heir(
    opening: OpeningPt,
    face: str | None,
    draft: Draft,
    names: Mapping[str, str],
    heirs: Mapping[str, list[str]],
) -> str | None:
    if face is None or face not in heirs:
        return face
    dot = Dot(opening.at_pt)
    near = sorted((float(draft.shapes[key].distance(dot)), key) for key in heirs[face])
    return names[near[0][1]] if near else None


def _new_opening(draft: Draft, key: str, cell: Cell, value: OpeningValue, place: Point) -> OpeningPt:
    edges = [e for e in cell.face.edges if e.start != e.end]
    edge = min(edges, key=lambda e: float(LineString([e.start, e.end]).distance(Dot(place))))
    line = LineString([edge.start, edge.end])
    middle = line.interpolate(line.project(Dot(place)))
    ux, uy = (edge.end[0] - edge.start[0]) / line.length, (edge.end[1] - edge.start[1]) / line.length
    half = value.width_ft / draft.feet / 2
    outdoors = edge.beyond == "outside"
    return OpeningPt(
        id=key,
        kind=value.kind,
        at_pt=(middle.x, middle.y),
        width_pt=2 * half,
        axis=((middle.x - half * ux, middle.y - half * uy), (middle.x + half * ux, middle.y + half * uy)),
        rooms=(cell.face.id, None if outdoors or edge.beyond == "virtual" else edge.beyond),
        exterior=outdoors,
        confidence=1.0,
        why=("added",),
    )
