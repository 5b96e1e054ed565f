"""Device tokens: `Authorization: Bearer <token>`; only digests are stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from audit.context import act_as
from autohvac.accounts.models import DeviceToken, Organization, User

TOKEN_LIFE = timedelta(days=90)


def token_digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(*, user: User, organization: Organization, name: str) -> tuple[DeviceToken, str]:
    """A new token; the clear text is returned once and never stored."""
    clear = "ahv_" + secrets.token_urlsafe(32)
    row = DeviceToken.objects.create(
        user=user,
        organization=organization,
        name=name,
        prefix=clear[4:12],
        digest=token_digest(clear),
        expires_at=timezone.now() + TOKEN_LIFE,
    )
    return row, clear


class DeviceTokenAuthentication(BaseAuthentication):
    """Bearer token of a device."""

    def authenticate(self, request: Request) -> tuple[Any, DeviceToken] | None:
        """The user of a valid token; None when no bearer token is given."""
        parts = get_authorization_header(request).decode("latin-1").split()
        if len(parts) != 2 or parts[0].lower() != "bearer":
            return None
        token = DeviceToken.objects.select_related("user").filter(digest=token_digest(parts[1])).first()
        now = timezone.now()
        if token is None or token.revoked_at or token.expires_at < now or not token.user.is_active:
            raise AuthenticationFailed("token_invalid")
        DeviceToken.objects.filter(pk=token.pk).update(last_used_at=now)
        act_as(token.user, source="api")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Makes a missing token a 401."""
        return 'Bearer realm="api"'


class DeviceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped library hook
    """The OpenAPI description of device tokens."""

    target_class = "autohvac.api.auth.DeviceTokenAuthentication"
    name = "deviceToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """HTTP bearer."""
        return {"type": "http", "scheme": "bearer"}
