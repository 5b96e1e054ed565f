"""An analysis document (contract §4) as a `Reading`."""

from __future__ import annotations

import re
from typing import Any

from blueprints.score.model import (
    BBox,
    Point,
    Reading,
    ReadingStatus,
    ReadLevel,
    ReadOpening,
    ReadRoom,
    ReviewItem,
    ScheduleRow,
    Wall,
)

OUR_CODES = frozenset(
    {
        "stage_failed", "attempts_exhausted", "worker_lost", "internal_error", "storage_unavailable",
        "plan_too_complex", "reader_crashed", "reader_timeout",
    }
)  # fmt: skip
WALLS = ("wall", "basement_wall")
OUTSIDE = ("outdoors", "ground")
SCALE = re.compile(r"scale:(\d+):(\d+)")


def missing(plan_id: str) -> Reading:
    """A plan without an analysis: it fails, it is never skipped."""
    return Reading(plan_id=plan_id, status="missing", code="no_prediction")


def reading_of(plan_id: str, analysis: dict[str, Any]) -> Reading:
    """The reading an analysis holds; `{"status": "refused", "code"}` alone is a legal one."""
    if "levels" not in analysis:
        return _without_rooms(plan_id, analysis)
    building = analysis.get("building") or {}
    rooms = _rooms(analysis, building)
    notes = _notes(analysis)
    status, code = _status(analysis, rooms)
    return Reading(
        plan_id=plan_id,
        status=status,
        code=code,
        page_kinds={page["number"]: page["kind"] for page in analysis["pages"]},
        drawings=tuple(
            (page["number"], _box(drawing["bbox"]))
            for page in analysis["pages"]
            for drawing in page["drawings"]
            if drawing["kind"] == "floor_plan"
        ),
        levels=_levels(analysis, building),
        rooms=rooms,
        openings=_openings(analysis, building),
        schedule=_schedule(building),
        conditioned_sqft=analysis["totals"]["conditioned_sqft"],
        facts=_facts(building),
        with_place=frozenset(k for k, v in (building.get("facts") or {}).items() if v.get("where")),
        review=notes,
        asked_scale=tuple(
            int(m[1]) for n in notes if (m := SCALE.fullmatch(n.field)) and _asked(n, analysis)
        ),
    )


def _without_rooms(plan_id: str, analysis: dict[str, Any]) -> Reading:
    code = str(analysis.get("code", ""))
    failed = analysis.get("status") != "refused" or code in OUR_CODES
    return Reading(plan_id=plan_id, status="failed" if failed else "refused", code=code)


def _status(analysis: dict[str, Any], rooms: tuple[ReadRoom, ...]) -> tuple[ReadingStatus, str]:
    """Refused: no rooms, and a question or a reason that is the plan's. An empty answer without a word is a failure."""
    codes = [str(warning["code"]) for warning in analysis["warnings"]]
    if analysis["status"] == "failed":
        return ("failed" if set(codes) & OUR_CODES or not codes else "refused"), (codes or [""])[-1]
    if rooms:
        return "read", ""
    asked = [str(question["field"]) for question in analysis["questions"]]
    return ("refused", asked[0]) if asked else ("failed", "empty_answer")


def _levels(analysis: dict[str, Any], building: dict[str, Any]) -> tuple[ReadLevel, ...]:
    index = {level["name"]: level["index"] for level in building.get("levels", [])}
    return tuple(
        ReadLevel(
            index=index.get(level["name"], position + 1),
            page=level["page"],
            feet_per_point=level["scale"]["feet_per_point"],
            north_page_deg=level["north_deg"],
            bbox=_box_of_drawing(analysis, level),
        )
        for position, level in enumerate(analysis["levels"])
    )


def _box_of_drawing(analysis: dict[str, Any], level: dict[str, Any]) -> BBox | None:
    page = next((p for p in analysis["pages"] if p["number"] == level["page"]), None)
    if page is None or not isinstance(level["drawing"], int) or level["drawing"] >= len(page["drawings"]):
        return None
    return _box(page["drawings"][level["drawing"]]["bbox"])


