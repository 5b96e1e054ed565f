"""Alive, ready, and figures for Prometheus."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Avg, Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_q.brokers import get_broker
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from autohvac.api.auth import DeviceTokenAuthentication
from autohvac.doorbell import queue_size
from autohvac.monitor import figures
from autohvac.monitor.models import Alert
from blueprints.cleaners import breaker
from blueprints.models import AiExchange, PipelineRun, ReviewItem, Room, StageRun
from calculations.models import LoadCalculation

LOCAL = ("127.0.0.1", "::1")
BREAKER = {"closed": 0, "half_open": 1, "open": 2}
QUALITY = {
    "completeness": "Mean share of the values a load needs that were read",
    "validity": "Mean share of parts that no cross-check found fault with",
    "confidence": "Mean confidence of readings",
}
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, queue and storage answer; 503 names what does not."""
    checks: dict[str, Callable[[], Any]] = {"database": _database, "queue": _queue, "storage": _storage}
    state = {name: _answers(check) for name, check in checks.items()}
    return JsonResponse(state, status=200 if all(value == "ok" for value in state.values()) else 503)


def _answers(check: Callable[[], Any]) -> str:
    try:
        check()
    except Exception as error:  # whatever a driver raises, the answer is "not ready"
        return type(error).__name__
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _queue() -> None:
    get_broker().queue_size()


def _storage() -> None:
    name = default_storage.save(f"health/{uuid.uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text for local scrapers and operators; 404 for everybody else."""
    if not _may_scrape(request):
        raise Http404
    return HttpResponse("\n".join([*_lines(), ""]), content_type="text/plain; version=0.0.4")


def _may_scrape(request: HttpRequest) -> bool:
    if request.META.get("REMOTE_ADDR") in LOCAL and not any(name in request.META for name in FORWARDED):
        return True
    if request.user.is_authenticated:
        return bool(request.user.is_superuser)
    try:
        found = DeviceTokenAuthentication().authenticate(Request(request))
    except AuthenticationFailed:
        return False
    return bool(found and found[0].is_superuser)


def _lines() -> list[str]:
    stages = StageRun.objects.all()
    depth, oldest_s = figures.waiting(stages)
    now = timezone.now()
    return [
        *_counts("autohvac_runs", "Pipeline runs by status.", PipelineRun),
        *_counts("autohvac_stages", "Stages by status.", StageRun),
        *_gauge("autohvac_waiting_stages", "Stages that wait for a worker.", depth),
        *_gauge("autohvac_oldest_waiting_stage_seconds", "Age of the oldest stage that waits.", oldest_s),
        *_gauge("autohvac_queue_messages", "Messages in the queue.", queue_size()),
        *_gauge("autohvac_load_calculations", "Load calculations kept.", LoadCalculation.objects.count()),
        *_gauge(
            "autohvac_open_review_items", "Items to verify.", ReviewItem.objects.filter(status="open").count()
        ),
        *_gauge("autohvac_dead_letters", "Stages given up.", figures.given_up(stages).count()),
        *_gauge("autohvac_room_confidence", "Mean confidence of rooms.", _mean_confidence()),
        *_quality(now - figures.DAY),
        *_durations(figures.stage_times(stages, since=now - figures.DAY)),
        *_counts("autohvac_ai_questions", "Questions to the AI service by status.", AiExchange),
        *_ai(figures.ai_use(AiExchange.objects.filter(created_at__gt=now - figures.DAY))),
        *_breaker(),
        *_ocr(figures.ocr_use(stages, since=now - figures.DAY)),
        *_gauge(
            "autohvac_alerts_open",
            "Figures out of their usual band.",
            Alert.objects.filter(closed_at=None).count(),
        ),
    ]


def _mean_confidence() -> float:
    return float(Room.objects.aggregate(mean=Avg("confidence"))["mean"] or 0.0)


def _quality(since: Any) -> list[str]:
    """Nothing is said of a day without runs."""
    runs = PipelineRun.objects.filter(finished_at__gt=since)
    means = runs.aggregate(*(Avg(name) for name in QUALITY))
    items = ReviewItem.objects.filter(run__finished_at__gt=since).count()
    lines = []
    for name, text in QUALITY.items():
        if means[f"{name}__avg"] is not None:
            lines += _gauge(f"autohvac_reading_{name}", f"{text}, last 24 hours.", means[f"{name}__avg"])
    if count := runs.count():
        text = "Items to verify per ended run, last 24 hours."
        lines += _gauge("autohvac_review_items_per_run", text, items / count)
    return lines


def _breaker() -> list[str]:
    """0 asks, 1 lets one question try, 2 leaves the service alone; nothing where no service is set."""
    found = breaker()
    if found is None:
        return []
    text = "AI service: 0 asked, 1 tried with one question, 2 left alone."
    return _gauge("autohvac_ai_breaker", text, BREAKER[found.state])


def _ocr(use: dict[str, float]) -> list[str]:
    return [
        *_gauge("autohvac_ocr_pages_day", "Sheets read by OCR in the last 24 hours.", use["pages"]),
        *_gauge("autohvac_ocr_seconds_day", "Seconds of the stages that read them.", use["seconds"]),
    ]


def _durations(times: list[figures.StageTimes]) -> list[str]:
    name = "autohvac_stage_seconds"
    lines = [f"# HELP {name} Duration of stages in the last 24 hours.", f"# TYPE {name} gauge"]
    for row in times:
        for quantile, seconds in (("0.5", row.median_s), ("0.95", row.p95_s), ("1", row.longest_s)):
            lines.append(f'{name}{{stage="{row.name}",quantile="{quantile}"}} {seconds:g}')
    name = "autohvac_stage_retries"
    lines += [f"# HELP {name} Attempts beyond the first in the last 24 hours.", f"# TYPE {name} gauge"]
    return [*lines, *(f'{name}{{stage="{row.name}"}} {row.retries}' for row in times)]


def _ai(use: dict[str, Any]) -> list[str]:
    return [
        *_gauge("autohvac_ai_tokens_day", "Tokens of the AI service in the last 24 hours.", use["tokens"]),
        *_gauge("autohvac_ai_usd_day", "Cost of the AI service in the last 24 hours.", use["usd"]),
    ]


def _counts(name: str, text: str, model: Any) -> list[str]:
    rows = (
        model.objects.order_by("status").values("status").annotate(n=Count("pk")).values_list("status", "n")
    )
    return [
        f"# HELP {name} {text}",
        f"# TYPE {name} gauge",
        *(f'{name}{{status="{s}"}} {n}' for s, n in rows),
    ]


def _gauge(name: str, text: str, value: float) -> list[str]:
    return [f"# HELP {name} {text}", f"# TYPE {name} gauge", f"{name} {value:g}"]
