"""Dimension strings: a printed length and the two extension lines or ticks it stands between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pymupdf

from autohvac.core.evidence import BBox, Point, Where
from blueprints.plan.geometry.frame import Frame, frame_for
from blueprints.plan.geometry.raster import line_segments, page_in_frame, scan_ink
from blueprints.plan.geometry.skew import picture_skew
from blueprints.plan.model import DimensionText, DrawingInfo, ScaleWitness
from blueprints.plan.text.grammar import BareUnit, in_inches, length_ft, room_size_ft
from blueprints.plan.text.lines import Line
from blueprints.plan.text.ticks import oblique_strokes, slashes_on

Floats = npt.NDArray[np.float64]
Segments = Floats
MAX_ITEMS = 120_000
SLOPE = 0.02
PICTURE_DPI = 150.0
LONGEST_PX = 5000.0
UNIT_PT = 12.0  # pen lines are told by their width: at most a fifth of this
LEAST_STROKE_PT = 6.0
SHORTEST_FT = 0.8
MOST_INCHES_FT = 1.0
LEAST_LEAN_DEG, LEAST_HALF = 3.0, 0.3
LARGEST_OPENING_FT = 10.0
STACKED_EM = 2.0
# In text heights, for prints come in all sizes:
REACH_EM = 2.2  # from the text to its line
BESIDE_EM = 4.0  # from the text to the nearest piece of its line
MASK_EM = 0.1  # the box that masks the drawing behind a text is no extension line
TICK_EM = 0.9
CROSS_EM = 0.1
LEVEL_EM = 0.01
ARROW_EM, MIRRORED_EM, SHORTER = 1.5, 0.25, 0.75  # arrowheads to both sides of an extension line
PEN_EM = 0.03
THROUGH = 0.25  # of a level text's width, off an upright line that runs through it


class LineWork(NamedTuple):
    """Strokes of a sheet: level as rows (y, x0, x1), upright as (x, y0, y1), oblique as (x0, y0, x1, y1).

    In points of the page, or of the level `frame` a scan was turned into.
    """

    level: Segments
    upright: Segments
    oblique: Segments
    frame: Frame | None = None


def axis_segments(paths: Sequence[dict[str, Any]]) -> LineWork:
    """Level, upright and oblique strokes, from `page.get_cdrawings()`."""
    items = [item for path in paths for item in path["items"]]
    lines = _rows([(*item[1], *item[2]) for item in items if item[0] == "l"])
    x0, y0, x1, y1 = _rows([item[1] for item in items if item[0] == "re"]).T
    sides = [(x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1), (x0, y0, x0, y1)]
    rows = np.vstack([lines, *(np.column_stack(side) for side in sides)])
    wide, high = np.abs(rows[:, 2] - rows[:, 0]), np.abs(rows[:, 3] - rows[:, 1])
    longest = np.argsort(-np.maximum(wide, high), kind="stable")[:MAX_ITEMS]
    rows, wide, high = rows[longest], wide[longest], high[longest]
    level = rows[(wide > 0) & (high <= SLOPE * wide)]
    upright = rows[(high > 0) & (wide <= SLOPE * high)]
    return LineWork(_along_axis(level), _along_axis(upright[:, [1, 0, 3, 2]]), oblique_strokes(lines))


def _along_axis(rows: Segments) -> Segments:
    """Rows x0 y0 x1 y1 of level strokes as sorted rows (y, x0, x1)."""
    found = np.column_stack([(rows[:, 1] + rows[:, 3]) / 2, np.sort(rows[:, [0, 2]], axis=1)])
    return found[np.lexsort(found.T[::-1])]


def picture_segments(page: pymupdf.Page, *, drawings: Sequence[DrawingInfo]) -> LineWork:
    """The same from the picture of a scanned page, its largest plan turned level: pen lines at least 6 pt long."""
    box = (0.0, 0.0, float(page.rect.width), float(page.rect.height))
    plans = [drawing.bbox for drawing in drawings if drawing.kind == "floor_plan"]
    plan = max(plans, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), default=box)
    lean = picture_skew(page, bbox=plan, frame=frame_for(plan, ft_pt=1.0, skew_deg=0.0))
    frame = frame_for(box, ft_pt=1.0, skew_deg=lean)
    zoom = min(PICTURE_DPI / 72, LONGEST_PX / max(frame.size_ft))
    ink = scan_ink(page_in_frame(page, bbox=box, frame=frame, scale=zoom))
    found = line_segments(ink, scale=zoom * UNIT_PT, least_ft=LEAST_STROKE_PT / UNIT_PT)
    rows = found[:, :4] * UNIT_PT
    level = np.abs(rows[:, 1] - rows[:, 3]) < np.abs(rows[:, 0] - rows[:, 2])
    upright = rows[~level][:, [1, 0, 3, 2]]
    return LineWork(_along_axis(rows[level]), _along_axis(upright), np.empty((0, 4)), frame)


def _rows(values: Sequence[Any]) -> Segments:
    return np.asarray(values, dtype=np.float64).reshape(-1, 4)


def printed_lengths(lines: Sequence[Line], *, page: int, metric: BareUnit) -> list[DimensionText]:
    """All printed lengths but room sizes; what each one spans is not sought yet.

    Where lengths have feet, one of many inches is none: OCR lost the mark of its feet.
    """
    found = []
    in_feet = any("'" in line.text and length_ft(line.text) is not None for line in lines)
    for line in lines:
        feet = length_ft(line.text, metric=metric)
        if feet is None or feet < SHORTEST_FT or room_size_ft(line.text, metric=metric) is not None:
            continue
        if in_feet and line.engine != "pdf" and feet > MOST_INCHES_FT and in_inches(line.text):
            continue
        found.append(
            DimensionText(
                page=page,
                text=line.text,
                feet=feet,
                bbox=line.bbox,
                angle_deg=line.angle_deg,
                size_pt=line.size,
            )
        )
    tags = _opening_tags(found) if metric else set()
    return [length.model_copy(update={"measures": False}) if length in tags else length for length in found]


def spanned(lengths: Sequence[DimensionText], segments: LineWork) -> list[DimensionText]:
    """The same lengths with the span they measure, where one is found."""
    return [
        length.model_copy(update={"span_pt": _measured(length, segments) if length.measures else None})
        for length in lengths
    ]


def _measured(length: DimensionText, drawn: LineWork) -> tuple[Point, Point] | None:
    """The span on the page; sought where the page's picture was turned level."""
    if drawn.frame is None:
        return _span(length, drawn)
    x, y = drawn.frame.to_frame(np.asarray([length.centre]))[0].tolist()
    dx, dy = _half_box(length.bbox, lean_deg=drawn.frame.lean_deg)
    box = (x - dx, y - dy, x + dx, y + dy)
    size = min(length.size_pt, 2 * dx, 2 * dy)
    span = _span(length.model_copy(update={"bbox": box, "size_pt": size}), drawn)
    if span is None:
        return None
    start, end = drawn.frame.to_page(np.asarray(span)).tolist()
    return (start[0], start[1]), (end[0], end[1])


