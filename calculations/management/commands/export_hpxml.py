"""`manage.py export_hpxml RUN_ID OUT.xml`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from blueprints.models import PipelineRun
from calculations.exports import hpxml_of


class Command(BaseCommand):
    """Write the house of a run as HPXML."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The run and the file."""
        parser.add_argument("run_id")
        parser.add_argument("out", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Export."""
        try:
            run = PipelineRun.objects.filter(pk=UUID(options["run_id"]), calculation__isnull=False).first()
        except ValueError:
            run = None
        if run is None:
            raise RejectedInput("run_not_found", run=options["run_id"])
        options["out"].write_bytes(hpxml_of(run))
        self.stdout.write(f"wrote {options['out']}")
