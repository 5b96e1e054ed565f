"""Evidence of a door in the ink around a gap: swing arcs."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Image: TypeAlias = NDArray[np.uint8]
RADII = np.array([0.86, 0.9, 0.94, 0.97, 1.0, 1.03, 1.06])
SWEEP = np.radians(np.linspace(14, 76, 32))
ARC = np.stack([np.cos(SWEEP), np.sin(SWEEP)], axis=1)
AT_WALL = np.array([-1.0, 0.0, 1.0])
BESIDE_WALL = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
FOUND = 0.8
WIDEST_LEAF_FT = 6.0
LEAST_PAIR_FT = 3.2
NEAR = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


def near_ink(ink: Image) -> Image:
    """Ink grown by a pixel to each side: a pen line may be off by one."""
    return np.asarray(cv2.dilate(ink, NEAR), dtype=np.uint8)


def swing_share(
    near: Image, *, scale: float, jambs: tuple[Array, Array], normal: Array, depths: Array = AT_WALL
) -> float:
    """Best share of a quarter circle found in the ink, hinged at either jamb (or both: double door).

    `near` is the picture of `near_ink`, `jambs` are the two jamb middles in feet, `normal` the unit vector across the
    wall times half its thickness; `depths` are the places of the hinge across the wall, in half thicknesses.
    """
    first, second = jambs
    span = second - first
    width = float(np.hypot(*span))
    along = span / max(width, 1e-9)
    across = normal / max(float(np.hypot(*normal)), 1e-9)
    hinges = np.stack(
        [first, second, first, second]
    )  # a leaf of the whole width, or half a leaf, at either jamb
    reach = np.array([width, width, width / 2, width / 2])
    turned = np.stack([along, -along, along, -along])
    offsets = normal * depths[:, None]
    best = 0.0
    for side in (-1.0, 1.0):
        circle = ARC[:, :1] * turned[:, None, :] + ARC[:, 1:] * (across * side)
        points = circle[:, None] * (reach[:, None, None, None] * RADII[:, None, None])
        points = points[None] + hinges[:, None, None] + offsets[:, None, None, None]
        shares = _inked(near, points * scale).max(axis=2)
        single = float(shares[:, :2].max()) if width <= WIDEST_LEAF_FT else 0.0
        both = float(shares[:, 2:].min(axis=1).max()) if width > LEAST_PAIR_FT else 0.0
        best = max(best, single, both)
    return best


def _inked(near: Image, pixels: Array) -> Array:
    """Share of inked points over the second last axis; points off the picture are paper."""
    index = np.rint(pixels).astype(np.int64)
    x, y = index[..., 0], index[..., 1]
    height, width = near.shape
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    found = near[np.where(inside, y, 0), np.where(inside, x, 0)] > 0
    return np.asarray((found & inside).mean(axis=-1), dtype=np.float64)
