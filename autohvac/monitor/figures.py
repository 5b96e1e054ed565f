"""What the dashboard and `/metrics` show, from the rows a person may see."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Min, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncHour
from django.utils import timezone

from autohvac.core.stage import STAGES
from autohvac.monitor.bands import percentile
from blueprints.models import LIVE, AiExchange, PipelineRun, ReviewItem, StageRun, StageStatus

DAY, WEEK, FORTNIGHT = timedelta(days=1), timedelta(days=7), timedelta(days=14)
MOST_TIMES = 5000
MOST_ROWS = 25
ENDED = ("completed", "needs_review", "needs_input", "failed", "cancelled")


@dataclass(frozen=True)
class StageTimes:
    """How long a stage took: how often, median, 95th percentile and longest [s]; attempts beyond the first."""

    name: str
    count: int
    median_s: float
    p95_s: float
    longest_s: float
    retries: int


@dataclass(frozen=True)
class Fault:
    """A stable code that ended or delayed a stage, how often, and when last."""

    stage: str
    code: str
    count: int
    last: datetime


@dataclass(frozen=True)
class DayQuality:
    """Means over the runs of a day: completeness, validity and confidence of the readings (0…1)."""

    day: Any
    completeness: float
    validity: float
    confidence: float


def stage_runs(user: Any) -> QuerySet[StageRun]:
    """The stages of the user's firms; of all for operators of the site."""
    found: QuerySet[StageRun] = StageRun.objects.visible_to(user)
    return found


def stage_times(stages: QuerySet[StageRun], *, since: datetime) -> list[StageTimes]:
    """Durations by stage, slowest median first; checkpoints that were only reused do not count."""
    rows = stages.filter(
        finished_at__gt=since, reused=False, started_at__isnull=False, status__in=["done", "partial"]
    )
    taken: dict[str, list[float]] = defaultdict(list)
    retries: Counter[str] = Counter()
    fields = ("name", "started_at", "finished_at", "attempt")
    for name, start, end, attempt in rows.order_by("-finished_at").values_list(*fields)[:MOST_TIMES]:
        taken[name].append((end - start).total_seconds())
        retries[name] += max(0, attempt - 1)
    found = [_times(name, taken[name], retries[name]) for name in STAGES if taken[name]]
    return sorted(found, key=lambda times: -times.median_s)


def _times(name: str, seconds: list[float], retries: int) -> StageTimes:
    return StageTimes(
        name,
        len(seconds),
        percentile(seconds, 0.5) or 0.0,
        percentile(seconds, 0.95) or 0.0,
        max(seconds),
        retries,
    )


def faults(stages: QuerySet[StageRun], *, since: datetime) -> list[Fault]:
    """Codes by stage, most frequent first."""
    rows = stages.filter(updated_at__gt=since).exclude(error_code="")
    counts: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], datetime] = {}
    for name, code, at in rows.values_list("name", "error_code", "updated_at"):
        counts[name, code] += 1
        last[name, code] = max(at, last.get((name, code), at))
    return [Fault(*key, count, last[key]) for key, count in counts.most_common(MOST_ROWS)]


def waiting(stages: QuerySet[StageRun]) -> tuple[int, float]:
    """How many stages wait for a worker, and for how long the oldest does [s]."""
    rows = stages.filter(status__in=[StageStatus.PENDING, StageStatus.WAITING])
    found = rows.aggregate(count=Count("pk"), oldest=Min("updated_at"))
    age = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return int(found["count"]), age


def live_runs(user: Any) -> QuerySet[PipelineRun]:
    """Runs in work or in the queue, oldest first."""
    rows = PipelineRun.objects.visible_to(user).filter(status__in=LIVE).order_by("created_at")
    found: QuerySet[PipelineRun] = rows.select_related("blueprint__project__organization")
    return found


def given_up(stages: QuerySet[StageRun]) -> QuerySet[StageRun]:
    """Dead letters, newest first."""
    return (
        stages.filter(status=StageStatus.DEAD)
        .select_related("run__blueprint__project")
        .order_by("-updated_at")
    )


def ended_by_hour(user: Any, *, hours: int = 24) -> list[tuple[datetime, Counter[str]]]:
    """Ended runs of each of the last hours by how they ended, hours without any included."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    start = now - timedelta(hours=hours - 1)
    rows = (
        PipelineRun.objects.visible_to(user).filter(finished_at__gte=start, status__in=ENDED).order_by()
        .annotate(hour=TruncHour("finished_at")).values_list("hour", "status").annotate(n=Count("pk", distinct=True))
    )  # fmt: skip
    by_hour: dict[datetime, Counter[str]] = defaultdict(Counter)
    for hour, status, count in rows:
        by_hour[hour][status] += count
    return [(hour, by_hour[hour]) for hour in (start + timedelta(hours=n) for n in range(hours))]


def quality_by_day(user: Any, *, since: datetime) -> list[DayQuality]:
    """How good the readings of each day's runs were."""
    rows = (
        PipelineRun.objects.visible_to(user)
        .filter(finished_at__gt=since, confidence__isnull=False)
        .order_by()
    )
    means = {name: Avg(name) for name in ("completeness", "validity", "confidence")}
    by_day = rows.annotate(day=TruncDate("finished_at")).values_list("day").annotate(**means).order_by("day")
    return [DayQuality(*row) for row in by_day]


def findings(stages: QuerySet[StageRun], *, since: datetime) -> list[tuple[str, str, int]]:
    """Codes of what cross-checks found, with severity and how often, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    rows = stages.filter(name="cleanup", finished_at__gt=since).order_by("-finished_at")
    for issues in rows.values_list("issues", flat=True)[:MOST_TIMES]:
        counts.update((issue["code"], issue["severity"]) for issue in issues if issue["severity"] != "info")
    return [(code, severity, count) for (code, severity), count in counts.most_common(MOST_ROWS)]


def ocr_use(stages: QuerySet[StageRun], *, since: datetime) -> dict[str, float]:
    """Sheets read by OCR, and the seconds of the text stages that read them."""
    rows = stages.filter(name="text", finished_at__gt=since, reused=False, run__ocr_pages__gt=0)
    found = list(rows.values_list("run__ocr_pages", "started_at", "finished_at")[:MOST_TIMES])
    seconds = sum((end - start).total_seconds() for _, start, end in found if start is not None)
    return {"pages": sum(pages for pages, _, _ in found), "seconds": seconds}


def review_rate_by_day(user: Any, *, since: datetime) -> list[tuple[Any, float]]:
    """Items to verify per run, of each day's runs."""
    runs = PipelineRun.objects.visible_to(user).filter(finished_at__gt=since).order_by()
    counted = dict(
        runs.annotate(day=TruncDate("finished_at")).values_list("day").annotate(n=Count("pk", distinct=True))
    )
    items = ReviewItem.objects.visible_to(user).filter(run__finished_at__gt=since).order_by()
    found = dict(
        items.annotate(day=TruncDate("run__finished_at"))
        .values_list("day")
        .annotate(n=Count("pk", distinct=True))
    )
    return [(day, found.get(day, 0) / count) for day, count in sorted(counted.items())]


def ai_use(rows: QuerySet[AiExchange]) -> dict[str, Any]:
    """Tokens and cost [USD] of questions to the AI service."""
    total = rows.order_by().aggregate(tokens=Sum(F("input_tokens") + F("output_tokens")), usd=Sum("cost_usd"))
    return {"tokens": total["tokens"] or 0, "usd": float(total["usd"] or 0)}
