"""Rooms as faces inside walls and closed openings, and what lies beyond each of their edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.raster import parts_of

Array = NDArray[np.float64]
LEAST_FT2, LEAST_NAMED_FT2 = 6.0, 2.5
NOWHERE: Array = np.empty((0, 2))
LEAST_WIDTH_FT = 1.0
SPIKE_FT = 0.05
LEAST_HOLE_FT2 = 0.4
SIMPLER_FT = 0.02
MAP_PX_PER_FT = 8.0
STEP_FT = 0.25
LEAST_EDGE_FT = 0.7
OUTSIDE = -1
VIRTUAL = -2
UNCLEAR = -3


@dataclass(frozen=True)
class Faces:
    """Closed faces (feet) and the outlines they lie in."""

    faces: tuple[Polygon, ...]
    outlines: tuple[Polygon, ...]

    @property
    def area(self) -> float:
        """Sum of face areas in ft²."""
        return float(sum(f.area for f in self.faces))


def closed_faces(walls: Sequence[Polygon], closures: Sequence[Polygon], *, named: Array = NOWHERE) -> Faces:
    """Faces = filled outlines − (walls and closures), without slivers; sorted top to bottom, left to right.

    Small closets are kept where a room's name stands in them, at `named` (n, 2).
    """
    solid = shapely.union_all([*walls, *closures])
    outlines = [Polygon(p.exterior) for p in parts_of(solid)]
    filled = shapely.union_all(outlines)
    faces = _tidy(parts_of(filled.difference(solid)), named)
    faces.sort(key=lambda p: (round(p.centroid.y), round(p.centroid.x), p.area))
    return Faces(tuple(faces), tuple(sorted(parts_of(filled), key=lambda p: -p.area)))


def _tidy(found: Sequence[Polygon], named: Array) -> list[Polygon]:
    """Faces without hairline spikes; without the too small and too narrow ones."""
    faces = np.asarray(found, dtype=object)
    areas = shapely.area(faces)
    large = areas >= LEAST_FT2
    for n in np.flatnonzero(~large & (areas >= LEAST_NAMED_FT2)) if len(named) else ():
        large[n] = bool(shapely.contains_xy(faces[n], named[:, 0], named[:, 1]).any())
    faces = faces[large]
    faces = faces[~shapely.is_empty(shapely.buffer(faces, -LEAST_WIDTH_FT / 2))]
    opened = shapely.buffer(
        shapely.buffer(faces, -SPIKE_FT, join_style="mitre"), SPIKE_FT, join_style="mitre"
    )
    whole = [
        max(parts_of(shape), key=lambda p: p.area, default=face)
        for shape, face in zip(opened, faces, strict=True)
    ]
    solid = [Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area > LEAST_HOLE_FT2]) for p in whole]
    return list(shapely.simplify(np.asarray(solid, dtype=object), SIMPLER_FT))


class FaceMap:
    """A picture of face numbers, to look up what lies at a point."""

    def __init__(
        self, faces: Sequence[Polygon], virtual: Sequence[Polygon], *, size_ft: tuple[float, float]
    ) -> None:
        shape = (int(size_ft[1] * MAP_PX_PER_FT) + 2, int(size_ft[0] * MAP_PX_PER_FT) + 2)
        self.labels = np.full(shape, OUTSIDE, dtype=np.int32)
        self.virtual = np.zeros(shape, dtype=np.uint8)
        for number, face in enumerate(faces):
            cv2.fillPoly(self.labels, [_pixels(face.exterior), *[_pixels(h) for h in face.interiors]], number)
        for piece in virtual:
            cv2.fillPoly(self.virtual, [_pixels(piece.exterior)], 1)

    def at(self, points: Array) -> NDArray[np.int32]:
        """Face numbers at points (n, 2), OUTSIDE elsewhere."""
        x, y = self._index(points)
        return np.asarray(self.labels[y, x], dtype=np.int32)

    def virtual_at(self, points: Array) -> NDArray[np.bool_]:
        """True where a boundary nobody drew lies."""
        x, y = self._index(points)
        return np.asarray(self.virtual[y, x] > 0)

    def _index(self, points: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        pixels = np.floor(points * MAP_PX_PER_FT).astype(np.int64)
        height, width = self.labels.shape
        return np.clip(pixels[:, 0], 0, width - 1), np.clip(pixels[:, 1], 0, height - 1)


def _pixels(ring: shapely.LinearRing) -> NDArray[np.int32]:
    return np.round(np.asarray(ring.coords) * MAP_PX_PER_FT - 0.5).astype(np.int32)


@dataclass(frozen=True)
class Edge:
    """A piece of a face's outer ring: its ends in feet, and what lies beyond (face number | OUTSIDE | VIRTUAL)."""

    start: Array
    end: Array
    beyond: int


