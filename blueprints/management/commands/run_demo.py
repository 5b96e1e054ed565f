"""`manage.py run_demo`: the sample plan through all eight stages on the real queue, with a progress bar."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from audit.context import acting
from autohvac.accounts.models import Customer, Membership, Organization
from autohvac.commands import OUR_FAILURE
from autohvac.commands import Command as BaseCommand
from autohvac.messages import error_text
from autohvac.progress import Bar
from blueprints.management.commands.process_blueprint import summary_lines
from blueprints.models import LIVE, PipelineRun, Project
from blueprints.sample.draw import draw_sample
from blueprints.selectors import last_run, run_progress
from blueprints.services.projects import project_create
from blueprints.services.uploads import blueprint_upload
from reports.selectors import analysis_of, reports_of

ZIP, FRONT, NAME = "52401", "S", "Sample house"
LONGEST_S = 900


class Command(BaseCommand):
    """Run the demo; a second time it shows the report that is there."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Upload, wait for the cluster, print."""
        owner = Membership.objects.select_related("user", "organization").get(
            organization__slug="demo", role="owner"
        )
        plan = draw_sample(settings.BASE_DIR / "var" / "sample-plan.pdf")
        with acting(owner.user, source="command", reason="demo"):
            project = self._project(owner.organization, owner.user)
            with plan.open("rb") as stream:
                blueprint, run = blueprint_upload(
                    project=project, stream=stream, name=plan.name, actor=owner.user
                )
        run = last_run(blueprint) or run
        if run.status in LIVE:
            self._wait(run)
        self._report(run)

    def _project(self, organization: Organization, actor: Any) -> Project:
        existing = Project.objects.filter(organization=organization, name=NAME).first()
        customer = Customer.objects.filter(organization=organization).first()
        return existing or project_create(
            organization=organization, actor=actor, name=NAME, zip_code=ZIP, front=FRONT, customer=customer,
            address="100 Sample Street, Cedar Rapids, IA",
        )  # fmt: skip

    def _wait(self, run: PipelineRun) -> None:
        cluster = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "qcluster"],
            stdout=(settings.BASE_DIR / "var" / "cluster.log").open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            self._watch(run)
        finally:
            os.killpg(cluster.pid, signal.SIGINT)
            try:
                cluster.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(cluster.pid, signal.SIGKILL)

    def _watch(self, run: PipelineRun) -> None:
        end = time.monotonic() + LONGEST_S
        with Bar(self.stderr) as bar:
            while run.status in LIVE and time.monotonic() < end:
                progress = run_progress(run)
                bar.show(progress["percent"], progress["stage"])
                time.sleep(0.3)
                run.refresh_from_db()
            while run.status not in LIVE and not _sealed(run) and time.monotonic() < end:
                time.sleep(0.2)
            bar.show(run.percent, run.status)

    def _report(self, run: PipelineRun) -> None:
        if run.status in ("failed", "cancelled") or run.status in LIVE:
            self.stderr.write(
                f"error[{run.error_code or run.status}]: {error_text(run.error_code, **run.error_facts)}"
            )
            raise SystemExit(OUR_FAILURE)
        self.stdout.write(f"run {run.pk}: {run.status}")
        for line in summary_lines(analysis_of(run)):
            self.stdout.write(line)
        for report in reports_of(run):
            self.stdout.write(f"{report.format}: {_shown_path(report.file.name)}")


def _sealed(run: PipelineRun) -> bool:
    return run.stages.filter(name="audit", status="done").exists()


def _shown_path(name: str) -> str:
    """A path under the clone for local files, the storage name otherwise."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return name
    inside = path.is_relative_to(settings.BASE_DIR)
    return str(path.relative_to(settings.BASE_DIR)) if inside else str(path)
