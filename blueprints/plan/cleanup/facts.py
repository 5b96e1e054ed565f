"""Facts of the building: what people said, else what the notes say."""

from __future__ import annotations

from collections.abc import Sequence

from autohvac.core.evidence import Sourced, given, read
from blueprints.plan.building import FIELDS, ReviewNote
from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.plan.model import Note

SAME = 0.02


def facts_of(inp: CleanupIn) -> tuple[dict[str, Sourced[float | str]], list[ReviewNote]]:
    """Known facts by name, and notes that contradict each other."""
    facts: dict[str, Sourced[float | str]] = {}
    review: list[ReviewNote] = []
    for field in FIELDS:
        if field in inp.answers:
            facts[field] = given(inp.answers[field])
            continue
        notes = [note for note in inp.text.notes if note.field == field]
        if notes:
            best = max(notes, key=lambda note: (note.confidence, _count(note, notes)))
            facts[field] = read(
                best.value, unit=best.unit, where=best.where, confidence=best.confidence, note=best.text
            )
            review += _conflict(field, best, notes)
    return facts, review


def _count(note: Note, notes: Sequence[Note]) -> int:
    return sum(_equal(note, other) for other in notes)


def _equal(a: Note, b: Note) -> bool:
    if isinstance(a.value, str) or isinstance(b.value, str):
        return a.value == b.value
    return abs(a.value - b.value) <= SAME * max(abs(a.value), abs(b.value))


def _conflict(field: str, best: Note, notes: Sequence[Note]) -> list[ReviewNote]:
    others = sorted({str(note.value) for note in notes if not _equal(note, best)})
    if not others:
        return []
    reason = f"{field}: {best.value} used, the sheets also say {', '.join(others)}"
    return [ReviewNote(field=f"facts.{field}", reason=reason, where=best.where)]
