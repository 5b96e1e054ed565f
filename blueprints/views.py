"""Pages of projects and plan files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from autohvac.accounts.access import get_or_404, may
from autohvac.core.errors import RejectedInput, Transient
from autohvac.messages import error_text
from autohvac.web.files import stored_file
from autohvac.web.firms import firm_for, firms_for
from blueprints.forms import ProjectForm, UploadForm
from blueprints.models import Blueprint, BlueprintPage, PipelineRun, Project
from blueprints.services.projects import project_create, project_update
from blueprints.services.uploads import blueprint_upload


class ProjectsPage(LoginRequiredMixin, ListView):
    """The user's projects, newest first."""

    template_name, context_object_name, paginate_by = "web/projects.html", "projects", 25

    def get_queryset(self) -> Any:
        """Visible projects with their plan files and runs; `?q=` looks in name and address."""
        runs = Prefetch("runs", PipelineRun.objects.order_by("-created_at"))
        plans = Prefetch("blueprints", Blueprint.objects.prefetch_related(runs))
        rows = Project.objects.visible_to(self.request.user).prefetch_related(plans)
        wanted = self.request.GET.get("q", "").strip()
        return (
            (rows.filter(name__icontains=wanted) | rows.filter(address__icontains=wanted)) if wanted else rows
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the user may make a project."""
        extra = {
            "may_create": bool(firms_for(self.request.user, "upload")),
            "q": self.request.GET.get("q", ""),
        }
        return super().get_context_data(**kwargs) | extra


class ProjectNewPage(LoginRequiredMixin, View):
    """A new project."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self._page(request, ProjectForm(firms=self._firms(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it, and go on to the upload."""
        form = ProjectForm(request.POST, firms=self._firms(request))
        if not form.is_valid():
            return self._page(request, form, status=400)
        fields = dict(form.cleaned_data)
        organization = firm_for(request.user, fields.pop("organization", None), "upload")
        project = project_create(organization=organization, actor=request.user, **fields)
        return redirect("web:upload", pk=project.pk)

    def _firms(self, request: HttpRequest) -> list[Any]:
        firms = firms_for(request.user, "upload")
        if not firms:
            raise PermissionDenied
        return firms

    def _page(self, request: HttpRequest, form: ProjectForm, *, status: int = 200) -> HttpResponse:
        return render(request, "web/project_form.html", {"form": form}, status=status)


class ProjectPage(LoginRequiredMixin, View):
    """One project: its facts, plan files and runs."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Show it."""
        project = get_or_404(Project, request.user, pk)
        context = {
            "project": project,
            "blueprints": project.blueprints.prefetch_related("runs"),
            "may_change": may(request.user, project, "change"),
            "may_upload": may(request.user, project, "upload"),
        }
        return render(request, "web/project.html", context)


class ProjectEditPage(LoginRequiredMixin, View):
    """Change a project."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The filled form."""
        project = get_or_404(Project, request.user, pk, "change")
        return render(
            request, "web/project_form.html", {"form": ProjectForm(instance=project), "project": project}
        )

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Save; what was calculated stays until somebody calculates again."""
        project = get_or_404(Project, request.user, pk, "change")
        form = ProjectForm(request.POST, instance=project)
        if not form.is_valid():
            return render(request, "web/project_form.html", {"form": form, "project": project}, status=400)
        project_update(project=project, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Calculate again to use the new values."))
        return redirect("web:project", pk=pk)


class UploadPage(LoginRequiredMixin, View):
    """Upload a plan: a plain multipart form; the script only adds a bar."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The form."""
        project = get_or_404(Project, request.user, pk, "upload")
        return self._page(request, project, UploadForm(plans=project.blueprints.all()))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Store the file, start the run, show it."""
        project = get_or_404(Project, request.user, pk, "upload")
        form = UploadForm(request.POST, request.FILES, plans=project.blueprints.all())
        if not form.is_valid():
            return self._page(request, project, form, status=400)
        file = form.cleaned_data["file"]
        try:
            _blueprint, run = blueprint_upload(
                project=project,
                stream=file,
                name=file.name,
                actor=request.user,
                supersedes=form.cleaned_data.get("supersedes"),
            )
        except (RejectedInput, Transient) as error:
            form.add_error("file", error_text(error.code))
            status = 422 if isinstance(error, RejectedInput) else 503
            return self._page(request, project, form, status=status)
        return redirect("web:run", pk=run.pk)

    def _page(
        self, request: HttpRequest, project: Project, form: UploadForm, *, status: int = 200
    ) -> HttpResponse:
        return render(request, "web/upload.html", {"project": project, "form": form}, status=status)


@login_required
@require_safe
def blueprint_file(request: HttpRequest, pk: Any) -> FileResponse:
    """The plan as it was uploaded."""
    blueprint = get_or_404(Blueprint, request.user, pk)
    return stored_file(
        blueprint.file,
        media_type="application/octet-stream",
        name=blueprint.original_name,
        etag=blueprint.sha256,
    )


@login_required
@require_safe
def page_preview(request: HttpRequest, pk: Any) -> FileResponse:
    """The picture of a page."""
    page = get_or_404(BlueprintPage, request.user, pk)
    if not page.preview:
        raise Http404
    return stored_file(page.preview, media_type="image/png", name=f"page-{page.number}.png", inline=True)
