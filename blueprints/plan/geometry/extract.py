"""Stage 3: walls, rooms and openings of every floor-plan drawing, in points of the unrotated page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pymupdf
from numpy.typing import NDArray

from autohvac.core.evidence import BBox, Where
from autohvac.core.stage import Issue
from blueprints.plan.geometry.emit import emit
from blueprints.plan.geometry.feet import (
    Reading,
    RoomNames,
    Subject,
    best_in_feet,
    in_true_feet,
    of_half_size,
)
from blueprints.plan.geometry.frame import View, points_per_foot
from blueprints.plan.geometry.hung import LEAF_FT, with_hung_doors
from blueprints.plan.geometry.leaves import leaves as open_leaves
from blueprints.plan.geometry.strokes import Strokes, read_strokes
from blueprints.plan.geometry.told import SheetText, as_seen, sheet_text, stroke_segments, told
from blueprints.plan.geometry.unit import (
    USUAL_POINTS_PER_FOOT,
    distinct_units,
    estimated_points_per_foot,
    points_per_foot_by_doors,
)
from blueprints.plan.geometry.upright import reading_turn_deg
from blueprints.plan.model import DrawingGeometry, DrawingInfo, PageInfo, PageSet, Plan, RoomLabel, Word
from blueprints.plan.pages.analyse import classed_anew, in_order
from blueprints.plan.pdf.open import open_plan
from blueprints.plan.text.lines import page_lines
from blueprints.plan.text.rooms import room_labels
from blueprints.plan.text.units import metric_unit
from blueprints.plan.text.unprinted import as_word

Array = NDArray[np.float64]
Progress = Callable[[float, float, str], None]
LEAST_SCORE = 0.3
MARGIN = 0.005  # of the longer side
BOX_OFF = 0.004  # of the page's longer side: how far off its small picture may show the box of a drawing
HALLS = ("hall", "entry")
OUTDOORS = ("porch", "patio", "deck")


def extract(path: Path, pages: PageSet, *, progress: Progress) -> Plan:
    """Geometry of every floor-plan drawing of the file, with issues where nothing trustworthy was found."""
    chosen = _plans(pages.pages)
    named = any(not page.by_ink for page in chosen)
    drawings: list[DrawingGeometry] = []
    issues: list[Issue] = []
    words: list[Word] = []
    sheets: list[PageInfo] = []
    with open_plan(path) as document:
        for done, info in enumerate(chosen):
            progress(float(done), float(len(chosen)), f"page {info.number}")
            page = document[info.number - 1]
            page.set_rotation(0)
            text = sheet_text(page, info)
            if info.by_ink:
                sheets.append(classed_anew(page, info, text.lines, alone=not named))
            for known in _plans(sheets[-1:] if info.by_ink else [info]):
                _read_page(page, known, text, drawings, issues, progress)
            words += [as_word(line, info.number) for line in text.seen]
            pymupdf.TOOLS.store_shrink(100)
    progress(float(len(chosen)), float(len(chosen)), "geometry")
    ordered = tuple(_in_order(pages.pages, sheets))
    return Plan(drawings=tuple(drawings), words=tuple(words), sheets=ordered, issues=tuple(issues))


def _in_order(pages: Sequence[PageInfo], sheets: Sequence[PageInfo]) -> list[PageInfo]:
    """The sheets classed anew, and others whose storey or place in the set that changes."""
    known = {sheet.number: sheet for sheet in sheets}
    ordered = in_order([known.get(page.number, page) for page in pages])
    return [sheet for sheet, page in zip(ordered, pages, strict=True) if sheets and sheet != page]


def _plans(pages: Sequence[PageInfo]) -> list[PageInfo]:
    """The pages whose drawings are read."""
    return [page for page in pages if page.kind == "floor_plan" and page.score >= LEAST_SCORE]


def _read_page(
    page: pymupdf.Page,
    info: PageInfo,
    text: SheetText,
    drawings: list[DrawingGeometry],
    issues: list[Issue],
    progress: Progress,
) -> None:
    paths = page.get_cdrawings()
    strokes = read_strokes(paths).without(text.letters_pt)
    segments = stroke_segments(page, info, paths, seen=text.seen)
    for index, drawing in enumerate(info.drawings):
        if drawing.kind != "floor_plan":
            continue
        progress(0.0, 1.0, f"page {info.number} drawing {index + 1}")
        seen = as_seen(drawing, text, page=page)
        view = _view(seen, strokes, page=page)
        known = told(seen, text, page=page, view=view, segments=segments)
        geometry, code = read_drawing(
            page,
            strokes,
            drawing=known.drawing,
            view=view,
            name=(info.number, index),
            letters_pt=text.letters_pt,
        )
        drawings.append(geometry.model_copy(update={"witnesses": known.sizes}))
        if code:
            issues.append(Issue(code=code, field="geometry", where=Where(page=info.number, bbox=view.bbox)))


def _view(drawing: DrawingInfo, strokes: Strokes, *, page: pymupdf.Page) -> View:
    """Where the drawing's paths lie, with a little around them, and how it is turned."""
    reach = BOX_OFF * max(page.rect.width, page.rect.height)
    x0, y0, x1, y1 = strokes.extent(drawing.bbox, reach=reach)
    margin = MARGIN * max(x1 - x0, y1 - y0)
    bbox = (
        max(x0 - margin, 0.0), max(y0 - margin, 0.0),
        min(x1 + margin, float(page.rect.width)), min(y1 + margin, float(page.rect.height)),
    )  # fmt: skip
    return View(bbox, reading_turn_deg(drawing))


