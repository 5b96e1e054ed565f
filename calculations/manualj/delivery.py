"""Duct loads where no Table 7 entry is named: ASHRAE 152, or the closest table (§12.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

from calculations.manualj.adjacent import (
    Season,
    Surroundings,
    exposed_walls_u,
    ground_f,
    space_of,
)
from calculations.manualj.design import Conditions, air_density_lb_cuft, humidity_ratio_from_rh
from calculations.manualj.house import (
    OUTDOORS,
    Attic,
    Basement,
    Crawlspace,
    DuctRun,
    DuctSystem,
    Garage,
    House,
    Space,
)
from calculations.manualj.infiltration import latent_btuh
from calculations.manualj.lookup import number

FILE = "equipment"
INSIDE = "inside"
INSULATED_R = 4.0
TOLERANCE = 0.001
MAX_ROUNDS = 60
LOWEST, HIGHEST = 0.25, 1.0
MINUTES = 60.0
BTUH_PER_TON = 12000.0
BARE_DUCT_R = 1.7  # R of the air films of a bare duct; no run has less


@dataclass(frozen=True)
class Side:
    """Supply or return ducts outside the rooms, area-weighted."""

    area_sqft: float
    r_value: float
    around_f: float
    regain: float


@dataclass(frozen=True)
class DuctLoads:
    """Loads of one system's ducts [Btu/h]."""

    heating_btuh: float = 0.0
    sensible_btuh: float = 0.0
    latent_btuh: float = 0.0


# --- surroundings ---


def place_f(location: str, *, around: Surroundings, season: Season) -> float:
    """Air around a duct run [°F]."""
    design = around.cond.design
    indoor = design.indoor_heating_f if season == "heating" else design.indoor_cooling_f
    outdoor = design.heating_db_f if season == "heating" else design.cooling_db_f
    fixed = {
        INSIDE: indoor,
        "belly": indoor,
        OUTDOORS: outdoor,
        "exterior_wall": (indoor + outdoor) / 2.0,
        "under_slab": ground_f(around.cond, season=season),
    }
    if location in fixed:
        return fixed[location]
    air = around.of(location)
    return air.heating_f if season == "heating" else air.cooling_f


def regain_factor(location: str, *, house: House) -> float:
    """How much of the loss comes back to the rooms. Source: ASHRAE 152."""
    if location in (OUTDOORS, INSIDE, "exterior_wall", "under_slab", "belly"):
        return number(FILE, "regain", "rows", location)
    space = space_of(house, location)
    if isinstance(space, Attic):
        return number(FILE, "regain", "rows", "attic")
    if isinstance(space, Garage):
        return number(FILE, "regain", "rows", "garage")
    if isinstance(space, Basement) and space.conditioned:
        return number(FILE, "regain", "rows", INSIDE)
    if isinstance(space, (Basement, Crawlspace)):
        return _below_floor_regain(space, house=house)
    return number(FILE, "regain", "rows", "shared")


def _below_floor_regain(space: Basement | Crawlspace, *, house: House) -> float:
    floors = [f for f in house.floors if f.adjacent_to == space.id]
    area = sum(f.area_sqft for f in floors)
    floor = area > 0 and sum(f.area_sqft / f.u_factor for f in floors) / area > INSULATED_R
    walls_u = exposed_walls_u(space, house=house)
    walls = walls_u > 0 and 1.0 / walls_u > INSULATED_R
    if isinstance(space, Basement):
        key = "floor" if floor else "walls_only" if walls else "neither"
        return number(FILE, "regain", "rows", "basement", key)
    key = {(True, True): "both", (True, False): "floor_only", (False, True): "walls_only"}.get(
        (floor, walls), "neither"
    )
    return number(FILE, "regain", "rows", f"{space.ventilation}_crawlspace", key)


def is_outside(run: DuctRun, *, house: House) -> bool:
    """Runs in rooms or conditioned basements have no load."""
    if run.location in (INSIDE, "belly"):
        return False
    known = {space.id: space for space in house.spaces}
    space: Space | None = known.get(run.location)
    return not (isinstance(space, Basement) and space.conditioned)


