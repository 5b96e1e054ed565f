"""Alive, ready, and figures that are not public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from blueprints.models import AiExchange, PipelineRun
from tests.factories import make_user


def test_ready_names_what_does_not_answer(client: Any, db: Any, monkeypatch: Any) -> None:
    assert client.get("/readyz").json() == {"database": "ok", "queue": "ok", "storage": "ok"}

    def gone() -> None:
        raise ConnectionError

    monkeypatch.setattr("autohvac.web.health._storage", gone)
    answer = client.get("/readyz")
    assert answer.status_code == 503 and answer.json()["storage"] == "ConnectionError"


@pytest.mark.parametrize("meta", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}])
def test_metrics_are_not_public(client: Any, db: Any, meta: dict[str, str]) -> None:
    assert client.get("/metrics", **meta).status_code == 404
    client.force_login(make_user())
    assert client.get("/metrics", **meta).status_code == 404
    client.force_login(make_user(is_superuser=True))
    assert client.get("/metrics", **meta).status_code == 200


def test_metrics_tell_of_dead_letters_quality_ocr_and_breaker(client: Any, whole: Any, settings: Any) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_MODEL = "key", "gpt-4o"
    now = timezone.now()
    PipelineRun.objects.filter(pk=whole.run.pk).update(
        finished_at=now, completeness=0.9, validity=0.8, confidence=0.7, ocr_pages=2
    )
    whole.run.stages.filter(name="text").update(
        status="dead", reused=False, started_at=now - timedelta(seconds=30), finished_at=now
    )
    for _ in range(3):
        AiExchange.objects.create(
            run=whole.run, endpoint="https://api.openai.com/v1", model="gpt-4o", status="failed",
            outcome="ai_unavailable", finished_at=now,
        )  # fmt: skip
    lines = client.get("/metrics").content.decode().splitlines()
    for line in (
        "autohvac_dead_letters 1", "autohvac_reading_completeness 0.9", "autohvac_reading_validity 0.8",
        "autohvac_reading_confidence 0.7", "autohvac_ocr_pages_day 2", "autohvac_ocr_seconds_day 30",
        "autohvac_ai_breaker 2",
    ):  # fmt: skip
        assert line in lines


def test_metrics_count_runs(client: Any, whole: Any) -> None:
    text = client.get("/metrics").content.decode()
    assert 'autohvac_runs{status="needs_review"} 1' in text and "autohvac_queue_messages" in text
