"""Houses with loads for report tests: no plan is read, the engine is the real one."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from autohvac.core.evidence import Where
from blueprints.plan.building import Building, ReviewNote
from calculations.assembly.complete import complete
from calculations.assembly.estimate import LoadsResult, loads_for
from calculations.manualj.version import ENGINE_VERSION
from calculations.weather.lookup import design_weather
from reports.analysis import AnalysisIn, analysis_document
from reports.parts import ReportIn
from tests.calculations.buildings import three_bedroom_ranch

LONG = "Owner's suite with sitting area, reading nook and built-in library shelving"
FACTS = {
    "name": "Maple house", "address": "12 Maple St, Cedar Rapids, IA", "zip_code": "52401", "customer": "A. Customer",
    "jurisdiction": "", "permit_no": "", "firm": "Comfort Co.", "licence_no": "M-1234", "front": "S", "plan_file": "plan.pdf",
}  # fmt: skip
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


def report_in(**changes: Any) -> ReportIn:
    """What stage 7 works from, for the ranch: two open items, an address, a firm."""
    building, result = ranch()
    values: dict[str, Any] = {
        "building": building.model_copy(update={"review": NOTES}),
        "loads": result.loads,
        "trace": tuple(line.model_dump(mode="json") for line in result.trace),
        "facts": FACTS,
        "run_id": "5d1f0f8e-0000-4000-8000-000000000001",
        "run_code": "5d1f0f8e",
        "run_time": "2026-03-04 05:06 UTC",
        "status": "draft",
    }
    return ReportIn(**{**values, **changes})


def renamed(name: str) -> dict[str, Any]:
    """The loads with another name for the first room."""
    loads = copy.deepcopy(ranch()[1].loads)
    loads["rooms"][0]["name"] = name
    return loads


def many_rooms(count: int) -> ReportIn:
    """A report of `count` rooms with long names on two levels; for the layout, not for the physics."""
    building, result = ranch()
    first = building.levels[0]
    levels = (first, first.model_copy(update={"name": "Second floor (3.2)", "index": 2}))
    loads = copy.deepcopy(result.loads)
    rooms = [copy.deepcopy(loads["rooms"][i % len(loads["rooms"])]) for i in range(count)]
    specs = {room.id: room for room in building.rooms}
    made = []
    for index, room in enumerate(rooms):
        level = levels[index * 2 // count].name
        made.append(specs[room["id"]].model_copy(update={"id": f"n{index}", "level": level, "name": LONG}))
        room.update(id=f"n{index}", name=f"{LONG} {index}")
    loads["rooms"] = rooms
    copied = building.model_copy(update={"levels": levels, "rooms": tuple(made), "review": NOTES * 30})
    return report_in(
        building=copied, loads=loads, facts=FACTS | {"name": LONG, "address": LONG, "firm": LONG}
    )
