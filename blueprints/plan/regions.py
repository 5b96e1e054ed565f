"""Connected regions of a picture: numbers, sizes and boxes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Regions:
    """Region numbers of all pixels (0: none); of regions 1, 2, … how many pixels, and boxes (x, y, width, height)."""

    labels: NDArray[np.int32]
    areas: NDArray[np.int64]
    boxes: NDArray[np.int64]

    def mask(self, number: int) -> NDArray[np.uint8]:
        """255 on a region."""
        return np.asarray(cv2.inRange(self.labels, number, number), dtype=np.uint8)


def regions(mask: NDArray[np.uint8], *, connectivity: int) -> Regions:
    """Regions of the pixels that are not 0."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)
    found = stats[1:].astype(np.int64)
    return Regions(np.asarray(labels), found[:, cv2.CC_STAT_AREA], found[:, : cv2.CC_STAT_AREA])
