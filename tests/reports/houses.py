"""Houses with loads for report tests: no plan is read, the engine is the real one."""

from __future__ import annotations

from functools import cache
from typing import Any

from autohvac.core.evidence import Where
from blueprints.plan.building import Building, ReviewNote
from calculations.assembly.complete import complete
from calculations.assembly.estimate import LoadsResult, loads_for
from calculations.manualj.version import ENGINE_VERSION
from calculations.weather.lookup import design_weather
from reports.analysis import AnalysisIn, analysis_document
from tests.calculations.buildings import three_bedroom_ranch

LONG = "Owner's suite with sitting area, reading nook and built-in library shelving"
NOTES = (
    ReviewNote(field="wall_r", reason="insulation_assumed", stake_btuh=410.4),
    ReviewNote(
        field="label:1:5:5",
        reason="PORCH: no closed room was found around this name",
        where=Where(page=1, bbox=(1, 2, 3, 4)),
    ),
)


@cache
def ranch() -> tuple[Building, LoadsResult]:
    """The 1,500 ft² ranch with north known, completed, and its loads."""
    building = complete(three_bedroom_ranch(), weather=design_weather("52401"))
    return building, loads_for(building)


def analysis(**changes: Any) -> dict[str, Any]:
    """The analysis document of the ranch."""
    building, result = ranch()
    values: dict[str, Any] = {
        "run_id": "5d1f0f8e-0000-4000-8000-000000000001", "engine_version": ENGINE_VERSION, "status": "needs_review",
        "filename": "plan.pdf", "sha256": "a" * 64, "page_count": 1, "building": building, "loads": result.loads,
        "reports": [{"format": "pdf", "path": "kept/x.pdf"}], "timings_s": {"loads": 0.2},
    }  # fmt: skip
    return analysis_document(AnalysisIn(**{**values, **changes}))
