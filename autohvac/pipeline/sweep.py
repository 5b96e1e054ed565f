"""Repair from the database alone: ring for what is due, take over what a dead worker left. Sweeping twice is harmless."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from autohvac.api.outbox import ring_due
from autohvac.doorbell import queue_size, ring
from autohvac.pipeline.claims import lapsed
from autohvac.pipeline.fair import waiting
from blueprints.models import StageRun, StageStatus


def sweep_once() -> dict[str, int]:
    """One pass; counts of what was found."""
    return {"taken_over": _release_dead_leases(), "rung": _ring_due(), "messages": ring_due()}


def _release_dead_leases() -> int:
    released = 0
    for pk in StageRun.objects.filter(lapsed(), status=StageStatus.RUNNING).values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                StageRun.objects.select_for_update()
                .filter(lapsed(), pk=pk, status=StageStatus.RUNNING)
                .first()
            )
            if row is None:
                continue
            row.status, row.lease_until, row.due_at = StageStatus.WAITING, None, timezone.now()
            row.error_code = "worker_lost"
            row.save()
            released += 1
    return released


def _ring_due() -> int:
    """One message in the queue for each stage that waits: any message serves any stage, so only the missing are rung."""
    found = list(waiting().values_list("run_id", "name"))
    missing = found[: max(0, len(found) - queue_size())]
    for run_id, name in missing:
        ring(run_id, name)
    return len(missing)
