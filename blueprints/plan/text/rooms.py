"""Room names on the sheet: by a dictionary of English and Spanish names, with the common ones of other languages."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import cast

from autohvac.core.evidence import BBox
from blueprints.plan.model import RoomLabel, RoomType
from blueprints.plan.text.grammar import BareUnit, area_sqft, ceiling_height_ft, room_size_ft
from blueprints.plan.text.lines import Line, Nearby
from blueprints.plan.text.spelling import one_letter_off

NUMBER = re.compile(r"\s*(?:#|NO\.?)?\s*\d{1,3}[A-Z]?$")
LETTERS = str.maketrans({"Ø": "O", "Æ": "AE", "Ł": "L", "Đ": "D", "ẞ": "SS"})
DIGRAPHS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA"})
LONGEST_NAME = 34
STACK_LEADING = 1.9
RESPELT = 0.7
LIST_LINES = 4
LIST_REACH = 8.0
NOT_HEATED = re.compile(
    r"\bUN(?:FIN|HEAT|COND|EXC)|\bNOT HEATED|\bSIN (?:ACABAR|CALEFACCI[ÓO]N)", re.IGNORECASE
)
FIXTURE = re.compile(
    r"\b(?:SINK|DRYER|WASHER|HEATER|REFRIGERATOR|FRIDGE|OVEN|RANGE|TUB|VANITY|SEAT|BENCH|SHELF|SHELV\w*|ROD|CABINETS?|COUNTER"
    r"|ACCESS|HATCH|ABOVE|BELOW)\b",
    re.IGNORECASE,
)
WAY_IN = re.compile(r"^(?:ACCESS|HATCH)\b", re.IGNORECASE)
NOT_A_NAME = re.compile(r"[=:]|SCALE|SCHEDULE|\bPLAN\b|ELEVATION|SECTION|DETAIL|NOTES?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _dictionary() -> tuple[dict[str, RoomType], frozenset[str]]:
    data = json.loads((Path(__file__).parent / "room_names.json").read_text(encoding="utf-8"))
    names = {
        _key(spelt): cast(RoomType, kind)
        for kind, words in data["types"].items()
        for name in words
        for spelt in (name.translate(DIGRAPHS), name)
    }
    return names, frozenset(data["not_conditioned"])


def _key(text: str) -> str:
    """Letters and digits without accents: sheets print KÜCHE, KUECHE and KUCHE."""
    spaced = re.sub(r"-|(?<=\w{3})\.(?=\w)", " ", text.upper())  # UNFIN.BASEMENT, but W.I.C.
    plain = unicodedata.normalize("NFKD", spaced.translate(LETTERS))
    return re.sub(r"[^A-Z0-9+&/ \u3041-\u30ff\u4e00-\u9fff]", "", plain).strip()


@lru_cache(maxsize=4096)
def room_type(text: str) -> tuple[RoomType, float] | None:
    """Type of a room name and how sure: whole names first, then the longest known name inside."""
    if len(text) > LONGEST_NAME or NOT_A_NAME.search(text):
        return None
    names, _ = _dictionary()
    key = _key(NUMBER.sub("", text)) or _key(text)
    if key in names:
        return names[key], 0.95
    if FIXTURE.search(text):
        return None
    words = key.split()
    for length in range(min(3, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            part = " ".join(words[start : start + length])
            if len(part) >= 3 and part in names and len(words) <= 4:
                return names[part], 0.75
    return None


def respelt(line: Line) -> Line:
    """A line OCR read without a space or one letter off a room name, as that name and less sure; any other as it is."""
    named = room_type(line.text)
    if line.engine == "pdf" or (named is not None and named[0] != "other"):
        return line
    name = NUMBER.sub("", line.text)
    known, _ = _dictionary()
    key = _key(name)
    found = [one for one in known if " " in one and _unspaced(one) == _unspaced(key)] or one_letter_off(
        key, known
    )
    if len({known[one] for one in found}) != 1:
        return line
    text = found[0] + line.text[len(name) :]
    return replace(line, text=text, confidence=min(line.confidence, RESPELT))


def _unspaced(key: str) -> str:
    return key.replace(" ", "")


def conditioned(kind: RoomType, name: str = "") -> bool:
    """Whether rooms of this type are heated and cooled; not those that the sheet calls unfinished or unheated."""
    return kind not in _dictionary()[1] and not NOT_HEATED.search(name)


@dataclass(frozen=True)
class _Stack:
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def room_labels(lines: Sequence[Line], *, page: int, metric: BareUnit = "") -> list[RoomLabel]:
    """Room names with the size, area and ceiling height printed below them."""
    lines = [respelt(line) for line in lines]
    used: set[int] = set()
    labels = []
    near = Nearby(lines)
    places: dict[Line, list[int]] = {}
    for index, line in enumerate(lines):
        places.setdefault(line, []).append(index)
    for index, line in enumerate(lines):
        if index in used:
            continue
        stack = _name_stack(line, near)
        named = room_type(stack.text)
        if named is None:
            stack = _Stack((line,))
            named = room_type(line.text)
        if named is None:
            labels += _inline(line, page=page, metric=metric)
            continue
        used |= {i for part in stack.lines for i in places[part]}
        if any(WAY_IN.match(other.text) for other in _below(stack.lines[-1], near)[:1]):
            continue  # ATTIC over ACCESS marks a hatch
        labels.append(_label(stack, named, near, page=page, metric=metric))
    return labels


def labels_on_plan(labels: Sequence[RoomLabel], lines: Sequence[Line]) -> list[RoomLabel]:
    """Labels that stand free: a name in a list, a schedule's column or a paragraph is no room on the plan."""
    near = Nearby(lines)
    return [label for label in labels if not _in_list(label, near)]


