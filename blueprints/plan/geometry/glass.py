"""Outlines that stand open at glass from a wall's corner to the next wall."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry import Polygon

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.faces import Array, Faces, closed_faces
from blueprints.plan.geometry.openings import Found, corner_glass

OPEN = 0.65  # rooms fill less of the walls' hull: an outline stands open somewhere
WON, WON_FT2 = 1.25, 20.0
LOST_FT2 = 10.0


def shut_by_glass(
    walls: Sequence[Polygon], openings: list[Found], faces: Faces, *, marks: Marks, named: Array
) -> tuple[list[Found], Faces]:
    """Openings and faces with the glass at corners an open outline lacks: where it wins much room area, and no more of it."""
    if faces.area >= OPEN * shapely.union_all(list(walls)).convex_hull.area:
        return openings, faces
    glass = corner_glass(walls, marks=marks, taken=openings)
    closed = closed_faces(walls, [o.gap.shape for o in [*openings, *glass]], named=named)
    if closed.area <= WON * faces.area + WON_FT2:
        return openings, faces
    needed = glass
    for one in glass:
        fewer = [o for o in needed if o is not one]
        without = closed_faces(walls, [o.gap.shape for o in [*openings, *fewer]], named=named)
        if without.area >= closed.area - LOST_FT2:
            needed, closed = fewer, without
    return [*openings, *needed], closed
