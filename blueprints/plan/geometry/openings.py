"""Openings: free wall ends cast along the wall to the next wall, judged by the ink in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from blueprints.plan.geometry.arcs import (
    AT_WALL,
    BESIDE_WALL,
    FOUND,
    WIDEST_LEAF_FT,
    Image,
    near_ink,
    swing_share,
)
from blueprints.plan.geometry.ends import Cap, convex_corners, oriented, wall_ends
from blueprints.plan.model import OpeningKind

Array = NDArray[np.float64]
REACH_FT = 20.0
USUAL_WALL_FT = 0.35
NARROWEST_DOOR_FT = 1.8
CASED_FT = 3.8
WIDE_FT = 9.0
LINE_SHARE = 0.8
NO_LINE_SHARE = 0.2
SLIDING_DOOR_FT = 4.0
OVERLAP_FT = 0.04


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

    @property
    def width(self) -> float:
        """Clear width in feet."""
        (x0, y0), (x1, y1) = self.jambs
        return float(np.hypot(x1 - x0, y1 - y0))


@dataclass(frozen=True)
class Found:
    """A judged gap: kind, confidence, reasons; `solid` False: a boundary nobody drew (virtual)."""

    gap: Gap
    kind: OpeningKind
    confidence: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class _Marks:
    """The drawing's ink (1 = ink), the same grown by a pixel, pixels per foot, and where across a wall hinges are sought."""

    ink: Image
    near: Image
    scale: float
    depths: Array = field(default_factory=lambda: AT_WALL)


def cast_gaps(walls: Sequence[Polygon], *, ink: Image, scale: float) -> list[Gap]:
    """Every free wall end with the nearest wall ahead of it, up to 20 ft; duplicates from both ends once."""
    marks = _Marks(ink, near_ink(ink), scale)
    pieces = oriented(walls)
    tree = shapely.STRtree(pieces)
    caps = wall_ends(pieces)
    table = np.array([(*c.middle, *c.normal, c.thick) for c in caps]).reshape(-1, 5)
    gaps = [g for c in caps if (g := _cast(c, pieces, tree, table, marks)) is not None]
    return _once(gaps)


def corner_doors(
    walls: Sequence[Polygon], *, ink: Image, scale: float, taken: Sequence[Found]
) -> list[Found]:
    """Doors in line with the flank of a wall, hung where no wall end shows: only where a swing is drawn."""
    pieces = oriented(walls)
    tree = shapely.STRtree(pieces)
    marks = _Marks(ink, near_ink(ink), scale, BESIDE_WALL)
    nowhere = np.empty((0, 5))
    known = shapely.union_all([f.gap.shape for f in taken if f.kind != "opening"])
    gaps = []
    for corner in convex_corners(pieces, thick_ft=USUAL_WALL_FT):
        gap = _cast(corner, pieces, tree, nowhere, marks, reach_ft=WIDEST_LEAF_FT)
        if gap is None or gap.swing < FOUND or gap.width < NARROWEST_DOOR_FT or gap.lines:
            continue  # a line from jamb to jamb is the open leaf: the door stands across to it
        if gap.shape.intersection(known).area < 0.2 * gap.shape.area:
            gaps.append(gap)
    return [Found(g, "door", 0.8, ("swing_arc", "at_a_corner")) for g in _once(gaps)]


def _cast(
    cap: Cap, pieces: list[Polygon], tree: shapely.STRtree, ends: Array, marks: _Marks,
    *, reach_ft: float = REACH_FT,
) -> Gap | None:  # fmt: skip
    inset = (cap.b - cap.a) * 0.15
    near, far = cap.normal * 0.05, cap.normal * reach_ft
    lane = Polygon([cap.a + inset + near, cap.b - inset + near, cap.b - inset + far, cap.a + inset + far])
    ahead = [pieces[i].intersection(lane) for i in sorted(tree.query(lane, predicate="intersects"))]
    distance = min((_nearest(p, cap) for p in ahead if not p.is_empty), default=None)
    if distance is None or distance < 0.4:
        return None
    facing = _faces(cap, ends, distance)
    return _gap(cap, distance, facing=facing, marks=marks)


def _nearest(part: BaseGeometry, cap: Cap) -> float:
    return float(np.min((shapely.get_coordinates(part) - cap.middle) @ cap.normal))


def _faces(cap: Cap, ends: Array, distance: float) -> bool:
    """True when an end looks back at `cap` from the far side of the gap; rows (x, y, normal x, normal y, thickness)."""
    back = ends[:, 2:4] @ cap.normal <= -0.95
    away = ends[:, :2] - cap.middle
    across = np.abs(away @ np.array([-cap.normal[1], cap.normal[0]]))
    level = np.abs(away @ cap.normal - distance) < 0.3
    return bool((back & level & (across < 0.6 * np.maximum(cap.thick, ends[:, 4]))).any())


