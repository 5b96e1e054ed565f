"""A metric of one plan as something that can be averaged over plans and pooled: a ratio, or numbers with a statistic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Statistic = Literal["median", "p90", "mean", "max"]
QUANTILE = {"median": 0.5, "p90": 0.9, "max": 1.0}


@dataclass(frozen=True)
class Ratio:
    """A share or an F1: pooled, parts and wholes are summed. Not scored when the whole is zero."""

    part: float
    whole: float

    @property
    def scored(self) -> bool:
        """Is there anything to score?"""
        return self.whole > 0

    @property
    def value(self) -> float:
        """Part of whole."""
        return self.part / self.whole

    @property
    def items(self) -> float:
        """How many things stand behind the number."""
        return self.whole


@dataclass(frozen=True)
class Values:
    """Numbers of a plan (one error a room, …) and the statistic that is printed; pooled, the numbers are put together."""

    numbers: tuple[float, ...]
    how: Statistic

    @property
    def scored(self) -> bool:
        """Is there anything to score?"""
        return bool(self.numbers)

    @property
    def value(self) -> float:
        """The statistic."""
        return statistic(self.numbers, self.how)

    @property
    def items(self) -> float:
        """How many numbers."""
        return len(self.numbers)


Sample = Ratio | Values
Samples = dict[str, Sample]


def statistic(numbers: Sequence[float], how: Statistic) -> float:
    """Median, 90th percentile (between the two nearest numbers, in proportion), mean or largest."""
    if how == "mean":
        return float(np.mean(numbers))
    return float(np.quantile(numbers, QUANTILE[how]))


def f1(*, matched: float, missed: float, extra: float) -> Ratio:
    """2TP / (2TP + FN + FP)."""
    return Ratio(2 * matched, 2 * matched + missed + extra)


def share(flags: Iterable[bool]) -> Ratio:
    """Share of true flags."""
    listed = list(flags)
    return Ratio(sum(listed), len(listed))
