"""Tables of loads: every printed column adds up to its printed total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blueprints.plan.building import Building
from reports.numbers import apportioned, number, share
from reports.parts import Bridge, Hour, Line, RoomGroup, RoomRow, Table
from reports.texts import Text, field_name, ours, part, plain, sentence

SEASONS = (
    ("heating", ours("Heating")),
    ("cooling_sensible", ours("Cooling, sensible")),
    ("cooling_latent", ours("Cooling, latent")),
)
DRIVERS_SHOWN = 5
FIRST_HOUR = 8
EXCURSION_FACTOR = 1.3  # Manual J 8th ed., Appendix 11
VISIBLE_BTUH = 0.05
Rooms = Sequence[Mapping[str, Any]]


def totals_of(block: Mapping[str, Any]) -> dict[str, int]:
    """Printed totals by season [Btu/h]; `cooling` is the sum of the two printed parts."""
    printed = {season: round(block[season]["total"]) for season, _ in SEASONS}
    return {**printed, "cooling": printed["cooling_sensible"] + printed["cooling_latent"]}


def answer_lines(block: Mapping[str, Any]) -> tuple[Line, ...]:
    """The four figures of the cover."""
    totals = totals_of(block)
    names = [*SEASONS, ("cooling", ours("Cooling, total"))]
    longest = max(totals.values())
    return tuple(
        Line(
            label=name,
            value=totals[season],
            shown=number(totals[season]),
            bar=share(totals[season], longest),
        )
        for season, name in names
    )


def component_tables(block: Mapping[str, Any]) -> tuple[Table, ...]:
    """Components by season."""
    return tuple(_table(season, title, block[season]) for season, title in SEASONS)


def printed_parts(parts: Mapping[str, float]) -> dict[str, int]:
    """Components as printed [Btu/h]; they add up to the printed total."""
    names = [name for name in parts if name != "total"]
    printed = apportioned([parts[name] for name in names], total=round(parts["total"]))
    return dict(zip(names, printed, strict=True))


def _table(season: str, title: Text, parts: Mapping[str, float]) -> Table:
    printed = printed_parts(parts)
    longest = max((abs(value) for value in printed.values()), default=0)
    lines = tuple(
        Line(label=part(name), value=parts[name], shown=number(value), bar=share(value, longest))
        for name, value in printed.items()
    )
    total = Line(label=part("total"), value=parts["total"], shown=number(sum(printed.values())), bar=100)
    return Table(season=season, title=title, lines=lines, total=total)


def driver_lines(loads: Mapping[str, Any]) -> tuple[Line, ...]:
    """The inputs that move the load most, with their sign."""
    drivers = loads["drivers"][:DRIVERS_SHOWN]
    longest = max((abs(driver["effect_btuh"]) for driver in drivers), default=0.0)
    return tuple(
        Line(
            label=field_name(driver["field"]),
            value=driver["effect_btuh"],
            shown=f"{round(driver['effect_btuh']):+,d}",
            bar=share(driver["effect_btuh"], longest),
            note=sentence(driver["why"]),
        )
        for driver in drivers
    )


def room_marks(rooms: Rooms) -> dict[str, str]:
    """The number of each room, by id: the same in the tables and on the plan."""
    return {room["id"]: str(index) for index, room in enumerate(rooms, start=1)}


def room_groups(loads: Mapping[str, Any], building: Building) -> tuple[tuple[RoomGroup, ...], RoomRow]:
    """Rooms by level in the order of the levels, and the sum of all; level sums add up as printed."""
    rooms: Rooms = loads["rooms"]
    columns = _columns(rooms)
    rows = dict(zip((room["id"] for room in rooms), _room_rows(rooms, columns), strict=True))
    printed = {room["id"]: [column[i] for column in columns] for i, room in enumerate(rooms)}
    groups = [
        RoomGroup(
            level=level,
            rooms=tuple(rows[key] for key in keys),
            total=_sum_row(ours("Sum of %(level)s", level=level), [printed[key] for key in keys]),
        )
        for level, keys in _by_level(rooms, building).items()
    ]
    return tuple(groups), _sum_row(ours("Sum of rooms"), list(printed.values()))


def _columns(rooms: Rooms) -> list[list[int]]:
    """Area, heating, sensible and the three air flows as printed, a list for each."""
    picked = (
        [room["area_sqft"] for room in rooms],
        [room["heating"]["total"] for room in rooms],
        [room["cooling_sensible"]["total"] for room in rooms],
        [room["heating_cfm"] for room in rooms],
        [room["cooling_cfm"] for room in rooms],
        [room["design_cfm"] for room in rooms],
    )
    return [apportioned(values) for values in picked]


def _room_rows(rooms: Rooms, columns: list[list[int]]) -> list[RoomRow]:
    longest = max([1, *columns[1], *columns[2]])
    marks = room_marks(rooms)
    return [
        _row(plain(room["name"]), [column[i] for column in columns], mark=marks[room["id"]], longest=longest)
        for i, room in enumerate(rooms)
    ]


def _row(name: Text, figures: Sequence[int], *, mark: str, longest: int) -> RoomRow:
    area, heating, sensible, heating_cfm, cooling_cfm, design_cfm = (number(figure) for figure in figures)
    return RoomRow(
        mark=mark, name=name, area=area, heating=heating, sensible=sensible, heating_cfm=heating_cfm,
        cooling_cfm=cooling_cfm, design_cfm=design_cfm, heating_bar=share(max(0, figures[1]), longest),
        sensible_bar=share(max(0, figures[2]), longest),
    )  # fmt: skip


def _sum_row(name: Text, rows: Sequence[Sequence[int]]) -> RoomRow:
    return _row(name, [sum(column) for column in zip(*rows, strict=True)] or [0] * 6, mark="", longest=0)


def _by_level(rooms: Rooms, building: Building) -> dict[str, list[str]]:
    level_of = {room.id: room.level for room in building.rooms}
    found: dict[str, list[str]] = {level.name: [] for level in building.levels}
    for room in rooms:
        found.setdefault(level_of.get(room["id"], ""), []).append(room["id"])
    return {level: keys for level, keys in found.items() if keys}


def bridge(loads: Mapping[str, Any]) -> Bridge:
    """Sum of the rooms, what the block has beside it by component, and the block; as printed, it adds up."""
    block, rooms = loads["block"], loads["rooms"]
    seasons = ("heating", "cooling_sensible")
    beside = {season: _beside(block[season], [room[season] for room in rooms]) for season in seasons}
    names = [n for n in block["cooling_sensible"] | block["heating"] if any(n in beside[s] for s in seasons)]
    totals = totals_of(block)
    starts = [sum(apportioned([room[season]["total"] for room in rooms])) for season in seasons]
    columns = [
        apportioned([beside[season].get(name, 0.0) for name in names], total=totals[season] - start)
        for season, start in zip(seasons, starts, strict=True)
    ]
    middle = [
        (part(name), number(heating), number(sensible))
        for name, heating, sensible in zip(names, *columns, strict=True)
        if heating or sensible
    ]
    first = (ours("Sum of rooms"), *(number(start) for start in starts))
    last = (ours("Block"), *(number(start + sum(c)) for start, c in zip(starts, columns, strict=True)))
    return Bridge(lines=((first[0], first[1], first[2]), *middle, (last[0], last[1], last[2])))


def _beside(block: Mapping[str, float], rooms: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Block less rooms by component [Btu/h], where there is a difference."""
    left = {
        name: value - sum(room[name] for room in rooms) for name, value in block.items() if name != "total"
    }
    return {name: value for name, value in left.items() if abs(value) > VISIBLE_BTUH}


def glass_hours(curve: Sequence[float]) -> tuple[Hour, ...]:
    """Glass gain from 8:00 to 19:00."""
    longest = max([*curve, 1.0])
    return tuple(
        Hour(hour=FIRST_HOUR + index, shown=number(value), bar=share(max(0.0, value), longest))
        for index, value in enumerate(curve)
    )


def glass_peak(curve: Sequence[float]) -> Text:
    """The peak against 1.3 × the average, in words."""
    average, peak = sum(curve) / max(1, len(curve)), max([*curve, 0.0])
    limit = EXCURSION_FACTOR * average
    return ours(
        "Average %(average)s, 1.3 × average %(limit)s, peak %(peak)s Btu/h: "
        "what the peak is above 1.3 × average is the excursion, %(excess)s Btu/h.",
        average=number(average),
        limit=number(limit),
        peak=number(peak),
        excess=number(max(0.0, peak - limit)),
    )
