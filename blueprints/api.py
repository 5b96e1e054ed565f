"""API of projects, plan files, building values and review items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as ModelError
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.accounts.access import get_or_404
from autohvac.api.etags import etag_of, require_if_match
from autohvac.api.idempotency import idempotent
from autohvac.api.views import TenantListView, TenantObjectView, accepted, validated
from autohvac.web.firms import firm_for
from blueprints.api_plan import IF_MATCH, correctable_etag, corrected
from blueprints.api_runs import IDEMPOTENCY, RunOut
from blueprints.models import Blueprint, Project, ReviewItem
from blueprints.models.review import ReviewStatus
from blueprints.plan.building import FIELDS
from blueprints.services.projects import project_create, project_update
from blueprints.services.reviews import review_close
from blueprints.services.runs import run_start
from blueprints.services.uploads import blueprint_upload

PROJECT_FIELDS = (
    "name", "address", "zip_code", "front", "north_deg", "year_built", "bedrooms", "jurisdiction", "permit_no", "use_ai",
)  # fmt: skip


# ---- projects ----------------------------------------------------------------------------------
class ProjectOut(serializers.ModelSerializer):
    """A project."""

    class Meta:
        model = Project
        fields = ["id", "organization", "customer", *PROJECT_FIELDS, "answers", "created_at", "updated_at"]
        read_only_fields = ["id", "organization", "customer", "answers"]


class ProjectIn(serializers.ModelSerializer):
    """What a person says of a project."""

    organization = serializers.UUIDField(required=False, help_text="Needed when you belong to several firms.")

    class Meta:
        model = Project
        fields = ["organization", *PROJECT_FIELDS]


class ProjectsView(TenantListView):
    """Projects."""

    model, serializer_class = Project, ProjectOut
    filters = {
        "zip_code": ("zip_code", serializers.CharField()),
        "search": ("name__icontains", serializers.CharField()),
    }

    @extend_schema(request=ProjectIn, responses={201: ProjectOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request) -> Response:
        """Make a project."""
        fields = validated(ProjectIn, request)
        organization = firm_for(request.user, fields.pop("organization", None), "upload")
        project = _model_errors(
            lambda: project_create(organization=organization, actor=request.user, **fields)
        )
        headers = {"Location": reverse("api:project", args=[project.pk]), "ETag": etag_of(project)}
        return Response(ProjectOut(project).data, status=201, headers=headers)


class ProjectView(TenantObjectView):
    """One project."""

    model, serializer_class = Project, ProjectOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read a project."""
        project = self.found()
        return Response(ProjectOut(project).data, headers={"ETag": etag_of(project)})

    @extend_schema(request=ProjectIn, responses=ProjectOut, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: Any) -> Response:
        """Change a project; start a run to calculate with the new values."""
        project = self.found("change")
        require_if_match(request, etag_of(project))
        checked = ProjectIn(project, data=request.data, partial=True)
        checked.is_valid(raise_exception=True)
        fields = {name: value for name, value in checked.validated_data.items() if name != "organization"}
        project = _model_errors(lambda: project_update(project=project, actor=request.user, **fields))
        return Response(ProjectOut(project).data, headers={"ETag": etag_of(project)})


def _model_errors(deed: Any) -> Project:
    try:
        made: Project = deed()
    except ModelError as error:
        raise serializers.ValidationError(serializers.as_serializer_error(error)) from None
    return made


# ---- blueprints --------------------------------------------------------------------------------
class BlueprintOut(serializers.ModelSerializer):
    """A plan file."""

    last_run = serializers.SerializerMethodField()

    class Meta:
        model = Blueprint
        fields = ["id", "project", "original_name", "sha256", "size", "page_count", "created_at", "last_run"]

    def get_last_run(self, blueprint: Blueprint) -> str | None:
        """Id of the newest run."""
        newest = next(iter(blueprint.runs.all()), None)
        return str(newest.pk) if newest is not None else None


class UploadIn(serializers.Serializer):
    """A plan file for a project."""

    file = serializers.FileField(allow_empty_file=True)
    project = serializers.UUIDField()
    supersedes = serializers.UUIDField(
        required=False,
        help_text="The plan of the project this one revises; its corrections are kept where they match.",
    )


class UploadOut(serializers.Serializer):
    """The plan file and the run that reads it."""

    blueprint = BlueprintOut()
    run = RunOut()


