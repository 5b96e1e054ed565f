"""The rules an AI answer must pass. None of what passes can change a load.

A name must be printed inside the room. A class must fit the room's area. A class on which a load hangs (heated or not,
bedrooms, garage, where the front door is) is only suggested; a person confirms it.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from blueprints.ai.schemas import AiChange, AiContext, AiProposal, Answer, RoomAnswer, RoomContext, RoomNaming
from blueprints.plan.model import RoomType
from blueprints.plan.text.rooms import NOT_A_NAME, conditioned

SURE_ENOUGH = 0.5
MOST_TRUST = 0.65  # what the service says of itself counts up to here; what is read better stands
SAME_TEXT = 0.8
LOAD_BEARING: frozenset[RoomType] = frozenset(
    {"bedroom", "garage", "entry", "living", "attic", "basement", "crawlspace"}
)


def is_open(room: RoomContext) -> bool:
    """Whether the plan itself leaves the room's name or class in doubt."""
    return room.name_confidence < MOST_TRUST or room.type == "other"


def accepted(answer: Answer, context: AiContext) -> AiProposal:
    """What may be applied or suggested: rooms that exist, are open, and an answer that the plan bears out."""
    rooms = {room.id: room for room in context.rooms}
    namings: dict[str, RoomNaming] = {}
    suggested: dict[str, RoomType] = {}
    for given in answer.rooms:
        room = rooms.get(given.id)
        if room is None or not _may_speak(given, room):
            continue
        name, kind = _printed(given.name, room), _fitting(given.type, room)
        if kind is not None and _bears_a_load(kind, room):
            suggested[room.id], kind = kind, None
        if name is not None or kind is not None:
            namings[room.id] = RoomNaming(name=name, type=kind, confidence=min(given.confidence, MOST_TRUST))
    return AiProposal(rooms=namings, suggested=suggested)


def changes(proposal: AiProposal, context: AiContext) -> tuple[AiChange, ...]:
    """What is different because of the proposal, room by room."""
    found: list[AiChange] = []
    for room in context.rooms:
        naming, kind = proposal.rooms.get(room.id), proposal.suggested.get(room.id)
        sure = naming.confidence if naming is not None else MOST_TRUST
        after = {
            "name": naming.name if naming is not None else None,
            "type": naming.type if naming is not None else None,
            "suggested_type": kind,
        }
        before = {"name": room.name, "type": room.type, "suggested_type": room.type}
        found += [
            AiChange(room=room.id, field=field, before=before[field], after=value, confidence=sure)
            for field, value in after.items()
            if value is not None
        ]
    return tuple(found)


def _may_speak(given: RoomAnswer, room: RoomContext) -> bool:
    sure = min(given.confidence, MOST_TRUST)
    return is_open(room) and given.confidence >= SURE_ENOUGH and sure > _read_confidence(room)


def _read_confidence(room: RoomContext) -> float:
    # A printed name the dictionary does not know leaves the class open, however sharp the print is.
    return 0.0 if room.type == "other" else room.name_confidence


def _printed(name: str | None, room: RoomContext) -> str | None:
    """The line printed inside the room that the name repeats; the sheet's spelling, not the service's."""
    if name is None or room.name_confidence >= MOST_TRUST or NOT_A_NAME.search(name):
        return None
    wanted = _letters(name)
    if len(wanted) < 2:
        return None
    best = max(room.lines, key=lambda line: (_likeness(wanted, line), line), default=None)
    if best is None or _likeness(wanted, best) < SAME_TEXT or best.upper() == room.name.upper():
        return None
    return best


def _likeness(wanted: str, line: str) -> float:
    return SequenceMatcher(None, wanted, _letters(line), autojunk=False).ratio()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.upper())


def _fitting(kind: RoomType | None, room: RoomContext) -> RoomType | None:
    """The class, unless the room has it already or the room's area speaks against it."""
    if kind is None or kind in (room.type, "other"):
        return None
    low, high = _plausible_sqft().get(kind, (0.0, float("inf")))
    return kind if low <= room.area_sqft <= high else None


def _bears_a_load(kind: RoomType, room: RoomContext) -> bool:
    return bool({kind, room.type} & LOAD_BEARING) or conditioned(kind) != room.conditioned


@cache
def _plausible_sqft() -> dict[str, tuple[float, float]]:
    data = json.loads((Path(__file__).parent / "data" / "plausible_areas.json").read_text(encoding="utf-8"))
    return {kind: (float(low), float(high)) for kind, (low, high) in data["rows"].items()}
