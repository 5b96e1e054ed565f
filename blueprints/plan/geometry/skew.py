"""How much a scanned drawing is turned on its page."""

from __future__ import annotations

import cv2
import numpy as np
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.raster import Image, ink_of, render

LIMIT_DEG = 3.0  # of a sheet that slipped in the scanner; a plan may be drawn turned by more
COARSE_DEG = 0.5
FINE_DEG = 0.05
LONGEST_PX = 900.0
WORTH_DEG = 0.08
CLEARLY = 1.3  # what a plan turned by more must be better by
SMOOTH_PX = 1.5
SMOOTH_BINS = 5


def picture_skew(page: pymupdf.Page, *, bbox: BBox, frame: Frame) -> float:
    """Turn in degrees within ±45 that makes row and column ink most uneven; 0 when hardly better than none.

    More than ±3 only where that is much more uneven.
    """
    scale = LONGEST_PX / max(frame.size_ft)
    grey = render(page, bbox=bbox, frame=frame, scale=scale)
    ink = ink_of(grey, below=150)
    best = _most_uneven(ink, around=0.0, reach=LIMIT_DEG)
    edges = _edges_deg(grey)
    if abs(edges) > LIMIT_DEG:
        turned = _most_uneven(ink, around=edges, reach=2 * COARSE_DEG)
        best = turned if _unevenness(ink, turned) > CLEARLY * _unevenness(ink, best) else best
    return float(best) if abs(best) >= WORTH_DEG else 0.0


def _most_uneven(ink: Image, *, around: float, reach: float) -> float:
    """The turn within `reach` degrees of another that makes ink most uneven, first coarsely, then finely."""
    first = around
    for extent, step in ((reach, COARSE_DEG), (COARSE_DEG, FINE_DEG)):
        turns = np.arange(first - extent, first + extent + 0.01, step)
        first = max(turns.tolist(), key=lambda a: (_unevenness(ink, a), -abs(a)))
    return float(first)


def _edges_deg(grey: Image) -> float:
    """The turn in degrees within ±45 that most edges of a picture have but for whole quarters."""
    smooth = cv2.GaussianBlur(grey, (0, 0), SMOOTH_PX)
    right, down = (cv2.Sobel(smooth, cv2.CV_32F, dx, 1 - dx) for dx in (1, 0))
    degrees = np.degrees(np.arctan2(down, right)) % 90.0
    share, _ = np.histogram(degrees, bins=90, range=(0.0, 90.0), weights=right**2 + down**2)
    around = np.convolve(np.pad(share, SMOOTH_BINS // 2, mode="wrap"), np.ones(SMOOTH_BINS), "valid")
    return float((np.argmax(around) + 0.5 + 45.0) % 90.0 - 45.0)


def _unevenness(ink: Image, angle_deg: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    turned = cv2.warpAffine(ink * 255, turn, (width, height), flags=cv2.INTER_LINEAR)
    rows, columns = turned.sum(axis=1, dtype=np.float64), turned.sum(axis=0, dtype=np.float64)
    return float(np.sum(np.diff(rows) ** 2) + np.sum(np.diff(columns) ** 2))
