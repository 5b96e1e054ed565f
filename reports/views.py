"""Downloads of reports: authorised here, streamed from storage, never by a public address."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from autohvac.accounts.access import get_or_404
from autohvac.web.files import stored_file
from reports.models import Report

MEDIA_TYPES = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv; charset=utf-8"}


def report_response(report: Report) -> FileResponse:
    """The report's bytes under a name people recognise."""
    project = report.calculation.run.blueprint.project
    name = f"{slugify(project.name) or 'report'}-manual-j-{report.created_at:%Y-%m-%d}.{report.format}"
    media_type = MEDIA_TYPES.get(report.format, "application/octet-stream")
    return stored_file(report.file, media_type=media_type, name=name, etag=report.sha256)


@login_required
@require_safe
def report_download(request: HttpRequest, pk: Any) -> FileResponse:
    """One report file."""
    return report_response(get_or_404(Report, request.user, pk))
