"""What to ask and what to have checked: questions and review notes for values that were assumed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from blueprints.plan.building import Building, Question, ReviewNote
from calculations.assembly.facts import Fact, known
from calculations.assembly.north import north_known

DATA = Path(__file__).parent / "data" / "questions.json"


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:  # JSON document
    document: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return document


def questions_for(building: Building, *, before: Mapping[str, Fact]) -> tuple[Question, ...]:
    """The building's own questions and ours: required first, then by the load they move; at most five.

    Args:
        building: The completed building.
        before: The facts before defaults were filled in.
    """
    own = tuple(building.questions)
    asked = {question.field for question in own}
    asked |= {"front_deg"} if "front" in asked else set()  # the same question, by compass word
    ours = [] if any(room.conditioned for room in building.rooms) else [_no_rooms(building)]
    ours += [
        _question(row) for row in _document()["questions"] if _open(row["field"], building, before=before)
    ]
    merged = own + tuple(question for question in ours if question.field not in asked)
    return tuple(sorted(merged, key=_rank))[: _document()["limit"]]


def _open(field: str, building: Building, *, before: Mapping[str, Fact]) -> bool:
    if field == "front_deg":
        return not north_known(building)
    if field == "ach50":
        return not (known(before, "ach50") or known(before, "leakage_class"))
    if field in ("foundation", "ceiling_height_ft", "window_u"):
        return _still_assumed(field, building)
    return not known(before, field)


def _still_assumed(field: str, building: Building) -> bool:
    """True when the value came from a table, also after looking at the single openings."""
    fact = building.facts.get(field)
    if fact is None or fact.source != "assumed":
        return False
    windows = [opening for opening in building.openings if opening.kind == "window" and opening.exterior]
    return field != "window_u" or not windows or any(o.u_factor.source == "assumed" for o in windows)


def _rank(question: Question) -> tuple[bool, int]:
    order = [row["field"] for row in _document()["questions"]]
    place = order.index(question.field) if question.field in order else -1
    return (not question.required, place)


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        field=row["field"],
        question=row["question"],
        why=row["why"],
        options=tuple(row["options"]),
        required=False,
    )


def _no_rooms(building: Building) -> Question:
    level = building.levels[0] if building.levels else None
    field = "scale:1:0" if level is None else f"scale:{level.page}:{level.drawing}"
    return Question(
        field=field,
        question="Which drawing is the floor plan, and what is its scale?",
        why="No heated room was recognised, so no load can be given.",
        required=True,
    )


def review_for(building: Building) -> tuple[ReviewNote, ...]:
    """The building's own review notes and one for each assumed fact that matters."""
    have = {note.field for note in building.review}
    ours = [
        ReviewNote(field=field, reason=reason)
        for field, reason in _document()["review"].items()
        if field not in have and _assumed(building, field)
    ]
    if not north_known(building) and "north_deg" not in have:
        ours.insert(0, ReviewNote(field="north_deg", reason="orientation_unknown"))
    return tuple(building.review) + tuple(ours)


def _assumed(building: Building, field: str) -> bool:
    fact = building.facts.get(field)
    return fact is not None and fact.known and fact.source == "assumed"