def side_of(system: DuctSystem, *, side: str, around: Surroundings, season: Season) -> Side:
    """One side's area outside and its area-weighted R, surroundings and regain."""
    house = around.house
    runs = [run for run in system.runs if run.side == side and is_outside(run, house=house)]
    area = sum(run.area_sqft for run in runs)
    if area <= 0:
        return Side(0.0, 1.0, place_f(INSIDE, around=around, season=season), 1.0)

    def mean(value: Callable[[DuctRun], float]) -> float:
        return sum(value(run) * run.area_sqft for run in runs) / area

    return Side(
        area_sqft=area,
        r_value=mean(lambda run: max(run.r_value, BARE_DUCT_R)),
        around_f=mean(lambda run: place_f(run.location, around=around, season=season)),
        regain=mean(lambda run: regain_factor(run.location, house=house)),
    )


# --- effectiveness ---


@dataclass(frozen=True)
class System:
    """Both sides and their leakage at one airflow."""

    supply: Side
    return_: Side
    supply_leak_cfm: float
    return_leak_cfm: float
    flow_cfm: float
    heat_rate: float  # 60 × density [lb/ft³·min/h]

    @property
    def cp(self) -> float:
        """Btu/lb·°F."""
        return number("ground", "balance", "cp_btu_lb_f")

    def conserved(self, side: Side) -> float:
        """B: share of the air's temperature difference a side keeps."""
        return exp(-side.area_sqft / (self.flow_cfm * self.heat_rate * self.cp * side.r_value))

    @property
    def supplied(self) -> float:
        """A of the supply side."""
        return max(1.0 - self.supply_leak_cfm / self.flow_cfm, 0.0)

    @property
    def returned(self) -> float:
        """A of the return side."""
        return max(1.0 - self.return_leak_cfm / self.flow_cfm, 0.0)

    def with_regain(self, effectiveness: float, *, rise_f: float, return_delta_f: float) -> float:
        """DE': regain in, kept within 0.25 and 1."""
        fs, fr = self.supply.regain, self.return_.regain
        br = self.conserved(self.return_)
        lost = fs - fr - br * (self.returned * fs - fr)
        value = effectiveness + fs * (1.0 - effectiveness) - lost * return_delta_f / rise_f
        return min(max(value, LOWEST), HIGHEST)


def heating_effectiveness(system: System, *, load_btuh: float, indoor_f: float) -> float:
    """Delivery effectiveness in heating, with regain."""
    bs, br = system.conserved(system.supply), system.conserved(system.return_)
    rise = load_btuh / (system.flow_cfm * system.heat_rate * system.cp)
    return_delta = indoor_f - system.return_.around_f
    supply_delta = indoor_f - system.supply.around_f
    value = system.supplied * bs
    value -= system.supplied * bs * (1.0 - system.returned * br) * return_delta / rise
    value -= system.supplied * (1.0 - bs) * supply_delta / rise
    return system.with_regain(value, rise_f=rise, return_delta_f=return_delta)


def cooling_effectiveness(
    system: System,
    *,
    total_btuh: float,
    sensible_btuh: float,
    indoor_f: float,
    leaving_f: float,
    return_enthalpy_gain: float,
) -> float:
    """Delivery effectiveness in cooling, with regain; enthalpies in Btu/lb."""
    bs, br = system.conserved(system.supply), system.conserved(system.return_)
    flow = system.flow_cfm * system.heat_rate
    return_delta = indoor_f - system.return_.around_f
    inner = -total_btuh / flow + (1.0 - system.returned) * return_enthalpy_gain
    inner += system.returned * system.cp * (br - 1.0) * return_delta
    inner += system.cp * (bs - 1.0) * (leaving_f - system.supply.around_f)
    value = system.supplied * flow / -total_btuh * inner
    rise = -max(sensible_btuh, 1.0) / (flow * system.cp)
    return system.with_regain(value, rise_f=rise, return_delta_f=return_delta)


# --- one system ---


def _leak(cfm: float | None, fraction: float | None, *, flow: float) -> float:
    if cfm is not None:
        return min(cfm, flow)
    return flow * fraction if fraction is not None else 0.0