def _rooms(analysis: dict[str, Any], building: dict[str, Any]) -> tuple[ReadRoom, ...]:
    specs = {room["id"]: room for room in building.get("rooms", [])}
    walls = _walls(building)
    return tuple(
        ReadRoom(
            id=room["id"],
            level=position,
            page=level["page"],
            name=room["name"],
            type=room["type"],
            conditioned=bool(room["conditioned"]),
            area_sqft=room["area_sqft"],
            confidence=room["confidence"],
            polygon_pt=_points(room["polygon_pt"]),
            ceiling_ft=_value(specs.get(room["id"], {}).get("ceiling_height_ft")),
            exterior=walls.get(room["id"], ()) if "surfaces" in building else None,
            exterior_ft=room["exterior_wall_ft"],
        )
        for position, level in enumerate(analysis["levels"])
        for room in level["rooms"]
    )


def _walls(building: dict[str, Any]) -> dict[str, tuple[Wall, ...]]:
    found: dict[str, tuple[Wall, ...]] = {}
    for surface in building.get("surfaces", []):
        facing, length = surface["facing_page_deg"], surface["length_ft"]
        outside = surface["kind"] in WALLS and surface["adjacent"] in OUTSIDE
        if outside and facing is not None and length is not None:
            found[surface["room"]] = (*found.get(surface["room"], ()), Wall(facing, length))
    return found


def _openings(analysis: dict[str, Any], building: dict[str, Any]) -> tuple[ReadOpening, ...]:
    specs = {opening["id"]: opening for opening in building.get("openings", [])}
    return tuple(
        _opening(opening, specs.get(opening["id"], {}), position, level)
        for position, level in enumerate(analysis["levels"])
        for opening in level["openings"]
    )


def _opening(
    opening: dict[str, Any], spec: dict[str, Any], position: int, level: dict[str, Any]
) -> ReadOpening:
    facing = spec.get("facing_page_deg")
    if facing is None and opening["facing_deg"] is not None and level["north_deg"] is not None:
        facing = (opening["facing_deg"] + level["north_deg"]) % 360
    return ReadOpening(
        id=opening["id"],
        level=position,
        page=level["page"],
        kind=opening["kind"],
        room=opening["room"],
        exterior=bool(opening["exterior"]),
        at_pt=(opening["at_pt"][0], opening["at_pt"][1]),
        width_ft=opening["width_ft"],
        height_ft=opening["height_ft"],
        facing_page_deg=facing,
    )


def _schedule(building: dict[str, Any]) -> tuple[ScheduleRow, ...]:
    return tuple(
        ScheduleRow(row["mark"], row["width_ft"], row["height_ft"], row["u_factor"], row["shgc"])
        for row in building.get("schedule", [])
        if row["kind"] == "window"
    )


def _facts(building: dict[str, Any]) -> dict[str, float]:
    """Numbers that are said to be read from the sheets, also ceiling heights of rooms."""
    facts = {
        name: float(value["value"])
        for name, value in (building.get("facts") or {}).items()
        if value.get("source") == "read" and isinstance(value.get("value"), int | float)
    }
    heights = [room["ceiling_height_ft"] for room in building.get("rooms", [])]
    read = [float(h["value"]) for h in heights if h.get("source") == "read" and h.get("value") is not None]
    if read and "ceiling_height_ft" not in facts:
        facts["ceiling_height_ft"] = max(sorted(set(read)), key=read.count)
    return facts


def _notes(analysis: dict[str, Any]) -> tuple[ReviewItem, ...]:
    notes = [(n["field"], n["reason"], n.get("where")) for n in analysis["review"]]
    notes += [(q["field"], q["question"], None) for q in analysis["questions"]]
    return tuple(
        ReviewItem(field, reason, where["page"] if where else None, _box(where["bbox"]) if where else None)
        for field, reason, where in notes
    )


def _asked(note: ReviewItem, analysis: dict[str, Any]) -> bool:
    return any(question["field"] == note.field for question in analysis["questions"])


def _value(sourced: dict[str, Any] | None) -> float | None:
    return sourced["value"] if sourced else None


def _box(box: list[float]) -> BBox:
    return box[0], box[1], box[2], box[3]


def _points(items: list[list[float]]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in items)
