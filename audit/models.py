"""The audit log: append-only events in a hash chain per organization."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class AppendOnly(Exception):
    """An audit event was about to be changed or deleted."""


class AuditHead(models.Model):
    """The end of an organization's chain; locked while an event is appended. Derived: no history of its own."""

    organization_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.organization_id} {self.seq}"


class AuditEvent(models.Model):
    """What happened. No foreign keys on purpose: the log outlives the rows it speaks of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=254)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    run_id = models.UUIDField(null=True, blank=True, db_index=True)
    payload = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["organization_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["organization_id", "seq"], name="audit_event_seq")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert once; never update."""
        if not self._state.adding:
            raise AppendOnly(str(self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise AppendOnly(str(self.pk))
