"""Compare the load engine with published cases: `python -m calculations.check.engine_check [CASES_DIR]`.

CASES_DIR holds HPXML files and `expected.json`. Each case is run in both readings. Printed are each component
against the reference program and against ACCA's printed figures, and the shares of lines within 0.5, 2 and
5 % of them, the reference program's own shares beside ours.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from calculations.hpxml.importer import import_hpxml
from calculations.manualj.engine import calculate
from calculations.manualj.house import House, Method
from calculations.manualj.loads import Loads

METHODS: Final[tuple[Method, ...]] = ("as_published", "as_openstudio")
SEASONS: Final = ("heating", "cooling_sensible", "cooling_latent")
LIMITS_PCT: Final = (0.5, 2.0, 5.0)
DEFAULT_CASES = Path(__file__).parents[2].parent / "shared" / "reference" / "manual-j" / "cases"

# The reference program sets this unit's three values by hand: HPXML has one element for them all.
GIVEN_APART: Final[dict[str, dict[str, float]]] = {
    "Bob_Ross_Residence_3-21": {
        "heating_effectiveness": 0.64,
        "cooling_effectiveness": 0.58,
        "latent_effectiveness": 0.0,
    }
}


@dataclass(frozen=True)
class Line:
    """One component of one case in one reading [Btu/h]."""

    case: str
    method: Method
    season: str
    component: str
    ours: float
    anchor: float | None
    acca: float | None

    def off_pct(self, reference: float | None) -> float | None:
        """Our difference from a reference [%]; None where there is none or it is zero."""
        return percent(self.ours, reference)

    @property
    def anchor_off_acca_pct(self) -> float | None:
        """The reference program's own difference from ACCA's figure [%]."""
        return None if self.anchor is None else percent(self.anchor, self.acca)


def percent(value: float, reference: float | None) -> float | None:
    """Difference from a reference in percent of it."""
    return None if not reference else 100.0 * (value - reference) / abs(reference)


def house_of(path: Path) -> House:
    """The case as imported, with the inputs that its file cannot hold."""
    house = import_hpxml(path).house
    given = GIVEN_APART.get(path.stem)
    if given is None:
        return house
    units = tuple(unit.model_copy(update=given) for unit in house.ventilation)
    return house.model_copy(update={"ventilation": units})


def check_cases(cases_dir: Path) -> list[Line]:
    """All lines of all cases that have a file."""
    expected: dict[str, Any] = json.loads((cases_dir / "expected.json").read_text(encoding="utf-8"))["cases"]
    return [line for name in sorted(expected) for line in check_case(cases_dir, name, expected[name])]


def room_gaps(cases_dir: Path) -> list[tuple[float, str]]:
    """Gap of each room figure and each hour of the glass curves to the written reproduction [Btu/h]."""
    expected: dict[str, Any] = json.loads((cases_dir / "expected.json").read_text(encoding="utf-8"))["cases"]
    return [gap for name in sorted(expected) for gap in case_gaps(cases_dir, name, expected[name])]


def case_gaps(
    cases_dir: Path, name: str, expected: dict[str, Any]
) -> list[tuple[float, str]]:  # JSON of a case
    """Gaps of one case; none for a case without rooms."""
    written = expected.get("reproduction", {})
    rooms = written.get("rooms")
    if not isinstance(rooms, dict):
        return []
    loads = calculate(house_of(cases_dir / expected["file"]), method="as_openstudio")
    gaps = curve_gaps(f"{name} block", loads.aed_curve, written.get("aed_curve_block", []))
    for room in loads.rooms:
        figures = rooms.get(room.id, {})
        for season in ("heating", "cooling_sensible"):
            ours: dict[str, float] = getattr(room, season).model_dump()
            named = figures.get(season, {}).items()
            gaps += [(ours[key] - value, f"{name} {room.id} {season} {key}") for key, value in named]
        gaps += curve_gaps(f"{name} {room.id}", room.aed_curve, figures.get("aed_curve", []))
    return gaps


def curve_gaps(where: str, ours: Sequence[float], written: Sequence[float]) -> list[tuple[float, str]]:
    """Gap of each hour."""
    return [(a - b, f"{where} curve") for a, b in zip(ours, written, strict=False)]


def check_case(cases_dir: Path, name: str, expected: dict[str, Any]) -> list[Line]:  # JSON of one case
    """Both readings of one case."""
    house = house_of(cases_dir / expected["file"])
    return [
        line
        for method in METHODS
        for line in case_lines(name, method, calculate(house, method=method), expected)
    ]


def case_lines(
    name: str, method: Method, loads: Loads, expected: dict[str, Any]
) -> list[Line]:  # JSON of one case
    """One line for each component that either side has."""
    published = (expected.get("acca_published") or {}).get("block", {})
    lines = []
    for season in SEASONS:
        ours: dict[str, float] = getattr(loads.block, season).model_dump()
        for component, value in ours.items():
            anchor = expected["anchor"][season].get(component)
            acca = published.get(season, {}).get(component, {}).get("acca")
            if value or anchor or acca:
                lines.append(Line(name, method, season, component, value, anchor, acca))
    return lines


# --- shares ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shares:
    """How many lines there are, and the share of them within each limit."""

    count: int
    within: tuple[float, ...]

    def __str__(self) -> str:
        """The shares in words."""
        parts = [f"{limit:g} %: {share:6.1%}" for limit, share in zip(LIMITS_PCT, self.within, strict=True)]
        return f"{self.count:4d} lines  within " + "  ".join(parts)


def shares(differences: Iterable[float | None]) -> Shares:
    """Shares of the differences that are known."""
    known = [abs(value) for value in differences if value is not None]
    within = tuple(sum(value <= limit for value in known) / max(len(known), 1) for limit in LIMITS_PCT)
    return Shares(count=len(known), within=within)


def summary(lines: Sequence[Line]) -> list[str]:
    """Shares of each reading against the reference program and ACCA."""
    text = []
    for method in METHODS:
        mine = [line for line in lines if line.method == method]
        totals = [line for line in mine if line.component == "total"]
        text.append(f"{method:14s} against anchor, components  {shares(x.off_pct(x.anchor) for x in mine)}")
        text.append(f"{method:14s} against anchor, totals      {shares(x.off_pct(x.anchor) for x in totals)}")
        text.append(f"{method:14s} against ACCA                {shares(x.off_pct(x.acca) for x in mine)}")
    own = [line for line in lines if line.method == METHODS[0]]
    text.append(
        f"{'anchor itself':14s} against ACCA                {shares(x.anchor_off_acca_pct for x in own)}"
    )
    worst = max(
        lines_of(lines, "as_openstudio"), key=lambda line: abs(line.ours - (line.anchor or 0.0)), default=None
    )
    if worst is not None:
        gap = worst.ours - (worst.anchor or 0.0)
        where = f"{worst.case} {worst.season} {worst.component}"
        text.append(f"largest gap to anchor, as_openstudio: {gap:+.1f} Btu/h, {where}")
    return text


def room_summary(cases_dir: Path) -> list[str]:
    """How far the rooms are from the written reproduction, in the reading it follows."""
    gaps = room_gaps(cases_dir)
    if not gaps:
        return []
    worst, where = max(gaps, key=lambda gap: abs(gap[0]))
    return [
        f"rooms and glass curves, as_openstudio: {len(gaps)} figures, largest gap {worst:+.2f} Btu/h, {where}"
    ]


def lines_of(lines: Sequence[Line], method: Method) -> list[Line]:
    """Lines of one reading that the reference program has too."""
    return [line for line in lines if line.method == method and line.anchor is not None]


# --- printing ----------------------------------------------------------------------------------------------


def table(lines: Iterable[Line]) -> list[str]:
    """One printed row for each line."""
    head = (
        f"{'case':26s} {'reading':14s} {'season':17s} {'component':15s} {'ours':>10s} "
        f"{'anchor':>10s} {'%':>7s} {'ACCA':>9s} {'%':>7s} {'anchor %':>9s}"
    )
    return [head, *(row(line) for line in lines)]


def row(line: Line) -> str:
    """One line as text."""
    return (
        f"{line.case:26s} {line.method:14s} {line.season:17s} {line.component:15s} {line.ours:10.1f} "
        f"{shown(line.anchor, 10, 1)} {shown(line.off_pct(line.anchor), 7, 2)} "
        f"{shown(line.acca, 9, 0)} {shown(line.off_pct(line.acca), 7, 2)} "
        f"{shown(line.anchor_off_acca_pct, 9, 2)}"
    )


def shown(value: float | None, width: int, digits: int) -> str:
    """A number, or blank."""
    return " " * width if value is None else f"{value:{width}.{digits}f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: print the table and the summary."""
    parser = argparse.ArgumentParser(prog="python -m calculations.check.engine_check", description=__doc__)
    parser.add_argument("cases_dir", type=Path, nargs="?", default=DEFAULT_CASES)
    options = parser.parse_args(arguments)
    if not (options.cases_dir / "expected.json").is_file():
        parser.error(f"no expected.json in {options.cases_dir}")
    lines = check_cases(options.cases_dir)
    print("\n".join([*table(lines), "", *summary(lines), *room_summary(options.cases_dir)]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
