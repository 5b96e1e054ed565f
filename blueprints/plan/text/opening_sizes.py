"""Sizes of windows and doors as schedules and plans print them [ft]; None where a text may mean two things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from blueprints.plan.text.grammar import BareUnit, length_ft, normal

Size = tuple[float, float]
Unit = Literal["", "mm", "cm", "m", "in", "ft"]

NARROWEST_FT, WIDEST_FT = 0.5, 24.0
LOWEST_FT, HIGHEST_FT = 0.5, 16.0
BARE_INCHES = (12, 240)
FEET_A_UNIT = {"mm": 1 / 304.8, "cm": 1 / 30.48, "m": 1 / 0.3048, "in": 1 / 12, "ft": 1.0}
_SPLIT = re.compile(r"\s*(?:x|X|\bby\b)\s*")
_NUMBER = re.compile(r"^\d{1,4}(?:[.,]\d{1,3})?$")
_WITH_FRACTION = re.compile(r"^(?P<whole>\d{1,3})(?:\s*-?\s+(?P<num>\d{1,2})/(?P<den>2|4|8|16))?\s*\"?$")
_FEET_DASH_INCHES = re.compile(
    r"^(?P<feet>\d{1,2})\s*[-/]\s*(?P<inch>\d|1[01])(?:\s+(?P<num>\d{1,2})/(?P<den>2|4|8|16))?\"?$"
)
_CODE = re.compile(
    r"^(?P<wf>[1-9])(?P<wi>\d)(?P<hf>[1-9])(?P<hi>\d)(?P<kind>[ -]?(?:SH|DH|SL|SLD|HS|XO|OX|FX|FIX|FIXED|CS|CSMT|AW|AWN|PW"
    r"|PIC|TEMP))?$"
)
_THICKNESS = re.compile(
    r"^[1-3](?:\s*-?\s*\d{1,2}/\d{1,2})?\"?$|^\d{2}$"
)  # of a door leaf, printed third: inches or mm
_METRIC_UNITS: tuple[Unit, ...] = ("mm", "cm", "m")


@dataclass(frozen=True)
class Lengths:
    """How bare numbers of a table are meant: metric as its sheet, in the unit its header names, or in inches.

    Args:
        metric: Unit of whole numbers where the sheet is metric; "" where it is not.
        unit: Unit the header names for the column.
        inches: The sheet prints feet and inches, so that a bare whole number is inches.
    """

    metric: BareUnit = ""
    unit: Unit = ""
    inches: bool = False


def code_size_ft(text: str) -> Size | None:
    """`3040SH` or `3040` as (3.0, 4.0): feet and inches of width, then of height."""
    match = _CODE.match(normal(text))
    if match is None:
        return None
    return _likely(int(match["wf"]) + int(match["wi"]) / 12, int(match["hf"]) + int(match["hi"]) / 12)


def names_kind(text: str) -> bool:
    """True for a size code that says what it is, as `3040SH` does and `3040` does not."""
    match = _CODE.match(normal(text))
    return match is not None and match["kind"] is not None


def one_length_ft(text: str, lengths: Lengths) -> float | None:
    """The length a cell under WIDTH or HEIGHT prints."""
    text = normal(text)
    if lengths.unit and _NUMBER.match(text):
        return float(text.replace(",", ".")) * FEET_A_UNIT[lengths.unit]
    metric = lengths.unit if lengths.unit in ("mm", "cm") else lengths.metric
    feet = length_ft(text, metric=metric)
    if feet is None and not lengths.metric and lengths.unit not in _METRIC_UNITS:
        feet = _dashed_ft(text)
    return _bare_inches_ft(text) if feet is None and _in_inches(lengths) else feet


def size_ft(text: str, lengths: Lengths) -> Size | None:
    """The size a cell prints, width first: two lengths, or a code of four digits on a sheet in feet."""
    parts = [part.strip(" ()") for part in _SPLIT.split(normal(text))]
    if len(parts) == 1:
        return None if lengths.metric or lengths.unit else code_size_ft(parts[0])
    if len(parts) == 2 and not lengths.unit and (unit := _last_unit(parts[1])):
        lengths = Lengths(unit=unit)
        parts[1] = parts[1][: -len(unit)].strip()
    if len(parts) > 2 and not (len(parts) == 3 and _THICKNESS.match(parts[2])):
        return None
    width, height = (one_length_ft(part, lengths) for part in parts[:2])
    return None if width is None or height is None else _likely(width, height)


def likely_width(feet: float | None) -> bool:
    """A width [ft] a window or door can have."""
    return feet is not None and NARROWEST_FT <= feet <= WIDEST_FT


def likely_height(feet: float | None) -> bool:
    """A height [ft] a window or door can have."""
    return feet is not None and LOWEST_FT <= feet <= HIGHEST_FT


def _likely(width: float, height: float) -> Size | None:
    return (width, height) if likely_width(width) and likely_height(height) else None


def _last_unit(text: str) -> Unit:
    """The metric unit that stands behind the second of two numbers for both."""
    for unit in _METRIC_UNITS:
        if re.match(rf"^\d[\d.,]*\s*{unit}$", text, re.IGNORECASE):
            return unit
    return ""


def _in_inches(lengths: Lengths) -> bool:
    return lengths.inches and not lengths.metric and not lengths.unit


def _bare_inches_ft(text: str) -> float | None:
    match = _WITH_FRACTION.match(text)
    if match is None or not BARE_INCHES[0] <= int(match["whole"]) <= BARE_INCHES[1]:
        return None
    return (int(match["whole"]) + _part(match)) / 12


def _dashed_ft(text: str) -> float | None:
    """`3-0` or `3/0` as feet and inches, `2-8 1/2` too."""
    match = _FEET_DASH_INCHES.match(text)
    return int(match["feet"]) + (int(match["inch"]) + _part(match)) / 12 if match else None


def _part(match: re.Match[str]) -> float:
    return int(match["num"]) / int(match["den"]) if match["num"] else 0.0
