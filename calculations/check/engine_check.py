"""Compare the load engine with published cases: `python -m calculations.check.engine_check [CASES_DIR]`.

CASES_DIR holds HPXML files and `expected.json`. Each case is run in both readings. Printed are each component
against the reference program and against ACCA's printed figures, the shares of lines within 0.5, 2 and 5 % of
them, the reference program's own shares beside ours, and whether each promise holds. Exit code 1 if one does not.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calculations.check.lines import BLOCK, METHODS, Gap, Line, broken_rules, check_cases, percent, room_gaps
from calculations.manualj.house import Method

__all__ = ["check_cases", "main", "percent", "room_gaps", "shares"]

LIMITS_PCT: Final = (0.5, 2.0, 5.0)
DEFAULT_CASES = Path(__file__).parents[2].parent / "shared" / "reference" / "manual-j" / "cases"
NAMED_HOUSES: Final = ("Bob_Ross_Residence", "Long_Residence")
ANCHOR_PCT, ROOM_PCT, TOLERANCE_BTUH = 0.5, 1.0, 25.0

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


def published(lines: Sequence[Line], method: Method) -> list[Line]:
    """Lines of one reading that ACCA prints with a figure other than zero."""
    return [line for line in lines if line.method == method and line.acca]


def anchor_summary(lines: Sequence[Line]) -> list[str]:
    """Shares of each reading against the reference program."""
    text = []
    for method in METHODS:
        mine = [line for line in lines if line.method == method and line.room == BLOCK]
        totals = [line for line in mine if line.component == "total"]
        text.append(f"{method:14s} against anchor, components  {shares(x.off_pct(x.anchor) for x in mine)}")
        text.append(f"{method:14s} against anchor, totals      {shares(x.off_pct(x.anchor) for x in totals)}")
    worst = max(anchored(lines), key=lambda line: abs(line.ours - (line.anchor or 0.0)), default=None)
    if worst is not None:
        gap = worst.ours - (worst.anchor or 0.0)
        where = f"{worst.case} {worst.season} {worst.component}"
        text.append(f"largest gap to anchor, as_openstudio: {gap:+.1f} Btu/h, {where}")
    return text


def anchored(lines: Sequence[Line]) -> list[Line]:
    """Lines of the reading as_openstudio that the reference program has too."""
    return [line for line in lines if line.method == "as_openstudio" and line.anchor is not None]


def acca_summary(lines: Sequence[Line]) -> list[str]:
    """Shares of each reading and of the reference program against every figure ACCA prints."""
    text = []
    for title, rooms in (("whole house", (True,)), ("rooms", (False,)), ("all", (True, False))):
        for method in METHODS:
            mine = [x for x in published(lines, method) if (x.room == BLOCK) in rooms]
            text.append(f"{method:14s} against ACCA, {title:12s} {shares(x.off_pct(x.acca) for x in mine)}")
        own = [x for x in published(lines, METHODS[0]) if (x.room == BLOCK) in rooms]
        text.append(f"{'anchor itself':14s} against ACCA, {title:12s} {anchor_shares(own)}")
    zeros = [line for line in lines if line.method == METHODS[0] and line.acca == 0]
    kept = sum(line.ours == 0 for line in zeros)
    text.append(f"ACCA prints 0 on {len(zeros)} further lines; as_published has 0 on {kept} of them")
    return text


def anchor_shares(lines: Iterable[Line]) -> Shares:
    """The reference program's own shares on these lines."""
    return shares(line.anchor_off_acca_pct for line in lines)


# --- rooms -------------------------------------------------------------------------------------------------


def room_summary(gaps: Sequence[Gap]) -> list[str]:
    """How far rooms and glass curves are from the written reproduction, in the reading it follows."""
    text = []
    for case in NAMED_HOUSES:
        mine = [gap for gap in gaps if gap.case == case]
        for title, curve in (("rooms", False), ("glass curves", True)):
            text += gap_line(f"{case} {title}", [gap for gap in mine if gap.curve == curve])
    return [*text, *gap_line("rooms and glass curves of all cases", gaps)]


