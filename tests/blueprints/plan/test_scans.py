"""What a scan makes of ink: pale strokes, hollow walls, panes, chases."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pytest import approx

from blueprints.plan.geometry.bodies import hollow_bodies
from blueprints.plan.geometry.raster import line_segments, scan_ink

SCALE = 24.0
NOWHERE = np.empty((0, 2))


def paper(seed: int = 1) -> np.ndarray:
    """Grainy paper, 10 × 10 ft."""
    return np.clip(np.random.default_rng(seed).normal(248, 4, (240, 240)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("level", [60, 140, 185])
def test_a_fine_stroke_is_ink_however_pale_and_grain_is_not(level: int) -> None:
    grey = paper()
    grey[100:102, 20:220] = level
    ink = scan_ink(cv2.GaussianBlur(grey, (3, 3), 0.5))
    assert ink[100:102, 30:210].mean() > 0.95
    assert ink[:90].sum() == 0
    assert ink[96:107].sum(axis=0)[30:210].max() <= 3  # no wider than it is drawn


def outlined(*rectangles: tuple[int, int, int, int]) -> np.ndarray:
    """Rectangles drawn as outlines, in pixels."""
    ink = np.zeros((480, 480), np.uint8)
    for x0, y0, x1, y1 in rectangles:
        cv2.rectangle(ink, (x0, y0), (x1, y1), 1, 1)
    return ink


def body(ink: np.ndarray, *, slots: bool = True, named: np.ndarray = NOWHERE) -> np.ndarray:
    found = hollow_bodies(ink, scale=SCALE, named=named)
    return (found if slots else found.without_slots()).mask()


def test_a_chase_in_a_corner_does_not_hide_the_walls_that_meet_there() -> None:
    ink = np.zeros((480, 480), np.uint8)
    outline = [(20, 20), (460, 20), (460, 32), (80, 32), (80, 90), (32, 90), (32, 460), (20, 460)]
    cv2.polylines(ink, [np.array(outline)], True, 1, 1)
    found = body(ink)
    assert found[26, 300] and found[300, 26] and found[60, 50]  # both walls and the chase
    assert not found[200, 200]


def test_a_closet_is_no_wall() -> None:
    assert not body(outlined((50, 50, 120, 120))).any()


def test_a_narrow_room_is_no_wall_where_its_name_stands_in_it() -> None:
    ink = outlined((20, 20, 460, 34), (100, 100, 130, 400))
    assert body(ink)[250, 115]
    named = body(ink, named=np.array([[115.0, 250.0]]) / SCALE)
    assert not named[250, 115]
    assert named[27, 200]


def test_a_bench_much_thicker_than_the_walls_is_none() -> None:
    walls = ((20, 20, 460, 32), (20, 448, 460, 460), (20, 32, 32, 448))
    found = body(outlined(*walls, (100, 200, 136, 300)))
    assert found[26, 200] and found[200, 26]
    assert not found[250, 118]


def test_two_bodies_with_a_heavy_line_between_them_are_one_wall() -> None:
    ink = outlined((20, 20, 200, 32), (203, 20, 460, 32))
    ink[20:33, 200:204] = 1
    found = body(ink)
    assert cv2.connectedComponents(found)[0] == 2  # the paper and one wall
    apart = outlined((20, 20, 200, 32), (206, 20, 460, 32))
    assert cv2.connectedComponents(body(apart))[0] == 3


def test_what_is_drawn_with_a_finer_pen_than_walls_is_furniture() -> None:
    grey = np.full((480, 480), 255, np.uint8)
    for x0, y0, x1, y1 in ((20, 20, 460, 34), (20, 20, 34, 460), (446, 20, 460, 460)):
        cv2.rectangle(grey, (x0, y0), (x1, y1), 0, 3)
    cv2.rectangle(grey, (36, 200), (48, 300), 120, 1)  # a counter with its back to a wall
    bodies = hollow_bodies((grey < 200).astype(np.uint8), scale=SCALE, named=NOWHERE)
    assert bodies.mask()[250, 43] and bodies.mask()[250, 27]
    heavy = bodies.heavily_drawn(grey).mask()
    assert heavy[250, 27] and heavy[27, 250]
    assert not heavy[250, 43]


def test_panes_are_left_out_but_not_the_wall_that_turns_a_corner_beside_them() -> None:
    ink = np.zeros((480, 480), np.uint8)
    cv2.polylines(
        ink, [np.array([(20, 20), (200, 20), (200, 32), (32, 32), (32, 460), (20, 460)])], True, 1, 1
    )
    for y in (20, 24, 28, 32):
        cv2.line(ink, (200, y), (280, y), 1, 1)
    cv2.line(ink, (280, 20), (280, 32), 1, 1)
    found = body(ink, slots=False)
    assert found[26, 100] and found[300, 26]
    assert not found[22, 240] and not found[30, 240]


def test_a_line_that_leans_and_ends_in_arrowheads_is_one_line() -> None:
    ink = np.zeros((60, 1000), dtype=np.uint8)
    cv2.line(ink, (10, 34), (990, 28), 1, 1)
    for x in (10, 990):
        cv2.fillPoly(ink, [np.array([(x, 31), (abs(x - 16), 27), (abs(x - 16), 37)])], 1)
    found = line_segments(ink, scale=25.0, least_ft=0.5)
    level = found[np.abs(found[:, 2] - found[:, 0]) > 30]
    assert len(level) == 1 and level[0, 2] - level[0, 0] == approx(980 / 25, rel=0.02)
