"""Small marks in the ink: door swings and stair treads, found for all gaps and lines at once."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from blueprints.plan.geometry.arcs import FOUND, near_ink, swing_shares
from blueprints.plan.geometry.hatch import treads
from blueprints.plan.geometry.walls import Strip, _cornered

SCALE = 24.0
JAMBS = (np.array([[4.0, 6.0]]), np.array([[7.0, 6.0]]))
NORMAL = np.array([[0.0, 0.25]])


def _ink(*, hinge: tuple[float, float], radius: float, start: float, end: float) -> np.ndarray:
    ink = np.zeros((300, 300), dtype=np.uint8)
    centre = (round(hinge[0] * SCALE), round(hinge[1] * SCALE))
    size = (round(radius * SCALE),) * 2
    cv2.ellipse(ink, centre, size, 0.0, start, end, 1, 1)
    return ink


@pytest.mark.parametrize(
    ("hinge", "start", "end"),
    [((4.0, 6.0), 0, 90), ((7.0, 6.0), 90, 180), ((4.0, 6.25), -90, 0), ((7.0, 5.75), 180, 270)],
)
def test_a_swing_is_seen_from_either_jamb_to_either_side(
    hinge: tuple[float, float], start: float, end: float
) -> None:
    near = near_ink(_ink(hinge=hinge, radius=3.0, start=start, end=end), scale=SCALE)
    assert swing_shares(near, scale=SCALE, jambs=JAMBS, normal=NORMAL)[0] >= FOUND


def test_two_half_leaves_are_a_swing_only_together() -> None:
    wide = (np.array([[2.0, 6.0]]), np.array([[8.0, 6.0]]))
    left = _ink(hinge=(2.0, 6.0), radius=3.0, start=0, end=90)
    right = _ink(hinge=(8.0, 6.0), radius=3.0, start=90, end=180)
    both = near_ink(np.maximum(left, right), scale=SCALE)
    assert swing_shares(both, scale=SCALE, jambs=wide, normal=NORMAL)[0] >= FOUND
    assert swing_shares(near_ink(left, scale=SCALE), scale=SCALE, jambs=wide, normal=NORMAL)[0] < FOUND


def test_no_swing_in_an_empty_gap_or_off_the_picture() -> None:
    blank = near_ink(np.zeros((300, 300), dtype=np.uint8), scale=SCALE)
    assert swing_shares(blank, scale=SCALE, jambs=JAMBS, normal=NORMAL)[0] == 0.0
    far = (JAMBS[0] + 40.0, JAMBS[1] + 40.0)
    full = near_ink(np.ones((300, 300), dtype=np.uint8), scale=SCALE)
    assert swing_shares(full, scale=SCALE, jambs=far, normal=NORMAL)[0] == 0.0


def test_a_hatch_around_a_gap_is_no_swing() -> None:
    hatch = np.zeros((300, 300), dtype=np.uint8)
    for at in range(-300, 300, 6):
        cv2.line(hatch, (at, 0), (at + 300, 300), 1, 1)
    near = near_ink(hatch, scale=SCALE)
    assert swing_shares(near, scale=SCALE, jambs=JAMBS, normal=NORMAL)[0] < FOUND


def test_stair_treads_are_told_from_walls() -> None:
    flight = [(10.0 + 0.9 * n, 5.0, 8.5) for n in range(9)]
    walls = [(0.0, 0.0, 30.0), (20.0, 5.0, 8.5), (26.5, 5.1, 8.4)]
    marked = treads(np.array([*walls, *flight]))
    assert marked.tolist() == [False] * 3 + [True] * 9
    assert not treads(np.array(flight[:3])).any()


def test_walls_meet_in_the_corner_square() -> None:
    level, upright = Strip(0, 10.0, 10.5, 5.5, 20.0), Strip(1, 5.0, 5.5, 10.5, 30.0)
    far = Strip(1, 40.0, 40.5, 10.0, 30.0)
    first, second, third = _cornered([level, upright, far])
    assert (first.start, first.end) == (5.0, 20.0)
    assert (second.start, second.end) == (10.0, 30.0)
    assert third == far
