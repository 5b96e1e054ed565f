"""The dashboard inside the admin: what runs, what waits and why, how long, how sure, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from autohvac.accounts.access import may
from autohvac.core.errors import RejectedInput
from autohvac.messages import error_text
from autohvac.monitor import figures
from autohvac.monitor.models import Alert
from blueprints.cleaners import breaker
from blueprints.models import AiExchange, StageRun
from blueprints.selectors import run_progress
from blueprints.services.runs import run_retry

SHOWN_LIVE = 20
MOST_RETRIED = 500
DAYS = 14
Series = tuple[Any, str, list[tuple[date, float]]]
OUTCOMES = (("completed", _("Completed")), ("needs_review", _("To verify")), ("needs_input", _("Waits for an answer")),
            ("failed", _("Failed")), ("cancelled", _("Cancelled")))  # fmt: skip
CHART_W, LINES_W, CHART_H = 720.0, 360.0, 120.0


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
        "findings": figures.findings(stages, since=now - figures.WEEK),
        "quality": _quality(user, now), "reviews": _reviews(user, now),
        "ocr": figures.ocr_use(stages, since=now - figures.DAY), "breaker": breaker() if user.is_superuser else None,
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


@dataclass(frozen=True)
class Dot:
    """A day's value as a point of the chart."""

    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True)
class Line:
    """A figure over days."""

    label: Any
    css: str
    dots: list[Dot]

    @property
    def path(self) -> str:
        """For a polyline."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def _chart(today: date, series: Sequence[Series], *, top: float | None = None) -> dict[str, Any]:
    """Lines over the last `DAYS` days, today right; values from 0 to `top`, by default to the highest."""
    highest = top or max((value for _, _, points in series for _, value in points), default=0.0) or 1.0
    first = today - timedelta(days=DAYS - 1)

    def dot(day: date, value: float) -> Dot:
        return Dot(LINES_W * (day - first).days / (DAYS - 1), CHART_H * (1 - value / highest), day, value)

    lines = [
        Line(label, css, [dot(day, value) for day, value in points if day >= first])
        for label, css, points in series
    ]
    marks = [first + timedelta(days=n) for n in range(0, DAYS, 3)]
    return {
        "lines": lines, "top": highest, "width": LINES_W, "empty": not any(line.dots for line in lines),
        "marks": [(dot(day, 0.0).x, day) for day in marks], "grid": (0.0, CHART_H / 2, CHART_H),
    }  # fmt: skip


def _quality(user: Any, now: datetime) -> dict[str, Any]:
    days = figures.quality_by_day(user, since=now - figures.FORTNIGHT)
    series = [
        (label, name, [(day.day, getattr(day, name)) for day in days])
        for name, label in (
            ("completeness", _("Complete")), ("validity", _("Valid")), ("confidence", _("Confidence")),
        )
    ]  # fmt: skip
    return _chart(now.date(), series, top=1.0)


def _reviews(user: Any, now: datetime) -> dict[str, Any]:
    points = figures.review_rate_by_day(user, since=now - figures.FORTNIGHT)
    return _chart(now.date(), [(_("Items per run"), "confidence", points)])


@never_cache
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try given-up stages again: those named by `stage`, or `all`; says of each what came of it."""
    dead = figures.given_up(figures.stage_runs(request.user))[:MOST_RETRIED]
    wanted = set(request.POST.getlist("stage"))
    for row in dead:
        if "all" in request.POST or str(row.pk) in wanted:
            _retry(request, row)
    return redirect("pipeline")


def _retry(request: HttpRequest, row: StageRun) -> None:
    if not may(request.user, row, "change"):
        messages.error(request, f"{row.run}: {error_text('forbidden')}")
        return
    try:
        run_retry(run=row.run, stage=row.name, actor=request.user)  # type: ignore[arg-type]  # signed in
    except RejectedInput as error:
        messages.warning(request, f"{row.run}: {error_text(error.code)}")
    else:
        messages.success(request, f"{row.run}: {gettext('is tried again')}")
