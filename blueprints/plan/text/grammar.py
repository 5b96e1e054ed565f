"""What plans print, as numbers: lengths, room sizes, areas, scale notes, ceiling heights. Feet unless the name says else."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

BareUnit = Literal["", "mm", "cm"]  # of a whole number without a unit; "" where bare numbers are no lengths
MATS: dict[str, float] = json.loads((Path(__file__).parent / "area_units.json").read_text(encoding="utf-8"))[
    "square_metres"
]
FEET_PER_METRE = 1 / 0.3048
SQFT_PER_M2 = FEET_PER_METRE**2
POINTS_PER_FOOT_OF_PAPER = 864.0
LONGEST_FT = 400.0
GLYPHS = str.maketrans({
    "’": "'", "‘": "'", "′": "'", "´": "'", "`": "'", "ʹ": "'", "“": '"', "”": '"', "″": '"', "ʺ": '"', "×": "x", "✕": "x",
    "–": "-", "—": "-", "‐": "-", "−": "-", "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅛": " 1/8", "⅜": " 3/8", "⅝": " 5/8",
    "⅞": " 7/8", "\u00a0": " ",
})  # fmt: skip
_FRACTION = r"(?:\s*-?\s*(?P<num>\d{1,2})/(?P<den>2|4|8|16|32|64))"
_INCHES = rf"(?P<inch>\d{{1,2}}(?:\.\d+)?)?{_FRACTION}?\s*(?:\"|'')?"
_FEET_INCH = re.compile(rf"^(?P<feet>\d{{1,3}}(?:\.\d+)?)\s*(?:'|ft\.?|FT\.?)(?!')\s*-?\s*(?:{_INCHES})?$")
_INCH_ONLY = re.compile(
    r"^(?P<inch>\d{1,3}(?:\.\d+)?)(?:\s+(?P<num>\d{1,2})/(?P<den>2|4|8|16))?\s*(?:\"|'')$"
)
_DASHED = re.compile(r"^(?P<feet>\d{1,2})\s*['-]\s*(?P<inch>\d|1[01])\"?$")
_WORN = re.compile(
    r"^(?P<feet>\d{1,3})\s*[+*°]?\s*-\s*(?P<inch>\d|1[01])\s*(?P<num>\d)/(?P<den>2|4|8)\"?$"
)  # the foot's mark is lost on scans; the fraction tells inches
_GLUED = re.compile(
    r"(?<=')(?P<dash>\s*-?\s*)(?P<inch>\d|1[01])(?:(?P<num>[1357])(?P<den>[248])|(?:[V%]\W?|(?<!11)/)2)(?=\"|$)"
)  # a fraction of one sign, ½, read as digits: no inches have three
_UNFOOTED = re.compile(
    r"(?P<lead>^|[xX]\s*)(?P<feet>\d{1,3})(?:[\"*°](?=\s?-\s?\d)|(?=-\d{1,4}[V%/]?\d?\"$))"
)  # 16-4" and 39"-11"
_RUN_IN = re.compile(
    r"\s?((?:WINDOWS?|DOORS?)(?=SCHEDULE)|SCHEDULES?|INSULATION|BATTS?|BLOWN|WALLS?|CEILINGS?|ATTIC|SLAB|UNCONDITIONED|"
    r"(?<!UN)CONDITIONED|FLOORS?(?!\s?PLAN)|DUCTS?|U-FACTOR|TYPICAL|R-\d{1,2})\s?"
)
LONGEST_WORD = 12
_METRES = re.compile(r"^(?P<m>\d{1,2}[.,]\d{1,3})\s*m?$", re.IGNORECASE)
_MILLIMETRES = re.compile(r"^(?P<mm>\d{3,5})(?:\s*mm)?$", re.IGNORECASE)
_CENTIMETRES = re.compile(r"^(?P<cm>\d{2,4})\s*cm$", re.IGNORECASE)
_THOUSANDS = re.compile(r"^(?P<cm>\d,\d{3})$")  # beside whole centimetres no metres
_AREA = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)\s*(?P<u>sq\.?\s*ft\.?|s\.?\s?f\.?\b|ft²|ft2|m²|m2|m\^2|sqm|sq\.?\s*m|kvm\b|qm\b)",
    re.IGNORECASE,
)
_MATS = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})?)\s*(?P<u>[" + "".join(MATS) + r"])")
_SIZE_SPLIT = re.compile(r"\s*(?:x|X|×|\bby\b)\s*")
_TWICE = re.compile(r"^(?P<one>[^(\[|]+?)\s*(?:[(\[|]|\s/\s)(?P<other>[^)\]]+)[)\]]?$")
_FEET_ONLY = re.compile(r"^\d{1,2}$")
_LARGEST = re.compile(r"\s*\(?\bMAX\b\.?\)?", re.IGNORECASE)
_WORN_SIDE = r"(\d{1,2})\s*(?:['\"*°]|'')\s*(\d|1[01])\s*['\"*°]{0,2}"
_WORN_SIZE = re.compile(rf"(?<![\d/]){_WORN_SIDE}\s*[xX]\s*{_WORN_SIDE}(?![\d/])")
SAME_LENGTH = 0.04
WHOLE = 1e-6
FULL_WEIGHT_FT = 10.0
_SCALE_INCH = re.compile(
    r"(?P<whole>\d+)?\s*(?:(?P<num>\d+)\s*/\s*(?P<den>\d+))?\s*(?:\"|''|in\.?)\s*=\s*(?P<feet>\d+)\s*'(?:\s*-?\s*(?P<inch>\d+)\s*\"?)?"
)
_SCALE_RATIO = re.compile(r"\b1\s*[:/]\s*(?P<n>\d{2,4})\b")
_SCALE_WORD = re.compile(
    r"SCALE|ESCALA|SCALA|MERILO|MJERILO|M[EĚ][RŘ][IÍ]TKO|SCHAAL|M[ÅA]LESTOK|MITTAKAAVA|M(?:ASS)?STAB|ECHELLE|ÉCHELLE|SKALA"
    r"|^\s*1\s*[:/]\s*\d+\s*$",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"(?:(?:CLG|CEILING|CEIL\.?)[^\d]{0,14}(?P<after>\d{1,2}'(?:\s*-?\s*\d{1,2}\"?)?))"
    r"|(?:(?P<before>\d{1,2}'(?:\s*-?\s*\d{1,2}\"?)?)\s*(?:FLAT\s*)?(?:CLG|CEILING|CEIL\b))",
    re.IGNORECASE,
)
WHITELIST_INCH = {
    Fraction(text) for text in ["1/16", "3/32", "1/8", "3/16", "1/4", "3/8", "1/2", "3/4", "1", "3/2", "3"]
}
WHITELIST_FEET_PER_INCH = {10, 20, 30, 40, 50, 60, 100}
WHITELIST_RATIO = {20, 24, 25, 32, 40, 48, 50, 64, 75, 96, 100, 125, 150, 192, 200, 250, 400, 500}


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The text with typographic glyphs as plain quotes, dashes and fractions."""
    return re.sub(r"\s+", " ", text.translate(GLYPHS)).strip()


