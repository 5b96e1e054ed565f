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
    if not polygons:
        return []
    rings, part = shapely.get_rings(np.asarray(polygons, dtype=object), return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    kind, length = _edge_kind(points, ring)
    middle = (points[:-1] + points[1:]) / 2
    moved = points.copy()
    for axis in (0, 1):
        edge = np.flatnonzero(kind == axis)
        offset = _offsets(middle[edge, axis], length[edge], lines=np.sort(lines[axis]), reach_ft=reach_ft)
        moved[edge + 1, axis] = offset
        moved[edge, axis] = offset
    first = np.searchsorted(ring, np.arange(len(rings)))
    last = np.append(first[1:], len(ring)) - 1
    closing = np.where(kind[first][:, None] == (0, 1), moved[first], moved[last])
    moved[first], moved[last] = closing, closing
    return _rebuilt(shapely.linearrings(moved, indices=ring), part)


def _edge_kind(points: Array, ring: NDArray[np.intp]) -> tuple[NDArray[np.int64], Array]:
    """Per corner the edge to the next: 0 vertical (constant x), 1 level, 2 free or none; and lengths [ft]."""
    edge = np.abs(np.diff(points, axis=0))
    length = np.hypot(edge[:, 0], edge[:, 1])
    straight = (length >= LEAST_EDGE_FT) & (ring[1:] == ring[:-1])
    kind = np.full(len(edge), 2, dtype=np.int64)
    kind[straight & (edge[:, 0] <= AXIS_SLOPE * edge[:, 1])] = 0
    kind[straight & (edge[:, 1] <= AXIS_SLOPE * edge[:, 0])] = 1
    return kind, length


def _offsets(found: Array, length: Array, *, lines: Array, reach_ft: float) -> Array:
    """Where edges go: offsets close together to their mean by length, then to a drawn line near by."""
    if not len(found):
        return found
    order = np.lexsort((length, found))
    value, weight = found[order], length[order]
    use = value.copy()
    first = 0
    for last in range(1, len(value) + 1):
        if last == len(value) or value[last] - value[first] > CLUSTER_FT:
            use[first:last] = np.average(value[first:last], weights=weight[first:last])
            first = last
    placed = np.empty_like(use)
    placed[order] = _to_lines(use, lines, reach_ft)
    return placed


def _to_lines(use: Array, lines: Array, reach_ft: float) -> Array:
    if len(lines) == 0:
        return use
    right = np.clip(np.searchsorted(lines, use), 1, max(len(lines) - 1, 1))
    low, high = lines[right - 1], lines[np.minimum(right, len(lines) - 1)]
    near = np.where(np.abs(use - low) <= np.abs(use - high), low, high)
    return np.where(np.abs(near - use) <= reach_ft, near, use)


def _rebuilt(rings: NDArray[np.object_], part: NDArray[np.intp]) -> list[Polygon]:
    """Polygons of rings, shells before their holes; `part` numbers the polygon of each ring."""
    shell = np.append(True, part[1:] != part[:-1])
    whole = shapely.polygons(rings[shell])
    for number in np.unique(part[~shell]):
        whole[number] = shapely.polygons(rings[shell & (part == number)][0], rings[~shell & (part == number)])
    return [piece for shape in shapely.make_valid(whole) for piece in parts_of(shape)]
