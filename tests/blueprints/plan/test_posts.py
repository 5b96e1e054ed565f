"""Windows side by side: a post across the wall parts them, thin lines do not."""

from __future__ import annotations

import cv2
import numpy as np
from pytest import approx
from shapely.geometry import box

from blueprints.plan.geometry.arcs import Image, Marks
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.posts import parted
from blueprints.plan.model import OpeningKind

SCALE = 24.0
LEFT, RIGHT, TOP, BOTTOM = 2.0, 8.0, 4.0, 4.5


def _px(feet: float) -> int:
    return round(feet * SCALE)


def _glass(ink: Image, start: float, end: float) -> None:
    """Both faces and a pane between two places."""
    for y in (TOP, (TOP + BOTTOM) / 2, BOTTOM):
        cv2.line(ink, (_px(start), _px(y)), (_px(end), _px(y)), 1, 1)


def _across(ink: Image, at: float) -> None:
    cv2.line(ink, (_px(at), _px(TOP)), (_px(at), _px(BOTTOM)), 1, 1)


def _window(kind: OpeningKind = "window") -> Found:
    middle = (TOP + BOTTOM) / 2
    gap = Gap(
        box(LEFT, TOP, RIGHT, BOTTOM), ((LEFT, middle), (RIGHT, middle)), BOTTOM - TOP, True, 3, 0.0, 0.3
    )
    return Found(gap, kind, 0.8, ("3_lines_in_gap",))


def _widths(ink: Image, kind: OpeningKind = "window") -> list[float]:
    return [pane.gap.width for pane in parted(_window(kind), marks=Marks(ink, SCALE, 255 - 255 * ink))]


def _sheet() -> Image:
    return np.zeros((200, 260), dtype=np.uint8)


def test_a_post_drawn_as_a_box_parts_two_windows() -> None:
    ink = _sheet()
    _glass(ink, LEFT, 4.9)
    _glass(ink, 5.1, RIGHT)
    for at in (4.9, 5.1):
        _across(ink, at)
    for y in (TOP, BOTTOM):
        cv2.line(ink, (_px(4.9), _px(y)), (_px(5.1), _px(y)), 1, 1)
    assert _widths(ink) == [approx(2.9, abs=0.1), approx(2.9, abs=0.1)]


def test_boxes_like_those_at_the_jambs_are_the_frame_of_one_window() -> None:
    ink = _sheet()
    _glass(ink, 2.15, 4.9)
    _glass(ink, 5.1, 7.85)
    for at in (2.15, 4.9, 5.1, 7.85):
        _across(ink, at)
    assert _widths(ink) == [6.0]


def test_two_solid_posts_part_three_windows() -> None:
    ink = _sheet()
    _glass(ink, LEFT, RIGHT)
    for at in (3.8, 5.9):
        cv2.rectangle(ink, (_px(at), _px(TOP)), (_px(at + 0.3), _px(BOTTOM)), 1, -1)
    assert [round(width, 1) for width in _widths(ink)] == [1.8, 1.8, 1.8]


def test_one_line_across_is_a_mullion_of_one_window() -> None:
    ink = _sheet()
    _glass(ink, LEFT, RIGHT)
    _across(ink, 5.0)
    assert _widths(ink) == [6.0]


def test_two_lines_that_glass_runs_through_are_no_post() -> None:
    ink = _sheet()
    for y in (4.1, 4.2, 4.3, 4.4):
        cv2.line(ink, (_px(LEFT), _px(y)), (_px(RIGHT), _px(y)), 1, 1)
    for at in (4.8, 5.2):
        _across(ink, at)
    assert _widths(ink) == [6.0]


def test_a_post_does_not_part_a_door() -> None:
    ink = _sheet()
    _glass(ink, LEFT, RIGHT)
    cv2.rectangle(ink, (_px(4.9), _px(TOP)), (_px(5.2), _px(BOTTOM)), 1, -1)
    assert _widths(ink, "glass_door") == [6.0]
