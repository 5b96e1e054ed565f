"""API of rooms and openings: read with an ETag, corrected with If-Match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.etags import etag_of, require_if_match
from autohvac.api.idempotency import idempotent
from autohvac.api.views import TenantListView, TenantObjectView, accepted, validated
from autohvac.doorbell import silenced
from autohvac.pipeline.quick import recalculate_now
from blueprints.api_runs import IDEMPOTENCY, RunOut
from blueprints.models import Blueprint, Opening, Room
from blueprints.plan.model import OpeningKind, RoomType
from blueprints.services.corrections import corrections_add
from blueprints.targets import Edit

IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True)


class RoomOut(serializers.ModelSerializer):
    """A room as the last run knows it."""

    blueprint = serializers.UUIDField(source="level.blueprint_id")
    level_name = serializers.CharField(source="level.name")

    class Meta:
        model = Room
        fields = [
            "id", "blueprint", "level", "level_name", "key", "name", "type", "area_sqft", "ceiling_height_ft",
            "conditioned", "polygon_ft", "polygon_pt", "confidence", "evidence", "updated_at",
        ]  # fmt: skip


class RoomIn(serializers.Serializer):
    """What a person knows better about a room."""

    name = serializers.CharField(max_length=200, required=False)
    type = serializers.ChoiceField(choices=RoomType.__args__, required=False)
    conditioned = serializers.BooleanField(required=False)
    area_sqft = serializers.FloatField(min_value=1, max_value=20000, required=False)
    ceiling_height_ft = serializers.FloatField(min_value=6, max_value=30, required=False)
    reason = serializers.CharField(max_length=400, required=False, allow_blank=True)


class OpeningOut(serializers.ModelSerializer):
    """A window or door as the last run knows it."""

    blueprint = serializers.UUIDField(source="level.blueprint_id")

    class Meta:
        model = Opening
        fields = [
            "id", "blueprint", "level", "room", "key", "kind", "exterior", "facing_deg", "width_ft", "height_ft",
            "u_factor", "shgc", "at_pt", "confidence", "evidence", "updated_at",
        ]  # fmt: skip


class OpeningIn(serializers.Serializer):
    """What a person knows better about an opening."""

    kind = serializers.ChoiceField(choices=OpeningKind.__args__, required=False)
    width_ft = serializers.FloatField(min_value=0.5, max_value=40, required=False)
    height_ft = serializers.FloatField(min_value=0.5, max_value=30, required=False)
    u_factor = serializers.FloatField(min_value=0.05, max_value=2, required=False)
    shgc = serializers.FloatField(min_value=0.01, max_value=1, required=False)
    deleted = serializers.BooleanField(required=False)
    reason = serializers.CharField(max_length=400, required=False, allow_blank=True)


class RoomsView(TenantListView):
    """Rooms."""

    model, serializer_class, related = Room, RoomOut, ("level",)
    filters = {
        "project": ("level__blueprint__project", serializers.UUIDField()),
        "blueprint": ("level__blueprint", serializers.UUIDField()),
        "run": ("level__blueprint__runs", serializers.UUIDField()),
        "level": ("level", serializers.UUIDField()),
        "conditioned": ("conditioned", serializers.BooleanField()),
    }


class OpeningsView(TenantListView):
    """Openings."""

    model, serializer_class, related = Opening, OpeningOut, ("level",)
    filters = {
        "project": ("level__blueprint__project", serializers.UUIDField()),
        "blueprint": ("level__blueprint", serializers.UUIDField()),
        "run": ("level__blueprint__runs", serializers.UUIDField()),
        "room": ("room", serializers.UUIDField()),
        "exterior": ("exterior", serializers.BooleanField()),
    }


class CorrectableView(TenantObjectView):
    """One room or opening: read with ETag, corrected with If-Match."""

    given: type[serializers.Serializer]

    def get(self, request: Request, pk: Any) -> Response:
        """Read it; the ETag is what an edit sends back as If-Match."""
        obj = self.found()
        headers = {"ETag": correctable_etag(obj, obj.level.blueprint, obj.key)}
        return Response(self.get_serializer(obj).data, headers=headers)

    def correct(self, request: Request) -> Response:
        """Record the corrections; 202 with the recalculation."""
        obj = self.found("change")
        require_if_match(request, correctable_etag(obj, obj.level.blueprint, obj.key))
        values = validated(self.given, request)
        reason = values.pop("reason", "")
        if not values:
            raise serializers.ValidationError({"non_field_errors": ["empty"]})
        return corrected(request, obj.level.blueprint, obj.key, values, reason)


class RoomView(CorrectableView):
    """One room."""

    model, serializer_class, given = Room, RoomOut, RoomIn

    @extend_schema(request=RoomIn, responses={202: RunOut}, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: Any) -> Response:
        """Correct a room."""
        return self.correct(request)


class PartIn(serializers.Serializer):
    """Name and use of a part of a split room."""

    name = serializers.CharField(max_length=200)
    type = serializers.ChoiceField(choices=RoomType.__args__)


class SplitIn(serializers.Serializer):
    """A line through the room, in points of the page as in `polygon_pt`; first the part on its left, from start to end."""

    line = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        min_length=2,
        max_length=2,
    )
    parts = serializers.ListField(child=PartIn(), min_length=2, max_length=2)
    reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)


class MergeIn(serializers.Serializer):
    """Rooms of the same level that become part of this one, each beside it or beside another of them."""

    rooms = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=20)
    reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)


class RoomActionView(TenantObjectView):
    """Something done to the outline of a room; If-Match is the room's ETag."""

    model, serializer_class = Room, RoomOut
    given: type[serializers.Serializer]

    def deed(self, request: Request, field: str) -> Response:
        """Check the version and the body, record, recalculate."""
        room = self.found("change")
        require_if_match(request, correctable_etag(room, room.level.blueprint, room.key))
        values = validated(self.given, request)
        edit = Edit(room.key, field, self.value(room, values))
        return changed(request, room.level.blueprint, [edit], values["reason"])

    def value(self, room: Room, values: Mapping[str, Any]) -> dict[str, Any]:
        """What is recorded."""
        raise NotImplementedError


