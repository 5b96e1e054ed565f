"""Where dimension lines end: at slashes where they are drawn, else at the nearest strokes that cross."""

from __future__ import annotations

from typing import Any

import numpy as np
from pytest import approx

from blueprints.plan.model import DimensionText
from blueprints.plan.text.dimensions import LineWork, _ticks, axis_segments, spanned

LEVEL = 100.0


def _path(*strokes: tuple[tuple[float, float], tuple[float, float]]) -> dict[str, Any]:
    return {"items": [("l", start, end) for start, end in strokes]}


def _slash(x: float, *, half: float = 4.0, reach: float = 4.0) -> list[tuple[tuple[float, float], Any]]:
    """A slash drawn in two halves from the dimension line."""
    return [((x, LEVEL), (x + half, LEVEL - reach)), ((x, LEVEL), (x - half, LEVEL + reach))]


def _crossing(x: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (x, LEVEL - 60), (x, LEVEL + 60)


def _length(turned: bool = False) -> DimensionText:
    box = (140.0, 90.0, 170.0, 99.0)
    if turned:
        box = (box[1], box[0], box[3], box[2])
    return DimensionText(
        page=1, text="11'-0\"", feet=11.0, bbox=box, angle_deg=90.0 if turned else 0.0, size_pt=9.0
    )


def _span_ft(work: LineWork, *, turned: bool = False) -> float:
    found = spanned([_length(turned)], work)[0].span_pt
    assert found is not None
    (x0, y0), (x1, y1) = found
    return abs(x1 - x0) + abs(y1 - y0)


def test_a_grid_line_between_the_slashes_does_not_end_the_dimension() -> None:
    line = ((56.0, LEVEL), (258.0, LEVEL))
    work = axis_segments(
        [_path(line, *_slash(56), *_slash(254), _crossing(56), _crossing(120), _crossing(254))]
    )
    assert _span_ft(work) == approx(198.0)


def test_the_same_holds_for_a_dimension_that_runs_down_the_page() -> None:
    line = ((56.0, LEVEL), (258.0, LEVEL))
    strokes = [line, *_slash(56), *_slash(254), _crossing(56), _crossing(120), _crossing(254)]
    turned = [((a[1], a[0]), (b[1], b[0])) for a, b in strokes]
    assert _span_ft(axis_segments([_path(*turned)]), turned=True) == approx(198.0)


def test_hatching_across_the_line_is_no_slash() -> None:
    line = ((56.0, LEVEL), (258.0, LEVEL))
    hatching = [((x, LEVEL - 2), (x + 20, LEVEL + 18)) for x in (118.0, 122.0, 126.0)]
    work = axis_segments([_path(line, *hatching, *_slash(56), *_slash(254))])
    assert _span_ft(work) == approx(198.0)


def test_without_slashes_the_nearest_crossing_strokes_end_the_dimension() -> None:
    work = axis_segments([_path(((56.0, LEVEL), (258.0, LEVEL)), _crossing(56), _crossing(254))])
    assert _span_ft(work) == approx(198.0)


def test_a_level_text_in_an_upright_dimension_line_measures_it() -> None:
    box = (90.0, 95.0, 110.0, 104.0)
    length = DimensionText(page=1, text="30'", feet=30.0, bbox=box, size_pt=9.0)
    line = [((100.0, 20.0), (100.0, 90.0)), ((100.0, 110.0), (100.0, 200.0))]
    ends = [((60.0, y), (140.0, y)) for y in (20.0, 200.0)]
    found = spanned([length], axis_segments([_path(*line, *ends)]))[0].span_pt
    assert found == ((100.0, 20.0), (100.0, 200.0))


def test_bases_of_arrowheads_to_both_sides_of_an_extension_line_end_no_dimension_of_a_picture() -> None:
    em = 3.0
    strokes = np.array(
        [(56.0, 40.0, 160.0), (137.1, 96.0, 103.0), (140.0, 90.0, 104.0), (142.9, 96.0, 103.0)]
    )  # a base meets what is drawn beside it
    assert _ticks(strokes, LEVEL, em=em, seen=True).tolist() == [56.0, 140.0]
    assert _ticks(strokes, LEVEL, em=em, seen=False).tolist() == [56.0, 137.1, 140.0, 142.9]


def test_extension_lines_of_a_wall_are_no_bases() -> None:
    strokes = np.array([(137.0, 40.0, 160.0), (140.0, 40.0, 160.0), (143.0, 90.0, 104.0)])
    assert _ticks(strokes, LEVEL, em=3.0, seen=True).tolist() == [137.0, 140.0, 143.0]
