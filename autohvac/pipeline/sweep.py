"""Repair from the database alone: ring for what is due, take over what a dead worker left. Sweeping twice is harmless."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from autohvac.api.outbox import ring_due
from autohvac.doorbell import ring
from autohvac.pipeline.claims import due
from blueprints.models import LIVE, StageRun, StageStatus


def sweep_once() -> dict[str, int]:
    """One pass; counts of what was found."""
    return {"taken_over": _release_dead_leases(), "rung": _ring_due(), "messages": ring_due()}


def _release_dead_leases() -> int:
    released = 0
    lapsed = StageRun.objects.filter(status=StageStatus.RUNNING, lease_until__lt=timezone.now())
    for pk in lapsed.values_list("pk", flat=True):
        with transaction.atomic():
            row = StageRun.objects.select_for_update().filter(pk=pk, status=StageStatus.RUNNING).first()
            if row is None or row.lease_until is None or row.lease_until >= timezone.now():
                continue
            row.status, row.lease_until, row.due_at = StageStatus.WAITING, None, timezone.now()
            row.error_code = "worker_lost"
            row.save()
            released += 1
    return released


def _ring_due() -> int:
    wanted = StageRun.objects.filter(due()).filter(Q(run__status__in=LIVE) | Q(name="audit"))
    found = list(wanted.values_list("run_id", "name"))
    for run_id, name in found:
        ring(run_id, name)
    return len(found)
