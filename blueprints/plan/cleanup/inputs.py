"""What stage 5 works from."""

from __future__ import annotations

from typing import Any

from pydantic import Field, JsonValue

from autohvac.core.evidence import Frozen, Point
from blueprints.ai.schemas import AiProposal
from blueprints.plan.model import PageSet, Plan, TextSet


class Anchor(Frozen):
    """Where the target of a correction lay on the sheet, so that it is found again in another reading or a revised plan.

    Args:
        level: Storey index of the level.
        feet_per_point: Scale of the drawing then [ft/pt].
        polygon_pt: Outline of the room [pt].
        at_pt: Middle of the opening [pt].
        name: Name of the room.
        labels: Names printed on the drawing and where: they tell how a revised sheet was shifted or resized.
    """

    level: int
    feet_per_point: float = Field(gt=0)
    polygon_pt: tuple[Point, ...] = ()
    at_pt: Point | None = None
    name: str = ""
    labels: tuple[tuple[str, Point], ...] = ()


class CorrectionIn(Frozen):
    """A person's correction: of a room, an opening, a drawing's scale or (`target_key` 'facts') a building fact.

    `value` of the edits that change outlines (split, merge, edge, room, opening): see `cleanup.edits`.
    """

    target_key: str
    field: str
    value: JsonValue
    id: str = ""
    anchor: Anchor | None = None


class CleanupIn(Frozen):
    """Everything read, what people said, and a proposal of the AI service, if any.

    `answers` are named as `building.FIELDS`, or 'north_deg', 'front', 'scale:<page>:<drawing>'.
    """

    pages: PageSet
    plan: Plan
    text: TextSet
    zip_code: str
    answers: dict[str, str | float] = Field(default_factory=dict)
    corrections: tuple[CorrectionIn, ...] = ()
    proposal: AiProposal | None = None


def plain(value: JsonValue) -> Any:
    """A number or word; corrections are checked where they are recorded."""
    return value
