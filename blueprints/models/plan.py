"""Levels, rooms, surfaces and openings: a projection of the last good run, keyed so that history shows real changes."""

from __future__ import annotations

from django.db import models

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.base import BaseModel
from blueprints.models.blueprint import Blueprint, Drawing

CONFIDENCE = models.Q(confidence__gte=0, confidence__lte=1)


class Level(BaseModel):
    """A storey."""

    TENANT = "blueprint__project__organization"
    PROJECT = "blueprint__project"
    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="levels")
    drawing = models.ForeignKey(Drawing, on_delete=models.SET_NULL, null=True, blank=True)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    index = models.SmallIntegerField()
    page_number = models.PositiveIntegerField()
    ceiling_height_ft = models.FloatField(null=True, blank=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["blueprint", "index"]
        constraints = [models.UniqueConstraint(fields=["blueprint", "key"], name="level_once")]

    def __str__(self) -> str:
        return self.name


class Room(BaseModel):
    """A room as the last run knows it; `evidence` holds every value with source, place and confidence."""

    TENANT = "level__blueprint__project__organization"
    PROJECT = "level__blueprint__project"
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="rooms")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20)
    polygon_pt = models.JSONField(default=list)
    polygon_ft = models.JSONField(default=list)
    area_sqft = models.FloatField()
    ceiling_height_ft = models.FloatField(null=True, blank=True)
    conditioned = models.BooleanField(default=True)
    confidence = models.FloatField()
    evidence = models.JSONField(default=dict)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["level", "key"]
        constraints = [
            models.UniqueConstraint(fields=["level", "key"], name="room_once"),
            models.CheckConstraint(condition=models.Q(area_sqft__gt=0), name="room_area_positive"),
            models.CheckConstraint(condition=CONFIDENCE, name="room_confidence_range"),
        ]

    def __str__(self) -> str:
        return self.name


class Surface(BaseModel):
    """A wall, ceiling, floor or slab of a room."""

    TENANT = "room__level__blueprint__project__organization"
    PROJECT = "room__level__blueprint__project"
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="surfaces")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    adjacent_to = models.CharField(max_length=30)
    facing_deg = models.FloatField(null=True, blank=True)
    gross_sqft = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=dict)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["room", "key"]
        constraints = [models.UniqueConstraint(fields=["room", "key"], name="surface_once")]

    def __str__(self) -> str:
        return self.key


class Opening(BaseModel):
    """A window or door."""

    TENANT = "level__blueprint__project__organization"
    PROJECT = "level__blueprint__project"
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="openings")
    room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="openings")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    exterior = models.BooleanField(default=False)
    facing_deg = models.FloatField(null=True, blank=True)
    width_ft = models.FloatField(null=True, blank=True)
    height_ft = models.FloatField(null=True, blank=True)
    u_factor = models.FloatField(null=True, blank=True)
    shgc = models.FloatField(null=True, blank=True)
    at_pt = models.JSONField(default=list)
    confidence = models.FloatField()
    evidence = models.JSONField(default=dict)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["level", "key"]
        constraints = [
            models.UniqueConstraint(fields=["level", "key"], name="opening_once"),
            models.CheckConstraint(condition=CONFIDENCE, name="opening_confidence_range"),
        ]

    def __str__(self) -> str:
        return self.key
