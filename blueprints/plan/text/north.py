"""North arrows: the letter N beside a compact symbol that points toward it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autohvac.core.evidence import Point, Where
from blueprints.plan.model import NorthMark
from blueprints.plan.text.lines import Line

REACH_EM = 8.0
SMALLEST_EM = 0.6
LEAST_CONFIDENCE_ANGLE = 60.0


@dataclass(frozen=True)
class _Symbol:
    """Straight strokes and circle centres close to a letter N."""

    strokes: tuple[tuple[Point, Point], ...]
    centres: tuple[Point, ...]


def north_marks(paths: Sequence[dict[str, Any]], lines: Sequence[Line], *, number: int) -> list[NorthMark]:
    """Marks among the drawn paths of the unrotated page; direction in degrees clockwise from its top."""
    marks = []
    for line in lines:
        if line.text.strip().upper() not in ("N", "NORTH", "NORTE"):
            continue
        degrees = _direction(_symbol(paths, line), line)
        if degrees is not None:
            where = Where(page=number, bbox=line.bbox)
            marks.append(
                NorthMark(page=number, north_deg=round(degrees, 1) % 360, where=where, confidence=0.8)
            )
    return marks


def _symbol(paths: Sequence[dict[str, Any]], line: Line) -> _Symbol:
    reach = REACH_EM * line.size
    x0, y0, x1, y1 = line.bbox
    strokes: list[tuple[Point, Point]] = []
    centres: list[Point] = []
    for path in paths:
        left, top, right, bottom = path["rect"]
        near = left >= x0 - reach and top >= y0 - reach and right <= x1 + reach and bottom <= y1 + reach
        if not near or max(right - left, bottom - top) < SMALLEST_EM * line.size:
            continue
        kinds = {item[0] for item in path["items"]}
        if kinds == {"c"} and 0.95 < (right - left) / max(bottom - top, 1e-6) < 1.05:
            centres.append(((left + right) / 2, (top + bottom) / 2))
        strokes += [(item[1], item[2]) for item in path["items"] if item[0] == "l"]
    return _Symbol(strokes=tuple(strokes), centres=tuple(centres))


def _direction(symbol: _Symbol, line: Line) -> float | None:
    """From the circle's centre, or the far end of the longest stroke, to the tip nearest to the letter."""
    ends = [end for stroke in symbol.strokes for end in stroke]
    if not ends:
        return None
    tip = min(ends, key=lambda end: (math.dist(end, line.centre), end))
    if math.dist(tip, line.centre) > 3 * line.size:
        return None
    tail = min(symbol.centres, key=lambda c: math.dist(c, tip)) if symbol.centres else _far_end(symbol, tip)
    if tail is None or math.dist(tip, tail) < SMALLEST_EM * line.size:
        return None
    degrees = _bearing(tail, tip)
    letter = _bearing(tail, line.centre)
    agrees = abs((degrees - letter + 180) % 360 - 180) <= LEAST_CONFIDENCE_ANGLE
    return degrees if agrees else None


def _far_end(symbol: _Symbol, tip: Point) -> Point | None:
    """The other end of the longest stroke that ends at the tip."""
    others = [
        b if math.dist(a, tip) < math.dist(b, tip) else a for a, b in symbol.strokes if _touches(a, b, tip)
    ]
    return max(others, key=lambda end: (math.dist(end, tip), end), default=None)


def _touches(a: Point, b: Point, tip: Point) -> bool:
    return min(math.dist(a, tip), math.dist(b, tip)) < 0.5


def _bearing(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[0] - start[0], start[1] - end[1])) % 360
