"""Blueprints and photographed sheets are seen as dark ink on white paper."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest

from blueprints.plan.pages.analyse import analyse
from blueprints.plan.paper import on_white, without_backdrop
from blueprints.plan.pdf.validate import Limits, validate

WALL_PX = 8


def sheet() -> np.ndarray:
    """Four rooms inside walls, on white paper."""
    grey = np.full((600, 800), 250, np.uint8)
    for x in (150, 400, 650):
        cv2.line(grey, (x, 100), (x, 500), 20, WALL_PX)
    for y in (100, 300, 500):
        cv2.line(grey, (150, y), (650, y), 20, WALL_PX)
    return grey


def photographed(table: int = 60) -> np.ndarray:
    """The sheet on a dark table, askew."""
    corners = np.array([(0, 0), (800, 0), (800, 600), (0, 600)], np.float32)
    seen = np.array([(60, 50), (750, 70), (760, 560), (40, 540)], np.float32)
    return cv2.warpPerspective(
        sheet(), cv2.getPerspectiveTransform(corners, seen), (800, 600), borderValue=table
    )


def test_a_blueprint_is_turned_to_its_negative_and_a_plan_is_not() -> None:
    assert np.array_equal(on_white(255 - sheet()), sheet())
    assert np.array_equal(on_white(sheet()), sheet())


def test_the_table_around_a_photographed_sheet_is_paper_and_the_walls_stay() -> None:
    grey = photographed()
    clean = without_backdrop(grey, broad_px=3 * WALL_PX)
    assert (clean[:20] == 255).all() and (clean[:, :20] == 255).all()
    inside = np.s_[140:480, 160:640]
    assert np.array_equal(clean[inside], grey[inside])
    assert (clean[inside] < 110).any()


@pytest.mark.parametrize("touching", [False, True])
def test_walls_are_no_backdrop_though_they_reach_the_edge(touching: bool) -> None:
    grey = sheet()
    if touching:
        grey = grey[96:504, 146:654]
    assert np.array_equal(without_backdrop(grey, broad_px=3 * WALL_PX), grey)


@pytest.mark.parametrize("picture", [photographed(), 255 - sheet()], ids=["photo", "blueprint"])
def test_such_a_sheet_is_looked_at_as_a_plan(tmp_path: Path, picture: np.ndarray) -> None:
    path = tmp_path / "plan.pdf"
    with pymupdf.open() as made:
        page = made.new_page(width=800, height=600)
        page.insert_image(page.rect, stream=cv2.imencode(".png", picture)[1].tobytes())
        made.save(path)
    (found,) = analyse(path, validate(path, limits=Limits()), progress=lambda done, total, what: None).pages
    assert found.kind == "floor_plan"
    x0, y0, x1, y1 = found.drawings[0].bbox
    assert 90 < x0 < 220 and 90 < y0 < 180 and 580 < x1 < 710 and 420 < y1 < 520
