"""ReportDocument: built once, every number final. PDF, JSON, CSV and pages read this and compute nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autohvac.core.evidence import Frozen, Sourced
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import totals

SEASONS = (
    ("heating", "Heating"),
    ("cooling_sensible", "Cooling, sensible"),
    ("cooling_latent", "Cooling, latent"),
)
OCTANTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
TON_BTUH = 12000.0
FIRST_HOUR = 8


class ReportIn(Frozen):
    """What stage 7 works from."""

    building: Building
    loads: dict[str, Any]
    trace: tuple[dict[str, Any], ...] = ()
    facts: dict[str, str] = {}
    pictures: tuple[str, ...] = ()
    run_code: str
    run_time: str
    status: str
    locale: str = "en"


class Line(Frozen):
    """A labelled number: its value, as printed, and its share of the longest in the table (0…100)."""

    label: str
    value: float
    shown: str
    bar: int = 0


class Table(Frozen):
    """Components of one season; the printed parts add up to the printed total."""

    title: str
    lines: tuple[Line, ...]
    total: Line


class RoomRow(Frozen):
    """One room as printed."""

    name: str
    area: str
    heating: str
    sensible: str
    heating_cfm: str
    cooling_cfm: str
    design_cfm: str


class Assumption(Frozen):
    """One value the calculation used, and why it is believed."""

    name: str
    value: str
    source: str
    place: str
    note: str


class Item(Frozen):
    """Something to verify."""

    reason: str
    stake: str
    place: str


class Hour(Frozen):
    """Glass gain at an hour of the day."""

    hour: int
    shown: str
    bar: int


class ReportDocument(Frozen):
    """Everything a report says."""

    title: str
    status: str
    locale: str
    run_code: str
    run_time: str
    facts: dict[str, str]
    method: str
    engine_version: str
    answer: tuple[Line, ...]
    interval: dict[str, str]
    drivers: tuple[Line, ...]
    pictures: tuple[str, ...]
    tables: tuple[Table, ...]
    rooms: tuple[RoomRow, ...]
    room_total: RoomRow
    hours: tuple[Hour, ...]
    design: tuple[tuple[str, str], ...]
    reviewer: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumption, ...]
    items: tuple[Item, ...]
    warnings: tuple[str, ...]
    trace: tuple[tuple[str, str, str, str], ...]
    twin: dict[str, Any]


def number(value: float | None, *, places: int = 0, unit: str = "") -> str:
    """The one formatter: thousands with commas, fixed places, the unit behind."""
    if value is None:
        return "—"
    return f"{value:,.{places}f}{' ' + unit if unit else ''}".replace("-0 ", "0 ")


def build_document(inp: ReportIn) -> ReportDocument:
    """Every number of the report, final."""
    loads, building = inp.loads, inp.building
    block = loads["block"]
    return ReportDocument(
        title=inp.facts.get("name", ""),
        status=inp.status,
        locale=inp.locale,
        run_code=inp.run_code,
        run_time=inp.run_time,
        facts=inp.facts,
        method=loads["method"],
        engine_version=loads["engine_version"],
        answer=_answer(block),
        interval=_interval(loads),
        drivers=_drivers(loads),
        pictures=inp.pictures,
        tables=tuple(_table(title, block[season]) for season, title in SEASONS),
        rooms=tuple(_room(room) for room in loads["rooms"]),
        room_total=_room_total(loads["rooms"]),
        hours=_hours(loads["aed_curve"]),
        design=_design(building, loads),
        reviewer=_reviewer(inp),
        assumptions=_assumptions(building),
        items=tuple(_item(note) for note in building.review),
        warnings=tuple(f"{w['code']}: {w['message']}" if w.get("message") else w["code"] for w in loads["warnings"]),
        trace=tuple(_trace(line) for line in inp.trace),
        twin={"schema": "autohvac.report/1", "run": inp.run_code, "run_time": inp.run_time, "status": inp.status,
              "project": inp.facts, "loads": loads, "building": building.model_dump(mode="json")},
    )  # fmt: skip


def _answer(block: dict[str, Any]) -> tuple[Line, ...]:
    heating = block["heating"]["total"]
    sensible, latent = block["cooling_sensible"]["total"], block["cooling_latent"]["total"]
    rows = [
        ("Heating", heating),
        ("Cooling, sensible", sensible),
        ("Cooling, latent", latent),
        ("Cooling, total", sensible + latent),
    ]
    longest = max(value for _, value in rows) or 1.0
    return tuple(
        Line(label=label, value=value, shown=number(value), bar=_bar(value, longest)) for label, value in rows
    )


def _bar(value: float, longest: float) -> int:
    return max(0, min(100, round(100 * value / longest))) if longest > 0 else 0


def _interval(loads: dict[str, Any]) -> dict[str, str]:
    interval = loads.get("interval")
    if not interval:
        return {}
    shown = {
        name: f"{number(interval[key][0])} – {number(interval[key][1])}"
        for name, key in (("heating", "heating_total"), ("cooling", "cooling_total"))
    }
    return {**shown, "coverage": f"{100 * interval['coverage']:.0f} %"}


def _drivers(loads: dict[str, Any]) -> tuple[Line, ...]:
    drivers = loads["drivers"][:5]
    longest = max((abs(d["effect_btuh"]) for d in drivers), default=1.0)
    return tuple(
        Line(
            label=f"{d['field'].replace('_', ' ')} — {d['why']}", value=d["effect_btuh"], shown=number(d["effect_btuh"]),
            bar=_bar(abs(d["effect_btuh"]), longest),
        )
        for d in drivers
    )  # fmt: skip


def rounded_to_sum(values: Sequence[float]) -> list[int]:
    """Whole numbers that add up to the rounded sum: largest remainders are rounded up."""
    floors = [int(value // 1) for value in values]
    missing = round(sum(values)) - sum(floors)
    order = sorted(range(len(values)), key=lambda i: (floors[i] - values[i], i))
    for index in order[: max(0, missing)]:
        floors[index] += 1
    return floors


def _table(title: str, parts: dict[str, float]) -> Table:
    names = [name for name in parts if name != "total"]
    printed = rounded_to_sum([parts[name] for name in names])
    longest = max((abs(v) for v in printed), default=1)
    lines = tuple(
        Line(
            label=name.replace("_", " ").replace("aed", "AED"),
            value=parts[name],
            shown=number(value),
            bar=_bar(value, longest),
        )
        for name, value in zip(names, printed, strict=True)
    )
    return Table(
        title=title,
        lines=lines,
        total=Line(label="Total", value=parts["total"], shown=number(sum(printed)), bar=100),
    )


def _room(room: dict[str, Any]) -> RoomRow:
    return RoomRow(
        name=room["name"], area=number(room["area_sqft"]), heating=number(room["heating"]["total"]),
        sensible=number(room["cooling_sensible"]["total"]), heating_cfm=number(room["heating_cfm"]),
        cooling_cfm=number(room["cooling_cfm"]), design_cfm=number(room["design_cfm"]),
    )  # fmt: skip


def _room_total(rooms: Sequence[dict[str, Any]]) -> RoomRow:
    """Sums of the printed figures, so that the table adds up as printed."""

    def total(pick: Any) -> str:
        return number(sum(round(pick(room)) for room in rooms))

    return RoomRow(
        name="Sum of rooms", area=total(lambda r: r["area_sqft"]), heating=total(lambda r: r["heating"]["total"]),
        sensible=total(lambda r: r["cooling_sensible"]["total"]), heating_cfm=total(lambda r: r["heating_cfm"]),
        cooling_cfm=total(lambda r: r["cooling_cfm"]), design_cfm=total(lambda r: r["design_cfm"]),
    )  # fmt: skip


def _hours(curve: Sequence[float]) -> tuple[Hour, ...]:
    longest = max([*curve, 1.0])
    return tuple(
        Hour(hour=FIRST_HOUR + index, shown=number(value), bar=_bar(value, longest))
        for index, value in enumerate(curve)
    )


def _design(building: Building, loads: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    design, station = loads["design"], building.design
    rows = [
        ("Weather station", station.station if station else design["source"]),
        ("Climate zone", station.climate_zone if station else "—"),
        (
            "Distance to the station",
            number(station.station_distance_mi if station else None, places=1, unit="mi"),
        ),
        (
            "Height above the station",
            number(station.station_elevation_difference_ft if station else None, unit="ft"),
        ),
        ("Outdoor winter (99 %)", number(design["heating_db_f"], places=1, unit="°F")),
        ("Outdoor summer (1 %)", number(design["cooling_db_f"], places=1, unit="°F")),
        ("Indoor winter", number(design["indoor_heating_f"], unit="°F")),
        ("Indoor summer", number(design["indoor_cooling_f"], unit="°F")),
        (
            "Grains difference",
            f"{number(design['grains_difference'], places=1)} at {100 * design['indoor_rh']:.0f} % RH",
        ),
        ("Daily range", design["daily_range"]),
        ("Latitude", number(design["latitude"], places=1, unit="°")),
        ("Elevation", number(design["elevation_ft"], unit="ft")),
    ]
    return tuple(rows)


def _reviewer(inp: ReportIn) -> tuple[tuple[str, str], ...]:
    loads, building, facts = inp.loads, inp.building, inp.facts
    block, design = loads["block"], loads["design"]
    sensible, latent = block["cooling_sensible"]["total"], block["cooling_latent"]["total"]
    area = totals(building)["conditioned_sqft"]
    skylights = sum(o.kind == "skylight" for o in building.openings)
    entered = "to be entered"
    rows = [
        ("Jurisdiction", facts.get("jurisdiction") or entered),
        ("Contractor", facts.get("firm") or entered),
        ("Mechanical licence", facts.get("licence_no") or entered),
        ("Permit number", facts.get("permit_no") or entered),
        ("Address or lot", " ".join(filter(None, (facts.get("address"), facts.get("zip_code")))) or entered),
        (
            "Winter outdoor / indoor",
            f"{number(design['heating_db_f'], places=1)} / {number(design['indoor_heating_f'])} °F",
        ),
        ("Total heat loss", number(block["heating"]["total"], unit="Btu/h")),
        (
            "Summer outdoor / indoor",
            f"{number(design['cooling_db_f'], places=1)} / {number(design['indoor_cooling_f'])} °F",
        ),
        (
            "Grains difference",
            f"{number(design['grains_difference'], places=1)} at {100 * design['indoor_rh']:.0f} % RH",
        ),
        ("Sensible gain", number(sensible, unit="Btu/h")),
        ("Latent gain", number(latent, unit="Btu/h")),
        ("Total gain", number(sensible + latent, unit="Btu/h")),
        ("Front door faces", facts.get("front") or _fact(building, "front_deg") or entered),
        ("Bedrooms", _fact(building, "bedrooms") or entered),
        ("Conditioned floor area", number(area, unit="ft²")),
        ("Occupants", _fact(building, "occupants") or _occupants(building)),
        ("Eave overhang depth", _fact(building, "overhang_ft", unit="ft") or entered),
        ("Internal shade", _fact(building, "window_shade") or entered),
        ("Number of skylights", str(skylights)),
        ("Equipment type and model", entered),
        ("Heating output at design", entered),
        ("Auxiliary heat", entered),
        ("Sensible / latent / total cooling at design", entered),
        ("Heating and cooling airflow", entered),
        ("Duct design: airflow, ESP, TEL, friction rate", entered),
    ]
    return tuple(rows)


def _fact(building: Building, name: str, *, unit: str = "") -> str:
    fact = building.facts.get(name)
    if fact is None or fact.value is None:
        return ""
    value = fact.value
    shown = f"{value:g}" if isinstance(value, float | int) else str(value).replace("_", " ")
    return f"{shown} {unit}".strip()


def _occupants(building: Building) -> str:
    bedrooms = building.facts.get("bedrooms")
    return f"{float(bedrooms.value) + 1:g}" if bedrooms is not None and bedrooms.value is not None else "—"


def _assumptions(building: Building) -> tuple[Assumption, ...]:
    rows = [
        _assumption(name.replace("_", " "), fact)
        for name, fact in sorted(building.facts.items())
        if fact.known
    ]
    if building.levels:
        level = building.levels[0]
        rows.append(_assumption("north, degrees from the page's top", level.north_deg))
        notation = level.scale.notation or f"{1 / level.scale.feet_per_point:.2f} pt per ft"
        rows.append(
            Assumption(name="scale", value=notation, source="read", place=f"p. {level.page}",
                       note=f"from {', '.join(level.scale.sources)}; confidence {level.scale.confidence:.2f}")
        )  # fmt: skip
    return tuple(rows)


def _assumption(name: str, fact: Sourced[Any]) -> Assumption:
    value = (
        "not known"
        if fact.value is None
        else f"{fact.value:g}"
        if isinstance(fact.value, float | int)
        else str(fact.value)
    )
    place = f"p. {fact.where.page}" if fact.where else ""
    return Assumption(
        name=name,
        value=f"{value.replace('_', ' ')} {fact.unit}".strip(),
        source=fact.source,
        place=place,
        note=fact.note,
    )


def _item(note: Any) -> Item:
    stake = number(note.stake_btuh, unit="Btu/h") if note.stake_btuh is not None else ""
    return Item(reason=note.reason, stake=stake, place=f"p. {note.where.page}" if note.where else "")


def _trace(line: dict[str, Any]) -> tuple[str, str, str, str]:
    where = " ".join(str(line.get(key) or "") for key in ("season", "component", "surface")).strip()
    return (
        where,
        str(line.get("formula", "")),
        number(line.get("value_btuh"), places=1),
        str(line.get("source", "")),
    )
