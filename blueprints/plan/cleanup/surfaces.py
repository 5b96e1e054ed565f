"""Exterior walls, ceilings and floors of the rooms, and the openings in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Dot
from shapely.ops import unary_union

from autohvac.core.evidence import Point, derived, read, unknown
from blueprints.plan.building import Adjacent, LevelSpec, Num, OpeningSpec, RoomSpec, SurfaceSpec
from blueprints.plan.cleanup.cells import Cell
from blueprints.plan.cleanup.confidence import opening_confidence, opening_evidence
from blueprints.plan.cleanup.listed import NOMINAL, fits, row_of
from blueprints.plan.model import DrawingGeometry, OpeningPt, RoomType, ScheduleRow

SHORTEST_WALL_FT = 0.7
SAME_DIRECTION_DEG = 3.0
COVERED_SHARE = 0.5
ENCLOSED_FT = 3.5
BUFFERS: dict[RoomType, Adjacent] = {"garage": "garage", "attic": "attic", "crawlspace": "crawlspace"}


@dataclass(frozen=True)
class LevelParts:
    """A level with its rooms and the cells they came from."""

    level: LevelSpec
    geometry: DrawingGeometry
    rooms: Sequence[RoomSpec]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class _Edge:
    start: Point
    end: Point
    facing: float
    length_ft: float
    adjacent: Adjacent


def surfaces_of(levels: Sequence[LevelParts]) -> list[SurfaceSpec]:
    """Surfaces of all conditioned rooms."""
    found: list[SurfaceSpec] = []
    for position, parts in enumerate(levels):
        above = levels[position + 1] if position + 1 < len(levels) else None
        below = levels[position - 1] if position > 0 else None
        for room in parts.rooms:
            if room.conditioned:
                walls = _walls(room, parts)
                found += walls
                found += _top(room, parts, above)
                found += _bottom(room, parts, below, walls)
    return found


def _walls(room: RoomSpec, parts: LevelParts) -> list[SurfaceSpec]:
    cell = parts.cells[room.id]
    kinds = _kinds_by_face(parts)
    edges = []
    for edge in cell.face.edges:
        for start, end in _part_of(edge.start, edge.end, cell):
            adjacent = _adjacent(edge.beyond, kinds)
            if edge.beyond == "outside" or edge.beyond not in {*kinds, "virtual"}:
                adjacent = _really_outside(start, end, cell, parts)
            length = math.dist(start, end) * parts.level.scale.feet_per_point
            if adjacent is not None and length >= SHORTEST_WALL_FT:
                edges.append(_Edge(start, end, _facing(start, end, cell.polygon), length, adjacent))
    return [_wall(room, parts, group, number) for number, group in enumerate(_grouped(edges))]


def _really_outside(start: Point, end: Point, cell: Cell, parts: LevelParts) -> Adjacent | None:
    """What is behind an 'outside' edge: nothing of this house within a wall's and a fixture's depth, or the room there."""
    behind = _room_behind(start, end, cell, parts)
    if behind is None:
        return "outdoors"
    return None if behind.conditioned else BUFFERS.get(behind.type, "outdoors")


def _room_behind(start: Point, end: Point, cell: Cell, parts: LevelParts) -> RoomSpec | None:
    """The nearest room straight behind the middle of an edge."""
    feet = parts.level.scale.feet_per_point
    turn = math.radians(_facing(start, end, cell.polygon))
    step = (math.sin(turn) / feet, -math.cos(turn) / feet)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    ray = LineString(
        [(middle[0] + reach * step[0], middle[1] + reach * step[1]) for reach in (0.1, ENCLOSED_FT)]
    )
    first = Dot(ray.coords[0])
    hit = [(parts.cells[r.id].polygon, r) for r in parts.rooms if parts.cells[r.id].polygon.intersects(ray)]
    near = sorted((shape.intersection(ray).distance(first), room.id) for shape, room in hit)
    return next((room for _, room in hit if room.id == near[0][1]), None) if near else None


def _kinds_by_face(parts: LevelParts) -> dict[str, tuple[RoomType, bool]]:
    return {parts.cells[room.id].face.id: (room.type, room.conditioned) for room in parts.rooms}


def _adjacent(beyond: str, kinds: Mapping[str, tuple[RoomType, bool]]) -> Adjacent | None:
    if beyond == "outside":
        return "outdoors"
    if beyond not in kinds or kinds[beyond][1]:
        return None
    return BUFFERS.get(kinds[beyond][0], "outdoors")


def _part_of(start: Point, end: Point, cell: Cell) -> list[tuple[Point, Point]]:
    """The part of a face's edge that this cell of a split face keeps."""
    if cell.shared == 1:
        return [(start, end)]
    line = LineString([start, end]).intersection(cell.polygon.buffer(0.5))
    pieces = [line] if line.geom_type == "LineString" else getattr(line, "geoms", [])
    return [
        (tuple(p.coords[0]), tuple(p.coords[-1]))
        for p in pieces
        if p.geom_type == "LineString" and p.length > 1
    ]