def _gap(cap: Cap, distance: float, *, facing: bool, marks: _Marks) -> Gap:
    reach = cap.normal * (distance + OVERLAP_FT)
    back = cap.normal * OVERLAP_FT
    shape = Polygon([cap.a - back, cap.b - back, cap.b + reach, cap.a + reach])
    start, end = cap.middle, cap.middle + cap.normal * distance
    half = (cap.b - cap.a) / 2
    lines, middle, sliding = ink_lines(marks.ink, scale=marks.scale, start=start, end=end, half=half)
    swing = 0.0
    if 1.4 <= distance <= 18.0:
        swing = swing_share(
            marks.near, scale=marks.scale, jambs=(start, end), normal=half, depths=marks.depths
        )
    jambs = ((float(start[0]), float(start[1])), (float(end[0]), float(end[1])))
    return Gap(shape, jambs, cap.thick, facing, lines, swing, middle, sliding)


def ink_lines(ink: Image, *, scale: float, start: Array, end: Array, half: Array) -> tuple[int, float, bool]:
    """Lines running through a gap from jamb to jamb, the share of ink in the gap, and whether leaves slide in it."""
    length = float(np.hypot(*(end - start)))
    along = np.linspace(0.06, 0.94, max(8, int(length * scale)))
    thick_px = float(np.hypot(*half)) * scale
    reach = max(1.1, 1.0 + 1.0 / thick_px)  # lines flush with the wall lie a pixel outside of it as well
    across = np.linspace(-reach, reach, max(9, int(2.0 * reach * thick_px * 1.5)))
    points = start + along[None, :, None] * (end - start) + across[:, None, None] * half
    pixels = np.round(points * scale).astype(int)
    x = np.clip(pixels[..., 0], 0, ink.shape[1] - 1)
    y = np.clip(pixels[..., 1], 0, ink.shape[0] - 1)
    sampled = ink[y, x]
    full = sampled.mean(axis=1) >= LINE_SHARE
    # a line may wander by a pixel: join each row with its neighbour
    pair = np.maximum(sampled[:-1], sampled[1:]).mean(axis=1) >= LINE_SHARE + 0.1
    rows = full.copy()
    rows[:-1] |= pair
    starts = np.flatnonzero(rows & ~np.concatenate([[False], rows[:-1]]))
    return len(starts), float(sampled.mean()), _leaves_slide(sampled)


def _leaves_slide(sampled: Image) -> bool:
    """True when a line from each jamb ends near the middle: the leaves of a slider pass each other there."""
    third = sampled.shape[1] // 3
    grown = np.maximum(sampled[:-1], sampled[1:])
    left, right = grown[:, :third].mean(axis=1), grown[:, -third:].mean(axis=1)
    from_left = (left >= LINE_SHARE) & (right <= NO_LINE_SHARE)
    from_right = (right >= LINE_SHARE) & (left <= NO_LINE_SHARE)
    return bool(from_left.any() and from_right.any())


def _once(gaps: list[Gap]) -> list[Gap]:
    """Drop gaps that cover one already taken; facing pairs and short ones first."""
    kept: list[Gap] = []
    for gap in sorted(gaps, key=lambda g: (not g.facing, g.width, g.jambs)):
        if all(gap.shape.intersection(k.shape).area < 0.4 * min(gap.shape.area, k.shape.area) for k in kept):
            kept.append(gap)
    return kept


def judge(gap: Gap) -> Found | None:
    """What the gap is, from its evidence; None when nothing says that it is an opening."""
    width = gap.width
    if gap.swing >= FOUND and 1.4 <= width <= 18.0:
        return Found(gap, "door", 0.85, ("swing_arc",))
    if gap.sliding and SLIDING_DOOR_FT <= width <= 18.0:
        return Found(gap, "glass_door", 0.7, ("sliding_leaves", f"{min(gap.lines, 9)}_lines_in_gap"))
    if gap.lines >= 2 and 0.8 <= width <= 18.0:
        return _glazed(gap)
    if width <= CASED_FT and width >= 0.4:
        confidence = 0.6 if gap.facing else 0.5
        return Found(gap, "opening", confidence, ("short_gap", "facing" if gap.facing else "to_wall"))
    if gap.lines == 1 and gap.facing and width <= 18.0:
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
    rest = [g for g in gaps if id(g) not in used and g.facing and g.width <= 18.0]
    return [Found(g, "opening", 0.3, ("undrawn_boundary",)) for g in rest]
