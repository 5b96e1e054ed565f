"""The dashboard inside the admin: what runs, what waits and why, how long, how sure, what it costs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from autohvac.monitor import figures
from autohvac.monitor.models import Alert
from blueprints.models import AiExchange
from blueprints.selectors import run_progress

SHOWN_LIVE = 20
OUTCOMES = (("completed", _("Completed")), ("needs_review", _("To verify")), ("needs_input", _("Waits for an answer")),
            ("failed", _("Failed")), ("cancelled", _("Cancelled")))  # fmt: skip
CHART_W, CHART_H = 720.0, 120.0


@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The page; with `?part=1` only its figures, for the refresh every few seconds."""
    context = admin.site.each_context(request) | _figures(request.user) | {"title": _("Pipeline")}
    name = "admin/monitor/figures.html" if "part" in request.GET else "admin/monitor/dashboard.html"
    return render(request, name, context)


def _figures(user: Any) -> dict[str, Any]:
    now = timezone.now()
    stages = figures.stage_runs(user)
    depth, oldest_s = figures.waiting(stages)
    live = figures.live_runs(user)
    times = figures.stage_times(stages, since=now - figures.WEEK)
    slowest = max((t.p95_s for t in times), default=0.0) or 1.0
    return {
        "depth": depth, "oldest_s": oldest_s, "live_count": live.count(),
        "live": [{"run": run, **run_progress(run)} for run in live[:SHOWN_LIVE]],
        "times": [(t, 100 * t.p95_s / slowest, 100 * t.median_s / slowest) for t in times],
        "faults": figures.faults(stages, since=now - figures.WEEK),
        "dead": figures.given_up(stages)[: figures.MOST_ROWS],
        "hours": _stacked(figures.ended_by_hour(user)),
        "outcomes": OUTCOMES,
        "confidence": _line(figures.confidence_by_day(user, since=now - figures.FORTNIGHT), top=1.0),
        "reviews": _line(figures.review_rate_by_day(user, since=now - figures.FORTNIGHT)),
        "ai": figures.ai_use(AiExchange.objects.visible_to(user).filter(created_at__gt=now - figures.DAY)),
        "alerts": Alert.objects.filter(closed_at=None) if user.is_superuser else (),
        "chart_w": CHART_W, "chart_h": CHART_H, "now": now,
    }  # fmt: skip


def _stacked(hours: list[tuple[Any, Counter[str]]]) -> dict[str, Any]:
    """Bars of ended runs by hour, stacked by outcome, as rectangles of the chart."""
    top = max((sum(counts.values()) for _, counts in hours), default=0) or 1
    width = CHART_W / len(hours)
    bars = []
    for place, (hour, counts) in enumerate(hours):
        floor = CHART_H
        for status, _label in OUTCOMES:
            height = CHART_H * counts[status] / top
            floor -= height
            if counts[status]:
                bars.append({"x": place * width + 1, "y": floor, "w": width - 2, "h": height, "status": status,
                             "hour": hour, "count": counts[status]})  # fmt: skip
    totals = Counter[str]()
    for _hour, counts in hours:
        totals += counts
    return {"bars": bars, "top": top, "totals": [(status, label, totals[status]) for status, label in OUTCOMES],
            "marks": [(place * width, hour) for place, (hour, _counts) in enumerate(hours) if place % 6 == 0]}  # fmt: skip


def _line(points: list[tuple[Any, float]], *, top: float | None = None) -> dict[str, Any]:
    """A line over days as points of the chart, newest right."""
    highest = top or max((value for _, value in points), default=0.0) or 1.0
    step = CHART_W / max(1, len(points) - 1)
    placed = [
        (n * step, CHART_H * (1 - value / highest), day, value) for n, (day, value) in enumerate(points)
    ]
    return {"points": placed, "path": " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in placed), "top": highest}
