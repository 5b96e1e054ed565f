"""The plan page: rooms over the sheet, the editor, what was changed and what it did to the loads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from autohvac.accounts.access import get_or_404
from autohvac.core.errors import RejectedInput
from autohvac.doorbell import silenced
from autohvac.messages import error_text
from autohvac.pipeline.quick import recalculate_now, warm
from autohvac.web.difference import difference_of
from autohvac.web.drawing import drawn_levels, drawn_without_scale
from autohvac.web.words import choices_of
from blueprints.changes import changes_of
from blueprints.models import LIVE, Blueprint, PipelineRun
from blueprints.plan.model import OpeningKind, RoomType
from blueprints.selectors import last_run
from blueprints.services.corrections import change_undo, corrections_add
from blueprints.targets import Edit
from blueprints.views_runs import run_context

MOST_EDITS = 50
FROM_SCRIPT = "X-Editor"


@login_required
@require_safe
@never_cache
def plan_page(request: HttpRequest, pk: Any) -> HttpResponse:
    """Rooms and openings over the page picture, and the same as tables."""
    run = get_or_404(PipelineRun, request.user, pk)
    context = _context(request, run)
    if context["may_change"]:
        warm()
    return render(request, "web/plan.html", context)


def _context(request: HttpRequest, run: PipelineRun) -> dict[str, Any]:
    blueprint = run.blueprint
    changes = changes_of(blueprint, run=run)
    latest = last_run(blueprint)
    return run_context(request, run) | {
        "blueprint": blueprint,
        "levels": drawn_levels(blueprint),
        "without_scale": drawn_without_scale(run),
        "changes": list(reversed(changes)),
        "undoable": next((c for c in reversed(changes) if c.stands and c.takes_back is None), None),
        "version": version_of(blueprint),
        "difference": difference_of(run),
        "newer": latest if latest is not None and latest.pk != run.pk else None,
        "room_types": choices_of(RoomType.__args__),  # type: ignore[attr-defined]  # a Literal
        "opening_kinds": choices_of(OpeningKind.__args__),  # type: ignore[attr-defined]  # a Literal
    }


def version_of(blueprint: Blueprint) -> str:
    """What an edit must have seen: it grows with every correction."""
    return str(blueprint.corrections.count())


@login_required
@require_POST
def plan_edit(request: HttpRequest, pk: Any) -> HttpResponse:
    """Edits of the script as one change: JSON in, the new plan part out. 412 when somebody else was quicker."""
    blueprint = get_or_404(Blueprint, request.user, pk, "change")
    given = _edits(request.body)
    if given is None:
        return _refusal("invalid", status=400)
    edits, reason, version = given
    if version != version_of(blueprint):
        return _refusal("precondition_failed", status=412)
    return _changed(
        request,
        lambda: corrections_add(blueprint=blueprint, edits=edits, reason=reason, actor=request.user),
    )


def _edits(body: bytes) -> tuple[list[Edit], str, str] | None:
    """Edits, reason and version of a JSON body; None when it is something else."""
    try:
        given = json.loads(body)
        edits = [Edit(str(e["target"]), str(e["field"]), e["value"]) for e in given["edits"]]
        reason, version = str(given.get("reason", ""))[:400], str(given["version"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return (edits, reason, version) if 0 < len(edits) <= MOST_EDITS else None


@login_required
@require_POST
def plan_undo(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take a change back; works as a plain form too."""
    blueprint = get_or_404(Blueprint, request.user, pk, "change")
    try:
        change = UUID(request.POST.get("change", ""))
    except ValueError:
        return _refusal("invalid", status=400)
    return _changed(request, lambda: change_undo(blueprint=blueprint, change=change, actor=request.user))


def _changed(request: HttpRequest, deed: Callable[[], PipelineRun]) -> HttpResponse:
    """Do it, calculate at once where possible, and show the plan as it is now."""
    try:
        with silenced():
            run = deed()
    except RejectedInput as error:
        return _refusal(error.code, status=422, **error.facts)
    there = recalculate_now(run)
    if FROM_SCRIPT not in request.headers:
        return redirect("web:plan" if there or run.status not in LIVE else "web:run", pk=run.pk)
    response = render(request, "web/_plan.html", _context(request, run))
    response["X-Run"] = str(run.pk)
    return response


def _refusal(code: str, *, status: int, **facts: Any) -> HttpResponse:
    return HttpResponse(error_text(code, **facts), status=status, content_type="text/plain; charset=utf-8")
