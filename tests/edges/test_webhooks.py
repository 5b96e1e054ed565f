"""Webhooks: told once a run ends, signed, tried again, never sent into a private network."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from autohvac.api.models import DeliveryStatus, Webhook, WebhookDelivery
from autohvac.api.outbox import ATTEMPTS, SIGNATURE, BadTarget, _pinned, announce, deliver, replay, ring_due
from tests.edges.rows import Whole
from tests.factories import make_member


@dataclass
class Receiver:
    """A real HTTP server that answers as told and remembers what it got."""

    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE = True
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append((dict(self.headers), body))
            self.send_response(state.answers.pop(0) if state.answers else 200)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/in?x=1"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(whole: Whole, receiver: Receiver) -> Webhook:
    whole.webhook.url = receiver.url
    whole.webhook.save()
    return whole.webhook


def told(whole: Whole) -> WebhookDelivery:
    announce(whole.run)
    return WebhookDelivery.objects.filter(status=DeliveryStatus.PENDING).get()


def make_due(delivery: WebhookDelivery) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_message_arrives_signed(whole: Whole, hook: Webhook, receiver: Receiver) -> None:
    delivery = told(whole)
    assert deliver(delivery.pk) == "sent"
    headers, body = receiver.got[0]
    at, v1 = (part.split("=", 1)[1] for part in headers[SIGNATURE].split(","))
    assert hmac.new(hook.secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest() == v1
    message = json.loads(body)
    assert message["id"] == str(delivery.pk)
    assert message["event"] == "run.needs_review"
    assert message["run"]["id"] == str(whole.run.pk)
    assert whole.project.address not in body.decode()


def test_a_sent_message_is_not_sent_again(whole: Whole, hook: Webhook, receiver: Receiver) -> None:
    delivery = told(whole)
    assert [deliver(delivery.pk), deliver(delivery.pk)] == ["sent", "not due"]
    assert len(receiver.got) == 1


def test_a_refused_message_waits_and_is_tried_again(whole: Whole, hook: Webhook, receiver: Receiver) -> None:
    receiver.answers = [500, 302, 204]
    delivery = told(whole)
    assert [deliver(delivery.pk), deliver(delivery.pk)] == ["pending", "not due"]
    make_due(delivery)
    assert deliver(delivery.pk) == "pending"  # a redirect is not followed
    make_due(delivery)
    assert deliver(delivery.pk) == "sent"
    delivery.refresh_from_db()
    assert (delivery.attempt, delivery.answer, len(receiver.got)) == (3, "HTTP 204", 3)


def test_a_message_nobody_takes_is_given_up_and_can_be_sent_again(
    whole: Whole, hook: Webhook, receiver: Receiver
) -> None:
    receiver.answers = [500] * ATTEMPTS
    delivery = told(whole)
    for _ in range(ATTEMPTS):
        make_due(delivery)
        deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.DEAD
    assert deliver(replay(delivery).pk) == "sent"


def test_only_what_was_asked_for_is_told(whole: Whole, hook: Webhook) -> None:
    hook.events = ["run.failed"]
    hook.save()
    announce(whole.run)
    hook.events, hook.active = [], False
    hook.save()
    announce(whole.run)
    assert not WebhookDelivery.objects.filter(status=DeliveryStatus.PENDING).exists()


def test_the_sweep_finds_a_message_whose_ring_was_lost(whole: Whole, hook: Webhook) -> None:
    delivery = told(whole)
    assert ring_due() == 1
    WebhookDelivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() + timedelta(hours=1))
    assert ring_due() == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://localhost:9/x", "https://10.0.0.8/", "http://169.254.169.254/latest", "http://[::1]/",
        "ftp://example.com/", "https://user:pw@127.0.0.1/",
    ],
)  # fmt: skip
def test_private_and_odd_addresses_get_nothing(url: str) -> None:
    with pytest.raises(BadTarget):
        _pinned(url, private=False)


def test_the_secret_is_shown_once_and_only_managers_make_one(api: APIClient, whole: Whole) -> None:
    answer = api.post(
        "/api/v1/webhooks", {"url": "https://example.com/in", "events": ["run.failed"]}, format="json"
    )
    assert answer.status_code == 201
    made = Webhook.objects.get(pk=answer.json()["id"])
    assert answer.json()["secret"] == made.secret
    assert "secret" not in api.get(f"/api/v1/webhooks/{made.pk}").json()
    viewer = make_member(whole.membership.organization, role="viewer")
    device = APIClient()
    device.force_authenticate(viewer)
    assert (
        device.post("/api/v1/webhooks", {"url": "https://example.com/in"}, format="json").status_code == 403
    )
    assert device.delete(f"/api/v1/webhooks/{made.pk}").status_code == 403


def test_a_webhook_is_changed_and_removed(api: APIClient, whole: Whole) -> None:
    path = f"/api/v1/webhooks/{whole.webhook.pk}"
    assert api.patch(path, {"active": False}, format="json").json()["active"] is False
    assert api.patch(path, {"events": ["nonsense"]}, format="json").status_code == 400
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
