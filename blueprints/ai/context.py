"""What the service may be told of a plan: rooms as the rules see them, and the short texts printed inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shapely.geometry import Point as Dot
from shapely.geometry import Polygon

from autohvac.core.evidence import BBox
from blueprints.ai.schemas import AiContext, RoomContext
from blueprints.plan.building import Building, LevelSpec, RoomSpec
from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.plan.model import RoomLabel, Word

MOST_LINES = 12
MOST_WORDS = 4
LONGEST_LINE = 34
NEXT_TO_FT = 1.0
MOST_NEIGHBOURS = 6


def context_of(inp: CleanupIn, building: Building) -> AiContext:
    """All rooms of a building, each with what is printed inside it and what lies beside it."""
    levels = {level.name: level for level in building.levels}
    shapes = {room.id: Polygon(room.polygon_ft).buffer(0) for room in building.rooms}
    return AiContext(
        rooms=tuple(_room(inp, levels[room.level], room, building.rooms, shapes) for room in building.rooms)
    )


def _room(
    inp: CleanupIn,
    level: LevelSpec,
    room: RoomSpec,
    rooms: Sequence[RoomSpec],
    shapes: Mapping[str, Polygon],
) -> RoomContext:
    inside = Polygon(room.polygon_pt).buffer(0)
    x0, y0, x1, y1 = inside.bounds
    return RoomContext(
        id=room.id,
        level=room.level,
        page=level.page,
        drawing_bbox=_drawing_bbox(inp, level),
        bbox=(round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)),
        name=room.name,
        type=room.type,
        conditioned=room.conditioned,
        area_sqft=round(room.area_sqft.value or 0.0),
        name_confidence=_name_confidence(inp.text.labels, room, level.page, inside),
        lines=_lines(inp.text.words, level.page, inside),
        neighbours=_neighbours(room, rooms, shapes),
    )


def _drawing_bbox(inp: CleanupIn, level: LevelSpec) -> BBox:
    page = next(page for page in inp.pages.pages if page.number == level.page)
    if level.drawing < len(page.drawings):
        return page.drawings[level.drawing].bbox
    return (0.0, 0.0, page.width_pt, page.height_pt)


def _name_confidence(labels: Sequence[RoomLabel], room: RoomSpec, page: int, inside: Polygon) -> float:
    if "no_label" in room.evidence:
        return 0.0
    # A label may stand beside a room that is too small for it, so all of the page count, not only those inside.
    near = [label.confidence for label in labels if label.page == page and label.text in room.name]
    return max(near, default=0.0)


def _lines(words: Sequence[Word], page: int, inside: Polygon) -> tuple[str, ...]:
    """Texts that could be a name. Sentences are left out: they name no room, and orders in them reach nobody."""
    found = [word.text.strip() for word in words if word.page == page and _stands_in(word, inside)]
    return tuple(dict.fromkeys(text for text in found if _could_be_a_name(text)))[:MOST_LINES]


def _stands_in(word: Word, inside: Polygon) -> bool:
    x0, y0, x1, y1 = word.bbox
    return bool(inside.contains(Dot((x0 + x1) / 2, (y0 + y1) / 2)))


def _could_be_a_name(text: str) -> bool:
    letters = len(re.findall(r"[^\W\d_]", text))
    return letters >= 2 and len(text) <= LONGEST_LINE and len(text.split()) <= MOST_WORDS


def _neighbours(room: RoomSpec, rooms: Sequence[RoomSpec], shapes: Mapping[str, Polygon]) -> tuple[str, ...]:
    near = [
        other.name
        for other in rooms
        if other.id != room.id
        and other.level == room.level
        and shapes[room.id].distance(shapes[other.id]) <= NEXT_TO_FT
    ]
    return tuple(sorted(set(near)))[:MOST_NEIGHBOURS]
