"""How a run ends before its last stage: its stage, the firm's webhooks, the audit chain and the seal, in one commit."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from audit.chain import record
from autohvac.api.outbox import announce
from autohvac.core.stage import STAGES
from autohvac.doorbell import ring
from blueprints.models import FINISHED, PipelineRun, RunStatus, StageRun, StageStatus


def run_hold(run: PipelineRun) -> None:
    """Lock the run's row and see it as it is now, so that nothing others wrote meanwhile is written over.

    Whoever locks a run and its stages locks the run first.
    """
    held = PipelineRun.objects.select_for_update(of=("self",)).select_related(
        "blueprint__project", "started_by"
    )
    run.refresh_from_db(from_queryset=held)


def run_end_early(
    *,
    run: PipelineRun,
    row: StageRun,
    stage: StageStatus,
    status: RunStatus,
    code: str,
    facts: dict[str, Any],
) -> None:
    """End a held run at a stage, tell of it, and ring for the seal; call inside a transaction."""
    if stage != StageStatus.CANCELLED or row.name != STAGES[-1]:  # a cancelled run is sealed all the same
        row.status, row.due_at, row.lease_until = stage, None, None
        row.error_code, row.error_facts, row.finished_at = code, facts, timezone.now()
        row.save()
    run.status, run.error_code, run.error_facts = status, code, facts
    run.finished_at = timezone.now()
    run.save()
    announce(run)
    record(
        run.blueprint.project.organization_id,
        kind=f"run.{status.value}",
        obj=run,
        run_id=run.pk,
        payload={"stage": row.name, "code": code},
    )
    _seal(run, row)


def _seal(run: PipelineRun, row: StageRun) -> None:
    """A run that ends early is sealed too; one that waits for an answer is sealed as it stands."""
    if row.name == STAGES[-1]:
        return
    seal = run.stages.get(name=STAGES[-1])
    if seal.status not in FINISHED:
        seal.status = StageStatus.PENDING
        seal.save()
        ring(run.pk, seal.name)
