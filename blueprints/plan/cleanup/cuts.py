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
HOLLOW_WEIGHT = 0.5  # of what the parts lack to be convex, beside the length of the cut
SPLINTER_SQFT = 0.005
HAIR_FT = 0.001
PLAIN_FT = 0.01
TOUCH_FT = 0.03
BESIDE_FT = 0.05
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
            done.append((_plain(part, points_per_foot=points_per_foot), held))
        else:
            parts += halves
    return done


def _plain(shape: Polygon, *, points_per_foot: float) -> Polygon:
    """The shape without the corners that joining pieces leaves on straight sides."""
    plain = shape.simplify(PLAIN_FT * points_per_foot)
    return plain if plain.geom_type == "Polygon" and not plain.is_empty else shape


def _halves(shape: Polygon, labels: Sequence[RoomLabel], *, points_per_foot: float) -> list[Part] | None:
    """The level or upright cut that parts the labels in two groups: short, of plain shapes, true to the printed sizes."""
    smallest, least = SMALLEST_PART_SQFT * points_per_foot**2, SPLINTER_SQFT * points_per_foot**2
    best: tuple[tuple[float, ...], list[Part]] | None = None
    for upright in (True, False):
        places = _places(shape, labels, upright=upright, points_per_foot=points_per_foot)
        for at, off in places.items():
            line = _across(shape, at, upright=upright)
            pieces = [g for g in split(shape, line).geoms if g.area >= least]
            groups = [(g, [lb for lb in labels if g.buffer(1e-6).contains(Dot(lb.at_pt))]) for g in pieces]
            groups = _absorb(groups, touch=TOUCH_FT * points_per_foot)
            if len(groups) != 2 or any(not held or g.area < smallest for g, held in groups):
                continue
            open_length = line.intersection(shape).length - line.intersection(shape.boundary).length
            cost = open_length / math.sqrt(shape.area)
            cost += HOLLOW_WEIGHT * sum(g.convex_hull.area - g.area for g, _ in groups) / shape.area
            cost += PRINTED_WEIGHT * _mismatch(groups, points_per_foot=points_per_foot)
            widest = _widest(shape, at, upright=upright, beside=BESIDE_FT * points_per_foot)
            # of cuts as good the one where the space widens, else the one nearest to half way: not the first from an end
            rank = round(cost, 5), -round(widest / math.sqrt(shape.area), 3), round(off, 3)
            if best is None or rank < best[0]:
                best = (rank, groups)
    return best[1] if best is not None else None


def _across(shape: Polygon, at: float, *, upright: bool) -> LineString:
    """The upright or level line at a place, through the whole shape and beyond."""
    x0, y0, x1, y1 = shape.bounds
    over = x1 - x0 + y1 - y0
    return LineString([(at, y0 - over), (at, y1 + over)] if upright else [(x0 - over, at), (x1 + over, at)])


def _widest(shape: Polygon, at: float, *, upright: bool, beside: float) -> float:
    """How wide the shape is a little beside a place, on its wider side."""
    lines = (_across(shape, at + step, upright=upright) for step in (-beside, beside))
    return max(float(line.intersection(shape).length) for line in lines)


def _absorb(groups: list[Part], *, touch: float) -> list[Part]:
    """Pieces without a label join the labelled piece they touch (within so many points) most."""
    named = [(g, held) for g, held in groups if held]
    for piece, _ in [item for item in groups if not item[1]]:
        if not named:
            return groups
        shared = [piece.buffer(touch).intersection(g).area for g, _ in named]
        index = shared.index(max(shared))
        joined = named[index][0].union(piece.buffer(touch / 50, join_style="mitre"))
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
) -> dict[float, float]:
    """Where a cut may lie: at corners, half way between names, a printed side from the ends, where printed areas are met.

    With each place, how far it is from half way, as a share of the way between the names.
    """
    axis = 0 if upright else 1
    along = sorted(label.at_pt[axis] for label in labels)
    sides = {side * points_per_foot for label in labels for side in label.printed_size_ft or ()}
    low_end, high_end = shape.bounds[axis], shape.bounds[axis + 2]
    corners = {point[axis] for point in shape.exterior.coords}
    corners |= {low_end + side for side in sides} | {high_end - side for side in sides}
    corners |= _areas_met(shape, labels, axis=axis, points_per_foot=points_per_foot)
    places: dict[float, float] = {}
    for low, high in itertools.pairwise(along):
        if high - low < BESIDE_FT * points_per_foot:
            continue
        for at in _apart({(low + high) / 2} | corners, least=HAIR_FT * points_per_foot):
            off = abs(at - (low + high) / 2) / (high - low)
            if off < 0.45:
                places[at] = off
    return places


def _apart(places: set[float], *, least: float) -> list[float]:
    """Sorted places, of those that follow each other closely only the first."""
    kept: list[float] = []
    for at in sorted(places):
        if not kept or at - kept[-1] >= least:
            kept.append(at)
    return kept


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
                found.add(_place_of_area(shape, wanted, axis=axis))
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
