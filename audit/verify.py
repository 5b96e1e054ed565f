"""Check a sealed run: its manifest against the chain, its digests against the stored bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage

from audit.models import AuditEvent
from autohvac.core.digest import sha256_of
from blueprints.artifacts import artifact_bytes
from blueprints.models import PipelineRun
from reports.models import Report


def run_faults(run: PipelineRun) -> Iterator[str]:
    """What does not hold about a run; nothing when it is as it was sealed."""
    seal = _seal(run)
    if seal is None:
        yield "is not sealed"
        return
    manifest = seal["manifest"]
    sealed = AuditEvent.objects.filter(run_id=run.pk, kind="run.sealed").order_by("-seq").first()
    if sealed is None or sealed.payload.get("manifest_sha256") != sha256_of(manifest):
        yield "manifest differs from the one in the chain"
    if manifest["plan_sha256"] != _stored_sha256(run.blueprint.file.name):
        yield "plan file differs from the manifest"
    yield from _stage_faults(run, manifest)
    yield from _report_faults(run, manifest)


def _seal(run: PipelineRun) -> dict[str, Any] | None:
    digest = run.stages.values_list("output_digest", flat=True).get(name="audit")
    data = artifact_bytes(digest) if digest else None
    return json.loads(data) if data is not None else None


def _stage_faults(run: PipelineRun, manifest: dict[str, Any]) -> Iterator[str]:
    rows = {row.name: row for row in run.stages.all()}
    for stage in manifest["stages"]:
        row = rows[stage["name"]]
        if (row.input_digest, row.output_digest) != (stage["input"], stage["output"]):
            yield f"stage {row.name} differs from the manifest"
        if stage["output"] and artifact_bytes(stage["output"]) is None:
            yield f"checkpoint of stage {row.name} is missing or changed"


def _report_faults(run: PipelineRun, manifest: dict[str, Any]) -> Iterator[str]:
    rows = {(r.format, r.locale): r for r in Report.objects.filter(calculation__run=run)}
    for report in manifest["reports"]:
        row = rows.get((report["format"], report["locale"]))
        if row is None or _stored_sha256(row.file.name) != report["sha256"]:
            yield f"report {report['format']} is missing or changed"


def _stored_sha256(name: str) -> str:
    if not default_storage.exists(name):
        return ""
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
