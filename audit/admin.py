"""Admin of the audit log: to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Events of the user's firms."""

    list_display = ("seq", "at", "actor_label", "kind", "object_type", "object_id", "run_id")
    list_filter = ("kind", "at")
    search_fields = ("actor_label", "object_id", "run_id")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Only the user's own firms' events."""
        events = super().get_queryset(request)
        user: Any = request.user
        return (
            events
            if user.is_superuser
            else events.filter(organization_id__in=user.memberships.values("organization_id"))
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Staff may read."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        """Staff may read."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are recorded by deeds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        """Never."""
        return False
