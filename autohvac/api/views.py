"""What all API views share: lists and objects through the tenant's door, filters, 202 answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from rest_framework import generics, serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from autohvac.accounts.access import get_or_404

RETRY_AFTER_S = 2


class QueryFilter(BaseFilterBackend):
    """`?name=value` for the names in `view.filters` (name → (lookup, serializer field))."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """Apply the filters that were given."""
        for name, (lookup, field) in view.filters.items():
            if name in request.query_params:
                try:
                    value = field.run_validation(request.query_params[name])
                except serializers.ValidationError as error:
                    raise serializers.ValidationError({name: error.detail}) from None
                queryset = queryset.filter(**{lookup: value})
        return queryset

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The filters in OpenAPI."""
        return [
            {"name": name, "in": "query", "required": False, "schema": _schema_of(field)}
            for name, (_, field) in view.filters.items()
        ]


def _schema_of(field: serializers.Field[Any, Any, Any, Any]) -> dict[str, Any]:
    if isinstance(field, serializers.UUIDField):
        return {"type": "string", "format": "uuid"}
    if isinstance(field, serializers.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, serializers.ChoiceField):
        return {"type": "string", "enum": list(field.choices)}
    return {"type": "string"}


class TenantListView(generics.ListAPIView):
    """Rows the user may see, newest first."""

    model: ClassVar[Any]
    related: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[Mapping[str, tuple[str, Any]]] = {}
    filter_backends = [QueryFilter]

    def get_queryset(self) -> models.QuerySet[Any]:
        """The tenant's rows."""
        manager = self.model._default_manager
        if getattr(self, "swagger_fake_view", False):
            return manager.none()
        return manager.visible_to(self.request.user).select_related(*self.related)


class TenantObjectView(generics.GenericAPIView):
    """One object the user may see."""

    model: ClassVar[Any]
    pagination_class = None
    filter_backends: ClassVar[list[Any]] = []

    def found(self, action: str = "view") -> Any:
        """The object of this address, or 404; 403 when the role forbids the action."""
        return get_or_404(self.model, self.request.user, self.kwargs["pk"], action)

    def get_queryset(self) -> models.QuerySet[Any]:
        """For the schema only; objects come from `found`."""
        return self.model._default_manager.none()


class AnyAccept(BaseContentNegotiation):
    """The view's first renderer, whatever the client accepts: files and event streams have one form."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """The first parser."""
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """The first renderer."""
        return renderers[0], renderers[0].media_type


def accepted(data: Any, *, run_id: Any) -> Response:
    """202 with the run's address and when to look again."""
    headers = {"Location": reverse("api:run", args=[run_id]), "Retry-After": str(RETRY_AFTER_S)}
    return Response(data, status=202, headers=headers)


def validated(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The checked body; ValidationError (400) names the fields."""
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


__all__ = [
    "APIView",
    "AnyAccept",
    "QueryFilter",
    "TenantListView",
    "TenantObjectView",
    "accepted",
    "validated",
]
