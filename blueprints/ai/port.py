"""The port to an AI service: what it is asked, what is kept of the answer, and what is reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from autohvac.core.evidence import Frozen
from autohvac.core.stage import Issue
from blueprints.ai.context import context_of
from blueprints.ai.judge import accepted, changes, is_open
from blueprints.ai.prompt import Question, question_of
from blueprints.ai.schemas import AiChange, AiProposal, Answer
from blueprints.ai.tiles import tiles_of
from blueprints.plan.cleanup.clean import clean
from blueprints.plan.cleanup.inputs import CleanupIn

NOT_ASKED, NOTHING_TO_ASK, ANSWERED = "not_asked", "nothing_to_ask", "answered"


class AiReport(Frozen):
    """What the AI service did.

    `outcome` is not_asked (no service, or not allowed), nothing_to_ask (the plan names its rooms), answered, or a failure
    code `ai_…`. `tokens` as the service counted them.
    """

    cleaner: str
    outcome: str = NOT_ASKED
    model: str = ""
    prompt_sha256: str = ""
    request_sha256: str = ""
    tokens: int = 0
    proposed: int = 0
    accepted: int = 0
    changes: tuple[AiChange, ...] = ()


class Cleaner(Protocol):
    """Answers a question about rooms; never measures, never calculates."""

    @property
    def name(self) -> str:
        """`rules` or `openai:MODEL`."""
        ...

    @property
    def sees(self) -> bool:
        """Whether pictures may be sent."""
        ...

    def answer(self, question: Question, *, tick: Callable[[], None]) -> tuple[Answer | None, AiReport]:
        """An answer in the schema, or None with the reason in the report. Raises only what `tick` raises."""
        ...


def _no_tick() -> None:
    return None


def proposal_for(
    cleaner: Cleaner,
    inp: CleanupIn,
    *,
    pictures: Callable[[], Mapping[int, Path]] = dict,
    tick: Callable[[], None] = _no_tick,
) -> tuple[AiProposal | None, AiReport]:
    """Ask about the rooms the plan leaves open, and keep what the judge accepts.

    Args:
        cleaner: The service, or the rules alone.
        inp: What stages 1 to 4 read. People's corrections are left out of the question, so that it stays the same when
            somebody corrects a room, and one answer serves all recalculations.
        pictures: Gives page number to page picture, called only when the cleaner sees.
        tick: Called several times a second while the service thinks; what it raises ends the wait.
    """
    if cleaner.name == "rules":
        return None, AiReport(cleaner="rules")
    plain = inp.model_copy(update={"corrections": (), "proposal": None})
    context = context_of(plain, clean(plain))
    rooms = [room for room in context.rooms if is_open(room)]
    widths = {page.number: page.width_pt for page in inp.pages.pages}
    tiles = tiles_of(rooms, pictures(), widths) if rooms and cleaner.sees else ()
    question = question_of(context, tiles)
    if question is None:
        return None, AiReport(cleaner=cleaner.name, outcome=NOTHING_TO_ASK)
    answer, report = cleaner.answer(question, tick=tick)
    if answer is None:
        return None, report
    kept = accepted(answer, context)
    facts = {
        "proposed": len(answer.rooms),
        "accepted": len({*kept.rooms, *kept.suggested}),
        "changes": changes(kept, context),
    }
    return kept, report.model_copy(update=facts)


def issue_of(report: AiReport) -> Issue:
    """Whether the AI took part, said in every run."""
    if report.outcome == ANSWERED:
        message = (
            f"the AI service {report.model} took part: {report.accepted} of {report.proposed} proposals used"
        )
        return Issue(code="ai_took_part", message=message, severity="info")
    if report.outcome == NOT_ASKED:
        message = "no AI service took part; rooms are named by rules"
    else:
        message = f"the AI service took no part ({report.outcome}); rooms are named by rules"
    return Issue(code="ai_took_no_part", message=message, severity="info")
