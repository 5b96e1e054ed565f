"""Truth of real plans read by a person: printed names, sizes, areas and counts; outlines only where a model was published.

Names wholly in brackets are descriptions, not printed: the name is then not scored. Openings exist only for plans with
a model; other plans have counts per storey.
"""

from __future__ import annotations

from typing import Any

from blueprints.score.model import (
    BBox,
    Point,
    ScheduleRow,
    Stratum,
    Truth,
    TruthOpening,
    TruthRoom,
    Viewport,
)
from blueprints.score.names import type_of

FEET_A_METRE = 1 / 0.3048
CLEAN_SCAN_PX = 2200  # 200 dpi on the long side of the smallest sheet, 11 in
NORMAL_TOLERANCE, NORTH_TOLERANCE_DEG = 0.05, 10.0


def truth_by_eye(item: dict[str, Any]) -> Truth:
    """The truth of one item of the manifest. Raises KeyError when a part is missing."""
    floors = item["floors"] or []
    rooms = tuple(room for number, floor in enumerate(floors) for room in _rooms(floor, number + 1))
    outlined = bool(rooms) and all(room.polygon_pt for room in rooms)
    plan_pages = item["floor_plan_pages"] or []
    return Truth(
        plan_id=item["id"],
        source="real",
        stratum=stratum_of(item),
        rule="polygon" if outlined else "name_area",
        pdf=item["file"],
        dwelling=item["id"],
        # a sketch nobody can measure is neither a plan to be found nor one to be passed over
        pages={n + 1: n + 1 in plan_pages for n in range(item["page_count"])}
        if floors or not plan_pages
        else {},
        viewports=tuple(_viewport(item, floor, number + 1) for number, floor in enumerate(floors)),
        rooms=rooms,
        openings=_openings(floors) if outlined else None,
        refusable=not floors,
        north_shown=bool(item["north"].get("shown")) if item.get("north") else None,
        conditioned_sqft=_total(rooms),
        schedule=_schedule(item.get("window_schedule")),
    )


def stratum_of(item: dict[str, Any]) -> Stratum:
    """A vector with text, B vector without, C clean scan, D scan of few pixels; `stratum` in the item wins."""
    if "stratum" in item:
        given: Stratum = item["stratum"]
        return given
    if item["drawing"].startswith("raster"):
        pixels = max(item.get("image_size_px") or [0])
        return "C" if pixels >= CLEAN_SCAN_PX else "D"
    return "A" if (item.get("text_layer") or "").startswith("real") else "B"


def _rooms(floor: dict[str, Any], storey: int) -> list[TruthRoom]:
    return [_room(room, floor, storey, number + 1) for number, room in enumerate(floor["rooms"])]


def _room(room: dict[str, Any], floor: dict[str, Any], storey: int, number: int) -> TruthRoom:
    name, qualifier = room["name"], room.get("qualifier")
    printed = None if name.startswith("(") else name
    tolerance = (room.get("tolerance_pct") or 0) / 100
    return TruthRoom(
        id=f"S{storey}-R{number}",
        page=floor["page"],
        storey=storey,
        name=printed,
        type=type_of(qualifier or "") or type_of(name),
        conditioned=bool(room["conditioned"]),
        area_sqft=room["area_sqft"],
        tolerance=max(NORMAL_TOLERANCE, tolerance),
        also_named=qualifier,
        polygon_pt=_points(room.get("polygon_pt") or []),
        ceiling_ft=room.get("ceiling_height_ft"),
    )


def _points(items: list[list[float]]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in items)


def _viewport(item: dict[str, Any], floor: dict[str, Any], storey: int) -> Viewport:
    north, page = item.get("north") or {}, floor["page"]
    by_page = (north.get("by_page") or {}).get(str(page))
    shown = by_page if by_page is not None else north.get("deg_cw_from_page_up")
    return Viewport(
        page=page,
        storey=storey,
        bbox=_box(floor),
        pt_per_ft=_scale(item, page),
        north_page_deg=None if shown is None else (float(shown) - _rotation(item, page)) % 360,
        north_tolerance_deg=max(NORTH_TOLERANCE_DEG, north.get("tolerance_deg") or 0.0),
        windows=floor.get("exterior_windows"),
        doors=floor.get("exterior_doors"),
    )


def _rotation(item: dict[str, Any], page: int) -> float:
    """The page's /Rotate: truth is given as displayed, we compare on the unrotated page."""
    sizes = item.get("page_sizes_pt") or []
    return float(sizes[page - 1][2]) if len(sizes) >= page and len(sizes[page - 1]) > 2 else 0.0


def _scale(item: dict[str, Any], page: int) -> float | None:
    value = (item.get("scale") or {}).get("effective_pt_per_ft")
    if isinstance(value, dict):
        value = value.get(str(page))
    return float(value) if isinstance(value, int | float) else None


def _box(floor: dict[str, Any]) -> BBox | None:
    points = [point for room in floor["rooms"] for point in room.get("polygon_pt") or []]
    if not points:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _openings(floors: list[dict[str, Any]]) -> tuple[TruthOpening, ...] | None:
    if any(floor.get("openings_in_model") is None for floor in floors):
        return None
    return tuple(
        TruthOpening(
            page=floor["page"],
            kind="window" if kind == "windows" else "door",
            at_pt=(o["x_pt"], o["y_pt"]),
            width_ft=o["width_m"] * FEET_A_METRE,
            exterior=bool(o["exterior"]),
        )
        for floor in floors
        for kind in ("windows", "doors")
        for o in floor["openings_in_model"].get(kind, [])
    )


def _total(rooms: tuple[TruthRoom, ...]) -> float | None:
    """Net area of the conditioned rooms, when all are known: a printed total counts walls and is another thing [ft²]."""
    areas = [room.area_sqft for room in rooms if room.conditioned]
    known = [area for area in areas if area is not None]
    return sum(known) if areas and len(known) == len(areas) else None


def _schedule(rows: list[dict[str, Any]] | None) -> tuple[ScheduleRow, ...] | None:
    if rows is None:
        return None
    return tuple(
        ScheduleRow(
            str(row["mark"]), row.get("width_ft"), row.get("height_ft"), row.get("u"), row.get("shgc")
        )
        for row in rows
        if row.get("mark") is not None
    )
