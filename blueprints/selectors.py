"""Questions put to the database about blueprints and runs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone

from blueprints.artifacts import artifact_bytes
from blueprints.models import LIVE, Blueprint, PipelineRun, StageRun, StageStatus


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
    return {
        "status": run.status,
        "stage": run.stage,
        "percent": round(run.percent, 1),
        "stages": [_stage(row) for row in stages],
        "waiting_for": _waiting_for(run, stages),
        "elapsed_s": round((end - run.created_at).total_seconds(), 1),
    }


def _stage(row: StageRun) -> dict[str, Any]:
    return {
        "name": row.name,
        "status": row.status,
        "attempt": row.attempt,
        "progress": row.progress,
        "progress_text": row.progress_text,
        "started_at": _iso(row.started_at),
        "finished_at": _iso(row.finished_at),
        "seconds": stage_seconds(row),
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
