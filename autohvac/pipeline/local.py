"""The same pipeline without a queue: for the command line and tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from autohvac.core.stage import STAGES
from autohvac.doorbell import silenced
from autohvac.pipeline.runner import execute_stage
from autohvac.pipeline.sweep import sweep_once
from blueprints.models import FINISHED, LIVE, PipelineRun, StageRun, StageStatus


def run_to_end(run: PipelineRun, *, observer: Callable[[PipelineRun], Any] = lambda run: None) -> PipelineRun:
    """Execute the stages of a run in this process until it ends, sleeping until what waits is due."""
    with silenced():
        while (row := _next_stage(run)) is not None:
            observer(run)
            if execute_stage(run.pk, row.name) == "not due" or not _due_now(row):
                time.sleep(0.2)
                sweep_once()
            run.refresh_from_db()
    observer(run)
    return run


def _next_stage(run: PipelineRun) -> StageRun | None:
    open_stages = run.stages.exclude(status__in=[*FINISHED, StageStatus.DEAD, StageStatus.FAILED])
    if run.status in LIVE:
        return open_stages.order_by("index").first()
    return open_stages.filter(name=STAGES[-1], status__in=["pending", "waiting", "running"]).first()


def _due_now(row: StageRun) -> bool:
    row.refresh_from_db()
    return row.due_at is None or row.due_at <= timezone.now()
