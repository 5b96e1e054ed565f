"""The only way a stage runs, from queue, command line or test: guard, claim, load, compute, commit, ring."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.chain import record
from audit.context import acting
from autohvac.api.outbox import announce
from autohvac.core.digest import canonical_json, sha256_bytes, sha256_file, sha256_of
from autohvac.core.errors import Cancelled
from autohvac.core.sandbox import ChildLimits
from autohvac.core.stage import STAGES, Stage, StageContext, StageOutput
from autohvac.doorbell import ring
from autohvac.pipeline.claims import LostClaim, claim, fenced, renew
from autohvac.pipeline.retry import Verdict, judge
from autohvac.pipeline.workdirs import workdir
from blueprints.artifacts import artifact_bytes, artifact_name, storage_answers, store_once
from blueprints.models import FINISHED, LIVE, PipelineRun, RunStatus, StageRun, StageStatus
from blueprints.services.endings import run_end_early, run_hold

log = logging.getLogger("autohvac.pipeline")


@cache
def stages() -> dict[str, Stage[Any, Any]]:
    """The eight stages by name, from settings.PIPELINE."""
    return {name: import_string(settings.PIPELINE[name])() for name in STAGES}


def execute_stage(run_id: UUID, name: str) -> str:
    """Run one stage of a run if it is due and free; returns a word for the log."""
    run = PipelineRun.objects.select_related("blueprint__project", "started_by").filter(pk=run_id).first()
    if run is None or not _may_run(run, name):
        return "not due"
    stage_run = claim(run.pk, name)
    if stage_run is None:
        return _bury_if_used_up(run, name)
    with acting(run.started_by, source="pipeline", run_id=run.pk, reason=f"stage {name}"):
        return _attempt(run, stage_run)


def _may_run(run: PipelineRun, name: str) -> bool:
    index = STAGES.index(name)
    if name == "audit" and run.status not in LIVE:
        return True
    if run.status not in LIVE:
        return False
    before = run.stages.filter(index__lt=index).exclude(status__in=FINISHED)
    return not before.exists()


def _attempt(run: PipelineRun, stage_run: StageRun) -> str:
    started = time.monotonic()
    try:
        _mark_running(run, stage_run)
        with workdir() as folder:
            _compute_and_commit(run, stage_run, Path(folder))
    except LostClaim:
        return "lost claim"
    except Exception as error:
        return _settle(run, stage_run, error)
    log.info("stage=%s run=%s seconds=%.2f", stage_run.name, run.pk, time.monotonic() - started)
    return "done"


@transaction.atomic
def _mark_running(run: PipelineRun, stage_run: StageRun) -> None:
    run_hold(run)
    if run.status not in LIVE:
        if stage_run.name != STAGES[-1]:  # it was ended between our look and our claim
            raise LostClaim
        return
    if run.status != RunStatus.RUNNING or run.stage != stage_run.name:
        run.status, run.stage = RunStatus.RUNNING, stage_run.name
        run.save(update_fields=["status", "stage", "updated_at"])


def _compute_and_commit(run: PipelineRun, stage_run: StageRun, folder: Path) -> None:
    stage = stages()[stage_run.name]
    context = _context(run, stage_run, folder)
    inp = stage.load(run)
    digest = sha256_of({"name": stage.name, "version": stage.version, "input": inp.model_dump(mode="json")})
    out = _earlier_output(run, stage, digest)
    reused = out is not None
    if out is None:
        out = stage.compute(inp, context)
    data = canonical_json(out)
    store_bytes(artifact_name(sha256_bytes(data)), data)
    with transaction.atomic():
        run_hold(run)
        row = fenced(stage_run)
        stage.save(run, out)
        row.version, row.reused = stage.version, reused
        row.input_digest, row.output_digest = digest, sha256_bytes(data)
        _finish_stage(run, row, out)


def _finish_stage(run: PipelineRun, row: StageRun, out: StageOutput) -> None:
    partial_result = any(issue.severity == "error" for issue in out.issues)
    row.status = StageStatus.PARTIAL if partial_result else StageStatus.DONE
    row.issues = [issue.model_dump(mode="json") for issue in out.issues]
    row.progress, row.lease_until, row.due_at = 1.0, None, None
    row.error_code, row.error_facts = "", {}
    row.finished_at = timezone.now()
    row.save()
    record(
        run.blueprint.project.organization_id,
        kind=f"stage.{row.name}",
        obj=row,
        run_id=run.pk,
        payload={"input": row.input_digest, "output": row.output_digest, "attempt": row.attempt},
    )
    _advance(run, row)


def _advance(run: PipelineRun, row: StageRun) -> None:
    if row.name == STAGES[-1]:
        _end_run(run)
        return
    following = run.stages.get(index=row.index + 1)
    following.status = StageStatus.PENDING
    following.save()
    run.percent = max(run.percent, done_percent(run))
    run.save()
    ring(run.pk, following.name)


def _end_run(run: PipelineRun) -> None:
    if run.status in LIVE:
        needs_review = run.review_items.filter(status="open").exists()
        needs_review |= run.stages.filter(status=StageStatus.PARTIAL).exists()
        run.status = RunStatus.NEEDS_REVIEW if needs_review else RunStatus.COMPLETED
        run.percent = 100.0
        announce(run)
    run.finished_at = run.finished_at or timezone.now()
    run.save()


def done_percent(run: PipelineRun) -> float:
    """Progress from the weights of the stages done [%]."""
    done = set(run.stages.filter(status__in=FINISHED).values_list("name", flat=True))
    return 100.0 * sum(stage.weight for name, stage in stages().items() if name in done)


def _earlier_output(run: PipelineRun, stage: Stage[Any, Any], digest: str) -> StageOutput | None:
    """The checkpoint of this blueprint with the same input and stage version."""
    earlier = (
        StageRun.objects.filter(
            run__blueprint=run.blueprint_id, name=stage.name, version=stage.version, input_digest=digest
        )
        .exclude(output_digest="")
        .order_by("created_at")
        .first()
    )
    if earlier is None:
        return None
    data = artifact_bytes(earlier.output_digest)
    return stage.output.model_validate_json(data) if data is not None else None


def _context(run: PipelineRun, stage_run: StageRun, folder: Path) -> StageContext:
    return StageContext(
        workdir=folder,
        plan_file=partial(_local_copy, run, folder),
        keep=keep_file,
        fetch=partial(_fetch, folder),
        progress=_progress_writer(run, stage_run),
        check_cancelled=_cancel_checker(run),
        limits=ChildLimits(memory_mb=settings.CHILD_MEMORY_MB, seconds=settings.CHILD_SECONDS),
    )


def _local_copy(run: PipelineRun, folder: Path) -> Path:
    target = folder / f"plan{Path(run.blueprint.file.name).suffix}"
    if not target.exists():
        with storage_answers(), run.blueprint.file.open("rb") as source, target.open("wb") as copy:
            for chunk in iter(partial(source.read, 1 << 20), b""):
                copy.write(chunk)
    return target


def _fetch(folder: Path, name: str) -> Path:
    target = folder / Path(name).name
    if not target.exists():
        with storage_answers(), default_storage.open(name, "rb") as source:
            target.write_bytes(source.read())
    return target


def store_bytes(name: str, data: bytes) -> None:
    """Write a content-addressed file; writing it again is harmless."""
    store_once(name, ContentFile(data), size=len(data))


def keep_file(path: Path, media_type: str) -> str:
    """Store a made file under its own sha256; returns its name in storage."""
    name = f"kept/{sha256_file(path)}{path.suffix}"
    store_bytes(name, path.read_bytes())
    return name


def _progress_writer(run: PipelineRun, stage_run: StageRun) -> Callable[[float, float, str], None]:
    weight = stages()[stage_run.name].weight
    last = [0.0]

    def write(done: float, total: float, what: str) -> None:
        if time.monotonic() - last[0] < 1.0:
            return
        last[0] = time.monotonic()
        share = min(1.0, max(0.0, done / total)) if total > 0 else 0.0
        renew(stage_run, share=share, what=what)
        percent = min(99.0, done_percent(run) + 100.0 * weight * share)
        PipelineRun.objects.filter(pk=run.pk, percent__lt=percent).update(percent=percent)

    return write


def _cancel_checker(run: PipelineRun) -> Callable[[], None]:
    last = [0.0]

    def check() -> None:
        if time.monotonic() - last[0] < 1.0:
            return
        last[0] = time.monotonic()
        if not PipelineRun.objects.filter(pk=run.pk, status__in=LIVE).exists():
            raise Cancelled

    return check


def _settle(run: PipelineRun, stage_run: StageRun, error: Exception) -> str:
    verdict = judge(error, attempt=stage_run.attempt, max_attempts=settings.PIPELINE_MAX_ATTEMPTS)
    log.warning(
        "stage=%s run=%s attempt=%s outcome=%s code=%s",
        stage_run.name, run.pk, stage_run.attempt, verdict.stage.value, verdict.code,
        exc_info=verdict.code == "stage_failed",
    )  # fmt: skip
    close_old_connections()  # the error may be that the database went away: settle on a fresh connection
    try:
        with transaction.atomic():
            run_hold(run)
            _apply(run, fenced(stage_run), verdict)
    except LostClaim:
        return "lost claim"
    return verdict.stage.value


def _apply(run: PipelineRun, row: StageRun, verdict: Verdict) -> None:
    if verdict.run is not None:
        run_end_early(
            run=run, row=row, stage=verdict.stage, status=verdict.run, code=verdict.code, facts=verdict.facts
        )
        return
    row.status, row.due_at, row.lease_until = verdict.stage, verdict.due_at, None
    row.error_code, row.error_facts = verdict.code, verdict.facts
    row.save()
    ring(run.pk, row.name)


def _bury_if_used_up(run: PipelineRun, name: str) -> str:
    with transaction.atomic():
        run_hold(run)
        row = (
            StageRun.objects.select_for_update()
            .filter(run=run, name=name, attempt__gte=settings.PIPELINE_MAX_ATTEMPTS)
            .exclude(status__in=[*FINISHED, StageStatus.DEAD, StageStatus.FAILED, StageStatus.BLOCKED])
            .first()
        )
        if row is None or (row.lease_until is not None and row.lease_until > timezone.now()):
            return "held or finished"
        facts = {"attempts": row.attempt, "last": row.error_code}
        _apply(run, row, Verdict(StageStatus.DEAD, RunStatus.FAILED, "attempts_exhausted", facts))
    return "dead"
