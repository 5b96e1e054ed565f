"""Names of rooms that no dictionary holds: words that stand above a room's printed area or size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blueprints.plan.model import RoomLabel
from blueprints.plan.text.grammar import BareUnit, area_sqft, area_to_middles_sqft, room_size_ft
from blueprints.plan.text.lines import Line, Nearby
from blueprints.plan.text.rooms import LONGEST_NAME, NOT_A_NAME

LEADING = 1.9
LIKE_SIZE = 1.35
MOST_LINES = 3
LONGEST_SIZE = 24
LEAST_LETTERS = 3
SIGNS = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
FEWEST_SIGNS = 2  # Japanese and Chinese names are short
CONFIDENCE = 0.6
NO_ROOM = re.compile(
    r"FLOOR|LEVEL|STOR(?:E?Y|IES)|TOTAL|AREA|HEATED|COVERED|BUILDING|HOUSE|UNIT|OPENING|WINDOW|DOOR|PANEL|ATTIC ACCESS"
    r"|ROOM SIZE|SQUARE|GESCHOSS|PLANTA|NIVEL",
    re.IGNORECASE,
)


def loose_labels(
    lines: Sequence[Line], known: Sequence[RoomLabel], *, page: int, metric: BareUnit
) -> list[RoomLabel]:
    """Labels of type `other` for rooms whose area or size is printed under a name that is in no dictionary."""
    found = []
    near = Nearby(lines)
    for line in lines:
        area = area_sqft(line.text)
        size = None if area else room_size_ft(line.text, metric=metric)
        if not (area or size or area_to_middles_sqft(line.text)) or len(line.text) > LONGEST_SIZE:
            continue
        stack = _stack(line, near)
        if any(_meets(label, part) for label in known for part in (line, *stack)):
            continue
        name = next((part for part in reversed(stack) if _may_name(part.text)), None)
        if name is not None:
            found.append(_label(name, area=area, size=size, page=page))
    return found


def _stack(foot: Line, near: Nearby) -> list[Line]:
    """Lines stacked straight above a line in its reading direction, nearest first."""
    found: list[Line] = []
    last = foot
    while len(found) < MOST_LINES:
        reach = LEADING * last.size
        above = [(up, o) for o in near.within(last, reach) if (up := _above(last, o)) is not None]
        if not above:
            break
        last = min(above, key=lambda item: item[0])[1]
        found.append(last)
    return found


def _above(line: Line, other: Line) -> float | None:
    """How far another line that reads the same way stands above, centred on it and of like size; None when it does not."""
    dx, dy = other.centre[0] - line.centre[0], other.centre[1] - line.centre[1]
    across, down = [(dx, dy), (dy, -dx), (-dx, -dy), (-dy, dx)][round(line.angle_deg / 90) % 4]
    like = max(line.size, other.size) <= LIKE_SIZE * min(line.size, other.size)
    near = 0.3 * line.size < -down < LEADING * line.size and abs(across) < max(
        0.4 * _length(other), line.size
    )
    return -down if like and near else None


def _length(line: Line) -> float:
    return max(line.bbox[2] - line.bbox[0], line.bbox[3] - line.bbox[1])


def _meets(label: RoomLabel, line: Line) -> bool:
    x, y = line.centre
    return label.bbox[0] <= x <= label.bbox[2] and label.bbox[1] <= y <= label.bbox[3]


def _may_name(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    wordy = letters >= (FEWEST_SIGNS if SIGNS.search(text) else LEAST_LETTERS) and letters >= 0.6 * len(
        text.replace(" ", "")
    )
    return wordy and len(text) <= LONGEST_NAME and not NOT_A_NAME.search(text) and not NO_ROOM.search(text)


def _label(name: Line, *, area: float | None, size: tuple[float, float] | None, page: int) -> RoomLabel:
    return RoomLabel(
        page=page, text=name.text, type="other", conditioned=True, at_pt=name.centre, bbox=name.bbox,
        angle_deg=name.angle_deg, printed_size_ft=size, printed_area_sqft=area, confidence=round(CONFIDENCE * name.confidence, 3),
    )  # fmt: skip
