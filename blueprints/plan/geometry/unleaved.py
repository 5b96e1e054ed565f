"""Open leaves of doors that are drawn as thick as thin walls: told by the doors they hang in, and taken out of the walls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from blueprints.plan.geometry.openings import Found
from blueprints.plan.geometry.raster import parts_of

Array = NDArray[np.float64]
BESIDE_FT = (-0.25, 0.35)  # of a leaf from its jamb: outside of the gap, into it
CLEAR_FT = 0.3  # to both sides of a leaf nothing is solid
SLIT_FT = 0.02
THICKEST_FT = 0.3
SHORT, LONG, BEYOND = (
    0.6,
    1.15,
    1.4,
)  # of the gap's width: where a leaf may end, and what must be free past it
COVERED, BARE = 0.85, 0.2
LEAST_FT2 = 0.05


def without_leaves(walls: Sequence[Polygon], openings: Sequence[Found]) -> list[Polygon] | None:
    """The walls [ft] without the leaves that stand open in doors with a drawn swing; None where there are none."""
    doors = [found for found in openings if "swing_arc" in found.why]
    solid = shapely.union_all(list(walls))
    shapely.prepare(solid)
    leaves = [leaf for door in doors for leaf in _leaves(door, solid)]
    if not leaves:
        return None
    rest = solid.difference(shapely.union_all(leaves))
    return [part for part in parts_of(rest) if part.area > LEAST_FT2]


def _leaves(door: Found, solid: BaseGeometry) -> Iterator[Polygon]:
    """Strips around the open leaves of a door: at either jamb, to either side, of the gap's width or of half of it."""
    first, second = (np.asarray(jamb) for jamb in door.gap.jambs)
    for hinge, shut in ((first, second - first), (second, first - second)):
        into = shut / max(float(np.hypot(*shut)), 1e-9)
        for out in (np.array([-into[1], into[0]]), np.array([into[1], -into[0]])):
            face = hinge + out * door.gap.thick / 2
            for length in (door.gap.width, door.gap.width / 2):
                if _is_leaf(solid, face, into, out, length):
                    yield _strip(face, into, out, across=BESIDE_FT, along=(SLIT_FT, BEYOND * length))
                    break


def _is_leaf(solid: BaseGeometry, face: Array, into: Array, out: Array, length: float) -> bool:
    """Whether a thin piece of wall stands off a face at a jamb, about as long as the door is wide, free at its end."""
    end = _strip(face, into, out, across=BESIDE_FT, along=(SHORT / 2 * length, SHORT * length))
    if not solid.intersects(end):
        return False  # most doors: nothing stands there
    low, high = BESIDE_FT
    strip = _strip(face, into, out, across=BESIDE_FT, along=(SLIT_FT, SHORT * length))
    held = solid.intersection(strip)
    if held.area > THICKEST_FT * SHORT * length or _reach(held, face, out) < COVERED * SHORT * length:
        return False
    free = [
        _strip(face, into, out, across=BESIDE_FT, along=(LONG * length, BEYOND * length)),
        _strip(face, into, out, across=(low - CLEAR_FT, low), along=(SLIT_FT + CLEAR_FT, length)),
        _strip(face, into, out, across=(high, high + CLEAR_FT), along=(SLIT_FT + CLEAR_FT, length)),
    ]
    return all(solid.intersection(side).area <= BARE * side.area for side in free)


def _strip(
    face: Array, into: Array, out: Array, *, across: tuple[float, float], along: tuple[float, float]
) -> Polygon:
    (a, b), (c, d) = across, along
    return Polygon([face + into * x + out * y for x, y in ((a, c), (b, c), (b, d), (a, d))])


def _reach(held: BaseGeometry, face: Array, out: Array) -> float:
    """How much of the way off the face is covered [ft], gaps left out."""
    spans = sorted(
        (float(away.min()), float(away.max()))
        for part in parts_of(held)
        for away in [(shapely.get_coordinates(part) - face) @ out]
    )
    covered, end = 0.0, -np.inf
    for start, stop in spans:
        covered += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return covered
