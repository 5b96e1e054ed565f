"""Take out what is not a wall line: hatch families, stair treads, other rows of equal lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FAMILY = 8
TREADS = 4
REGULAR_CV = 0.15
TREAD_FT = (0.6, 1.2)
TREAD_LENGTH_FT = (2.0, 6.0)
SAME_END_FT = 0.25
LONGEST_FLIGHT_FT = 16.0


def hatch_free(segments: Array, *, axes_deg: float = 1.0, long_ft: float = 2.5) -> NDArray[np.bool_]:
    """Which segments (n, 4 feet, frame axes) are no slanted hatch: slanted families of many short equal pieces go."""
    delta = segments[:, 2:] - segments[:, :2]
    length = np.hypot(delta[:, 0], delta[:, 1])
    angle = np.degrees(np.arctan2(delta[:, 1], delta[:, 0])) % 180.0
    off_axis = np.abs((angle + 45) % 90 - 45) > axes_deg
    keep = np.ones(len(segments), dtype=bool)
    for value in np.unique(np.round(angle[off_axis])):
        family = off_axis & (np.abs((angle - value + 90) % 180 - 90) < 0.6)
        if family.sum() >= FAMILY and np.median(length[family]) < long_ft:
            keep &= ~family
    return keep & ~(off_axis & (length < 0.5))


def treads(runs: Array) -> NDArray[np.bool_]:
    """Which runs (offset, start, end, feet; one direction) are stair treads: ≥ 4 alike at equal steps."""
    marked = np.zeros(len(runs), dtype=bool)
    order = np.argsort(runs[:, 0], kind="stable")
    offset, start, end = runs[order].T
    length = end - start
    for first in np.flatnonzero((length > TREAD_LENGTH_FT[0]) & (length < TREAD_LENGTH_FT[1])):
        alike = np.flatnonzero(
            (np.abs(start - start[first]) < SAME_END_FT)
            & (np.abs(end - end[first]) < SAME_END_FT)
            & (np.abs(offset - offset[first]) < LONGEST_FLIGHT_FT)
        )
        if len(alike) < TREADS:
            continue
        steps = np.diff(offset[alike])
        good = (steps > TREAD_FT[0]) & (steps < TREAD_FT[1])
        if good.sum() >= TREADS - 1 and np.std(steps[good]) < REGULAR_CV * np.mean(steps[good]):
            beside = np.append(good, False) | np.append(False, good)  # a wall that ends the flight stays
            marked[order[alike[beside]]] = True
    return marked