class BlueprintsView(TenantListView):
    """Plan files."""

    model, serializer_class = Blueprint, BlueprintOut
    filters = {"project": ("project", serializers.UUIDField())}
    parser_classes = [MultiPartParser]

    def get_queryset(self) -> Any:
        """With the runs, for `last_run`."""
        return super().get_queryset().prefetch_related("runs")

    @extend_schema(request=UploadIn, responses={202: UploadOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request) -> Response:
        """Upload a plan; 202 with the run to follow. The same file again returns what is there."""
        given = validated(UploadIn, request)
        project = get_or_404(Project, request.user, given["project"], "upload")
        earlier = _earlier_plan(request, project, given.get("supersedes"))
        blueprint, run = blueprint_upload(
            project=project,
            stream=given["file"],
            name=given["file"].name,
            actor=request.user,
            supersedes=earlier,
        )
        return accepted(UploadOut({"blueprint": blueprint, "run": run}).data, run_id=run.pk)


def _earlier_plan(request: Request, project: Project, pk: Any) -> Blueprint | None:
    if pk is None:
        return None
    earlier = get_or_404(Blueprint, request.user, pk, "upload")
    if earlier.project_id != project.pk:
        raise serializers.ValidationError({"supersedes": "of another project"})
    return earlier


class BlueprintView(TenantObjectView):
    """One plan file."""

    model, serializer_class = Blueprint, BlueprintOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read a plan file's facts."""
        blueprint = self.found()
        headers = {"ETag": correctable_etag(blueprint, blueprint, "facts")}
        return Response(BlueprintOut(blueprint).data, headers=headers)


class BlueprintRunsView(TenantObjectView):
    """Runs of one plan file."""

    model, serializer_class = Blueprint, RunOut

    @extend_schema(request=None, responses={202: RunOut}, parameters=[IDEMPOTENCY])
    @idempotent
    def post(self, request: Request, pk: Any) -> Response:
        """Calculate again with the project's present values; a live run is returned instead."""
        run = run_start(blueprint=self.found("upload"), actor=request.user)
        return accepted(RunOut(run).data, run_id=run.pk)


class FactsIn(serializers.Serializer):
    """Building values by name, and why."""

    values = serializers.DictField(child=serializers.CharField(max_length=100), allow_empty=False)
    reason = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)

    def validate_values(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """Known names only."""
        if unknown := sorted(set(values) - set(FIELDS)):
            raise serializers.ValidationError({name: "unknown" for name in unknown})
        return values


class BlueprintFactsView(TenantObjectView):
    """Values of the building."""

    model, serializer_class = Blueprint, FactsIn

    @extend_schema(request=FactsIn, responses={202: RunOut}, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: Any) -> Response:
        """Correct building values; 202 with the recalculation. If-Match is the ETag of the blueprint."""
        blueprint = self.found("change")
        require_if_match(request, correctable_etag(blueprint, blueprint, "facts"))
        given = validated(FactsIn, request)
        return corrected(request, blueprint, "facts", given["values"], given["reason"])


# ---- review items ------------------------------------------------------------------------------
class ReviewItemOut(serializers.ModelSerializer):
    """Something to verify."""

    class Meta:
        model = ReviewItem
        fields = ["id", "run", "field", "reason", "stake_btuh", "where", "status", "assignee", "updated_at"]


class ReviewItemIn(serializers.Serializer):
    """How the item was settled."""

    status = serializers.ChoiceField(choices=ReviewStatus.choices)


class ReviewItemsView(TenantListView):
    """Review items."""

    model, serializer_class = ReviewItem, ReviewItemOut
    filters = {
        "run": ("run", serializers.UUIDField()),
        "status": ("status", serializers.ChoiceField(choices=ReviewStatus.choices)),
    }


class ReviewItemView(TenantObjectView):
    """One review item."""

    model, serializer_class = ReviewItem, ReviewItemOut

    def get(self, request: Request, pk: Any) -> Response:
        """Read an item."""
        item = self.found()
        return Response(ReviewItemOut(item).data, headers={"ETag": etag_of(item)})

    @extend_schema(request=ReviewItemIn, responses=ReviewItemOut, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: Any) -> Response:
        """Confirm, mark corrected, or open an item again."""
        item = self.found("change")
        require_if_match(request, etag_of(item))
        item = review_close(item=item, status=validated(ReviewItemIn, request)["status"], actor=request.user)
        return Response(ReviewItemOut(item).data, headers={"ETag": etag_of(item)})
