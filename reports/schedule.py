"""The component schedule: each surface with its area, U-factor, temperature differences, HTM and loads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from reports.numbers import apportioned, number
from reports.parts import SurfaceGroup, SurfaceRow
from reports.tables import printed_parts, totals_of
from reports.texts import NOTHING, Text, ours, part, word

OCTANTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
SEASONS = ("heating", "cooling_sensible", "cooling_latent")
GLASS = ("windows", "skylights")
AGREES = 0.005  # the formula prints five digits
LAST_FACTOR = re.compile(r"× ([\d.]+)$")
NAMES = {
    "wall": ours("wall"), "ceiling": ours("ceiling"), "roof": ours("roof"), "floor": ours("floor"),
    "slab": ours("floor on the ground"), "basement_wall": ours("basement wall"),
    "basement_floor": ours("basement floor"),
}  # fmt: skip
BEYOND = {
    "attic": ours("attic"), "garage": ours("garage"), "crawlspace": ours("crawlspace"),
    "unconditioned_basement": ours("basement, not heated"), "other_unit": ours("another dwelling"),
}  # fmt: skip
Trace = Mapping[str, Any]


class Factors(Frozen):
    """U [Btu/h·ft²·°F], area [ft²; ft of edge for slabs] and temperature difference [°F] of a formula."""

    u_factor: float
    area: float
    delta_f: float


class Cause(Frozen):
    """The lines of one surface, or of one cause of the whole house, by season."""

    component: str
    surface: str
    room: str | None
    btuh: dict[str, float]
    formulas: dict[str, str]


def octant(degrees: float) -> str:
    """A direction clockwise from north as a compass letter."""
    return OCTANTS[round(degrees / 45) % 8]


def factors(line: Trace) -> Factors | None:
    """The three factors of a conduction formula; None when the formula is of another kind.

    The engine writes U × area × ΔT, for glass U × ΔT × area; the product must give the line's value.
    """
    parts = str(line["formula"]).split(" × ")
    try:
        first, second, third = (float(text) for text in parts)
    except ValueError:
        return None
    if abs(first * second * third - line["value_btuh"]) > AGREES * abs(line["value_btuh"]):
        return None
    area, delta = (third, second) if line["component"] in GLASS else (second, third)
    return Factors(u_factor=first, area=area, delta_f=delta)


def surface_groups(
    loads: Mapping[str, Any], building: Building, trace: Sequence[Trace], *, marks: Mapping[str, str]
) -> tuple[SurfaceGroup, ...]:
    """Groups by component in the order of the loads document; rows add up to the component as printed."""
    block = loads["block"]
    printed = {season: printed_parts(block[season]) for season in SEASONS}
    names = dict.fromkeys(name for season in SEASONS for name in printed[season])
    house = House(building, marks=marks)
    groups = [
        _group(name, [c for c in _causes(trace) if c.component == name], printed=printed, house=house)
        for name in names
    ]
    return tuple(group for group in groups if group.rows)


def surfaces_total(loads: Mapping[str, Any]) -> SurfaceGroup:
    """The block as the last line of the schedule."""
    totals = totals_of(loads["block"])
    heating, sensible, latent = (number(totals[season]) for season in SEASONS)
    return SurfaceGroup(component=part("total"), rows=(), heating=heating, sensible=sensible, latent=latent)


def _causes(trace: Sequence[Trace]) -> list[Cause]:
    found: dict[tuple[str, str, str | None], list[Trace]] = {}
    for line in trace:
        found.setdefault((line["component"], line["surface"], line["room"]), []).append(line)
    return [
        Cause(
            component=component,
            surface=surface,
            room=room,
            btuh={line["season"]: line["value_btuh"] for line in lines},
            formulas={line["season"]: line["formula"] for line in lines},
        )
        for (component, surface, room), lines in found.items()
    ]


def _group(
    name: str, causes: list[Cause], *, printed: Mapping[str, Mapping[str, int]], house: House
) -> SurfaceGroup:
    totals = [printed[season].get(name, 0) for season in SEASONS]
    columns = [
        apportioned([cause.btuh.get(season, 0.0) for cause in causes], total=total)
        for season, total in zip(SEASONS, totals, strict=True)
    ]
    rows = [house.row(cause, figures=[column[i] for column in columns]) for i, cause in enumerate(causes)]
    shown = [number(sum(column)) for column in columns]
    return SurfaceGroup(
        component=part(name), rows=tuple(rows), heating=shown[0], sensible=shown[1], latent=shown[2]
    )


class House:
    """What the building knows of surfaces and openings, by id."""

    def __init__(self, building: Building, *, marks: Mapping[str, str]) -> None:
        self._surfaces = {surface.id: surface for surface in building.surfaces}
        self._openings = {opening.id: opening for opening in building.openings}
        self._rooms = {room.id: room for room in building.rooms}
        self._north = {level.name: level.north_deg.value for level in building.levels}
        self._marks = marks

    def row(self, cause: Cause, *, figures: Sequence[int]) -> SurfaceRow:
        """A row of the schedule; `figures` are heating, sensible and latent as printed."""
        heating, cooling = _factors_of(cause, "heating"), _factors_of(cause, "cooling_sensible")
        known = heating or cooling
        area = known.area if known is not None else _last_factor(cause)
        unit = "ft" if self._by_edge(cause, area) else ""
        return SurfaceRow(
            what=self.what(component=cause.component, surface=cause.surface, room=cause.room),
            room=self._marks.get(cause.room or "", ""),
            faces=self._faces(cause),
            area=number(area, places=1, unit=unit) if area is not None else "",
            u_factor=f"{known.u_factor:.3f}" if known is not None else "",
            heating_delta=_delta(heating),
            heating_htm=_htm(cause.btuh.get("heating"), area),
            cooling_delta=_delta(cooling),
            cooling_htm=_htm(cause.btuh.get("cooling_sensible"), area),
            heating=_figure(figures[0]),
            sensible=_figure(figures[1]),
            latent=_figure(figures[2]),
        )

    def what(self, *, component: str, surface: str, room: str | None) -> Text:
        """The surface or opening in words; the component where the line is for the whole house."""
        opening, known = self._openings.get(surface), self._surfaces.get(surface)
        if opening is not None:
            return ours("%(kind)s %(tag)s", kind=word(opening.kind), tag=opening.tag)
        if known is None:
            return part(component) if room is None else ours("part %(id)s", id=surface)
        if component == "slabs":
            return NAMES["slab" if known.kind == "floor" else known.kind]
        if known.adjacent not in BEYOND:
            return NAMES[known.kind]
        return ours("%(kind)s to %(space)s", kind=NAMES[known.kind], space=BEYOND[known.adjacent])

    def _faces(self, cause: Cause) -> Text:
        opening = self._openings.get(cause.surface)
        wall = self._surfaces.get((opening.surface or "") if opening is not None else cause.surface)
        page_deg = opening.facing_page_deg if opening is not None else None
        if page_deg is None and wall is not None:
            page_deg = wall.facing_page_deg
        room = self._rooms.get(cause.room or "")
        north = self._north.get(room.level) if room is not None else None
        if page_deg is None or north is None:
            return NOTHING
        return ours(octant((page_deg - north) % 360))

    def _by_edge(self, cause: Cause, area: float | None) -> bool:
        """True when the second factor of a floor on the ground is the length of its edge."""
        surface = self._surfaces.get(cause.surface)
        if cause.component != "slabs" or surface is None or area is None or not surface.area_sqft.value:
            return False
        return abs(area - surface.area_sqft.value) > AGREES * surface.area_sqft.value


def _factors_of(cause: Cause, season: str) -> Factors | None:
    if season not in cause.formulas or cause.room is None:
        return None
    line = {"component": cause.component, "formula": cause.formulas[season], "value_btuh": cause.btuh[season]}
    return factors(line)


def _last_factor(cause: Cause) -> float | None:
    """The area a glass formula ends with."""
    found = (
        LAST_FACTOR.search(cause.formulas.get("cooling_sensible", "")) if cause.component in GLASS else None
    )
    return float(found.group(1)) if found is not None else None


def _delta(known: Factors | None) -> str:
    return number(known.delta_f, places=1) if known is not None else ""


def _htm(btuh: float | None, area: float | None) -> str:
    """Heat transfer multiplier [Btu/h per ft², per ft for slab edges]."""
    return number(btuh / area, places=2) if btuh is not None and area else ""


def _figure(value: int) -> str:
    return number(value) if value else "—"
