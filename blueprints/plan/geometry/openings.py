"""Openings: free wall ends cast along the wall to the next wall, judged by the ink in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.arcs import (
    AT_WALL,
    BESIDE_WALL,
    FOUND,
    WIDEST_LEAF_FT,
    Marks,
    swing_shares,
)
from blueprints.plan.geometry.casting import Casts, cast, once
from blueprints.plan.geometry.ends import convex_corners, oriented, wall_ends
from blueprints.plan.geometry.gap_lines import gap_lines
from blueprints.plan.model import OpeningKind

Array = NDArray[np.float64]
REACH_FT = 20.0
USUAL_WALL_FT = 0.35
NARROWEST_DOOR_FT = 1.8
THICKEST_DOOR_FT, UNUSUAL = 0.9, 2.0  # beside a shaft or a chimney a door hangs in a thinner wall
CASED_FT = 3.8
WIDEST_FT = 18.0
LEAST_LEAF_FT = 1.4
SLIDING_DOOR_FT = 3.7  # four feet, in a foot that may be a guess


@dataclass(frozen=True)
class Gap:
    """A gap between wall pieces: rectangle in feet, jamb middles, and what the ink in it says."""

    shape: Polygon
    jambs: tuple[tuple[float, float], tuple[float, float]]
    thick: float
    facing: bool
    lines: int
    swing: float
    middle: float
    sliding: bool = False
    dashed: bool = False

    @property
    def width(self) -> float:
        """Clear width in feet."""
        (x0, y0), (x1, y1) = self.jambs
        return float(np.hypot(x1 - x0, y1 - y0))

    def sides(self, off_ft: float) -> Array:
        """A point (2, 2) on either side of the middle, so far off the wall's faces."""
        first, last = np.asarray(self.jambs[0]), np.asarray(self.jambs[1])
        along = (last - first) / max(self.width, 1e-9)
        off = np.array([-along[1], along[0]]) * (self.thick / 2 + off_ft)
        middle = (first + last) / 2
        return np.array([middle - off, middle + off])


@dataclass(frozen=True)
class Found:
    """A judged gap: kind, confidence, reasons; `solid` False: a boundary nobody drew (virtual)."""

    gap: Gap
    kind: OpeningKind
    confidence: float
    why: tuple[str, ...]


def cast_gaps(walls: Sequence[Polygon], *, marks: Marks) -> list[Gap]:
    """Every free wall end with the nearest wall ahead of it, up to 20 ft; duplicates from both ends once."""
    pieces = oriented(walls)
    ends = wall_ends(pieces)
    casts = cast(ends, pieces, reach_ft=REACH_FT, facing_ends=ends)
    casts = casts.only(once(casts))
    leaf = np.flatnonzero((casts.width >= LEAST_LEAF_FT) & (casts.width <= WIDEST_FT))
    swing, depth = np.zeros(len(casts.width)), np.zeros(len(casts.width))
    swing[leaf], depth[leaf] = _swings(casts.only(leaf), marks, AT_WALL)
    usual = float(np.median(ends.thick)) if len(ends.thick) else 0.0
    thick = (swing >= FOUND) & (casts.ends.thick > max(THICKEST_DOOR_FT, UNUSUAL * usual))
    return _gaps(casts.thinned(thick, depth=depth, thick_ft=USUAL_WALL_FT), swing, marks)


def corner_doors(walls: Sequence[Polygon], *, marks: Marks, taken: Sequence[Found]) -> list[Found]:
    """Doors in line with the flank of a wall, hung where no wall end shows: only where a swing is drawn."""
    pieces = oriented(walls)
    casts = cast(convex_corners(pieces, thick_ft=USUAL_WALL_FT), pieces, reach_ft=WIDEST_LEAF_FT)
    casts = casts.only(np.flatnonzero(casts.width >= NARROWEST_DOOR_FT))
    swing, _ = _swings(casts, marks, BESIDE_WALL)
    known = shapely.union_all([f.gap.shape for f in taken if f.kind != "opening"])
    shapes = casts.shapes()
    free = shapely.area(shapely.intersection(shapes, known)) < 0.2 * shapely.area(shapes)
    hung = np.flatnonzero((swing >= FOUND) & free)
    gaps = _gaps(casts.only(hung), swing[hung], marks)
    hung = hung[
        [not g.lines for g in gaps]
    ]  # a line from jamb to jamb is the open leaf: the door stands across to it
    kept = hung[once(casts.only(hung))]
    return [
        Found(g, "door", 0.8, ("swing_arc", "at_a_corner"))
        for g in _gaps(casts.only(kept), swing[kept], marks)
    ]


