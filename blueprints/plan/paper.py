"""Dark ink on white paper, whatever a sheet is a picture of: blueprints are the other way round, photos show a table too."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from blueprints.plan.regions import regions

Image = NDArray[np.uint8]
DARK = 110
LEAST_EDGE = 0.02  # of a picture's edge that a backdrop reaches
FADE_PX = 4


def on_white(grey: Image) -> Image:
    """The picture, turned to its negative where most of it is dark: white lines on blue or black."""
    return np.asarray(255 - grey) if 2 * np.count_nonzero(grey < DARK) > grey.size else grey


def without_backdrop(grey: Image, *, broad_px: int) -> Image:
    """The picture with what is dark, broader than walls are drawn and reaches its edge made paper.

    Args:
        grey: Picture, 255 is white.
        broad_px: What is narrower is never taken for a backdrop.
    """
    if np.mean(np.concatenate(_edges(grey)) < DARK) < LEAST_EDGE:
        return grey
    dark = np.asarray(grey < DARK, dtype=np.uint8)
    size = max(3, broad_px) | 1
    broad = regions(
        np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((size, size), np.uint8)), dtype=np.uint8),
        connectivity=4,
    )
    outer = np.zeros(len(broad.areas) + 1, dtype=np.uint8)
    outer[np.concatenate(_edges(broad.labels))] = 1
    outer[0] = 0
    reach = size + 2 * FADE_PX
    backdrop = cv2.dilate(outer[broad.labels], np.ones((reach, reach), np.uint8))
    clean = grey.copy()
    clean[backdrop > 0] = 255
    return clean


def _edges(picture: NDArray[Any]) -> list[NDArray[Any]]:
    return [picture[0], picture[-1], picture[:, 0], picture[:, -1]]
