"""Walls filled with a tone of grey, drawn small: outlines, window frames, dimension lines, thin walls, other things grey."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from blueprints.plan.geometry.tone import toned_walls

SCALE = 24
PEN = 2
Picture = NDArray[np.uint8]
Box = tuple[float, float, float, float]


def paper() -> Picture:
    return np.full((24 * SCALE, 30 * SCALE), 255, dtype=np.uint8)


def fill(picture: Picture, place: Box, level: int) -> None:
    x0, y0, x1, y1 = (round(v * SCALE) for v in place)
    picture[y0:y1, x0:x1] = level


def wall(picture: Picture, place: Box, *, tone: int = 192, pen: int = PEN) -> None:
    fill(picture, place, 0 if pen else tone)
    x0, y0, x1, y1 = (round(v * SCALE) for v in place)
    picture[y0 + pen : y1 - pen, x0 + pen : x1 - pen] = tone


def house(*, tone: int = 192, pen: int = PEN) -> Picture:
    picture = paper()
    for place in ((2, 2, 26, 2.5), (2, 18, 12, 18.5), (16, 18, 26, 18.5)):
        wall(picture, place, tone=tone, pen=pen)
    return picture


def mask_of(picture: Picture) -> NDArray[np.uint8]:
    ((_, mask),) = toned_walls(picture, scale=SCALE)
    return mask


def covered(mask: NDArray[np.uint8], place: Box) -> float:
    x0, y0, x1, y1 = (round(v * SCALE) for v in place)
    return float(mask[y0:y1, x0:x1].mean())


@pytest.mark.parametrize(("tone", "pen"), [(192, 2), (128, 1), (220, 3), (150, 0)])
def test_walls_are_their_fill_and_the_line_around_it(tone: int, pen: int) -> None:
    mask = mask_of(house(tone=tone, pen=pen))
    assert covered(mask, (2, 2, 26, 2.5)) == covered(mask, (16, 18, 26, 18.5)) == 1.0
    assert mask.sum() == pytest.approx((24 + 10 + 10) * 0.5 * SCALE**2, rel=0.01)


def test_frames_of_windows_lines_and_letters_are_no_walls() -> None:
    picture = house()
    fill(picture, (12, 18.1, 12.25, 18.4), 0)  # a post at the end of the wall
    fill(picture, (12.25, 18.2, 16, 18.3), 0)  # glass
    fill(picture, (4, 6, 10, 6.3), 0)  # a thick bar of a symbol
    assert mask_of(picture).sum() == pytest.approx(44 * 0.5 * SCALE**2, rel=0.02)


def test_a_line_over_a_wall_leaves_no_gap_in_it() -> None:
    picture = house()
    fill(picture, (20, 10, 20.08, 22), 0)
    assert covered(mask_of(picture), (16, 18, 26, 18.5)) == 1.0


def test_a_wall_too_thin_to_show_its_fill_goes_on_from_the_others() -> None:
    picture = house()
    wall(picture, (8, 2.5, 8.3, 18), tone=120, pen=3)
    assert covered(mask_of(picture), (8, 2.5, 8.3, 18)) > 0.98


def test_paper_black_walls_and_floors_in_a_tone_are_none_of_it() -> None:
    assert list(toned_walls(paper(), scale=SCALE)) == []
    assert list(toned_walls(house(tone=0, pen=0), scale=SCALE)) == []
    floor = paper()
    fill(floor, (2, 2, 20, 20), 200)
    assert list(toned_walls(floor, scale=SCALE)) == []
