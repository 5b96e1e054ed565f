"""Gaps by geometry alone: ends of walls cast straight ahead to the next wall, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.ends import Ends, corners_of

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
OVERLAP_FT = 0.04
LEAST_GAP_FT = 0.4
SKIN_FT = 0.01
LANE_HALF = 0.35  # of the end's thickness: what only grazes a lane does not stop it
LOOKS_BACK = -0.95
SAME_DEPTH_FT = 0.3
ASIDE = 0.6
SAME_GAP = 0.4


@dataclass(frozen=True)
class Casts:
    """Gaps (n): the ends they start from, clear widths (ft), and whether an end looks back from the far side."""

    ends: Ends
    width: Array
    facing: Flags

    @property
    def start(self) -> Array:
        """Middles of the first jambs (n, 2)."""
        return self.ends.middle

    @property
    def stop(self) -> Array:
        """Middles of the far jambs (n, 2)."""
        return self.ends.middle + self.ends.normal * self.width[:, None]

    @property
    def half(self) -> Array:
        """Vectors across the wall (n, 2), half its thickness long."""
        return (self.ends.b - self.ends.a) / 2

    def shapes(self) -> NDArray[np.object_]:
        """Rectangles of the gaps, reaching a little into the walls."""
        ends = self.ends
        far, back = ends.normal * (self.width + OVERLAP_FT)[:, None], ends.normal * OVERLAP_FT
        rings = [ends.a - back, ends.b - back, ends.b + far, ends.a + far]
        return np.asarray(shapely.polygons(np.stack(rings, axis=1)), dtype=object)

    def only(self, chosen: NDArray[np.intp]) -> Casts:
        """The chosen gaps, in the order given."""
        return Casts(_only(self.ends, chosen), self.width[chosen], self.facing[chosen])

    def thinned(self, chosen: Flags, *, depth: Array, thick_ft: float) -> Casts:
        """The same gaps, the chosen ones only `thick_ft` deep about a depth across the wall [half thicknesses]."""
        half = self.half
        share = np.minimum(1.0, thick_ft / np.maximum(self.ends.thick, 1e-9))[:, None]
        middle = self.ends.middle + half * np.clip(depth[:, None], share - 1.0, 1.0 - share)
        thin = chosen[:, None]
        a = np.where(thin, middle - half * share, self.ends.a)
        b = np.where(thin, middle + half * share, self.ends.b)
        return Casts(Ends(a, b, self.ends.normal, self.ends.part), self.width, self.facing)


def _only(ends: Ends, chosen: NDArray[np.intp]) -> Ends:
    return Ends(ends.a[chosen], ends.b[chosen], ends.normal[chosen], ends.part[chosen])


def cast(ends: Ends, walls: Sequence[Polygon], *, reach_ft: float, facing_ends: Ends | None = None) -> Casts:
    """The gap ahead of each end that has a wall within `reach_ft`; `facing_ends` may look back from its far side."""
    width = _distances(ends, walls, reach_ft=reach_ft)
    open_ = np.flatnonzero((width >= LEAST_GAP_FT) & np.isfinite(width))
    kept, width = _only(ends, open_), width[open_]
    if facing_ends is None:
        return Casts(kept, width, np.zeros(len(open_), dtype=bool))
    return Casts(kept, width, _faced(kept, width, facing_ends))


def _distances(ends: Ends, walls: Sequence[Polygon], *, reach_ft: float) -> Array:
    """Distance (ft) from each end to the first wall ahead; infinite where there is none."""
    corners = corners_of(walls)
    first, last = corners.at, corners.at[corners.after]
    tree = shapely.STRtree(shapely.linestrings(np.stack([first, last], axis=1)))
    inset, near = (ends.b - ends.a) * (0.5 - LANE_HALF), ends.normal * SKIN_FT
    far = ends.normal * reach_ft
    a, b = ends.a + inset, ends.b - inset
    lanes = shapely.polygons(np.stack([a + near, b + near, b + far, a + far], axis=1))
    end, edge = tree.query(lanes, predicate="intersects")
    found = np.full(len(ends.a), np.inf)
    np.minimum.at(found, end, _met(ends, end, first[edge], last[edge]))
    return found


def _met(ends: Ends, end: NDArray[np.intp], first: Array, last: Array) -> Array:
    """Nearest point (ft ahead) of each edge first-last inside the lane of its end."""
    origin, normal = ends.middle[end], ends.normal[end]
    half = LANE_HALF * ends.thick[end]
    one, two = first - origin, last - origin
    ahead = [(p * normal).sum(axis=1) for p in (one, two)]
    aside = [p[:, 1] * normal[:, 0] - p[:, 0] * normal[:, 1] for p in (one, two)]
    run = aside[1] - aside[0]
    level = np.abs(run) < 1e-9
    step = np.where(level, 1.0, run)
    bounds = np.sort(np.stack([(-half - aside[0]) / step, (half - aside[0]) / step]), axis=0)
    enter, leave = np.where(level, 0.0, np.clip(bounds, 0.0, 1.0))
    leave = np.where(level, 1.0, leave)
    depth = ahead[1] - ahead[0]
    nearest = np.minimum(ahead[0] + enter * depth, ahead[0] + leave * depth)
    return np.maximum(nearest, SKIN_FT)


def _faced(ends: Ends, width: Array, others: Ends) -> Flags:
    """True where an end looks back from the far side of the gap."""
    far = shapely.points(ends.middle + ends.normal * width[:, None])
    reach = np.hypot(SAME_DEPTH_FT, ASIDE * max(ends.thick.max(initial=0.0), others.thick.max(initial=0.0)))
    one, two = shapely.STRtree(shapely.points(others.middle)).query(far, predicate="dwithin", distance=reach)
    normal, away = ends.normal[one], others.middle[two] - ends.middle[one]
    back = (others.normal[two] * normal).sum(axis=1) <= LOOKS_BACK
    level = np.abs((away * normal).sum(axis=1) - width[one]) < SAME_DEPTH_FT
    across = np.abs(away[:, 1] * normal[:, 0] - away[:, 0] * normal[:, 1])
    good = back & level & (across < ASIDE * np.maximum(ends.thick[one], others.thick[two]))
    return np.asarray(np.bincount(one[good], minlength=len(width)) > 0)


def once(casts: Casts) -> NDArray[np.intp]:
    """Which gaps to keep so that each counts once, whichever end it was cast from; facing pairs and short ones first."""
    start, stop = casts.start, casts.stop
    order = np.lexsort((stop[:, 1], stop[:, 0], start[:, 1], start[:, 0], casts.width, ~casts.facing))
    rivals = _rivals(casts.shapes()[order])
    kept: list[int] = []
    held: set[int] = set()
    for place, number in enumerate(order.tolist()):
        if held.isdisjoint(rivals.get(place, ())):
            held.add(place)
            kept.append(number)
    return np.asarray(kept, dtype=np.intp)


def _rivals(shapes: NDArray[np.object_]) -> dict[int, list[int]]:
    """For each gap those before it that cover much of it or lie in it."""
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, two = one[two < one], two[two < one]
    area = shapely.area(shapes)
    shared = shapely.area(shapely.intersection(shapes[one], shapes[two]))
    much = shared >= SAME_GAP * np.minimum(area[one], area[two])
    found: dict[int, list[int]] = {}
    for number, other in zip(one[much].tolist(), two[much].tolist(), strict=True):
        found.setdefault(number, []).append(other)
    return found
