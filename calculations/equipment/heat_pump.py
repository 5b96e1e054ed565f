"""A heat pump in heating: its capacity line, the balance point, and what has to stand beside it."""

from __future__ import annotations

from autohvac.core.evidence import Frozen
from calculations.equipment.entered import HeatPump

ABSOLUTE_ZERO_F = -459.67


class Line(Frozen):
    """A straight line over outdoor temperature: Btu/h at 0 °F, and Btu/h per °F."""

    at_zero: float
    slope: float

    def at(self, outdoor_f: float) -> float:
        """Btu/h at an outdoor temperature [°F]."""
        return self.at_zero + self.slope * outdoor_f


class HeatingAtDesign(Frozen):
    """Capacity and need at the winter design temperature [Btu/h].

    `balance_f`: outdoor temperature where capacity and load meet [°F]; None when the lines do not meet
    below the temperature without load. `supplement_btuh`: load less capacity, full load when locked out.
    """

    design_db_f: float
    capacity_btuh: float
    balance_f: float | None
    supplement_btuh: float
    locked_out: bool
    working: str


def line_through(x0: float, y0: float, x1: float, y1: float) -> Line:
    """The line through two points."""
    slope = (y1 - y0) / (x1 - x0)
    return Line(at_zero=y0 - slope * x0, slope=slope)


def capacity_line(pump: HeatPump) -> Line:
    """Heating capacity from the two rated points [Btu/h]."""
    one, other = pump.points
    return line_through(one.outdoor_db_f, one.capacity_btuh, other.outdoor_db_f, other.capacity_btuh)


def load_line(*, load_btuh: float, design_db_f: float, no_load_f: float) -> Line:
    """Heating load, full at the design temperature and zero at `no_load_f` [Btu/h]."""
    return line_through(design_db_f, load_btuh, no_load_f, 0.0)


def heating_at_design(
    pump: HeatPump, *, load_btuh: float, design_db_f: float, indoor_f: float
) -> HeatingAtDesign:
    """Capacity, balance point and supplement at the design temperature.

    Args:
        pump: With its two rated points.
        load_btuh: Heating load of the house.
        design_db_f: Outdoor design temperature, below `indoor_f` [°F].
        indoor_f: Indoor design temperature; no load there unless the file says otherwise [°F].
    """
    no_load_f = indoor_f if pump.no_load_f is None else pump.no_load_f
    capacity = capacity_line(pump)
    locked_out = pump.lockout_f is not None and design_db_f < pump.lockout_f
    available = 0.0 if locked_out else max(capacity.at(design_db_f), 0.0)
    meeting, working = None, f"capacity {capacity.at_zero:.0f} {capacity.slope:+.1f} T"
    if no_load_f > design_db_f:  # else the house needs no heating at design
        load = load_line(load_btuh=load_btuh, design_db_f=design_db_f, no_load_f=no_load_f)
        meeting = balance_f(capacity=capacity, load=load, no_load_f=no_load_f)
        working += f", load {load.at_zero:.0f} {load.slope:+.1f} T"
    return HeatingAtDesign(
        design_db_f=design_db_f,
        capacity_btuh=available,
        balance_f=meeting,
        supplement_btuh=max(load_btuh - available, 0.0),
        locked_out=locked_out,
        working=working,
    )


def balance_f(*, capacity: Line, load: Line, no_load_f: float) -> float | None:
    """Where the lines meet [°F]; None when they are parallel, or meet where there is no load or no temperature."""
    if capacity.slope == load.slope:
        return None
    meeting = (load.at_zero - capacity.at_zero) / (capacity.slope - load.slope)
    return meeting if ABSOLUTE_ZERO_F < meeting < no_load_f else None
