"""The record of questions to the service, and the leave to ask: budgets and breaker, shared by all workers through the rows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from blueprints.ai.asking import Asked, Shape
from blueprints.ai.breaker import WINDOW, BreakerState, Failure, breaker_state
from blueprints.ai.failures import SERVICE_FAILURES
from blueprints.ai.port import AiReport
from blueprints.ai.prompt import PROMPT_SHA256, Question
from blueprints.models import AiExchange, AiStatus, PipelineRun, RunKind

log = logging.getLogger("autohvac.ai")
LOST_AFTER = timedelta(minutes=5)
MOST_ANSWER_LETTERS = 65_536
REPLIED = Q(status=AiStatus.ANSWERED) | (
    Q(status=AiStatus.FAILED) & ~Q(outcome__in=SERVICE_FAILURES | {"ai_stopped"})
)
FAILED_BY_SERVICE = Q(status=AiStatus.FAILED, outcome__in=SERVICE_FAILURES)


@dataclass(frozen=True)
class Service:
    """Where is asked: address and model."""

    endpoint: str
    model: str

    @property
    def exchanges(self) -> QuerySet[AiExchange]:
        """All questions to this service."""
        return AiExchange.objects.filter(endpoint=self.endpoint, model=self.model)


class Ledger:
    """The questions of one run to one service."""

    def __init__(self, service: Service, run: PipelineRun) -> None:
        self.service, self.run = service, run

    def remembered(self, question: Question) -> AiExchange | None:
        """An answer this firm's plan got to the very same question: it is not paid twice."""
        earlier = self.service.exchanges.filter(
            run__blueprint=self.run.blueprint_id, request_sha256=question.sha256, status=AiStatus.ANSWERED
        ).first()
        if earlier is not None:
            self._open(question, status=AiStatus.REMEMBERED, outcome="answered", finished_at=timezone.now())
        return earlier

    def shape(self, *, stream: bool) -> Shape:
        """The form of request this service took last, so that its refusals are not met again each time."""
        last = self.service.exchanges.filter(status=AiStatus.ANSWERED).first()
        known = dict(last.shape) if last is not None else {}
        return Shape(**{**known, "room": 1, "stream": stream and known.get("stream", True)})

    def leave_to_ask(self, question: Question) -> AiExchange:
        """A row that holds the reserved tokens; its status is SKIPPED, with the reason, when the question may not be asked."""
        _bury_lost(self.service)
        row = self._open(question, reserved_tokens=question.likely_tokens)
        reason = "ai_budget_used_up" if self._over_budget(row) else self._breaker_says(row)
        if reason:
            self._close(row, AiStatus.SKIPPED, reason)
        return row

    def settle(self, row: AiExchange, asked: Asked, *, latency_ms: int) -> None:
        """Record how it went."""
        reply = asked.reply
        row.attempts, row.shape, row.latency_ms = asked.attempts, asdict(asked.shape), latency_ms
        row.input_tokens, row.output_tokens = asked.input_tokens, asked.output_tokens
        row.cost_usd = cost_usd(self.service.model, asked.input_tokens, asked.output_tokens)
        if reply is not None:
            row.model_answered, row.finish_reason = reply.model, reply.finish_reason[:40]
            row.answer = reply.text.replace("\x00", "")[:MOST_ANSWER_LETTERS]
        if asked.retry_after_s is not None:
            row.stated_until = timezone.now() + timedelta(seconds=asked.retry_after_s)
        self._close(row, AiStatus.ANSWERED if asked.answer is not None else AiStatus.FAILED, asked.code)

    def stopped(self, row: AiExchange) -> None:
        """The run was cancelled or lost while the service thought: nothing was learnt, another may try."""
        row.probe_of = None
        self._close(row, AiStatus.FAILED, "ai_stopped")

    def _open(self, question: Question, **fields: Any) -> AiExchange:
        values = {"status": AiStatus.ASKING, **fields}
        return AiExchange.objects.create(
            run=self.run, endpoint=self.service.endpoint, model=self.service.model, prompt_sha256=PROMPT_SHA256,
            request_sha256=question.sha256, pictures=len(question.tiles), **values,
        )  # fmt: skip

    def _close(self, row: AiExchange, status: AiStatus, outcome: str) -> None:
        row.status, row.outcome, row.finished_at, row.reserved_tokens = status, outcome, timezone.now(), 0
        row.save()
        log.info(
            "ai=%s run=%s model=%s attempts=%s tokens=%s cost_usd=%s ms=%s",
            outcome, self.run.pk, row.model, row.attempts, row.tokens, row.cost_usd, row.latency_ms,
        )  # fmt: skip

    def _over_budget(self, row: AiExchange) -> bool:
        """Rows are written before they are counted: two workers may both be refused, never both let over the limit."""
        of_run = AiExchange.objects.filter(run=self.run)
        firm = self.run.blueprint.project.organization_id
        today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        of_day = AiExchange.objects.filter(run__blueprint__project__organization=firm, created_at__gte=today)
        dollars = _dollars(of_day) + (cost_usd(self.service.model, row.reserved_tokens, 0) or Decimal(0))
        return (
            _tokens(of_run) > settings.AI_RUN_TOKENS
            or _tokens(of_day) > settings.AI_DAY_TOKENS
            or dollars > settings.AI_DAY_USD
        )

    def _breaker_says(self, row: AiExchange) -> str:
        state, last = service_state(self.service)
        if state.state == "closed":
            return ""
        if state.state == "open" or last is None:
            return "ai_breaker_open"
        try:
            with transaction.atomic():
                row.probe_of = last
                row.save()
        except IntegrityError:  # another worker is trying
            row.probe_of = None
            return "ai_breaker_open"
        return ""


