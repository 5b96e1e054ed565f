"""Vector ink of a page as arrays: straight pieces, painted areas, in paint order, page points (y down)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autohvac.core.evidence import BBox

Array = NDArray[np.float64]
Colour = tuple[float, ...] | float | None
MAX_ITEMS = 500_000
CURVE_STEPS = 8
WHITE = 0.97
FILLED = 0.9


@dataclass(frozen=True)
class Paint:
    """One painted path: rings (n, 2) in points, fill grey and stroke grey 0..1 (None: not painted)."""

    rings: tuple[Array, ...]
    closed: bool
    fill: float | None
    stroke: float | None
    width_pt: float
    dashed: bool


@dataclass(frozen=True)
class Strokes:
    """All paths in paint order and the straight stroked or filled edges longer than nothing."""

    paints: tuple[Paint, ...]
    segments: Array = field(repr=False)  # (n, 4) x0 y0 x1 y1 in points
    widths: Array = field(repr=False)
    greys: Array = field(repr=False)
    decimated: bool = False

    def within(self, bbox: BBox) -> Strokes:
        """Only the paths and edges that touch a box (points)."""
        touches = iter(_meet(self._ring_boxes, bbox).tolist())
        paints = tuple(p for p in self.paints if any([next(touches) for _ in p.rings]))
        low = np.minimum(self.segments[:, :2], self.segments[:, 2:])
        high = np.maximum(self.segments[:, :2], self.segments[:, 2:])
        inside = _meet(np.hstack([low, high]), bbox)
        return Strokes(paints, self.segments[inside], self.widths[inside], self.greys[inside], self.decimated)

    def without(self, boxes: Array) -> Strokes:
        """Without what lies in one of the boxes (n, 4) wholly: letters drawn as outlines or pen strokes."""
        if not len(boxes):
            return self
        held = _held(self._paint_boxes, boxes).tolist()
        paints = tuple(p for p, lost in zip(self.paints, held, strict=True) if not lost)
        low = np.minimum(self.segments[:, :2], self.segments[:, 2:])
        high = np.maximum(self.segments[:, :2], self.segments[:, 2:])
        kept = ~_held(np.hstack([low, high]), boxes)
        return Strokes(paints, self.segments[kept], self.widths[kept], self.greys[kept], self.decimated)

    def extent(self, bbox: BBox, *, reach: float) -> BBox:
        """The box of all paths that lie in a box grown by `reach`; the box itself where they fill it by far less.

        Args:
            bbox: About where a drawing lies, as a small picture of the page shows it [pt].
            reach: How far off that may be [pt].
        """
        boxes = self._ring_boxes
        low, high = np.asarray(bbox[:2]) - reach, np.asarray(bbox[2:]) + reach
        inside = boxes[np.all((boxes[:, :2] >= low) & (boxes[:, 2:] <= high), axis=1)]
        if not len(inside):
            return bbox
        (x0, y0), (x1, y1) = inside[:, :2].min(axis=0).tolist(), inside[:, 2:].max(axis=0).tolist()
        filled = min((x1 - x0) / (bbox[2] - bbox[0]), (y1 - y0) / (bbox[3] - bbox[1])) >= FILLED
        return (x0, y0, x1, y1) if filled else bbox

    @cached_property
    def _ring_boxes(self) -> Array:
        """Boxes (n, 4) of all rings, in paint order."""
        rings = [ring for paint in self.paints for ring in paint.rings]
        if not rings:
            return np.empty((0, 4))
        starts, points = np.cumsum([0, *(len(r) for r in rings[:-1])]), np.vstack(rings)
        return np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])

    @property
    def _paint_boxes(self) -> Array:
        """Boxes (n, 4) of all paths: every path has a ring."""
        if not self.paints:
            return np.empty((0, 4))
        counts = [len(paint.rings) for paint in self.paints]
        starts, rings = np.cumsum([0, *counts[:-1]]), self._ring_boxes
        return np.hstack(
            [np.minimum.reduceat(rings[:, :2], starts), np.maximum.reduceat(rings[:, 2:], starts)]
        )


def _held(inner: Array, boxes: Array) -> NDArray[np.bool_]:
    """Which of the inner boxes lie in one of the boxes wholly."""
    held = np.zeros(len(inner), dtype=bool)
    for box in boxes:
        held |= np.all((inner[:, :2] >= box[:2]) & (inner[:, 2:] <= box[2:]), axis=1)
    return held


def _meet(boxes: Array, bbox: BBox) -> NDArray[np.bool_]:
    return np.all((boxes[:, 2:] >= bbox[:2]) & (boxes[:, :2] <= bbox[2:]), axis=1)


def read_strokes(drawings: list[dict[str, Any]]) -> Strokes:
    """Arrays from PyMuPDF drawings (`get_cdrawings`); above MAX_ITEMS paths every n-th is kept."""
    total = sum(len(d.get("items", ())) for d in drawings)
    step = max(1, -(-total // MAX_ITEMS))
    paints = [p for d in drawings[::step] if (p := _paint(d)) is not None]
    segments, widths, greys = _straight_edges(drawings[::step])
    return Strokes(tuple(paints), segments, widths, greys, decimated=step > 1)


def _paint(drawing: dict[str, Any]) -> Paint | None:
    fill = _grey(drawing.get("fill"), drawing.get("fill_opacity"))
    stroke = _grey(drawing.get("color"), drawing.get("stroke_opacity"))
    kind = drawing.get("type", "")
    fill, stroke = (fill if "f" in kind else None), (stroke if "s" in kind else None)
    if fill is None and stroke is None:
        return None
    rings = _rings(drawing.get("items", ()), close=bool(drawing.get("closePath")))
    if not rings:
        return None
    width, dashed = float(drawing.get("width") or 0.0), _is_dashed(drawing.get("dashes"))
    return Paint(tuple(rings), bool(drawing.get("closePath")), fill, stroke, width, dashed)


@lru_cache(maxsize=1024)
def _grey(colour: Colour, opacity: float | None) -> float | None:
    """Luminance of a colour over white paper."""
    if colour is None:
        return None
    parts = colour if isinstance(colour, tuple) else (float(colour),) * 3
    red, green, blue = (parts * 3)[:3]
    value = 0.299 * red + 0.587 * green + 0.114 * blue
    alpha = 1.0 if opacity is None else float(opacity)
    return 1.0 - alpha * (1.0 - value)


@lru_cache(maxsize=1024)
def _is_dashed(dashes: str | None) -> bool:
    inner = (dashes or "").partition("[")[2].partition("]")[0].split()
    return any(float(part) > 0 for part in inner)


def _rings(items: Any, *, close: bool) -> list[Array]:
    rings: list[Array] = []
    points: list[tuple[float, float]] = []
    for item in items:
        part = _item_points(item)
        whole = item[0] in ("re", "qu")
        if whole or not points or _apart(points[-1], part[0]):
            _flush(rings, points)
            points = list(part)
        else:
            points.extend(part[1:])
        if whole:
            _flush(rings, points)
            points = []
    if close and points and _apart(points[0], points[-1]):
        points.append(points[0])
    _flush(rings, points)
    return rings


def _flush(rings: list[Array], points: list[tuple[float, float]]) -> None:
    if len(points) >= 2:
        rings.append(np.asarray(points, dtype=np.float64))


def _apart(one: tuple[float, float], two: tuple[float, float]) -> bool:
    return abs(one[0] - two[0]) > 0.01 or abs(one[1] - two[1]) > 0.01


def _item_points(item: Any) -> Sequence[tuple[float, float]]:
    """A path item as points; curves are flattened."""
    if item[0] == "l":
        return (item[1], item[2])
    if item[0] == "re":
        x0, y0, x1, y1 = item[1]
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    if item[0] == "qu":
        upper_left, upper_right, lower_left, lower_right = item[1]
        return [upper_left, upper_right, lower_right, lower_left, upper_left]
    return _flatten(np.asarray(item[1:5], dtype=np.float64))


def _bezier(steps: int) -> Array:
    """Weights (steps + 1, 4) of the four control points of a curve at equal steps."""
    t = np.linspace(0.0, 1.0, steps + 1)[:, None]
    return np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])


CURVE = _bezier(CURVE_STEPS)


def _flatten(control: Array) -> list[tuple[float, float]]:
    return [(x, y) for x, y in (CURVE @ control).tolist()]


def _straight_edges(drawings: list[dict[str, Any]]) -> tuple[Array, Array, Array]:
    rows: list[tuple[float, ...]] = []
    for drawing in drawings:
        paint = _style(drawing)
        if paint is None:
            continue
        for item in drawing.get("items", ()):
            if item[0] == "l":
                rows.append((*item[1], *item[2], *paint))
            elif item[0] != "c":
                rows.extend((*a, *b, *paint) for a, b in itertools.pairwise(_item_points(item)))
    table = np.asarray(rows, dtype=np.float64).reshape(-1, 6)
    return table[:, :4], table[:, 4], table[:, 5]


def _style(drawing: dict[str, Any]) -> tuple[float, float] | None:
    """Stroke width in points and grey of a path whose edges count; None for dashes and white paint."""
    stroked = "s" in drawing.get("type", "")
    grey = _grey(drawing.get("color" if stroked else "fill"), drawing.get("stroke_opacity"))
    if grey is None or grey > WHITE or (stroked and _is_dashed(drawing.get("dashes"))):
        return None
    return (float(drawing.get("width") or 0.0) if stroked else 0.0), grey
