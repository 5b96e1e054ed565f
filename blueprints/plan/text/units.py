"""Whether a sheet prints metric lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blueprints.plan.text.lines import Line

FEET = re.compile(r"\d\s*'")
METRIC = re.compile(
    r"^\d{1,2}[.,]\d{2}\s*m?$|^\d{3,5}$|\bm²|\bm2\b|\d\s*(?:mm|cm)\b|\b1\s*:\s*(?:50|100|200|75)\b"
)


def is_metric(lines: Sequence[Line]) -> bool:
    """True when metric figures clearly outnumber feet and inches."""
    feet = sum(bool(FEET.search(line.text)) for line in lines)
    metric = sum(bool(METRIC.search(line.text)) for line in lines)
    return metric >= 3 and metric > 2 * feet
