"""Stage 2: every page classed and scored with reasons; the drawings on it with titles and scales.

A lone sheet without words that looks like a plan is taken for one by its ink: stage 3 reads its words, and classes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pymupdf

from autohvac.core.evidence import BBox, Where
from blueprints.plan.model import (
    DimensionText,
    DrawingInfo,
    PageFacts,
    PageInfo,
    PageKind,
    PageSet,
    PdfFacts,
    RoomLabel,
    Route,
    ScaleWitness,
)
from blueprints.plan.pages.classes import floor_plan_score, page_title_kinds, spread, storey_of, titles_of
from blueprints.plan.pages.ink import closed_share, drawing_boxes, page_ink
from blueprints.plan.pages.order import mark_duplicates, storeys_in_order
from blueprints.plan.pdf.open import open_plan
from blueprints.plan.text.dimensions import printed_lengths
from blueprints.plan.text.grammar import BareUnit, length_ft, scale_feet_per_point
from blueprints.plan.text.lines import Line, page_lines
from blueprints.plan.text.loose import loose_labels
from blueprints.plan.text.ocr import quick_lines
from blueprints.plan.text.rooms import labels_on_plan, room_labels
from blueprints.plan.text.scale_bar import bar_witnesses
from blueprints.plan.text.units import metric_unit

Progress = Callable[[float, float, str], None]
FEWEST_WORDS = 12
PICTURE_SHARE = 0.2
LEAST_VECTOR_ITEMS = 25
FLOOR_PLAN_FROM = 0.3
LEAST_CLOSED, FAINT_CLOSED = 0.5, 0.25  # of a plan's inside that walls enclose; of a pale or coarse print's
LEAST_PLAN_SHARE = 0.1
RIVAL_SHARE = 0.35
WORDY = 60
NOT_TO_SCALE = re.compile(r"NOT TO SCALE|\bN\.?T\.?S\b", re.IGNORECASE)
SOME_CLOSED = 0.1


@dataclass(frozen=True)
class _Sheet:
    facts: PageFacts
    route: Route
    lines: list[Line]
    labels: list[RoomLabel]
    lengths: list[DimensionText]
    titles: list[tuple[Line, PageKind]]
    boxes: list[BBox]
    closed: dict[BBox, float]  # how much of each box is enclosed by ink
    by_ink: bool = False  # its words are left to be seen by stage 3

    @cached_property
    def scales(self) -> list[tuple[Line, tuple[float, str]]]:
        """Printed scales with the lines that name them."""
        return [(line, found) for line in self.lines if (found := scale_feet_per_point(line.text))]

    @cached_property
    def bars(self) -> list[ScaleWitness]:
        """Scale bars."""
        return bar_witnesses(self.lines, page=self.facts.number)

    @cached_property
    def not_to_scale(self) -> list[Line]:
        """Lines that say that a drawing is not to scale."""
        return [line for line in self.lines if NOT_TO_SCALE.search(line.text)]

    @cached_property
    def title_kinds(self) -> list[PageKind]:
        """What the largest titles name."""
        return page_title_kinds(self.titles)


def analyse(path: Path, facts: PdfFacts, *, progress: Progress) -> PageSet:
    """Class all pages of a validated file."""
    sheets = []
    with open_plan(path) as document:
        for page_facts in facts.pages:
            progress(page_facts.number - 1, facts.page_count, f"page {page_facts.number}")
            page = document[page_facts.number - 1]
            page.set_rotation(0)
            sheets.append(_read(page, page_facts))
            if page_facts.image_share > 0:
                pymupdf.TOOLS.store_shrink(100)  # of pictures; fonts are wanted again on the next page
        least = _least_closed(sheets)
        sheets = _with_seen_words(document, sheets, least=least)
    scores = _scores(sheets, least=least)
    pages = [_info(sheet, score, reasons) for sheet, (score, reasons) in zip(sheets, scores, strict=True)]
    return PageSet(pages=tuple(in_order(pages)))


def in_order(pages: Sequence[PageInfo]) -> list[PageInfo]:
    """Classed pages of a set with storeys counted alike, and sheets that repeat others marked."""
    return mark_duplicates(storeys_in_order(pages))


def classed_anew(page: pymupdf.Page, info: PageInfo, lines: Sequence[Line], *, alone: bool) -> PageInfo:
    """A page of rotation 0 that was classed by its ink alone, by the words a closer look found as well.

    `alone`: no other page of the set is known to be a plan.
    """
    facts = PageFacts(
        number=info.number, width_pt=info.width_pt, height_pt=info.height_pt, rotation=info.rotation
    )
    sheet = _sheet(facts, info.route, lines, closed=_closed(page))
    ((score, reasons),) = _scores([sheet], alone=alone, least=FAINT_CLOSED)
    return _info(sheet, score, reasons)


def _least_closed(sheets: Sequence[_Sheet]) -> float:
    """How much a drawing must enclose to look like a plan: less where no sheet of the file encloses much."""
    return LEAST_CLOSED if any(_shape(sheet, LEAST_CLOSED) > 0 for sheet in sheets) else FAINT_CLOSED


def _with_seen_words(document: pymupdf.Document, sheets: Sequence[_Sheet], *, least: float) -> list[_Sheet]:
    """The sheets, those whose text layer says little with the words OCR sees; but a lone one that must be the plan is left."""
    silent = [sheet for sheet in sheets if sheet.route != "empty" and len(sheet.lines) < FEWEST_WORDS]
    told = [sheet for sheet in sheets if not any(sheet is one for one in silent)]
    lone = len(silent) == 1 and _may_be_plan(silent[0], least) and not any(map(_is_plan, told))
    return [
        sheet if any(sheet is one for one in told)
        else replace(sheet, by_ink=True) if lone
        else _seen(document[sheet.facts.number - 1], sheet, least=least)
        for sheet in sheets
    ]  # fmt: skip


def _is_plan(sheet: _Sheet) -> bool:
    return _score(sheet)[0] >= FLOOR_PLAN_FROM


def _may_be_plan(sheet: _Sheet, least: float) -> bool:
    return _is_plan(sheet) or _shape(sheet, least) > 0


def _seen(page: pymupdf.Page, sheet: _Sheet, *, least: float) -> _Sheet:
    """The sheet with the words OCR sees at a glance; where they do not tell what it shows, it gets a closer look."""
    page.set_rotation(0)
    seen = quick_lines(page)
    pymupdf.TOOLS.store_shrink(100)
    if not seen:
        return replace(sheet, by_ink=True)
    glanced = _sheet(sheet.facts, sheet.route, [*sheet.lines, *seen], closed=sheet.closed)
    unclear = not glanced.titles and not _is_plan(glanced) and _shape(glanced, least) > 0
    return replace(glanced, by_ink=unclear)


def _scores(sheets: Sequence[_Sheet], *, least: float, alone: bool = True) -> list[tuple[float, list[str]]]:
    """Scores of all pages; drawings that enclose rooms are taken for plans until their words are seen, and where no page is one.

    `least` is how much of a drawing must be enclosed; `alone`: no plan is known beside these pages.
    """
    scores = [_score(sheet) for sheet in sheets]
    shapes = [_shape(sheet, least) for sheet in sheets]
    none_named = alone and not any(score >= FLOOR_PLAN_FROM for score, _ in scores)
    rival = 0.8 * max(shapes, default=0.0)
    why = "encloses rooms, and no page names a floor plan" if none_named else "encloses rooms"
    return [
        (max(score, FLOOR_PLAN_FROM), [*reasons, why])
        if shape > 0 and (sheet.by_ink or (none_named and shape >= rival))
        else (score, reasons)
        for sheet, (score, reasons), shape in zip(sheets, scores, shapes, strict=True)
    ]


def _shape(sheet: _Sheet, least: float) -> float:
    """How much a drawing of the page encloses (0…1), by geometry alone; 0 below `least`, or where a title says otherwise."""
    if sheet.route == "empty" or any(kind != "floor_plan" for kind in sheet.title_kinds):
        return 0.0
    page_area = sheet.facts.width_pt * sheet.facts.height_pt
    shapes = [
        sheet.closed[box]
        for box in sheet.boxes[:3]
        if (box[2] - box[0]) * (box[3] - box[1]) >= LEAST_PLAN_SHARE * page_area
    ]
    best = max(shapes, default=0.0)
    return best if best >= least else 0.0


def _info(sheet: _Sheet, score: float, reasons: Sequence[str]) -> PageInfo:
    facts = sheet.facts
    kind: PageKind = "floor_plan" if score >= FLOOR_PLAN_FROM else _other_kind(sheet)
    drawings = _drawings(sheet, kind=kind, score=score)
    return PageInfo(
        number=facts.number, width_pt=facts.width_pt, height_pt=facts.height_pt, rotation=facts.rotation, kind=kind,
        score=round(score, 3), reasons=tuple(reasons), route=sheet.route, drawings=tuple(drawings),
        by_ink=sheet.by_ink,
    )  # fmt: skip


def _read(page: pymupdf.Page, facts: PageFacts) -> _Sheet:
    return _sheet(facts, _route(page, facts), page_lines(page), closed=_closed(page))


def _closed(page: pymupdf.Page) -> dict[BBox, float]:
    """Boxes of the drawings, the largest first, and how much of each is enclosed by ink."""
    ink = page_ink(page)
    return {box: closed_share(ink, box) for box in drawing_boxes(ink)}


def _sheet(facts: PageFacts, route: Route, lines: Sequence[Line], *, closed: dict[BBox, float]) -> _Sheet:
    boxes = list(closed)
    metric = metric_unit(lines)
    return _Sheet(
        facts=facts, route=route, lines=list(lines), labels=_labels(lines, boxes, page=facts.number, metric=metric),
        lengths=printed_lengths(lines, page=facts.number, metric=metric), titles=titles_of(lines), boxes=boxes,
        closed=closed,
    )  # fmt: skip


def _labels(lines: Sequence[Line], boxes: Sequence[BBox], *, page: int, metric: BareUnit) -> list[RoomLabel]:
    known = room_labels(lines, page=page, metric=metric)
    found = labels_on_plan([*known, *loose_labels(lines, known, page=page, metric=metric)], lines)
    return [label for label in found if any(_inside(label.at_pt, box) for box in boxes)]


def _route(page: pymupdf.Page, facts: PageFacts) -> Route:
    if facts.words >= FEWEST_WORDS and facts.image_share <= PICTURE_SHARE:
        return "vector"  # whatever is drawn: taking the paths out is the dearest step of all
    items = sum(len(path["items"]) for path in page.get_cdrawings())
    if facts.image_share > 0.7 and items < LEAST_VECTOR_ITEMS * 4:
        return "raster"
    if items < LEAST_VECTOR_ITEMS:
        return "raster" if facts.image_share > PICTURE_SHARE else ("empty" if facts.words == 0 else "vector")
    if facts.image_share > 0.7 and facts.words < FEWEST_WORDS:
        return "hybrid"
    return "vector" if facts.words >= FEWEST_WORDS else "outlined"


def _score(sheet: _Sheet) -> tuple[float, list[str]]:
    area = sheet.facts.width_pt * sheet.facts.height_pt
    closed = max((sheet.closed[box] for box in sheet.boxes[:3]), default=0.0)
    lengths = sum(length_ft(line.text) is not None for line in sheet.lines)
    return floor_plan_score(
        titles=sheet.title_kinds,
        labels=sheet.labels,
        spread_share=spread(sheet.labels, area_pt2=area),
        closed=closed,
        dimensions=lengths,
    )


def _other_kind(sheet: _Sheet) -> PageKind:
    kinds = [kind for kind in sheet.title_kinds if kind != "floor_plan"]
    if kinds:
        return kinds[0]
    later = [kind for _, kind in sheet.titles if kind != "floor_plan"]
    if later:
        return later[0]
    closed = max((sheet.closed[box] for box in sheet.boxes[:3]), default=0.0)
    wordy = len(sheet.lines) > WORDY or (len(sheet.lines) >= FEWEST_WORDS and closed < SOME_CLOSED)
    return "notes" if wordy else "other"


def _drawings(sheet: _Sheet, *, kind: PageKind, score: float) -> list[DrawingInfo]:
    boxes = _plan_boxes(sheet) if kind == "floor_plan" else sheet.boxes[:4]
    return [_drawing(sheet, box, boxes, kind=kind, score=score) for box in boxes]


def _plan_boxes(sheet: _Sheet) -> list[BBox]:
    """Boxes that hold at least two room names or a plan's shape and caption; else the largest box.

    All that have a plan's shape, where the words are still to be seen.
    """
    named = [box for box in sheet.boxes if sum(_inside(label.at_pt, box) for label in sheet.labels) >= 2]
    chosen = named or sheet.boxes[:1]
    chosen += [box for box in sheet.boxes if box not in chosen and chosen and _rival(sheet, box, chosen)]
    outer = [box for box in chosen if not any(box != other and _within(box, other) for other in chosen)]
    page: BBox = (0.0, 0.0, sheet.facts.width_pt, sheet.facts.height_pt)
    return outer[:4] or [page]


def _rival(sheet: _Sheet, box: BBox, chosen: Sequence[BBox]) -> bool:
    """A second plan without room names: of like size, enclosing rooms, with a caption that names a plan once words are seen."""
    if _area(box) < RIVAL_SHARE * max(_area(other) for other in chosen) or sheet.closed[box] < LEAST_CLOSED:
        return False
    if sheet.by_ink:
        return True
    own = [kind for line, kind in sheet.titles if _owner(line.centre, sheet.boxes) == box]
    return bool(own) and own[0] == "floor_plan"


def _area(box: BBox) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _inside(point: tuple[float, float], box: BBox, margin: float = 0.0) -> bool:
    return box[0] - margin <= point[0] <= box[2] + margin and box[1] - margin <= point[1] <= box[3] + margin


def _within(box: BBox, other: BBox) -> bool:
    return _inside((box[0], box[1]), other, 1) and _inside((box[2], box[3]), other, 1)


def _drawing(sheet: _Sheet, box: BBox, boxes: Sequence[BBox], *, kind: PageKind, score: float) -> DrawingInfo:
    title = _nearest_title(sheet, box, boxes, kind)
    notes = _scale_notes(sheet, box, boxes)
    bars = [bar for bar in sheet.bars if _is_mine(bar, sheet, box, boxes)]
    margin = 0.06 * max(sheet.facts.width_pt, sheet.facts.height_pt)
    lengths = tuple(length for length in sheet.lengths if _inside(length.centre, box, margin))
    return DrawingInfo(
        title=title, kind=kind, score=round(score, 3), bbox=box, storey_name=title, storey_index=storey_of(title),
        witnesses=(*notes, *bars), labels=tuple(label for label in sheet.labels if _inside(label.at_pt, box)),
        lengths=lengths, scale_notation=notes[0].text if notes else None,
        not_to_scale=any(_owner(line.centre, sheet.boxes) == box for line in sheet.not_to_scale),
    )  # fmt: skip


def _distance(point: tuple[float, float], box: BBox) -> float:
    dx = max(box[0] - point[0], 0.0, point[0] - box[2])
    dy = max(box[1] - point[1], 0.0, point[1] - box[3])
    return float((dx * dx + dy * dy) ** 0.5)


def _owner(point: tuple[float, float], boxes: Sequence[BBox]) -> BBox:
    return min(boxes, key=lambda box: (_distance(point, box), box))


def _nearest_title(sheet: _Sheet, box: BBox, boxes: Sequence[BBox], kind: PageKind) -> str:
    mine = [line for line, named in sheet.titles if named == kind and _owner(line.centre, boxes) == box]
    if not mine:
        return ""
    return min(
        mine, key=lambda line: (storey_of(line.text) is None, _distance(line.centre, box), line.text)
    ).text


def _is_mine(bar: ScaleWitness, sheet: _Sheet, box: BBox, boxes: Sequence[BBox]) -> bool:
    """A scale bar belongs to the plan it stands nearest to."""
    x0, y0, x1, y1 = bar.where.bbox if bar.where and bar.where.bbox else (0.0, 0.0, 0.0, 0.0)
    return _owner(((x0 + x1) / 2, (y0 + y1) / 2), boxes) == box


def _scale_notes(sheet: _Sheet, box: BBox, boxes: Sequence[BBox]) -> list[ScaleWitness]:
    """Printed scales that belong to this drawing: those nearest to it, or the only one on the sheet."""
    found = sheet.scales
    everything = [*sheet.boxes, *boxes]
    mine = [(line, scale) for line, scale in found if _owner(line.centre, everything) == box]
    chosen = mine or (found if len({round(scale[0], 6) for _, scale in found}) == 1 else [])
    chosen = sorted(chosen, key=lambda item: (_distance(item[0].centre, box), item[0].bbox))[:1]
    return [
        ScaleWitness(
            kind="note",
            feet_per_point=scale[0],
            text=scale[1],
            where=Where(page=sheet.facts.number, bbox=line.bbox),
        )
        for line, scale in chosen
    ]
