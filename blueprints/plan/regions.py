"""Connected regions of a picture: numbers, boxes and sizes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage


class Regions(NamedTuple):
    """Region numbers of all pixels (0: none), and of regions 1, 2, … the boxes (n, 4: x, y, width, height) and pixels (n)."""

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    areas: NDArray[np.int64]


def regions(mask: NDArray[np.uint8], *, connectivity: int) -> Regions:
    """Regions of the pixels that are not 0. Many times faster than OpenCV's call that measures them as well."""
    count, labels = cv2.connectedComponents(mask, connectivity=connectivity)
    found = [(x.start, y.start, x.stop - x.start, y.stop - y.start) for y, x in ndimage.find_objects(labels)]
    areas = np.bincount(labels[mask > 0], minlength=count)[1:]
    return Regions(np.asarray(labels), np.asarray(found, dtype=np.int64).reshape(-1, 4), np.asarray(areas))
