"""Tiles and boxes of OCR: what is covered, and what is one line."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from blueprints.plan.text import ocr
from blueprints.plan.text.ocr import LEAST_PX, OVERLAP_PX, TILE_PX, Corners, Picture, _joined, _spans


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


def test_a_low_strip_is_searched_at_its_own_size_on_more_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[Picture] = []

    class Engine:
        def text_det(self, tile: Picture) -> tuple[list[Corners], float]:
            searched.append(tile)
            return [box(40, 20, 400, 60)], 0.0

    monkeypatch.setattr(ocr, "_reader", Engine)
    strip = np.full((91, 1054), 255, np.uint8)
    cv2.rectangle(strip, (40, 20), (400, 60), 0, -1)
    upright, turned = ocr._boxes_of(strip)
    assert [one.shape for one in searched] == [(LEAST_PX, 1054, 3)]
    assert np.array_equal(searched[0][:91, :, 0], strip)
    assert (searched[0][91:] == 255).all()
    assert extents(upright) == [(40, 20, 400, 60)]
    assert not turned


def test_a_ruled_line_taken_for_text_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    class Engine:
        def get_crop_img_list(self, picture: Picture, boxes: list[Corners]) -> list[Picture]:
            return [picture]

        def text_rec(self, crops: list[Picture]) -> tuple[list[tuple[str, float]], float]:
            read.extend(crop.shape[1] for crop in crops)
            return [("NOTES", 0.9) for _ in crops], 0.0

    monkeypatch.setattr(ocr, "_reader", Engine)
    found, _ = ocr._read(np.full((200, 3000), 255, np.uint8), [box(0, 10, 2900, 16), box(100, 100, 300, 130)])
    assert [text for _, text, _ in found] == ["NOTES"]
    assert max(read) < 300
