"""The port to an AI cleaner: two adapters, one proposal, judged by rules."""

from __future__ import annotations

from typing import Protocol

from autohvac.core.evidence import Frozen
from blueprints.ai.judge import accepted
from blueprints.ai.schemas import AiContext, AiProposal, RoomContext
from blueprints.plan.cleanup.clean import clean
from blueprints.plan.cleanup.inputs import CleanupIn

MOST_WORDS = 400


class AiReport(Frozen):
    """What the AI service did: `outcome` is not_asked, answered or a failure code; cost facts as given by the service."""

    cleaner: str
    outcome: str = "not_asked"
    model: str = ""
    prompt_sha256: str = ""
    tokens: int = 0
    proposed: int = 0
    accepted: int = 0


class Cleaner(Protocol):
    """Proposes names and classes; never measures, never calculates."""

    @property
    def name(self) -> str:
        """`rules` or `openai:MODEL`."""
        ...

    def propose(self, context: AiContext) -> tuple[AiProposal | None, AiReport]:
        """A proposal, or None with the reason in the report. Never raises."""
        ...


def proposal_for(cleaner: Cleaner, inp: CleanupIn) -> tuple[AiProposal | None, AiReport]:
    """Ask the cleaner about the rooms as the rules see them, and keep what the judge accepts."""
    if cleaner.name == "rules":
        return None, AiReport(cleaner="rules")
    building = clean(inp)
    rooms = tuple(
        RoomContext(
            id=room.id, name=room.name, type=room.type, area_sqft=round(room.area_sqft.value or 0.0, 1),
            confidence=room.confidence, named_on_plan="no_label" not in room.evidence,
        )
        for room in building.rooms
    )  # fmt: skip
    words = tuple(dict.fromkeys(word.text for word in inp.text.words))[:MOST_WORDS]
    context = AiContext(rooms=rooms, words=words)
    proposal, report = cleaner.propose(context)
    if proposal is None:
        return None, report
    kept = accepted(proposal, context)
    return kept, report.model_copy(update={"proposed": len(proposal.rooms), "accepted": len(kept.rooms)})
