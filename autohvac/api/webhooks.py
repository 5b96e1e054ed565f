"""API of webhooks: made, changed, removed, their deliveries listed and sent again."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.idempotency import idempotent
from autohvac.api.models import DeliveryStatus, Webhook, WebhookDelivery, WebhookEvent
from autohvac.api.outbox import replay
from autohvac.api.views import TenantListView, TenantObjectView, validated
from autohvac.web.firms import firm_for
from blueprints.api_runs import IDEMPOTENCY


class WebhookOut(serializers.ModelSerializer[Webhook]):
    """A webhook without its secret."""

    class Meta:
        model = Webhook
        fields = ["id", "organization", "url", "events", "active", "created_at", "updated_at"]


class WebhookMade(WebhookOut):
    """A new webhook; `secret` signs its messages and is shown this once."""

    secret = serializers.CharField()

    class Meta(WebhookOut.Meta):
        fields = [*WebhookOut.Meta.fields, "secret"]


class WebhookIn(serializers.Serializer[Any]):
    """Where to send what."""

    organization = serializers.UUIDField(required=False, help_text="Needed when you belong to several firms.")
    url = serializers.URLField(max_length=500)
    events = serializers.ListField(
        child=serializers.ChoiceField(choices=WebhookEvent.values),
        required=False,
        help_text="Empty means all.",
    )
    active = serializers.BooleanField(required=False)


class DeliveryOut(serializers.ModelSerializer[WebhookDelivery]):
    """A message to a webhook."""

    class Meta:
        model = WebhookDelivery
        fields = [
            "id",
            "webhook",
            "event",
            "run_id",
            "payload",
            "status",
            "attempt",
            "due_at",
            "answer",
            "created_at",
        ]


class WebhooksView(TenantListView):
    """Webhooks."""

    model, serializer_class = Webhook, WebhookOut

    @extend_schema(request=WebhookIn, responses={201: WebhookMade}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request) -> Response:
        """Make a webhook; only owners and admins of the firm may."""
        fields = validated(WebhookIn, request)
        organization = firm_for(request.user, fields.pop("organization", None), "manage")
        hook = Webhook.objects.create(organization=organization, **fields)
        headers = {"Location": reverse("api:webhook", args=[hook.pk])}
        return Response(WebhookMade(hook).data, status=201, headers=headers)


class WebhookView(TenantObjectView):
    """One webhook."""

    model, serializer_class = Webhook, WebhookOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read a webhook."""
        return Response(WebhookOut(self.found()).data)

    @extend_schema(request=WebhookIn, responses=WebhookOut)
    def patch(self, request: Request, pk: Any) -> Response:
        """Change where it goes, what it tells, or whether it tells at all."""
        hook = self.found("manage")
        checked = WebhookIn(data=request.data, partial=True)
        checked.is_valid(raise_exception=True)
        for name in ("url", "events", "active"):
            setattr(hook, name, checked.validated_data.get(name, getattr(hook, name)))
        hook.save()
        return Response(WebhookOut(hook).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: Any) -> Response:
        """Remove a webhook with its messages."""
        self.found("manage").delete()
        return Response(status=204)


class DeliveriesView(TenantListView):
    """Messages to webhooks."""

    model, serializer_class = WebhookDelivery, DeliveryOut
    filters = {
        "webhook": ("webhook", serializers.UUIDField()),
        "status": ("status", serializers.ChoiceField(choices=DeliveryStatus.values)),
    }


class DeliveryReplayView(TenantObjectView):
    """One message to a webhook."""

    model, serializer_class = WebhookDelivery, DeliveryOut

    @extend_schema(request=None, responses={202: DeliveryOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Send a message again; its id stays the same."""
        return Response(DeliveryOut(replay(self.found("manage"))).data, status=202)
