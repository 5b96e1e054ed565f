"""M15: the same plan must give the same rooms, however it was printed.

The change of a room is |area - area as published| / area as published. Rooms are paired by their outlines, brought back to
the plan's points; a room that is lost or appears counts as a change of 100 %.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
from scipy.optimize import linear_sum_assignment

from blueprints.plan.pdf.open import open_plan
from blueprints.score.model import Reading, ReadRoom
from blueprints.score.reading import reading_of
from blueprints.score.run_reader import read_plan
from blueprints.score.samples import Samples, Values, share
from blueprints.score.variants import VARIANTS, Variant

SAME_ROOM, LOST = 0.5, 1.0
NOT_COMPARED = ("timings_s", "measured", "run_id")


def invariance_samples(path: Path, analysis: dict[str, Any], names: Sequence[str]) -> Samples:
    """Largest change by variant and over all; whether reading again gives the same document."""
    samples: Samples = {}
    changes: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for variant in VARIANTS:
            if variant.name in names:
                again = _read(variant, path, Path(folder))
                if again is None:
                    continue
                changes.append(largest_change(variant, _sizes(path), analysis, again))
                samples[f"M15.{variant.name}"] = Values((changes[-1],), "max")
                if variant.name == "repeat":
                    samples["M15.same_bytes"] = share([canonical(analysis) == canonical(again)])
    return samples | ({"M15.largest_change": Values((max(changes),), "max")} if changes else {})


def _read(variant: Variant, path: Path, folder: Path) -> dict[str, Any] | None:
    out = folder / f"{path.stem}.{'pdf' if variant.name != 'repeat' else path.suffix[1:]}"
    return read_plan(out) if variant.make(path, out) else None


def canonical(analysis: dict[str, Any]) -> str:
    """The document without what names the run or tells its time."""
    kept = {key: value for key, value in analysis.items() if key not in NOT_COMPARED}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _sizes(path: Path) -> dict[int, tuple[float, float]]:
    """Width and height of the unrotated pages [pt]."""
    with open_plan(path) as document:
        return {page.number + 1: _size(page) for page in document}


def _size(page: pymupdf.Page) -> tuple[float, float]:
    page.set_rotation(0)
    return page.rect.width, page.rect.height


def largest_change(
    variant: Variant, sizes: dict[int, tuple[float, float]], analysis: dict[str, Any], again: dict[str, Any]
) -> float:
    """The largest change of a conditioned room."""
    base, other = reading_of("", analysis), reading_of("", again)
    moved = [_brought_back(room, variant, sizes) for room in other.conditioned]
    if not base.conditioned and not moved:
        return 0.0
    pairs = _paired(base, moved)
    if len(pairs) < max(len(base.conditioned), len(moved)):
        return LOST
    return max(abs((b.area_sqft or 0.0) / (a.area_sqft or 1.0) - 1) for a, b in pairs)


def _brought_back(room: ReadRoom, variant: Variant, sizes: dict[int, tuple[float, float]]) -> ReadRoom:
    width, height = sizes.get(room.page, (0.0, 0.0))
    return replace(room, polygon_pt=tuple(variant.back(point, width, height) for point in room.polygon_pt))


def _paired(base: Reading, moved: Sequence[ReadRoom]) -> list[tuple[ReadRoom, ReadRoom]]:
    rooms = base.conditioned
    if not rooms or not moved:
        return []
    table = np.array([[_iou(a, b) for b in moved] for a in rooms])
    rows, columns = linear_sum_assignment(-table)
    return [(rooms[r], moved[c]) for r, c in zip(rows, columns, strict=True) if table[r, c] >= SAME_ROOM]


def _iou(one: ReadRoom, other: ReadRoom) -> float:
    if one.page != other.page or not one.shape.intersects(other.shape):
        return 0.0
    shared = one.shape.intersection(other.shape).area
    return float(shared / (one.shape.area + other.shape.area - shared))
