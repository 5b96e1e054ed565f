"""What befalls a run on our side: lost workers, a broken machine, a storage that is gone, a person who stops it."""

from __future__ import annotations

import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from rest_framework.test import APIClient

from autohvac.doorbell import silenced
from autohvac.pipeline import runner
from autohvac.pipeline.claims import claim
from autohvac.pipeline.local import run_to_end
from autohvac.pipeline.sweep import sweep_once
from blueprints.artifacts import artifact_name
from blueprints.models import PipelineRun, StageRun
from blueprints.services.uploads import blueprint_upload
from tests import hostile
from tests.edges.rows import Whole
from tests.factories import make_project
from tests.pipeline.fakes import Recorder, fake_stages
from tests.refusals.doors import OUR_FAILURE, process, refused, run_ended
from tests.refusals.provoke import provokes, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path: Path) -> PipelineRun:
    """An uploaded sound plan that waits for its first stage."""
    with silenced(), hostile.sound_pdf(tmp_path).open("rb") as stream:
        return blueprint_upload(project=make_project(), stream=stream, name="plan.pdf", actor=None)[1]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages that read no plan, where only the runner is tried."""
    stages = fake_stages(Recorder())
    monkeypatch.setattr(runner, "stages", lambda: stages)


def first(run: PipelineRun) -> StageRun:
    return run.stages.get(name="validate")


def lose_a_worker(run: PipelineRun) -> None:
    """A worker takes the first stage and is never heard of again."""
    held = claim(run.pk, "validate")
    assert held is not None
    StageRun.objects.filter(pk=held.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep_once()["taken_over"] == 1


def attempt(run: PipelineRun) -> StageRun:
    """One attempt of the first stage, as soon as it is due."""
    StageRun.objects.filter(run=run, status="waiting").update(due_at=timezone.now() - timedelta(seconds=1))
    with silenced():
        runner.execute_stage(run.pk, "validate")
    return first(run)


@provokes("worker_lost")
def test_a_lost_worker_is_named_and_the_run_goes_on_to_its_end(run: PipelineRun, quick: None) -> None:
    lose_a_worker(run)
    assert (first(run).status, first(run).error_code) == ("waiting", "worker_lost")
    seen(first(run).error_code)
    assert run_to_end(run).status == "completed"


@provokes("attempts_exhausted")
def test_a_stage_that_kills_every_worker_is_given_up(run: PipelineRun, quick: None) -> None:
    for _ in range(django_settings.PIPELINE_MAX_ATTEMPTS):
        lose_a_worker(run)
    attempt(run)
    run_ended(run, "attempts_exhausted", status="failed")
    assert run.error_facts == {"attempts": 5, "last": "worker_lost"}


@provokes("stage_failed")
def test_a_machine_without_room_for_temporary_files_fails_the_stage(
    run: PipelineRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    attempt(run)
    attempt(run)
    run_ended(run, "stage_failed", status="failed")


@provokes("stage_failed")
def test_the_command_with_a_broken_reader_shows_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    refused(process(hostile.sound_pdf(tmp_path)), "stage_failed", status=OUR_FAILURE)
    assert caplog.records == []  # the log goes to stderr too
    process(hostile.sound_pdf(tmp_path), "--traceback")
    assert any(record.exc_info for record in caplog.records)


@provokes("internal_error")
def test_the_command_on_such_a_machine_says_that_it_is_our_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = hostile.sound_pdf(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    refused(process(plan), "internal_error", status=OUR_FAILURE)


@provokes("storage_unavailable")
def test_a_storage_that_is_gone_is_waited_for_and_then_the_stage_is_done(
    run: PipelineRun, tmp_path: Path, settings: Any
) -> None:
    sound = settings.STORAGES
    hostile.storage_on_a_file(settings, tmp_path)
    waiting = attempt(run)
    assert (waiting.status, waiting.error_code) == ("waiting", "storage_unavailable")
    seen(waiting.error_code)
    settings.STORAGES = sound
    assert attempt(run).status == "done"


@provokes("storage_unavailable")
def test_a_storage_that_stays_away_ends_the_run(run: PipelineRun, tmp_path: Path, settings: Any) -> None:
    hostile.storage_on_a_file(settings, tmp_path)
    for _ in range(settings.PIPELINE_MAX_ATTEMPTS):
        attempt(run)
    run_ended(run, "storage_unavailable", status="failed")


@provokes("storage_unavailable")
def test_the_command_without_storage(tmp_path: Path, settings: Any) -> None:
    hostile.storage_on_a_file(settings, tmp_path)
    refused(process(hostile.sound_pdf(tmp_path)), "storage_unavailable", status=OUR_FAILURE)


def test_a_torn_checkpoint_is_written_anew(run: PipelineRun) -> None:
    digest = attempt(run).output_digest
    name = artifact_name(digest)
    whole = default_storage.open(name, "rb").read()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(whole[:40]))
    StageRun.objects.filter(run=run, name="validate").update(status="pending")
    assert attempt(run).output_digest == digest
    assert default_storage.open(name, "rb").read() == whole


@provokes("cancelled")
def test_a_person_stops_a_run(api: APIClient, whole: Whole) -> None:
    run = whole.started
    assert api.post(f"/api/v1/runs/{run.pk}/cancel").status_code == 202
    attempt(run)
    run_ended(run, "cancelled", status="cancelled")
    assert api.get(f"/api/v1/runs/{run.pk}").json()["status"] == "cancelled"