def _facing(start: Point, end: Point, polygon: Polygon) -> float:
    """Outward direction of an edge, degrees clockwise from the top of the page."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    normal = (dy / length, -dx / length)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    step = 0.5
    if polygon.contains(Dot(middle[0] + step * normal[0], middle[1] + step * normal[1])):
        normal = (-normal[0], -normal[1])
    return round(math.degrees(math.atan2(normal[0], -normal[1])) % 360, 1)


def _grouped(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    """Edges of one direction toward one space are one wall."""
    groups: list[list[_Edge]] = []
    for edge in sorted(edges, key=lambda e: (e.adjacent, e.facing, e.start)):
        for group in groups:
            turn = abs((group[0].facing - edge.facing + 180) % 360 - 180)
            if group[0].adjacent == edge.adjacent and turn <= SAME_DIRECTION_DEG:
                group.append(edge)
                break
        else:
            groups.append([edge])
    return groups


def _wall(room: RoomSpec, parts: LevelParts, group: Sequence[_Edge], number: int) -> SurfaceSpec:
    below_grade = parts.level.index == 0
    length = sum(edge.length_ft for edge in group)
    height = room.ceiling_height_ft.value
    return SurfaceSpec(
        id=f"{room.id}-W{number + 1}",
        room=room.id,
        kind="basement_wall" if below_grade and group[0].adjacent == "outdoors" else "wall",
        adjacent="ground" if below_grade and group[0].adjacent == "outdoors" else group[0].adjacent,
        facing_page_deg=group[0].facing,
        length_ft=length,
        height_ft=height,
        area_sqft=Num(
            unit="ft²", source="derived", note="length × ceiling height", confidence=room.confidence
        )
        if height is None
        else derived(length * height, unit="ft²", confidence=room.confidence, note="length × ceiling height"),
        polyline_pt=tuple(point for edge in group for point in (edge.start, edge.end)),
    )


def _top(room: RoomSpec, parts: LevelParts, above: LevelParts | None) -> list[SurfaceSpec]:
    if above is not None and _covered(room, parts, above) >= COVERED_SHARE:
        return []
    return [
        SurfaceSpec(
            id=f"{room.id}-C", room=room.id, kind="ceiling", adjacent="attic", area_sqft=_plan_area(room)
        )
    ]


def _bottom(
    room: RoomSpec, parts: LevelParts, below: LevelParts | None, walls: Sequence[SurfaceSpec]
) -> list[SurfaceSpec]:
    perimeter = sum(
        wall.length_ft or 0.0 for wall in walls if wall.adjacent in ("outdoors", "ground", "garage")
    )
    if below is not None:
        under = _type_below(room, parts, below)
        if under is None:
            return []
        floor = SurfaceSpec(
            id=f"{room.id}-F", room=room.id, kind="floor", adjacent=under, area_sqft=_plan_area(room)
        )
        return [floor]
    kind = "basement_floor" if parts.level.index == 0 else "floor"
    floor = SurfaceSpec(
        id=f"{room.id}-F",
        room=room.id,
        kind=kind,
        adjacent="ground",
        length_ft=perimeter,
        area_sqft=_plan_area(room),
    )
    return [floor]


def _plan_area(room: RoomSpec) -> Num:
    area = room.area_sqft
    return Num(value=area.value, unit="ft²", source="derived", confidence=area.confidence, note="floor area")


def _local(parts: LevelParts, polygon_pt: Sequence[Point]) -> Polygon:
    """Feet from the corner of the level's conditioned rooms: storeys are drawn one above the other."""
    xs = [x for room in parts.rooms if room.conditioned for x, _ in room.polygon_pt] or [0.0]
    ys = [y for room in parts.rooms if room.conditioned for _, y in room.polygon_pt] or [0.0]
    feet = parts.level.scale.feet_per_point
    return Polygon([((x - min(xs)) * feet, (y - min(ys)) * feet) for x, y in polygon_pt]).buffer(0)


def _covered(room: RoomSpec, parts: LevelParts, above: LevelParts) -> float:
    mine = _local(parts, room.polygon_pt)
    over = unary_union([_local(above, r.polygon_pt).buffer(0.4) for r in above.rooms if r.conditioned])
    return float(mine.intersection(over).area / max(mine.area, 1e-6))


def _type_below(room: RoomSpec, parts: LevelParts, below: LevelParts) -> Adjacent | None:
    """What lies under most of a room; None for conditioned rooms of this house."""
    mine = _local(parts, room.polygon_pt)
    shares: dict[str, float] = {}
    for other in below.rooms:
        share = mine.intersection(_local(below, other.polygon_pt).buffer(0.4)).area / max(mine.area, 1e-6)
        key = "conditioned" if other.conditioned else BUFFERS.get(other.type, "outdoors")
        if other.type == "basement" and not other.conditioned:
            key = "unconditioned_basement"
        shares[key] = shares.get(key, 0.0) + share
    if not shares or max(shares.values()) < COVERED_SHARE:
        return "outdoors" if sum(shares.values()) < COVERED_SHARE else None
    best = max(sorted(shares), key=lambda key: shares[key])
    return None if best == "conditioned" else best  # type: ignore[return-value]  # keys are Adjacent words


