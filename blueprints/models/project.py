"""A house somebody wants loads for."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from autohvac.accounts.access import TenantManager
from autohvac.accounts.models import Customer, Organization
from autohvac.base import BaseModel
from autohvac.core.errors import RejectedInput
from autohvac.messages import error_text
from calculations.weather.lookup import design_weather


def known_zip(value: str) -> None:
    """Refuse five digits that are no ZIP code, before a plan is read for them."""
    try:
        design_weather(value)
    except RejectedInput as refused:
        if refused.code == "zip_unknown":  # what are no five digits is told by the other validator
            raise ValidationError(error_text(refused.code), code=refused.code) from refused


FRONTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


class Project(BaseModel):
    """Address, ZIP, orientation and what the owner knows of the construction.

    `answers` holds facts by the names of `blueprints.plan.building.FIELDS`, given by a person.
    """

    TENANT = "organization"
    PROJECT = "self"
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="projects")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    zip_code = models.CharField(
        _("ZIP code"),
        max_length=10,
        validators=[RegexValidator(r"^\d{5}(-\d{4})?$", _("Give the ZIP code as five digits.")), known_zip],
    )
    front = models.CharField(
        _("the front door faces"), max_length=2, blank=True, choices=[(f, f) for f in FRONTS]
    )
    north_deg = models.FloatField(
        _("north, degrees clockwise from the top of the page"), null=True, blank=True
    )
    year_built = models.PositiveSmallIntegerField(_("year built"), null=True, blank=True)
    bedrooms = models.PositiveSmallIntegerField(_("bedrooms"), null=True, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=200, blank=True)
    permit_no = models.CharField(_("permit number"), max_length=80, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    use_ai = models.BooleanField(_("may use the AI service"), default=True)

    objects = TenantManager()
    history = tracked()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(north_deg__isnull=True) | models.Q(north_deg__gte=0, north_deg__lt=360),
                name="project_north_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name
