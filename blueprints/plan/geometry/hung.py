"""Doors told by leaf and swing: a threshold drawn as heavy as a wall leaves no wall end that would show the gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon

from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.leaves import Leaf
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.raster import parts_of
from blueprints.plan.geometry.score import Attempt

Array = NDArray[np.float64]
LEAF_FT = (1.4, 4.5)
BESIDE_FT = 0.3  # beyond hinge and latch, where the wall goes on
REACH_FT = 1.0  # across it: leaves hang at a face, or off it on a frame
THICK_FT = (0.15, 1.7)
AT_WALL_FT = 0.35
SIDE_FT = 0.4
KNOWN, SAME = 0.1, 0.5  # of a door's area that others cover; of the smaller of two where both are one
LEAST_FT2 = 0.05
SURE = 0.8


def with_hung_doors(attempt: Attempt, leaves: Sequence[Leaf], *, frame: Frame) -> Attempt:
    """The attempt with a door at each leaf whose wall parts two spaces there, and gaps with a leaf taken for doors."""
    solid = shapely.union_all([*attempt.walls, *(o.gap.shape for o in attempt.openings)])
    shapely.prepare(solid)
    tree = shapely.STRtree(attempt.faces.faces)
    openings = list(attempt.openings)
    added: list[Polygon] = []
    for leaf in leaves:
        gap = _gap(*frame.to_frame(np.stack([leaf.hinge, leaf.latch])), solid=solid)
        if gap is None:
            continue
        at = [n for n, o in enumerate(openings) if _share(o.gap.shape, gap.shape) > KNOWN]
        if at:
            openings = [_as_door(o, gap) if n in at else o for n, o in enumerate(openings)]
        elif _parts_spaces(gap, tree, solid):
            openings.append(Found(gap, "door", SURE, ("swing_arc", "threshold_in_wall")))
            added.append(gap.shape)
    walls = _without(attempt.walls, added) if added else attempt.walls
    return replace(attempt, walls=walls, openings=tuple(openings))


def _gap(hinge: Array, latch: Array, *, solid: shapely.Geometry) -> Gap | None:
    """The place of a shut leaf in its wall; None where no wall goes on beyond both of its ends."""
    width = float(np.hypot(*(latch - hinge)))
    if not LEAF_FT[0] <= width <= LEAF_FT[1]:
        return None
    along = (latch - hinge) / width
    across = np.array([-along[1], along[0]])
    sides = [
        _wall_across(end, across, solid) for end in (hinge - along * BESIDE_FT, latch + along * BESIDE_FT)
    ]
    known = [side for side in sides if side is not None]
    if len(known) < 2:
        return None
    low, high = max(side[0] for side in known), min(side[1] for side in known)
    if high - low < THICK_FT[0]:
        return None
    corners = [hinge + across * low, latch + across * low, latch + across * high, hinge + across * high]
    middle = across * (low + high) / 2
    first, last = hinge + middle, latch + middle
    jambs = ((float(first[0]), float(first[1])), (float(last[0]), float(last[1])))
    return Gap(Polygon(corners), jambs, high - low, facing=True, lines=0, swing=1.0, middle=0.0)


def _wall_across(at: Array, across: Array, solid: shapely.Geometry) -> tuple[float, float] | None:
    """From where to where (ft along `across`) the wall nearest to a point reaches; None where none is as thick as walls are."""
    ray = LineString([at - across * REACH_FT, at + across * REACH_FT])
    best: tuple[float, float] | None = None
    for piece in shapely.get_parts(shapely.intersection(ray, solid)):
        if piece.is_empty:
            continue
        ends = sorted(float(v) for v in (shapely.get_coordinates(piece) - at) @ across)
        off = max(ends[0], -ends[-1], 0.0)
        if off <= AT_WALL_FT and THICK_FT[0] <= ends[-1] - ends[0] <= THICK_FT[1] and best is None:
            best = (ends[0], ends[-1])
    return best


def _parts_spaces(gap: Gap, tree: shapely.STRtree, solid: shapely.Geometry) -> bool:
    """Whether a space lies on either side of the gap, not the same, or one and the outside."""
    sides = shapely.points(gap.sides(SIDE_FT))
    beside = tree.query(sides, predicate="within")
    one, other = (set(beside[1][beside[0] == side].tolist()) for side in (0, 1))
    return one != other and not shapely.contains(solid, sides).any()


def _share(one: Polygon, other: Polygon) -> float:
    return float(one.intersection(other).area / max(min(one.area, other.area), 1e-9))


def _as_door(opening: Found, gap: Gap) -> Found:
    """A gap without evidence that the leaf hangs in is a door; others stay what they are."""
    if opening.kind != "opening" or _share(opening.gap.shape, gap.shape) < SAME:
        return opening
    return replace(opening, kind="door", confidence=SURE, why=("swing_arc", *opening.why))


def _without(walls: Sequence[Polygon], cut: Sequence[Polygon]) -> tuple[Polygon, ...]:
    hole = shapely.union_all(list(cut))
    return tuple(p for wall in walls for p in parts_of(wall.difference(hole)) if p.area > LEAST_FT2)
