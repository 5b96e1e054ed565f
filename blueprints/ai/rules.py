"""The cleaner that works without a service: it proposes nothing, the rules of stage 5 have named what they can."""

from __future__ import annotations

from collections.abc import Callable

from blueprints.ai.port import AiReport
from blueprints.ai.prompt import Question
from blueprints.ai.schemas import Answer


class RuleCleaner:
    """No service."""

    name = "rules"
    sees = False

    def answer(self, question: Question, *, tick: Callable[[], None]) -> tuple[Answer | None, AiReport]:
        """Nothing to add."""
        return None, AiReport(cleaner=self.name)
