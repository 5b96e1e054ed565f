"""The house the engine is given for a building, as calculated: at its orientation, or at the worst one."""

from __future__ import annotations

from blueprints.plan.building import Building
from calculations.assembly.convert import house_at
from calculations.assembly.engine_port import totals_at
from calculations.assembly.orientation import facing_of
from calculations.manualj.house import House, Method


def house_of(building: Building, *, method: Method = "as_published") -> House:
    """The house of a completed building; with north unknown, turned to the worst for cooling.

    Raises: NeedsInput when the building has no conditioned room with an area.
    """
    facing = facing_of(building, load=lambda turned: totals_at(turned, method=method))
    return house_at(facing.building)
