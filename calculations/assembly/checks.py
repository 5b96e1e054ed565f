"""Results and inputs outside their usual bands: said with a code, never altered."""

from __future__ import annotations

from autohvac.core.stage import Issue
from blueprints.plan.building import Building, OpeningSpec
from calculations.assembly.ranges import document
from calculations.weather.design import number_fact

BTUH_PER_TON = 12_000.0


def conditioned_sqft(building: Building) -> float:
    """Floor area of the conditioned rooms [ft²]."""
    return sum(room.area_sqft.value or 0.0 for room in building.rooms if room.conditioned)


def result_warnings(building: Building, *, heating_btuh: float, cooling_btuh: float) -> list[Issue]:
    """Warnings on the totals: area per ton, heating per area, glass share, stated against measured area."""
    area = conditioned_sqft(building)
    if area <= 0:
        return []
    found = [
        _area_per_ton(area, cooling_btuh=cooling_btuh),
        _heating_per_area(building, area_sqft=area, heating_btuh=heating_btuh),
        _glass_share(building, area_sqft=area),
        _stated_area(building, area_sqft=area),
    ]
    return [issue for issue in found if issue is not None]


def _outside(value: float, *, band: list[float]) -> bool:
    return not band[0] <= value <= band[1]


def _area_per_ton(area_sqft: float, *, cooling_btuh: float) -> Issue | None:
    band: list[float] = document()["checks"]["sqft_per_ton"]
    ratio = area_sqft / (cooling_btuh / BTUH_PER_TON) if cooling_btuh > 0 else 0.0
    if cooling_btuh <= 0 or not _outside(ratio, band=band):
        return None
    return Issue(
        code="area_per_ton_unusual", message=f"{ratio:.0f} ft² per 12,000 Btu/h, usual {band[0]} to {band[1]}"
    )


def _heating_per_area(building: Building, *, area_sqft: float, heating_btuh: float) -> Issue | None:
    """Heating per ft², at 100 °F temperature difference, so that climates can be compared."""
    if building.design is None:
        return None
    band: list[float] = document()["checks"]["heating_btuh_per_sqft_per_100f"]
    difference = building.design.indoor_heating_f.required() - building.design.heating_db_f.required()
    if difference <= 0:
        return None
    ratio = heating_btuh / area_sqft * 100 / difference
    if not _outside(ratio, band=band):
        return None
    message = f"{ratio:.0f} Btu/h per ft² at 100 °F difference, usual {band[0]} to {band[1]}"
    return Issue(code="heating_per_area_unusual", message=message)


def _glass_share(building: Building, *, area_sqft: float) -> Issue | None:
    band: list[float] = document()["checks"]["window_share_of_floor"]
    glass = sum((o.width_ft.value or 0.0) * (o.height_ft.value or 0.0) for o in _outer_glass(building))
    if not _outside(glass / area_sqft, band=band):
        return None
    message = f"glass is {glass / area_sqft:.0%} of the floor, usual {band[0]:.0%} to {band[1]:.0%}"
    return Issue(code="window_area_unusual", field="openings", message=message)


def _stated_area(building: Building, *, area_sqft: float) -> Issue | None:
    stated = number_fact(building.facts, "stated_area_sqft")
    limit: float = document()["checks"]["stated_area_share"]
    if stated is None or abs(area_sqft / stated.required() - 1) <= limit:
        return None
    message = f"rooms add up to {area_sqft:.0f} ft², the plan states {stated.required():.0f} ft²"
    return Issue(code="area_differs_from_stated", field="stated_area_sqft", message=message)


def part_warnings(building: Building) -> list[Issue]:
    """Warnings on parts that could not be taken as drawn."""
    rooms = {room.id: room for room in building.rooms if room.conditioned}
    found = [
        Issue(
            code="room_area_unknown", message=f"{room.name} has no area and no load", field=f"rooms.{room.id}"
        )
        for room in rooms.values()
        if not room.area_sqft.value
    ]
    return found + _openings_too_large(building) + _openings_without_direction(building)


def _openings_too_large(building: Building) -> list[Issue]:
    inside: dict[str, float] = {}
    for o in building.openings:
        if o.surface is not None:
            area = (o.width_ft.value or 0.0) * (o.height_ft.value or 0.0)
            inside[o.surface] = inside.get(o.surface, 0.0) + area
    return [
        Issue(
            code="openings_exceed_wall",
            message=f"openings of {inside[s.id]:.0f} ft² in a wall of {s.area_sqft.value or 0:.0f} ft²",
            field=f"surfaces.{s.id}",
        )
        for s in building.surfaces
        if s.kind == "wall" and inside.get(s.id, 0.0) > (s.area_sqft.value or 0.0)
    ]


def _openings_without_direction(building: Building) -> list[Issue]:
    facing = {surface.id: surface.facing_page_deg for surface in building.surfaces}
    names = {room.id: room.name for room in building.rooms}
    return [
        Issue(
            code="opening_direction_unknown",
            message=f"taken as facing west: {names[str(o.room)]}",
            field=f"openings.{o.id}",
        )
        for o in _outer_glass(building)
        if o.facing_page_deg is None and facing.get(o.surface or "") is None
    ]


def _outer_glass(building: Building) -> list[OpeningSpec]:
    """Windows and glass doors to outdoors of conditioned rooms: those of a garage take no part in the load."""
    rooms = {room.id for room in building.rooms if room.conditioned}
    return [
        o for o in building.openings if o.exterior and o.kind in ("window", "glass_door") and o.room in rooms
    ]
