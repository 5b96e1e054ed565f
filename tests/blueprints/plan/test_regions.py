"""Connected regions of a picture."""

from __future__ import annotations

import numpy as np

from blueprints.plan.regions import regions


def test_regions_have_boxes_and_sizes_in_the_order_of_their_numbers() -> None:
    mask = np.zeros((10, 12), np.uint8)
    mask[1:4, 2:9] = 255
    mask[2, 3:8] = 0  # a ring
    mask[6:9, 1:3] = 255
    found = regions(mask, connectivity=4)
    assert found.boxes.tolist() == [[2, 1, 7, 3], [1, 6, 2, 3]]
    assert found.areas.tolist() == [16, 6]
    assert int(np.count_nonzero(found.mask(2))) == 6


def test_an_empty_picture_has_no_regions() -> None:
    found = regions(np.zeros((4, 4), np.uint8), connectivity=8)
    assert (len(found.boxes), len(found.areas)) == (0, 0)
