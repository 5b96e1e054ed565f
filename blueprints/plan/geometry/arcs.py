"""Evidence of a door in the ink around gaps: swing arcs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Image: TypeAlias = NDArray[np.uint8]
RADII = np.array([0.86, 0.89, 0.92, 0.95, 0.98, 1.0, 1.02, 1.05])
SWEEP = np.radians(np.linspace(14, 76, 32))
ARC = np.stack([np.cos(SWEEP), np.sin(SWEEP)], axis=1)
FRAMED = np.array(
    [0.8, 0.84, 0.88, 0.92, 0.96]
)  # leaves between frames drawn in the gap: hinged off the jamb
ARCS = [*(ARC * r for r in RADII), *(ARC * r + [(1 - r) / 2, 0.0] for r in FRAMED)]
AT_WALL = np.linspace(-1.0, 1.0, 5)
BESIDE_WALL = np.linspace(-2.0, 2.0, 9)
FOUND = 0.75
WIDEST_LEAF_FT = 6.0
LEAST_PAIR_FT = 3.2
NEAR_FT = 0.07
APART_FT = 0.15
CROWD_COST = 0.5
ALIKE = 0.03
COARSE = slice(1, 32, 3)  # angles that are looked at first


@dataclass(frozen=True)
class Marks:
    """The ink of a drawing (1 = ink), pixels per foot, the ink grown a little, and the grey picture it is of."""

    ink: Image
    scale: float
    grey: Image

    @cached_property
    def near(self) -> Image:
        """The ink grown a little to each side."""
        return near_ink(self.ink, scale=self.scale)


def near_ink(ink: Image, *, scale: float) -> Image:
    """Ink grown a little to each side: hinges and jambs are known to a fraction of an inch."""
    size = 2 * max(1, round(NEAR_FT * scale)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.dilate(ink, kernel), dtype=np.uint8)


def swing_shares(
    near: Image, *, scale: float, jambs: tuple[Array, Array], normal: Array, depths: Array = AT_WALL
) -> tuple[Array, Array]:
    """Best share of a quarter circle found in the ink of each gap, hinged at either jamb (or both: double door), and its depth.

    Where ink lies on both sides of the circle as well, as in hatches and letters, it counts for less. A share below
    FOUND tells nothing but that. The depth is that of the hinge across the wall, in half thicknesses.

    Args:
        near: The picture of `near_ink`.
        scale: Pixels per foot.
        jambs: Middles (n, 2) of the jambs to both sides, feet.
        normal: Vectors across the walls (n, 2), half the walls' thickness long.
        depths: Places of the hinge across the wall, in half thicknesses.
    """
    width = np.hypot(*(jambs[1] - jambs[0]).T)
    leaves = _leaves(jambs, normal, depths) * scale
    alone, paired = width <= WIDEST_LEAF_FT, width > LEAST_PAIR_FT
    tried = np.stack([alone, alone, paired, paired], axis=1)[:, None, None]
    best = np.zeros(
        leaves.shape[:-2]
    )  # gap, side, depth, leaf: of the whole width or half of it, at either jamb
    hung = np.broadcast_to(tried, best.shape)
    best[hung] = _leaf_shares(near, leaves[hung], apart_px=APART_FT * scale)
    share = np.maximum(best[..., :2].max(axis=(1, 3)), best[..., 2:].min(axis=3).max(axis=1))
    most = share.max(axis=1)
    alike = share >= most[:, None] - ALIKE
    return most, (alike * depths).sum(axis=1) / alike.sum(axis=1)


def _leaves(jambs: tuple[Array, Array], normal: Array, depths: Array) -> Array:
    """Hinge, shut leaf and open leaf of every door to try: (gap, side, depth, leaf, 3, 2) in feet."""
    first, second = jambs
    span = second - first
    width = np.hypot(span[:, 0], span[:, 1])[:, None]
    across = normal / np.maximum(np.hypot(normal[:, 0], normal[:, 1]), 1e-9)[:, None] * width
    hinge = np.stack([first, second, first, second], axis=1)
    hinge = hinge[:, None] + (normal[:, None] * depths[:, None])[:, :, None]
    shut = np.stack([span, -span, span / 2, -span / 2], axis=1)
    swung = np.stack([across, across, across / 2, across / 2], axis=1)
    shape = (len(first), 2, len(depths), 4, 2)
    sides = np.array([-1.0, 1.0])[:, None, None, None]
    parts = (hinge[:, None], shut[:, None, None], swung[:, None, None] * sides)
    return np.stack([np.broadcast_to(part, shape) for part in parts], axis=-2)


def _leaf_shares(near: Image, leaves: Array, *, apart_px: float) -> Array:
    """Best share of inked points on the arcs each leaf may draw, less for ink beside: hatching and fills are no lines.

    It is 0 where a third of the points already rule FOUND out.
    """
    padded = cv2.copyMakeBorder(near, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    best = np.zeros(len(leaves))
    for arc in ARCS:
        few = _inked(padded, leaves, arc[COARSE])
        likely = np.flatnonzero(few.sum(axis=1) >= few.shape[1] - (1 - FOUND) * len(arc))
        share = _inked(padded, leaves[likely], arc).mean(axis=1)
        found = np.flatnonzero(share >= FOUND)
        share[found] -= CROWD_COST * _crowd(padded, leaves[likely[found]], arc, apart_px=apart_px)
        best[likely] = np.maximum(best[likely], share)
    return best


def _crowd(padded: Image, leaves: Array, arc: Array, *, apart_px: float) -> Array:
    """Share of inked points a little inside or outside of each arc, whichever is less."""
    width = np.maximum(np.hypot(leaves[:, 1, 0], leaves[:, 1, 1]), 1e-9)
    sides = []
    for apart in (-apart_px, apart_px):
        beside = leaves.copy()
        beside[:, 1:] *= (1.0 + apart / width)[:, None, None]
        sides.append(_inked(padded, beside, arc).mean(axis=1))
    return np.minimum(*sides)


def _inked(padded: Image, leaves: Array, arc: Array) -> NDArray[np.bool_]:
    """Which points of the arc of each leaf (pixels) have ink; points off the picture are paper."""
    height, width = padded.shape
    parts = np.vstack([np.ones(len(arc)), arc.T])  # of hinge, shut leaf and open leaf in each point
    x, y = (np.clip(leaves[..., axis] @ parts + 1.0, 0, most - 1) for axis, most in ((0, width), (1, height)))
    return np.asarray(np.take(padded, y.astype(np.intp) * width + x.astype(np.intp)) > 0)
