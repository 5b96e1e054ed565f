"""Straight and true wall outlines: near-axis edges snap to common offsets, and to drawn lines when there are any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.raster import parts_of

Array = NDArray[np.float64]
AXIS_SLOPE = 0.05
LEAST_EDGE_FT = 0.12
CLUSTER_FT = 0.06


def snapped(polygons: Sequence[Polygon], *, lines: tuple[Array, Array], reach_ft: float) -> list[Polygon]:
    """Polygons with near-axis edges moved to shared offsets.

    `lines` are the offsets (feet) of drawn vertical (x) and horizontal (y) lines; edges within `reach_ft` take them.
    """
    offsets: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            _collect(np.asarray(ring.coords)[:-1], offsets)
    tables = tuple(_table(offsets[i], lines[i], reach_ft) for i in (0, 1))
    return [p for polygon in polygons for p in _rebuilt(polygon, (tables[0], tables[1]))]


def _edge_kind(points: Array) -> tuple[NDArray[np.int64], Array]:
    """0 for vertical edges (constant x), 1 for horizontal, 2 for free ones; and their lengths."""
    edge = np.abs(np.roll(points, -1, axis=0) - points)
    length = np.hypot(edge[:, 0], edge[:, 1])
    kind = np.full(len(points), 2, dtype=np.int64)
    kind[(edge[:, 0] <= AXIS_SLOPE * edge[:, 1]) & (length >= LEAST_EDGE_FT)] = 0
    kind[(edge[:, 1] <= AXIS_SLOPE * edge[:, 0]) & (length >= LEAST_EDGE_FT)] = 1
    return kind, length


def _collect(points: Array, offsets: tuple[list[tuple[float, float]], list[tuple[float, float]]]) -> None:
    kind, length = _edge_kind(points)
    middle = (points + np.roll(points, -1, axis=0)) / 2
    for axis in (0, 1):
        for index in np.flatnonzero(kind == axis):
            offsets[axis].append((float(middle[index, axis]), float(length[index])))


def _table(offsets: list[tuple[float, float]], lines: Array, reach_ft: float) -> tuple[Array, Array]:
    """Sorted offsets as found, and the offsets to use instead."""
    if not offsets:
        return np.empty(0), np.empty(0)
    ordered = np.asarray(sorted(offsets), dtype=np.float64)
    value, weight = ordered[:, 0], ordered[:, 1]
    use = value.copy()
    first = 0
    for last in range(1, len(value) + 1):
        if last == len(value) or value[last] - value[first] > CLUSTER_FT:
            use[first:last] = np.average(value[first:last], weights=weight[first:last])
            first = last
    return value, _to_lines(use, np.sort(lines), reach_ft)


def _to_lines(use: Array, lines: Array, reach_ft: float) -> Array:
    if len(lines) == 0:
        return use
    right = np.clip(np.searchsorted(lines, use), 1, max(len(lines) - 1, 1))
    low, high = lines[right - 1], lines[np.minimum(right, len(lines) - 1)]
    near = np.where(np.abs(use - low) <= np.abs(use - high), low, high)
    return np.where(np.abs(near - use) <= reach_ft, near, use)


def _rebuilt(polygon: Polygon, tables: tuple[tuple[Array, Array], tuple[Array, Array]]) -> list[Polygon]:
    rings = [_ring(np.asarray(r.coords)[:-1], tables) for r in (polygon.exterior, *polygon.interiors)]
    return parts_of(shapely.make_valid(Polygon(rings[0], rings[1:])))


def _ring(points: Array, tables: tuple[tuple[Array, Array], tuple[Array, Array]]) -> Array:
    kind, _ = _edge_kind(points)
    middle = (points + np.roll(points, -1, axis=0)) / 2
    out = points.copy()
    for index in range(len(points)):
        for edge in (index - 1, index):
            axis = int(kind[edge])
            if axis < 2:
                out[index, axis] = _lookup(tables[axis], float(middle[edge, axis]))
    return out


def _lookup(table: tuple[Array, Array], value: float) -> float:
    if len(table[0]) == 0:
        return value
    return float(table[1][int(np.argmin(np.abs(table[0] - value)))])
