"""Runs of the small house that stand before stage 5, and a service on a real socket."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from autohvac.core.digest import canonical_json, sha256_bytes
from autohvac.core.stage import StageContext
from autohvac.doorbell import silenced
from autohvac.pipeline.runner import execute_stage
from blueprints.ai.context import context_of
from blueprints.ai.schemas import AiContext
from blueprints.artifacts import artifact_name
from blueprints.models import Blueprint, PipelineRun, StageStatus
from blueprints.outputs import output_of
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import clean
from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.services.runs import run_start
from blueprints.stages import CleanupOut, PagesOut
from calculations.manualj.version import ENGINE_VERSION
from calculations.stages import LoadsIn, LoadsOut, LoadsStage
from calculations.weather.lookup import design_weather
from tests.ai.small_house import UNKNOWN as UNKNOWN
from tests.ai.small_house import facts, small_house
from tests.factories import make_blueprint, make_project


@pytest.fixture(scope="session")
def read_plan() -> CleanupIn:
    """Stages 1 to 4 of the small house."""
    return small_house()


@pytest.fixture(scope="session")
def context(read_plan: CleanupIn) -> AiContext:
    return context_of(read_plan, clean(read_plan))


@pytest.fixture(scope="session")
def first_four(read_plan: CleanupIn) -> dict[str, bytes]:
    """What stages 1 to 4 leave, by stage."""
    pages = PagesOut(pages=read_plan.pages, previews={})
    outs = {"validate": facts(), "pages": pages, "geometry": read_plan.plan, "text": read_plan.text}
    return {name: canonical_json(out) for name, out in outs.items()}


@pytest.fixture
def new_run(first_four: dict[str, bytes]) -> Callable[..., PipelineRun]:
    """Makes runs of the plan that stand before stage 5."""

    def make(blueprint: Blueprint | None = None, **options: Any) -> PipelineRun:
        run = run_start(
            blueprint=blueprint or make_blueprint(make_project(answers={"front": "S"})),
            actor=None,
            options=options,
        )
        for name, data in first_four.items():
            digest = sha256_bytes(data)
            default_storage.save(artifact_name(digest), ContentFile(data))
            row = run.stages.get(name=name)
            row.status, row.output_digest, row.version = StageStatus.DONE, digest, 1
            row.save()
        row = run.stages.get(name="cleanup")
        row.status = StageStatus.PENDING
        row.save()
        return run

    return make


@pytest.fixture
def finished(db: None, new_run: Callable[..., PipelineRun]) -> Callable[..., PipelineRun]:
    """Takes a run of the plan from stage 5 to its loads."""

    def finish(blueprint: Blueprint | None = None, **options: Any) -> PipelineRun:
        run = new_run(blueprint, **options)
        with silenced():
            for name in ("cleanup", "loads"):
                assert execute_stage(run.pk, name) == "done"
        run.refresh_from_db()
        return run

    return finish


@pytest.fixture
def service(llmock: Any, settings: Any) -> Iterator[Any]:
    """An OpenAI-like service on a local socket that the product is set up to use, with little patience."""
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = "test", llmock.base_url("openai")
    settings.AI_TIMEOUT_S, settings.AI_SILENCE_S, settings.AI_DEADLINE_S = 5.0, 1.0, 8.0
    settings.AI_BACKOFF_S = 0.15
    yield llmock


def said(rooms: list[dict[str, Any]]) -> str:
    """An answer in the form that is asked for."""
    return json.dumps({"rooms": rooms})


def about(room: str, name: str | None = None, kind: str | None = None, sure: float = 0.9) -> dict[str, Any]:
    return {"id": room, "name": name, "type": kind, "confidence": sure}


def loads_of(run: PipelineRun) -> bytes:
    """The loads of a run, as bytes, without the names of the rooms."""
    return numbers_of(output_of(run, "loads", LoadsOut))


def numbers_of(out: LoadsOut) -> bytes:
    loads = json.loads(canonical_json(out.result.loads))
    for room in loads["rooms"]:
        del room["name"]
    return canonical_json(loads)


def cleaned(run: PipelineRun) -> CleanupOut:
    return output_of(run, "cleanup", CleanupOut)


@pytest.fixture(scope="session")
def by_rules(read_plan: CleanupIn) -> bytes:
    """The loads of the plan without any service."""
    building = clean(read_plan.model_copy(update={"answers": {"front": "S"}}))
    return numbers_of(loads_stage(building))


def loads_stage(building: Building) -> LoadsOut:
    inp = LoadsIn(
        building=building,
        weather=design_weather("52401"),
        method="as_published",
        engine_version=ENGINE_VERSION,
    )
    return LoadsStage().compute(inp, StageContext(workdir=Path()))
