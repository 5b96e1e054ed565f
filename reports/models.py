"""Reports: immutable files made from one load calculation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from calculations.models import LoadCalculation


class ReportFormat(models.TextChoices):
    """What a report comes as."""

    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
    CSV = "csv", "CSV"


class ReportStatus(models.TextChoices):
    """Draft while critical items are open."""

    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")
    SUPERSEDED = "superseded", _("Superseded")


class Report(BaseModel):
    """One file of a report; named by its sha256, never overwritten."""

    TENANT = "calculation__run__blueprint__project__organization"
    PROJECT = "calculation__run__blueprint__project"
    calculation = models.ForeignKey(LoadCalculation, on_delete=models.CASCADE, related_name="reports")
    format = models.CharField(max_length=4, choices=ReportFormat.choices)
    locale = models.CharField(max_length=5, default="en")
    status = models.CharField(max_length=12, choices=ReportStatus.choices, default=ReportStatus.DRAFT)
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="reports", max_length=300)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["calculation", "format", "locale"], name="report_once")
        ]

    def __str__(self) -> str:
        return f"{self.calculation.run} {self.format}"
