"""Closings through each other, and arcs that are hatching."""

from __future__ import annotations

import cv2
import numpy as np
from pytest import approx
from shapely.geometry import box

from blueprints.plan.geometry.arcs import FOUND, swing_shares
from blueprints.plan.geometry.crossings import uncrossed
from blueprints.plan.geometry.openings import Found, Gap

Ends = tuple[tuple[float, float], tuple[float, float]]


def _found(jambs: Ends, kind: str, why: str, *, facing: bool = True) -> Found:
    xs, ys = zip(*jambs, strict=True)
    gap = Gap(box(min(xs), min(ys), max(xs) + 0.3, max(ys) + 0.3), jambs, 0.4, facing, 0, 0.0, 0.0)
    return Found(gap, kind, 0.7, (why,))  # type: ignore[arg-type]  # the kinds of the cases below


def test_a_door_is_not_run_through_by_a_longer_closing() -> None:
    door = _found(((0, 5), (3, 5)), "door", "swing_arc")
    through = _found(((1.5, 0), (1.5, 12)), "window", "2_lines_in_gap", facing=False)
    assert uncrossed([through, door]) == [door]


def test_closings_that_meet_at_a_corner_both_stay() -> None:
    one = _found(((0, 0), (3, 0)), "opening", "short_gap")
    other = _found(((3, 0), (3, 4)), "opening", "short_gap")
    assert uncrossed([one, other]) == [one, other]


def _share(ink: np.ndarray) -> float:
    jambs = np.array([[5.0, 5.0]]), np.array([[8.0, 5.0]])
    return float(swing_shares(ink, scale=24.0, jambs=jambs, normal=np.array([[0.0, 0.25]]))[0][0])


def test_an_arc_is_a_swing_and_an_area_of_ink_is_none() -> None:
    ink = np.zeros((240, 300), dtype=np.uint8)
    cv2.ellipse(ink, (120, 120), (72, 72), 0, -90, 0, 1, 2)
    assert _share(ink) == approx(1.0, abs=0.1)
    assert _share(np.ones_like(ink)) < FOUND
