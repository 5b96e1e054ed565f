"""Capacity at design conditions out of entered performance data: straight lines between entries, never beyond."""

from __future__ import annotations

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from calculations.equipment.entered import CoolingPoint, CoolingUnit
from calculations.equipment.limits import EnteredData
from calculations.manualj.design import humidity_ratio_from_rh, humidity_ratio_from_wet_bulb

AXES = ("entering_wb_f", "entering_db_f", "outdoor_db_f")


class Air(Frozen):
    """Air at the coil and outdoors at design [°F]."""

    entering_db_f: float
    entering_wb_f: float
    outdoor_db_f: float


class Capacity(Frozen):
    """Cooling capacity at one condition [Btu/h]."""

    total_btuh: float
    sensible_btuh: float

    @property
    def latent_btuh(self) -> float:
        """What is not sensible."""
        return self.total_btuh - self.sensible_btuh


class Near(Frozen):
    """An entered column that stands for a wanted temperature close to it [°F]."""

    axis: str
    wanted_f: float
    used_f: float


def wet_bulb_f(*, dry_bulb_f: float, rh: float, elevation_ft: float) -> float:
    """Wet bulb of moist air [°F], by halving on the humidity ratio of method section 1."""
    wanted = humidity_ratio_from_rh(dry_bulb_f=dry_bulb_f, rh=rh, elevation_ft=elevation_ft)
    low, high = dry_bulb_f - 80.0, dry_bulb_f
    for _ in range(60):
        middle = (low + high) / 2.0
        found = humidity_ratio_from_wet_bulb(
            dry_bulb_f=dry_bulb_f, wet_bulb_f=middle, elevation_ft=elevation_ft
        )
        low, high = (middle, high) if found < wanted else (low, middle)
    return (low + high) / 2.0


def capacity_at(unit: CoolingUnit, air: Air, *, rules: EnteredData) -> tuple[Capacity, tuple[Near, ...]]:
    """Net capacity at the air given, and the columns that were used for ones near them.

    Raises: RejectedInput equipment_invalid when the entries do not enclose the condition.
    """
    near: list[Near] = []
    total, sensible = _between(unit.points, list(AXES), air, rules=rules, near=near)
    factor = 1.0 if unit.altitude_factor is None else unit.altitude_factor
    net = Capacity(
        total_btuh=total * factor - unit.blower_btuh, sensible_btuh=sensible * factor - unit.blower_btuh
    )
    return net, tuple(dict.fromkeys(near))


def _between(
    points: tuple[CoolingPoint, ...], axes: list[str], air: Air, *, rules: EnteredData, near: list[Near]
) -> tuple[float, float]:
    """Total and sensible by straight lines along one axis after the other."""
    if not axes:
        return _only(points)
    axis, rest = axes[0], axes[1:]
    wanted = float(getattr(air, axis))
    columns = sorted({float(getattr(point, axis)) for point in points})
    low, high = _columns(axis, wanted, columns, rules=rules, near=near)
    ends = [
        _between(tuple(p for p in points if getattr(p, axis) == at), rest, air, rules=rules, near=near)
        for at in (low, high)
    ]
    share = 0.0 if high == low else (wanted - low) / (high - low)
    (total_low, sensible_low), (total_high, sensible_high) = ends
    return (
        total_low + share * (total_high - total_low),
        sensible_low + share * (sensible_high - sensible_low),
    )


def _columns(
    axis: str, wanted: float, columns: list[float], *, rules: EnteredData, near: list[Near]
) -> tuple[float, float]:
    """The columns on either side; one near enough at the edge stands for both."""
    below = [column for column in columns if column <= wanted]
    above = [column for column in columns if column >= wanted]
    if below and above:
        return below[-1], above[0]
    closest = min(columns, key=lambda column: abs(column - wanted))
    if abs(closest - wanted) > rules.near_f:
        entered = f"{columns[0]:g} to {columns[-1]:g}"
        raise RejectedInput(
            "equipment_invalid", field=f"cooling.points.{axis}", value=round(wanted, 1), entered=entered
        )
    near.append(Near(axis=axis, wanted_f=wanted, used_f=closest))
    return closest, closest


def _only(points: tuple[CoolingPoint, ...]) -> tuple[float, float]:
    if len({(point.total_btuh, point.sensible_btuh) for point in points}) > 1:
        problem = "two entries of one condition"
        raise RejectedInput("equipment_invalid", field="cooling.points", problem=problem)
    return points[0].total_btuh, points[0].sensible_btuh
