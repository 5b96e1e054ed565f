"""Cased openings between the flanks of walls: two lines across a space, where no wall end shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from blueprints.plan.geometry.arcs import Image, Marks
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.raster import line_segments, parts_of
from blueprints.plan.geometry.score import Names
from blueprints.plan.geometry.walls import Strip, axis_runs, facing_pairs

Array = NDArray[np.float64]
WIDTH_FT = (2.0, 16.0)
THICK_FT = (0.2, 1.2)
SAME_END_FT = 0.4
AT_WALL_FT = 0.3
MOST_INSIDE = 0.9
BLANK_FT = 0.5  # between dashes
OFF_WALL_PX = 5
WHY = "two_lines_across"


def headers(walls: Sequence[Polygon], faces: Sequence[Polygon], names: Names, *, marks: Marks) -> list[Found]:
    """Openings that two lines from wall to wall show, dashed or not, where they part names that share a space.

    Args:
        walls: Walls [ft].
        faces: Spaces [ft].
        names: Room names.
        marks: The drawing's ink.
    """
    shared = [face for face in faces if _held(face, names) > 1]
    if not shared:
        return []
    solid = shapely.union_all(list(walls))
    shapely.prepare(solid)
    ink = _inside(marks, shared)
    lines = line_segments(ink, scale=marks.scale, least_ft=WIDTH_FT[0], blank_ft=BLANK_FT)[:, :4]
    strips = sorted(_across(lines, solid), key=lambda s: (s.length, s.along, s.low, s.start))
    return [found for face in shared for found in _parting(face, strips, names)]


def _inside(marks: Marks, faces: Sequence[Polygon]) -> Image:
    """The ink in some spaces, off their walls: a line that meets a wall would run on through it."""
    mask = np.zeros_like(marks.ink)
    for face in faces:
        rings = [face.exterior, *face.interiors]
        cv2.fillPoly(
            mask, [np.round(np.asarray(ring.coords) * marks.scale).astype(np.int32) for ring in rings], 1
        )
    return np.asarray(marks.ink & cv2.erode(mask, np.ones((OFF_WALL_PX, OFF_WALL_PX), np.uint8)))


def _across(lines: Array, solid: BaseGeometry) -> Iterator[Strip]:
    """Pairs of lines that both run from wall to wall."""
    for along in (0, 1):
        runs = axis_runs(lines, along=along)
        length = runs[:, 2] - runs[:, 1]
        runs = runs[(length >= WIDTH_FT[0]) & (length <= WIDTH_FT[1])]
        for strip, (one, other) in facing_pairs(runs, along):
            ends_meet = np.abs(runs[one, 1:] - runs[other, 1:]).max() <= SAME_END_FT
            thick = THICK_FT[0] <= strip.thick <= THICK_FT[1]
            if ends_meet and thick and all(solid.distance(end) <= AT_WALL_FT for end in _ends(strip)):
                yield strip


def _ends(strip: Strip) -> list[LineString]:
    """The short sides of a strip."""
    corners = (
        ((strip.start, strip.low), (strip.start, strip.high)),
        ((strip.end, strip.low), (strip.end, strip.high)),
    )
    return [LineString(side if strip.along == 0 else [point[::-1] for point in side]) for side in corners]


def _parting(face: Polygon, strips: Sequence[Strip], names: Names) -> Iterator[Found]:
    """Strips inside a face that part its names, the shortest first."""
    spaces = [face]
    for strip in strips:
        gap = _gap(strip)
        held = [s for s in spaces if s.intersection(gap.shape).area > MOST_INSIDE * strip.shape.area]
        parts = [part for space in held[:1] for part in parts_of(space.difference(gap.shape))]
        if sum(_held(part, names) > 0 for part in parts) > 1:
            spaces = [*(s for s in spaces if s is not held[0]), *parts]
            yield Found(gap, "opening", 0.5, (WHY,))


def _gap(strip: Strip) -> Gap:
    """The strip from wall to wall."""
    whole = replace(strip, start=strip.start - AT_WALL_FT, end=strip.end + AT_WALL_FT)
    middle = (strip.low + strip.high) / 2
    jambs = ((strip.start, middle), (strip.end, middle))
    if strip.along == 1:
        jambs = ((middle, strip.start), (middle, strip.end))
    return Gap(whole.shape, jambs, strip.thick, facing=False, lines=2, swing=0.0, middle=0.0)


def _held(space: Polygon, names: Names) -> int:
    """How many names stand in a space."""
    return int(shapely.contains_xy(space, names.at[:, 0], names.at[:, 1]).sum())
