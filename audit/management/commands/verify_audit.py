"""`manage.py verify_audit [--run RUN_ID]`: recompute chains, manifests and file digests."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from audit.chain import breaches
from audit.models import AuditHead
from audit.verify import run_faults
from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from blueprints.models import PipelineRun, StageStatus


class Command(BaseCommand):
    """Check that nothing in the log or in sealed runs was changed."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One run, or everything."""
        parser.add_argument("--run", type=str)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every fault; exit 1 when there is one."""
        runs = list(_runs(options["run"]))
        faults = [f"run {run.pk}: {fault}" for run in runs for fault in run_faults(run)]
        wanted = {run.blueprint.project.organization_id for run in runs} if options["run"] else None
        chains = 0
        for head in AuditHead.objects.all():
            if wanted is None or head.organization_id in wanted:
                chains += 1
                faults += [
                    f"chain {b.organization_id} event {b.seq}: {b.what}"
                    for b in breaches(head.organization_id)
                ]
        for fault in faults:
            self.stdout.write(fault)
        self.stdout.write(f"{chains} chains, {len(runs)} sealed runs, {len(faults)} faults")
        if faults:
            raise SystemExit(1)


def _runs(run_id: str | None) -> Any:
    sealed = PipelineRun.objects.select_related("blueprint__project")
    if run_id is None:
        return sealed.filter(stages__name="audit", stages__status=StageStatus.DONE)
    try:
        found = list(sealed.filter(pk=UUID(run_id)))
    except ValueError:
        found = []
    if not found:
        raise RejectedInput("run_not_found", run=run_id)
    return found
