"""The report as text: the few numbers that matter first, then the table of targets, then plan by plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

TARGETS = Path(__file__).parent / "data" / "targets.json"
FEW = 5
FIRST = (
    ("M3.within_5", "rooms within 5 % of true area, of all rooms"),
    ("M2.room_f1@0.5", "room F1"),
    ("M12.silent", "silent errors, of all rooms"),
    ("M11.heating_p90", "heating load error, p90 of houses"),
    ("M12.coverage@98", "accepted unseen at 98 % right"),
    ("M0.refused", "plans refused"),
    ("M0.failed", "plans failed"),
)
BY_PLAN = (
    ("M2.room_f1@0.5", "F1"),
    ("M3.within_5", "<5%"),
    ("M3.within_10", "<10%"),
    ("M3.median_abs", "med|e|"),
    ("M5.median", "scale"),
    ("M12.silent", "silent"),
    ("M8.window_f1", "winF1"),
    ("M8.door_ext_f1", "dExF1"),
    ("M8.door_int_f1", "dInF1"),
    ("M8.window_count_exact", "win#"),
    ("M9.name_exact", "name"),
)


def lines(report: dict[str, Any]) -> Iterator[str]:
    """Everything that is printed."""
    for group, strata in report["groups"].items():
        yield f"== {group} (n = {strata['all']['plans']} plans)"
        yield from _first(strata)
        yield from _targets(strata)
        yield from _attribution(strata["all"]["figures"])
        yield from _causes(report["causes"][group])
        yield ""
    yield from _plans(report)


def _first(strata: dict[str, Any]) -> Iterator[str]:
    for key, label in FIRST:
        shown = [f"{name} {_cell(part['figures'].get(key), key)}" for name, part in strata.items()]
        yield f"{label + ' ':.<46} " + " | ".join(shown)


@lru_cache(maxsize=1)
def targets() -> list[dict[str, Any]]:
    """Rows of the published table: figure, what others reached, first release and moonshot."""
    rows: list[dict[str, Any]] = json.loads(TARGETS.read_text(encoding="utf-8"))["rows"]
    return rows


def _targets(strata: dict[str, Any]) -> Iterator[str]:
    names = list(strata)
    yield ""
    head = "".join(f"{name:<37}" for name in names)
    yield f"{'figure, mean over plans [95 %] pooled (n)':<46} {head}first release | moonshot | best published"
    for row in targets():
        cells = "".join(f"{_cell(strata[name]['figures'].get(row['key']), row['key']):<37}" for name in names)
        if cells.strip("- "):
            yield f"{row['label']:<46} {cells}{row['first']} | {row['moonshot']} | {row['published']}"


def _cell(value: dict[str, Any] | None, key: str) -> str:
    """Mean over plans with interval, pooled value and n; few plans say n= instead of an interval."""
    if value is None:
        return "-"
    pooled = cell_number(value["pooled"], key)
    if value["macro"] is None:
        return f"{pooled}{_around(value.get('pooled_interval'), key)} (n={value['items']:.0f} rooms)"
    macro = cell_number(value["macro"], key)
    if value["plans"] < FEW:
        return f"{macro} (n={value['plans']}) {pooled}"
    low, high = (cell_number(v, key) for v in value["interval"])
    return f"{macro} [{low} {high}] {pooled} ({value['plans']})"


def _around(interval: list[float] | None, key: str) -> str:
    return f" [{' '.join(cell_number(v, key) for v in interval)}]" if interval else ""


def cell_number(value: float, key: str) -> str:
    """A number in the unit of its figure."""
    kind = unit_of(key)
    return {"%": f"{100 * value:.1f}%", "deg": f"{value:.1f}°"}.get(kind, f"{value:.3f}")


def unit_of(key: str) -> str:
    """Shares and relative errors are printed in per cent, F1 and counts as they are."""
    if key.endswith("_deg"):
        return "deg"
    plain = ("f1", "brier", "ece", "_limit", "count_error", "cost", "ratio", "_mb", "precision", "recall")
    return "" if any(word in key for word in plain) else "%"


def _attribution(figures: dict[str, Any]) -> Iterator[str]:
    """What each part of the reading adds to the load errors, mean over plans of its size."""
    found = [(key[7:], value) for key, value in figures.items() if key.startswith("M11.by.")]
    if not found:
        return
    yield ""
    yield f"{'load error by part of the reading, mean':<46} heating   sensible cooling"
    for name, value in sorted(found, key=lambda item: -item[1]["macro"]):
        cooling = figures[f"M11.by_cooling.{name}"]["macro"]
        yield f"  {name:<44} {100 * value['macro']:6.2f}%   {100 * cooling:6.2f}%"


def _causes(counts: dict[str, int]) -> Iterator[str]:
    if counts:
        yield ""
        yield "causes, counted"
        yield from (f"  {count:4d}  {cause}" for cause, count in counts.items())


def _plans(report: dict[str, Any]) -> Iterator[str]:
    yield f"{'plan':<28} {'st':<2} {'status':<8} " + "".join(f"{label:>8}" for _, label in BY_PLAN) + "  code"
    for plan in report["plans"]:
        cells = "".join(f"{_value(plan, key):>8}" for key, _ in BY_PLAN)
        yield f"{plan['plan_id']:<28} {plan['stratum']:<2} {plan['status']:<8} {cells}  {plan['code']}"


def _value(plan: dict[str, Any], key: str) -> str:
    metric = plan["metrics"].get(key)
    return "-" if metric is None else cell_number(metric["value"], key)
