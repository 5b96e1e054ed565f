"""Closings that cross: of two openings through each other one is a mistake."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from blueprints.plan.geometry.openings import Found

Array = NDArray[np.float64]
INNER = 0.04  # closings that meet at their ends do not cross


def uncrossed(found: Sequence[Found]) -> list[Found]:
    """The closings without those that run through a surer one: a swing, facing ends and evidence are surer, then the shorter."""
    jambs = np.array([f.gap.jambs for f in found]).reshape(-1, 2, 2)
    crossing = _crossing(jambs)
    kept = np.zeros(len(found), dtype=bool)
    for number in sorted(range(len(found)), key=lambda n: (_doubt(found[n]), n)):
        kept[number] = not (crossing[number] & kept).any()
    return [f for f, keep in zip(found, kept, strict=True) if keep]


def _doubt(found: Found) -> tuple[bool, bool, bool, float]:
    evidenced = found.kind in ("door", "glass_door", "window")
    return "swing_arc" not in found.why, not found.gap.facing, not evidenced, found.gap.width


def _crossing(jambs: Array) -> NDArray[np.bool_]:
    """Which lines from jamb to jamb (n, 2, 2) cross within both."""
    start, along = jambs[:, 0], jambs[:, 1] - jambs[:, 0]
    apart = start[None, :] - start[:, None]
    turn = _cross(along[:, None], along[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        first = _cross(apart, along[None, :]) / turn
        second = _cross(apart, along[:, None]) / turn
    return (first > INNER) & (first < 1 - INNER) & (second > INNER) & (second < 1 - INNER)


def _cross(one: Array, two: Array) -> Array:
    return one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0]
