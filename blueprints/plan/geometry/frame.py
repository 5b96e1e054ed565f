"""The working frame of a drawing: feet (estimated), axes along its main directions, text upright, lines on pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from autohvac.core.evidence import BBox
from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.scale import nearest_standard

Array = NDArray[np.float64]
AGREE = 0.03
PLAUSIBLE = (1 / 90, 0.8)  # feet per point: a house fills neither ten sheets nor a stamp
UPRIGHT_SHARE = 0.2
TOLD = (
    "user",
    "bar",
    "note",
)  # kinds believed alone, the best first: a bar shrinks with the print, a note does not
LEAST_LINE_FT = 1.0
ANCHORING_DEG = 0.3


@dataclass(frozen=True)
class Frame:
    """Similarity transform page points ↔ frame feet; `ft_pt` points per foot, `skew_deg` turn of the drawing on its page."""

    ft_pt: float
    skew_deg: float
    origin: tuple[float, float]
    size_ft: tuple[float, float]

    @property
    def lean_deg(self) -> float:
        """The turn but for whole quarters, degrees in [-45, 45)."""
        return (self.skew_deg + 45) % 90 - 45

    @property
    def matrix(self) -> Array:
        """2×3 matrix page points → frame feet."""
        cos, sin = math.cos(math.radians(self.skew_deg)), math.sin(math.radians(self.skew_deg))
        turn = np.array([[cos, sin], [-sin, cos]]) / self.ft_pt
        shift = -turn @ np.asarray(self.origin)
        return np.hstack([turn, shift[:, None]])

    def to_frame(self, points: Array) -> Array:
        """Page points (n, 2) → frame feet."""
        return points @ self.matrix[:, :2].T + self.matrix[:, 2]

    def to_page(self, points: Array) -> Array:
        """Frame feet (n, 2) → page points."""
        inverse = np.linalg.inv(self.matrix[:, :2])
        return (points - self.matrix[:, 2]) @ inverse.T


@dataclass(frozen=True)
class View:
    """Where a drawing lies on its page [pt], and by how many whole quarters it is turned there [deg clockwise]."""

    bbox: BBox
    turn_deg: float = 0.0

    @property
    def longest_pt(self) -> float:
        """Longer side in points."""
        return max(self.bbox[2] - self.bbox[0], self.bbox[3] - self.bbox[1], 1.0)

    def frame(self, ft_pt: float, *, lean_deg: float = 0.0) -> Frame:
        """The drawing's frame, upright; `lean_deg` is what it leans beside whole quarters."""
        return frame_for(self.bbox, ft_pt=ft_pt, skew_deg=self.turn_deg + lean_deg)


def frame_for(bbox: BBox, *, ft_pt: float, skew_deg: float) -> Frame:
    """Frame whose (0, 0)–size box holds the turned bbox."""
    corners = np.array([(x, y) for x in (bbox[0], bbox[2]) for y in (bbox[1], bbox[3])], dtype=np.float64)
    flat = Frame(ft_pt, skew_deg, (0.0, 0.0), (0.0, 0.0)).to_frame(corners)
    low, high = flat.min(axis=0), flat.max(axis=0)
    origin = Frame(ft_pt, skew_deg, (0.0, 0.0), (0.0, 0.0)).to_page(low[None, :])[0]
    return Frame(
        ft_pt,
        skew_deg,
        (float(origin[0]), float(origin[1])),
        (float(high[0] - low[0]), float(high[1] - low[1])),
    )


def boxes_in(frame: Frame, boxes_pt: Array) -> Array:
    """Upright boxes (n, 4) in feet of a frame around boxes in points."""
    x0, y0, x1, y1 = boxes_pt.T
    corners = np.stack([x0, y0, x1, y0, x1, y1, x0, y1], axis=1).reshape(-1, 2)
    placed = frame.to_frame(corners).reshape(-1, 4, 2)
    return np.hstack([placed.min(axis=1), placed.max(axis=1)])


