"""Take out what is not a wall line: hatch families, stair treads, other rows of equal lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FAMILY = 8
HATCH_STEP_FT = 1.2
HATCH_RUN_FT = 1.5
CROWD = 5
TREADS = 4
SHORT_FT = 0.5
NOTCH_FT = 0.12
SAME_POINT_FT = 0.03
REGULAR_CV = 0.15
TREAD_FT = (0.6, 1.2)
TREAD_LENGTH_FT = (2.0, 6.0)
SAME_END_FT = 0.25
LONGEST_FLIGHT_FT = 16.0


def hatch_free(segments: Array, *, axes_deg: float = 1.0, long_ft: float = 2.5) -> NDArray[np.bool_]:
    """Which segments (n, 4 feet, frame axes) are no slanted hatch: many short pieces of one direction lie close by."""
    delta = segments[:, 2:] - segments[:, :2]
    length = np.hypot(delta[:, 0], delta[:, 1])
    angle = np.degrees(np.arctan2(delta[:, 1], delta[:, 0])) % 180.0
    off_axis = np.abs((angle + 45) % 90 - 45) > axes_deg
    keep = np.ones(len(segments), dtype=bool)
    for value in np.unique(np.round(angle[off_axis])):
        family = np.flatnonzero(off_axis & (np.abs((angle - value + 90) % 180 - 90) < 0.6))
        if len(family) >= FAMILY and np.median(length[family]) < long_ft:
            keep[family[_crowded(segments[family], np.radians(value))]] = False
    short = off_axis & (length < SHORT_FT)
    return keep & (~short | _linked(segments, firm=keep & ~short, short=keep & short & (length >= NOTCH_FT)))


def _linked(segments: Array, *, firm: NDArray[np.bool_], short: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Short slanted pieces that carry on a longer line, directly or by one more: notches, not letters and arcs."""
    ends = np.round(segments / SAME_POINT_FT).astype(np.int64)
    places = [ends[:, 0] * (1 << 32) + ends[:, 1], ends[:, 2] * (1 << 32) + ends[:, 3]]
    length = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
    held = firm & (length >= SHORT_FT)
    found = np.zeros(len(segments), dtype=bool)
    for _ in range(2):
        known = np.concatenate([p[held | found] for p in places])
        found = short & (np.isin(places[0], known) | np.isin(places[1], known))
    return found


def _crowded(family: Array, direction: float) -> NDArray[np.bool_]:
    """Members with at least CROWD of their kind around, themselves counted: the few faces of a slanted wall are none."""
    middle = (family[:, :2] + family[:, 2:]) / 2
    along = np.array([np.cos(direction), np.sin(direction)])
    across = np.array([-along[1], along[0]])
    cells = np.floor(
        np.column_stack([middle @ across / HATCH_STEP_FT, middle @ along / HATCH_RUN_FT])
    ).astype(int)
    cells -= cells.min(axis=0)
    crowd = np.zeros(cells.max(axis=0) + 3, dtype=np.int64)
    for across_by in (0, 1, 2):
        for along_by in (0, 1, 2):
            np.add.at(crowd, (cells[:, 0] + across_by, cells[:, 1] + along_by), 1)
    return np.asarray(crowd[cells[:, 0] + 1, cells[:, 1] + 1] >= CROWD)


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
