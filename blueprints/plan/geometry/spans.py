"""The scale by room sizes that are printed between walls.

No closed room is needed: a size tells the scale where the walls that are met first to the left and right, and above and below,
stand in its proportions. Thin strokes (furniture, closet fronts, tiles) are no walls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

from autohvac.core.evidence import BBox, Where
from blueprints.plan.geometry import raster
from blueprints.plan.geometry.frame import View, boxes_in
from blueprints.plan.geometry.unit import HOUSE_FT, wall_px
from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.grammar import BareUnit, room_size_ft, size_weight
from blueprints.plan.text.lines import Line

LONGEST_PX = 1600.0
WALL_SHARE = 0.5
THINNEST_PX = 3.0
LEAST_SIDE_FT = 3.0
LONGEST_SIZE = 30
RAYS = tuple(range(-6, 7))  # beside the text, in heights of it
SAME_PX = 3
LEAST_SPAN_PX = 12
SHAPE_AGREES = 0.025
AGREES = 0.015
KERNEL = 0.008
APART = 0.04
FEWEST = 3
LEAD = 2.0


@dataclass(frozen=True)
class _Sized:
    """A printed size, where it stands [px], how high its letters are [px]."""

    line: Line
    size_ft: tuple[float, float]
    at: tuple[int, int]
    height: float


def size_witnesses(
    page: pymupdf.Page, lines: Sequence[Line], *, view: View, metric: BareUnit
) -> list[ScaleWitness]:
    """The scale [feet per point] three or more printed sizes agree on, and clearly on no other; a witness each."""
    sizes = [
        (line, size) for line in lines if (size := _size(line, metric)) and _inside(line.centre, view.bbox)
    ]
    if len(sizes) < FEWEST:
        return []
    frame = view.frame(1.0)
    scale = LONGEST_PX / max(frame.size_ft)
    boxes = boxes_in(frame, np.asarray([line.bbox for line in lines])) * scale
    mask = _walls(raster.render(page, bbox=view.bbox, frame=frame, scale=scale), text=boxes)
    at = frame.to_frame(np.asarray([line.centre for line, _ in sizes])) * scale
    sized = [
        _Sized(line, size, (int(x), int(y)), line.size * scale)
        for (line, size), (x, y) in zip(sizes, at, strict=True)
    ]
    found = {one: _scales(one, mask) / scale for one in sized}
    found = {
        one: v[(view.longest_pt / v >= HOUSE_FT[0]) & (view.longest_pt / v <= HOUSE_FT[1])]
        for one, v in found.items()
    }
    return [_witness(one, value, page) for one, value in _agreed(found).items()]


def _size(line: Line, metric: BareUnit) -> tuple[float, float] | None:
    size = room_size_ft(line.text, metric=metric) if len(line.text) <= LONGEST_SIZE else None
    return size if size is not None and min(size) >= LEAST_SIDE_FT else None


def _inside(point: tuple[float, float], box: BBox) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _walls(grey: raster.Image, *, text: NDArray[np.float64]) -> raster.Image:
    """Thick ink but for bold letters: pieces that lie in the box of a line [px]."""
    ink = raster.ink_of(grey, below=raster.DARK)
    mask = raster.solid_mask(ink, close_px=1.0, open_px=max(THINNEST_PX, WALL_SHARE * wall_px(grey)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    low, high = stats[:, :2], stats[:, :2] + stats[:, 2:4]
    letters = np.zeros(count, dtype=bool)
    for box in text:
        letters |= np.all(low >= box[:2] - SAME_PX, axis=1) & np.all(high <= box[2:] + SAME_PX, axis=1)
    return np.asarray(mask * ~letters[labels], dtype=np.uint8)


def _scales(one: _Sized, mask: raster.Image) -> NDArray[np.float64]:
    """Points per foot (in pixels) by every pair of walls around a size that has its proportions, either way round."""
    across, down = _gaps(one, mask), _gaps(_turned(one), np.ascontiguousarray(mask.T))
    found = [
        math.sqrt(dx * dy / (w * h))
        for w, h in {one.size_ft, one.size_ft[::-1]}
        for dx in across
        for dy in down
        if abs(math.log(dx / w / (dy / h))) <= SHAPE_AGREES
    ]
    return np.asarray(sorted(found), dtype=np.float64)


def _turned(one: _Sized) -> _Sized:
    return _Sized(one.line, one.size_ft, one.at[::-1], one.height)


def _gaps(one: _Sized, mask: raster.Image) -> list[int]:
    """Distances [px] between the first walls to the left and right, seen from beside the text."""
    left: set[int] = set()
    right: set[int] = set()
    x, y = one.at
    for step in RAYS:
        row = y + round(step * one.height)
        if not (0 <= row < mask.shape[0] and 0 <= x < mask.shape[1]):
            continue
        if mask[min(y, row) : max(y, row) + 1, x].any():
            continue  # in another room
        before, after = np.flatnonzero(mask[row, :x]), np.flatnonzero(mask[row, x:])
        left |= {x - int(before[-1])} if len(before) else set()
        right |= {int(after[0])} if len(after) else set()
    return [a + b - 1 for a in _distinct(left) for b in _distinct(right) if a + b > LEAST_SPAN_PX]


def _distinct(values: set[int]) -> list[int]:
    kept: list[int] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SAME_PX:
            kept.append(value)
    return kept


def _agreed(found: dict[_Sized, NDArray[np.float64]]) -> dict[_Sized, float]:
    """The sizes that agree on one scale with its value by each; none where too few do, or others weigh half as much.

    A size between walls that fit it in several ways says little: it weighs the less, the more scales it allows.
    """
    values = np.concatenate(list(found.values())) if found else np.empty(0)
    if not len(values):
        return {}
    best = max(values, key=lambda v: (sum(_kernel(one, v) for one in found.values()), -v))
    agreeing = {one: near for one, v in found.items() if (near := _nearest(v, best)) is not None}
    rival = max((_weight(found, v) for v in values if abs(math.log(v / best)) > APART), default=0.0)
    sure = len(agreeing) >= FEWEST and _weight(found, best) >= LEAD * rival
    return agreeing if sure else {}


def _kernel(values: NDArray[np.float64], scale: float) -> float:
    return float(np.exp(-((np.log(values / scale) / KERNEL) ** 2)).max()) if len(values) else 0.0


def _nearest(values: NDArray[np.float64], scale: float) -> float | None:
    off = np.abs(np.log(values / scale))
    return float(values[off.argmin()]) if len(values) and off.min() <= AGREES else None


def _weight(found: dict[_Sized, NDArray[np.float64]], scale: float) -> float:
    """Weight of the sizes that allow a scale."""
    return sum(1 / _ways(v) for v in found.values() if _nearest(v, scale) is not None)


def _ways(values: NDArray[np.float64]) -> int:
    """How many scales a size allows that are apart from each other."""
    return 1 + int((np.diff(np.log(np.sort(values))) > AGREES).sum())


def _witness(one: _Sized, points_per_foot: float, page: pymupdf.Page) -> ScaleWitness:
    w, h = one.size_ft
    return ScaleWitness(
        kind="room_label", feet_per_point=1 / points_per_foot, weight=size_weight(one.size_ft),
        text=f"{w:g} x {h:g} between walls",
        where=Where(page=page.number + 1, bbox=one.line.bbox),
    )  # fmt: skip
