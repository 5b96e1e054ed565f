"""Webhooks through an outbox: written with the deed, sent afterwards, tried again, never twice knowingly.

A receiver may see one message twice (its answer was lost); the message's `id` stays the same.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import httpx2
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from autohvac.api.models import DeliveryStatus, Webhook, WebhookDelivery, WebhookEvent
from autohvac.doorbell import ring_delivery

ATTEMPTS = 8
TIMEOUT_S = 10.0
LEASE = timedelta(seconds=60)
FIRST_WAIT_S, LONGEST_WAIT_S = 30.0, 3600.0
SIGNATURE = "AutoHVAC-Signature"


class BadTarget(ValueError):
    """An address we do not send to."""


def announce(run: Any) -> None:
    """Write what a run's new status means to the firm's webhooks; call inside the commit that sets the status."""
    event = f"run.{run.status}"
    if event not in WebhookEvent.values:
        return
    hooks = Webhook.objects.filter(organization=run.blueprint.project.organization_id, active=True)
    for hook in hooks:
        if not hook.events or event in hook.events:
            delivery = WebhookDelivery.objects.create(
                webhook=hook, event=event, run_id=run.pk, payload=_payload(run, event)
            )
            ring_delivery(delivery.pk)


def _payload(run: Any, event: str) -> dict[str, Any]:
    """Ids and states only: a receiver asks the API for the rest."""
    return {
        "event": event,
        "run": {"id": str(run.pk), "status": str(run.status), "error_code": run.error_code},
        "blueprint": str(run.blueprint_id),
        "project": str(run.blueprint.project_id),
        "links": {"run": f"/api/v1/runs/{run.pk}", "analysis": f"/api/v1/runs/{run.pk}/analysis"},
    }


def ring_due() -> int:
    """Ring for every delivery that should be tried now; how many."""
    due = WebhookDelivery.objects.filter(status=DeliveryStatus.PENDING, due_at__lte=timezone.now())
    found = list(due.values_list("pk", flat=True)[:500])
    for pk in found:
        ring_delivery(pk)
    return len(found)


def deliver(pk: UUID) -> str:
    """Try one delivery if it is due and nobody else does; a word for the log."""
    now = timezone.now()
    due = WebhookDelivery.objects.filter(pk=pk, status=DeliveryStatus.PENDING, due_at__lte=now)
    if not due.update(due_at=now + LEASE, attempt=F("attempt") + 1):
        return "not due"
    delivery = WebhookDelivery.objects.select_related("webhook").get(pk=pk)
    try:
        answered = _post(delivery)
    except (httpx2.HTTPError, OSError, BadTarget) as error:
        return _again(delivery, answer=f"{type(error).__name__}: {error}"[:200])
    if not 200 <= answered < 300:
        return _again(delivery, answer=f"HTTP {answered}")
    delivery.status, delivery.answer = DeliveryStatus.SENT, f"HTTP {answered}"
    delivery.save()
    return "sent"


def _again(delivery: WebhookDelivery, *, answer: str) -> str:
    delivery.answer = answer
    wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** (delivery.attempt - 1))
    delivery.due_at = timezone.now() + timedelta(seconds=wait_s)
    if delivery.attempt >= ATTEMPTS or not delivery.webhook.active:
        delivery.status = DeliveryStatus.DEAD
    delivery.save()
    return str(delivery.status)


def replay(delivery: WebhookDelivery) -> WebhookDelivery:
    """Send a message again, from the first attempt."""
    delivery.status, delivery.attempt, delivery.due_at = DeliveryStatus.PENDING, 0, timezone.now()
    delivery.save()
    ring_delivery(delivery.pk)
    return delivery


def signature(secret: str, body: bytes, *, at: int) -> str:
    """The header's value: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _post(delivery: WebhookDelivery) -> int:
    facts = {"id": str(delivery.pk), "created_at": delivery.created_at.isoformat(), **delivery.payload}
    return post_signed(
        delivery.webhook.url,
        json.dumps(facts).encode(),
        secret=delivery.webhook.secret,
        private=settings.WEBHOOK_PRIVATE,
    )


def post_signed(url: str, body: bytes, *, secret: str, private: bool = False) -> int:
    """POST JSON with our signature; the HTTP status of the answer. `private` allows addresses of private networks.

    Raises: BadTarget for an address we do not send to, httpx2.HTTPError or OSError when nobody answers.
    """
    address, host = _pinned(url, private=private)
    headers = {
        "Host": host,
        "Content-Type": "application/json",
        "User-Agent": "AutoHVAC-webhooks/1",
        SIGNATURE: signature(secret, body, at=int(time.time())),
    }
    with httpx2.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client:
        request = client.build_request(
            "POST",
            address,
            content=body,
            headers=headers,
            extensions={"sni_hostname": urlsplit(url).hostname},
        )
        answer = client.send(request, stream=True)  # its body is nobody's business and may be endless
        answer.close()
    return answer.status_code


def _pinned(url: str, *, private: bool) -> tuple[str, str]:
    """The address with its host resolved once and checked, and the host it names.

    Resolving once closes the gap between the check and the connection. Raises: BadTarget.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
        raise BadTarget("only http and https addresses without a password")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    address = ipaddress.ip_address(found[0][4][0])
    if not (address.is_global or private):
        raise BadTarget("an address of a private network")
    shown = f"[{address}]" if address.version == 6 else str(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{parts.scheme}://{shown}:{port}{path}", parts.netloc
