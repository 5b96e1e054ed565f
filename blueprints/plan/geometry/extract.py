"""Stage 3: walls, rooms and openings of every floor-plan drawing, in points of the unrotated page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pymupdf
from numpy.typing import NDArray

from autohvac.core.evidence import BBox, Where
from autohvac.core.stage import Issue
from blueprints.plan.geometry import raster
from blueprints.plan.geometry.emit import emit
from blueprints.plan.geometry.frame import Frame, View, dominant_angle, points_per_foot
from blueprints.plan.geometry.reading import Sheet, best_reading, raster_sheet, vector_sheet
from blueprints.plan.geometry.score import Attempt, Names, unit_score, usual_doors
from blueprints.plan.geometry.sizes import foot_factor
from blueprints.plan.geometry.skew import picture_skew
from blueprints.plan.geometry.strokes import Strokes, read_strokes
from blueprints.plan.geometry.told import SheetText, sheet_text, stroke_segments, told
from blueprints.plan.geometry.unit import (
    USUAL_POINTS_PER_FOOT,
    distinct_units,
    estimated_points_per_foot,
    points_per_foot_by_doors,
)
from blueprints.plan.geometry.upright import reading_turn_deg
from blueprints.plan.model import DrawingGeometry, DrawingInfo, PageInfo, PageSet, Plan, RoomLabel, Word
from blueprints.plan.pdf.open import open_plan
from blueprints.plan.text.lines import page_lines
from blueprints.plan.text.rooms import room_labels
from blueprints.plan.text.units import metric_unit
from blueprints.plan.text.unprinted import as_word

Array = NDArray[np.float64]
Progress = Callable[[float, float, str], None]
LEAST_SCORE = 0.3
ENOUGH_PATHS = 40
TRUSTED = 0.6
MARGIN = 0.005  # of the longer side
BOX_OFF = 0.004  # of the page's longer side: how far off its small picture may show the box of a drawing
HALLS = ("hall", "entry")
OUTDOORS = ("porch", "patio", "deck")
READ_AGAIN = 0.04
FIRST_GUESS = 0.08
FEWEST_DOORS = 2
MOST_PICTURES = 4  # units a picture is read in: each takes seconds


def extract(path: Path, pages: PageSet, *, progress: Progress) -> Plan:
    """Geometry of every floor-plan drawing of the file, with issues where nothing trustworthy was found."""
    chosen = [p for p in pages.pages if p.kind == "floor_plan" and p.score >= LEAST_SCORE]
    drawings: list[DrawingGeometry] = []
    issues: list[Issue] = []
    words: list[Word] = []
    with open_plan(path) as document:
        for done, info in enumerate(chosen):
            progress(float(done), float(len(chosen)), f"page {info.number}")
            text = _read_page(document[info.number - 1], info, drawings, issues, progress)
            words += [as_word(line, info.number) for line in text.seen]
            pymupdf.TOOLS.store_shrink(100)
    progress(float(len(chosen)), float(len(chosen)), "geometry")
    return Plan(drawings=tuple(drawings), words=tuple(words), issues=tuple(issues))


def _read_page(
    page: pymupdf.Page,
    info: PageInfo,
    drawings: list[DrawingGeometry],
    issues: list[Issue],
    progress: Progress,
) -> SheetText:
    page.set_rotation(0)
    paths = page.get_cdrawings()
    text = sheet_text(page, info)
    strokes = read_strokes(paths).without(text.letters_pt)
    segments = stroke_segments(page, info, paths, seen=text.seen)
    for index, drawing in enumerate(info.drawings):
        if drawing.kind != "floor_plan":
            continue
        progress(0.0, 1.0, f"page {info.number} drawing {index + 1}")
        view = _view(drawing, strokes, page=page)
        known = told(drawing, text, page=page, bbox=view.bbox, segments=segments)
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
    return text


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
    names = _names(page, drawing, view.bbox, letters_pt)
    inside = strokes.within(view.bbox)
    units = _units(page, inside, drawing=drawing, view=view)
    readings = _readings(page, inside, units=units, view=view, names=names)
    if not readings:
        empty = DrawingGeometry(page=name[0], drawing=name[1], bbox=view.bbox, method="raster", score=0.0)
        return empty, "no_walls_recognised"
    best = max(readings, key=lambda r: unit_score(r[1], score=r[2]))
    if best[0].method == "vector" and points_per_foot(drawing.witnesses) is None:
        best = _in_true_feet(best, inside, view=view, names=names)
    elif (
        best[0].method == "raster" and drawing.witnesses and all(w.kind == "note" for w in drawing.witnesses)
    ):
        best = _of_half_size(page, best, inside, view=view, names=names)
    sheet, attempt, score = best
    geometry = emit(attempt, score=score, sheet=sheet, bbox=view.bbox, name=name)
    return geometry, "" if geometry.faces else "no_closed_rooms"


Reading = tuple[Sheet, Attempt, float]


@dataclass(frozen=True)
class _Names:
    """Room names inside a drawing, their places in points (n, 2), and boxes (m, 4) of letters that are drawn."""

    labels: tuple[RoomLabel, ...]
    at_pt: Array
    letters_pt: Array

    def placed(self, frame: Frame) -> Names:
        """The names in feet of a frame."""
        halls = np.asarray([label.type in HALLS for label in self.labels], dtype=bool)
        outdoors = np.asarray([label.type in OUTDOORS for label in self.labels], dtype=bool)
        printed = np.asarray([_printed_ft2(label) for label in self.labels], dtype=np.float64)
        return Names(frame.to_frame(self.at_pt), halls, outdoors, printed)


def _printed_ft2(label: RoomLabel) -> float:
    if label.printed_area_sqft is not None:
        return label.printed_area_sqft
    return math.prod(label.printed_size_ft) if label.printed_size_ft else math.nan


def _names(page: pymupdf.Page, drawing: DrawingInfo, bbox: BBox, letters_pt: Array) -> _Names:
    lines = [] if drawing.labels else page_lines(page)
    found = drawing.labels or room_labels(lines, page=1, metric=metric_unit(lines))
    inside = [lb for lb in found if bbox[0] <= lb.at_pt[0] <= bbox[2] and bbox[1] <= lb.at_pt[1] <= bbox[3]]
    places = np.asarray([lb.at_pt for lb in inside], dtype=np.float64).reshape(-1, 2)
    return _Names(tuple(inside), places, letters_pt)


def _readings(
    page: pymupdf.Page, inside: Strokes, *, units: Sequence[float], view: View, names: _Names
) -> list[Reading]:
    """Readings of the paths, and of the picture where those are not trusted; all in the most believable unit."""
    drawn = {unit: r for unit in units if (r := _vector(inside, view, unit, names)) is not None}
    believed = sorted(drawn, key=lambda unit: -_unit_score(drawn[unit], first=unit == units[0]))
    if drawn and drawn[believed[0]][2] >= TRUSTED:
        return [drawn[believed[0]]]
    scanned = not _is_drawn(inside)
    pictured = {
        u: r
        for u in (believed or units)[:MOST_PICTURES]
        if (r := _raster(page, view, u, names, scanned=scanned)) is not None
    }
    found = [(unit, r) for readings in (drawn, pictured) for unit, r in readings.items()]
    best = max(found, key=lambda item: _unit_score(item[1], first=item[0] == units[0]), default=None)
    return [r for unit, r in found if best is not None and unit == best[0]]


def _in_true_feet(reading: Reading, inside: Strokes, *, view: View, names: _Names) -> Reading:
    """The paths read once more where the room sizes printed tell that the foot was off."""
    sheet, attempt, _ = reading
    factor = foot_factor(attempt.faces.faces, names.labels, frame=sheet.frame)
    if factor is None or abs(factor - 1) <= READ_AGAIN:
        return reading
    return _vector(inside, view, sheet.frame.ft_pt * factor, names) or reading


def _of_half_size(
    page: pymupdf.Page, reading: Reading, inside: Strokes, *, view: View, names: _Names
) -> Reading:
    """The picture read once more as a half-size print where the foot of its note makes no usual doors."""
    sheet, attempt, _ = reading
    if usual_doors(attempt) >= FEWEST_DOORS:
        return reading
    half = _raster(page, view, sheet.frame.ft_pt / 2, names, scanned=not _is_drawn(inside))
    if half is None or _unit_score(half, first=False) <= _unit_score(reading, first=True):
        return reading
    return half


def _unit_score(reading: Reading, *, first: bool) -> float:
    """The first guess has the most behind it: another must be clearly better."""
    return unit_score(reading[1], score=reading[2]) + (FIRST_GUESS if first else 0.0)


def _units(page: pymupdf.Page, strokes: Strokes, *, drawing: DrawingInfo, view: View) -> list[float]:
    """Points per foot to read a drawing with: the witnesses' where they agree, else several, for a guess may be far off."""
    known = points_per_foot(drawing.witnesses)
    if known is not None:
        return [known]
    by_doors = points_per_foot_by_doors(strokes, view=view)
    if by_doors is not None:
        return [by_doors]
    guesses = [1.0 / w.feet_per_point for w in drawing.witnesses]
    guesses += [estimated_points_per_foot(strokes, view=view)] if _is_drawn(strokes) else []
    guesses += [estimated_points_per_foot(None, view=view, page=page)]
    return distinct_units([*guesses, *USUAL_POINTS_PER_FOOT], view=view)


