"""API of reports: their facts and their bytes."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.etags import etag_of
from autohvac.api.views import AnyAccept, TenantListView, TenantObjectView
from reports.models import Report, ReportFormat, ReportStatus
from reports.views import report_response


class ReportOut(serializers.ModelSerializer):
    """One file of a report; its bytes are under `/content`."""

    run = serializers.UUIDField(source="calculation.run_id")

    class Meta:
        model = Report
        fields = ["id", "run", "calculation", "format", "locale", "status", "sha256", "created_at"]


class ReportsView(TenantListView):
    """Reports."""

    model, serializer_class, related = Report, ReportOut, ("calculation",)
    filters = {
        "run": ("calculation__run", serializers.UUIDField()),
        "project": ("calculation__run__blueprint__project", serializers.UUIDField()),
        "format": ("format", serializers.ChoiceField(choices=ReportFormat.choices)),
        "status": ("status", serializers.ChoiceField(choices=ReportStatus.choices)),
    }


class ReportView(TenantObjectView):
    """One report."""

    model, serializer_class = Report, ReportOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read a report's facts."""
        report = self.found()
        return Response(ReportOut(report).data, headers={"ETag": etag_of(report)})


class ReportContentView(TenantObjectView):
    """The bytes of a report."""

    model, serializer_class = Report, ReportOut
    content_negotiation_class = AnyAccept

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: Any) -> FileResponse:
        """Download."""
        return report_response(self.found())
