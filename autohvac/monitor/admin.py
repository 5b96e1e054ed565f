"""Alerts in the admin, for operators of the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from autohvac.accounts.admin_base import SeenHistoryAdmin
from autohvac.monitor.models import Alert


@admin.register(Alert)
class AlertAdmin(SeenHistoryAdmin):
    """What left its usual band; to look at."""

    list_display = ("kind", "subject", "value", "low", "high", "created_at", "closed_at")
    list_filter = ("kind", "closed_at")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Figures of the whole site are for its operators."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators only."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The watch makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody edits what was measured."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes it."""
        return False
