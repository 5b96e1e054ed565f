"""What the words of a sheet tell of a drawing before its walls are sought: room names, and the scale by lengths and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from autohvac.core.evidence import BBox, Point
from blueprints.plan.geometry.frame import View, points_per_foot
from blueprints.plan.geometry.spans import LEAST_SIDE_FT, size_witnesses
from blueprints.plan.model import DrawingInfo, PageInfo, RoomLabel, ScaleWitness
from blueprints.plan.text.dimensions import (
    LineWork,
    axis_segments,
    dimension_witnesses,
    picture_segments,
    printed_lengths,
    spanned,
)
from blueprints.plan.text.grammar import BareUnit, room_size_ft
from blueprints.plan.text.lines import Line, page_lines
from blueprints.plan.text.loose import loose_labels
from blueprints.plan.text.rooms import labels_on_plan, room_labels
from blueprints.plan.text.units import metric_unit
from blueprints.plan.text.unprinted import is_written, unprinted_lines

Array = NDArray[np.float64]
AROUND = 0.06
FEWEST_SIZES = 4
EDGE = 0.15  # of the letters' height: boxes of OCR are tight


@dataclass(frozen=True)
class SheetText:
    """All lines of a page, those of them OCR read, and the unit of bare numbers."""

    lines: tuple[Line, ...]
    seen: tuple[Line, ...]
    metric: BareUnit

    @property
    def letters_pt(self) -> Array:
        """Boxes (n, 4) of text that is drawn and would be taken for walls."""
        boxes = [line.bbox for line in self.seen if is_written(line)]
        grown = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
        return grown + np.array([-1.0, -1.0, 1.0, 1.0]) * EDGE * _heights(grown)[:, None]


@dataclass(frozen=True)
class Told:
    """A drawing with what the words tell of it, and the scale by printed sizes alone."""

    drawing: DrawingInfo
    sizes: tuple[ScaleWitness, ...]


def _heights(boxes: Array) -> Array:
    return np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])


def sheet_text(page: pymupdf.Page, info: PageInfo) -> SheetText:
    """The text of a page of rotation 0; OCR where its text layer says little."""
    printed = page_lines(page)
    seen = unprinted_lines(page, info, printed=printed)
    lines = (*printed, *seen)
    return SheetText(lines, tuple(seen), metric_unit(lines))


def stroke_segments(
    page: pymupdf.Page, info: PageInfo, paths: Sequence[dict[str, Any]], *, seen: Sequence[Line]
) -> LineWork | None:
    """Level and upright strokes that lengths may stand at: drawn ones, or those of a picture where OCR read its lengths."""
    if seen and info.route in ("raster", "hybrid"):
        return picture_segments(page, drawings=info.drawings)
    return axis_segments(paths) if info.route != "raster" else None


def told(
    drawing: DrawingInfo,
    text: SheetText,
    *,
    page: pymupdf.Page,
    view: View,
    segments: LineWork | None,
) -> Told:
    """The drawing with the scale its lengths tell; where that is none, or all was read by OCR, with printed sizes too."""
    lengths = dimension_witnesses(spanned(drawing.lengths, segments)) if segments else []
    info = drawing.model_copy(update={"witnesses": (*drawing.witnesses, *lengths)})
    if not text.seen and points_per_foot(info.witnesses) is not None:
        return Told(info, ())
    sizes = size_witnesses(page, text.lines, view=view, metric=text.metric)
    return Told(info.model_copy(update={"witnesses": (*info.witnesses, *sizes)}), tuple(sizes))


def as_seen(drawing: DrawingInfo, text: SheetText, *, page: pymupdf.Page) -> DrawingInfo:
    """The drawing with the names and lengths that OCR read in it by a closer look, if it took one."""
    if not text.seen:
        return drawing
    number, margin = page.number + 1, AROUND * max(page.rect.width, page.rect.height)
    known = room_labels(text.lines, page=number, metric=text.metric)
    loose = loose_labels(text.lines, known, page=number, metric=text.metric)
    found = labels_on_plan([*known, *loose], text.lines)
    labels = [label for label in found if _inside(label.at_pt, drawing.bbox, 0.0)]
    labels = _better(labels, drawing.labels)
    labels += _unnamed(labels, text, bbox=drawing.bbox, page=number)
    lengths = printed_lengths(text.lines, page=number, metric=text.metric)
    near = [length for length in lengths if _inside(length.centre, drawing.bbox, margin)]
    return drawing.model_copy(update={"labels": tuple(labels), "lengths": tuple(near) or drawing.lengths})


def _better(labels: Sequence[RoomLabel], quick: Sequence[RoomLabel]) -> list[RoomLabel]:
    """The closer look's names, but where the quick one found more."""
    return list(labels if len(labels) >= len(quick) else quick)


def _unnamed(labels: Sequence[RoomLabel], text: SheetText, *, bbox: BBox, page: int) -> list[RoomLabel]:
    """Rooms known by a printed size alone, where most sizes stand under names nobody could read."""
    sizes = [(line, size) for line in text.seen if (size := room_size_ft(line.text, metric=text.metric))]
    rooms = [
        (line, size) for line, size in sizes if min(size) >= LEAST_SIDE_FT and _inside(line.centre, bbox, 0.0)
    ]
    named = sum(label.printed_size_ft is not None for label in labels)
    if len(rooms) < FEWEST_SIZES or 2 * named > len(rooms):
        return []
    return [
        RoomLabel(
            page=page, text=line.text, type="other", at_pt=line.centre, bbox=line.bbox, printed_size_ft=size,
            confidence=line.confidence,
        )
        for line, size in rooms
    ]  # fmt: skip


def _inside(point: Point, box: BBox, margin: float) -> bool:
    return box[0] - margin <= point[0] <= box[2] + margin and box[1] - margin <= point[1] <= box[3] + margin
