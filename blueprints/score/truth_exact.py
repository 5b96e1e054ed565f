"""Truth of sheets drawn from a model: outlines, walls and openings exact by construction."""

from __future__ import annotations

from typing import Any

from blueprints.score.model import Pane, Point, ScheduleRow, Truth, TruthOpening, TruthRoom, Viewport, Wall

GLASS = ("window", "sliding")
SPEC_NAMES = {"stated_conditioned_sf": "stated_area_sqft"}


def truth_exact(document: dict[str, Any], entry: dict[str, Any]) -> Truth:
    """The truth of one file; `entry` is its line of the manifest. Raises KeyError when a part is missing."""
    viewports = tuple(_viewport(v) for v in document["viewports"])
    return Truth(
        plan_id=document["plan_id"],
        source=entry.get("kind", "drawn"),
        stratum=document["stratum"],
        rule="polygon",
        pdf=entry["pdf"],
        dwelling=entry.get("dwelling", document["plan_id"]),
        pages={p["page"]: p["kind"] in ("floor_plan", "basement") for p in document["pages"]},
        viewports=viewports,
        rooms=tuple(_room(room) for room in document["rooms"]),
        openings=tuple(_opening(o) for o in document["openings"]) if "openings" in document else None,
        north_shown=any(v.north_page_deg is not None for v in viewports),
        conditioned_sqft=document.get("totals", {}).get("conditioned_sf"),
        specs=_specs(document.get("specs")),
        schedule=_schedule(document.get("schedules")),
    )


def _viewport(item: dict[str, Any]) -> Viewport:
    up = item.get("north_deg")
    box = item.get("bbox_pt")
    return Viewport(
        page=item["page"],
        storey=item.get("storey", 1),
        bbox=(box[0], box[1], box[2], box[3]) if box else None,
        pt_per_ft=item.get("pt_per_ft"),
        # the file gives the azimuth of the page's top; north lies as far to the other side of it
        north_page_deg=None if up is None else (-float(up)) % 360,
    )


def _room(item: dict[str, Any]) -> TruthRoom:
    return TruthRoom(
        id=item["id"],
        page=item["page"],
        storey=item["storey"],
        name=item["name"],
        type=item["type"],
        conditioned=item["conditioned"],
        area_sqft=item["area_sf"],
        polygon_pt=_points(item.get("polygon_pt", [])),
        holes_pt=tuple(_points(hole) for hole in item.get("holes_pt", [])),
        group=item.get("group"),
        exterior=tuple(Wall(e["azimuth_deg"], e["length_ft"]) for e in item["exterior"])
        if "exterior" in item
        else None,
        windows=tuple(_pane(w, "window") for w in item["windows"]) if "windows" in item else None,
        doors=tuple(_pane(d, d.get("kind", "door")) for d in item["doors_ext"])
        if "doors_ext" in item
        else None,
        ceiling_ft=item.get("ceiling_ft"),
    )


def _pane(item: dict[str, Any], kind: str) -> Pane:
    return Pane(
        facing_deg=item["azimuth_deg"],
        width_ft=item["width_ft"],
        height_ft=item.get("height_ft"),
        glass=kind in GLASS,
    )


def _opening(item: dict[str, Any]) -> TruthOpening:
    rooms = item.get("rooms")
    return TruthOpening(
        page=item["page"],
        kind=item["kind"],
        at_pt=(item["center_pt"][0], item["center_pt"][1]),
        width_ft=item["width_ft"],
        exterior=item["host"] == "exterior",
        rooms=(rooms[0], rooms[1]) if rooms else None,
    )


def _points(items: list[list[float]]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in items)


def _specs(item: dict[str, Any] | None) -> dict[str, float] | None:
    if item is None:
        return None
    return {SPEC_NAMES.get(k, k): float(v) for k, v in item.items() if isinstance(v, int | float)}


def _schedule(item: dict[str, Any] | None) -> tuple[ScheduleRow, ...] | None:
    rows = (item or {}).get("windows")
    if rows is None:
        return None
    return tuple(
        ScheduleRow(str(r["mark"]), r.get("width_ft"), r.get("height_ft"), r.get("u"), r.get("shgc"))
        for r in rows
    )
