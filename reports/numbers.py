"""The one number formatter of reports, and rounding that keeps sums."""

from __future__ import annotations

import math
from collections.abc import Sequence


def number(value: float | None, *, places: int = 0, unit: str = "") -> str:
    """Thousands with commas, fixed places, the unit behind; a dash when there is none. The same in every language."""
    if value is None:
        return "—"
    shown = f"{value:,.{places}f}"
    if not shown.strip("-0.,"):
        shown = shown.lstrip("-")  # no negative zero
    return f"{shown} {unit}".strip()


def apportioned(values: Sequence[float], *, total: int | None = None) -> list[int]:
    """Whole numbers, each within 1 of its value, that add up to `total` (default: the rounded sum of the values).

    Everything is rounded down and what is missing goes to the largest remainders. A `total` further from the sum of the
    values than that can reach is not forced: then the rounded sum is kept.
    """
    floors = [math.floor(value) for value in values]
    rounded = round(sum(values))
    wanted = rounded if total is None else total
    if not 0 <= wanted - sum(floors) <= len(floors):
        wanted = rounded
    order = sorted(range(len(floors)), key=lambda i: (floors[i] - values[i], i))
    for index in order[: max(0, wanted - sum(floors))]:
        floors[index] += 1
    return floors


def share(value: float, longest: float) -> int:
    """Length of a bar in hundredths of the longest one."""
    return max(0, min(100, round(100 * abs(value) / longest))) if longest > 0 else 0
