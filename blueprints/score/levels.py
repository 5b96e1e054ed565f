"""Which level of a reading answers which storey of the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely.geometry import box

from blueprints.score.model import BBox, Reading, Truth
from blueprints.score.names import likeness

LEAST_IOU = 0.1
ALIKE = 0.8
ORDER_WEIGHT = 1e-3  # the order decides only between equals


def paired_levels(truth: Truth, reading: Reading) -> dict[int, int]:
    """Positions of the reading's levels to positions of the truth's drawings, on the same page.

    With boxes by overlap; without, by how many room names they share, and equal ones in the order of the storeys.
    """
    pairs: dict[int, int] = {}
    for page in sorted({viewport.page for viewport in truth.viewports}):
        views = [i for i, viewport in enumerate(truth.viewports) if viewport.page == page]
        levels = [i for i, level in enumerate(reading.levels) if level.page == page]
        if all(truth.viewports[i].bbox is not None for i in views):
            pairs |= _by_overlap(truth, reading, views, levels)
        else:
            levels.sort(key=lambda i: (reading.levels[i].index, i))
            pairs |= _by_names(truth, reading, views, levels)
    return pairs


def extent(reading: Reading, level: int) -> BBox | None:
    """The box around the rooms of a level [pt]."""
    points = [p for room in reading.rooms if room.level == level for p in room.polygon_pt]
    if not points:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def box_iou(one: BBox | None, other: BBox | None) -> float:
    """Intersection over union of two boxes; 0 when one is missing."""
    if one is None or other is None:
        return 0.0
    a, b = box(*one), box(*other)
    union = a.union(b).area
    return float(a.intersection(b).area / union) if union else 0.0


def _by_names(truth: Truth, reading: Reading, views: Sequence[int], levels: Sequence[int]) -> dict[int, int]:
    if not views or not levels:
        return {}
    shared = [[_shared_names(truth, reading, view, level) for view in views] for level in levels]
    in_order = [[-abs(v - r) for v in range(len(views))] for r in range(len(levels))]
    rows, columns = linear_sum_assignment(-(np.array(shared) + ORDER_WEIGHT * np.array(in_order)))
    return {levels[r]: views[c] for r, c in zip(rows, columns, strict=True)}


def _shared_names(truth: Truth, reading: Reading, view: int, level: int) -> int:
    """True rooms of a drawing whose name some room of the level carries."""
    page, storey = truth.viewports[view].page, truth.viewports[view].storey
    names = [room.name for room in truth.rooms if (room.page, room.storey) == (page, storey) and room.name]
    read = [room.name for room in reading.rooms if room.level == level]
    return sum(any(likeness(name, other) >= ALIKE for other in read) for name in names)


def _by_overlap(
    truth: Truth, reading: Reading, views: Sequence[int], levels: Sequence[int]
) -> dict[int, int]:
    if not views or not levels:
        return {}
    table = np.array(
        [[box_iou(extent(reading, level), truth.viewports[view].bbox) for view in views] for level in levels]
    )
    rows, columns = linear_sum_assignment(-table)
    return {levels[r]: views[c] for r, c in zip(rows, columns, strict=True) if table[r, c] >= LEAST_IOU}
