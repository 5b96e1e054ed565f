"""Stage 7: loads to documents. PDF, JSON and CSV from one ReportDocument."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

from autohvac.core.digest import sha256_file
from autohvac.core.evidence import Frozen
from autohvac.core.stage import Stage, StageContext, StageOutput
from blueprints.models import BlueprintPage, PipelineRun
from blueprints.models.review import ReviewStatus
from blueprints.outputs import output_of
from blueprints.stages import answers_of
from calculations.models import LoadCalculation
from calculations.stages import LoadsOut
from reports.document import build_document
from reports.models import Report, ReportFormat, ReportStatus
from reports.parts import ReportIn
from reports.pictures import PagePicture, level_pictures
from reports.renderers.csv import render_csv
from reports.renderers.json import render_json
from reports.renderers.pdf import render_pdf
from reports.tables import room_marks


class ReportStageIn(Frozen):
    """The loads, the facts of the cover, and the page pictures (page number → stored name)."""

    loads: LoadsOut
    facts: dict[str, str]
    verified: dict[str, str]
    run_id: str
    run_code: str
    run_time: str
    status: str
    locale: str
    previews: dict[int, PagePicture]


class ReportFile(Frozen):
    """A made report file."""

    format: str
    name: str
    sha256: str


class ReportOut(StageOutput):
    """The files of the report."""

    files: tuple[ReportFile, ...]
    locale: str
    status: str


class ReportStage(Stage[ReportStageIn, ReportOut]):
    """Stage 7: the report in every format."""

    name, version, timeout_s, weight, output = "report", 2, 180, 0.08, ReportOut

    def load(self, run: PipelineRun) -> ReportStageIn:
        """Loads, project facts and pictures of the run."""
        loads = output_of(run, "loads", LoadsOut)
        pages = BlueprintPage.objects.filter(blueprint=run.blueprint).exclude(preview="")
        return ReportStageIn(
            loads=loads,
            facts=project_facts(run),
            verified=verified_items(run),
            run_id=str(run.pk),
            run_code=str(run.pk)[:8],
            run_time=run.created_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            status="draft" if run.review_items.filter(status=ReviewStatus.OPEN).exists() else "final",
            locale=report_locale(run),
            previews={p.number: PagePicture(name=p.preview.name, width_pt=p.width_pt) for p in pages},
        )

    def compute(self, inp: ReportStageIn, ctx: StageContext) -> ReportOut:
        """Draw the pictures, build the document once, render it three times."""
        loads, building = inp.loads.result.loads, inp.loads.building
        marks = room_marks(loads["rooms"])
        pictures = level_pictures(building, inp.previews, folder=ctx.workdir, fetch=ctx.fetch, marks=marks)
        document = build_document(
            ReportIn(
                building=building,
                loads=loads,
                trace=tuple(line.model_dump(mode="json") for line in inp.loads.result.trace),
                facts=inp.facts,
                verified=inp.verified,
                pictures=pictures,
                run_id=inp.run_id,
                run_code=inp.run_code,
                run_time=inp.run_time,
                status=inp.status,
                locale=inp.locale,
            )
        )
        ctx.progress(1, 3, "pdf")
        made = {
            "pdf": (render_pdf(document), "application/pdf"),
            "json": (render_json(document), "application/json"),
            "csv": (render_csv(document), "text/csv"),
        }
        files = tuple(_keep(ctx, kind, data, media_type) for kind, (data, media_type) in made.items())
        return ReportOut(files=files, locale=inp.locale, status=inp.status)

    def save(self, run: PipelineRun, out: ReportOut) -> None:
        """Report rows; those of earlier calculations of this blueprint are superseded."""
        calculation = LoadCalculation.objects.get(run=run)
        for file in out.files:
            values = {"status": ReportStatus(out.status), "sha256": file.sha256, "file": file.name}
            Report.objects.update_or_create(
                calculation=calculation, format=ReportFormat(file.format), locale=out.locale, defaults=values
            )
        older = Report.objects.filter(calculation__run__blueprint=run.blueprint).exclude(
            calculation=calculation
        )
        for report in older.exclude(status=ReportStatus.SUPERSEDED):
            report.status = ReportStatus.SUPERSEDED
            report.save()


def _keep(ctx: StageContext, kind: str, data: bytes, media_type: str) -> ReportFile:
    path: Path = ctx.workdir / f"report.{kind}"
    path.write_bytes(data)
    return ReportFile(format=kind, name=ctx.keep(path, media_type), sha256=sha256_file(path))


def report_locale(run: PipelineRun) -> str:
    """The language of who asked for the run; without a person that of the firm."""
    firm: str = run.blueprint.project.organization.locale
    return run.started_by.locale if run.started_by is not None else firm


def verified_items(run: PipelineRun) -> dict[str, str]:
    """Review items a person has closed: their field, and how."""
    closed = run.review_items.exclude(status=ReviewStatus.OPEN)
    return dict(closed.order_by("field").values_list("field", "status"))


def project_facts(run: PipelineRun) -> dict[str, str]:
    """The words of the cover: project, customer, firm."""
    project: Any = run.blueprint.project
    return {
        "name": project.name,
        "address": project.address,
        "zip_code": project.zip_code,
        "customer": project.customer.name if project.customer else "",
        "jurisdiction": project.jurisdiction,
        "permit_no": project.permit_no,
        "firm": project.organization.name,
        "licence_no": project.organization.licence_no,
        "front": str(answers_of(run).get("front") or ""),
        "plan_file": run.blueprint.original_name,
    }
