"""Questions about reports and the analysis document of a run."""

from __future__ import annotations

from typing import Any

from autohvac.core.stage import Issue
from autohvac.messages import error_text
from blueprints.models import FINISHED, PipelineRun
from blueprints.outputs import output_of
from blueprints.plan.building import Building
from blueprints.plan.model import Plan
from blueprints.selectors import stage_seconds
from blueprints.stages import CleanupOut, PagesOut
from calculations.manualj.version import ENGINE_VERSION
from calculations.stages import LoadsOut
from reports.analysis import AnalysisIn, analysis_document
from reports.models import Report


def analysis_of(run: PipelineRun) -> dict[str, Any]:
    """The analysis document (contract §4) of a run as far as it got."""
    done = set(run.stages.filter(status__in=FINISHED).values_list("name", flat=True))
    loads = output_of(run, "loads", LoadsOut) if "loads" in done else None
    pages = output_of(run, "pages", PagesOut).pages if "pages" in done else None
    if pages is not None and "geometry" in done:
        pages = output_of(run, "geometry", Plan).classed(pages)
    building: Building | None = None
    if loads is not None:
        building = loads.building
    elif "cleanup" in done:
        building = output_of(run, "cleanup", CleanupOut).building
    return analysis_document(
        AnalysisIn(
            run_id=str(run.pk),
            engine_version=ENGINE_VERSION,
            status=contract_status(run),
            filename=run.blueprint.original_name,
            sha256=run.blueprint.sha256,
            page_count=run.blueprint.page_count or 0,
            pages=pages,
            building=building,
            loads=loads.result.loads if loads is not None else None,
            reports=[{"format": r.format, "path": r.file.name} for r in reports_of(run)],
            timings_s={row.name: stage_seconds(row) or 0.0 for row in run.stages.all() if row.name in done},
            warnings=_warnings(run),
        )
    )


def contract_status(run: PipelineRun) -> str:
    """completed, needs_review, needs_input or failed."""
    return run.status if run.status in ("completed", "needs_review", "needs_input") else "failed"


def _warnings(run: PipelineRun) -> list[dict[str, Any]]:
    found = [issue for row in run.stages.all() for issue in row.issues]
    if run.error_code:
        failure = Issue(code=run.error_code, message=error_text(run.error_code), severity="error")
        found.append(failure.model_dump(mode="json"))
    return found


def reports_of(run: PipelineRun) -> list[Report]:
    """The report files of a run, PDF first."""
    order = {"pdf": 0, "json": 1, "csv": 2}
    return sorted(Report.objects.filter(calculation__run=run), key=lambda r: order.get(r.format, 9))


def report_bytes(run: PipelineRun, kind: str) -> bytes | None:
    """The bytes of one report of a run; None when there is none."""
    report = Report.objects.filter(calculation__run=run, format=kind).first()
    if report is None:
        return None
    with report.file.open("rb") as stream:
        data: bytes = stream.read()
    return data
