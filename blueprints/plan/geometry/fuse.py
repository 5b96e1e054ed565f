"""Openings one wall style shows and another hides: a line beside a wall makes it too thick for its windows to be seen in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString

from blueprints.plan.geometry.faces import closed_faces
from blueprints.plan.geometry.openings import Found
from blueprints.plan.geometry.raster import parts_of
from blueprints.plan.geometry.score import Attempt, Names, named_alone

GLASS = ("window", "glass_door")
SWING = "swing_arc"
SURE = 0.65
IN_WALL = 0.8  # of a window's area that the walls cover
ALREADY = 0.1  # of an opening's area that another covers
SIDE_FT = 0.3
LEAST_FT2 = 0.05
INTO_WALL_FT = 0.2


def with_openings_of(attempt: Attempt, others: Sequence[Attempt]) -> Attempt:
    """The attempt with windows that others found where it has nothing but wall, and doors where its rooms end without one.

    Its rooms stay as they are. A threshold drawn as heavy as a thin wall hides a door, a line beside a wall the windows in it.

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
    kept = tuple(o for o in attempt.openings if not _is_piece(o, cut))
    return replace(attempt, walls=walls, openings=(*kept, *found))


def parted_by_doors_of(attempt: Attempt, others: Sequence[Attempt], *, names: Names) -> Attempt:
    """The attempt with doors that others found, where such a door gives room names that share a face one each.

    Args:
        attempt: The reading to complete.
        others: Other readings of the same drawing, the most believable first.
        names: The room names.
    """
    for other in others:
        for door in other.openings:
            if SWING in door.why and _is_among_names(attempt, door, names):
                with_door = _with_door(attempt, door, names)
                if named_alone(with_door, names) > named_alone(attempt, names):
                    attempt = with_door
    return attempt


def _is_among_names(attempt: Attempt, door: Found, names: Names) -> bool:
    """Whether both sides of a door lie in one face that holds several names, and no opening is known there."""
    sides = shapely.points(door.gap.sides(SIDE_FT))
    shape = door.gap.shape
    known = any(o.gap.shape.intersection(shape).area > ALREADY * shape.area for o in attempt.openings)
    at = shapely.points(names.at)
    return not known and any(
        bool(face.contains(sides).all()) and int(face.contains(at).sum()) > 1 for face in attempt.faces.faces
    )


def _with_door(attempt: Attempt, door: Found, names: Names) -> Attempt:
    """The attempt closed by a door, as far as its own walls: those of another style may begin sooner."""
    first, last = (np.asarray(jamb) for jamb in door.gap.jambs)
    reach = (last - first) / max(door.gap.width, 1e-9) * INTO_WALL_FT
    shut = LineString([first - reach, last + reach]).buffer(door.gap.thick / 2, cap_style="flat")
    closures = [*(o.gap.shape for o in attempt.openings), shut]
    found = replace(door, why=(*door.why, "in_another_wall_style"))
    faces = closed_faces(attempt.walls, closures, named=names.at)
    return replace(attempt, openings=(*attempt.openings, found), faces=faces)


def _is_piece(opening: Found, whole: shapely.Geometry) -> bool:
    """Whether a gap without evidence is what a line left open of glass."""
    shape = opening.gap.shape
    return opening.kind == "opening" and shape.intersection(whole).area >= IN_WALL * shape.area


def _hidden(attempt: Attempt, other: Attempt, *, taken: Sequence[Found]) -> Iterator[Found]:
    """Glass and doors with a swing of the other attempt, between two sides that are apart in the attempt as well."""
    wanted = [o for o in other.openings if SWING in o.why or (o.kind in GLASS and o.confidence >= SURE)]
    if not wanted:
        return
    solid, known = shapely.union_all(list(attempt.walls)), shapely.STRtree([o.gap.shape for o in taken])
    shapely.prepare(solid)
    trees = [shapely.STRtree(a.faces.faces) for a in (attempt, other)]
    for opening in wanted:
        shape = opening.gap.shape
        near = [taken[n] for n in known.query(shape, predicate="intersects")]
        if any(one is opening for one in near):
            continue
        sides = shapely.points(opening.gap.sides(SIDE_FT))
        here, there = (_rooms(tree, sides) for tree in trees)
        if opening.kind in GLASS:
            outer = sum(not room for room in here) == sum(not room for room in there) == 1
            pieces = [o.gap.shape for o in near if _is_piece(o, shape)]
            free = shapely.union_all([o.gap.shape for o in near if not _is_piece(o, shape)])
            wall = shapely.union_all([solid.intersection(shape), *(p.intersection(shape) for p in pieces)])
            covered = wall.area >= IN_WALL * shape.area
            fits = outer and covered and shape.intersection(free).area <= ALREADY * shape.area
        elif shape.intersection(shapely.union_all([o.gap.shape for o in near])).area > ALREADY * shape.area:
            continue
        else:
            # to the outside a picture's arcs are as often steps or planting
            sure = attempt.method == "vector" or all(here)
            fits = sure and here[0] != here[1] and not shapely.contains(solid, sides).any()
        if fits:
            yield replace(opening, why=(*opening.why, "in_another_wall_style"))


def _rooms(tree: shapely.STRtree, sides: NDArray[np.object_]) -> list[set[int]]:
    """Numbers of the faces at either side; none outside."""
    beside = tree.query(sides, predicate="within")
    return [set(beside[1][beside[0] == side].tolist()) for side in (0, 1)]
