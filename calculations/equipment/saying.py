"""The equipment check in lines of plain text."""

from __future__ import annotations

from calculations.equipment.manual_s import Check, CoolingResult, EquipmentCheck, HeatingResult

NAMES = {
    "total_cooling": "total cooling",
    "sensible": "sensible cooling",
    "latent": "latent cooling",
    "heating": "heating output",
    "supplement": "supplemental heat",
}
VERDICTS = {True: "passed", False: "NOT PASSED", None: "no limit"}


def lines_of(found: EquipmentCheck) -> list[str]:
    """What was checked, line by line, the verdict last."""
    lines = [f"limits: {found.edition_title}" + (f", {found.jurisdiction}" if found.jurisdiction else "")]
    if found.cooling is not None:
        lines += _cooling(found.cooling)
    if found.heating is not None:
        lines += _heating(found.heating)
    lines += [f"remark {remark.code}: {remark.detail}" for remark in found.remarks]
    unsure = [c for part in (found.cooling, found.heating) if part for c in part.checks if _unsure(c)]
    if unsure:
        lines.append("limits marked * were not confirmed in the standard itself")
    return [*lines, f"equipment check: {VERDICTS[found.passed]}"]


def _cooling(part: CoolingResult) -> list[str]:
    air = part.air
    at = f"outdoors {air.outdoor_db_f:g} °F, coil {air.entering_db_f:g}/{air.entering_wb_f:.1f} °F"
    return [f"cooling at {at}, {part.airflow_cfm:g} cfm", *(_line(check) for check in part.checks)]


def _heating(part: HeatingResult) -> list[str]:
    lines = [f"heating capacity at design: {part.capacity_btuh:,.0f} Btu/h"]
    pump = part.heat_pump
    if pump is not None:
        balance = "none" if pump.balance_f is None else f"{pump.balance_f:.1f} °F"
        lines[0] = f"heating capacity at {pump.design_db_f:g} °F: {part.capacity_btuh:,.0f} Btu/h"
        lines += [f"balance point: {balance}", f"supplement needed: {pump.supplement_btuh:,.0f} Btu/h"]
    if part.rise_f is not None:
        within = "" if part.rise_within is None else f", nameplate {VERDICTS[part.rise_within]}"
        lines.append(f"temperature rise: {part.rise_f:.1f} °F{within}")
    return [*lines, *(_line(check) for check in part.checks)]


def _line(check: Check) -> str:
    share = "no load" if check.share is None else f"{check.share:.0%} of {check.load_btuh:,.0f}"
    low = "" if check.least_btuh is None else f" from {check.least_btuh:,.0f}"
    high = "" if check.most_btuh is None else f" to {check.most_btuh:,.0f}"
    allowed = f", allowed{low}{high}{'*' if _unsure(check) else ''}" if low or high else ""
    return (
        f"{NAMES[check.code]}: {check.capacity_btuh:,.0f} Btu/h, {share}{allowed}: {VERDICTS[check.passed]}"
    )


def _unsure(check: Check) -> bool:
    return check.passed is not None and not check.confirmed
