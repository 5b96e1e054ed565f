"""Stages 1 to 5: thin ends around the plan reader. Stages 1 to 4 read the file in a limited child process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from autohvac.core.evidence import Frozen
from autohvac.core.sandbox import run_limited
from autohvac.core.stage import Stage, StageContext, StageOutput
from blueprints.ai.ledger import failures_before, record_changes
from blueprints.ai.port import AiReport, issue_of, proposal_for
from blueprints.changes import corrections_of
from blueprints.cleaners import cleaner_name, cleaner_named
from blueprints.models import PipelineRun
from blueprints.outputs import output_of
from blueprints.parts import read_in_parts
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import CleanupIn, clean
from blueprints.plan.cleanup.findings import findings_of
from blueprints.plan.cleanup.quality import Quality, quality_of
from blueprints.plan.model import PageSet, PdfFacts, Plan, TextSet
from blueprints.projection import project_building, project_facts, project_pages, project_quality


def _in_child(ctx: StageContext, verb: str, *, share: float = 1.0, **payload: Any) -> Any:
    """The reader's answer within a share of the time allowed."""
    return run_limited(
        module="blueprints.plan",
        verb=verb,
        payload={"path": str(ctx.plan_file()), **payload},
        workdir=ctx.workdir,
        limits=replace(ctx.limits, seconds=max(1, round(share * ctx.limits.seconds))),
        progress=ctx.progress,
        check_cancelled=ctx.check_cancelled,
    )


class ValidateIn(Frozen):
    """The file by its digest, and what we accept."""

    sha256: str
    max_bytes: int
    max_pages: int


class ValidateStage(Stage[ValidateIn, PdfFacts]):
    """Stage 1: can this file be used?"""

    name, version, timeout_s, weight, output = "validate", 1, 120, 0.02, PdfFacts

    def load(self, run: PipelineRun) -> ValidateIn:
        """Digest and limits."""
        return ValidateIn(
            sha256=run.blueprint.sha256,
            max_bytes=settings.UPLOAD_MAX_BYTES,
            max_pages=settings.UPLOAD_MAX_PAGES,
        )

    def compute(self, inp: ValidateIn, ctx: StageContext) -> PdfFacts:
        """Open the file in the child."""
        limits = {"max_bytes": inp.max_bytes, "max_pages": inp.max_pages}
        return PdfFacts.model_validate(_in_child(ctx, "validate", limits=limits))

    def save(self, run: PipelineRun, out: PdfFacts) -> None:
        """Page count on the blueprint."""
        project_facts(run, out)


class PagesIn(Frozen):
    """The facts of stage 1."""

    facts: PdfFacts


class PagesOut(StageOutput):
    """The pages, and pictures of those that show floor plans (page number → stored name)."""

    pages: PageSet
    previews: dict[str, str]


class PagesStage(Stage[PagesIn, PagesOut]):
    """Stage 2: class and score every page, find the drawings."""

    name, version, timeout_s, weight, output = "pages", 8, 240, 0.15, PagesOut

    def load(self, run: PipelineRun) -> PagesIn:
        """Stage 1's facts."""
        return PagesIn(facts=output_of(run, "validate", PdfFacts))

    def compute(self, inp: PagesIn, ctx: StageContext) -> PagesOut:
        """Analyse in the child and keep the pictures."""
        folder = ctx.workdir / "previews"
        folder.mkdir(exist_ok=True)
        answer = _in_child(ctx, "pages", facts=inp.facts.model_dump(mode="json"), folder=str(folder))
        pages = PageSet.model_validate(answer["pages"])
        previews = {number: ctx.keep(Path(name), "image/png") for number, name in answer["previews"].items()}
        return PagesOut(pages=pages, previews=previews, issues=pages.issues)

    def save(self, run: PipelineRun, out: PagesOut) -> None:
        """Pages and drawings as rows."""
        project_pages(run, out.pages, out.previews)


class GeometryIn(Frozen):
    """The file and its pages."""

    sha256: str
    pages: PageSet


class GeometryStage(Stage[GeometryIn, Plan]):
    """Stage 3: walls, rooms and openings in points."""

    name, version, timeout_s, weight, output = "geometry", 11, 240, 0.30, Plan

    def load(self, run: PipelineRun) -> GeometryIn:
        """Stage 2's pages."""
        return GeometryIn(sha256=run.blueprint.sha256, pages=output_of(run, "pages", PagesOut).pages)

    def compute(self, inp: GeometryIn, ctx: StageContext) -> Plan:
        """Extract in the child; sheet by sheet when all are too much together."""

        def read(pages: PageSet, share: float) -> Plan:
            answer = _in_child(ctx, "geometry", share=share, pages=pages.model_dump(mode="json"))
            return Plan.model_validate(answer)

        return read_in_parts(inp.pages, read)

    def save(self, run: PipelineRun, out: Plan) -> None:
        """Pages that were classed anew; rooms become rows when stage 5 has settled scale and names."""
        if out.sheets:
            known = output_of(run, "pages", PagesOut)
            project_pages(run, out.classed(known.pages), known.previews)


