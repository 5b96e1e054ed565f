"""The usual band of a figure: the median of its past and a robust spread around it. No Django."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_PAST, FEWEST_NOW = 20, 5
NORMAL_MAD = 1.4826  # a normal distribution's standard deviation over its median absolute deviation
SPREADS = 4.0
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Band:
    """From `low` to `high` a figure is usual."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value is usual."""
        return self.low <= value <= self.high


def usual_band(past: Sequence[float]) -> Band | None:
    """Median ± the larger of four robust standard deviations and half the median; None with too few values."""
    if len(past) < FEWEST_PAST:
        return None
    middle = statistics.median(past)
    spread = NORMAL_MAD * statistics.median(abs(value - middle) for value in past)
    width = max(SPREADS * spread, LEAST_SHARE * abs(middle))
    return Band(middle - width, middle + width)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0…1) of the values lie, nearest rank; None without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
