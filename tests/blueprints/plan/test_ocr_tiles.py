"""Tiles and boxes of OCR: what is covered, and what is one line."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from blueprints.plan.text.ocr import OVERLAP_PX, TILE_PX, Corners, _joined, _spans


@pytest.mark.parametrize("length", [40, 1200, 1201, 1366, 1644, 2848, 6000])
def test_tiles_cover_a_picture_with_overlap_and_none_is_a_small_rest(length: int) -> None:
    spans = _spans(length)
    sizes = [end - start for start, end in spans]
    assert spans[0][0] == 0
    assert spans[-1][1] == length
    assert max(sizes) <= TILE_PX
    assert max(sizes) - min(sizes) <= len(spans)
    assert all(before[1] - after[0] >= OVERLAP_PX for before, after in itertools.pairwise(spans))


def box(x0: float, y0: float, x1: float, y1: float) -> Corners:
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float32)


def extents(boxes: list[Corners]) -> list[tuple[float, ...]]:
    return [(*b.min(axis=0).tolist(), *b.max(axis=0).tolist()) for b in boxes]


def test_a_title_across_the_border_of_two_tiles_is_one_line() -> None:
    pieces = [box(700, 100, 880, 130), box(760, 102, 1100, 131)]
    assert extents(_joined(pieces)) == [(700, 100, 1100, 131)]


def test_a_line_over_three_tiles_is_one_line_in_any_order() -> None:
    pieces = [box(0, 0, 300, 30), box(520, 1, 900, 31), box(260, 0, 560, 30)]
    assert extents(_joined(pieces)) == [(0, 0, 900, 31)]


def test_a_name_and_the_size_below_it_stay_two_lines() -> None:
    lines = [box(100, 100, 300, 130), box(90, 124, 310, 150)]
    assert extents(_joined(lines)) == [(90, 124, 310, 150), (100, 100, 300, 130)]


def test_a_box_alone_keeps_its_slant() -> None:
    slanted = np.array([(0, 4), (200, 0), (201, 30), (1, 34)], dtype=np.float32)
    assert np.array_equal(_joined([slanted])[0], slanted)