def corner_glass(walls: Sequence[Polygon], *, marks: Marks, taken: Sequence[Found]) -> list[Found]:
    """Glass in line with the flank of a wall, from its corner to the next wall, where at least a line is drawn there.

    One line alone says little: it is for an outline that is open without it.
    """
    pieces = oriented(walls)
    casts = cast(convex_corners(pieces, thick_ft=USUAL_WALL_FT), pieces, reach_ft=WIDEST_FT)
    casts = casts.only(np.flatnonzero(casts.width >= SLIDING_DOOR_FT))
    casts = casts.only(once(casts))
    known = shapely.union_all([f.gap.shape for f in taken if f.kind != "opening"])
    gaps = _gaps(casts, np.zeros(len(casts.width)), marks)
    free = [g for g in gaps if g.shape.intersection(known).area < 0.2 * g.shape.area]
    return [
        f
        for g in free
        if (f := _one_line(g) if g.lines == 1 and not g.sliding else judge(g)) is not None
        and f.kind in ("window", "glass_door")
    ]


def corner_gaps(walls: Sequence[Polygon], *, marks: Marks, reach_ft: float) -> list[Gap]:
    """Gaps in line with the flanks of walls, from their corners to the next wall."""
    pieces = oriented(walls)
    casts = cast(convex_corners(pieces, thick_ft=USUAL_WALL_FT), pieces, reach_ft=reach_ft)
    casts = casts.only(np.flatnonzero(casts.width >= NARROWEST_DOOR_FT))
    return _gaps(casts, np.zeros(len(casts.width)), marks)


def _one_line(gap: Gap) -> Found:
    return Found(gap, "glass_door", 0.45, ("one_line", "at_a_corner"))


def _swings(casts: Casts, marks: Marks, depths: Array) -> tuple[Array, Array]:
    return swing_shares(
        marks.near, scale=marks.scale, jambs=(casts.start, casts.stop), normal=casts.half, depths=depths
    )


def _gaps(casts: Casts, swing: Array, marks: Marks) -> list[Gap]:
    """The gaps with what the ink in them says; gaps too wide to be judged are left without."""
    shapes, start, stop = casts.shapes(), casts.start, casts.stop
    near = np.flatnonzero(casts.width <= WIDEST_FT)
    seen = gap_lines(marks, start=start[near], stop=stop[near], half=casts.half[near])
    lines, inked = np.zeros(len(start), np.intp), np.zeros(len(start))
    sliding, dashed = np.zeros((2, len(start)), dtype=bool)
    lines[near], inked[near], sliding[near], dashed[near] = seen.lines, seen.inked, seen.sliding, seen.dashed
    columns = (start, stop, casts.ends.thick, casts.facing, lines, swing, inked, sliding, dashed)
    return [
        Gap(shape, ((a[0], a[1]), (b[0], b[1])), *rest)
        for shape, a, b, *rest in zip(shapes, *(column.tolist() for column in columns), strict=True)
    ]


def judge(gap: Gap) -> Found | None:
    """What the gap is, from its evidence; None when nothing says that it is an opening."""
    width = gap.width
    if gap.swing >= FOUND and LEAST_LEAF_FT <= width <= WIDEST_FT:
        return Found(gap, "door", 0.85, ("swing_arc",))
    if gap.sliding and SLIDING_DOOR_FT <= width <= WIDEST_FT:
        return Found(gap, "glass_door", 0.7, ("sliding_leaves", f"{min(gap.lines, 9)}_lines_in_gap"))
    if gap.lines >= 2 and 0.8 <= width <= WIDEST_FT:
        return _glazed(gap)
    if gap.dashed and CASED_FT < width <= WIDEST_FT:
        return Found(gap, "opening", 0.6, ("dashed_lines",))
    if width <= CASED_FT and width >= 0.4:
        confidence = 0.6 if gap.facing else 0.5
        return Found(gap, "opening", confidence, ("short_gap", "facing" if gap.facing else "to_wall"))
    if gap.lines == 1 and gap.facing and width <= WIDEST_FT:
        kind: OpeningKind = "door" if width > 7.0 else "opening"
        return Found(gap, kind, 0.45, ("one_line",))
    return None


def _glazed(gap: Gap) -> Found:
    confidence = 0.8 if gap.lines >= 3 else 0.65
    why = (f"{min(gap.lines, 9)}_lines_in_gap",)
    return Found(gap, "window", confidence, why)


def wide_gaps(gaps: Sequence[Gap], *, taken: Sequence[Found]) -> list[Found]:
    """Unexplained facing gaps up to 18 ft, to close a leaking outline only; boundaries nobody drew."""
    used = {id(f.gap) for f in taken}
    rest = [g for g in gaps if id(g) not in used and g.facing and g.width <= WIDEST_FT]
    return [Found(g, "opening", 0.3, ("undrawn_boundary",)) for g in rest]
