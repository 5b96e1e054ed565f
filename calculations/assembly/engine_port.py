"""The one place where the assembly calls the load engine."""

from __future__ import annotations

from pydantic import ValidationError

from autohvac.core.errors import RejectedInput
from blueprints.plan.building import Building
from calculations.assembly.convert import house_at
from calculations.assembly.drivers import Totals
from calculations.manualj.engine import calculate
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import Method
from calculations.manualj.loads import Loads


def loads_at(building: Building, *, method: Method) -> Loads:
    """Loads of a completed building whose north is known. Raises RejectedInput when the parts contradict."""
    try:
        return calculate(house_at(building), method=method)
    except InvalidHouse as error:
        facts = {"field": error.field, "value": str(error.value), "allowed": error.allowed}
        raise RejectedInput("house_invalid", **facts) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in (error.title, *first["loc"]))
        raise RejectedInput(
            "house_invalid", field=field, value=str(first["input"])[:80], allowed=first["msg"]
        ) from error


def totals_at(building: Building, *, method: Method) -> Totals:
    """Totals of a completed building whose north is known [Btu/h]."""
    return totals_of(loads_at(building, method=method))


def totals_of(loads: Loads) -> Totals:
    """Heating, and sensible with latent cooling, of the whole house [Btu/h]."""
    return Totals(heating_btuh=loads.block.heating.total, cooling_btuh=loads.block.cooling_total)
