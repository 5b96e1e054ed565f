"""From draft to final: the last item verified writes the report anew, and a later run keeps what was verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from django.core.files.storage import default_storage

from autohvac.doorbell import silenced
from autohvac.pipeline.local import run_to_end
from blueprints.models import PipelineRun
from blueprints.services.reviews import review_close
from blueprints.services.runs import run_start
from blueprints.services.uploads import blueprint_upload
from reports.models import Report
from tests.factories import make_project, make_user
from tests.small_plans import draw_small_plan

pytestmark = pytest.mark.django_db


def first_page(run: PipelineRun) -> str:
    report = Report.objects.filter(calculation__run=run, format="pdf").exclude(status="superseded").get()
    with pymupdf.open(stream=default_storage.open(report.file.name).read()) as document:
        return document[0].get_text()


def test_the_last_item_verified_makes_the_report_final(tmp_path: Path, settings: Any) -> None:
    with silenced():
        project = make_project(front="S", year_built=2019)
        with draw_small_plan(tmp_path / "plan.pdf").open("rb") as stream:
            blueprint, run = blueprint_upload(project=project, stream=stream, name="plan.pdf", actor=None)
        run = run_to_end(run)
        assert run.status == "needs_review"
        assert "DRAFT" in first_page(run)
        actor = make_user()
        for item in run.review_items.all():
            review_close(item=item, status="confirmed", actor=actor)
        run.refresh_from_db()
        assert run.status == "queued"
        run = run_to_end(run)
        assert run.status == "completed"
        assert "DRAFT" not in first_page(run)
        again = run_to_end(run_start(blueprint=blueprint, actor=actor))
        assert again.status == "completed"
        review_close(item=again.review_items.all()[0], status="open", actor=actor)
        again.refresh_from_db()
        assert run_to_end(again).status == "needs_review"
        assert "DRAFT" in first_page(again)
