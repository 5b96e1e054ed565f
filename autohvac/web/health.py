"""Alive, ready, and figures for Prometheus."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_q.brokers import get_broker
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from autohvac.api.auth import DeviceTokenAuthentication
from blueprints.models import PipelineRun, StageRun, StageStatus
from calculations.models import LoadCalculation

LOCAL = ("127.0.0.1", "::1")
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
    waiting = StageRun.objects.filter(status__in=[StageStatus.PENDING, StageStatus.WAITING])
    oldest = waiting.aggregate(at=Min("updated_at"))["at"]
    age_s = (timezone.now() - oldest).total_seconds() if oldest is not None else 0.0
    return [
        *_counts("autohvac_runs", "Pipeline runs by status.", PipelineRun),
        *_counts("autohvac_stages", "Stages by status.", StageRun),
        *_gauge("autohvac_oldest_waiting_stage_seconds", "Age of the oldest stage that waits.", age_s),
        *_gauge("autohvac_queue_messages", "Messages in the queue.", get_broker().queue_size()),
        *_gauge("autohvac_load_calculations", "Load calculations kept.", LoadCalculation.objects.count()),
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
