"""Pages of a run: progress, plan, questions, corrections, review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from autohvac.accounts.access import get_or_404, may
from autohvac.core.errors import RejectedInput
from autohvac.doorbell import silenced
from autohvac.messages import error_text
from autohvac.pipeline.quick import recalculate_now
from blueprints.forms import AnswersForm, CorrectionForm, OpeningForm, RoomForm
from blueprints.models import LIVE, Blueprint, Opening, PipelineRun, ReviewItem, Room
from blueprints.selectors import run_progress
from blueprints.services.corrections import corrections_add
from blueprints.services.reviews import review_close
from blueprints.services.runs import run_answer, run_cancel, run_retry, run_start
from blueprints.targets import Edit


def run_context(request: HttpRequest, run: PipelineRun) -> dict[str, Any]:
    """What every page of a run shows."""
    return {
        "run": run,
        "project": run.blueprint.project,
        "live": run.status in LIVE,
        "has_results": hasattr(run, "calculation"),
        "questions": list(run.questions.all()),
        "may_change": may(request.user, run, "change"),
        "may_upload": may(request.user, run, "upload"),
    }


def progress_context(run: PipelineRun) -> dict[str, Any]:
    """True progress; the sentence of an error if there is one."""
    error = error_text(run.error_code, **run.error_facts) if run.error_code else ""
    return {"progress": run_progress(run), "error": error}


@login_required
@require_safe
@never_cache
def run_page(request: HttpRequest, pk: Any) -> HttpResponse:
    """Progress of a run, stage by stage; refreshes itself while the run is live."""
    run = get_or_404(PipelineRun, request.user, pk)
    return render(request, "web/run.html", run_context(request, run) | progress_context(run))


@login_required
@require_safe
@never_cache
def run_progress_part(request: HttpRequest, pk: Any) -> HttpResponse:
    """The progress part alone, for the script; the header says whether to go on looking."""
    run = get_or_404(PipelineRun, request.user, pk)
    context = progress_context(run) | {"run": run, "live": run.status in LIVE}
    response = render(request, "web/_progress.html", context)
    response["X-Run-Status"] = "live" if run.status in LIVE else "ended"
    return response


@login_required
@require_POST
def run_again(request: HttpRequest, pk: Any) -> HttpResponse:
    """Calculate again with the present values."""
    blueprint = get_or_404(Blueprint, request.user, pk, "upload")
    return redirect("web:run", pk=run_start(blueprint=blueprint, actor=request.user).pk)


@login_required
@require_POST
def run_cancel_post(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask a run to stop."""
    run = run_cancel(run=get_or_404(PipelineRun, request.user, pk, "upload"), actor=request.user)
    return redirect("web:run", pk=run.pk)


@login_required
@require_POST
def run_retry_post(request: HttpRequest, pk: Any) -> HttpResponse:
    """Do a stage and those after it again."""
    run = get_or_404(PipelineRun, request.user, pk, "change")
    try:
        run_retry(run=run, stage=request.POST.get("stage", ""), actor=request.user)
    except RejectedInput as error:
        messages.error(request, error_text(error.code))
    return redirect("web:run", pk=pk)


class QuestionsPage(LoginRequiredMixin, View):
    """The questions of a run; answers start a new run."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The form."""
        run = get_or_404(PipelineRun, request.user, pk)
        return self._page(request, run, AnswersForm(questions=run.questions.all()))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Keep the answers and calculate again."""
        run = get_or_404(PipelineRun, request.user, pk, "answer")
        form = AnswersForm(request.POST, questions=run.questions.all())
        if not form.is_valid():
            return self._page(request, run, form, status=400)
        try:
            new = run_answer(run=run, answers=form.answers(), actor=request.user)
        except RejectedInput as error:
            form.add_code_error(str(error.facts.get("field", "")), error_text(error.code, **error.facts))
            return self._page(request, run, form, status=422)
        return redirect("web:run", pk=new.pk)

    def _page(
        self, request: HttpRequest, run: PipelineRun, form: AnswersForm, *, status: int = 200
    ) -> HttpResponse:
        return render(
            request, "web/questions.html", run_context(request, run) | {"form": form}, status=status
        )


class CorrectionPage(LoginRequiredMixin, View):
    """Correct one room or opening; the loads follow at once when the plan was read before."""

    model: type[Any]
    form_class: type[CorrectionForm]

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The values as read, to look at or to correct."""
        obj = get_or_404(self.model, request.user, pk)
        return self._page(request, obj, self.form_class(initial=self._initial(obj)))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Record what differs."""
        obj = get_or_404(self.model, request.user, pk, "change")
        form = self.form_class(request.POST, initial=self._initial(obj))
        if not form.is_valid():
            return self._page(request, obj, form, status=400)
        changes = form.changes()
        if not changes:
            messages.info(request, _("Nothing was changed."))
            return redirect(request.path)
        edits = [Edit(obj.key, name, value) for name, value in changes.items()]
        with silenced():
            run = corrections_add(
                blueprint=obj.level.blueprint,
                edits=edits,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        return redirect("web:plan" if recalculate_now(run) else "web:run", pk=run.pk)

    def _initial(self, obj: Any) -> dict[str, Any]:
        values = {name: getattr(obj, name, None) for name in self.form_class.base_fields}
        return {name: round(v, 2) if isinstance(v, float) else v for name, v in values.items()}

    def _page(
        self, request: HttpRequest, obj: Any, form: CorrectionForm, *, status: int = 200
    ) -> HttpResponse:
        context = {
            "obj": obj,
            "form": form,
            "run": obj.level.blueprint.runs.first(),
            "project": obj.level.blueprint.project,
            "may_change": may(request.user, obj, "change"),
            "is_room": self.model is Room,
        }
        return render(request, "web/correction.html", context, status=status)


class RoomPage(CorrectionPage):
    """One room."""

    model, form_class = Room, RoomForm


class OpeningPage(CorrectionPage):
    """One window or door."""

    model, form_class = Opening, OpeningForm


@login_required
@require_POST
def review_post(request: HttpRequest, pk: Any) -> HttpResponse:
    """Confirm a review item, or open it again."""
    item = get_or_404(ReviewItem, request.user, pk, "change")
    status = request.POST.get("status", "")
    if status in ("confirmed", "corrected", "open"):
        review_close(item=item, status=status, actor=request.user)
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(target)
    return redirect("web:results", pk=item.run_id)