def length_ft(text: str, *, metric: BareUnit = "") -> float | None:
    """A printed length [ft]; bare numbers only when the sheet is `metric` (m with a point, else in that unit)."""
    text = normal(text)
    match = _FEET_INCH.match(text)
    if match and float(match["inch"] or 0) < 12:
        return _bounded(float(match["feet"]) + _inches(match) / 12)
    match = _INCH_ONLY.match(text)
    if match:
        return _bounded((float(match["inch"]) + _fraction(match)) / 12)
    if (match := _WORN.match(text)) and int(match["num"]) < int(match["den"]):
        return _bounded(float(match["feet"]) + _inches(match) / 12)
    if match := _CENTIMETRES.match(text):
        return _bounded(float(match["cm"]) / 100 * FEET_PER_METRE)
    return _metric_ft(text, metric) if metric or text.lower().endswith("m") else None


def in_inches(text: str) -> bool:
    """Whether a length has inches and no feet."""
    return _INCH_ONLY.match(normal(text)) is not None


def _metric_ft(text: str, unit: BareUnit) -> float | None:
    if unit == "cm" and (match := _THOUSANDS.match(text)):
        return _bounded(float(match["cm"].replace(",", "")) / 100 * FEET_PER_METRE)
    if match := _METRES.match(text):
        return _bounded(float(match["m"].replace(",", ".")) * FEET_PER_METRE)
    if match := _MILLIMETRES.match(text):
        in_cm = unit == "cm" and not text.lower().endswith("m")
        return _bounded(float(match["mm"]) / (100 if in_cm else 1000) * FEET_PER_METRE)
    return None


