"""Connected regions of a picture: numbers, sizes and boxes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage


@dataclass(frozen=True, eq=False)
class Regions:
    """Region numbers of all pixels (0: none), and how many pixels regions 1, 2, … have."""

    labels: NDArray[np.int32]
    areas: NDArray[np.int64]

    @cached_property
    def boxes(self) -> NDArray[np.int64]:
        """Boxes of regions 1, 2, … as rows (x, y, width, height)."""
        found = [
            (x.start, y.start, x.stop - x.start, y.stop - y.start)
            for y, x in ndimage.find_objects(self.labels)
        ]
        return np.asarray(found, dtype=np.int64).reshape(-1, 4)

    def boxes_of(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Boxes of the chosen ones of regions 1, 2, …: quick where they cover little of the picture."""
        places = np.zeros(len(chosen) + 1, dtype=np.int64)
        places[1:][chosen] = 1 + np.arange(np.count_nonzero(chosen))
        y, x = np.nonzero((places > 0)[self.labels])
        at = places[self.labels[y, x]] - 1
        low = np.full((np.count_nonzero(chosen), 2), np.iinfo(np.int64).max)
        high = np.full_like(low, -1)
        for axis, values in enumerate((x, y)):
            np.minimum.at(low[:, axis], at, values)
            np.maximum.at(high[:, axis], at, values)
        return np.hstack([low, high - low + 1])

    def mask(self, number: int) -> NDArray[np.uint8]:
        """255 on a region."""
        return np.asarray(cv2.inRange(self.labels, number, number), dtype=np.uint8)


def regions(mask: NDArray[np.uint8], *, connectivity: int) -> Regions:
    """Regions of the pixels that are not 0. Many times faster than OpenCV's call that measures them as well."""
    count, labels = cv2.connectedComponents(mask, connectivity=connectivity)
    areas = np.bincount(labels[mask > 0], minlength=count)[1:]
    return Regions(np.asarray(labels), np.asarray(areas))
