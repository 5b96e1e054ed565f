"""What stage 5 works from."""

from __future__ import annotations

from pydantic import Field

from autohvac.core.evidence import Frozen
from blueprints.ai.schemas import AiProposal
from blueprints.plan.model import PageSet, Plan, TextSet


class CorrectionIn(Frozen):
    """A person's correction: of a room, an opening, or (`target_key` 'facts') a building fact."""

    target_key: str
    field: str
    value: str | float | bool


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
