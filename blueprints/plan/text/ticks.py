"""Slashes at the ends of dimension lines: short oblique strokes centred on the line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
LEAST_SLANT, MOST_SLANT = 0.5, 2.0  # rise over run: slashes are drawn at 45°, some at 30° or 60°
LENGTH_EM = (0.25, 2.6)
CENTRED = 0.3
SAME_EM = 0.06
MOST_STROKES = 60_000


def oblique_strokes(lines: Array) -> Array:
    """Those of straight strokes (n, 4 points) that run obliquely; none where a sheet is full of them."""
    run, rise = np.abs(lines[:, 2] - lines[:, 0]), np.abs(lines[:, 3] - lines[:, 1])
    rows = lines[(run > 0) & (rise >= LEAST_SLANT * run) & (rise <= MOST_SLANT * run)]
    return rows if len(rows) <= MOST_STROKES else np.empty((0, 4))


def slashes_on(strokes: Array, level: float, *, em: float, upright: bool) -> Array:
    """Where slashes cross a dimension line, sorted; a slash may be drawn in two halves that meet on the line.

    Args:
        strokes: Oblique strokes of the sheet (n, 4).
        level: Offset of the line [pt].
        em: Text height of the dimension [pt].
        upright: The line runs down the page.
    """
    along, across = (1, 0) if upright else (0, 1)
    near = strokes[
        (np.minimum(strokes[:, across], strokes[:, across + 2]) <= level + SAME_EM * em)
        & (np.maximum(strokes[:, across], strokes[:, across + 2]) >= level - SAME_EM * em)
    ]
    rise = near[:, across + 2] - near[:, across]
    place = near[:, along] + (level - near[:, across]) / rise * (near[:, along + 2] - near[:, along])
    low, high = (f(near[:, across], near[:, across + 2]) - level for f in (np.minimum, np.maximum))
    order = np.argsort(place, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(place[order]) > SAME_EM * em) + 1) if len(order) else []
    kept = [
        float(np.mean(place[group])) for group in groups if _is_slash(low[group].min(), high[group].max(), em)
    ]
    return np.array(kept)


def _is_slash(low: float, high: float, em: float) -> bool:
    height = high - low
    return LENGTH_EM[0] * em <= height <= LENGTH_EM[1] * em and abs(high + low) <= CENTRED * height
