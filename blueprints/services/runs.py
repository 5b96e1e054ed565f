"""Start, retry, cancel and answer runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.bulk import create_tracked
from audit.chain import record
from autohvac.accounts.models import User
from autohvac.core.errors import RejectedInput
from autohvac.core.stage import STAGES
from autohvac.doorbell import ring
from blueprints.answers import parse_answers
from blueprints.models import (
    FINISHED,
    LIVE,
    Blueprint,
    PipelineRun,
    RunKind,
    RunStatus,
    StageRun,
    StageStatus,
)
from blueprints.services.endings import run_end_early

OPEN = (StageStatus.PENDING, StageStatus.RUNNING, StageStatus.WAITING)


def run_start(
    *,
    blueprint: Blueprint,
    actor: User | None,
    options: Mapping[str, Any] | None = None,
    kind: RunKind = RunKind.ANALYSIS,
) -> PipelineRun:
    """A new run with its eight stages, and a ring for the first; a live run of this blueprint is returned instead."""
    try:
        with transaction.atomic():
            return _create_run(blueprint=blueprint, actor=actor, options=dict(options or {}), kind=kind)
    except IntegrityError:
        return blueprint.runs.filter(status__in=LIVE).get()


def _create_run(
    *, blueprint: Blueprint, actor: User | None, options: dict[str, Any], kind: RunKind
) -> PipelineRun:
    parent = blueprint.runs.order_by("-created_at").first()
    run = PipelineRun.objects.create(
        blueprint=blueprint, started_by=actor, options=options, kind=kind, parent=parent
    )
    first = {STAGES[0]: StageStatus.PENDING}
    create_tracked(
        StageRun,
        [
            StageRun(run=run, name=name, index=index, status=first.get(name, StageStatus.BLOCKED))
            for index, name in enumerate(STAGES)
        ],
    )
    record(
        blueprint.project.organization_id, kind="run.started", obj=run, run_id=run.pk, payload={"kind": kind}
    )
    ring(run.pk, STAGES[0])
    return run


@transaction.atomic
def run_retry(*, run: PipelineRun, stage: str, actor: User | None) -> PipelineRun:
    """Reset a stage and those after it and go on from there; earlier checkpoints stay.

    Raises: RejectedInput stage_unknown, run_not_retryable.
    """
    if stage not in STAGES:
        raise RejectedInput("stage_unknown", stage=stage)
    run = PipelineRun.objects.select_for_update().get(pk=run.pk)
    first = _first_unfinished(run, wanted=STAGES.index(stage))
    if run.status in LIVE or run.blueprint.runs.filter(status__in=LIVE).exists():
        raise RejectedInput("run_not_retryable", status=run.status)
    for row in run.stages.filter(index__gte=first).order_by("index"):
        row.status = StageStatus.PENDING if row.index == first else StageStatus.BLOCKED
        row.attempt, row.due_at, row.lease_until, row.error_code, row.error_facts = 0, None, None, "", {}
        row.output_digest, row.input_digest, row.progress, row.finished_at = "", "", 0, None
        row.save()
    run.status, run.error_code, run.error_facts = RunStatus.QUEUED, "", {}
    run.cancel_requested_at, run.finished_at, run.percent, run.stage = None, None, 0, STAGES[first]
    run.save()
    record(
        run.blueprint.project.organization_id,
        kind="run.retried",
        obj=run,
        run_id=run.pk,
        payload={"stage": stage},
    )
    ring(run.pk, STAGES[first])
    return run


def _first_unfinished(run: PipelineRun, *, wanted: int) -> int:
    unfinished = run.stages.exclude(status__in=FINISHED).order_by("index").first()
    return min(wanted, unfinished.index) if unfinished is not None else wanted


@transaction.atomic
def run_cancel(*, run: PipelineRun, actor: User | None) -> PipelineRun:
    """End a live run at its present stage, at once; a worker that is busy with it sees that the stage is no longer its own."""
    run = PipelineRun.objects.select_for_update().get(pk=run.pk)
    if run.status not in LIVE:
        return run
    run.cancel_requested_at = timezone.now()
    record(run.blueprint.project.organization_id, kind="run.cancel_requested", obj=run, run_id=run.pk)
    row = run.stages.select_for_update().filter(status__in=OPEN).order_by("index")[:1].get()
    run_end_early(
        run=run, row=row, stage=StageStatus.CANCELLED, status=RunStatus.CANCELLED, code="cancelled", facts={}
    )
    return run


@transaction.atomic
def run_answer(*, run: PipelineRun, answers: Mapping[str, Any], actor: User | None) -> PipelineRun:
    """Keep a person's answers on the project and its questions, and run again with them.

    Raises: RejectedInput answer_unknown, answer_invalid.
    """
    parsed = parse_answers(answers)
    project = run.blueprint.project
    project.answers = {**project.answers, **parsed}
    project.save()
    now = timezone.now()
    for question in run.questions.filter(field__in=parsed):
        question.answer, question.answered_at = str(parsed[question.field])[:200], now
        question.save()
    record(
        project.organization_id,
        kind="run.answered",
        obj=run,
        run_id=run.pk,
        payload={"fields": sorted(parsed)},
    )
    return run_start(blueprint=run.blueprint, actor=actor, options=run.options, kind=RunKind.RECALCULATION)