def _half_box(box: BBox, *, lean_deg: float) -> Point:
    """Half the width and height of a text that leans in its box."""
    wide, high = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    if abs(lean_deg) <= LEAST_LEAN_DEG:
        return wide, high
    cos, sin, square = (
        f(math.radians(abs(lean_deg))) for f in (math.cos, math.sin, lambda a: math.cos(2 * a))
    )
    least = LEAST_HALF * min(wide, high)
    return max(least, (wide * cos - high * sin) / square), max(least, (high * cos - wide * sin) / square)


def _opening_tags(lengths: Sequence[DimensionText]) -> set[DimensionText]:
    """Width over height of a window or door, printed on both sides of one stroke: no dimension lines."""
    tags: set[DimensionText] = set()
    short = [(length, length.centre) for length in lengths if length.feet <= LARGEST_OPENING_FT]
    for index, (one, place) in enumerate(short):
        upright = round(one.angle_deg / 90) % 2
        for other, there in short[index + 1 :]:
            if abs(place[upright] - there[upright]) >= one.size_pt:
                continue
            apart = abs(place[1 - upright] - there[1 - upright])
            same = abs((one.angle_deg - other.angle_deg + 180) % 360 - 180) < 3
            if same and 0.5 * one.size_pt < apart < STACKED_EM * one.size_pt:
                tags |= {one, other}
    return tags


@dataclass(frozen=True)
class _Lane:
    """Where a text's dimension line may run: direction, the text's place and half length along it, offset and reach across."""

    upright: bool
    centre: float
    half: float
    offset: float
    reach: float
    through: bool = False


def _lanes(length: DimensionText) -> list[_Lane]:
    """Along the text and beside it; else across it and through its middle, as where all texts of a sheet stand level."""
    turns = round(length.angle_deg / 90) % 4
    if abs((length.angle_deg - turns * 90 + 180) % 360 - 180) > 3:
        return []
    upright = turns % 2 == 1
    sides = sorted((length.bbox[2] - length.bbox[0], length.bbox[3] - length.bbox[1]))
    here, there = length.centre[upright], length.centre[not upright]
    return [
        _Lane(upright, here, sides[1] / 2, there, REACH_EM * length.size_pt),
        _Lane(not upright, there, sides[0] / 2, here, THROUGH * sides[1], through=True),
    ]


def _span(length: DimensionText, drawn: LineWork) -> tuple[Point, Point] | None:
    spans = (_span_in(lane, drawn, em=length.size_pt) for lane in _lanes(length))
    return next((span for span in spans if span is not None), None)


