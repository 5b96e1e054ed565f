"""The pipeline page: figures of one's own firms, alerts for operators, no query per row."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from autohvac.doorbell import silenced
from autohvac.monitor.models import Alert, AlertKind
from blueprints.models import PipelineRun, StageRun
from blueprints.services.runs import run_start
from tests.edges.rows import make_whole
from tests.factories import make_blueprint, make_user

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def firm(db: Any) -> Any:
    whole = make_whole(is_staff=True)
    stage = whole.started.stages.get(name="text")
    stage.status, stage.error_code, stage.attempt = "dead", "stage_failed", 2
    stage.save()
    return whole


def test_staff_see_their_own_runs_faults_and_dead_letters(firm: Any) -> None:
    body = signed_in(firm.user).get("/admin/pipeline/").content.decode()
    assert "stage_failed" in body
    assert firm.started.blueprint.original_name in body


def test_another_firm_sees_none_of_it(firm: Any) -> None:
    stranger = make_whole(is_staff=True)
    body = signed_in(stranger.user).get("/admin/pipeline/").content.decode()
    assert "stage_failed" not in body
    assert str(firm.started.pk) not in body


def test_alerts_are_for_operators(firm: Any) -> None:
    Alert.objects.create(kind=AlertKind.QUEUE_OLD, value=2000, low=0, high=900)
    operator = make_user(is_staff=True, is_superuser=True)
    assert 'role="alert"' in signed_in(operator).get("/admin/pipeline/").content.decode()
    assert 'role="alert"' not in signed_in(firm.user).get("/admin/pipeline/").content.decode()


def test_the_refresh_brings_the_figures_only(firm: Any) -> None:
    body = signed_in(firm.user).get("/admin/pipeline/?part=1").content.decode()
    assert "<html" not in body
    assert "stage_failed" in body


@pytest.mark.parametrize("asked", ["one", "all"])
def test_what_was_given_up_is_tried_again_with_one_click(firm: Any, asked: str) -> None:
    run = firm.started
    PipelineRun.objects.filter(pk=run.pk).update(status="failed", error_code="stage_failed")
    run.stages.filter(index__lt=3).update(status="done")
    dead = run.stages.get(name="text")
    data = {"all": "1"} if asked == "all" else {"stage": str(dead.pk)}
    with silenced():
        answer = signed_in(firm.user).post("/admin/pipeline/retry/", data, follow=True)
    dead.refresh_from_db()
    run.refresh_from_db()
    assert (dead.status, dead.attempt, run.status, run.stage) == ("pending", 0, "queued", "text")
    assert run.blueprint.original_name in answer.content.decode()


def test_another_firms_dead_letters_stay(firm: Any) -> None:
    stranger = make_whole(is_staff=True)
    dead = firm.started.stages.get(name="text")
    signed_in(stranger.user).post("/admin/pipeline/retry/", {"stage": str(dead.pk), "all": "1"})
    dead.refresh_from_db()
    assert dead.status == "dead"


def test_quality_and_findings_of_runs_are_shown(firm: Any) -> None:
    PipelineRun.objects.filter(pk=firm.run.pk).update(
        finished_at=timezone.now(), completeness=0.91, validity=0.82, confidence=0.73
    )
    finding = {
        "code": "rooms_overlap",
        "severity": "warning",
        "field": "rooms.A",
        "message": "",
        "where": None,
    }
    firm.run.stages.filter(name="cleanup").update(issues=[finding], finished_at=timezone.now())
    body = signed_in(firm.user).get("/admin/pipeline/").content.decode()
    assert all(shown in body for shown in ("0.91", "0.82", "0.73", "Two rooms lie over each other."))


def test_a_longer_queue_costs_no_more_queries_than_its_shown_rows(
    firm: Any, django_assert_max_num_queries: Any
) -> None:
    with silenced():
        for _ in range(30):
            run_start(blueprint=make_blueprint(firm.project), actor=None)
    StageRun.objects.filter(name="validate").update(started_at=timezone.now())
    client = signed_in(firm.user)
    with django_assert_max_num_queries(60):
        client.get("/admin/pipeline/")
