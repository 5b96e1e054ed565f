"""Sizes printed beside openings as one length over another, in metres: `1.20` over `1.50` is a width and a height."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autohvac.core.evidence import Point
from blueprints.plan.model import Word
from blueprints.plan.text.opening_sizes import FEET_A_UNIT, Size

METRES = re.compile(r"^\d[.,]\d{2}$")
PAIR = re.compile(r"^(\d\.\d{2})/(\d\.\d{2})$")
UNDER = (0.7, 2.6)  # letter heights between the middles of the two
ALIGNED = 0.8


def size_pairs(words: Sequence[Word]) -> list[Word]:
    """Each such pair as one word, `1.20/1.50`, over both; a length under two others is of no pair."""
    lengths = [word for word in words if METRES.match(word.text.strip())]
    found: list[tuple[Word, Word]] = [
        (upper, lower) for upper in lengths for lower in lengths if _is_under(lower, upper)
    ]
    return [
        _joined(upper, lower)
        for upper, lower in found
        if sum(upper in pair or lower in pair for pair in found) == 1
    ]


def pair_size_ft(text: str) -> Size | None:
    """`1.20/1.50` as width and height [ft]."""
    match = PAIR.match(text)
    if match is None:
        return None
    return float(match[1]) * FEET_A_UNIT["m"], float(match[2]) * FEET_A_UNIT["m"]


def _is_under(lower: Word, upper: Word) -> bool:
    """True when the one stands right under the other as they read."""
    quarter = round(upper.angle_deg / 90) % 4
    if lower.page != upper.page or round(lower.angle_deg / 90) % 4 != quarter:
        return False
    (x0, y0), (x1, y1) = _middle(upper), _middle(lower)
    along, down = _turned((x1 - x0, y1 - y0), quarter)
    height = min(upper.bbox[2] - upper.bbox[0], upper.bbox[3] - upper.bbox[1])
    return UNDER[0] * height <= down <= UNDER[1] * height and abs(along) <= ALIGNED * height


def _turned(vector: Point, quarter: int) -> Point:
    x, y = vector
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _middle(word: Word) -> Point:
    return (word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2


def _joined(upper: Word, lower: Word) -> Word:
    box = (
        min(upper.bbox[0], lower.bbox[0]), min(upper.bbox[1], lower.bbox[1]),
        max(upper.bbox[2], lower.bbox[2]), max(upper.bbox[3], lower.bbox[3]),
    )  # fmt: skip
    text = "/".join(word.text.strip().replace(",", ".") for word in (upper, lower))
    return upper.model_copy(
        update={"text": text, "bbox": box, "confidence": min(upper.confidence, lower.confidence)}
    )
