"""How much a scanned drawing is turned on its page."""

from __future__ import annotations

import cv2
import numpy as np
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.raster import Image, ink_of, render

LIMIT_DEG = 3.0
COARSE_DEG = 0.5
FINE_DEG = 0.05
LONGEST_PX = 900.0
WORTH_DEG = 0.08


def picture_skew(page: pymupdf.Page, *, bbox: BBox, frame: Frame) -> float:
    """Turn in degrees within ±3 that makes row and column ink most uneven; 0 when hardly better than none."""
    scale = LONGEST_PX / max(frame.size_ft)
    ink = ink_of(render(page, bbox=bbox, frame=frame, scale=scale), below=150)
    coarse = np.arange(-LIMIT_DEG, LIMIT_DEG + 0.01, COARSE_DEG)
    first = max(coarse.tolist(), key=lambda a: (_unevenness(ink, a), -abs(a)))
    fine = np.arange(first - COARSE_DEG, first + COARSE_DEG + 0.01, FINE_DEG)
    best = max(fine.tolist(), key=lambda a: (_unevenness(ink, a), -abs(a)))
    return float(best) if abs(best) >= WORTH_DEG else 0.0


def _unevenness(ink: Image, angle_deg: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1.0)
    turned = cv2.warpAffine(ink * 255, turn, (width, height), flags=cv2.INTER_LINEAR)
    rows, columns = turned.sum(axis=1, dtype=np.float64), turned.sum(axis=0, dtype=np.float64)
    return float(np.sum(np.diff(rows) ** 2) + np.sum(np.diff(columns) ** 2))