def _span_in(lane: _Lane, drawn: LineWork, *, em: float) -> tuple[Point, Point] | None:
    along = drawn.upright if lane.upright else drawn.level
    near = along[np.abs(along[:, 0] - lane.offset) < lane.reach]
    reach = lane.half + BESIDE_EM * em
    near = near[(near[:, 1] < lane.centre + reach) & (near[:, 2] > lane.centre - reach)]
    found = [
        (not marked, abs(float(level) - lane.offset), float(level), ends)
        for level in _distinct(near[:, 0], within=LEVEL_EM * em)
        for marked in (True, False)
        if (
            ends := _ends(
                lane,
                near[np.abs(near[:, 0] - level) < PEN_EM * em],
                drawn,
                level=float(level),
                em=em,
                marked=marked,
            )
        )
    ]
    if not found:
        return None
    _, _, level, (low, high) = min(found)  # ends marked with slashes are surer than strokes that cross
    return ((level, low), (level, high)) if lane.upright else ((low, level), (high, level))


def _ends(
    lane: _Lane, line: Segments, drawn: LineWork, *, level: float, em: float, marked: bool
) -> tuple[float, float] | None:
    """Nearest ends on both sides of the text, slashes or crossing strokes, if the line between them is drawn."""
    if marked:
        ticks = slashes_on(drawn.oblique, level, em=em, upright=lane.upright)
    else:
        across = drawn.level if lane.upright else drawn.upright
        ticks = _ticks(across, level, em=em, seen=drawn.frame is not None)
    low_end, high_end = lane.centre - lane.half, lane.centre + lane.half
    left, right = ticks[ticks < low_end - MASK_EM * em], ticks[ticks > high_end + MASK_EM * em]
    if not len(left) or not len(right) or (lane.through and _runs_through(line, low_end, high_end)):
        return None
    low, high = float(left.max()), float(right.min())
    return (low, high) if _covered(line, low, high, text=(low_end - em, high_end + em)) else None


def _runs_through(line: Segments, low: float, high: float) -> bool:
    """The line is not cut where the text stands."""
    middle = (low + high) / 2
    return bool(((line[:, 1] < middle) & (line[:, 2] > middle)).any())


def _distinct(values: npt.NDArray[np.float64], *, within: float) -> npt.NDArray[np.float64]:
    """Sorted values, of those that follow each other closely only the first."""
    ordered = np.sort(values)
    return ordered[np.diff(ordered, prepend=-np.inf) > within]


def _ticks(across: Segments, level: float, *, em: float, seen: bool) -> Floats:
    """Where long enough strokes cross: extension lines, not the bases of arrowheads; `seen` in a picture."""
    crosses = (across[:, 1] <= level + CROSS_EM * em) & (across[:, 2] >= level - CROSS_EM * em)
    crossing = across[crosses & (across[:, 2] - across[:, 1] >= TICK_EM * em)]
    places = crossing[:, 0]
    return np.unique(_without_bases(places, crossing[:, 2] - crossing[:, 1], em=em) if seen else places)


def _without_bases(places: Floats, lengths: Floats, *, em: float) -> Floats:
    """Places of crossing strokes but those as far to either side of a longer one: bases of arrowheads that meet what is beside.

    A picture shows where a base ends only roughly.
    """
    order = np.argsort(places, kind="stable")
    places, lengths = places[order], lengths[order]
    first = np.searchsorted(places, places - ARROW_EM * em)
    last = np.searchsorted(places, places + ARROW_EM * em, side="right")
    kept = np.ones(len(places), dtype=bool)
    for n in np.flatnonzero(last - first > 2).tolist():
        near = np.arange(first[n], last[n])
        shorter = near[lengths[near] <= SHORTER * lengths[n]]
        away = places[shorter] - places[n]
        mirrored = np.abs(away[:, None] + away) <= MIRRORED_EM * em
        kept[shorter[mirrored.any(axis=0)]] = False
    return places[kept]


def _covered(drawn: Segments, lo: float, hi: float, *, text: tuple[float, float]) -> bool:
    """The dimension line is drawn from end to end, but for the gap its text may cut."""
    covered = 0.0
    end = lo
    for _, a, b in drawn[np.argsort(drawn[:, 1])]:
        a, b = max(a, end), min(b, hi)
        if b > a:
            covered += b - a
            end = b
    gap = max(0.0, min(hi, text[1]) - max(lo, text[0]))
    return covered >= 0.85 * max(hi - lo - gap, 0.35 * (hi - lo))


def dimension_witnesses(dimensions: Sequence[DimensionText]) -> list[ScaleWitness]:
    """A scale witness per dimension with a span; longer dimensions weigh more."""
    found = []
    for dimension in dimensions:
        if dimension.span_pt is None:
            continue
        (x0, y0), (x1, y1) = dimension.span_pt
        length = math.hypot(x1 - x0, y1 - y0)
        if length > 0.5 * dimension.size_pt:
            found.append(
                ScaleWitness(
                    kind="dimension", feet_per_point=dimension.feet / length, weight=min(3.0, 0.5 + dimension.feet / 10),
                    text=dimension.text, where=Where(page=dimension.page, bbox=dimension.bbox),
                )
            )  # fmt: skip
    return found