def anchored(frame: Frame, segments: Array, *, scale: float) -> Frame:
    """The frame moved by less than a pixel, so that the drawing's long lines (n, 4 points) run through pixel centres.

    Where a sheet lies on its page must not decide which pixels its walls cover; `scale` is in pixels per foot.
    """
    flat = frame.to_frame(segments.reshape(-1, 2)).reshape(-1, 4)
    shift = np.array([_phase_px(flat, axis=axis, scale=scale) for axis in (0, 1)]) / scale
    origin = frame.to_page(shift[None, :])[0]
    size = (frame.size_ft[0] + 1.0 / scale, frame.size_ft[1] + 1.0 / scale)
    return replace(frame, origin=(float(origin[0]), float(origin[1])), size_ft=size)


def _phase_px(flat: Array, *, axis: int, scale: float) -> float:
    """How far [-1, 0) pixels the frame must move along an axis, by the circular mean of the lines across it."""
    delta = np.abs(flat[:, 2:] - flat[:, :2])
    length = delta[:, 1 - axis]
    lines = (length >= LEAST_LINE_FT) & (delta[:, axis] <= np.tan(np.radians(ANCHORING_DEG)) * length)
    offset = (flat[lines, axis] + flat[lines, 2 + axis]) / 2 * scale
    mean = np.sum(length[lines] ** 2 * np.exp(2j * np.pi * (offset - 0.5)))
    return float(np.angle(mean) / (2 * np.pi)) % 1.0 - 1.0


def points_per_foot(witnesses: Sequence[ScaleWitness]) -> float | None:
    """Weighted-median consensus of scale witnesses, points per foot: ≥ 2 agreeing within 3 %, else an answer, a bar or a note.

    What was measured decides among those that agree, and is taken for the usual scale it comes near. None when all that
    speaks is dimensions that do not agree: a height or a mark may have been taken for a length.
    """
    witnesses = [w for w in witnesses if PLAUSIBLE[0] < w.feet_per_point < PLAUSIBLE[1]]
    best: tuple[float, float] | None = None
    for one in witnesses:
        near = [w for w in witnesses if abs(w.feet_per_point / one.feet_per_point - 1) <= AGREE]
        weight = sum(w.weight for w in near)
        if len(near) >= 2 and (best is None or weight > best[0]):
            best = (weight, _standard(_weighted_median([w for w in near if w.kind != "note"] or near)))
    told = [w for w in witnesses if w.kind in TOLD]
    if best is None and told:
        single = max(told, key=lambda w: (-TOLD.index(w.kind), w.weight))
        best = (single.weight, single.feet_per_point)
    return 1.0 / best[1] if best else None


def _standard(feet_per_point: float) -> float:
    """The usual scale where one is near: measured lengths scatter."""
    near = nearest_standard(feet_per_point)
    return near[0] if near else feet_per_point


def _weighted_median(witnesses: Sequence[ScaleWitness]) -> float:
    ordered = sorted(witnesses, key=lambda w: w.feet_per_point)
    half = sum(w.weight for w in ordered) / 2
    seen = 0.0
    for witness in ordered:
        seen += witness.weight
        if seen >= half:
            return witness.feet_per_point
    return ordered[-1].feet_per_point


def dominant_angle(segments: Array) -> float:
    """Main direction of segments (n, 4), degrees in (-45, 45], weighted by length squared."""
    delta = segments[:, 2:] - segments[:, :2]
    length = np.hypot(delta[:, 0], delta[:, 1])
    angle = np.degrees(np.arctan2(delta[:, 1], delta[:, 0])) % 90.0
    bins = np.bincount((angle * 10).astype(int) % 900, weights=length**2, minlength=900)
    smooth = bins + np.roll(bins, 1) + np.roll(bins, -1)
    if smooth.sum() <= 0:
        return 0.0
    upright = float(max(smooth[0], smooth[899], smooth[1]))
    level = upright >= UPRIGHT_SHARE * float(smooth.max())  # slanted hatching outweighs walls on some sheets
    peak = 0.05 if level else (int(np.argmax(smooth)) + 0.5) / 10
    away = (angle - peak + 45) % 90 - 45
    near = np.abs(away) < 0.3
    mean = peak + float(np.average(away[near], weights=length[near] ** 2))
    folded = (mean + 45) % 90 - 45
    return 0.0 if abs(folded) < 0.02 else folded
