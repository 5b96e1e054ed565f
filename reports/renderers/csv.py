"""The report as CSV: rooms, then components. Spreadsheets open it; names from a drawing cannot act in them."""

from __future__ import annotations

import csv
import io
from typing import Any

from reports.parts import ReportDocument

RISKY = ("=", "+", "-", "@")  # what a spreadsheet takes for the start of a formula
ROOM_COLUMNS = (
    "room", "area_sqft", "heating_btuh", "cooling_sensible_btuh", "heating_cfm", "cooling_cfm", "design_cfm",
)  # fmt: skip
COMPONENT_COLUMNS = ("season", "component", "btuh")


def render_csv(document: ReportDocument) -> bytes:
    """UTF-8, a header over each of the two tables; units stand in the names."""
    loads = document.twin["loads"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ROOM_COLUMNS)
    writer.writerows(_room(room) for room in loads["rooms"])
    writer.writerow([])
    writer.writerow(COMPONENT_COLUMNS)
    for season, parts in loads["block"].items():
        writer.writerows([season, component, f"{value:.1f}"] for component, value in parts.items())
    return out.getvalue().encode("utf-8")


def _room(room: dict[str, Any]) -> list[str]:
    figures = (
        room["area_sqft"], room["heating"]["total"], room["cooling_sensible"]["total"], room["heating_cfm"],
        room["cooling_cfm"], room["design_cfm"],
    )  # fmt: skip
    return [_safe(room["name"]), *(f"{figure:.1f}" for figure in figures)]


def _safe(text: str) -> str:
    """A name on one line that a spreadsheet shows and never calculates."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(RISKY) else line
