"""Device tokens: made from email and password, shown once, listed, revoked."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from autohvac.accounts.models import DeviceToken, Organization
from autohvac.api.auth import issue_token
from autohvac.api.views import TenantListView, TenantObjectView, validated
from autohvac.messages import error_text


class TokenIn(serializers.Serializer[Any]):
    """Who, and on which device."""

    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)
    name = serializers.CharField(max_length=100, help_text="Name of the device, to recognise it later.")


class TokenOut(serializers.ModelSerializer[DeviceToken]):
    """A token without its secret."""

    class Meta:
        model = DeviceToken
        fields = ["id", "name", "prefix", "created_at", "expires_at", "last_used_at", "revoked_at"]


class TokenMade(TokenOut):
    """A new token; `token` is shown this once."""

    token = serializers.CharField()

    class Meta(TokenOut.Meta):
        fields = [*TokenOut.Meta.fields, "token"]


class SignInThrottle(AnonRateThrottle):
    """Guessing passwords is slow."""

    rate = "10/min"
    scope = "sign_in"


class TokensView(TenantListView):
    """Device tokens of the signed-in user."""

    model = DeviceToken
    serializer_class = TokenOut

    def get_queryset(self) -> Any:
        """Only one's own."""
        rows = super().get_queryset()
        return rows if getattr(self, "swagger_fake_view", False) else rows.filter(user=self.request.user)

    def get_permissions(self) -> list[Any]:
        """Signing in needs no token."""
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    def get_throttles(self) -> list[Any]:
        """Sign-in is throttled by address."""
        return [SignInThrottle()] if self.request.method == "POST" else [UserRateThrottle()]

    @extend_schema(request=TokenIn, responses={201: TokenMade}, auth=[])
    def post(self, request: Request) -> Response:
        """Sign in a device. The token is in this answer and nowhere else; Idempotency-Key is not kept here."""
        given = validated(TokenIn, request)
        user = authenticate(request, username=given["email"].lower(), password=given["password"])
        if user is None:
            raise AuthenticationFailed(error_text("not_authenticated"))
        organization = Organization.objects.visible_to(user).first() or _firm_of_customer(user)
        if organization is None:
            raise PermissionDenied
        row, clear = issue_token(user=user, organization=organization, name=given["name"])
        row.token = clear
        return Response(TokenMade(row).data, status=201)


def _firm_of_customer(user: Any) -> Organization | None:
    customer = user.customer_of.select_related("organization").first()
    return customer.organization if customer is not None else None


class TokenView(TenantObjectView):
    """One device token."""

    model = DeviceToken
    serializer_class = TokenOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: Any) -> Response:
        """Revoke: the token stops working at once."""
        row = DeviceToken.objects.filter(user=request.user, pk=pk).first() or self.found("manage")
        row.revoked_at = row.revoked_at or timezone.now()
        row.save()
        return Response(status=204)
