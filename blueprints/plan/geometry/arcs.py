"""Evidence of a door in the ink around a gap: swing arcs."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Image: TypeAlias = NDArray[np.uint8]
RADII = (0.86, 0.9, 0.94, 0.97, 1.0, 1.03, 1.06)
SWEEP = np.radians(np.linspace(14, 76, 32))
FOUND = 0.8
WIDEST_LEAF_FT = 6.0
NEAR = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))


def swing_share(ink: Image, *, scale: float, jambs: tuple[Array, Array], normal: Array) -> float:
    """Best share of a quarter circle found in the ink, hinged at either jamb (or both: double door).

    `jambs` are the two jamb middles in feet, `normal` the unit vector across the wall times half its thickness.
    """
    first, second = jambs
    span = second - first
    width = float(np.hypot(*span))
    along = span / max(width, 1e-9)
    across = normal / max(float(np.hypot(*normal)), 1e-9)
    best = 0.0
    for side in (-1.0, 1.0):
        for depth in (-1.0, 0.0, 1.0):
            offset = normal * depth
            one = _arc(ink, scale, first + offset, along, across * side, width)
            two = _arc(ink, scale, second + offset, -along, across * side, width)
            both = min(
                _arc(ink, scale, first + offset, along, across * side, width / 2),
                _arc(ink, scale, second + offset, -along, across * side, width / 2),
            )
            single = max(one, two) if width <= WIDEST_LEAF_FT else 0.0
            best = max(best, single, both if width > 3.2 else 0.0)
    return best


def _arc(ink: Image, scale: float, hinge: Array, along: Array, across: Array, radius: float) -> float:
    circle = np.cos(SWEEP)[:, None] * along + np.sin(SWEEP)[:, None] * across
    return max(_inked(ink, (hinge + circle * radius * factor) * scale) for factor in RADII)


def _inked(ink: Image, pixels: Array) -> float:
    x, y = np.round(pixels[:, 0]).astype(int), np.round(pixels[:, 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < ink.shape[1]) & (y < ink.shape[0])
    x, y = x[inside], y[inside]
    hit = np.zeros(len(x), dtype=bool)
    for across, down in NEAR:  # a pen line may be off by a pixel
        column = np.clip(x + across, 0, ink.shape[1] - 1)
        row = np.clip(y + down, 0, ink.shape[0] - 1)
        hit |= ink[row, column] > 0
    return float(hit.sum()) / len(pixels)
