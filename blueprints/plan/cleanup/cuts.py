"""Spaces with several names cut by straight level or upright lines."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from shapely.geometry import LineString, Polygon, box
from shapely.geometry import Point as Dot
from shapely.ops import split

from blueprints.plan.cleanup.cells import printed_area
from blueprints.plan.model import RoomLabel

SMALLEST_PART_SQFT = 20.0
PRINTED_WEIGHT = 2.0
BISECTIONS = 16
Part = tuple[Polygon, list[RoomLabel]]


def cut(shape: Polygon, labels: Sequence[RoomLabel], *, points_per_foot: float) -> list[Part]:
    """Parts of one name each, cut by the shortest lines that are true to printed sizes; several names where none parts them."""
    parts: list[Part] = [(shape, sorted(labels, key=lambda lb: lb.at_pt))]
    done: list[Part] = []
    while parts:
        part, held = parts.pop()
        halves = _halves(part, held, points_per_foot=points_per_foot) if len(held) > 1 else None
        if halves is None:
            done.append((part, held))
        else:
            parts += halves
    return done


def _halves(shape: Polygon, labels: Sequence[RoomLabel], *, points_per_foot: float) -> list[Part] | None:
    """The level or upright cut that parts the labels in two groups: short, and true to the printed sizes."""
    smallest = SMALLEST_PART_SQFT * points_per_foot**2
    best: tuple[float, list[Part]] | None = None
    x0, y0, x1, y1 = shape.bounds
    for upright in (True, False):
        places = _places(shape, labels, upright=upright, points_per_foot=points_per_foot)
        for at in places:
            line = LineString([(at, y0 - 1), (at, y1 + 1)] if upright else [(x0 - 1, at), (x1 + 1, at)])
            pieces = [g for g in split(shape, line).geoms if g.area >= 1]
            groups = [(g, [lb for lb in labels if g.buffer(1e-6).contains(Dot(lb.at_pt))]) for g in pieces]
            groups = _absorb(groups)
            if len(groups) != 2 or any(not held or g.area < smallest for g, held in groups):
                continue
            open_length = line.intersection(shape).length - line.intersection(shape.boundary).length
            cost = open_length / math.sqrt(shape.area)
            cost += PRINTED_WEIGHT * _mismatch(groups, points_per_foot=points_per_foot)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, groups)
    return best[1] if best is not None else None


def _absorb(groups: list[Part]) -> list[Part]:
    """Pieces without a label join the labelled piece they touch most."""
    named = [(g, held) for g, held in groups if held]
    for piece, _ in [item for item in groups if not item[1]]:
        if not named:
            return groups
        shared = [piece.buffer(0.5).intersection(g).area for g, _ in named]
        index = shared.index(max(shared))
        joined = named[index][0].union(piece.buffer(0.01))
        if joined.geom_type != "Polygon":
            return groups
        named[index] = (joined, named[index][1])
    return named


def _mismatch(groups: Sequence[Part], *, points_per_foot: float) -> float:
    """How far the parts are from their printed areas, as a sum of log ratios; parts with an unprinted room count nothing."""
    total = 0.0
    for shape, held in groups:
        printed = [printed_area(label) for label in held]
        known = [area for area in printed if area is not None]
        if len(known) == len(printed):
            total += abs(math.log(shape.area / points_per_foot**2 / sum(known)))
    return total


def _places(
    shape: Polygon, labels: Sequence[RoomLabel], *, upright: bool, points_per_foot: float
) -> list[float]:
    """Where a cut may lie: at corners, half way between names, a printed side from the ends, where printed areas are met."""
    axis = 0 if upright else 1
    along = sorted(label.at_pt[axis] for label in labels)
    corners = {round(point[axis], 2) for point in shape.exterior.coords}
    sides = {side * points_per_foot for label in labels for side in label.printed_size_ft or ()}
    low_end, high_end = shape.bounds[axis], shape.bounds[axis + 2]
    corners |= {round(low_end + side, 2) for side in sides} | {round(high_end - side, 2) for side in sides}
    corners |= _areas_met(shape, labels, axis=axis, points_per_foot=points_per_foot)
    places = set()
    for low, high in itertools.pairwise(along):
        if high - low < 1:
            continue
        places.add((low + high) / 2)
        places |= {
            corner for corner in corners if low + 0.05 * (high - low) < corner < high - 0.05 * (high - low)
        }
    return sorted(places)


def _areas_met(
    shape: Polygon, labels: Sequence[RoomLabel], *, axis: int, points_per_foot: float
) -> set[float]:
    """Places across an axis with as much of the shape before them as the names before them print."""
    ordered = sorted(labels, key=lambda label: label.at_pt[axis])
    printed = [printed_area(label) for label in ordered]
    found: set[float] = set()
    for count in range(1, len(ordered)):
        for held, whole in ((printed[:count], False), (printed[count:], True)):
            if None in held:
                continue
            wanted = sum(area for area in held if area is not None) * points_per_foot**2
            wanted = shape.area - wanted if whole else wanted
            if 0 < wanted < shape.area:
                found.add(round(_place_of_area(shape, wanted, axis=axis), 2))
    return found


def _place_of_area(shape: Polygon, wanted_pt2: float, *, axis: int) -> float:
    """Where across an axis so much of the shape lies before."""
    x0, y0, x1, y1 = shape.bounds
    low, high = (x0, x1) if axis == 0 else (y0, y1)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        before = box(x0, y0, middle, y1) if axis == 0 else box(x0, y0, x1, middle)
        low, high = (middle, high) if shape.intersection(before).area < wanted_pt2 else (low, middle)
    return (low + high) / 2