def _at_flow(duct: DuctSystem, *, flow: float, supply: Side, return_: Side, cond: Conditions) -> System:
    mean = (cond.design.indoor_heating_f + cond.design.indoor_cooling_f) / 2.0
    density = air_density_lb_cuft(temperature_f=mean, elevation_ft=cond.design.elevation_ft)
    return System(
        supply=supply,
        return_=return_,
        supply_leak_cfm=_leak(duct.supply_leakage_cfm, duct.supply_leakage_fraction, flow=flow),
        return_leak_cfm=_leak(duct.return_leakage_cfm, duct.return_leakage_fraction, flow=flow),
        flow_cfm=flow,
        heat_rate=MINUTES * density,
    )


def heating_duct_btuh(duct: DuctSystem, *, load_btuh: float, around: Surroundings) -> float:
    """Loss of the ducts in heating, by iteration on airflow and effectiveness."""
    if load_btuh <= 0 or not duct.serves_heating:
        return 0.0
    supply, return_ = (side_of(duct, side=s, around=around, season="heating") for s in ("supply", "return"))
    per_ton = number(FILE, "airflow", "rows", "cooling" if duct.heating_source == "heat_pump" else "heating")
    effectiveness = 1.0
    for _ in range(MAX_ROUNDS):
        equipment = load_btuh / effectiveness
        flow = per_ton * equipment / BTUH_PER_TON
        system = _at_flow(duct, flow=flow, supply=supply, return_=return_, cond=around.cond)
        found = heating_effectiveness(
            system, load_btuh=equipment, indoor_f=around.cond.design.indoor_heating_f
        )
        previous, effectiveness = effectiveness, (effectiveness + found) / 2.0
        if abs(effectiveness - previous) <= TOLERANCE * previous:
            break
    return load_btuh / effectiveness - load_btuh


def cooling_duct_loads(
    duct: DuctSystem, *, sensible_btuh: float, latent_load_btuh: float, leaving_f: float, around: Surroundings
) -> tuple[float, float]:
    """Sensible and latent gain of the ducts; latent is the return leak's, taken from the total."""
    total0 = sensible_btuh + latent_load_btuh
    if sensible_btuh <= 0 or total0 <= 0 or not duct.serves_cooling:
        return 0.0, 0.0
    cond, design = around.cond, around.cond.design
    supply, return_ = (side_of(duct, side=s, around=around, season="cooling") for s in ("supply", "return"))
    per_ton = number(FILE, "airflow", "rows", "cooling")
    gain = _return_enthalpy_gain(cond, around_f=return_.around_f)
    effectiveness, leak = 1.0, 0.0
    for _ in range(MAX_ROUNDS):
        total = total0 / effectiveness
        flow = per_ton * total / BTUH_PER_TON
        system = _at_flow(duct, flow=flow, supply=supply, return_=return_, cond=cond)
        leak = max(
            latent_btuh(flow_cfm=system.return_leak_cfm, grains=design.grains_difference, cond=cond), 0.0
        )
        found = cooling_effectiveness(
            system,
            total_btuh=total,
            sensible_btuh=total - latent_load_btuh - leak,
            indoor_f=design.indoor_cooling_f,
            leaving_f=leaving_f,
            return_enthalpy_gain=gain,
        )
        previous, effectiveness = effectiveness, (effectiveness + found) / 2.0
        if abs(effectiveness - previous) <= TOLERANCE * previous:
            break
    added = total0 / effectiveness - total0
    return added - leak, leak


def _return_enthalpy_gain(cond: Conditions, *, around_f: float) -> float:
    """Hr − hin [Btu/lb]: outdoor humidity at the temperature around the return."""
    design = cond.design
    inside = humidity_ratio_from_rh(
        dry_bulb_f=design.indoor_cooling_f, rh=design.indoor_rh, elevation_ft=design.elevation_ft
    )
    outside = max(inside + design.grains_difference / 7000.0, 0.0)
    return _enthalpy(around_f, outside) - _enthalpy(design.indoor_cooling_f, inside)


def _enthalpy(temperature_f: float, ratio: float) -> float:
    return number("ground", "balance", "cp_btu_lb_f") * temperature_f + ratio * (
        1061.0 + 0.444 * temperature_f
    )