def _in_list(label: RoomLabel, near: Nearby) -> bool:
    own = next((line for line in near.lines if _holds(label.bbox, line)), None)
    if own is None:
        return False
    aligned = 0
    for other in near.within(own, LIST_REACH * own.size):
        across, down = _relative(own, other)
        left = across - (_length(other) - _length(own)) / 2
        if abs(left) < 0.4 * own.size and abs(down) < LIST_REACH * own.size:
            aligned += 1
    return aligned >= LIST_LINES


def _holds(box: BBox, line: Line) -> bool:
    x, y = line.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _below(line: Line, near: Nearby) -> list[Line]:
    """Lines stacked under `line` in its reading direction, nearest first."""
    found = []
    for other in near.within(line, STACK_LEADING * 2.2 * line.size):
        across, down = _relative(line, other)
        if not 0.3 * line.size < down < STACK_LEADING * 2.2 * line.size:
            continue
        reach = 0.5 * (_length(line) + _length(other))
        if abs(across) < max(0.4 * reach, line.size):
            found.append((down, other))
    return [other for _, other in sorted(found, key=lambda item: item[0])]


def _relative(line: Line, other: Line) -> tuple[float, float]:
    """How far across and down another line's centre is, as `line` is read."""
    dx, dy = other.centre[0] - line.centre[0], other.centre[1] - line.centre[1]
    for _ in range(round(line.angle_deg / 90) % 4):
        dx, dy = dy, -dx
    return dx, dy


def _length(line: Line) -> float:
    return max(line.bbox[2] - line.bbox[0], line.bbox[3] - line.bbox[1])


def _name_stack(line: Line, near: Nearby) -> _Stack:
    if not any(letter.isalpha() for letter in line.text):
        return _Stack((line,))  # a room's number above its name is no part of it
    for other in _below(line, near)[:1]:
        down = _relative(line, other)[1]
        joined = _Stack((line, other))
        if down < STACK_LEADING * line.size and room_type(other.text) is None and _is_word(other.text):
            whole = room_type(joined.text)
            if whole is not None and whole[1] > 0.9:
                return joined
        # a word below a name that is known belongs to it if it names a room too: PARQUET and TILE do not
        belongs = room_type(line.text) is None or room_type(other.text) is not None
        if down < STACK_LEADING * line.size and _is_word(other.text) and belongs and room_type(joined.text):
            return joined
    return _Stack((line,))


def _is_word(text: str) -> bool:
    return bool(re.match(r"^(?:[^\W\d_]|[.&/' ()-]){2,}\d?$", text)) and room_size_ft(text) is None


def _label(
    stack: _Stack, named: tuple[RoomType, float], near: Nearby, *, page: int, metric: BareUnit
) -> RoomLabel:
    kind, confidence = named
    last = stack.lines[-1]
    details = [other for other in _below(last, near)[:3] if room_type(other.text) is None]
    if details:
        details += [o for o in _below(details[0], near)[:2] if room_type(o.text) is None and o not in details]
    sizes = [room_size_ft(other.text, metric=metric) for other in details]
    areas = [area_sqft(other.text) for other in details]
    ceilings = [ceiling_height_ft(other.text) for other in details]
    box = _union([line.bbox for line in stack.lines])
    return RoomLabel(
        page=page,
        text=stack.text,
        type=kind,
        conditioned=conditioned(kind, stack.text),
        at_pt=((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        bbox=box,
        angle_deg=last.angle_deg,
        printed_size_ft=next((size for size in sizes if size), None),
        printed_area_sqft=next((area for area in areas if area), None),
        ceiling_height_ft=next((height for height in ceilings if height), None),
        confidence=round(confidence * min(line.confidence for line in stack.lines), 3),
    )


def _inline(line: Line, *, page: int, metric: BareUnit) -> list[RoomLabel]:
    """`BEDROOM 12' x 10'` in one line."""
    match = re.match(r"^(?P<name>(?:[^\W\d_]|[.&/ -]){2,24}?)\s*[,:(]?\s*(?P<rest>\d.*)$", line.text)
    if match is None:
        return []
    named, size = room_type(match["name"]), room_size_ft(match["rest"], metric=metric)
    area = area_sqft(match["rest"])
    if named is None or (size is None and area is None):
        return []
    name = match["name"].strip()
    return [
        RoomLabel(
            page=page, text=name, type=named[0], conditioned=conditioned(named[0], name), at_pt=line.centre,
            bbox=line.bbox, angle_deg=line.angle_deg, printed_size_ft=size, printed_area_sqft=area,
            confidence=round(named[1] * line.confidence, 3),
        )
    ]  # fmt: skip


def _union(boxes: Sequence[BBox]) -> BBox:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