class TextIn(Frozen):
    """The file, its pages and geometry."""

    sha256: str
    pages: PageSet
    plan: Plan


class TextStage(Stage[TextIn, TextSet]):
    """Stage 4: words, labels, dimensions, notes."""

    name, version, timeout_s, weight, output = "text", 8, 240, 0.25, TextSet

    def load(self, run: PipelineRun) -> TextIn:
        """Pages and geometry."""
        plan = output_of(run, "geometry", Plan)
        pages = plan.classed(output_of(run, "pages", PagesOut).pages)
        return TextIn(sha256=run.blueprint.sha256, pages=pages, plan=plan)

    def compute(self, inp: TextIn, ctx: StageContext) -> TextSet:
        """Read in the child; sheet by sheet when all are too much together."""

        def read(pages: PageSet, share: float) -> TextSet:
            plan = inp.plan.of_pages({page.number for page in pages.pages})
            documents = {"pages": pages.model_dump(mode="json"), "plan": plan.model_dump(mode="json")}
            return TextSet.model_validate(_in_child(ctx, "text", share=share, **documents))

        return read_in_parts(inp.pages, read)

    def save(self, run: PipelineRun, out: TextSet) -> None:
        """How many sheets had to be read by OCR; kept with the run when the stage is committed."""
        run.ocr_pages = len({word.page for word in out.words if word.engine != "pdf"})


class CleanupStageIn(Frozen):
    """Everything read, what people said, and which AI service may help.

    With a service: `pictures` of the pages by number, and how often it failed this plan before, so that a new analysis asks
    again instead of reusing a checkpoint without answer.
    """

    cleanup: CleanupIn
    ai: str
    pictures: dict[str, str] = {}
    ai_failures: int = 0


class CleanupOut(StageOutput):
    """The building, what the AI service did, and how good the reading is (None in checkpoints of earlier versions)."""

    building: Building
    ai: AiReport
    quality: Quality | None = None


class CleanupStage(Stage[CleanupStageIn, CleanupOut]):
    """Stage 5: one Building from geometry, text, answers and corrections; the AI may only name and class."""

    name, version, timeout_s, weight, output = "cleanup", 9, 120, 0.08, CleanupOut

    def load(self, run: PipelineRun) -> CleanupStageIn:
        """Stages 2 to 4, the project's answers and the blueprint's corrections."""
        project = run.blueprint.project
        pages = output_of(run, "pages", PagesOut)
        plan = output_of(run, "geometry", Plan)
        cleanup = CleanupIn(
            pages=plan.classed(pages.pages),
            plan=plan,
            text=output_of(run, "text", TextSet),
            zip_code=project.zip_code,
            answers=answers_of(run),
            corrections=corrections_of(run.blueprint),
        )
        ai = cleaner_name(run)
        if ai == "rules":
            return CleanupStageIn(cleanup=cleanup, ai=ai)
        failures = failures_before(run)
        return CleanupStageIn(cleanup=cleanup, ai=ai, pictures=pages.previews, ai_failures=failures)

    def compute(self, inp: CleanupStageIn, ctx: StageContext) -> CleanupOut:
        """Ask the cleaner for a proposal, judge it, and build."""
        ctx.progress(0, 2, "names")

        def pictures() -> dict[int, Path]:
            return {int(number): ctx.fetch(name) for number, name in inp.pictures.items()}

        def tick() -> None:
            ctx.check_cancelled()
            ctx.progress(1, 3, "names")

        proposal, report = proposal_for(cleaner_named(inp.ai), inp.cleanup, pictures=pictures, tick=tick)
        ctx.progress(2, 3, "building")
        building = clean(inp.cleanup.model_copy(update={"proposal": proposal}))
        findings = findings_of(building, inp.cleanup.text.words)
        return CleanupOut(
            building=building,
            ai=report,
            quality=quality_of(building, findings),
            issues=(*building.issues, *findings, issue_of(report)),
        )

    def save(self, run: PipelineRun, out: CleanupOut) -> None:
        """Levels, rooms, surfaces, openings, questions and review items as rows."""
        project_building(run, out.building)
        project_quality(run, out.quality)
        record_changes(run, out.ai)


def answers_of(run: PipelineRun) -> dict[str, str | float]:
    """What people said about the house: the project's fields and answers, then the run's own settings."""
    project = run.blueprint.project
    fields = {
        "front": project.front or None,
        "north_deg": project.north_deg,
        "year_built": project.year_built,
        "bedrooms": project.bedrooms,
    }
    known = {name: value for name, value in fields.items() if value is not None}
    return {**project.answers, **known, **run.options.get("set", {})}
