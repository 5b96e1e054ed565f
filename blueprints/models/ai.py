"""What was asked of the AI service, what it cost and what it changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models.run import PipelineRun


class AiStatus(models.TextChoices):
    """Where a question to the service stands."""

    ASKING = "asking", _("Asking")
    ANSWERED = "answered", _("Answered")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Not asked")
    REMEMBERED = "remembered", _("Answered before")


class AiExchange(BaseModel):
    """One question to the service in one run: who was asked, by which prompt, tokens, cost, time, and what changed.

    Budgets and the breaker are read from these rows, so all workers share them and nothing is lost with a cache.
    `probe_of` is unique: after a pause exactly one question may try whether the service is back.
    """

    TENANT = "run__blueprint__project__organization"
    PROJECT = "run__blueprint__project"
    run = models.ForeignKey(PipelineRun, on_delete=models.CASCADE, related_name="ai_exchanges")
    endpoint = models.CharField(max_length=300)
    model = models.CharField(max_length=100)
    model_answered = models.CharField(max_length=100, blank=True)
    prompt_sha256 = models.CharField(max_length=64)
    request_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=AiStatus.choices, default=AiStatus.ASKING)
    outcome = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    shape = models.JSONField(default=dict, blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    reserved_tokens = models.PositiveIntegerField(default=0)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    latency_ms = models.PositiveIntegerField(default=0)
    finish_reason = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)
    proposed = models.PositiveSmallIntegerField(default=0)
    accepted = models.PositiveSmallIntegerField(default=0)
    changes = models.JSONField(default=list, blank=True)
    stated_until = models.DateTimeField(null=True, blank=True)
    probe_of = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    history = tracked(excluded=("answer",))

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost_usd__isnull=True) | models.Q(cost_usd__gte=0),
                name="ai_cost_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["endpoint", "model", "-created_at"], name="ai_by_service"),
            models.Index(fields=["request_sha256", "status"], name="ai_by_request"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.status}"

    @property
    def tokens(self) -> int:
        """In and out, as the service counted them."""
        return self.input_tokens + self.output_tokens
