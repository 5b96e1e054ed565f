"""The admin of tenant-owned models: everything a member of staff sees is their firm's."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import Http404, HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from autohvac.accounts.access import may


class SeenHistoryAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # the library has no types
    """History only of what the user may see; the library alone shows or fails on any id."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """History of what the user may see; of anything else, nothing."""
        self._must_see(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: Any, extra_context: Any = None
    ) -> Any:
        """One version of what the user may see."""
        self._must_see(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _must_see(self, request: HttpRequest, object_id: str) -> None:
        if self.get_object(request, unquote(object_id)) is None:
            raise Http404


class TenantAdmin(SeenHistoryAdmin):
    """Querysets, choices of foreign keys and permissions are limited to the firms of the user."""

    show_full_result_count = False
    list_per_page = 50
    actions_on_bottom = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Rows of the user's firms only."""
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=self.model._default_manager.visible_to(request.user).values("pk"))
        )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only rows the user may see."""
        manager = db_field.related_model._default_manager
        if hasattr(manager.all(), "visible_to"):
            kwargs["queryset"] = manager.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Staff of a firm see our models; what they may do is decided per object."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every role of the firm may look."""
        return self.has_module_permission(request) and (obj is None or may(request.user, obj, "view"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors may change."""
        return self.has_module_permission(request) and (obj is None or may(request.user, obj, "change"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are made by services."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand."""
        return False


class ReadOnlyAdmin(TenantAdmin):
    """What the pipeline wrote: to look at, with history, not to edit."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
