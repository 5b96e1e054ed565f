"""Deeds of review."""

from __future__ import annotations

from django.db import transaction

from audit.chain import record
from autohvac.accounts.models import User
from blueprints.models import FINISHED, LIVE, PipelineRun, ReviewItem, RunStatus
from blueprints.models.review import ReviewStatus
from blueprints.services.runs import run_retry


@transaction.atomic
def review_close(*, item: ReviewItem, status: str, actor: User | None) -> ReviewItem:
    """Confirm an item, or mark it corrected or open again."""
    item.status = ReviewStatus(status)
    item.assignee = actor
    item.save()
    organization_id = item.run.blueprint.project.organization_id
    record(
        organization_id,
        kind=f"review.{item.status}",
        obj=item,
        run_id=item.run_id,
        payload={"field": item.field},
    )
    _report_again(item.run, actor)
    return item


def _report_again(run: PipelineRun, actor: User | None) -> None:
    """The last item closed makes the report final, one opened again makes it a draft: write it anew."""
    is_open = run.review_items.filter(status=ReviewStatus.OPEN).exists()
    stale = RunStatus.COMPLETED if is_open else RunStatus.NEEDS_REVIEW
    live = run.blueprint.runs.filter(status__in=LIVE).exists()
    if run.status == stale and not live and run.stages.filter(name="report", status__in=FINISHED).exists():
        run_retry(run=run, stage="report", actor=actor)
