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


IN_SECONDS = (AlertKind.STAGE_SLOW, AlertKind.QUEUE_OLD)


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
        what = f"{self.get_kind_display()} {self.subject}".strip()
        return f"{what}: {self.shown_value} ({self.shown_low} … {self.shown_high})"

    @property
    def shown_value(self) -> str:
        """The value with its unit."""
        return self._shown(self.value)

    @property
    def shown_low(self) -> str:
        """The lower end of the band with its unit."""
        return self._shown(self.low)

    @property
    def shown_high(self) -> str:
        """The upper end of the band with its unit."""
        return self._shown(self.high)

    def _shown(self, value: float) -> str:
        return f"{value:.3g} s" if self.kind in IN_SECONDS else f"{100 * value:.0f} %"
