"""The cleaner that asks a service: leave to ask, the question, the record."""

from __future__ import annotations

import time
from collections.abc import Callable

from blueprints.ai.answers import Reply, answer_of
from blueprints.ai.asking import Asking, Policy, Wire
from blueprints.ai.failures import AskFailed
from blueprints.ai.ledger import Ledger
from blueprints.ai.port import AiReport
from blueprints.ai.prompt import PROMPT_SHA256, Question
from blueprints.ai.schemas import Answer


class ServiceCleaner:
    """Asks once per question and plan; every failure is a code, and the run goes on by rules."""

    def __init__(self, *, wire: Wire, ledger: Ledger, policy: Policy, stream: bool, sees: bool) -> None:
        self.wire, self.ledger, self.policy, self.stream, self.sees = wire, ledger, policy, stream, sees

    @property
    def name(self) -> str:
        """`openai:MODEL`."""
        return f"openai:{self.ledger.service.model}"

    def answer(self, question: Question, *, tick: Callable[[], None]) -> tuple[Answer | None, AiReport]:
        """See `port.Cleaner`."""
        report = AiReport(
            cleaner=self.name,
            model=self.ledger.service.model,
            prompt_sha256=PROMPT_SHA256,
            request_sha256=question.sha256,
        )
        earlier = self.ledger.remembered(question)
        if earlier is not None:
            again = _read_again(earlier.answer)
            outcome = "answered" if again is not None else "ai_answer_invalid"
            return again, report.model_copy(update={"tokens": earlier.tokens, "outcome": outcome})
        return self._ask(question, report, tick)

    def _ask(
        self, question: Question, report: AiReport, tick: Callable[[], None]
    ) -> tuple[Answer | None, AiReport]:
        row = self.ledger.leave_to_ask(question)
        if row.outcome:
            return None, report.model_copy(update={"outcome": row.outcome})
        started, settled = time.monotonic(), False
        try:
            shape = self.ledger.shape(stream=self.stream)
            asked = Asking(self.wire, self.policy, shape=shape, tick=tick).ask(question)
            self.ledger.settle(row, asked, latency_ms=round(1000 * (time.monotonic() - started)))
            settled = True
        finally:
            self.wire.close()
            if not settled:
                self.ledger.stopped(row)
        tokens = asked.input_tokens + asked.output_tokens
        return asked.answer, report.model_copy(update={"outcome": asked.code, "tokens": tokens})


def _read_again(text: str) -> Answer | None:
    try:
        return answer_of(Reply(text, "stop"))
    except AskFailed:  # kept by an older version with another schema
        return None
