"""The analysis document (contract §4): everything a run found, as plain JSON."""

from __future__ import annotations

from typing import Any

from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building, LevelSpec, OpeningSpec, RoomSpec
from blueprints.plan.cleanup.clean import totals
from blueprints.plan.model import PageInfo, PageSet
from blueprints.plan.text.scale import fit_scale

EMPTY_TOTALS = {"conditioned_sqft": 0.0, "stated_sqft": None, "window_sqft": 0.0, "exterior_wall_sqft": 0.0}


class AnalysisIn(Frozen):
    """What a run has got so far."""

    run_id: str
    engine_version: str
    status: str
    filename: str
    sha256: str
    page_count: int
    pages: PageSet | None = None
    building: Building | None = None
    loads: dict[str, Any] | None = None
    reports: list[dict[str, str]] = []
    timings_s: dict[str, float] = {}
    warnings: list[dict[str, Any]] = []


def analysis_document(inp: AnalysisIn) -> dict[str, Any]:
    """The document as the contract names its parts."""
    building = inp.building
    return {
        "schema": "autohvac.analysis/1",
        "status": inp.status,
        "run_id": inp.run_id,
        "engine_version": inp.engine_version,
        "blueprint": {"filename": inp.filename, "sha256": inp.sha256, "page_count": inp.page_count},
        "pages": [_page(page, building) for page in inp.pages.pages] if inp.pages else [],
        "levels": [_level(level, building) for level in building.levels] if building else [],
        "totals": totals(building) if building else dict(EMPTY_TOTALS),
        "building": building.model_dump(mode="json") if building else {},
        "questions": [q.model_dump(mode="json") for q in building.questions] if building else [],
        "review": [note.model_dump(mode="json") for note in building.review] if building else [],
        "loads": inp.loads,
        "reports": inp.reports,
        "timings_s": inp.timings_s,
        "warnings": inp.warnings,
    }


def _page(page: PageInfo, building: Building | None) -> dict[str, Any]:
    levels = building.levels if building else ()
    found = {(level.page, level.drawing): level.scale for level in levels}
    return {
        "number": page.number,
        "kind": page.kind,
        "score": page.score,
        "reasons": list(page.reasons),
        "drawings": [
            {
                "title": drawing.title,
                "kind": drawing.kind,
                "bbox": [round(v, 2) for v in drawing.bbox],
                "scale": _dump(found.get((page.number, index)) or fit_scale(drawing.witnesses)),
            }
            for index, drawing in enumerate(page.drawings)
        ],
    }


def _dump(model: Any) -> Any:
    return model.model_dump(mode="json") if model is not None else None


def _level(level: LevelSpec, building: Building) -> dict[str, Any]:
    rooms = [room for room in building.rooms if room.level == level.name]
    of_level = {room.id for room in rooms}
    heights = [room.ceiling_height_ft.value for room in rooms if room.ceiling_height_ft.value is not None]
    north = level.north_deg.value
    return {
        "name": level.name,
        "page": level.page,
        "drawing": level.drawing,
        "scale": {**level.scale.model_dump(mode="json"), "sources": list(level.scale.sources)},
        "north_deg": north,
        "ceiling_height_ft": max(set(heights), key=heights.count) if heights else None,
        "rooms": [_room(room, building) for room in rooms],
        "openings": [
            _opening(o, north)
            for o in building.openings
            if o.room in of_level or (o.room is None and o.page == level.page)
        ],
    }


def _room(room: RoomSpec, building: Building) -> dict[str, Any]:
    exterior = [
        s.length_ft or 0.0
        for s in building.surfaces
        if s.room == room.id and s.adjacent in ("outdoors", "ground") and "wall" in s.kind
    ]
    return {
        "id": room.id,
        "name": room.name,
        "type": room.type,
        "area_sqft": room.area_sqft.value,
        "perimeter_ft": room.perimeter_ft,
        "polygon_ft": [list(p) for p in room.polygon_ft],
        "polygon_pt": [list(p) for p in room.polygon_pt],
        "printed_dimensions_ft": list(room.printed_size_ft) if room.printed_size_ft else None,
        "conditioned": room.conditioned,
        "exterior_wall_ft": sum(exterior),
        "confidence": room.confidence,
        "evidence": list(room.evidence),
    }


def _opening(opening: OpeningSpec, north: float | None) -> dict[str, Any]:
    facing = opening.facing_page_deg
    return {
        "id": opening.id,
        "kind": opening.kind,
        "room": opening.room,
        "exterior": opening.exterior,
        "facing_deg": (facing - north) % 360 if facing is not None and north is not None else None,
        "width_ft": opening.width_ft.value,
        "height_ft": opening.height_ft.value,
        "at_pt": list(opening.at_pt),
        "confidence": opening.confidence,
    }
