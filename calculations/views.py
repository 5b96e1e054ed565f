"""The results page of a run."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from autohvac.accounts.access import get_or_404
from autohvac.web.drawing import bars, hourly_chart
from blueprints.models import PipelineRun
from blueprints.views_runs import run_context
from calculations.models import ConstructionAssembly, LoadCalculation
from reports.models import Report


@login_required
@require_safe
def results_page(request: HttpRequest, pk: Any) -> HttpResponse:
    """The answer, where it comes from, what is assumed, what to verify, and the report files."""
    run = get_or_404(PipelineRun, request.user, pk)
    calculation = LoadCalculation.objects.filter(run=run).select_related("design").first()
    if calculation is None:
        return redirect("web:run", pk=pk)
    return render(request, "web/results.html", run_context(request, run) | _results(run, calculation))


def _findings(run: PipelineRun) -> list[dict[str, Any]]:
    """What the cross-checks of stage 5 found, with its place."""
    issues = run.stages.filter(name="cleanup").values_list("issues", flat=True).first() or []
    return [issue for issue in issues if issue["severity"] != "info"]


def _results(run: PipelineRun, calculation: LoadCalculation) -> dict[str, Any]:
    loads = calculation.result
    block = loads["block"]
    rooms = list(calculation.room_loads.select_related("room"))
    return {
        "calculation": calculation,
        "design": loads["design"],
        "cooling_btuh": calculation.sensible_btuh + calculation.latent_btuh,
        "seasons": {name: bars(block[name]) for name in ("heating", "cooling_sensible", "cooling_latent")},
        "chart": hourly_chart(loads.get("aed_curve") or []),
        "interval": loads.get("interval"),
        "drivers": loads.get("drivers", []),
        "load_warnings": loads.get("warnings", []),
        "rooms": rooms,
        "area_sqft": sum(room.area_sqft for room in rooms),
        "facts": ConstructionAssembly.objects.filter(project=run.blueprint.project),
        "review_items": run.review_items.all(),
        "findings": _findings(run),
        "reports": Report.objects.filter(calculation=calculation).order_by("-format"),
    }