def gap_line(title: str, gaps: Sequence[Gap]) -> list[str]:
    """Count, how many are within the limit, and the largest."""
    if not gaps:
        return []
    worst = max(gaps, key=lambda gap: abs(gap.btuh))
    within = sum(is_near(gap) for gap in gaps)
    return [
        f"as_openstudio, {title}: {within} of {len(gaps)} figures within {ROOM_PCT:g} % or "
        f"{TOLERANCE_BTUH:g} Btu/h, largest gap {worst.btuh:+.2f} Btu/h ({worst.where})"
    ]


def is_near(gap: Gap) -> bool:
    """Within 1 % or 25 Btu/h."""
    return abs(gap.btuh) <= max(TOLERANCE_BTUH, ROOM_PCT / 100.0 * abs(gap.written))


# --- promises ----------------------------------------------------------------------------------------------


def promises(lines: Sequence[Line], gaps: Sequence[Gap]) -> list[tuple[str, bool]]:
    """What must hold, and whether it does; promises about figures that are not there are left out."""
    near = all(
        abs(x.ours - (x.anchor or 0.0)) <= max(TOLERANCE_BTUH, ANCHOR_PCT / 100.0 * abs(x.anchor or 0.0))
        for x in anchored(lines)
    )
    found = [("as_openstudio within max(0.5 %, 25 Btu/h) of the anchor on every component", near)]
    if gaps:
        found.append(("rooms and glass curves within 1 % or 25 Btu/h of the reproduction", all_near(gaps)))
    book = published(lines, "as_published")
    if book:
        ours, theirs = shares(x.off_pct(x.acca) for x in book), anchor_shares(book)
        above = all(a > b for a, b in zip(ours.within, theirs.within, strict=True))
        found.append(("as_published nearer to ACCA than the anchor at 0.5, 2 and 5 %", above))
    return found


def all_near(gaps: Iterable[Gap]) -> bool:
    """Whether every gap is within the limit."""
    return all(is_near(gap) for gap in gaps)


# --- printing ----------------------------------------------------------------------------------------------


def table(lines: Iterable[Line]) -> list[str]:
    """One printed row for each line that is not zero on every side."""
    head = (
        f"{'case':26s} {'room':12s} {'reading':14s} {'season':17s} {'component':15s} {'ours':>10s} "
        f"{'anchor':>10s} {'%':>7s} {'ACCA':>9s} {'%':>7s} {'anchor %':>9s}"
    )
    return [head, *(row(line) for line in lines if not line.is_empty)]


def row(line: Line) -> str:
    """One line as text."""
    return (
        f"{line.case:26s} {line.room:12s} {line.method:14s} {line.season:17s} {line.component:15s} "
        f"{line.ours:10.1f} {shown(line.anchor, 10, 1)} {shown(line.off_pct(line.anchor), 7, 2)} "
        f"{shown(line.acca, 9, 0)} {shown(line.off_pct(line.acca), 7, 2)} "
        f"{shown(line.anchor_off_acca_pct, 9, 2)}"
    )


def shown(value: float | None, width: int, digits: int) -> str:
    """A number, or blank."""
    return " " * width if value is None else f"{value:{width}.{digits}f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: print the table, the summary and the promises."""
    parser = argparse.ArgumentParser(prog="python -m calculations.check.engine_check", description=__doc__)
    parser.add_argument("cases_dir", type=Path, nargs="?", default=DEFAULT_CASES)
    options = parser.parse_args(arguments)
    if not (options.cases_dir / "expected.json").is_file():
        parser.error(f"no expected.json in {options.cases_dir}")
    lines, gaps = check_cases(options.cases_dir), room_gaps(options.cases_dir)
    broken = broken_rules(options.cases_dir)
    kept = [*promises(lines, gaps), ("every rule of the result holds in every case and reading", not broken)]
    print("\n".join([*table(lines), "", *anchor_summary(lines), "", *acca_summary(lines), ""]))
    print("\n".join([*room_summary(gaps), "", *(f"{'yes' if ok else 'NO':3s} {text}" for text, ok in kept)]))
    for rule in broken:
        print(rule)
    return 0 if all(ok for _, ok in kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