def openings_of(
    levels: Sequence[LevelParts],
    surfaces: Sequence[SurfaceSpec],
    schedule: Sequence[ScheduleRow],
) -> list[OpeningSpec]:
    """All openings of all levels with their room, wall and size."""
    found = []
    for parts in levels:
        for opening in parts.geometry.openings:
            found.append(_opening(opening, parts, surfaces, schedule))
    return found


def _opening(
    opening: OpeningPt,
    parts: LevelParts,
    surfaces: Sequence[SurfaceSpec],
    schedule: Sequence[ScheduleRow],
) -> OpeningSpec:
    feet = parts.level.scale.feet_per_point
    room = _room_beside(opening, parts)
    wall = _host(opening, room, surfaces) if room is not None and _leaves_house(opening, parts) else None
    width = opening.width_pt * feet
    row = row_of(opening.tag, opening.kind, schedule, drawn_ft=width)
    picture = parts.geometry.method == "raster"
    confidence = opening_confidence(opening, picture=picture)
    return OpeningSpec(
        id=opening.id,
        kind=opening.kind,
        room=room.id if room else None,
        surface=wall.id if wall else None,
        exterior=opening.exterior,
        facing_page_deg=wall.facing_page_deg if wall else None,
        width_ft=_width(width, row, confidence=confidence),
        height_ft=_scheduled(row.height_ft if row else None, "ft", row),
        at_pt=opening.at_pt,
        page=parts.level.page,
        tag=opening.tag,
        u_factor=_scheduled(row.u_factor if row else None, "Btu/h·ft²·°F", row),
        shgc=_scheduled(row.shgc if row else None, "", row),
        confidence=confidence,
        evidence=opening_evidence(opening, picture=picture),
    )


def to_the_open(opening: OpeningPt, parts: LevelParts) -> OpeningPt:
    """The opening as one to the outside, where a porch, patio or deck is drawn as a space beyond it: panes are a window."""
    kinds = _kinds_by_face(parts)
    beside = [kinds[face] for face in opening.rooms if face is not None and face in kinds]
    outdoors = [not heated and kind not in BUFFERS for kind, heated in beside]
    if opening.exterior or len(beside) < 2 or not any(outdoors) or not any(heated for _, heated in beside):
        return opening
    glazed = "lines_between_rooms" in opening.why
    return opening.model_copy(update={"exterior": True, "kind": "window" if glazed else opening.kind})


def _leaves_house(opening: OpeningPt, parts: LevelParts) -> bool:
    """True when one side is conditioned and the other is not: outdoors, or a garage."""
    kinds = _kinds_by_face(parts)
    heated = [kinds[face][1] for face in opening.rooms if face is not None and face in kinds]
    return any(heated) and (opening.exterior or not all(heated))


def _width(drawn_ft: float, row: ScheduleRow | None, *, confidence: float) -> Num:
    if row is not None and row.width_ft is not None and fits(drawn_ft, row, share=NOMINAL):
        return read(row.width_ft, unit="ft", where=row.where, confidence=0.9, note="schedule")
    return derived(drawn_ft, unit="ft", confidence=confidence, note="drawn width × scale")


def _scheduled(value: float | None, unit: str, row: ScheduleRow | None) -> Num:
    if value is None or row is None:
        return unknown(unit=unit, note="not on the sheet")
    return read(value, unit=unit, where=row.where, confidence=0.9, note="schedule")


def _room_beside(opening: OpeningPt, parts: LevelParts) -> RoomSpec | None:
    """The room at the opening: of a split face the part that lies nearest."""
    faces = {face for face in opening.rooms if face is not None}
    beside = [room for room in parts.rooms if parts.cells[room.id].face.id in faces]
    dot = Dot(opening.at_pt)
    conditioned_first = sorted(
        beside, key=lambda r: (not r.conditioned, parts.cells[r.id].polygon.distance(dot), r.id)
    )
    return conditioned_first[0] if conditioned_first else None


def _host(opening: OpeningPt, room: RoomSpec, surfaces: Sequence[SurfaceSpec]) -> SurfaceSpec | None:
    walls = [
        s for s in surfaces if s.room == room.id and s.kind in ("wall", "basement_wall") and s.polyline_pt
    ]
    dot = Dot(opening.at_pt)
    direction = (opening.axis[1][0] - opening.axis[0][0], opening.axis[1][1] - opening.axis[0][1])

    def distance(wall: SurfaceSpec) -> tuple[bool, float, str]:
        pieces = list(zip(wall.polyline_pt[::2], wall.polyline_pt[1::2], strict=True))
        across = all(_across(piece, direction) for piece in pieces)
        return across, min(LineString(piece).distance(dot) for piece in pieces), wall.id

    return min(walls, key=distance, default=None)


def _across(piece: tuple[Point, Point], direction: tuple[float, float]) -> bool:
    dx, dy = piece[1][0] - piece[0][0], piece[1][1] - piece[0][1]
    dot = abs(dx * direction[0] + dy * direction[1])
    return dot < 0.7 * math.hypot(dx, dy) * math.hypot(*direction)