def edges_beyond(
    faces: Sequence[Polygon], *, lookup: FaceMap, solid: shapely.Geometry, reach_ft: float
) -> list[list[Edge]]:
    """Per face the edges of its outer ring, cut where what lies beyond changes."""
    rings = shapely.get_exterior_ring(shapely.orient_polygons(np.asarray(faces, dtype=object)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    at = np.flatnonzero(ring[1:] == ring[:-1])
    start, end, number = points[at], points[at + 1], ring[at]
    length = np.hypot(*(end - start).T)
    count = np.maximum(1, (length / STEP_FT).astype(np.intp))
    edge = np.repeat(np.arange(len(at)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / count[edge]
    normal = (
        np.column_stack([end[:, 1] - start[:, 1], start[:, 0] - end[:, 0]])
        / np.maximum(length, 1e-9)[:, None]
    )
    seen = _beyond(
        start[edge] + share[:, None] * (end - start)[edge], normal[edge], number[edge],
        lookup=lookup, solid=solid, reach_ft=reach_ft,
    )  # fmt: skip
    found: list[list[Edge]] = [[] for _ in faces]
    for index, values in enumerate(np.split(seen, np.cumsum(count))[:-1]):
        run, pieces = end[index] - start[index], len(values)
        for first, last, what in _runs(values, least=max(1, int(LEAST_EDGE_FT / STEP_FT))):
            piece = Edge(start[index] + first / pieces * run, start[index] + last / pieces * run, what)
            found[number[index]].append(piece)
    return found


def _beyond(
    points: Array, normal: Array, number: NDArray[np.intp],
    *, lookup: FaceMap, solid: shapely.Geometry, reach_ft: float,
) -> NDArray[np.int32]:  # fmt: skip
    """First thing met outward of each point of a face: the first step out of the solid decides."""
    result = np.full(len(points), UNCLEAR, dtype=np.int32)
    for step in np.arange(0.1, reach_ft, 0.12):
        open_ = np.flatnonzero(result == UNCLEAR)
        if not len(open_):
            break
        outward, own = normal[open_], number[open_]
        here = points[open_] + outward * step
        inside = shapely.contains_xy(solid, here[:, 0], here[:, 1])
        found = lookup.at(here + outward * 0.12)
        value = np.where(inside | (found == own), UNCLEAR, found)
        if step < 0.2:
            value = np.where(lookup.virtual_at(here), VIRTUAL, value)
        result[open_] = value
    return result


def _runs(seen: NDArray[np.int32], *, least: int) -> list[tuple[int, int, int]]:
    """Runs of equal values; unclear or too short ones join their longer neighbour."""
    runs: list[list[int]] = []
    for index, value in enumerate(seen.tolist()):
        if runs and runs[-1][2] == value:
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1, value])
    while len(runs) > 1:
        weak = [i for i, r in enumerate(runs) if r[2] == UNCLEAR or r[1] - r[0] < least]
        if not weak:
            break
        _absorb(runs, min(weak, key=lambda i: (runs[i][1] - runs[i][0], i)))
    return [(a, b, OUTSIDE if v == UNCLEAR else v) for a, b, v in runs]


def _absorb(runs: list[list[int]], index: int) -> None:
    left = runs[index - 1] if index > 0 else None
    right = runs[index + 1] if index + 1 < len(runs) else None
    host = max((r for r in (left, right) if r is not None), key=lambda r: (r[2] != UNCLEAR, r[1] - r[0]))
    host[0], host[1] = min(host[0], runs[index][0]), max(host[1], runs[index][1])
    del runs[index]
    if left is not None and right is not None and left[2] == right[2]:
        left[1] = right[1]
        runs.remove(right)
