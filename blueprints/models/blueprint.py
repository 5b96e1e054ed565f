"""The uploaded file, its pages and the drawings on them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models.project import Project


class Blueprint(BaseModel):
    """A plan file; its bytes never change, its stored name carries their sha256."""

    TENANT = "project__organization"
    PROJECT = "project"
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="blueprints")
    supersedes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)
    file = models.FileField(upload_to="plans", max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    original_name = models.CharField(_("file name"), max_length=255)
    page_count = models.PositiveIntegerField(null=True, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="blueprint_once_per_project")
        ]

    def __str__(self) -> str:
        return self.original_name


class BlueprintPage(BaseModel):
    """One page, classed and scored."""

    TENANT = "blueprint__project__organization"
    PROJECT = "blueprint__project"
    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    width_pt = models.FloatField()
    height_pt = models.FloatField()
    rotation = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=20)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    preview = models.FileField(upload_to="previews", max_length=300, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["blueprint", "number"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "number"], name="page_once"),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=1), name="page_score_range"),
        ]

    def __str__(self) -> str:
        return f"{self.blueprint} p. {self.number}"


class Drawing(BaseModel):
    """One drawing on a page, with its own title and scale."""

    TENANT = "page__blueprint__project__organization"
    PROJECT = "page__blueprint__project"
    page = models.ForeignKey(BlueprintPage, on_delete=models.CASCADE, related_name="drawings")
    index = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20)
    bbox = models.JSONField()
    scale_notation = models.CharField(max_length=40, blank=True)
    feet_per_point = models.FloatField(null=True, blank=True)
    scale_confidence = models.FloatField(null=True, blank=True)
    north_deg = models.FloatField(null=True, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["page", "index"]
        constraints = [models.UniqueConstraint(fields=["page", "index"], name="drawing_once")]

    def __str__(self) -> str:
        return self.title or f"{self.page} #{self.index}"
