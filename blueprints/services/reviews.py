"""Deeds of review."""

from __future__ import annotations

from django.db import transaction

from audit.chain import record
from autohvac.accounts.models import User
from blueprints.models import ReviewItem
from blueprints.models.review import ReviewStatus


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
    return item
