"""Turns between firms: a thousand uploads of one do not keep another waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from autohvac import doorbell
from autohvac.accounts.models import Organization
from autohvac.pipeline import runner, sweep
from autohvac.pipeline.fair import FIRM, next_stage
from autohvac.pipeline.tasks import run_stage
from blueprints.models import PipelineRun, RunKind, StageRun
from blueprints.services.runs import run_start
from tests.factories import make_blueprint, make_firm, make_project
from tests.pipeline.fakes import Recorder, fake_stages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stages = fake_stages(Recorder())
    monkeypatch.setattr(runner, "stages", lambda: stages)
    with doorbell.silenced():
        yield


def uploads(firm: Organization, count: int) -> list[PipelineRun]:
    project = make_project(firm)
    return [run_start(blueprint=make_blueprint(project), actor=None) for _ in range(count)]


def firms_served(first: PipelineRun, turns: int) -> list[Any]:
    """The firms of the stages that `turns` rings for one run are spent on."""
    served = []
    for _ in range(turns):
        run_id, name = next_stage(first.pk, "validate")
        served.append(StageRun.objects.filter(run_id=run_id, name=name).values_list(FIRM, flat=True).get())
        runner.execute_stage(run_id, name)
    return served


def test_a_late_single_upload_is_served_in_turn() -> None:
    crowd, single = make_firm(), make_firm()
    first = uploads(crowd, 20)[0]
    firms_served(first, 5)
    late = uploads(single, 1)[0]
    served = firms_served(first, 16)
    assert served.count(single.pk) == 8  # every other turn until its eight stages are done
    late.refresh_from_db()
    assert late.status == "completed"


def test_a_firms_own_runs_end_one_after_the_other() -> None:
    runs = uploads(make_firm(), 3)
    for _ in range(8):
        run_stage(str(runs[2].pk), "validate")
    states = [PipelineRun.objects.get(pk=run.pk).status for run in runs]
    assert states == ["completed", "queued", "queued"]


def test_an_edit_goes_before_waiting_uploads() -> None:
    runs = uploads(make_firm(), 4)
    runs[3].kind = RunKind.RECALCULATION
    runs[3].save()
    assert next_stage(runs[0].pk, "validate")[0] == runs[3].pk


def test_a_firm_that_holds_a_worker_waits_for_the_one_that_holds_none() -> None:
    busy, idle = make_firm(), make_firm()
    held = uploads(busy, 2)[0]
    other = uploads(idle, 1)[0]
    now = timezone.now()
    StageRun.objects.filter(run=held, name="validate").update(
        status="running", lease_until=now + timedelta(seconds=60), started_at=now - timedelta(minutes=30)
    )
    StageRun.objects.filter(run=other, name="validate").update(started_at=now)
    assert next_stage(held.pk, "validate")[0] == other.pk


def test_with_nothing_waiting_the_ring_is_taken_as_it_is() -> None:
    run = uploads(make_firm(), 1)[0]
    StageRun.objects.filter(run=run).update(status="done")
    assert next_stage(run.pk, "loads") == (run.pk, "loads")


def test_a_sweep_rings_only_for_what_no_message_is_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    uploads(make_firm(), 5)
    rung: list[Any] = []
    monkeypatch.setattr(sweep, "ring", lambda run_id, name: rung.append(run_id))
    monkeypatch.setattr(sweep, "queue_size", lambda: 3)
    assert sweep.sweep_once()["rung"] == len(rung) == 2
