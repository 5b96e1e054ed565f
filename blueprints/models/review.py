"""What people must look at, answer, and what they corrected."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models.blueprint import Blueprint
from blueprints.models.run import PipelineRun


class ReviewStatus(models.TextChoices):
    """Where a review item stands."""

    OPEN = "open", _("Open")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")


class ReviewItem(BaseModel):
    """Something to verify, ranked by the load at stake."""

    TENANT = "run__blueprint__project__organization"
    PROJECT = "run__blueprint__project"
    run = models.ForeignKey(PipelineRun, on_delete=models.CASCADE, related_name="review_items")
    field = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    stake_btuh = models.FloatField(null=True, blank=True)
    where = models.JSONField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=ReviewStatus.choices, default=ReviewStatus.OPEN)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["run", models.F("stake_btuh").desc(nulls_last=True), "field"]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class Question(BaseModel):
    """A question to the customer; its answer goes to the project's answers and a new run uses it."""

    TENANT = "run__blueprint__project__organization"
    PROJECT = "run__blueprint__project"
    run = models.ForeignKey(PipelineRun, on_delete=models.CASCADE, related_name="questions")
    field = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    why = models.CharField(max_length=400, blank=True)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    answer = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["run", "-required", "created_at"]
        constraints = [models.UniqueConstraint(fields=["run", "field"], name="question_once")]

    def __str__(self) -> str:
        return self.text


class Correction(BaseModel):
    """What a person knows better than the plan: append-only, applied again by every later run and revision.

    `change` groups what was saved at once. `before`: name of the target and its value then. `anchor`: where the target lay,
    to find it again (`cleanup.inputs.Anchor`). A row for `target_key` 'change' takes the change of its value back.
    """

    TENANT = "blueprint__project__organization"
    PROJECT = "blueprint__project"
    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="corrections")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    target_key = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    value = models.JSONField()
    unit = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    change = models.UUIDField(default=uuid.uuid4, db_index=True)
    before = models.JSONField(default=dict, blank=True)
    anchor = models.JSONField(default=dict, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["blueprint", "created_at"]

    def __str__(self) -> str:
        return f"{self.target_key}.{self.field}"
