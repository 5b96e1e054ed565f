"""The headline figures as a table for docs/reading.md: one column a group and stratum, the published figures beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from blueprints.score.score import ALL
from blueprints.score.table import cell_number, targets

SHORT = {
    "drawn, rooms by outline": "drawn",
    "real, rooms by outline": "real, outlines",
    "real, rooms by name and area": "real, names",
}


def markdown(report: dict[str, Any]) -> Iterator[str]:
    """Rows with a target that could be scored: mean over plans, with the pooled number where they differ in kind."""
    columns = [
        (SHORT.get(group, group), stratum, part)
        for group, strata in report["groups"].items()
        for stratum, part in strata.items()
        if stratum != ALL
    ]
    heads = [f"{name} {stratum} (n={part['plans']})" for name, stratum, part in columns]
    yield f"| figure | {' | '.join(heads)} | first release | moonshot | best published |"
    yield "|---" * (len(heads) + 4) + "|"
    for row in targets():
        cells = [_cell(part["figures"].get(row["key"]), row["key"]) for _, _, part in columns]
        if (row["first"] or row["moonshot"]) and any(cell != "-" for cell in cells):
            yield f"| {row['label']} | {' | '.join(cells)} | {row['first']} | {row['moonshot']} | {row['published']} |"


def _cell(value: dict[str, Any] | None, key: str) -> str:
    """Mean over plans, or the pooled number for what only all rooms or all houses together can tell."""
    if value is None:
        return "-"
    pooled = value["macro"] is None or key.endswith("p90")
    return cell_number(value["pooled"] if pooled else value["macro"], key)
