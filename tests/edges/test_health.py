"""Alive, ready, and figures that are not public."""

from __future__ import annotations

from typing import Any

import pytest

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


def test_metrics_count_runs(client: Any, whole: Any) -> None:
    text = client.get("/metrics").content.decode()
    assert 'autohvac_runs{status="needs_review"} 1' in text and "autohvac_queue_messages" in text
