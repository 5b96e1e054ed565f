"""What the API keeps: answers to POSTs that carried an Idempotency-Key, webhooks and what is sent to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.accounts.models import Organization
from autohvac.base import BaseModel


class IdempotencyKey(BaseModel):
    """The answer one user got for one key; kept a day, replayed for the same request."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    body = models.JSONField(null=True, blank=True)

    history = tracked(excluded=("body", "headers"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.key}"


class WebhookEvent(models.TextChoices):
    """What can be told: a run reached an end."""

    COMPLETED = "run.completed", _("A run is completed")
    NEEDS_REVIEW = "run.needs_review", _("A run is done with items to verify")
    NEEDS_INPUT = "run.needs_input", _("A run waits for an answer")
    FAILED = "run.failed", _("A run has failed")
    CANCELLED = "run.cancelled", _("A run was cancelled")


class Webhook(BaseModel):
    """An address of a firm that is told of its runs. The secret is derived, never stored."""

    TENANT = "organization"
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list, blank=True, help_text=_("Empty means all."))
    active = models.BooleanField(default=True)
    generation = models.PositiveIntegerField(default=1, editable=False)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.url

    @property
    def secret(self) -> str:
        """What its deliveries are signed with; a new `generation` makes a new one."""
        return salted_hmac("autohvac.webhook", f"{self.pk}:{self.generation}", algorithm="sha256").hexdigest()


class DeliveryStatus(models.TextChoices):
    """Where a delivery stands."""

    PENDING = "pending", _("Waiting")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Given up")


class WebhookDelivery(BaseModel):
    """The outbox: one message to one webhook, written in the commit that it tells of."""

    TENANT = "webhook__organization"
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30, choices=WebhookEvent.choices)
    run_id = models.UUIDField()
    payload = models.JSONField()
    status = models.CharField(max_length=8, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(
        max_length=200, blank=True, help_text=_("HTTP status or error of the last try.")
    )

    objects = TenantManager()
    history = tracked(excluded=("payload",))

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name_plural = "webhook deliveries"
        indexes: ClassVar = [models.Index(fields=["status", "due_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.run_id}"
