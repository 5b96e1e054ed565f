"""A figure over plans: mean over plans (the headline), pooled, and a 95 % bootstrap interval over plans.

2,000 resamples of the plans, always drawn from the same seed: the same plans give the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from blueprints.score.samples import QUANTILE, Ratio, Sample, Values, statistic

RESAMPLES, SEED = 2000, 20260101
LOW, HIGH = 0.025, 0.975
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """One number of a table. `interval` belongs to `macro`, `pooled_interval` to `pooled`; `plans` and `items` are n."""

    macro: float
    pooled: float
    interval: tuple[float, float]
    pooled_interval: tuple[float, float]
    plans: int
    items: float


def figure(samples: Sequence[Sample]) -> Figure | None:
    """The figure of the plans that could be scored; None when none could."""
    scored = [sample for sample in samples if sample.scored]
    if not scored:
        return None
    counts = resample_counts(len(scored))
    values = np.array([sample.value for sample in scored])
    pooled, spread = _pooled(scored, counts)
    return Figure(
        macro=float(values.mean()),
        pooled=pooled,
        interval=interval(counts @ values / len(scored)),
        pooled_interval=interval(spread),
        plans=len(scored),
        items=sum(sample.items for sample in scored),
    )


@lru_cache(maxsize=256)
def resample_counts(plans: int) -> Floats:
    """How often each plan is drawn, one row a resample; every row sums to the number of plans."""
    drawn = np.random.default_rng(SEED).multinomial(plans, np.full(plans, 1 / plans), size=RESAMPLES)
    return drawn.astype(np.float64)


def interval(spread: Floats) -> tuple[float, float]:
    """The middle 95 % of the resamples."""
    low, high = np.quantile(spread, [LOW, HIGH])
    return float(low), float(high)


def _pooled(scored: Sequence[Sample], counts: Floats) -> tuple[float, Floats]:
    ratios = [sample for sample in scored if isinstance(sample, Ratio)]
    if ratios:
        parts, wholes = np.array([r.part for r in ratios]), np.array([r.whole for r in ratios])
        return float(parts.sum() / wholes.sum()), (counts @ parts) / (counts @ wholes)
    lists = [sample for sample in scored if isinstance(sample, Values)]
    numbers = [number for sample in lists for number in sample.numbers]
    owner = np.repeat(np.arange(len(lists)), [len(sample.numbers) for sample in lists])
    how = lists[0].how
    return statistic(numbers, how), _spread(np.array(numbers), counts[:, owner], QUANTILE.get(how))


def _spread(numbers: Floats, weights: Floats, quantile: float | None) -> Floats:
    """The statistic of each resample; a quantile is its nearest number, for speed."""
    if quantile is None:
        return np.asarray(weights @ numbers / weights.sum(axis=1))
    order = np.argsort(numbers, kind="stable")
    reached = np.cumsum(weights[:, order], axis=1)
    wanted = quantile * reached[:, -1:]
    return np.asarray(numbers[order][np.argmax(reached >= wanted - 1e-9, axis=1)])
