"""Openings one wall style shows and another hides: a line beside a wall makes it too thick for its windows to be seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely

from blueprints.plan.geometry.openings import Found
from blueprints.plan.geometry.raster import parts_of
from blueprints.plan.geometry.score import Attempt

WITNESSED = ("window", "glass_door")
SURE = 0.65
IN_WALL = 0.8  # of an opening's area that the walls cover
ALREADY = 0.1  # of an opening's area that another covers
SIDE_FT = 0.3
LEAST_FT2 = 0.05


def with_glass_of(attempt: Attempt, others: Sequence[Attempt]) -> Attempt:
    """The attempt with windows that other attempts found where it has nothing but wall; its rooms stay as they are.

    Args:
        attempt: The reading to complete.
        others: Other readings of the same drawing, the most believable first.
    """
    found: list[Found] = []
    for other in others:
        found += _hidden(attempt, other, taken=[*attempt.openings, *found])
    if not found:
        return attempt
    cut = shapely.union_all([f.gap.shape for f in found])
    walls = tuple(p for w in attempt.walls for p in parts_of(w.difference(cut)) if p.area > LEAST_FT2)
    return replace(attempt, walls=walls, openings=(*attempt.openings, *found))


def _hidden(attempt: Attempt, other: Attempt, *, taken: Sequence[Found]) -> Iterator[Found]:
    """Glass of the other attempt from a room to the outside in both, in a wall of the attempt without an opening there."""
    glass = [o for o in other.openings if o.kind in WITNESSED and o.confidence >= SURE]
    if not glass:
        return
    solid, known = shapely.union_all(list(attempt.walls)), shapely.union_all([o.gap.shape for o in taken])
    rooms = [shapely.union_all(list(a.faces.faces)) for a in (attempt, other)]
    for opening in glass:
        shape = opening.gap.shape
        hidden = shape.intersection(solid).area >= IN_WALL * shape.area
        if not hidden or shape.intersection(known).area > ALREADY * shape.area:
            continue
        sides = shapely.points(opening.gap.sides(SIDE_FT))
        inside = [shapely.contains(room, sides) for room in rooms]
        if all(one.sum() == 1 for one in inside) and (inside[0] == inside[1]).all():
            yield replace(opening, why=(*opening.why, "in_another_wall_style"))
