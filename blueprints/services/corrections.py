"""What a person knows better than the plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.chain import record
from autohvac.accounts.models import User
from autohvac.core.errors import RejectedInput
from blueprints.answers import parse_answer
from blueprints.models import LIVE, Blueprint, Correction, PipelineRun, RunKind, RunStatus
from blueprints.services.runs import run_start

CORRECTABLE = (
    "name", "type", "conditioned", "area_sqft", "ceiling_height_ft", "kind", "width_ft", "height_ft", "u_factor",
    "shgc", "deleted",
)  # fmt: skip


@transaction.atomic
def correction_add(
    *, blueprint: Blueprint, target_key: str, field: str, value: Any, reason: str, actor: User | None
) -> PipelineRun:
    """Record a correction of a room, an opening or (`target_key` 'facts') a building fact, and recalculate.

    Raises: RejectedInput answer_unknown, answer_invalid.
    """
    if target_key == "facts":
        value = parse_answer(field, value)
    elif field not in CORRECTABLE:
        raise RejectedInput("answer_unknown", field=field, known=", ".join(CORRECTABLE))
    correction = Correction.objects.create(
        blueprint=blueprint, author=actor, target_key=target_key, field=field, value=value, reason=reason
    )
    organization_id = blueprint.project.organization_id
    payload = {"target": target_key, "field": field}
    record(organization_id, kind="plan.corrected", obj=correction, payload=payload)
    _stop_live_run(blueprint)
    options = getattr(blueprint.runs.order_by("-created_at").first(), "options", {})
    return run_start(blueprint=blueprint, actor=actor, options=options, kind=RunKind.RECALCULATION)


def _stop_live_run(blueprint: Blueprint) -> None:
    for run in blueprint.runs.select_for_update().filter(status__in=LIVE):
        run.status, run.cancel_requested_at, run.finished_at = (
            RunStatus.CANCELLED,
            timezone.now(),
            timezone.now(),
        )
        run.save()
        for stage in run.stages.filter(status__in=["pending", "running", "waiting", "blocked"]):
            stage.status, stage.lease_until = "cancelled", None
            stage.save()
