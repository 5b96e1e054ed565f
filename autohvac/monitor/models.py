"""Alerts: a figure that left its usual band, until it is back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.base import BaseModel


class AlertKind(models.TextChoices):
    """What can leave its band."""

    STAGE_SLOW = "stage_slow", _("A stage takes unusually long")
    STAGE_FAILING = "stage_failing", _("A stage fails unusually often")
    QUEUE_OLD = "queue_old", _("Work waits too long")
    CONFIDENCE_LOW = "confidence_low", _("Rooms are read with unusually low confidence")


class Alert(BaseModel):
    """Opened when `value` leaves `low`…`high`, closed when it is back; one open alert per kind and subject."""

    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    subject = models.CharField(max_length=40, blank=True)
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    history = tracked()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(closed_at__isnull=True), name="one_open_alert"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}: {self.value:.3g} ({self.low:.3g}…{self.high:.3g})"
