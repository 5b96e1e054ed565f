"""A plan comes in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.temp import NamedTemporaryFile
from django.db import IntegrityError, transaction

from audit.chain import record
from autohvac.accounts.models import User
from autohvac.core.errors import RejectedInput
from blueprints.artifacts import store_once
from blueprints.models import Blueprint, PipelineRun, Project
from blueprints.services.runs import run_start

SIGNATURES = (
    (b"%PDF-", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
HEAD_BYTES = 1024


def blueprint_upload(
    *,
    project: Project,
    stream: BinaryIO,
    name: str,
    actor: User | None,
    supersedes: Blueprint | None = None,
) -> tuple[Blueprint, PipelineRun]:
    """Store a plan under its sha256 and start its run; the same bytes again return what is there.

    A plan that `supersedes` another takes over the corrections people made there, where they still match.

    Raises: RejectedInput file_empty, file_too_large, not_a_plan_file; Transient storage_unavailable.
    """
    with NamedTemporaryFile(suffix=".upload") as copy:
        sha256, size = _copy_hashing(stream, copy)
        suffix = _suffix(copy)
        existing = Blueprint.objects.filter(project=project, sha256=sha256).first()
        if existing is not None:
            return existing, _last_or_new_run(existing, actor)
        stored = f"plans/{project.organization_id}/{sha256}{suffix}"
        copy.seek(0)
        stored = store_once(stored, File(copy), size=size)
    fields = {"file": stored, "sha256": sha256, "size": size, "original_name": Path(name).name[:255]}
    return _create(project=project, actor=actor, supersedes=supersedes, **fields)


def _create(
    *, project: Project, sha256: str, actor: User | None, **fields: Any
) -> tuple[Blueprint, PipelineRun]:
    try:
        with transaction.atomic():
            blueprint = Blueprint.objects.create(project=project, sha256=sha256, **fields)
            record(
                project.organization_id, kind="blueprint.uploaded", obj=blueprint, payload={"sha256": sha256}
            )
            return blueprint, run_start(blueprint=blueprint, actor=actor)
    except IntegrityError:  # the same file arrived twice at once
        existing = Blueprint.objects.get(project=project, sha256=sha256)
        return existing, _last_or_new_run(existing, actor)


def _last_or_new_run(blueprint: Blueprint, actor: User | None) -> PipelineRun:
    last = blueprint.runs.order_by("-created_at").first()
    return last if last is not None else run_start(blueprint=blueprint, actor=actor)


def _copy_hashing(stream: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(1 << 20):
        size += len(block)
        if size > settings.UPLOAD_MAX_BYTES:
            raise RejectedInput("file_too_large", max_mb=settings.UPLOAD_MAX_BYTES // 2**20)
        digest.update(block)
        copy.write(block)
    copy.flush()
    if size == 0:
        raise RejectedInput("file_empty")
    return digest.hexdigest(), size


def _suffix(copy: BinaryIO) -> str:
    copy.seek(0)
    head = copy.read(HEAD_BYTES)
    if b"%PDF-" in head:  # readers accept a PDF header within the first kilobyte
        return ".pdf"
    for signature, suffix in SIGNATURES:
        if head.startswith(signature):
            return suffix
    raise RejectedInput("not_a_plan_file")
