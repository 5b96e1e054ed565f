"""Outlines under a person's hand: cut, joined, pushed. Pure plane geometry, any unit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as Dot
from shapely.ops import split as cut
from shapely.ops import unary_union

from autohvac.core.evidence import Point

MITRE = 2
LEAST_SHARE = 0.02
TIDY = 0.05


class CannotEdit(ValueError):
    """The edit makes no room: the line misses it, the rooms do not touch, nothing would be left."""


def halves(shape: Polygon, line: Sequence[Sequence[float]]) -> tuple[Polygon, Polygon]:
    """The shape cut along the straight line through two points; first the part on the left, as seen from start to end.

    Left as the sheet is looked at, y down. The line is extended to the walls; where it would cut several arms of
    the room, the arm at its middle is cut. Raises CannotEdit when the line leaves less than a fiftieth on one side.
    """
    a, b = ((p[0], p[1]) for p in line)
    parts = [g for g in cut(shape, _chord(shape, a, b)).geoms if g.geom_type == "Polygon"]
    if len(parts) != 2 or min(p.area for p in parts) < LEAST_SHARE * shape.area:
        raise CannotEdit("the line does not cut the room in two")
    first, second = parts
    return (first, second) if _side(a, b, _inner(first)) < _side(a, b, _inner(second)) else (second, first)


def _chord(shape: Polygon, a: Point, b: Point) -> LineString:
    length = math.dist(a, b)
    if length == 0:
        raise CannotEdit("the line has no length")
    x0, y0, x1, y1 = shape.bounds
    far = math.hypot(x1 - x0, y1 - y0) + math.dist(a, (x0, y0)) + length
    step = ((b[0] - a[0]) / length * far, (b[1] - a[1]) / length * far)
    whole = LineString([(a[0] - step[0], a[1] - step[1]), (b[0] + step[0], b[1] + step[1])])
    inside = whole.intersection(shape)
    pieces = [g for g in getattr(inside, "geoms", [inside]) if g.geom_type == "LineString" and g.length > 0]
    if not pieces:
        raise CannotEdit("the line misses the room")
    middle = Dot((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    chosen = min(pieces, key=lambda g: g.distance(middle))
    ends = [chosen.coords[0], chosen.coords[-1]]
    return LineString([_beyond(ends[1], ends[0]), _beyond(ends[0], ends[1])])


def _beyond(start: Sequence[float], end: Sequence[float]) -> Point:
    """A hair past the end: rounding must not leave the cut short of the wall."""
    length = math.dist(start, end) or 1.0
    return (end[0] + (end[0] - start[0]) / length * 0.01, end[1] + (end[1] - start[1]) / length * 0.01)


def _inner(shape: Polygon) -> Point:
    at = shape.representative_point()
    return (at.x, at.y)


def _side(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def joined(shapes: Sequence[Polygon], *, widest_gap: float) -> Polygon:
    """One outline around shapes with at most a wall between them. Raises CannotEdit when they lie further apart."""
    whole = shapes[0]
    waiting = list(shapes[1:])
    while waiting:
        nearest = min(waiting, key=lambda s: float(s.distance(whole)))
        gap = float(nearest.distance(whole))
        if gap > widest_gap:
            raise CannotEdit("the rooms do not lie side by side")
        waiting.remove(nearest)
        whole = _closed([whole, nearest], radius=gap / 2 + 0.01 * widest_gap)
    return whole


def _closed(shapes: Sequence[Polygon], *, radius: float) -> Polygon:
    grown = unary_union([s.buffer(radius, join_style=MITRE) for s in shapes])
    found = unary_union([grown.buffer(-radius, join_style=MITRE), *shapes]).buffer(0)
    if found.geom_type != "Polygon":
        raise CannotEdit("the rooms do not lie side by side")
    return Polygon(found.exterior).simplify(TIDY)


def pushed(shape: Polygon, side: Sequence[Sequence[float]], by: float) -> Polygon:
    """The shape with one side pushed outward (`by` > 0) or inward. Raises CannotEdit when nothing sound is left."""
    lap = (
        -TIDY if by > 0 else TIDY
    )  # the strip begins on the other side of the wall, so that no sliver stays between
    strip = swept(shape, side, by - lap, start=lap)
    moved = (shape.union(strip) if by > 0 else shape.difference(strip)).buffer(0).simplify(TIDY)
    if moved.geom_type != "Polygon" or moved.area < LEAST_SHARE * shape.area:
        raise CannotEdit("the wall cannot be moved that far")
    return Polygon(moved.exterior)


def swept(shape: Polygon, side: Sequence[Sequence[float]], by: float, *, start: float = 0.0) -> Polygon:
    """What a side sweeps over when pushed outward by `by`, beginning `start` in front of it."""
    a, b = ((p[0], p[1]) for p in side)
    nx, ny = outward(shape, a, b)
    near = [(p[0] + nx * start, p[1] + ny * start) for p in (a, b)]
    away = [(p[0] + nx * by, p[1] + ny * by) for p in near]
    return Polygon([near[0], near[1], away[1], away[0]]).buffer(0)


def outward(shape: Polygon, a: Point, b: Point) -> Point:
    """Unit normal of a side, away from the shape."""
    length = math.dist(a, b)
    if length == 0:
        raise CannotEdit("the side has no length")
    normal = ((b[1] - a[1]) / length, -(b[0] - a[0]) / length)
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    step = length / 100
    inside = shape.contains(Dot(middle[0] + step * normal[0], middle[1] + step * normal[1]))
    return (-normal[0], -normal[1]) if inside else normal


def sides(shape: Polygon) -> list[tuple[Point, Point]]:
    """The straight sides of an outline."""
    ring = [(float(x), float(y)) for x, y in shape.exterior.coords]
    return [(a, b) for a, b in itertools.pairwise(ring) if math.dist(a, b) > 0]


def nearest_side(shape: Polygon, side: Sequence[Sequence[float]]) -> tuple[Point, Point]:
    """The side of the shape that lies closest to a given one."""
    wanted = LineString([(p[0], p[1]) for p in side])
    return min(sides(shape), key=lambda s: float(LineString(s).hausdorff_distance(wanted)))


def at(side: tuple[Point, Point], distance: float) -> Point:
    """The point of a side so far from its start."""
    share = distance / math.dist(*side)
    (ax, ay), (bx, by) = side
    return (ax + share * (bx - ax), ay + share * (by - ay))


def along(side: tuple[Point, Point], shape: Polygon | LineString) -> list[tuple[float, float]]:
    """Where the pieces of a shape reach along a side: distances from its start, in order."""
    (ax, ay), (bx, by) = side
    length = math.dist(*side)
    ux, uy = (bx - ax) / length, (by - ay) / length
    found = []
    for piece in getattr(shape, "geoms", [shape]):
        if piece.is_empty:
            continue
        reach = [(x - ax) * ux + (y - ay) * uy for x, y in _coords(piece)]
        low, high = max(0.0, min(reach)), min(length, max(reach))
        if high - low > 0:
            found.append((low, high))
    return sorted(found)


def _coords(piece: LineString | Polygon) -> list[Point]:
    ring = piece.exterior.coords if piece.geom_type == "Polygon" else piece.coords
    return [(float(x), float(y)) for x, y in ring]


def without(
    taken: Sequence[tuple[float, float]], low: float, high: float, *, least: float
) -> list[tuple[float, float]]:
    """The parts of low…high that are not taken, those of at least `least`."""
    free, at = [], low
    for start, end in sorted(taken):
        if start - at >= least:
            free.append((at, min(start, high)))
        at = max(at, end)
    if high - at >= least:
        free.append((at, high))
    return [(a, b) for a, b in free if b - a >= least]
