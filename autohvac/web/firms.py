"""Which of their firms a person works for in this request."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from autohvac.accounts.access import get_or_404, may
from autohvac.accounts.models import Organization


def firms_for(user: Any, action: str) -> list[Organization]:
    """The user's firms in which their role allows `action`."""
    return [
        firm for firm in Organization.objects.visible_to(user).order_by("name") if may(user, firm, action)
    ]


def firm_for(user: Any, organization_id: Any, action: str) -> Organization:
    """The named firm, or the only one; PermissionDenied without any, Http404 when it is not clear which."""
    if organization_id is not None:
        return get_or_404(Organization, user, organization_id, action)
    firms = firms_for(user, action)
    if not firms:
        raise PermissionDenied
    if len(firms) > 1 and not user.is_superuser:
        raise Http404
    return firms[0]
