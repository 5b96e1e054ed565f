"""Where in an open space a room of a printed size lies: the rectangle of that size that leans on most walls."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import LineString, Polygon, box
from shapely.geometry import Point as Dot

from autohvac.core.evidence import Point

SIZE_AGREES = 0.035
ROUNDING_FT = 0.25  # sizes are printed to the inch, many to the half foot
LEAST_INSIDE = 0.97
LEAST_WALLED = 0.45  # a corner of the space at least
ON_WALL_FT = 0.2
OFF_COST = 4.0
OPEN_COST = 0.05  # a side no wall ends at
MOST_PLACES = 60

SAME_LINE_FT = 0.005


@dataclass(frozen=True)
class Placed:
    """A printed room in a space: its rectangle, how well it lies (0…1), whether walls stand at all its sides' ends."""

    shape: Polygon
    worth: float
    bounded: bool


def placed(
    space: Polygon,
    *,
    at: Point,
    size_ft: tuple[float, float],
    others: Sequence[Point],
    points_per_foot: float,
) -> Placed | None:
    """The rectangle of a printed size around its name that lies in the space and on its walls; None where none does.

    Args:
        space: Outline of the space [pt].
        at: Where the name stands.
        size_ft: Printed sides in either order [ft].
        others: Places of the other names in the space, which must not fall into it.
        points_per_foot: Scale.
    """
    whole = space.boundary.buffer(ON_WALL_FT * points_per_foot)
    found = []
    for width, height in {size_ft, size_ft[::-1]}:
        across = _intervals(space, 0, at=at, side_ft=width, points_per_foot=points_per_foot)
        down = _intervals(space, 1, at=at, side_ft=height, points_per_foot=points_per_foot)
        for x0, x1, x_off in across:
            for y0, y1, y_off in down:
                shape = box(x0, y0, x1, y1)
                if any(shape.contains(Dot(other)) for other in others):
                    continue
                if shape.intersection(space).area < LEAST_INSIDE * shape.area:
                    continue
                walled = shape.exterior.intersection(whole).length / shape.exterior.length
                cost = sum(OPEN_COST if off is None else OFF_COST * off for off in (x_off, y_off))
                bounded = x_off is not None and y_off is not None
                found.append((walled - cost, bounded, (x0, y0, x1, y1), walled))
    best = max((item for item in found if item[3] >= LEAST_WALLED), default=None)
    return Placed(box(*best[2]), best[0], best[1]) if best is not None else None


def _intervals(
    space: Polygon, axis: int, *, at: Point, side_ft: float, points_per_foot: float
) -> list[tuple[float, float, float | None]]:
    """Stretches along an axis that hold the name: between walls the printed side apart, with how far off; else from one wall."""
    lines = _wall_lines(space, axis, points_per_foot=points_per_foot)
    side = side_ft * points_per_foot
    tolerance = max(SIZE_AGREES * side, ROUNDING_FT * points_per_foot)
    low = [line for line in lines if line < at[axis]]
    high = [line for line in lines if line > at[axis]]
    found: list[tuple[float, float, float | None]] = [
        (a, b, abs(b - a - side) / side) for a in low for b in high if abs(b - a - side) <= tolerance
    ]
    found += [(a, a + side, None) for a in low if a + side > at[axis]]
    found += [(b - side, b, None) for b in high if b - side < at[axis]]
    return found


def _wall_lines(space: Polygon, axis: int, *, points_per_foot: float) -> list[float]:
    """Offsets of the straight sides of a space across an axis, the longest first if there are many."""
    least, same = ON_WALL_FT * points_per_foot, SAME_LINE_FT * points_per_foot
    held: dict[float, float] = {}
    for ring in [space.exterior, *space.interiors]:
        points = [(float(x), float(y)) for x, y in ring.coords]
        for start, end in itertools.pairwise(points):
            if abs(start[axis] - end[axis]) <= 0.02 * LineString([start, end]).length:
                at = round((start[axis] + end[axis]) / 2 / same) * same
                held[at] = held.get(at, 0.0) + abs(start[1 - axis] - end[1 - axis])
    long = sorted((offset for offset in held if held[offset] >= least), key=lambda o: (-held[o], o))
    return sorted(long[:MOST_PLACES])
