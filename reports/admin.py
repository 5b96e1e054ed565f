"""Admin of reports."""

from __future__ import annotations

from django.contrib import admin

from autohvac.accounts.admin_base import ReadOnlyAdmin
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Report files; they leave through the authorising page, not from here."""

    list_display = ("calculation", "format", "locale", "status", "sha256", "created_at")
    list_filter = ("format", "status")
    exclude = ("file",)
    list_select_related = ("calculation__run__blueprint",)
