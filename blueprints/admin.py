"""Admin of projects, plans and runs. The list of runs is the work queue; actions call the services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from autohvac.accounts.access import may
from autohvac.accounts.admin_base import ReadOnlyAdmin, TenantAdmin
from autohvac.core.errors import RejectedInput
from autohvac.core.stage import STAGES
from autohvac.messages import error_text
from blueprints.models import (
    AiExchange,
    Blueprint,
    BlueprintPage,
    Correction,
    Drawing,
    Level,
    Opening,
    PipelineRun,
    Project,
    Question,
    ReviewItem,
    Room,
    StageRun,
    Surface,
)
from blueprints.models.review import ReviewStatus
from blueprints.services.reviews import review_close
from blueprints.services.runs import run_cancel, run_retry


@admin.register(Project)
class ProjectAdmin(TenantAdmin):
    """Houses."""

    list_display = (
        "name",
        "address",
        "zip_code",
        "front",
        "organization",
        "customer",
        "assignee",
        "created_at",
    )
    search_fields = ("name", "address", "zip_code", "customer__name")
    list_filter = ("front", "created_at")
    list_select_related = ("organization", "customer", "assignee")
    readonly_fields = ("organization",)


@admin.register(Blueprint)
class BlueprintAdmin(ReadOnlyAdmin):
    """Plan files."""

    list_display = ("original_name", "project", "page_count", "size", "created_at")
    search_fields = ("original_name", "project__name", "sha256")
    list_select_related = ("project",)


class StageInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    """The eight stages of a run."""

    model = StageRun
    extra = 0
    can_delete = False
    fields = ("name", "status", "attempt", "reused", "started_at", "finished_at", "error_code")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Stages are made with the run."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the run."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def _retry_action(stage: str) -> Any:
    def retry(model_admin: Any, request: HttpRequest, queryset: QuerySet[PipelineRun]) -> None:
        for run in queryset:
            model_admin.act(request, run, lambda run=run: run_retry(run=run, stage=stage, actor=request.user))

    retry.short_description = _("Retry from stage %(stage)s") % {"stage": stage}  # type: ignore[attr-defined]  # admin API
    retry.__name__ = f"retry_{stage}"
    return retry


@admin.register(PipelineRun)
class PipelineRunAdmin(TenantAdmin):
    """The work queue: status, stage, stakes, age."""

    list_display = (
        "blueprint",
        "status",
        "stage",
        "shown_percent",
        "open_items",
        "stake_btuh",
        "assignee",
        "age",
    )
    list_filter = ("status", "stage", "kind", "created_at")
    search_fields = (
        "id",
        "blueprint__original_name",
        "blueprint__project__name",
        "blueprint__project__address",
    )
    list_select_related = ("blueprint__project__assignee",)
    inlines = (StageInline,)
    actions = ("cancel_runs", "assign_to_me", *[_retry_action(stage) for stage in STAGES])
    readonly_fields = tuple(f.name for f in PipelineRun._meta.fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PipelineRun]:
        """With the open items and the largest stake of each run, in one query."""
        is_open = Q(review_items__status="open")
        found: QuerySet[PipelineRun] = (
            super()
            .get_queryset(request)
            .annotate(
                open_count=Count("review_items", filter=is_open),
                stake=Max("review_items__stake_btuh", filter=is_open),
            )
        )
        return found

    @admin.display(description=_("Progress"))
    def shown_percent(self, run: PipelineRun) -> str:
        """Whole percent."""
        return f"{run.percent:.0f} %"

    @admin.display(description=_("Open items"), ordering="open_count")
    def open_items(self, run: Any) -> int:
        """Items to verify."""
        return int(run.open_count)

    @admin.display(description=_("Btu/h at stake"), ordering="stake")
    def stake_btuh(self, run: Any) -> str:
        """Largest stake of an open item."""
        return "" if run.stake is None else f"{run.stake:,.0f}"

    @admin.display(description=_("Assigned to"))
    def assignee(self, run: PipelineRun) -> str:
        """Who works on the project."""
        return str(run.blueprint.project.assignee or "")

    @admin.display(description=_("Age"), ordering="created_at")
    def age(self, run: PipelineRun) -> str:
        """Since the run was started."""
        return timesince(run.created_at, timezone.now())

    @admin.action(description=_("Cancel"))
    def cancel_runs(self, request: HttpRequest, queryset: QuerySet[PipelineRun]) -> None:
        """Ask live runs to stop."""
        for run in queryset:
            self.act(request, run, lambda run=run: run_cancel(run=run, actor=request.user))

    @admin.action(description=_("Assign to me"))
    def assign_to_me(self, request: HttpRequest, queryset: QuerySet[PipelineRun]) -> None:
        """Take the projects of these runs."""
        for run in queryset:
            project = run.blueprint.project
            project.assignee = request.user
            self.act(request, run, project.save)

    def act(self, request: HttpRequest, run: PipelineRun, deed: Any) -> None:
        """Do it if the role allows, and report on this row."""
        if not may(request.user, run, "change"):
            self.message_user(request, f"{run}: {error_text('forbidden')}", messages.ERROR)
            return
        try:
            deed()
        except RejectedInput as error:
            self.message_user(request, f"{run}: {error_text(error.code)}", messages.WARNING)
        else:
            self.message_user(request, f"{run}: {_('done')}", messages.SUCCESS)


@admin.register(ReviewItem)
class ReviewItemAdmin(TenantAdmin):
    """Items to verify, the largest stake first."""

    list_display = ("field", "reason", "stake_btuh", "status", "assignee", "run")
    list_filter = ("status",)
    search_fields = ("field", "reason", "run__blueprint__project__name")
    list_select_related = ("run__blueprint", "assignee")
    actions = ("confirm",)
    readonly_fields = ("run", "field", "reason", "stake_btuh", "where")

    @admin.action(description=_("Confirm as verified"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[ReviewItem]) -> None:
        """Close these items."""
        for item in queryset:
            if may(request.user, item, "change"):
                review_close(item=item, status=ReviewStatus.CONFIRMED, actor=request.user)  # type: ignore[arg-type]  # signed in


@admin.register(AiExchange)
class AiExchangeAdmin(ReadOnlyAdmin):
    """Questions to the AI service: what they cost and what came of them."""

    list_display = (
        "created_at",
        "run",
        "model",
        "status",
        "outcome",
        "tokens",
        "cost_usd",
        "latency_ms",
        "accepted",
    )
    list_filter = ("status", "outcome", "model", "created_at")
    list_select_related = ("run__blueprint",)


@admin.register(StageRun, BlueprintPage, Drawing, Level, Room, Surface, Opening, Question, Correction)
class PipelineRowsAdmin(ReadOnlyAdmin):
    """What the pipeline and people wrote, with history."""

    list_filter = ("created_at",)
