"""Free ends of walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

Array = NDArray[np.float64]
THICK_FT = (0.2, 1.7)


@dataclass(frozen=True)
class Cap:
    """A free wall end: edge a-b in feet with the outward unit normal."""

    a: Array
    b: Array
    normal: Array

    @property
    def thick(self) -> float:
        """Length of the edge in feet."""
        return float(np.hypot(*(self.b - self.a)))

    @property
    def middle(self) -> Array:
        """Middle of the edge."""
        return (self.a + self.b) / 2


def wall_ends(walls: Sequence[Polygon]) -> list[Cap]:
    """Short edges between two convex corners: ends of walls and of stubs."""
    caps: list[Cap] = []
    for wall in walls:
        for ring in (wall.exterior, *wall.interiors):
            caps.extend(_ring_caps(np.asarray(ring.coords)[:-1]))
    return caps


def _ring_caps(points: Array) -> list[Cap]:
    """Caps of one ring; shells are turned counterclockwise, holes clockwise: the solid lies on the left."""
    edge = np.roll(points, -1, axis=0) - points
    length = np.hypot(edge[:, 0], edge[:, 1])
    unit = edge / np.maximum(length, 1e-9)[:, None]
    before = np.roll(unit, 1, axis=0)
    turn = before[:, 0] * unit[:, 1] - before[:, 1] * unit[:, 0]
    found: list[Cap] = []
    for i in range(len(points)):
        after = (i + 1) % len(points)
        if THICK_FT[0] <= length[i] <= THICK_FT[1] and turn[i] > 0.7 and turn[after] > 0.7:
            normal = np.array([unit[i, 1], -unit[i, 0]])
            found.append(Cap(points[i], points[after], normal))
    return found


def convex_corners(walls: Sequence[Polygon], *, thick_ft: float) -> list[Cap]:
    """At every convex corner of walls (solid on the left) the ends that would continue either face, `thick_ft` wide."""
    found: list[Cap] = []
    for wall in walls:
        for ring in (wall.exterior, *wall.interiors):
            found.extend(_ring_corners(np.asarray(ring.coords)[:-1], thick_ft))
    return found


def _ring_corners(points: Array, thick_ft: float) -> list[Cap]:
    edge = np.roll(points, -1, axis=0) - points
    length = np.hypot(edge[:, 0], edge[:, 1])
    unit = edge / np.maximum(length, 1e-9)[:, None]
    before = np.roll(unit, 1, axis=0)
    turn = before[:, 0] * unit[:, 1] - before[:, 1] * unit[:, 0]
    found: list[Cap] = []
    for i in np.flatnonzero(turn > 0.9):
        corner = points[i]
        if length[i] > THICK_FT[1]:  # shorter edges are wall ends
            found.append(Cap(corner, corner + unit[i] * thick_ft, before[i]))
        if length[i - 1] > THICK_FT[1]:
            found.append(Cap(corner - before[i] * thick_ft, corner, -unit[i]))
    return found


def oriented(walls: Sequence[Polygon]) -> list[Polygon]:
    """Walls with shells counterclockwise and holes clockwise (solid on the left of every edge)."""
    return [shapely.geometry.polygon.orient(p, 1.0) for p in walls]
