"""Text lines of a page in points of the unrotated page."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.text.grammar import normal

SAME_WAY_DEG = 5.0
OVERPRINT = 0.25  # letter heights between strings printed over each other
FLAGS = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES


@dataclass(frozen=True)
class Line:
    """A line of text: box, reading direction [degrees clockwise from +x], text height [pt], engine."""

    text: str
    bbox: BBox
    angle_deg: float
    size: float
    engine: str = "pdf"
    confidence: float = 1.0

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Centre of the box."""
        return (self.bbox[0] + self.bbox[2]) / 2, (self.bbox[1] + self.bbox[3]) / 2


class Nearby:
    """The lines of a page, to find those near to one: thousands are sifted before any is measured."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.sorted = [sorted((line.centre[axis], n) for n, line in enumerate(lines)) for axis in (0, 1)]

    def within(self, line: Line, reach_pt: float) -> list[Line]:
        """Lines at most so far down or up from `line` that read in its direction, itself left out."""
        axis = 0 if round(line.angle_deg / 90) % 2 else 1
        places, at = self.sorted[axis], line.centre[axis]
        low, high = (
            bisect_left(places, (at - reach_pt, -1)),
            bisect_left(places, (at + reach_pt, len(places))),
        )
        near = (self.lines[n] for n in sorted(n for _, n in places[low:high]))
        return [o for o in near if o is not line and (o.angle_deg == line.angle_deg or _same_way(o, line))]


def _same_way(one: Line, other: Line) -> bool:
    return abs((one.angle_deg - other.angle_deg + 180) % 360 - 180) <= SAME_WAY_DEG


def page_lines(page: pymupdf.Page) -> list[Line]:
    """Lines of the text layer; the page must have rotation 0."""
    found = []
    for block in page.get_text("dict", flags=FLAGS)["blocks"]:
        for line in block.get("lines", ()):
            found += _split(line)
    return sorted(_once(found), key=lambda ln: (round(ln.bbox[1], 1), round(ln.bbox[0], 1), ln.text))


def _once(lines: Sequence[Line]) -> list[Line]:
    """Lines printed twice over each other, as some programs do for heavy letters, as one: the first."""
    places: dict[str, list[Line]] = {}
    for line in lines:
        same = places.setdefault(line.text, [])
        if not any(_printed_over(line, other) for other in same):
            same.append(line)
    return [line for same in places.values() for line in same]


def _printed_over(one: Line, other: Line) -> bool:
    return math.dist(one.centre, other.centre) < OVERPRINT * one.size and _same_way(one, other)


def _split(line: dict[str, Any]) -> list[Line]:
    """A line as pieces: spans far apart (table cells, chained dimensions) are read apart."""
    spans = [s for s in line["spans"] if str(s["text"]).strip()]
    direction = line["dir"]
    angle = math.degrees(math.atan2(direction[1], direction[0])) % 360
    groups: list[list[dict[str, Any]]] = []
    for span in spans:
        if groups and _gap(groups[-1][-1], span) < 1.5 * float(span["size"]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_line(group, angle) for group in groups]


def _gap(a: dict[str, Any], b: dict[str, Any]) -> float:
    ra, rb = pymupdf.Rect(a["bbox"]), pymupdf.Rect(b["bbox"])
    return max(rb.x0 - ra.x1, ra.x0 - rb.x1, rb.y0 - ra.y1, ra.y0 - rb.y1, 0.0)


def _line(spans: list[dict[str, Any]], angle: float) -> Line:
    box = pymupdf.Rect(spans[0]["bbox"])
    for span in spans[1:]:
        box |= pymupdf.Rect(span["bbox"])
    text = normal("".join(str(span["text"]) for span in spans))
    return Line(
        text=text, bbox=(box.x0, box.y0, box.x1, box.y1), angle_deg=angle, size=float(spans[0]["size"])
    )
