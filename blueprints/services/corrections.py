"""What a person knows better than the plan."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from audit.chain import record
from autohvac.accounts.models import User
from autohvac.core.errors import RejectedInput
from blueprints.changes import CHANGE, UNDONE, Change, changes_of
from blueprints.models import LIVE, Blueprint, Correction, PipelineRun, RunKind
from blueprints.services.runs import run_cancel, run_start
from blueprints.targets import Edit, Plan


@transaction.atomic
def corrections_add(
    *, blueprint: Blueprint, edits: Sequence[Edit], reason: str, actor: User | None
) -> PipelineRun:
    """Record corrections of rooms, openings and facts as one change, and recalculate once.

    Raises: RejectedInput answer_unknown, answer_invalid, edit_impossible; then nothing is recorded.
    """
    plan, change = Plan(blueprint), uuid.uuid4()
    rows = [
        Correction.objects.create(
            blueprint=blueprint, author=actor, change=change, reason=reason, target_key=edit.target_key,
            field=edit.field, value=edit.value, before=edit.before, anchor=edit.anchor,
        )
        for edit in [plan.prepared(edit) for edit in edits]
    ]  # fmt: skip
    payload = {"change": str(change), "edits": [{"target": r.target_key, "field": r.field} for r in rows]}
    record(blueprint.project.organization_id, kind="plan.corrected", obj=rows[0], payload=payload)
    return _recalculation(blueprint, actor)


@transaction.atomic
def change_undo(*, blueprint: Blueprint, change: uuid.UUID, actor: User | None) -> PipelineRun:
    """Take a change back: a row of its own, nothing is deleted; taking that back brings the change again.

    Raises: RejectedInput answer_unknown when there is no such change or it does not stand.
    """
    found = next((c for c in changes_of(blueprint) if c.id == change and c.stands), None)
    if found is None:
        raise RejectedInput("answer_unknown", field="change", value=str(change))
    row = Correction.objects.create(
        blueprint=blueprint,
        author=actor,
        target_key=CHANGE,
        field=UNDONE,
        value=str(change),
        before=_said(found),
    )
    record(blueprint.project.organization_id, kind="plan.undone", obj=row, payload={"change": str(change)})
    return _recalculation(blueprint, actor)


def _said(change: Change) -> dict[str, object]:
    first = change.rows[0]
    return {"name": first.before.get("name", ""), "value": first.field}


def _recalculation(blueprint: Blueprint, actor: User | None) -> PipelineRun:
    for run in blueprint.runs.filter(status__in=LIVE):
        run_cancel(run=run, actor=actor)
    options = getattr(blueprint.runs.order_by("-created_at").first(), "options", {})
    return run_start(blueprint=blueprint, actor=actor, options=options, kind=RunKind.RECALCULATION)
