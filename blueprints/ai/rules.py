"""The cleaner that works without a service: it proposes nothing, the rules of stage 5 have named what they can."""

from __future__ import annotations

from blueprints.ai.port import AiReport
from blueprints.ai.schemas import AiContext, AiProposal


class RuleCleaner:
    """No service."""

    name = "rules"

    def propose(self, context: AiContext) -> tuple[AiProposal | None, AiReport]:
        """Nothing to add."""
        return None, AiReport(cleaner=self.name)