def service_state(service: Service) -> tuple[BreakerState, AiExchange | None]:
    """The breaker of a service, and the failure it hangs on."""
    now = timezone.now()
    replied = service.exchanges.filter(REPLIED).first()
    failures = service.exchanges.filter(FAILED_BY_SERVICE, created_at__gte=now - WINDOW)
    if replied is not None:
        failures = failures.filter(created_at__gt=replied.created_at)
    rows = list(failures[:20])
    found = [Failure(row.finished_at or row.created_at, row.stated_until) for row in rows]
    return breaker_state(found, now=now), (rows[0] if rows else None)


def _bury_lost(service: Service) -> None:
    """Close questions whose worker died; one that tried whether the service is back would bar the way for ever."""
    now = timezone.now()
    for row in service.exchanges.filter(status=AiStatus.ASKING, created_at__lt=now - LOST_AFTER):
        row.status, row.finished_at, row.reserved_tokens = AiStatus.FAILED, now, 0
        row.outcome = "ai_lost" if row.probe_of_id is not None else "ai_stopped"
        row.save()


def record_changes(run: PipelineRun, report: AiReport) -> None:
    """What the answer changed, on the row of the question; called inside the commit of stage 5."""
    row = AiExchange.objects.filter(
        run__blueprint=run.blueprint_id, request_sha256=report.request_sha256, outcome="answered"
    ).first()
    if (
        not report.request_sha256
        or row is None
        or (row.proposed, row.accepted) == (report.proposed, report.accepted)
    ):
        return
    row.proposed, row.accepted = report.proposed, report.accepted
    row.changes = [change.model_dump(mode="json") for change in report.changes]
    row.save()


def failures_before(run: PipelineRun) -> int:
    """How often the service failed this plan before its latest analysis began: a new analysis asks again, an edit does not."""
    analysis = run.blueprint.runs.filter(kind=RunKind.ANALYSIS, created_at__lte=run.created_at).first()
    began = analysis.created_at if analysis is not None else run.created_at
    return AiExchange.objects.filter(
        run__blueprint=run.blueprint_id, created_at__lt=began, status__in=[AiStatus.FAILED, AiStatus.SKIPPED]
    ).count()


def cost_usd(model: str, input_tokens: int, output_tokens: int) -> Decimal | None:
    """What tokens cost by the stated prices [US$]; None for a model without a price."""
    price = _price(model)
    if price is None:
        return None
    return (Decimal(input_tokens) * price[0] + Decimal(output_tokens) * price[1]) / 1_000_000


def _price(model: str) -> tuple[Decimal, Decimal] | None:
    """US$ per million tokens, in and out: as set, else of the table's longest name that begins the model's."""
    if settings.AI_USD_PER_MILLION:
        given = [Decimal(part) for part in settings.AI_USD_PER_MILLION.split("/")]
        return given[0], given[-1]
    names: Iterable[str] = (name for name in _prices() if model.startswith(name))
    best = max(names, key=len, default=None)
    return _prices()[best] if best is not None else None


@cache
def _prices() -> dict[str, tuple[Decimal, Decimal]]:
    data = json.loads((Path(__file__).parent / "data" / "prices.json").read_text(encoding="utf-8"))
    return {name: (Decimal(str(a)), Decimal(str(b))) for name, (a, b) in data["rows"].items()}


def _tokens(rows: QuerySet[AiExchange]) -> int:
    counted = F("input_tokens") + F("output_tokens") + F("reserved_tokens")
    return int(rows.aggregate(total=Sum(counted))["total"] or 0)


def _dollars(rows: QuerySet[AiExchange]) -> Decimal:
    return rows.aggregate(total=Sum("cost_usd"))["total"] or Decimal(0)


def run_of(run_id: UUID | None) -> PipelineRun | None:
    """The run that acts, with its project."""
    if run_id is None:
        return None
    return PipelineRun.objects.select_related("blueprint__project").filter(pk=run_id).first()
