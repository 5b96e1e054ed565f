"""How good a reading is, as three numbers that can be compared over time and between plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from autohvac.core.evidence import Frozen
from autohvac.core.stage import Issue
from blueprints.plan.building import Building

UNNAMED = "no_label"


class Quality(Frozen):
    """Shares from 0 to 1.

    completeness: of the values a load needs of each storey, room and outside opening, those that were read or given.
    validity: of the rooms, outside openings and walls, those that no cross-check found fault with.
    confidence: mean confidence of the rooms, weighted by their area.
    """

    completeness: float = Field(ge=0, le=1)
    validity: float = Field(ge=0, le=1)
    confidence: float = Field(ge=0, le=1)


def quality_of(building: Building, findings: Sequence[Issue]) -> Quality:
    """The three numbers of a building before anything is assumed; all 0 when no room was read."""
    wanted = list(_wanted(building))
    fields = _fields(building)
    faulty = {issue.field for issue in findings if issue.severity != "info"} & fields
    if not building.rooms:
        return Quality(completeness=0.0, validity=0.0, confidence=0.0)
    return Quality(
        completeness=round(sum(wanted) / len(wanted), 4),
        validity=round(1 - len(faulty) / len(fields), 4),
        confidence=round(_confidence(building), 4),
    )


def _wanted(building: Building) -> Iterator[bool]:
    """For each value that is wanted, whether it is there."""
    yield from (level.north_deg.known for level in building.levels)
    for room in building.rooms:
        yield from (UNNAMED not in room.evidence, room.area_sqft.known, room.ceiling_height_ft.known)
    for opening in building.openings:
        if opening.exterior:
            yield from (opening.width_ft.known, opening.height_ft.known, opening.facing_page_deg is not None)


def _fields(building: Building) -> set[str]:
    return {
        *(f"rooms.{room.id}" for room in building.rooms),
        *(f"openings.{opening.id}" for opening in building.openings if opening.exterior),
        *(f"surfaces.{surface.id}" for surface in building.surfaces if surface.kind == "wall"),
    }


def _confidence(building: Building) -> float:
    areas = [room.area_sqft.value or 0.0 for room in building.rooms]
    total = sum(areas)
    if not total:
        return sum(room.confidence for room in building.rooms) / len(areas)
    return sum(room.confidence * area for room, area in zip(building.rooms, areas, strict=True)) / total
