"""Small houses made by hand: truth and analysis of the same plan, at 10 points a foot.

+-----------+--------+        A (bed)  20 x 10 ft = 200 ft²   page 0..200, 0..100
|     A     |        |        B (bath) 10 x 10 ft = 100 ft²   page 205..305, 0..100
|           |   B    |        walls 0.5 ft; a window in A's top wall, a door A-B, an outer door in B's right wall
+-----------+--------+
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from blueprints.score.model import Reading, Truth
from blueprints.score.reading import reading_of
from blueprints.score.rooms import Case
from blueprints.score.truth_exact import truth_exact

A = [[0.0, 0.0], [200.0, 0.0], [200.0, 100.0], [0.0, 100.0]]
B = [[205.0, 0.0], [305.0, 0.0], [305.0, 100.0], [205.0, 100.0]]
ENTRY = {"pdf": "two.pdf", "dwelling": "two"}


def truth_document() -> dict[str, Any]:
    """The truth, page top is north."""
    return {
        "plan_id": "two",
        "stratum": "A",
        "pages": [{"page": 1, "kind": "floor_plan", "storey": 1}, {"page": 2, "kind": "electrical"}],
        "viewports": [
            {"page": 1, "storey": 1, "bbox_pt": [-5, -5, 310, 105], "pt_per_ft": 10.0, "north_deg": 0}
        ],
        "rooms": [
            {
                "id": "A", "page": 1, "storey": 1, "name": "BEDROOM", "type": "bedroom", "conditioned": True, "area_sf": 200.0,
                "polygon_pt": A, "windows": [{"azimuth_deg": 0.0, "width_ft": 4.0, "height_ft": 4.0}], "doors_ext": [],
                "exterior": [
                    {"azimuth_deg": 0.0, "length_ft": 20.0}, {"azimuth_deg": 270.0, "length_ft": 10.0},
                    {"azimuth_deg": 180.0, "length_ft": 20.0},
                ],
            },
            {
                "id": "B", "page": 1, "storey": 1, "name": "BATH", "type": "bathroom", "conditioned": True, "area_sf": 100.0,
                "polygon_pt": B, "windows": [],
                "doors_ext": [{"azimuth_deg": 90.0, "width_ft": 3.0, "height_ft": 7.0, "kind": "door"}],
                "exterior": [
                    {"azimuth_deg": 0.0, "length_ft": 10.0}, {"azimuth_deg": 90.0, "length_ft": 10.0},
                    {"azimuth_deg": 180.0, "length_ft": 10.0},
                ],
            },
        ],
        "openings": [
            opening("window", [100.0, -2.5], 4.0, host="exterior", rooms=["A", None]),
            opening("door", [202.5, 50.0], 2.5, host="interior", rooms=["A", "B"]),
            opening("door", [307.5, 50.0], 3.0, host="exterior", rooms=["B", None]),
        ],
        "totals": {"conditioned_sf": 300.0, "storeys": 1},
        "specs": {"wall_r": 19, "stated_conditioned_sf": 300},
        "schedules": {"windows": [{"mark": "A", "width_ft": 4.0, "height_ft": 4.0, "u": 0.3, "shgc": 0.25}]},
    }  # fmt: skip


def opening(
    kind: str, at: list[float], width: float, *, host: str, rooms: list[str | None]
) -> dict[str, Any]:
    """An opening of the truth."""
    return {"page": 1, "kind": kind, "center_pt": at, "width_ft": width, "host": host, "rooms": rooms}


def value(number: Any, source: str = "derived", *, note: str = "", place: bool = False) -> dict[str, Any]:
    """A sourced value."""
    where = {"page": 1, "bbox": [0, 0, 1, 1]} if place else None
    return {"value": number, "source": source, "note": note, "where": where, "confidence": 0.9, "unit": ""}


def room(name: str, kind: str, outline: list[list[float]], area: float, exterior: float) -> dict[str, Any]:
    """A room of an analysis; its id is the first letter of its name, small."""
    return {
        "id": name[0].lower() + name[-1].lower(), "name": name, "type": kind, "area_sqft": area, "perimeter_ft": 0.0,
        "polygon_ft": [], "polygon_pt": outline, "printed_dimensions_ft": None, "conditioned": True,
        "exterior_wall_ft": exterior, "confidence": 0.9, "evidence": [],
    }  # fmt: skip


def read_opening(
    kind: str, at: list[float], width: float, *, exterior: bool, name: str, room_id: str
) -> dict[str, Any]:
    """An opening of an analysis."""
    return {
        "id": name, "kind": kind, "room": room_id, "exterior": exterior, "facing_deg": None, "width_ft": width,
        "height_ft": 4.0, "at_pt": at, "confidence": 0.9,
    }  # fmt: skip


def surface(room_id: str, facing: float, length: float) -> dict[str, Any]:
    """An exterior wall of an analysis."""
    return {
        "id": f"{room_id}-{facing}", "room": room_id, "kind": "wall", "adjacent": "outdoors",
        "facing_page_deg": facing, "length_ft": length, "height_ft": 8.0, "area_sqft": value(length * 8.0),
        "depth_below_grade_ft": 0.0, "polyline_pt": [],
    }  # fmt: skip


def analysis_document() -> dict[str, Any]:
    """The perfect analysis of the same plan; the ids are 'bm' for the bedroom and 'bh' for the bath."""
    rooms = [room("BEDROOM", "bedroom", A, 200.0, 50.0), room("BATH", "bathroom", B, 100.0, 30.0)]
    openings = [
        read_opening("window", [100.0, -2.5], 4.0, exterior=True, name="w", room_id="bm"),
        read_opening("door", [202.5, 50.0], 2.5, exterior=False, name="d", room_id="bm"),
        read_opening("door", [307.5, 50.0], 3.0, exterior=True, name="e", room_id="bh"),
    ]
    return {
        "status": "needs_review",
        "pages": [
            {"number": 1, "kind": "floor_plan", "drawings": [{"kind": "floor_plan", "bbox": [-5, -5, 310, 105]}]},
            {"number": 2, "kind": "electrical", "drawings": []},
        ],
        "levels": [
            {
                "name": "L1", "page": 1, "drawing": 0, "scale": {"feet_per_point": 0.1}, "north_deg": 0.0,
                "rooms": rooms, "openings": openings,
            }
        ],
        "totals": {"conditioned_sqft": 300.0},
        "building": _building(openings),
        "questions": [], "review": [], "warnings": [],
    }  # fmt: skip


def _building(openings: list[dict[str, Any]]) -> dict[str, Any]:
    facing = {"w": 0.0, "d": None, "e": 90.0}
    return {
        "levels": [{"name": "L1", "index": 1, "page": 1, "drawing": 0}],
        "rooms": [{"id": i, "ceiling_height_ft": value(8.0, "assumed")} for i in ("bm", "bh")],
        "surfaces": [
            surface("bm", 0.0, 20.0), surface("bm", 270.0, 10.0), surface("bm", 180.0, 20.0),
            surface("bh", 0.0, 10.0), surface("bh", 90.0, 10.0), surface("bh", 180.0, 10.0),
        ],
        "openings": [_spec(o, facing[o["id"]]) for o in openings],
        "schedule": [
            {"kind": "window", "mark": "A", "width_ft": 4.0, "height_ft": 4.0, "u_factor": 0.3, "shgc": 0.25}
        ],
        "facts": {
            "wall_r": value(19.0, "read", place=True), "stated_area_sqft": value(300.0, "read", place=True),
            "ceiling_r": value(38.0, "assumed"),
        },
    }  # fmt: skip


def _spec(item: dict[str, Any], facing: float | None) -> dict[str, Any]:
    read = item["kind"] == "window"
    source = "read" if read else "assumed"
    return {
        "id": item["id"], "kind": item["kind"], "facing_page_deg": facing, "tag": "A" if read else "",
        "width_ft": value(item["width_ft"], source), "height_ft": value(4.0, source),
        "u_factor": value(0.3, source), "shgc": value(0.25, source),
    }  # fmt: skip


def truth_of(document: dict[str, Any]) -> Truth:
    """The truth as the scorer holds it."""
    return truth_exact(deepcopy(document), ENTRY | {"dwelling": document["plan_id"]})


def reading(document: dict[str, Any]) -> Reading:
    """The reading as the scorer holds it."""
    return reading_of("two", deepcopy(document))


def case(truth: dict[str, Any] | None = None, analysis: dict[str, Any] | None = None) -> Case:
    """The two rooms, changed or not."""
    given = truth_document() if truth is None else truth
    return Case(truth_of(given), reading(analysis_document() if analysis is None else analysis))


def rooms_of(analysis: dict[str, Any]) -> list[dict[str, Any]]:
    """The rooms of the first level, to be changed."""
    rooms: list[dict[str, Any]] = analysis["levels"][0]["rooms"]
    return rooms
