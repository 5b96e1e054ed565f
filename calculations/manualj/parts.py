"""Everything up to the subtotal of Form J1 line 14 (§14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calculations.manualj.adjacent import Surroundings, attic_base_f
from calculations.manualj.design import Conditions
from calculations.manualj.ducts import code_of
from calculations.manualj.gains import InternalGains
from calculations.manualj.house import Attic, DuctTable, House
from calculations.manualj.infiltration import Flows, latent_btuh
from calculations.manualj.pieces import Piece
from calculations.manualj.ventilation import VentilationLoads, outdoor_air_cfm


@dataclass(frozen=True)
class Air:
    """Net infiltration and ventilation, before and after ducts."""

    net: Flows
    heating_btuh: float
    sensible_btuh: float
    latent_btuh: float
    in_space: VentilationLoads
    on_system: VentilationLoads

    @property
    def ventilation(self) -> VentilationLoads:
        """Both kinds."""
        return self.in_space + self.on_system


@dataclass(frozen=True)
class Parts:
    """Everything up to the subtotal of Form J1 line 14."""

    house: House
    around: Surroundings
    pieces: Sequence[Piece]
    air: Air
    gains: InternalGains
    excursion_btuh: float

    @property
    def cond(self) -> Conditions:
        """Design conditions."""
        return self.around.cond

    @property
    def heating_btuh(self) -> float:
        """Duct base in heating; ventilation of the space is in it with OpenStudio-HPXML only (§14)."""
        return sum(p.heating_btuh for p in self.pieces) + self.air.heating_btuh + self._in_base.heating_btuh

    @property
    def cooling_btuh(self) -> float:
        """Duct base in cooling, sensible."""
        surfaces = sum(p.cooling_btuh for p in self.pieces) + self.air.sensible_btuh
        return surfaces + self._in_base.sensible_btuh + self.gains.sensible_btuh + self.excursion_btuh

    @property
    def latent_btuh(self) -> float:
        """Latent load without ducts and system ventilation."""
        return self.air.latent_btuh + self._in_base.latent_btuh + self.gains.latent_btuh

    @property
    def _in_base(self) -> VentilationLoads:
        return self.air.in_space if self.cond.as_openstudio else VentilationLoads()


def duct_code(duct: DuctTable, *, parts: Parts) -> str | None:
    """The Table 7 entry of ducts in this house; None where they have no load."""
    attic = next((s for s in parts.house.spaces if isinstance(s, Attic) and s.roof_planes), None)
    base = None if attic is None else attic_base_f(attic, net_sqft=parts.around.net_sqft)
    return code_of(duct, attic_base_f=base)


def humidification_btuh(parts: Parts) -> float:
    """Heat to humidify outdoor air in winter; OpenStudio-HPXML has none (§13)."""
    shortfall = parts.house.design.winter_grains_shortfall
    if not parts.house.humidification or shortfall is None or parts.cond.as_openstudio:
        return 0.0
    flow = parts.air.net.heating_cfm + outdoor_air_cfm(parts.house.ventilation)
    return latent_btuh(flow_cfm=flow, grains=shortfall, cond=parts.cond)
