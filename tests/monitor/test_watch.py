"""What leaves its band opens one alert, tells once, and closes when it is back."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from autohvac.doorbell import silenced
from autohvac.monitor.models import Alert, AlertKind
from autohvac.monitor.watch import watch
from blueprints.models import StageRun
from blueprints.services.runs import run_start
from tests.factories import make_blueprint, make_project

pytestmark = pytest.mark.django_db


def stages_taking(seconds: float, *, count: int, hours_ago: float, **fields: Any) -> None:
    """`count` geometry stages that ended `hours_ago` after `seconds`."""
    project = make_project()
    with silenced():
        for _ in range(count):
            run = run_start(blueprint=make_blueprint(project), actor=None)
            end = timezone.now() - timedelta(hours=hours_ago)
            rows = StageRun.objects.filter(run=run)
            rows.filter(name="validate").update(status="blocked")
            rows.filter(name="geometry").update(
                **{"status": "done", "started_at": end - timedelta(seconds=seconds), "finished_at": end}
                | fields
            )


def test_a_stage_that_becomes_slow_is_told_once_and_closed_when_it_is_quick_again(settings: Any) -> None:
    settings.ALERT_EMAIL = "ops@example.com"
    stages_taking(10, count=20, hours_ago=30)
    stages_taking(60, count=5, hours_ago=0.2)
    watch()
    [alert] = watch()
    assert (alert.kind, alert.subject, alert.value) == (AlertKind.STAGE_SLOW, "geometry", 60.0)
    assert (alert.high, len(mail.outbox)) == (15.0, 1)
    assert "geometry" in mail.outbox[0].subject
    StageRun.objects.filter(name="geometry", finished_at__gt=timezone.now() - timedelta(hours=1)).delete()
    stages_taking(11, count=5, hours_ago=0.1)
    assert watch() == []
    assert Alert.objects.get().closed_at is not None


def test_a_mail_server_that_refuses_does_not_keep_the_alert_from_the_webhook(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALERT_EMAIL, settings.ALERT_WEBHOOK = "ops@example.com", "https://ops.example.com/hook"

    def refuse(*args: Any, **kwargs: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    posted: list[str] = []
    monkeypatch.setattr("autohvac.monitor.watch.send_mail", refuse)
    monkeypatch.setattr(
        "autohvac.monitor.watch.post_signed", lambda url, body, **_: posted.append(url) or 200
    )
    stages_taking(1, count=6, hours_ago=0.2, status="dead", error_code="stage_failed")
    [alert] = watch()
    assert posted == ["https://ops.example.com/hook"]
    assert (alert.mailed_at, alert.posted_at is None) == (None, False)


def test_usual_times_alarm_nobody() -> None:
    stages_taking(10, count=20, hours_ago=30)
    stages_taking(12, count=6, hours_ago=0.2)
    assert watch() == []


def test_a_stage_that_fails_on_our_side_alarms() -> None:
    stages_taking(1, count=3, hours_ago=0.2)
    stages_taking(1, count=3, hours_ago=0.2, status="dead", error_code="stage_failed")
    [alert] = watch()
    assert (alert.kind, alert.value) == (AlertKind.STAGE_FAILING, 0.5)


def test_refused_files_are_no_failure_of_ours() -> None:
    stages_taking(1, count=8, hours_ago=0.2, status="failed", error_code="pdf_encrypted")
    assert watch() == []


def test_work_that_waits_too_long_alarms() -> None:
    with silenced():
        run = run_start(blueprint=make_blueprint(), actor=None)
    StageRun.objects.filter(run=run, name="validate").update(
        updated_at=timezone.now() - timedelta(minutes=20)
    )
    [alert] = watch()
    assert alert.kind == AlertKind.QUEUE_OLD
    assert alert.value == pytest.approx(1200, abs=5)