def read_drawing(
    page: pymupdf.Page,
    strokes: Strokes,
    *,
    drawing: DrawingInfo,
    view: View,
    name: tuple[int, int],
    letters_pt: Array,
) -> tuple[DrawingGeometry, str]:
    """One drawing's geometry and an issue code ('' when rooms were found)."""
    names = _names(page, drawing, view.bbox)
    subject = Subject(page, strokes.within(view.bbox), view, names, letters_pt)
    best = best_in_feet(subject, _units(subject, drawing))
    if best is None:
        empty = DrawingGeometry(page=name[0], drawing=name[1], bbox=view.bbox, method="raster", score=0.0)
        return empty, "no_walls_recognised"
    if best.sheet.method == "vector" and points_per_foot(drawing.witnesses) is None:
        best = in_true_feet(subject, best)
    elif _is_noted_picture(best, drawing):
        best = of_half_size(subject, best)
    frame = best.sheet.frame
    leaves = open_leaves(subject.strokes, least_pt=LEAF_FT[0] * frame.ft_pt, most_pt=LEAF_FT[1] * frame.ft_pt)
    attempt = with_hung_doors(best.attempt, leaves, frame=frame)
    geometry = emit(attempt, score=best.score, sheet=best.sheet, bbox=view.bbox, name=name)
    return geometry, "" if geometry.faces else "no_closed_rooms"


def _is_noted_picture(reading: Reading, drawing: DrawingInfo) -> bool:
    """Whether a picture's scale is known by its note alone: a print may be smaller than the sheet."""
    notes = bool(drawing.witnesses) and all(w.kind == "note" for w in drawing.witnesses)
    return notes and reading.sheet.method == "raster"


def _printed_ft2(label: RoomLabel) -> float:
    if label.printed_area_sqft is not None:
        return label.printed_area_sqft
    return math.prod(label.printed_size_ft) if label.printed_size_ft else math.nan


def _names(page: pymupdf.Page, drawing: DrawingInfo, bbox: BBox) -> RoomNames:
    lines = [] if drawing.labels else page_lines(page)
    found = drawing.labels or room_labels(lines, page=1, metric=metric_unit(lines))
    inside = [lb for lb in found if bbox[0] <= lb.at_pt[0] <= bbox[2] and bbox[1] <= lb.at_pt[1] <= bbox[3]]
    return RoomNames(
        tuple(inside),
        np.asarray([lb.at_pt for lb in inside], dtype=np.float64).reshape(-1, 2),
        np.asarray([lb.type in HALLS for lb in inside], dtype=bool),
        np.asarray([lb.type in OUTDOORS for lb in inside], dtype=bool),
        np.asarray([_printed_ft2(lb) for lb in inside], dtype=np.float64),
    )


def _units(subject: Subject, drawing: DrawingInfo) -> list[float]:
    """Points per foot to read a drawing with: the witnesses' where they agree, else several, for a guess may be far off."""
    known = points_per_foot(drawing.witnesses)
    if known is not None:
        return [known]
    strokes, view = subject.strokes, subject.view
    by_doors = points_per_foot_by_doors(strokes, view=view)
    if by_doors is not None:
        return [by_doors]
    guesses = [1.0 / w.feet_per_point for w in drawing.witnesses]
    guesses += [estimated_points_per_foot(strokes, view=view)] if subject.is_drawn else []
    guesses += [estimated_points_per_foot(None, view=view, page=subject.page)]
    return distinct_units([*guesses, *USUAL_POINTS_PER_FOOT], view=view)
