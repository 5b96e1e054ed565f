"""API of load calculations; read only, a calculation never changes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.etags import etag_of
from autohvac.api.views import TenantListView, TenantObjectView
from calculations.models import LoadCalculation, RoomLoad


class RoomLoadOut(serializers.ModelSerializer):
    """Loads and airflow of one room."""

    class Meta:
        model = RoomLoad
        fields = [
            "room", "room_key", "name", "area_sqft", "heating_btuh", "sensible_btuh", "heating_cfm", "cooling_cfm",
        ]  # fmt: skip


class LoadCalculationOut(serializers.ModelSerializer):
    """The loads of one run."""

    project = serializers.UUIDField(source="run.blueprint.project_id")
    station = serializers.CharField(source="design.station")

    class Meta:
        model = LoadCalculation
        fields = [
            "id", "run", "project", "station", "method", "engine_version", "building_digest", "heating_btuh",
            "sensible_btuh", "latent_btuh", "created_at",
        ]  # fmt: skip


class LoadCalculationFull(LoadCalculationOut):
    """The loads with rooms and the whole loads document (schema autohvac.loads/1)."""

    room_loads = RoomLoadOut(many=True)
    result = serializers.DictField()

    class Meta(LoadCalculationOut.Meta):
        fields = [*LoadCalculationOut.Meta.fields, "room_loads", "result"]


class LoadCalculationsView(TenantListView):
    """Load calculations."""

    model, serializer_class = LoadCalculation, LoadCalculationOut
    related = ("run__blueprint", "design")
    filters = {
        "run": ("run", serializers.UUIDField()),
        "project": ("run__blueprint__project", serializers.UUIDField()),
    }


class LoadCalculationView(TenantObjectView):
    """One load calculation."""

    model, serializer_class = LoadCalculation, LoadCalculationFull

    def get(self, request: Request, pk: Any) -> Response:
        """Read the loads with rooms and components."""
        calculation = self.found()
        return Response(LoadCalculationFull(calculation).data, headers={"ETag": etag_of(calculation)})