def _inches(match: re.Match[str]) -> float:
    return float(match["inch"] or 0) + _fraction(match)


def _fraction(match: re.Match[str]) -> float:
    return float(Fraction(int(match["num"]), int(match["den"]))) if match["num"] else 0.0


def _bounded(feet: float) -> float | None:
    return feet if 0.2 <= feet <= LONGEST_FT else None


def room_size_ft(text: str, *, metric: BareUnit = "") -> tuple[float, float] | None:
    """`12'-0" x 14'-6"` as (12, 14.5); of a size printed in two units the first, where they agree."""
    text = _LARGEST.sub("", normal(text))
    if two := _TWICE.match(text):
        sizes = [_plain_size_ft(part.strip(), metric=metric) for part in two.groups()]
        return _one_size([size for size in sizes if size is not None])
    return _plain_size_ft(text, metric=metric)


def _one_size(sizes: list[tuple[float, float]]) -> tuple[float, float] | None:
    """The first of sizes that are the same; None where they differ: one of them is read wrong."""
    same = all(abs(a / b - 1) <= SAME_LENGTH for size in sizes for a, b in zip(size, sizes[0], strict=True))
    return sizes[0] if sizes and same else None


def _plain_size_ft(text: str, *, metric: BareUnit) -> tuple[float, float] | None:
    parts = [part.strip(" ()") for part in _SIZE_SPLIT.split(text)]
    if len(parts) != 2 or len({bool(_INCH_ONLY.match(part)) for part in parts}) == 2:
        return None  # 13'6" x 156": a foot mark was lost
    unit: BareUnit = metric or ("mm" if parts[1].lower().endswith("m") else "")
    if not unit and any("'" in part for part in parts):
        parts = [f"{part}'" if _FEET_ONLY.match(part) else part for part in parts]  # 13'6 x 13: of one unit
    sides = [length_ft(part, metric=unit) for part in parts]
    if None in sides:  # 12-2 x 11-6
        sides = [_dashed_ft(part) for part in parts]
    if sides[0] is None or sides[1] is None or min(sides[0], sides[1]) < 1.5:
        return None
    return sides[0], sides[1]


def _dashed_ft(text: str) -> float | None:
    """`12-2` as feet and inches: only beside another such length, for alone it may be anything."""
    match = _DASHED.match(text)
    return _bounded(float(match["feet"]) + float(match["inch"]) / 12) if match else None


def ocr_normal(text: str) -> str:
    """The text as an OCR engine gave it, with marks put right that it takes for others; digits stay as read.

    Stars and degrees are inch marks; between the two numbers of a room's side any mark is one of feet; `m?` is `m²`; before a
    dash and inches stand feet; what no inches can be, `6'-612"` or `6'-6/2"`, are inches with a fraction of one sign.
    """
    text = _WORN_SIZE.sub("\\1'\\2\" x \\3'\\4\"", normal(text))
    text = normal(" ".join(_spaced(word) for word in text.split(" ")))
    text = _GLUED.sub(_parted, _UNFOOTED.sub(r"\g<lead>\g<feet>'", text))
    text = re.sub(r"(?<=\d)\s*m\s?[?*°](?=$|[\s)])", "m²", text)
    return re.sub(r"(?<=\d)\s*[*°](?=$|\s*[xX])", '"', text)


