"""Windows drawn inside walls whose faces run on past them."""

from __future__ import annotations

import cv2
import numpy as np
from shapely.geometry import Polygon, box

from blueprints.plan.geometry.glazing import without_glazing

SCALE = 24.0
WALL = box(2.0, 2.0, 18.0, 2.5)
UPRIGHT = box(2.0, 2.0, 2.5, 18.0)


def drawn(*lines: tuple[float, float, float, float]) -> np.ndarray:
    """Strokes of one pixel (feet)."""
    ink = np.zeros((480, 480), np.uint8)
    for x0, y0, x1, y1 in lines:
        ends = [(round(x * SCALE), round(y * SCALE)) for x, y in ((x0, y0), (x1, y1))]
        cv2.line(ink, ends[0], ends[1], 1, 1)
    return ink


FACES = ((2.0, 2.0, 18.0, 2.0), (2.0, 2.5, 18.0, 2.5), (2.0, 2.0, 2.0, 2.5), (18.0, 2.0, 18.0, 2.5))
JAMBS = ((6.0, 2.0, 6.0, 2.5), (10.0, 2.0, 10.0, 2.5))
PANE = (6.0, 2.25, 10.0, 2.25)


def cut(ink: np.ndarray, *walls: Polygon) -> list[tuple[float, ...]]:
    found = without_glazing(walls or [WALL], ink=ink, scale=SCALE, grey=255 - 255 * ink)
    return sorted(tuple(round(v, 1) for v in wall.bounds) for wall in found)


def test_a_window_between_faces_that_run_on_is_cut_out_from_jamb_to_jamb() -> None:
    assert cut(drawn(*FACES, *JAMBS, PANE)) == [(2.0, 2.0, 6.0, 2.5), (10.0, 2.0, 18.0, 2.5)]


def test_it_is_found_in_an_upright_wall_as_well() -> None:
    turned = [(y0, x0, y1, x1) for x0, y0, x1, y1 in (*FACES, *JAMBS, PANE)]
    assert cut(drawn(*turned), UPRIGHT) == [(2.0, 2.0, 2.5, 6.0), (2.0, 10.0, 2.5, 18.0)]


def test_jambs_without_a_pane_or_a_line_that_stops_short_cut_nothing() -> None:
    whole = [(2.0, 2.0, 18.0, 2.5)]
    assert cut(drawn(*FACES, *JAMBS)) == whole
    assert cut(drawn(*FACES, *JAMBS, (6.0, 2.25, 8.0, 2.25))) == whole


def test_hatching_is_no_pane() -> None:
    hatch = [(x, 2.5, x + 0.5, 2.0) for x in np.arange(2.0, 17.5, 0.25)]
    assert cut(drawn(*FACES, *JAMBS, *hatch)) == [(2.0, 2.0, 18.0, 2.5)]


def test_a_layer_all_along_the_wall_is_part_of_it() -> None:
    layer = (2.0, 2.25, 18.0, 2.25)
    assert cut(drawn(*FACES, *JAMBS, layer)) == [(2.0, 2.0, 18.0, 2.5)]
