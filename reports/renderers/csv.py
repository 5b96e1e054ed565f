"""The report as CSV: rooms, then components."""

from __future__ import annotations

import csv
import io

from reports.document import ReportDocument

RISKY = ("=", "+", "-", "@")


def _safe(text: str) -> str:
    """Names from a drawing must not become formulas in a spreadsheet."""
    return f"'{text}" if text.startswith(RISKY) else text


def render_csv(document: ReportDocument) -> bytes:
    """UTF-8 with a header; units stand in the names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "room",
            "area_sqft",
            "heating_btuh",
            "cooling_sensible_btuh",
            "heating_cfm",
            "cooling_cfm",
            "design_cfm",
        ]
    )
    for room in document.twin["loads"]["rooms"]:
        writer.writerow(
            [
                _safe(room["name"]), f"{room['area_sqft']:.1f}", f"{room['heating']['total']:.1f}",
                f"{room['cooling_sensible']['total']:.1f}", f"{room['heating_cfm']:.1f}", f"{room['cooling_cfm']:.1f}",
                f"{room['design_cfm']:.1f}",
            ]
        )  # fmt: skip
    writer.writerow([])
    writer.writerow(["season", "component", "btuh"])
    for season, parts in document.twin["loads"]["block"].items():
        for component, value in parts.items():
            writer.writerow([season, component, f"{value:.1f}"])
    return out.getvalue().encode("utf-8")