def _spaced(word: str) -> str:
    """A long word that OCR ran together, with spaces around the words of notes and tables in it."""
    return _RUN_IN.sub(r" \1 ", word).strip() if len(word) >= LONGEST_WORD else word


def _parted(match: re.Match[str]) -> str:
    num, den = match["num"] or "1", match["den"] or "2"
    if int(num) >= int(den):
        return match[0]
    return f"{match['dash']}{match['inch']} {num}/{den}"


def area_sqft(text: str) -> float | None:
    """`185 SF` or `17.2 m²` in ft²."""
    match = _AREA.search(normal(text))
    if match is None:
        return None
    number = match["n"]
    value = float(
        number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", number) else number.replace(",", ".")
    )
    return value * SQFT_PER_M2 if "m" in match["u"].lower() else value


def area_to_middles_sqft(text: str) -> float | None:
    """`6.7帖` in ft²: mats measure a room to the middles of its walls, so that they are no net area."""
    match = _MATS.search(normal(text))
    return float(match["n"]) * MATS[match["u"]] * SQFT_PER_M2 if match else None


def size_weight(size: tuple[float, float]) -> float:
    """How much a printed room size [ft] says of the scale: of small rooms a pixel is a larger share."""
    return 2.0 * min(1.0, (size[0] * size[1]) ** 0.5 / FULL_WEIGHT_FT)


def side_rounding(area: float) -> float:
    """How far a length may be off (share) that is taken from a printed area [ft²]: whole square metres are coarse."""
    metres = area / SQFT_PER_M2
    for value, step in ((area, 1.0), (metres, 1.0)):
        if abs(value / step - round(value / step)) < WHOLE:
            return step / (4 * value)
    return 0.1 / (4 * metres)


def ceiling_height_ft(text: str) -> float | None:
    """`9'-0" CLG`, `CEILING HEIGHT 9'-0"`."""
    match = _CEILING.search(normal(text))
    if match is None:
        return None
    feet = length_ft(match["after"] or match["before"])
    return feet if feet is not None and 6.5 <= feet <= 24 else None


def names_scale(text: str) -> bool:
    """Whether a line speaks of a scale, in any of the languages known."""
    return _SCALE_WORD.search(text) is not None


def scale_feet_per_point(text: str) -> tuple[float, str] | None:
    """A scale note of a standard scale as (feet per PDF point, notation); anything else is no scale."""
    text = normal(text)
    if match := _SCALE_INCH.search(text):
        return _inch_scale(match)
    match = _SCALE_RATIO.search(text)
    if match and _SCALE_WORD.search(text):
        ratio = int(match["n"])
        return (ratio / POINTS_PER_FOOT_OF_PAPER, f"1:{ratio}") if ratio in WHITELIST_RATIO else None
    return None


def _inch_scale(match: re.Match[str]) -> tuple[float, str] | None:
    inches = Fraction(int(match["whole"] or 0))
    if match["num"]:
        inches += Fraction(int(match["num"]), int(match["den"]) or 1)
    feet = int(match["feet"]) + int(match["inch"] or 0) / 12
    if feet == 1 and inches in WHITELIST_INCH:
        return 1 / (72 * float(inches)), f'{_shown(inches)}" = 1\'-0"'
    if inches == 1 and feet in WHITELIST_FEET_PER_INCH:
        return feet / 72, f"1\" = {int(feet)}'"
    return None


def _shown(inches: Fraction) -> str:
    whole, rest = divmod(inches.numerator, inches.denominator)
    if rest == 0:
        return str(whole)
    fraction = f"{rest}/{inches.denominator}"
    return f"{whole} {fraction}" if whole else fraction
