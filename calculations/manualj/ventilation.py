"""Mechanical ventilation: balance, effectiveness, loads on the space and on the system (§10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calculations.manualj.design import Conditions
from calculations.manualj.house import VentilationRatings, VentilationUnit
from calculations.manualj.infiltration import latent_btuh, sensible_btuh

HOURS_PER_DAY = 24.0
SUPPLYING = ("supply", "balanced", "hrv", "erv", "cfis")
EXHAUSTING = ("exhaust", "balanced", "hrv", "erv")
RECOVERING = ("hrv", "erv")
# Rating conditions of CSA 439: winter 0 °C outdoors and 22 °C indoors, summer 35 °C and 24 °C.
CP_J_KG_K = 1006.0
GAS_CONSTANT = 287.05
PRESSURE_PA = 101325.0
M3_S_PER_CFM = 0.000471947
WINTER_C, WINTER_RISE_K, WINTER_RATIO = 0.0, 22.0, 0.0028
SUMMER_OUT_C, SUMMER_OUT_RATIO = 35.0, 0.0178
SUMMER_IN_C, SUMMER_IN_RATIO = 24.0, 0.0092
DEFAULT_WATTS_PER_CFM = 1.0


@dataclass(frozen=True)
class Effectiveness:
    """Recovered share of heating, sensible and latent cooling differences."""

    heating: float = 0.0
    cooling: float = 0.0
    latent: float = 0.0


@dataclass(frozen=True)
class VentilationLoads:
    """Loads of the outdoor air of ventilation [Btu/h]."""

    heating_btuh: float = 0.0
    sensible_btuh: float = 0.0
    latent_btuh: float = 0.0

    def __add__(self, other: VentilationLoads) -> VentilationLoads:
        """Sum of both."""
        return VentilationLoads(
            self.heating_btuh + other.heating_btuh,
            self.sensible_btuh + other.sensible_btuh,
            self.latent_btuh + other.latent_btuh,
        )


def average_cfm(unit: VentilationUnit) -> float:
    """Rated flow by its hours (§10.1)."""
    return unit.rated_cfm * unit.hours_per_day / HOURS_PER_DAY


def imbalance_cfm(units: Iterable[VentilationUnit]) -> float:
    """Total exhaust less total supply, central-fan supply included (§10.2)."""
    return sum(average_cfm(u) * ((u.kind in EXHAUSTING) - (u.kind in SUPPLYING)) for u in units)


def outdoor_air_cfm(units: Iterable[VentilationUnit]) -> float:
    """Outdoor air all units bring in."""
    return sum(average_cfm(u) for u in units if u.kind in SUPPLYING)


def is_system_load(unit: VentilationUnit) -> bool:
    """Central-fan supply meets the equipment, not the rooms."""
    return unit.kind == "cfis" or unit.system_load


def effectiveness(unit: VentilationUnit) -> Effectiveness:
    """As given; else from the ratings; none for plain fans (§10.3)."""
    if unit.kind not in RECOVERING:
        return Effectiveness()
    rated = _rated(unit.ratings, cfm=unit.rated_cfm) if unit.ratings is not None else Effectiveness()
    heating = unit.heating_effectiveness if unit.heating_effectiveness is not None else rated.heating
    cooling = unit.cooling_effectiveness
    if cooling is None:
        cooling = heating if unit.heating_effectiveness is not None else rated.cooling
    latent = unit.latent_effectiveness if unit.latent_effectiveness is not None else rated.latent
    return Effectiveness(heating, cooling, latent if unit.kind == "erv" else 0.0)


def dry_air_kg_s(*, cfm: float, temperature_c: float, humidity_ratio: float) -> float:
    """Dry air mass flow at sea level."""
    volume = GAS_CONSTANT * (temperature_c + 273.15) * (1.0 + 1.6078 * humidity_ratio) / PRESSURE_PA
    return cfm * M3_S_PER_CFM / volume


def sensible_from_unadjusted(*, recovery: float, cfm: float, watts: float) -> float:
    """Apparent sensible effectiveness from the sensible recovery efficiency of CSA 439 (§10.3)."""
    heat = (
        dry_air_kg_s(cfm=cfm, temperature_c=WINTER_C, humidity_ratio=WINTER_RATIO) * CP_J_KG_K * WINTER_RISE_K
    )
    return (recovery * (heat + watts) + watts) / heat if heat > 0 else 0.0


def enthalpy_j_kg(*, temperature_c: float, humidity_ratio: float) -> float:
    """Moist air per kg of dry air."""
    return 1000.0 * (1.006 * temperature_c + humidity_ratio * (2501.0 + 1.86 * temperature_c))


def latent_effectiveness(*, sensible: float, total: float, cfm: float, watts: float) -> float:
    """Latent part of an adjusted total recovery efficiency at the summer rating point (§10.3)."""
    if cfm <= 0:
        return 0.0
    winter = dry_air_kg_s(cfm=cfm, temperature_c=WINTER_C, humidity_ratio=WINTER_RATIO)
    summer = dry_air_kg_s(cfm=cfm, temperature_c=SUMMER_OUT_C, humidity_ratio=SUMMER_OUT_RATIO)
    core = sensible - watts / (winter * CP_J_KG_K * WINTER_RISE_K)
    leaving_c = SUMMER_OUT_C - (SUMMER_OUT_C - SUMMER_IN_C) * core + watts / (summer * CP_J_KG_K)
    outdoor = enthalpy_j_kg(temperature_c=SUMMER_OUT_C, humidity_ratio=SUMMER_OUT_RATIO)
    indoor = enthalpy_j_kg(temperature_c=SUMMER_IN_C, humidity_ratio=SUMMER_IN_RATIO)
    leaving = outdoor - total * (outdoor - indoor)
    ratio = (leaving / 1000.0 - 1.006 * leaving_c) / (2501.0 + 1.86 * leaving_c)
    return max(0.0, (SUMMER_OUT_RATIO - ratio) / (SUMMER_OUT_RATIO - SUMMER_IN_RATIO))


def _rated(ratings: VentilationRatings, *, cfm: float) -> Effectiveness:
    watts = ratings.fan_watts if ratings.fan_watts is not None else DEFAULT_WATTS_PER_CFM * cfm
    sensible = ratings.adjusted_sensible_recovery
    if sensible is None and ratings.sensible_recovery is not None:
        sensible = sensible_from_unadjusted(recovery=ratings.sensible_recovery, cfm=cfm, watts=watts)
    sensible = min(sensible, 1.0) if sensible is not None else 0.0
    total = ratings.adjusted_total_recovery
    if total is None:
        total = ratings.total_recovery
    latent = (
        0.0 if total is None else latent_effectiveness(sensible=sensible, total=total, cfm=cfm, watts=watts)
    )
    return Effectiveness(sensible, sensible, latent)


def ventilation_loads(units: Iterable[VentilationUnit], *, cond: Conditions) -> VentilationLoads:
    """Sum of the units' loads; exhaust fans bring none of their own (§10.3)."""
    return sum((_unit_loads(u, cond=cond) for u in units if u.kind in SUPPLYING), VentilationLoads())


def _unit_loads(unit: VentilationUnit, *, cond: Conditions) -> VentilationLoads:
    flow, eff = average_cfm(unit), effectiveness(unit)
    return VentilationLoads(
        sensible_btuh(flow_cfm=flow * (1.0 - eff.heating), delta_t_f=cond.htd_f, cond=cond),
        sensible_btuh(flow_cfm=flow * (1.0 - eff.cooling), delta_t_f=cond.ctd_f, cond=cond),
        latent_btuh(flow_cfm=flow * (1.0 - eff.latent), grains=cond.design.grains_difference, cond=cond),
    )
