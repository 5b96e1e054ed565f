"""Stage 4: everything the sheets say in words; OCR only where the text layer is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pymupdf
from shapely.geometry import Point as Dot
from shapely.geometry import Polygon

from autohvac.core.evidence import BBox, Where
from autohvac.core.stage import Issue
from blueprints.plan.model import (
    DimensionText,
    DrawingGeometry,
    NorthMark,
    Note,
    PageInfo,
    PageSet,
    Plan,
    RoomLabel,
    ScaleWitness,
    ScheduleRow,
    TextSet,
)
from blueprints.plan.pdf.open import open_plan
from blueprints.plan.text.dimensions import (
    LineWork,
    axis_segments,
    dimension_witnesses,
    picture_segments,
    printed_lengths,
    spanned,
)
from blueprints.plan.text.grammar import area_sqft, area_to_middles_sqft, side_rounding, size_weight
from blueprints.plan.text.lines import Line, page_lines
from blueprints.plan.text.north import north_marks
from blueprints.plan.text.notes import notes_of
from blueprints.plan.text.rooms import room_labels
from blueprints.plan.text.schedules import names_schedule, schedule_rows
from blueprints.plan.text.table_cells import with_cells
from blueprints.plan.text.units import metric_unit
from blueprints.plan.text.unprinted import WRITTEN, as_line, as_word, written_lines

Progress = Callable[[float, float, str], None]
SHAPE_AGREES = 0.05
MOST_PAGES_SEEN = 8  # pages of notes and schedules that are read by OCR: some seconds each
COARSEST, USUAL_ROUNDING = 0.09, 0.02
LONE_AREA = re.compile(r"^(?:A(?:REA)?\s*[:=]?\s*)?\d+(?:[.,]\d+)?\s*\S{1,6}(?:\s*ft\.?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _PageText:
    lines: list[Line]
    seen: bool  # notes or schedules that only a picture shows
    labels: list[RoomLabel]
    dimensions: list[DimensionText]
    north: list[NorthMark]
    notes: list[Note]
    schedule: list[ScheduleRow]


def extract(path: Path, pages: PageSet, plan: Plan, *, progress: Progress) -> TextSet:
    """Words, labels, dimensions, notes, schedules and north marks of all pages."""
    pages = plan.classed(pages)
    read: dict[int, _PageText] = {}
    issues: list[Issue] = []
    looked_at = 0
    with open_plan(path) as document:
        for done, page in enumerate(pages.pages):
            progress(done, len(pages.pages), f"page {page.number}")
            seen = [as_line(word) for word in plan.words if word.page == page.number]
            look = looked_at < MOST_PAGES_SEEN
            read[page.number] = _read(document[page.number - 1], page, seen=seen, look=look)
            looked_at += read[page.number].seen
            unread = page.kind == "floor_plan" or (page.kind in WRITTEN and looked_at >= MOST_PAGES_SEEN)
            if unread and not read[page.number].lines:
                box: BBox = (0.0, 0.0, page.width_pt, page.height_pt)
                issues.append(Issue(code="no_text_read", where=Where(page=page.number, bbox=box)))
            pymupdf.TOOLS.store_shrink(100)
    return TextSet(
        words=tuple(as_word(line, number) for number, page in read.items() for line in page.lines),
        labels=tuple(label for page in read.values() for label in page.labels),
        dimensions=tuple(dimension for page in read.values() for dimension in page.dimensions),
        witnesses=tuple(_witnesses(pages, plan, read)),
        north=tuple(mark for page in read.values() for mark in page.north),
        notes=tuple(note for page in read.values() for note in page.notes),
        schedule=tuple(row for page in read.values() for row in page.schedule),
        issues=tuple(issues),
    )


def _read(page: pymupdf.Page, info: PageInfo, *, seen: Sequence[Line], look: bool) -> _PageText:
    """The text of a page; `look`: notes and schedules that only a picture shows are read by OCR."""
    page.set_rotation(0)
    printed = page_lines(page)
    written = written_lines(page, info, printed=printed) if look else []
    paths = page.get_cdrawings() if info.kind in ("floor_plan", "site") else []
    rules = _rules(page, info, paths)
    if any(names_schedule(line) for line in written):
        written = with_cells(page, written, rules(), boxes=[drawing.bbox for drawing in info.drawings])
    lines = [*printed, *seen, *written]
    metric = metric_unit(lines)
    plan_page = info.kind == "floor_plan"
    lengths = printed_lengths(lines, page=info.number, metric=metric) if plan_page else []
    return _PageText(
        lines=lines,
        seen=bool(written),
        labels=room_labels(lines, page=info.number, metric=metric) if plan_page else [],
        dimensions=spanned(lengths, _segments(page, info, paths)) if lengths else [],
        north=north_marks(paths, lines, number=info.number),
        notes=notes_of(lines, page=info.number),
        schedule=schedule_rows(lines, page=info.number, metric=metric, strokes=rules),
    )


def _segments(page: pymupdf.Page, info: PageInfo, paths: Sequence[dict[str, Any]]) -> LineWork:
    """Level and upright strokes: drawn ones, or of a scan those its picture shows."""
    return (
        picture_segments(page, drawings=info.drawings)
        if info.route in ("raster", "hybrid")
        else axis_segments(paths)
    )


def _rules(page: pymupdf.Page, info: PageInfo, paths: Sequence[dict[str, Any]]) -> Callable[[], LineWork]:
    """What gives the drawn strokes of a page, or those its picture shows, when asked."""
    if info.route in ("raster", "hybrid"):
        return cache(lambda: picture_segments(page, drawings=info.drawings))
    return cache(lambda: axis_segments(paths or page.get_cdrawings()))


def _witnesses(pages: PageSet, plan: Plan, read: dict[int, _PageText]) -> list[tuple[int, int, ScaleWitness]]:
    """What tells the scale of each drawing: printed sizes and areas against its faces, dimensions in and around it."""
    found: list[tuple[int, int, ScaleWitness]] = []
    for drawing in plan.drawings:
        text = read[drawing.page]
        rooms = [Polygon(face.polygon_pt).buffer(0) for face in drawing.faces]
        found += [(drawing.page, drawing.drawing, witness) for witness in drawing.witnesses]
        for label in text.labels:
            found += [(drawing.page, drawing.drawing, witness) for witness in _by_label(label, rooms)]
        taken = {label.bbox for label in text.labels if label.printed_area_sqft is not None}
        loose = _by_loose_area(text.lines, taken, drawing, rooms)
        found += [(drawing.page, drawing.drawing, witness) for witness in loose]
    for page in pages.pages:
        witnesses = dimension_witnesses(read[page.number].dimensions)
        for index, info in enumerate(page.drawings):
            near = [w for w in witnesses if w.where and _near(w.where.bbox, info.bbox, page=page)]
            found += [(page.number, index, witness) for witness in near]
    return found


def _near(box: BBox, drawing: BBox, *, page: PageInfo) -> bool:
    side = max(drawing[2] - drawing[0], drawing[3] - drawing[1])
    margin = max(0.1 * side, 0.06 * max(page.width_pt, page.height_pt))
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return drawing[0] - margin <= x <= drawing[2] + margin and drawing[1] - margin <= y <= drawing[3] + margin


def _by_label(label: RoomLabel, rooms: Sequence[Polygon]) -> list[ScaleWitness]:
    place = Dot(label.at_pt)
    shape = next((room for room in rooms if room.contains(place)), None)
    if shape is None:
        return []
    where = Where(page=label.page, bbox=label.bbox)
    found = []
    if label.printed_size_ft is not None:
        found += _by_size(label.printed_size_ft, shape, text=label.text, where=where)
    if label.printed_area_sqft is not None:
        found += _by_area(label.printed_area_sqft, shape, text=label.text, where=where, weight=1.0)
    return found


def _by_loose_area(
    lines: Sequence[Line], taken: set[BBox], drawing: DrawingGeometry, rooms: Sequence[Polygon]
) -> list[ScaleWitness]:
    """Areas printed alone in a room whose name no dictionary knows; a room that prints two tells nothing."""
    printed = [
        (line, area)
        for line in lines
        if LONE_AREA.match(line.text) and (area := area_sqft(line.text) or area_to_middles_sqft(line.text))
    ]
    found = []
    for shape in rooms:
        inside = [(line, area) for line, area in printed if shape.contains(Dot(line.centre))]
        named = any(shape.contains(Dot((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)) for box in taken)
        if len(inside) == 1 and not named:
            line, area = inside[0]
            where = Where(page=drawing.page, bbox=line.bbox)
            measured = _to_middles(shape, drawing) if area_to_middles_sqft(line.text) else shape
            found += _by_area(area, measured, text=line.text, where=where, weight=1.5)
    return found


def _to_middles(shape: Polygon, drawing: DrawingGeometry) -> Polygon:
    """A room grown by half a wall."""
    thick = [wall.thickness_pt for wall in drawing.walls]
    return shape.buffer(median(thick) / 2, join_style="mitre") if thick else shape


def _by_area(area: float, shape: Polygon, *, text: str, where: Where, weight: float) -> list[ScaleWitness]:
    """The scale by a printed area [ft²]; nothing where it is so small and so rounded that it tells little."""
    rounding = side_rounding(area)
    if rounding > COARSEST:
        return []
    return [
        ScaleWitness(
            kind="area", feet_per_point=math.sqrt(area / shape.area), weight=weight / (1 + rounding / USUAL_ROUNDING),
            rounding=rounding, text=text, where=where,
        )
    ]  # fmt: skip


def _by_size(size: tuple[float, float], shape: Polygon, *, text: str, where: Where) -> list[ScaleWitness]:
    """A rectangular face of the printed proportions says the scale twice over."""
    x0, y0, x1, y1 = shape.bounds
    width, height = x1 - x0, y1 - y0
    if shape.area < 0.85 * width * height:
        return []
    for w, h in (size, size[::-1]):
        if abs(math.log((w / h) / (width / height))) <= SHAPE_AGREES:
            scale = math.sqrt(w * h / (width * height))
            shown = f"{text} {w:g} x {h:g}"
            return [
                ScaleWitness(
                    kind="room_label", feet_per_point=scale, weight=size_weight(size), text=shown, where=where
                )
            ]
    return []
