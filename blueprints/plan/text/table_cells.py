"""Single letters and digits in the cells of tables that only a picture shows: detectors of text lines pass them over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.text.dimensions import LineWork
from blueprints.plan.text.lines import Line
from blueprints.plan.text.ocr import read_boxes

Rules = npt.NDArray[np.float64]
SAME_PT = 2.0
LOW_PT, HIGH_PT = 6.0, 60.0  # heights of cells
NARROW_PT, WIDE_PT = 6.0, 220.0
INSET_PT = 1.5
RULE_PT = 50.0  # lines of letters make short strokes
MOST_CELLS = 600
SHORT = 3


def with_cells(
    page: pymupdf.Page, lines: Sequence[Line], work: LineWork, *, boxes: Sequence[BBox]
) -> list[Line]:
    """The lines and what stands in the ruled cells that hold none, in boxes of tables on a page of rotation 0."""
    cells = [cell for box in boxes for cell in _cells(work, box)][:MOST_CELLS]
    level = [line for line in lines if round(line.angle_deg / 90) % 2 == 0]
    bare = [cell for cell in cells if not any(_holds(cell, line) for line in level)]
    found = [line for line in read_boxes(page, bare) if line.text.isascii() and len(line.text) <= SHORT]
    taken = [line.bbox for line in found]
    kept = [line for line in lines if not any(_holds(box, line) for box in taken)]
    return [*kept, *found]


def _holds(cell: BBox, line: Line) -> bool:
    x, y = line.centre
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _cells(work: LineWork, box: BBox) -> Iterator[BBox]:
    """Cells between neighbouring level rules and the upright ones that cross from one to the other."""
    x0, y0, x1, y1 = box
    level = work.level[(work.level[:, 0] >= y0 - SAME_PT) & (work.level[:, 0] <= y1 + SAME_PT)]
    level = level[(level[:, 1] < x1) & (level[:, 2] > x0) & (level[:, 2] - level[:, 1] >= RULE_PT)]
    upright = work.upright[(work.upright[:, 0] >= x0 - SAME_PT) & (work.upright[:, 0] <= x1 + SAME_PT)]
    for top, bottom in pairwise(_distinct(level[:, 0])):
        if LOW_PT <= bottom - top <= HIGH_PT:
            crossing = upright[
                (upright[:, 1] <= top + SAME_PT + INSET_PT) & (upright[:, 2] >= bottom - SAME_PT - INSET_PT)
            ]
            for left, right in pairwise(_distinct(crossing[:, 0])):
                if NARROW_PT <= right - left <= WIDE_PT:
                    yield left + INSET_PT, top + INSET_PT, right - INSET_PT, bottom - INSET_PT


def _distinct(values: Rules) -> list[float]:
    """Sorted values, of those that follow each other closely only the first."""
    ordered = np.sort(values)
    kept: list[float] = ordered[np.diff(ordered, prepend=-np.inf) > SAME_PT].tolist()
    return kept
