"""Which cleaner a run uses: the AI service when one is set and the project allows it, else rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from audit.context import current_actor
from blueprints.ai.port import Cleaner
from blueprints.ai.rules import RuleCleaner
from blueprints.models import PipelineRun

if TYPE_CHECKING:
    import httpx2

    from blueprints.ai.breaker import BreakerState

REPLAY = "replay:"
NOWHERE = "http://recorded.invalid/v1"
OPENAI = "https://api.openai.com/v1"


def cleaner_name(run: PipelineRun) -> str:
    """`rules`, or `openai:MODEL` when a service (or recorded answers) is set and this run may use it."""
    allowed = run.options.get("ai", run.blueprint.project.use_ai)
    there = settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL.startswith(REPLAY)
    return f"openai:{settings.OPENAI_MODEL}" if allowed and there else "rules"


def cleaner_named(name: str) -> Cleaner:
    """The cleaner of that name, for the run that acts."""
    # Heavy imports, only where a service is set.
    from blueprints.ai.ledger import Ledger, Service, run_of

    run = run_of(current_actor().run_id)
    if not name.startswith("openai:") or run is None:
        return RuleCleaner()
    from blueprints.ai.asking import Policy
    from blueprints.ai.openai_client import OpenAiWire
    from blueprints.ai.service import ServiceCleaner

    address, model = settings.OPENAI_BASE_URL, name.removeprefix("openai:")
    wire = OpenAiWire(
        api_key=settings.OPENAI_API_KEY or "recorded",
        base_url=NOWHERE if address.startswith(REPLAY) else address or None,
        model=model,
        transport=_transport(address),
    )
    policy = Policy(
        timeout_s=settings.AI_TIMEOUT_S, silence_s=settings.AI_SILENCE_S,
        deadline_s=settings.AI_DEADLINE_S, backoff_s=settings.AI_BACKOFF_S,
    )  # fmt: skip
    ledger = Ledger(Service(endpoint=address or OPENAI, model=model), run)
    return ServiceCleaner(
        wire=wire, ledger=ledger, policy=policy, stream=settings.AI_STREAM, sees=settings.AI_VISION
    )


def breaker() -> BreakerState | None:
    """Whether the breaker keeps requests from the service that is set; None when none is set."""
    if not settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL.startswith(REPLAY):
        return None
    from blueprints.ai.ledger import Service, service_state

    service = Service(endpoint=settings.OPENAI_BASE_URL or OPENAI, model=settings.OPENAI_MODEL)
    return service_state(service)[0]


def _transport(address: str) -> httpx2.BaseTransport | None:
    """Recorded answers, or the network with a recorder, or None for the plain network."""
    from blueprints.ai.replay import RecordingTransport, ReplayTransport

    if address.startswith(REPLAY):
        return ReplayTransport(address.removeprefix(REPLAY))
    return RecordingTransport(Path(settings.AI_RECORD)) if settings.AI_RECORD else None
