"""Questions put to the database about blueprints and runs."""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from blueprints.artifacts import artifact_bytes
from blueprints.models import LIVE, Blueprint, PipelineRun, StageRun, StageStatus

TYPICAL_OF = timedelta(days=14)
TYPICAL_ROWS = 800
TYPICAL_KEPT_S = 60


def last_run(blueprint: Blueprint) -> PipelineRun | None:
    """The newest run."""
    return blueprint.runs.order_by("-created_at").first()


def artifact(run: PipelineRun, stage: str) -> dict[str, Any] | None:
    """The JSON a stage of this run left; None when it has none."""
    row = run.stages.filter(name=stage).exclude(output_digest="").first()
    data = artifact_bytes(row.output_digest) if row is not None else None
    return json.loads(data) if data is not None else None


def run_progress(run: PipelineRun) -> dict[str, Any]:
    """True state of a run and its stages, as the API, the events and the page show it."""
    stages = list(run.stages.all())
    end = run.finished_at or timezone.now()
    typical = typical_seconds()
    return {
        "status": run.status,
        "stage": run.stage,
        "percent": round(run.percent, 1),
        "stages": [_stage(row, typical_s=typical.get(row.name)) for row in stages],
        "waiting_for": _waiting_for(run, stages),
        "elapsed_s": round((end - run.created_at).total_seconds(), 1),
        "typical_s": round(sum(typical.values()), 1) if len(typical) >= len(stages) else None,
    }


def typical_seconds() -> dict[str, float]:
    """Median duration by stage over the latest runs of two weeks that computed it [s]; looked up once a minute."""
    return _typical_at(int(time.monotonic() // TYPICAL_KEPT_S))


@lru_cache(maxsize=1)
def _typical_at(minute: int) -> dict[str, float]:
    rows = StageRun.objects.filter(
        finished_at__gt=timezone.now() - TYPICAL_OF,
        status=StageStatus.DONE,
        reused=False,
        started_at__isnull=False,
    )
    taken: dict[str, list[float]] = defaultdict(list)
    fields = ("name", "started_at", "finished_at")
    for name, start, end in rows.order_by("-finished_at").values_list(*fields)[:TYPICAL_ROWS]:
        taken[name].append((end - start).total_seconds())
    return {name: round(statistics.median(seconds), 1) for name, seconds in taken.items()}


def _stage(row: StageRun, *, typical_s: float | None) -> dict[str, Any]:
    return {
        "name": row.name,
        "status": row.status,
        "attempt": row.attempt,
        "progress": row.progress,
        "progress_text": row.progress_text,
        "started_at": _iso(row.started_at),
        "finished_at": _iso(row.finished_at),
        "seconds": stage_seconds(row),
        "typical_s": typical_s,
        "error_code": row.error_code,
    }


def stage_seconds(row: StageRun) -> float | None:
    """How long the last attempt took [s]; None while it goes on."""
    if row.started_at is None or row.finished_at is None:
        return None
    return round((row.finished_at - row.started_at).total_seconds(), 3)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment is not None else None


def _waiting_for(run: PipelineRun, stages: list[StageRun]) -> str:
    """worker, retry, answer, stage or nothing."""
    if run.status == "needs_input":
        return "answer"
    if run.status not in LIVE:
        return ""
    states = {row.status for row in stages}
    if StageStatus.RUNNING in states:
        return "stage"
    return "retry" if StageStatus.WAITING in states else "worker"
