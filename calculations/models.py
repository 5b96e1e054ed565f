"""Design conditions, construction assemblies and load calculations."""

from __future__ import annotations

from django.db import models

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models import PipelineRun, Project, Room


class DesignConditions(BaseModel):
    """The design weather a run used; one station, one source."""

    TENANT = "project__organization"
    PROJECT = "project"
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="design_conditions")
    station = models.CharField(max_length=200)
    climate_zone = models.CharField(max_length=4, blank=True)
    heating_db_f = models.FloatField()
    cooling_db_f = models.FloatField()
    grains_difference = models.FloatField()
    daily_range = models.CharField(max_length=8)
    latitude = models.FloatField()
    elevation_ft = models.FloatField()
    station_distance_mi = models.FloatField(null=True, blank=True)
    station_elevation_difference_ft = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=dict)

    objects = TenantManager()
    history = tracked()

    class Meta:
        verbose_name_plural = "design conditions"

    def __str__(self) -> str:
        return self.station


class ConstructionAssembly(BaseModel):
    """A wall, ceiling, floor, window or door construction a project uses, with its source."""

    TENANT = "project__organization"
    PROJECT = "project"
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="assemblies")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    unit = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=10)
    note = models.CharField(max_length=400, blank=True)
    confidence = models.FloatField(default=0)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["project", "key"]
        verbose_name_plural = "construction assemblies"
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="assembly_once")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class LoadCalculation(BaseModel):
    """The loads of one run; immutable."""

    TENANT = "run__blueprint__project__organization"
    PROJECT = "run__blueprint__project"
    run = models.OneToOneField(PipelineRun, on_delete=models.CASCADE, related_name="calculation")
    design = models.ForeignKey(DesignConditions, on_delete=models.PROTECT)
    method = models.CharField(max_length=16)
    building_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    heating_btuh = models.FloatField()
    sensible_btuh = models.FloatField()
    latent_btuh = models.FloatField()
    result = models.JSONField()

    objects = TenantManager()
    history = tracked(excluded=("result",))

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.run}: {self.heating_btuh:.0f} / {self.sensible_btuh + self.latent_btuh:.0f} Btu/h"


class ComponentLoad(BaseModel):
    """One line of the block load."""

    TENANT = "calculation__run__blueprint__project__organization"
    PROJECT = "calculation__run__blueprint__project"
    calculation = models.ForeignKey(LoadCalculation, on_delete=models.CASCADE, related_name="components")
    season = models.CharField(max_length=20)
    component = models.CharField(max_length=30)
    btuh = models.FloatField()

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["calculation", "season", "component"]
        constraints = [
            models.UniqueConstraint(fields=["calculation", "season", "component"], name="component_once")
        ]

    def __str__(self) -> str:
        return f"{self.season} {self.component}"


class RoomLoad(BaseModel):
    """The loads and airflow of one room."""

    TENANT = "calculation__run__blueprint__project__organization"
    PROJECT = "calculation__run__blueprint__project"
    calculation = models.ForeignKey(LoadCalculation, on_delete=models.CASCADE, related_name="room_loads")
    room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="loads")
    room_key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    area_sqft = models.FloatField()
    heating_btuh = models.FloatField()
    sensible_btuh = models.FloatField()
    heating_cfm = models.FloatField()
    cooling_cfm = models.FloatField()
    components = models.JSONField(default=dict)

    objects = TenantManager()
    history = tracked(excluded=("components",))

    class Meta:
        ordering = ["calculation", "room_key"]
        constraints = [models.UniqueConstraint(fields=["calculation", "room_key"], name="room_load_once")]

    def __str__(self) -> str:
        return self.name
