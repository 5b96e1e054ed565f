"""Which stage a free worker takes: any ring serves the firm that has waited longest, not the one that rang most.

A message of the queue says that there is work; the database says which is next. So a thousand uploads of one firm and one
of another are served in turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from autohvac.core.stage import STAGES
from autohvac.pipeline.claims import due
from blueprints.models import LIVE, RunKind, StageRun, StageStatus

FIRM = "run__blueprint__project__organization_id"
REMEMBERED = timedelta(hours=1)
LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def waiting() -> QuerySet[StageRun]:
    """Stages that a worker may take now."""
    return StageRun.objects.filter(due()).filter(Q(run__status__in=LIVE) | Q(name=STAGES[-1]))


def next_stage(run_id: UUID, name: str) -> tuple[UUID, str]:
    """The stage to take for a ring; the one that was rung for when nothing is known to wait."""
    firms = set(waiting().order_by().values_list(FIRM, flat=True).distinct())
    if not firms:
        return run_id, name
    firm = min(firms, key=_service_of(firms))
    row = waiting().filter(**{FIRM: firm}).select_related("run").order_by("run__created_at", "index")
    edits_first = sorted(row[:200], key=lambda stage: stage.run.kind != RunKind.RECALCULATION)
    found = edits_first[0] if edits_first else None
    return (found.run_id, found.name) if found is not None else (run_id, name)


def _service_of(firms: Iterable[UUID]) -> Any:
    """Sort key of a firm: how much of it runs now, then when it was last served."""
    rows = StageRun.objects.filter(**{f"{FIRM}__in": list(firms)}).order_by()
    running = dict(
        rows.filter(status=StageStatus.RUNNING, lease_until__gt=timezone.now())
        .values_list(FIRM).annotate(n=Count("pk"))
    )  # fmt: skip
    served = dict(
        rows.filter(started_at__gt=timezone.now() - REMEMBERED)
        .values_list(FIRM)
        .annotate(at=Max("started_at"))
    )
    return lambda firm: (running.get(firm, 0), served.get(firm, LONG_AGO), str(firm))
