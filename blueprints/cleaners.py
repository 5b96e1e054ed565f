"""Which cleaner a run uses: the AI service when a key is set and the project allows it, else rules."""

from __future__ import annotations

from django.conf import settings

from blueprints.ai.port import Cleaner
from blueprints.ai.rules import RuleCleaner
from blueprints.models import PipelineRun


def cleaner_for(run: PipelineRun) -> Cleaner:
    """The cleaner of this run."""
    allowed = run.options.get("ai", run.blueprint.project.use_ai)
    return cleaner_named(
        f"openai:{settings.OPENAI_MODEL}" if allowed and settings.OPENAI_API_KEY else "rules"
    )


def cleaner_named(name: str) -> Cleaner:
    """`rules`, or `openai:MODEL`."""
    if not name.startswith("openai:"):
        return RuleCleaner()
    from blueprints.ai.openai_client import OpenAiCleaner  # heavy import, only where a key is set

    return OpenAiCleaner(
        api_key=settings.OPENAI_API_KEY,
        base_url=settings.OPENAI_BASE_URL or None,
        model=name.removeprefix("openai:"),
    )
