"""Claim, lease and fence: two workers never do one stage, a dead worker's stage is taken over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from blueprints.models import StageRun, StageStatus

CLAIMABLE = (StageStatus.PENDING, StageStatus.WAITING, StageStatus.RUNNING)
LONGEST_WAIT_S = 900.0
CLOCKS_DIFFER_S = 60.0


class LostClaim(Exception):
    """Somebody else owns the stage now: leave without a trace."""


def lease_end() -> Any:
    """When a lease taken or renewed now runs out."""
    return timezone.now() + timedelta(seconds=settings.PIPELINE_LEASE_S)


def lapsed() -> Q:
    """Leases that ran out, or that end later than any lease of now can: the clock was put back since."""
    latest = lease_end() + timedelta(seconds=CLOCKS_DIFFER_S)
    return Q(lease_until__lt=timezone.now()) | Q(lease_until__gt=latest)


def due() -> Q:
    """Stages that may be claimed now; a wait longer than any we set was written before the clock was put back."""
    now = timezone.now()
    latest = now + timedelta(seconds=LONGEST_WAIT_S + CLOCKS_DIFFER_S)
    waited = Q(due_at__isnull=True) | Q(due_at__lte=now) | Q(due_at__gt=latest)
    return (Q(lease_until__isnull=True) | lapsed()) & waited & Q(status__in=CLAIMABLE)


def claim(run_id: UUID, name: str) -> StageRun | None:
    """Take the stage; None if it is not due, held by another, or used up its attempts.

    An attempt is counted when it starts: a worker that dies never gets to count.
    """
    with transaction.atomic():
        rows = StageRun.objects.filter(
            due(), run_id=run_id, name=name, attempt__lt=settings.PIPELINE_MAX_ATTEMPTS
        )
        taken = rows.update(
            status=StageStatus.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=lease_end(),
            started_at=timezone.now(),
        )
        if not taken:
            return None
        stage = StageRun.objects.get(run_id=run_id, name=name)
        stage.save()  # the same values again, for the history
        return stage


def renew(stage: StageRun, *, share: float, what: str) -> None:
    """Heartbeat with progress; raises LostClaim when the stage is no longer ours."""
    mine = StageRun.objects.filter(pk=stage.pk, attempt=stage.attempt, status=StageStatus.RUNNING)
    if not mine.update(lease_until=lease_end(), progress=share, progress_text=what[:200]):
        raise LostClaim


def fenced(stage: StageRun) -> StageRun:
    """The stage row locked, still ours; call inside the committing transaction. Raises LostClaim."""
    row = (
        StageRun.objects.select_for_update()
        .filter(pk=stage.pk, attempt=stage.attempt, status=StageStatus.RUNNING)
        .first()
    )
    if row is None:
        raise LostClaim
    return row
