"""The published cases through the engine: one line for each figure that the cases print or the anchor has."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from calculations.hpxml.importer import import_hpxml
from calculations.manualj.engine import calculate
from calculations.manualj.house import House, Method
from calculations.manualj.loads import Loads, RoomLoads
from calculations.manualj.rules import method_rules

METHODS: Final[tuple[Method, ...]] = ("as_published", "as_openstudio")
SEASONS: Final = ("heating", "cooling_sensible", "cooling_latent")
ROOM_SEASONS: Final = ("heating", "cooling_sensible")
BLOCK: Final = "block"

# The reference program sets this unit's three values by hand: HPXML has one element for them all.
GIVEN_APART: Final[dict[str, dict[str, float]]] = {
    "Bob_Ross_Residence_3-21": {
        "heating_effectiveness": 0.64,
        "cooling_effectiveness": 0.58,
        "latent_effectiveness": 0.0,
    }
}

Case = Mapping[str, Any]  # JSON of one case


@dataclass(frozen=True)
class Line:
    """One component of the block or a room of one case in one reading [Btu/h]."""

    case: str
    method: Method
    season: str
    component: str
    ours: float
    anchor: float | None
    acca: float | None
    room: str = BLOCK

    def off_pct(self, reference: float | None) -> float | None:
        """Our difference from a reference [%]; None where there is none or it is zero."""
        return percent(self.ours, reference)

    @property
    def anchor_off_acca_pct(self) -> float | None:
        """The reference program's own difference from ACCA's figure [%]."""
        return None if self.anchor is None else percent(self.anchor, self.acca)

    @property
    def is_empty(self) -> bool:
        """Zero on every side: nothing to print."""
        return not (self.ours or self.anchor or self.acca)


@dataclass(frozen=True)
class Gap:
    """One figure of a room or of an hour of a glass curve against the written reproduction [Btu/h]."""

    case: str
    where: str
    ours: float
    written: float
    curve: bool

    @property
    def btuh(self) -> float:
        """Ours less the written figure."""
        return self.ours - self.written


def percent(value: float, reference: float | None) -> float | None:
    """Difference from a reference in percent of it."""
    return None if not reference else 100.0 * (value - reference) / abs(reference)


def expected_cases(cases_dir: Path) -> dict[str, Case]:
    """What is written down about the cases, by name."""
    whole: dict[str, Any] = json.loads((cases_dir / "expected.json").read_text(encoding="utf-8"))
    cases: dict[str, Case] = whole["cases"]
    return dict(sorted(cases.items()))


@lru_cache(maxsize=64)
def house_of(path: Path) -> House:
    """The case as imported, with the inputs that its file cannot hold."""
    house = import_hpxml(path).house
    given = GIVEN_APART.get(path.stem)
    if given is None:
        return house
    units = tuple(unit.model_copy(update=given) for unit in house.ventilation)
    return house.model_copy(update={"ventilation": units})


def check_cases(cases_dir: Path) -> list[Line]:
    """All lines of all cases, in both readings."""
    lines: list[Line] = []
    for name, case in expected_cases(cases_dir).items():
        house = house_of(cases_dir / case["file"])
        for method in METHODS:
            loads = calculate(house, method=method)
            lines += [*block_lines(name, method, loads, case), *room_lines(name, method, loads, case)]
    return lines


def block_lines(name: str, method: Method, loads: Loads, case: Case) -> Iterator[Line]:
    """One line for each component that either side has or ACCA prints, zeros included."""
    published = (case.get("acca_published") or {}).get("block", {})
    for season in SEASONS:
        ours: dict[str, float] = getattr(loads.block, season).model_dump()
        for component, value in ours.items():
            anchor = case["anchor"][season].get(component)
            acca = published.get(season, {}).get(component, {}).get("acca")
            if value or anchor or acca is not None:
                yield Line(name, method, season, component, value, anchor, acca)


def room_lines(name: str, method: Method, loads: Loads, case: Case) -> Iterator[Line]:
    """One line for each figure that ACCA prints for a room; the anchor's is its written reproduction."""
    rooms = (case.get("acca_published") or {}).get("rooms_components", {})
    for title, seasons in rooms.items():
        room = room_named(loads.rooms, title)
        for season, components in seasons.items():
            ours: dict[str, float] = getattr(room, season).model_dump()
            for component, figure in components.items():
                anchor, acca = figure["anchor_reproduction"], figure["acca"]
                yield Line(name, method, season, component, ours[component], anchor, acca, room.id)


def room_named(rooms: Sequence[RoomLoads], title: str) -> RoomLoads:
    """The room the book calls so: it prints "dining" for the dining room."""
    return next(room for room in rooms if room.id in (title, f"{title}_room"))


def broken_rules(cases_dir: Path) -> list[str]:
    """Rules of the result that do not hold in a case: none, or the engine has a fault."""
    found = []
    for name, case in expected_cases(cases_dir).items():
        house = house_of(cases_dir / case["file"])
        for method in METHODS:
            rules = method_rules(house, calculate(house, method=method))
            found += [
                f"{name} {method} {rule.code}: {rule.fact}"
                for rule in rules
                if rule.of == "result" and not rule.holds
            ]
    return found


# --- rooms and curves against the written reproduction ---


def room_gaps(cases_dir: Path) -> list[Gap]:
    """Every room figure and every hour of the glass curves, in the reading the reproduction follows."""
    return [
        gap
        for name, case in expected_cases(cases_dir).items()
        if "reproduction" in case
        for gap in case_gaps(cases_dir, name, case)
    ]


def case_gaps(cases_dir: Path, name: str, case: Case) -> Iterator[Gap]:
    """Gaps of one case: the curve of the block, and rooms where the file has them."""
    written = case["reproduction"]
    loads = calculate(house_of(cases_dir / case["file"]), method="as_openstudio")
    yield from curve_gaps(name, BLOCK, loads.aed_curve, written.get("aed_curve_block", []))
    rooms = written.get("rooms")
    for room in loads.rooms if isinstance(rooms, dict) else ():
        figures = rooms.get(room.id, {})
        yield from curve_gaps(name, room.id, room.aed_curve, figures.get("aed_curve", []))
        for season in ROOM_SEASONS:
            ours: dict[str, float] = getattr(room, season).model_dump()
            for key, value in figures.get(season, {}).items():
                yield Gap(name, f"{room.id} {season} {key}", ours[key], value, curve=False)


def curve_gaps(name: str, where: str, ours: Sequence[float], written: Sequence[float]) -> Iterator[Gap]:
    """One gap for each hour."""
    for hour, (a, b) in enumerate(zip(ours, written, strict=False), start=8):
        yield Gap(name, f"{where} glass at {hour} h", a, b, curve=True)
