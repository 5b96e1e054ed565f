"""The runner's guarantees: one result per stage, takeover, fence, retry ladder, dead letter, cancel, reuse."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from audit.chain import breaches
from audit.models import AuditEvent
from autohvac.api.models import Webhook
from autohvac.core.errors import NeedsInput, RejectedInput, Transient
from autohvac.core.stage import STAGES
from autohvac.pipeline import runner
from autohvac.pipeline.claims import LostClaim, claim, fenced
from autohvac.pipeline.local import run_to_end
from autohvac.pipeline.sweep import sweep_once
from autohvac.pipeline.workdirs import remove_old
from blueprints.models import PipelineRun, StageRun
from blueprints.services.runs import run_cancel, run_retry, run_start
from tests.factories import make_blueprint
from tests.pipeline.fakes import Recorder, fake_stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder()
    stages = fake_stages(made)
    monkeypatch.setattr(runner, "stages", lambda: stages)
    return made


@pytest.fixture
def run(recorder: Recorder) -> PipelineRun:
    return run_start(blueprint=make_blueprint(), actor=None)


def states(run: PipelineRun) -> list[str]:
    return list(run.stages.order_by("index").values_list("status", flat=True))


def past_due(run: PipelineRun) -> None:
    StageRun.objects.filter(run=run, status="waiting").update(due_at=timezone.now() - timedelta(seconds=1))


def execute_all(run: PipelineRun) -> None:
    for name in STAGES:
        runner.execute_stage(run.pk, name)


def test_all_eight_stages_run_once_in_order_and_the_run_completes(
    run: PipelineRun, recorder: Recorder
) -> None:
    run_to_end(run)
    assert recorder.computed == list(STAGES)
    assert recorder.saved == list(STAGES)
    assert (run.status, run.percent) == ("completed", 100.0)


def test_a_stage_out_of_turn_is_not_run(run: PipelineRun, recorder: Recorder) -> None:
    assert runner.execute_stage(run.pk, "loads") == "not due"
    assert recorder.computed == []


def test_a_doubled_message_changes_nothing(run: PipelineRun, recorder: Recorder) -> None:
    runner.execute_stage(run.pk, "validate")
    runner.execute_stage(run.pk, "validate")
    assert recorder.computed == ["validate"]


def test_a_second_worker_cannot_claim_a_held_stage(run: PipelineRun) -> None:
    assert claim(run.pk, "validate") is not None
    assert claim(run.pk, "validate") is None


def test_a_dead_workers_stage_is_taken_over_and_the_dead_one_is_fenced_out(
    run: PipelineRun, recorder: Recorder
) -> None:
    dead = claim(run.pk, "validate")
    assert dead is not None
    StageRun.objects.filter(pk=dead.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep_once()["taken_over"] == 1
    runner.execute_stage(run.pk, "validate")
    with pytest.raises(LostClaim):
        fenced(dead)
    assert states(run)[:2] == ["done", "pending"]
    assert recorder.saved == ["validate"]


def test_rejected_input_fails_the_run_at_once_and_is_sealed(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["pages"] = [RejectedInput("no_floor_plan", pages=3)]
    run_to_end(run)
    assert (run.status, run.error_code, run.error_facts) == ("failed", "no_floor_plan", {"pages": 3})
    assert states(run) == ["done", "failed", *["blocked"] * 5, "done"]


def test_a_question_stops_the_run_and_waits(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["loads"] = [NeedsInput("answer_needed", questions=["scale:1:0"])]
    run_to_end(run)
    assert run.status == "needs_input"
    assert run.stages.get(name="loads").status == "waiting_input"


def test_a_passing_fault_is_tried_again_with_growing_waits(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["validate"] = [Transient("storage_unavailable"), Transient("storage_unavailable")]
    waits = []
    for _ in range(2):
        runner.execute_stage(run.pk, "validate")
        row = run.stages.get(name="validate")
        assert row.status == "waiting"
        waits.append((row.due_at - timezone.now()).total_seconds())
        past_due(run)
    runner.execute_stage(run.pk, "validate")
    assert run.stages.get(name="validate").status == "done"
    assert 14 < waits[0] <= 30 < 31 <= waits[1] + 31
    assert waits[1] > 28


def test_every_attempt_that_ends_badly_is_a_line_of_the_log_with_its_run(
    run: PipelineRun, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.errors["validate"] = [Transient("storage_unavailable")]
    runner.execute_stage(run.pk, "validate")
    line = f"stage=validate run={run.pk} attempt=1 outcome=waiting code=storage_unavailable"
    assert line in caplog.messages


def test_a_full_disk_is_a_passing_fault(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["validate"] = [OSError(errno.ENOSPC, "No space left on device")]
    runner.execute_stage(run.pk, "validate")
    row = run.stages.get(name="validate")
    assert (row.status, row.error_code) == ("waiting", "storage_unavailable")
    past_due(run)
    run_to_end(run)
    assert run.status == "completed"


@pytest.mark.parametrize(
    "left", [{"status": "waiting", "lease_until": None}, {"status": "running", "due_at": None}]
)
def test_what_was_written_before_the_clock_was_put_back_does_not_wait(
    run: PipelineRun, recorder: Recorder, left: dict[str, Any]
) -> None:
    later = timezone.now() + timedelta(days=1)
    StageRun.objects.filter(run=run, name="validate").update(
        **{"due_at": later, "lease_until": later, **left}
    )
    sweep_once()
    runner.execute_stage(run.pk, "validate")
    assert recorder.computed == ["validate"]


def test_our_bug_is_tried_once_more_and_then_dead_with_a_code(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["text"] = [ValueError("bug"), ValueError("bug")]
    run_to_end(run)
    row = run.stages.get(name="text")
    assert (row.status, row.attempt, run.status, run.error_code) == ("dead", 2, "failed", "stage_failed")


def test_a_stage_that_kills_every_worker_is_given_up_after_its_attempts(
    run: PipelineRun, settings: Any
) -> None:
    for _ in range(settings.PIPELINE_MAX_ATTEMPTS):
        assert claim(run.pk, "validate") is not None
        StageRun.objects.filter(run=run, name="validate").update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
    runner.execute_stage(run.pk, "validate")
    run.refresh_from_db()
    assert (run.status, run.error_code) == ("failed", "attempts_exhausted")


def test_retry_from_a_stage_keeps_earlier_checkpoints(run: PipelineRun, recorder: Recorder) -> None:
    recorder.errors["loads"] = [RejectedInput("house_invalid")]
    run_to_end(run)
    run = run_retry(run=run, stage="loads", actor=None)
    run_to_end(run)
    assert run.status == "completed"
    assert recorder.computed.count("geometry") == 1
    assert recorder.computed.count("loads") == 2


def test_a_second_run_with_the_same_inputs_reuses_every_checkpoint(
    run: PipelineRun, recorder: Recorder
) -> None:
    run_to_end(run)
    again = run_start(blueprint=run.blueprint, actor=None)
    run_to_end(again)
    assert recorder.computed == list(STAGES)
    assert all(row.reused for row in again.stages.all())
    assert [r.output_digest for r in run.stages.all()] == [r.output_digest for r in again.stages.all()]


def test_cancel_stops_before_the_next_stage_and_seals(run: PipelineRun, recorder: Recorder) -> None:
    runner.execute_stage(run.pk, "validate")
    run_cancel(run=run, actor=None)
    run.refresh_from_db()
    run_to_end(run)
    assert run.status == "cancelled"
    assert recorder.computed == ["validate", "audit"]


@pytest.mark.parametrize("stage", STAGES[:-1])
def test_a_cancel_asked_for_while_a_stage_computes_ends_the_run_there(
    stage: str, run: PipelineRun, recorder: Recorder
) -> None:
    recorder.meanwhile[stage] = lambda: run_cancel(run=run, actor=None)
    run_to_end(run)
    assert (run.status, run.stages.get(name=stage).status) == ("cancelled", "cancelled")
    assert stage not in recorder.saved
    assert run.cancel_requested_at is not None


def test_a_cancel_between_the_look_and_the_claim_is_not_written_over(
    run: PipelineRun, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled_first(run_id: Any, name: str) -> Any:
        row = claim(run_id, name)
        if name == "pages":
            run_cancel(run=run, actor=None)
        return row

    monkeypatch.setattr(runner, "claim", cancelled_first)
    execute_all(run)
    run.refresh_from_db()
    assert (run.status, states(run)[:3], recorder.computed) == (
        "cancelled",
        ["done", "cancelled", "blocked"],
        ["validate", "audit"],
    )


def test_a_queued_run_is_cancelled_without_a_worker_and_tells_of_it(run: PipelineRun) -> None:
    hook = Webhook.objects.create(organization=run.blueprint.project.organization, url="https://a.example")
    run_cancel(run=run, actor=None)
    run.refresh_from_db()
    assert (run.status, run.error_code, states(run)[0]) == ("cancelled", "cancelled", "cancelled")
    assert hook.deliveries.get().event == "run.cancelled"
    assert runner.execute_stage(run.pk, "audit") == "done"


def test_one_live_run_per_blueprint(run: PipelineRun) -> None:
    assert run_start(blueprint=run.blueprint, actor=None).pk == run.pk


def test_every_stage_leaves_an_event_in_an_unbroken_chain(run: PipelineRun) -> None:
    run_to_end(run)
    organization_id = run.blueprint.project.organization_id
    kinds = AuditEvent.objects.filter(run_id=run.pk).values_list("kind", flat=True)
    assert {f"stage.{name}" for name in STAGES} <= set(kinds)
    assert list(breaches(organization_id)) == []


def test_a_changed_event_is_found(run: PipelineRun) -> None:
    run_to_end(run)
    organization_id = run.blueprint.project.organization_id
    event = AuditEvent.objects.filter(organization_id=organization_id)[2]
    AuditEvent.objects.filter(pk=event.pk).update(actor_label="someone else")
    assert [breach.what for breach in breaches(organization_id)] == ["was changed"]


def test_status_changes_are_history_with_the_stage_as_reason(run: PipelineRun) -> None:
    run_to_end(run)
    reasons = set(run.history.values_list("history_change_reason", flat=True))
    assert {f"stage {name}" for name in STAGES} <= reasons


def test_progress_never_goes_back(run: PipelineRun, recorder: Recorder) -> None:
    seen: list[float] = []
    run_to_end(run, observer=lambda r: seen.append(r.percent))
    assert seen == sorted(seen)
    assert seen[-1] == 100.0


def test_work_folders_of_killed_workers_are_removed_a_day_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name, age_s in (("autohvac-old", 90_000), ("autohvac-new", 60), ("other", 90_000)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, times=(time.time() - age_s, time.time() - age_s))
    assert remove_old() == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["autohvac-new", "other"]
