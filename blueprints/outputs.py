"""Typed outputs of earlier stages of a run."""

from __future__ import annotations

from typing import TypeVar

from autohvac.core.errors import Transient
from autohvac.core.stage import StageOutput
from blueprints.artifacts import artifact_bytes
from blueprints.models import PipelineRun

S = TypeVar("S", bound=StageOutput)


def output_of(run: PipelineRun, stage: str, model: type[S]) -> S:
    """The checkpoint a stage of this run left. Raises Transient when storage does not have it (yet)."""
    digest = run.stages.values_list("output_digest", flat=True).get(name=stage)
    data = artifact_bytes(digest)
    if data is None:
        raise Transient("storage_unavailable", stage=stage)
    return model.model_validate_json(data)
