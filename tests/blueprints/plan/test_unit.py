"""The foot of a sheet that prints no scale: from door leaves, and from printed room sizes."""

from __future__ import annotations

import math

import numpy as np
import pymupdf
import pytest
from shapely.geometry import box

from blueprints.plan.geometry.frame import View, frame_for
from blueprints.plan.geometry.leaves import leaves
from blueprints.plan.geometry.sizes import foot_factor
from blueprints.plan.geometry.strokes import Strokes, read_strokes
from blueprints.plan.geometry.unit import points_per_foot_by_doors
from blueprints.plan.model import RoomLabel

SHEET = (0.0, 0.0, 700.0, 500.0)


def _strokes(*, leaf: bool) -> Strokes:
    """Thin lines only: a door of 48 pt, and rounded corners of a tub."""
    with pymupdf.open() as document:
        page = document.new_page(width=700, height=500)
        for x, y in ((100, 100), (300, 200)):
            page.draw_bezier((x + 48, y), (x + 48, y + 26.5), (x + 26.5, y + 48), (x, y + 48))
            if leaf:
                page.draw_line((x, y), (x, y + 48))
        page.draw_rect(pymupdf.Rect(20, 20, 680, 480))
        page.draw_rect(pymupdf.Rect(400, 300, 460, 330), radius=0.3)
        return read_strokes(page.get_cdrawings())


def test_a_quarter_circle_is_a_door_only_with_its_leaf() -> None:
    widths = [leaf.width_pt for leaf in leaves(_strokes(leaf=True), least_pt=6, most_pt=150)]
    assert widths == pytest.approx([48.0, 48.0], abs=0.2)
    assert leaves(_strokes(leaf=False), least_pt=6, most_pt=150) == []


def test_a_sheet_of_thin_walls_takes_its_foot_from_the_doors() -> None:
    foot = points_per_foot_by_doors(_strokes(leaf=True), view=View(SHEET))
    assert foot == pytest.approx(18.0, rel=0.02)


def _label(text: str, at: tuple[float, float], size: tuple[float, float]) -> RoomLabel:
    return RoomLabel(
        page=1, text=text, type="bedroom", at_pt=at, bbox=(*at, *at), printed_size_ft=size, confidence=0.9
    )


def test_printed_sizes_say_how_far_a_guessed_foot_is_off() -> None:
    frame = frame_for(SHEET, ft_pt=10.0, skew_deg=0.0)
    faces = [box(0, 0, 12, 10), box(12.5, 0, 30, 20), box(31, 0, 40, 30)]
    labels = [
        _label("A", (50, 50), (8, 9.6)),
        _label("B", (200, 100), (14, 16)),
        _label("C", (350, 100), (9, 30)),
    ]
    assert foot_factor(faces, labels, frame=frame) == pytest.approx(1.25, rel=0.01)
    assert foot_factor(faces, labels[:1], frame=frame) is None


def test_a_door_drawn_in_chords_is_found_at_any_turn() -> None:
    turn = np.radians(np.linspace(20, 110, 16))
    arc = np.column_stack([30 * np.cos(turn), 30 * np.sin(turn)])
    with pymupdf.open() as document:
        page = document.new_page()
        page.draw_polyline([(200 + x, 200 + y) for x, y in arc])
        page.draw_line((200, 200), (200 + arc[0, 0], 200 + arc[0, 1]))
        (found,) = leaves(read_strokes(page.get_cdrawings()), least_pt=5, most_pt=100)
    assert found.width_pt == pytest.approx(30.0, abs=0.3)
    assert np.allclose(found.hinge, (200, 200), atol=0.3)
    assert np.allclose(found.latch, 200 + arc[-1], atol=0.3)
    assert math.isclose(float(np.hypot(*arc[0])), 30.0)


def test_a_leaf_may_run_on_through_its_wall_and_its_last_chord_be_short() -> None:
    turn = np.radians([0, 10, 20, 30, 40, 50, 60, 70, 80, 85])
    with pymupdf.open() as document:
        page = document.new_page()
        page.draw_polyline([(200 + 24 * np.cos(t), 200 - 24 * np.sin(t)) for t in turn])
        page.draw_line((200, 206), (200, 176))
        (found,) = leaves(read_strokes(page.get_cdrawings()), least_pt=5, most_pt=100)
    assert found.width_pt == pytest.approx(24.0, abs=0.3)
    assert np.allclose(found.latch, (224, 200), atol=0.3)
