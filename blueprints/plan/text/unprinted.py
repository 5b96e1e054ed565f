"""What stands on a floor-plan page whose text layer says little: read once, for the geometry and for the text."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.model import PageInfo, Word
from blueprints.plan.text.grammar import length_ft, names_scale, room_size_ft, scale_feet_per_point
from blueprints.plan.text.lines import Line
from blueprints.plan.text.ocr import LEAST_PX, quick_lines, reading_zoom, tiled_lines, zoom_for
from blueprints.plan.text.rooms import room_labels
from blueprints.plan.text.units import metric_unit

FEWEST_WORDS = 12
FEWEST_LABELS = 2
WRITTEN = ("notes", "schedule")
MARGIN, TITLE_BELOW = 0.05, 0.12  # of a drawing's longer side
SURE = 0.75
FEWEST_LETTERS = 3
LEAST_REACH_PT, AROUND_NOTE = 60.0, 2.0
FEWEST_LENGTHS, CLOSER = 6, 1.2


def unprinted_lines(page: pymupdf.Page, info: PageInfo, *, printed: Sequence[Line]) -> list[Line]:
    """Lines OCR reads in and around the drawings of a page of rotation 0; none where its text layer tells enough."""
    if not _tells_little(printed, page=info.number):
        return []
    seen = [line for drawing in info.drawings for line in _seen_at(page, drawing.bbox, info)]
    if info.by_ink and not any(scale_feet_per_point(line.text) for line in seen):
        seen += _elsewhere(page, info)
    return [line for line in seen if not any(_overlap(line.bbox, known.bbox) for known in printed)]


def written_lines(page: pymupdf.Page, info: PageInfo, *, printed: Sequence[Line]) -> list[Line]:
    """Lines OCR reads on a page of rotation 0 that holds notes or schedules, where its text layer tells little."""
    shown = info.route in ("raster", "hybrid", "outlined")
    if info.kind not in WRITTEN or not shown or not _tells_little(printed, page=info.number):
        return []
    seen = tiled_lines(page, (0.0, 0.0, info.width_pt, info.height_pt))
    return [line for line in seen if not any(_overlap(line.bbox, known.bbox) for known in printed)]


def _tells_little(lines: Sequence[Line], *, page: int) -> bool:
    if len(lines) >= FEWEST_WORDS:
        return False
    return len(room_labels(list(lines), page=page, metric=metric_unit(lines))) < FEWEST_LABELS


def _overlap(one: BBox, other: BBox) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0


def _seen_at(page: pymupdf.Page, box: BBox, info: PageInfo) -> list[Line]:
    """Lines in and around a drawing, and in what lies below it where its title is not known yet."""
    longest = max(box[2] - box[0], box[3] - box[1])
    around = _with_margin(box, info, margin=MARGIN * longest)
    foot = min(info.height_pt, box[3] + TITLE_BELOW * longest)
    seen = tiled_lines(page, around)
    if _tells_no_scale(seen) and reading_zoom(page, around) >= CLOSER * zoom_for(around):
        finer = tiled_lines(page, around, closer=True)
        seen += [line for line in finer if not any(_overlap(line.bbox, one.bbox) for one in seen)]
    if not info.by_ink or foot <= around[3]:
        return seen
    below = (around[0], max(around[1], min(box[3], foot - LEAST_PX / zoom_for(around))), around[2], foot)
    whole = [line for line in seen if line.bbox[3] < around[3] - line.size]  # the edge may cut the others
    more = tiled_lines(page, below)
    return [*whole, *(line for line in more if not any(_overlap(line.bbox, one.bbox) for one in whole))]


def _tells_no_scale(lines: Sequence[Line]) -> bool:
    """Whether hardly a length or a room's size was read: letters may be too small for a glance."""
    metric = metric_unit(lines)
    told = (length_ft(ln.text, metric=metric) or room_size_ft(ln.text, metric=metric) for ln in lines)
    return sum(one is not None for one in told) < FEWEST_LENGTHS


def _elsewhere(page: pymupdf.Page, info: PageInfo) -> list[Line]:
    """Lines seen at a glance outside the drawings: a scale may be noted anywhere on the sheet. Half a note is read closely."""
    boxes = [drawing.bbox for drawing in info.drawings]
    seen = [line for line in quick_lines(page) if not any(_overlap(line.bbox, box) for box in boxes)]
    halves = [line for line in seen if names_scale(line.text) and not scale_feet_per_point(line.text)]
    return [*seen, *(whole for half in halves for whole in _closely(page, half, info))]


def _closely(page: pymupdf.Page, line: Line, info: PageInfo) -> list[Line]:
    """The scales in a line and right beside it, read once more."""
    x0, y0, x1, y1 = line.bbox
    reach = max(x1 - x0, LEAST_REACH_PT)
    margin = AROUND_NOTE * line.size
    around = (max(0.0, x0 - reach), max(0.0, y0 - margin), min(info.width_pt, x1 + reach), y1 + margin)
    return [found for found in tiled_lines(page, around) if scale_feet_per_point(found.text)]


def _with_margin(box: BBox, info: PageInfo, *, margin: float) -> BBox:
    return (
        max(0.0, box[0] - margin), max(0.0, box[1] - margin),
        min(info.width_pt, box[2] + margin), min(info.height_pt, box[3] + margin),
    )  # fmt: skip


def is_written(line: Line) -> bool:
    """True for text beyond doubt: strokes that OCR takes for a few letters may be a window or a stair."""
    letters = {c for c in line.text if c.isascii() and c.isalnum()}
    return line.confidence >= SURE and len(letters) >= FEWEST_LETTERS


def as_word(line: Line, page: int) -> Word:
    """A line as it is handed on."""
    return Word(
        page=page, text=line.text, bbox=line.bbox, angle_deg=line.angle_deg, confidence=line.confidence,
        engine="pdf" if line.engine == "pdf" else "tesseract" if line.engine == "tesseract" else "rapidocr",
    )  # fmt: skip


def as_line(word: Word) -> Line:
    """A word handed on as the line it was; its height is that of its box."""
    x0, y0, x1, y1 = word.bbox
    upright = round(word.angle_deg / 90) % 2 == 0
    size = y1 - y0 if upright else x1 - x0
    return Line(word.text, word.bbox, word.angle_deg, size, word.engine, word.confidence)
