"""What people may answer or set: names of `building.FIELDS`, the ZIP code, the scale of a drawing, front and north."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from autohvac.core.errors import RejectedInput
from blueprints.plan.building import FIELDS

FRONTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
WORDS: dict[str, tuple[str, ...]] = {
    "foundation": (
        "slab",
        "vented_crawlspace",
        "sealed_crawlspace",
        "unconditioned_basement",
        "conditioned_basement",
    ),
    "wall_framing": ("wood_2x4", "wood_2x6", "steel", "block", "icf", "log"),
    "wall_finish": ("siding", "stucco", "brick"),
    "roof_kind": ("vented_attic", "unvented_attic", "cathedral"),
    "roof_colour": ("dark", "medium", "light", "white"),
    "insect_screens": ("none", "half", "full"),
    "leakage_class": ("very_tight", "tight", "average", "leaky", "very_leaky"),
    "ventilation": ("none", "exhaust", "supply", "balanced", "hrv", "erv"),
    "duct_location": ("inside", "attic", "crawlspace", "basement", "garage"),
    "duct_leakage": ("sealed", "not_sealed"),
    "daily_range": ("low", "medium", "high"),
    "attached": ("detached", "attached"),
    "front": FRONTS,
}
RANGES: dict[str, tuple[float, float]] = {
    "year_built": (1600, 2100), "front_deg": (0, 360), "north_deg": (0, 360), "bedrooms": (0, 20), "occupants": (0, 40),
    "ceiling_height_ft": (6, 30), "wall_r": (0.5, 100), "ceiling_r": (0.5, 150), "floor_r": (0, 100),
    "slab_r": (0, 60), "basement_wall_r": (0, 60), "window_u": (0.05, 2), "window_shgc": (0.01, 1), "overhang_ft": (0, 20),
    "door_u": (0.02, 2), "ach50": (0.05, 50), "ventilation_cfm": (0, 2000), "duct_r": (0, 20),
    "stated_area_sqft": (50, 50000), "indoor_heating_f": (50, 85), "indoor_cooling_f": (65, 90),
    "elevation_ft": (-300, 14500), "heating_db_f": (-70, 75), "cooling_db_f": (50, 130),
    "grains_difference": (-120, 150), "appliances_btuh": (0, 30000),
}  # fmt: skip
SCALE = re.compile(r"^scale:\d+:\d+$")


def parse_answers(answers: Mapping[str, Any]) -> dict[str, float | str]:
    """Checked answers by field. Raises RejectedInput answer_unknown or answer_invalid, naming the field."""
    return {field: parse_answer(field, value) for field, value in answers.items() if str(value).strip()}


def parse_answer(field: str, value: Any) -> float | str:
    """One checked answer: a number in its range, or a word of its list."""
    text = str(value).strip()
    if field in WORDS:
        return _word(field, text)
    if field == "window_shade":
        return text.lower()
    if field in RANGES or SCALE.match(field):
        return _number(field, text)
    raise RejectedInput(
        "answer_unknown", field=field, known=", ".join(sorted({*FIELDS, "north_deg", "front"}))
    )


def _word(field: str, text: str) -> str:
    known = {word.lower(): word for word in WORDS[field]}
    if text.lower() not in known:
        raise RejectedInput("answer_invalid", field=field, value=text, known=", ".join(WORDS[field]))
    return known[text.lower()]


def _number(field: str, text: str) -> float:
    low, high = RANGES.get(field, (1e-4, 100.0))
    try:
        number = float(text)
    except ValueError:
        raise RejectedInput("answer_invalid", field=field, value=text, lowest=low, highest=high) from None
    if not math.isfinite(number) or not low <= number <= high:
        raise RejectedInput("answer_invalid", field=field, value=text, lowest=low, highest=high)
    return number
