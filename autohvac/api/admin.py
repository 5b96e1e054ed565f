"""Admin of webhooks and their messages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from autohvac.accounts.access import may
from autohvac.accounts.admin_base import ReadOnlyAdmin, TenantAdmin
from autohvac.api.models import Webhook, WebhookDelivery
from autohvac.api.outbox import replay


@admin.register(Webhook)
class WebhookAdmin(TenantAdmin):
    """Where firms want to be told."""

    list_display = ("url", "organization", "active", "created_at")
    list_filter = ("active",)
    search_fields = ("url",)
    fields = ("url", "events", "active")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Managers of the firm."""
        return self.has_module_permission(request) and (obj is None or may(request.user, obj, "manage"))


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """The outbox, with the messages that were given up."""

    list_display = ("event", "webhook", "status", "attempt", "answer", "due_at")
    list_filter = ("status", "event")
    list_select_related = ("webhook",)
    actions = ("send_again",)

    @admin.action(description="Send again", permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        """Send the chosen messages again, where the user manages the firm."""
        sent = [replay(row) for row in queryset.select_related("webhook") if may(request.user, row, "manage")]
        self.message_user(request, f"{len(sent)} sent again")
