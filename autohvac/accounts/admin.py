"""Admin of firms and people."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from autohvac.accounts.admin_base import TenantAdmin
from autohvac.accounts.models import Customer, DeviceToken, Membership, Organization, User


@admin.register(User)
class UserAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # the library has no types
    """People; site operators only. Deactivated, never deleted."""

    list_display = ("email", "first_name", "last_name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "first_name", "last_name")
    list_filter = ("is_active", "is_staff")
    fields = ("email", "first_name", "last_name", "locale", "is_active", "is_staff")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never."""
        return False


@admin.register(Organization)
class OrganizationAdmin(TenantAdmin):
    """Firms."""

    list_display = ("name", "licence_no", "locale", "created_at")
    search_fields = ("name",)
    fields = ("name", "licence_no", "locale")


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    """Roles."""

    list_display = ("user", "organization", "role")
    list_filter = ("role",)
    list_select_related = ("user", "organization")
    readonly_fields = ("user", "organization")


@admin.register(Customer)
class CustomerAdmin(TenantAdmin):
    """Customers."""

    list_display = ("name", "organization", "email", "phone")
    search_fields = ("name", "email")
    list_select_related = ("organization",)
    fields = ("name", "email", "phone")


@admin.register(DeviceToken)
class DeviceTokenAdmin(TenantAdmin):
    """API tokens of devices; the digest is never shown."""

    list_display = ("name", "prefix", "user", "expires_at", "last_used_at", "revoked_at")
    list_select_related = ("user",)
    fields = ("name", "prefix", "user", "expires_at", "last_used_at", "revoked_at")
    readonly_fields = ("prefix", "user", "expires_at", "last_used_at")
