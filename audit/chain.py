"""The hash chain of audit events, one per organization."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.context import current_actor
from audit.models import AuditEvent, AuditHead
from autohvac.core.digest import canonical_json, sha256_bytes

HASHED = ("seq", "actor_label", "kind", "object_type", "object_id", "payload", "prev_hash")


@dataclass(frozen=True)
class Breach:
    """A place where the chain does not hold."""

    organization_id: UUID
    seq: int
    what: str


def record(
    organization_id: UUID,
    *,
    kind: str,
    obj: Any,
    run_id: UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append an event, in the same commit as the deed. Payloads hold ids and digests, never names or addresses."""
    with transaction.atomic():
        AuditHead.objects.get_or_create(organization_id=organization_id)
        head = AuditHead.objects.select_for_update().get(organization_id=organization_id)
        event = AuditEvent(
            organization_id=organization_id,
            seq=head.seq + 1,
            at=timezone.now(),
            actor_label=current_actor().label[:254],
            kind=kind,
            object_type=obj._meta.label if obj is not None else "",
            object_id=str(obj.pk) if obj is not None else "",
            run_id=run_id,
            payload=payload or {},
            prev_hash=head.hash,
        )
        event.hash = event_hash(event)
        event.save()
        AuditHead.objects.filter(pk=organization_id).update(seq=event.seq, hash=event.hash)
    return event


def event_hash(event: AuditEvent) -> str:
    """The hash of an event over its facts and the hash before it."""
    facts = {name: getattr(event, name) for name in HASHED}
    facts |= {
        "organization": str(event.organization_id),
        "at": event.at.isoformat(),
        "run": str(event.run_id or ""),
    }
    return sha256_bytes(canonical_json(facts))


def breaches(organization_id: UUID) -> Iterator[Breach]:
    """Recompute a chain from its first event."""
    prev, expected = "", 1
    for event in AuditEvent.objects.filter(organization_id=organization_id).order_by("seq").iterator():
        if event.seq != expected:
            yield Breach(organization_id, event.seq, f"expected event {expected}")
        if event.prev_hash != prev:
            yield Breach(organization_id, event.seq, "does not follow the event before it")
        if event_hash(event) != event.hash:
            yield Breach(organization_id, event.seq, "was changed")
        prev, expected = event.hash, event.seq + 1
    head = AuditHead.objects.filter(pk=organization_id).first()
    if head is not None and (head.seq, head.hash) != (expected - 1, prev):
        yield Breach(organization_id, head.seq, "events are missing at the end")
