"""Stage 8: the manifest of a run, checked against the rows and sealed into the audit chain."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from audit.chain import record
from autohvac.core.digest import sha256_of
from autohvac.core.evidence import Frozen
from autohvac.core.stage import Stage, StageContext, StageOutput
from blueprints.models import PipelineRun
from calculations.manualj.tables_digest import tables_digest
from calculations.manualj.version import ENGINE_VERSION
from reports.models import Report

LIBRARIES = ("pymupdf", "opencv-python", "shapely", "numpy", "pydantic", "django", "xhtml2pdf")


class AuditIn(Frozen):
    """Facts of the run: who, which bytes, which stages with which digests, which versions, which reports."""

    manifest: dict[str, Any]


class Seal(StageOutput):
    """The manifest and its digest, as written into the chain."""

    manifest: dict[str, Any]
    digest: str


class AuditStage(Stage[AuditIn, Seal]):
    """Stage 8: never skipped; failed and cancelled runs are sealed too."""

    name, version, timeout_s, weight, output = "audit", 1, 30, 0.02, Seal

    def load(self, run: PipelineRun) -> AuditIn:
        """The manifest from the rows."""
        return AuditIn(manifest=manifest_of(run))

    def compute(self, inp: AuditIn, ctx: StageContext) -> Seal:
        """Digest the manifest."""
        return Seal(manifest=inp.manifest, digest=sha256_of(inp.manifest))

    def save(self, run: PipelineRun, out: Seal) -> None:
        """Append `run.sealed` to the organization's chain."""
        payload = {"manifest_sha256": out.digest}
        record(
            run.blueprint.project.organization_id, kind="run.sealed", obj=run, run_id=run.pk, payload=payload
        )


def manifest_of(run: PipelineRun) -> dict[str, Any]:
    """Everything that makes a run repeatable, by digest and version."""
    stages = run.stages.exclude(name="audit").order_by("index")
    reports = Report.objects.filter(calculation__run=run).order_by("format", "locale")
    return {
        "run_id": str(run.pk),
        "kind": run.kind,
        "started_by": str(run.started_by_id or ""),
        "started_at": run.created_at.isoformat(),
        "options": run.options,
        "plan_sha256": run.blueprint.sha256,
        "engine_version": ENGINE_VERSION,
        "tables_digest": tables_digest(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "stages": [
            {
                "name": row.name, "version": row.version, "status": row.status, "attempt": row.attempt,
                "input": row.input_digest, "output": row.output_digest, "error_code": row.error_code,
            }
            for row in stages
        ],
        "ai": [
            {
                "model": row.model_answered or row.model, "prompt": row.prompt_sha256, "request": row.request_sha256,
                "outcome": row.outcome, "tokens": row.tokens, "changes": sha256_of(row.changes),
            }
            for row in run.ai_exchanges.order_by("created_at")
        ],
        "reports": [{"format": r.format, "locale": r.locale, "sha256": r.sha256} for r in reports],
    }  # fmt: skip
