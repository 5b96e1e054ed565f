"""How large rooms of a use usually are, and how much a room is larger than that."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, tuple[float, float]]:
    table = json.loads((Path(__file__).parent / "room_sizes.json").read_text(encoding="utf-8"))
    return {use: (low, high) for use, (low, high) in table["rows"].items()}


def usual_size(use: str) -> tuple[float, float] | None:
    """Smallest and largest usual floor area [ft²]: half the 1st and twice the 99th percentile; None for uses without a row."""
    return _table().get(use)


def oversize(use: str, area_sqft: float) -> float:
    """How much larger a room is than nearly all of its use: 0 up to the 99th percentile, 1 from twice that on."""
    band = usual_size(use)
    if band is None or area_sqft <= 0:
        return 0.0
    return min(1.0, max(0.0, math.log2(2 * area_sqft / band[1])))
