"""What if one input were another: the difference in load, component by component.

A what-if on a building is the recalculation a correction would start: the value counts as given, what was assumed
because of the old value is assumed anew, and nothing that was read is touched. On a house (HPXML) the value
named by its path is replaced and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from calculations.assembly.changed_building import changed
from calculations.assembly.changed_house import changed_house
from calculations.assembly.engine_port import loads_at, totals_at
from calculations.assembly.orientation import facing_of
from calculations.manualj.engine import calculate
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import House, Method
from calculations.manualj.loads import BlockLoads


class WhatIf(Frozen):
    """Loads before and after, and the change of every component that moved [Btu/h], by season."""

    changes: dict[str, str]
    before: dict[str, dict[str, float]]
    after: dict[str, dict[str, float]]
    difference: dict[str, dict[str, float]]

    def total(self, season: str) -> float:
        """Change of a season's total [Btu/h]; 0 when nothing moved."""
        return self.difference[season].get("total", 0.0)


def what_if(building: Building, changes: Mapping[str, str], *, method: Method) -> WhatIf:
    """The difference that changed inputs of a completed building make.

    Args:
        building: Completed; north may be unknown, both sides then take their own worst direction.
        changes: Names of `building.FIELDS`, north_deg or front, or `rooms.<id>.area_sqft`,
            `openings.<id>.width_ft` and the like, with the new value as text.
        method: The reading of the book.

    Raises: RejectedInput answer_unknown, answer_invalid, fact_invalid or house_invalid.
    """
    before, after = (_block(one, method=method) for one in (building, changed(building, changes)))
    return _compared(before, after, changes=changes)


def what_if_house(house: House, changes: Mapping[str, str], *, method: Method) -> WhatIf:
    """The difference for a house: `walls.<id>.u_factor`, `windows.*.shgc`, `design.heating_db_f` …, values as JSON.

    Raises: RejectedInput answer_unknown, answer_invalid or house_invalid.
    """
    other = changed_house(house, changes)
    try:
        before, after = (calculate(one, method=method).block for one in (house, other))
    except InvalidHouse as error:
        facts = {"field": error.field, "value": str(error.value), "allowed": error.allowed}
        raise RejectedInput("house_invalid", **facts) from error
    return _compared(before, after, changes=changes)


def _block(building: Building, *, method: Method) -> BlockLoads:
    facing = facing_of(building, load=lambda one: totals_at(one, method=method))
    return loads_at(facing.building, method=method).block


def _compared(before: BlockLoads, after: BlockLoads, *, changes: Mapping[str, str]) -> WhatIf:
    old, new = before.model_dump(), after.model_dump()
    difference = {
        season: {
            name: new[season][name] - value
            for name, value in components.items()
            if new[season][name] != value
        }
        for season, components in old.items()
    }
    return WhatIf(changes=dict(changes), before=old, after=new, difference=difference)
