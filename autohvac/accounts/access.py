"""The one door to tenant data: what a user may see and do.

Each tenant-owned model names `TENANT`, its path to the organization, and, where a customer may see it, `PROJECT`,
its path to the project. Not yours and not there look the same: 404.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404

EDITORS = ("owner", "admin", "designer", "reviewer")
MANAGERS = ("owner", "admin")
ROLES_FOR = {
    "view": ("owner", "admin", "designer", "reviewer", "sales", "viewer"),
    "upload": ("owner", "admin", "designer", "reviewer", "sales"),
    "change": EDITORS,
    "manage": MANAGERS,
}
CUSTOMER_MAY = ("view", "upload", "answer")

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """A queryset that knows whose rows are whose."""

    def visible_to(self, user: Any) -> TenantQuerySet[M]:
        """Rows of the user's firms, and of projects where the user is the customer."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        tenant = self.model.TENANT  # type: ignore[attr-defined]  # every tenant-owned model names it
        rule = models.Q(**{f"{tenant}__in": user.memberships.values("organization_id")})
        project = getattr(self.model, "PROJECT", None)
        if project is not None:
            path = "customer__user" if project == "self" else f"{project}__customer__user"
            rule |= models.Q(**{path: user})
        return self.filter(rule).distinct() if project is not None else self.filter(rule)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # Django builds this base
    """`Model.objects.visible_to(user)`."""


def organization_id_of(obj: Any) -> UUID:
    """The organization that owns a tenant object."""
    if obj.TENANT == "pk":
        return UUID(str(obj.pk))
    value: Any = obj
    for part in obj.TENANT.split("__"):
        value = getattr(value, part)
    return UUID(str(value.pk))


def roles_of(user: Any, organization_id: UUID) -> set[str]:
    """The user's roles in a firm; a superuser has all."""
    if user.is_superuser:
        return set(ROLES_FOR["view"])
    return set(user.memberships.filter(organization_id=organization_id).values_list("role", flat=True))


def may(user: Any, obj: Any, action: str) -> bool:
    """Whether the user may do `action` (view, upload, answer, change, manage) to this object."""
    roles = roles_of(user, organization_id_of(obj))
    wanted = ROLES_FOR["upload"] if action == "answer" else ROLES_FOR[action]
    if roles & set(wanted):
        return True
    return not roles and action in CUSTOMER_MAY and hasattr(type(obj), "PROJECT")


def get_or_404(model: type[M], user: Any, pk: Any, action: str = "view") -> M:
    """The object if the user may see it, else Http404; PermissionDenied when seen but the role forbids the action."""
    try:
        obj = model._default_manager.visible_to(user).filter(pk=pk).first()  # type: ignore[attr-defined]
    except (ValueError, ValidationError):
        obj = None
    if obj is None:
        raise Http404
    if not may(user, obj, action):
        raise PermissionDenied
    found: M = obj
    return found
