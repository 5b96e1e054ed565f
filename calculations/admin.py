"""Admin of loads: to look at, with history."""

from __future__ import annotations

from django.contrib import admin

from autohvac.accounts.admin_base import ReadOnlyAdmin
from calculations.models import (
    ComponentLoad,
    ConstructionAssembly,
    DesignConditions,
    LoadCalculation,
    RoomLoad,
)


@admin.register(LoadCalculation)
class LoadCalculationAdmin(ReadOnlyAdmin):
    """Load calculations."""

    list_display = (
        "run",
        "method",
        "heating_btuh",
        "sensible_btuh",
        "latent_btuh",
        "engine_version",
        "created_at",
    )
    list_select_related = ("run__blueprint",)
    search_fields = ("run__blueprint__project__name",)


@admin.register(DesignConditions, ConstructionAssembly, ComponentLoad, RoomLoad)
class LoadRowsAdmin(ReadOnlyAdmin):
    """Rows of calculations."""

    list_filter = ("created_at",)
