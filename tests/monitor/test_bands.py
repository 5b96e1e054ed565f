"""The usual band of a figure."""

from __future__ import annotations

import pytest

from autohvac.monitor.bands import Band, percentile, usual_band


def test_too_little_past_has_no_band() -> None:
    assert usual_band([1.0] * 19) is None


def test_a_steady_past_allows_half_of_the_median() -> None:
    assert usual_band([10.0] * 20) == Band(5.0, 15.0)


def test_a_wide_past_has_a_wide_band() -> None:
    past = [float(n) for n in range(1, 22)]  # median 11, median absolute deviation 5 (5.0 of |n − 11|)
    band = usual_band(past)
    assert band is not None
    assert band.high == pytest.approx(11 + 4 * 1.4826 * 5)
    assert not band.holds(41.0)
    assert band.holds(40.0)


@pytest.mark.parametrize(("share", "value"), [(0.0, 1.0), (0.5, 3.0), (0.95, 5.0), (1.0, 5.0)])
def test_percentile_is_the_nearest_rank(share: float, value: float) -> None:
    assert percentile([5.0, 3.0, 1.0, 4.0, 2.0], share) == value


def test_percentile_of_nothing() -> None:
    assert percentile([], 0.5) is None
