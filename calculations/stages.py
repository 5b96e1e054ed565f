"""Stage 6: Building and design weather to Manual J loads."""

from __future__ import annotations

from autohvac.core.errors import NeedsInput
from autohvac.core.evidence import Frozen
from autohvac.core.stage import Stage, StageContext, StageOutput
from blueprints.models import PipelineRun
from blueprints.outputs import output_of
from blueprints.plan.building import Building
from blueprints.stages import CleanupOut
from calculations.assembly.complete import complete
from calculations.assembly.estimate import LoadsResult, loads_for
from calculations.manualj.house import Method
from calculations.manualj.version import ENGINE_VERSION
from calculations.services import load_calculation_store
from calculations.weather.lookup import DesignWeather, design_weather


class LoadsIn(Frozen):
    """The building as read, the design weather of its ZIP, the reading of the book and the engine's version."""

    building: Building
    weather: DesignWeather
    method: Method
    engine_version: str


class LoadsOut(StageOutput):
    """The completed building as the engine was given it, and its loads."""

    building: Building
    result: LoadsResult


class LoadsStage(Stage[LoadsIn, LoadsOut]):
    """Stage 6: loads of rooms and block."""

    name, version, timeout_s, weight, output = "loads", 3, 120, 0.10, LoadsOut

    def load(self, run: PipelineRun) -> LoadsIn:
        """Stage 5's building and the weather of the project's ZIP. Raises NeedsInput when no load can be given."""
        building = output_of(run, "cleanup", CleanupOut).building
        _require_answers(building)
        return LoadsIn(
            building=building,
            weather=design_weather(run.blueprint.project.zip_code),
            method=run.options.get("method", "as_published"),
            engine_version=ENGINE_VERSION,
        )

    def compute(self, inp: LoadsIn, ctx: StageContext) -> LoadsOut:
        """Complete the building with defaults, each marked, and calculate."""
        building = complete(inp.building, weather=inp.weather)
        ctx.progress(1, 2, "loads")
        result = loads_for(building, method=inp.method)
        building = building.model_copy(update={"review": result.review})
        return LoadsOut(building=building, result=result, issues=building.issues)

    def save(self, run: PipelineRun, out: LoadsOut) -> None:
        """Design conditions, assemblies, calculation with component and room loads."""
        load_calculation_store(run=run, building=out.building, result=out.result)


def _require_answers(building: Building) -> None:
    missing = [q.field for q in building.questions if q.required]
    if missing or not any(room.conditioned for room in building.rooms):
        raise NeedsInput("answer_needed", questions=missing or ["rooms"])
