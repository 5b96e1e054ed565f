"""Pipeline runs and their stages. These rows, not the queue, say what has been done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models.blueprint import Blueprint


class RunKind(models.TextChoices):
    """Why a run exists."""

    ANALYSIS = "analysis", _("Analysis")
    RECALCULATION = "recalculation", _("Recalculation")


class RunStatus(models.TextChoices):
    """Where a run stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    NEEDS_INPUT = "needs_input", _("Needs an answer")
    NEEDS_REVIEW = "needs_review", _("Needs review")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


LIVE = (RunStatus.QUEUED, RunStatus.RUNNING)


class StageStatus(models.TextChoices):
    """Where a stage stands."""

    BLOCKED = "blocked", _("Not yet")
    PENDING = "pending", _("Waiting to start")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting to try again")
    WAITING_INPUT = "waiting_input", _("Waiting for an answer")
    DONE = "done", _("Done")
    PARTIAL = "partial", _("Done in part")
    FAILED = "failed", _("Failed")
    DEAD = "dead", _("Given up")
    CANCELLED = "cancelled", _("Cancelled")


FINISHED = (StageStatus.DONE, StageStatus.PARTIAL)


class PipelineRun(BaseModel):
    """One passage of a blueprint through the eight stages.

    `completeness`, `validity` and `confidence` (0…1) say how good the reading is, see `plan.cleanup.quality`; `ocr_pages`
    counts the sheets whose words are pictures.
    """

    TENANT = "blueprint__project__organization"
    PROJECT = "blueprint__project"
    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="runs")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    kind = models.CharField(max_length=16, choices=RunKind.choices, default=RunKind.ANALYSIS)
    status = models.CharField(max_length=16, choices=RunStatus.choices, default=RunStatus.QUEUED)
    stage = models.CharField(max_length=12, default="validate")
    percent = models.FloatField(default=0)
    options = models.JSONField(default=dict, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    completeness = models.FloatField(null=True, blank=True)
    validity = models.FloatField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    ocr_pages = models.PositiveIntegerField(null=True, blank=True)

    objects = TenantManager()
    history = tracked(excluded=("percent",))

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["blueprint"],
                condition=models.Q(status__in=["queued", "running"]),
                name="one_live_run",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100), name="run_percent_range"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "created_at"], name="run_queue"),
            models.Index(fields=["finished_at"], name="run_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint} {self.created_at:%Y-%m-%d %H:%M}"


class StageRun(BaseModel):
    """One stage of a run: claim, lease, attempt, checkpoint."""

    TENANT = "run__blueprint__project__organization"
    PROJECT = "run__blueprint__project"
    run = models.ForeignKey(PipelineRun, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=12)
    index = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=16, choices=StageStatus.choices, default=StageStatus.BLOCKED)
    attempt = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    input_digest = models.CharField(max_length=64, blank=True)
    output_digest = models.CharField(max_length=64, blank=True)
    reused = models.BooleanField(default=False)
    progress = models.FloatField(default=0)
    progress_text = models.CharField(max_length=200, blank=True)
    issues = models.JSONField(default=list, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_facts = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager()
    history = tracked(excluded=("lease_until", "progress", "progress_text"))

    class Meta:
        ordering = ["run", "index"]
        constraints = [models.UniqueConstraint(fields=["run", "name"], name="stage_once_per_run")]
        indexes = [
            models.Index(fields=["status", "due_at"], name="stage_due"),
            models.Index(fields=["name", "input_digest"], name="stage_checkpoint"),
            models.Index(fields=["finished_at"], name="stage_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.status}"
