"""The loads equipment is sized for, out of a loads document."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen


class SizingLoads(Frozen):
    """Loads [Btu/h] and design conditions equipment answers to; cooling without blower heat (method section 17)."""

    heating_btuh: float
    sensible_btuh: float
    latent_btuh: float
    heating_db_f: float
    cooling_db_f: float
    indoor_heating_f: float
    indoor_cooling_f: float
    indoor_rh: float
    elevation_ft: float

    @property
    def total_cooling_btuh(self) -> float:
        """Sensible and latent."""
        return self.sensible_btuh + self.latent_btuh

    @property
    def sensible_heat_ratio(self) -> float:
        """Sensible share of the cooling load, at most 1; 1 without a cooling load."""
        total = self.total_cooling_btuh
        return min(self.sensible_btuh / total, 1.0) if total > 0 else 1.0


def sizing_loads(document: object) -> SizingLoads:
    """The loads of a parsed loads document, or of an analysis that holds one.

    Raises: RejectedInput loads_invalid naming the first value that is missing or not a number.
    """
    if isinstance(document, Mapping) and isinstance(document.get("loads"), Mapping):
        document = document["loads"]
    block, design = ("block",), ("design",)
    sensible = (*block, "cooling_sensible")
    blower = _number(document, (*sensible, "blower_heat"))
    return SizingLoads(
        heating_btuh=_number(document, (*block, "heating", "total")),
        sensible_btuh=_number(document, (*sensible, "total")) - blower,
        latent_btuh=_number(document, (*block, "cooling_latent", "total")),
        **{
            name: _number(document, (*design, name))
            for name in (
                "heating_db_f",
                "cooling_db_f",
                "indoor_heating_f",
                "indoor_cooling_f",
                "indoor_rh",
                "elevation_ft",
            )
        },
    )


def _number(document: Any, path: tuple[str, ...]) -> float:  # parsed JSON
    value = document
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise RejectedInput("loads_invalid", field=".".join(path))
    return float(value)