class RoomSplitView(RoomActionView):
    """Split a room."""

    given = SplitIn

    @extend_schema(request=SplitIn, responses={202: RunOut}, parameters=[IF_MATCH, IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Split a room along a line."""
        return self.deed(request, "split")

    def value(self, room: Room, values: Mapping[str, Any]) -> dict[str, Any]:
        """The line, and the parts with their keys."""
        keys = (room.key, f"N-{uuid4().hex[:10]}")
        parts = [{**part, "key": key} for key, part in zip(keys, values["parts"], strict=True)]
        return {"line": values["line"], "parts": parts}


class RoomMergeView(RoomActionView):
    """Merge rooms."""

    given = MergeIn

    @extend_schema(request=MergeIn, responses={202: RunOut}, parameters=[IF_MATCH, IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Make other rooms part of this one."""
        return self.deed(request, "merge")

    def value(self, room: Room, values: Mapping[str, Any]) -> dict[str, Any]:
        """The other rooms' keys; a room of another level or plan is not there."""
        wanted = [str(pk) for pk in values["rooms"]]
        found = {
            str(other.pk): other.key for other in room.level.rooms.filter(pk__in=wanted).exclude(pk=room.pk)
        }
        if unknown := sorted(set(wanted) - set(found)):
            raise serializers.ValidationError({"rooms": unknown})
        return {"keys": [found[pk] for pk in dict.fromkeys(wanted)]}


class OpeningView(CorrectableView):
    """One opening."""

    model, serializer_class, given = Opening, OpeningOut, OpeningIn

    @extend_schema(request=OpeningIn, responses={202: RunOut}, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: Any) -> Response:
        """Correct an opening."""
        return self.correct(request)


def correctable_etag(obj: Any, blueprint: Blueprint, target_key: str) -> str:
    """The version of something corrections are kept for: its row, and how many corrections there are."""
    return etag_of(obj, version=blueprint.corrections.filter(target_key=target_key).count())


def corrected(
    request: Request, blueprint: Blueprint, target_key: str, values: Mapping[str, Any], reason: str
) -> Response:
    """Record the values as one change; 202 with the run, whose loads are there already when the plan was read before."""
    edits = [Edit(target_key, field, value) for field, value in values.items()]
    return changed(request, blueprint, edits, reason)


def changed(request: Request, blueprint: Blueprint, edits: Sequence[Edit], reason: str) -> Response:
    """Record edits as one change and recalculate; 202 with the run."""
    with silenced():
        run = corrections_add(blueprint=blueprint, edits=edits, reason=reason, actor=request.user)
    recalculate_now(run)
    return accepted(RunOut(run).data, run_id=run.pk)
