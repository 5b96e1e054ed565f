"""Free ends of walls, and corners where a wall could go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

Array = NDArray[np.float64]
THICK_FT = (0.2, 1.7)
LIKE_END = 0.97
LONG_FLANK = 2.0
SQUARE = 0.98


@dataclass(frozen=True)
class Ends:
    """Wall ends: edges a-b (n, 2) in feet with outward unit normals (n, 2), and the part each belongs to (n,)."""

    a: Array
    b: Array
    normal: Array
    part: NDArray[np.intp]

    @property
    def thick(self) -> Array:
        """Lengths of the edges in feet."""
        return np.asarray(np.hypot(*(self.b - self.a).T), dtype=np.float64)

    @property
    def middle(self) -> Array:
        """Middles of the edges."""
        return (self.a + self.b) / 2


@dataclass(frozen=True)
class Corners:
    """All corners of polygons ring after ring: places, unit vectors and lengths of the edges that leave them."""

    at: Array
    unit: Array
    length: Array
    before: NDArray[np.intp]
    after: NDArray[np.intp]
    part: NDArray[np.intp]

    @property
    def turn(self) -> Array:
        """Sine of the turn at each corner; positive where the solid is convex."""
        come = self.unit[self.before]
        return np.asarray(come[:, 0] * self.unit[:, 1] - come[:, 1] * self.unit[:, 0], dtype=np.float64)


def corners_of(walls: Sequence[Polygon]) -> Corners:
    """Corners of walls whose solid lies on the left of every edge (`oriented`)."""
    rings, part = shapely.get_rings(np.asarray(walls, dtype=object), return_index=True)
    at, ring = shapely.get_coordinates(rings, return_index=True)
    last = np.append(ring[1:] != ring[:-1], True)[: len(ring)]  # a ring ends where it began
    at, ring = at[~last], ring[~last]
    first = np.searchsorted(ring, np.arange(len(rings)))
    end = np.append(first[1:], len(ring))[: len(rings)]
    after, before = np.arange(1, len(ring) + 1), np.arange(-1, len(ring) - 1)
    after[end - 1], before[first] = first, end - 1
    edge = at[after] - at
    length = np.hypot(edge[:, 0], edge[:, 1])
    return Corners(at, edge / np.maximum(length, 1e-9)[:, None], length, before, after, part[ring])


def wall_ends(walls: Sequence[Polygon]) -> Ends:
    """Short edges between two convex corners: ends of walls and of stubs."""
    found = corners_of(walls)
    turn = found.turn
    short = (found.length >= THICK_FT[0]) & (found.length <= THICK_FT[1])
    here = np.flatnonzero(short & (turn > 0.7) & (turn[found.after] > 0.7))
    normal = np.column_stack([found.unit[here, 1], -found.unit[here, 0]])
    return Ends(found.at[here], found.at[found.after[here]], _along(found, here, normal), found.part[here])


def _along(found: Corners, here: NDArray[np.intp], normal: Array) -> Array:
    """Directions of the walls by their longer flanks, where those tell: ends in pictures are bevelled by a pixel."""
    come, go = found.before[here], found.after[here]
    first = found.length[come] >= found.length[go]
    along = np.where(first[:, None], found.unit[come], -found.unit[go])
    sure = np.maximum(found.length[come], found.length[go]) > LONG_FLANK * found.length[here]
    sure &= (along * normal).sum(axis=1) > LIKE_END
    return np.asarray(np.where(sure[:, None], along, normal), dtype=np.float64)


def convex_corners(walls: Sequence[Polygon], *, thick_ft: float) -> Ends:
    """At every convex corner of walls (solid on the left) the ends that would continue either face, `thick_ft` wide."""
    found = corners_of(walls)
    come, go = found.unit[found.before], found.unit
    convex = found.turn > SQUARE
    turn = found.turn
    end = (found.length <= THICK_FT[1]) & (turn > 0.7) & (turn[found.after] > 0.7)
    long = ~end & (found.length >= thick_ft)  # a flank may have a step of a pixel, a wall end has two corners
    on, back = np.flatnonzero(convex & long), np.flatnonzero(convex & long[found.before])
    return Ends(
        np.vstack([found.at[on], found.at[back] - come[back] * thick_ft]),
        np.vstack([found.at[on] + go[on] * thick_ft, found.at[back]]),
        np.vstack([come[on], -go[back]]),
        np.concatenate([found.part[on], found.part[back]]),
    )


def oriented(walls: Sequence[Polygon]) -> list[Polygon]:
    """Walls with shells counterclockwise and holes clockwise (solid on the left of every edge)."""
    return list(shapely.orient_polygons(np.asarray(walls, dtype=object)))