def _is_drawn(strokes: Strokes) -> bool:
    return len(strokes.paints) >= ENOUGH_PATHS or len(strokes.segments) >= ENOUGH_PATHS // 2


def _vector(inside: Strokes, view: View, ft_pt: float, names: _Names) -> Reading | None:
    if not _is_drawn(inside):
        return None
    frame = view.frame(ft_pt, lean_deg=dominant_angle(inside.segments))
    return _best(vector_sheet(inside, frame=frame), names)


def _raster(page: pymupdf.Page, view: View, ft_pt: float, names: _Names, *, scanned: bool) -> Reading | None:
    lean = picture_skew(page, bbox=view.bbox, frame=view.frame(ft_pt))
    frame = view.frame(ft_pt, lean_deg=lean)
    scale = raster.px_per_ft(frame)
    grey = raster.render(page, bbox=view.bbox, frame=frame, scale=scale)
    grey = raster.without_letters(grey, _boxes(names.letters_pt, frame) * scale)
    return _best(raster_sheet(grey, frame=frame, scale=scale, scanned=scanned), names)


def _boxes(boxes_pt: Array, frame: Frame) -> Array:
    """Upright boxes (n, 4) in feet around boxes in points."""
    x0, y0, x1, y1 = boxes_pt.T
    corners = np.stack([x0, y0, x1, y0, x1, y1, x0, y1], axis=1).reshape(-1, 2)
    placed = frame.to_frame(corners).reshape(-1, 4, 2)
    return np.hstack([placed.min(axis=1), placed.max(axis=1)])


def _best(sheet: Sheet, names: _Names) -> Reading | None:
    found = best_reading(sheet, names=names.placed(sheet.frame))
    return (sheet, *found) if found else None
