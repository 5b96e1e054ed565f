"""The whole calculation in the order of the method: a House in, Loads out (§0)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calculations.manualj.adjacent import Surroundings
from calculations.manualj.aed import curve, excursion_btuh
from calculations.manualj.airflow import blower_cfm, leaving_air_f, with_airflow
from calculations.manualj.checks import check_house
from calculations.manualj.closest import closest_tables
from calculations.manualj.delivery import cooling_duct_loads, heating_duct_btuh
from calculations.manualj.design import Conditions, conditions
from calculations.manualj.ducts import DuctFactors, table_factors, total_factors
from calculations.manualj.envelope import glass_pieces, net_sqft, opaque_pieces
from calculations.manualj.explain import surface_trace, trace_of, warnings_of
from calculations.manualj.gains import InternalGains, internal_gains
from calculations.manualj.house import DuctTable, House, Method
from calculations.manualj.infiltration import (
    Flows,
    balanced_flow_cfm,
    infiltration_flows,
    latent_btuh,
    room_shares,
    sensible_btuh,
)
from calculations.manualj.loads import (
    BlockLoads,
    HeatingLoads,
    LatentLoads,
    Loads,
    SensibleLoads,
    TraceLine,
)
from calculations.manualj.parts import Air, Parts, duct_code, humidification_btuh
from calculations.manualj.pieces import Piece
from calculations.manualj.rooms import Shares, room_loads, sums
from calculations.manualj.ventilation import (
    VentilationLoads,
    imbalance_cfm,
    is_system_load,
    ventilation_loads,
)
from calculations.manualj.version import ENGINE_VERSION

OCTANT_DEG = 45.0
EIGHT = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)


def calculate(house: House, *, method: Method | None = None) -> Loads:
    """Loads of a house; `method` defaults to the house's own, which is as_published.

    Raises:
        InvalidHouse: where the house contradicts itself or lacks what a rule needs.
    """
    check_house(house)
    cond = conditions(house.design, soil=house.soil, method=method or house.method)
    return _loads(house, still=_still(house, cond=cond))


def sweep(
    house: House,
    azimuths: Iterable[float] = EIGHT,
    *,
    method: Method | None = None,
) -> dict[float, Loads]:
    """Loads with the house turned clockwise by each angle; what does not turn is calculated once.

    Raises:
        InvalidHouse: as `calculate`.
    """
    check_house(house)
    cond = conditions(house.design, soil=house.soil, method=method or house.method)
    still = _still(house, cond=cond)
    found = {}
    for angle in azimuths:
        turned = house.turned_by(angle)
        # The sides of a basement are told apart by octant: they stay together at multiples of 45° only.
        found[angle] = _loads(turned, still=still if angle % OCTANT_DEG == 0 else _still(turned, cond=cond))
    return found


@dataclass(frozen=True)
class Still:
    """What stays the same when a house turns."""

    around: Surroundings
    opaque: list[Piece]
    opaque_trace: list[TraceLine]
    air: Air
    gains: InternalGains


def _still(house: House, *, cond: Conditions) -> Still:
    around = Surroundings(house=house, cond=cond, net_sqft=net_sqft(house))
    opaque = opaque_pieces(house, around=around)
    return Still(
        around=around,
        opaque=opaque,
        opaque_trace=surface_trace(opaque),
        air=_air(house, cond=cond),
        gains=internal_gains(house, method=cond.method),
    )


def _loads(house: House, *, still: Still) -> Loads:
    """The glass of this orientation with all that stands still."""
    around, cond = still.around, still.around.cond
    glass = glass_pieces(house, around=around)
    pieces = [*glass, *still.opaque]
    parts = Parts(
        house=house,
        around=around,
        pieces=pieces,
        air=still.air,
        gains=still.gains,
        excursion_btuh=_excursion_btuh(house, pieces),
    )
    ducts = _duct_loads(parts)
    block = _block(parts, ducts=ducts)
    cfm = blower_cfm(house, block=block, cond=cond)
    rooms = room_loads(house, pieces=pieces, shares=_shares(parts, ducts=ducts))
    return Loads(
        engine_version=ENGINE_VERSION,
        method=cond.method,
        design=house.design,
        block=block,
        aed_curve=curve(pieces),
        rooms=with_airflow(rooms, cfm=cfm),
        warnings=tuple(warnings_of(parts)),
        trace=tuple(
            trace_of(parts, surfaces=[*surface_trace(glass), *still.opaque_trace], ducts=ducts, block=block)
        ),
        blower_cfm=cfm,
    )


# --- parts ---


def _air(house: House, *, cond: Conditions) -> Air:
    leak = infiltration_flows(house, cond=cond)
    imbalance = imbalance_cfm(house.ventilation)
    net = Flows(
        balanced_flow_cfm(infiltration_cfm=leak.heating_cfm, imbalance_cfm=imbalance),
        balanced_flow_cfm(infiltration_cfm=leak.cooling_cfm, imbalance_cfm=imbalance),
    )
    return Air(
        net=net,
        heating_btuh=sensible_btuh(flow_cfm=net.heating_cfm, delta_t_f=cond.htd_f, cond=cond),
        sensible_btuh=sensible_btuh(flow_cfm=net.cooling_cfm, delta_t_f=cond.ctd_f, cond=cond),
        latent_btuh=latent_btuh(flow_cfm=net.cooling_cfm, grains=cond.design.grains_difference, cond=cond),
        in_space=ventilation_loads((u for u in house.ventilation if not is_system_load(u)), cond=cond),
        on_system=ventilation_loads((u for u in house.ventilation if is_system_load(u)), cond=cond),
    )


def _excursion_btuh(house: House, pieces: Sequence[Piece]) -> float:
    """Of the block, or the sum of the zones' own (§8)."""
    zone_of = {room.id: room.zone for room in house.rooms}
    zones = list(dict.fromkeys(zone_of.values()))
    return sum(excursion_btuh(curve(p for p in pieces if zone_of[p.room] == zone)) for zone in zones)


def _shares(parts: Parts, *, ducts: DuctFactors) -> Shares:
    return Shares(
        infiltration=room_shares(parts.house),
        heating_infiltration_btuh=parts.air.heating_btuh,
        cooling_infiltration_btuh=parts.air.sensible_btuh,
        gains=parts.gains.sensible_by_room,
        heating_ducts_btuh=ducts.heating,
        cooling_ducts_btuh=ducts.cooling,
    )


# --- ducts ---


def _duct_loads(parts: Parts) -> DuctFactors:
    """Duct loads in Btu/h: Table 7 where named; else ASHRAE 152 or the closest table (§12)."""
    house = parts.house
    if not house.ducts and house.duct_systems and parts.cond.as_openstudio:
        found = _delivered(parts)
    else:
        found = total_factors(_table_load(duct, parts=parts) for duct in _duct_tables(house))
    return DuctFactors(
        heating=found.heating if house.heating_ducted else 0.0,
        cooling=found.cooling if house.cooling_ducted else 0.0,
        latent_btuh=found.latent_btuh if house.cooling_ducted else 0.0,
    )


def _table_load(duct: DuctTable, *, parts: Parts) -> DuctFactors:
    """Btu/h of one entry: its factors on the load of what its system serves."""
    factors = _factors(duct, parts=parts)
    heating, cooling = parts.heating_btuh, parts.cooling_btuh
    if duct.zone is not None:
        heating, cooling = _zone_base(duct.zone, parts=parts)
    return DuctFactors(
        factors.heating * heating * duct.heating_share,
        factors.cooling * cooling * duct.cooling_share,
        factors.latent_btuh,
    )


def _zone_base(zone: str, *, parts: Parts) -> tuple[float, float]:
    """Duct base of one zone [Btu/h]: its surfaces, excursion, gains and shares of the air (§8 to §11)."""
    house, air = parts.house, parts.air
    rooms = {room.id for room in house.rooms if room.zone == zone}
    pieces = [piece for piece in parts.pieces if piece.room in rooms]
    leak = sum(share for room, share in room_shares(house).items() if room in rooms)
    floor = sum(r.area_sqft for r in house.rooms if r.id in rooms) / sum(r.area_sqft for r in house.rooms)
    fresh = air.in_space if parts.cond.as_openstudio else VentilationLoads()
    gains = sum(gain for room, gain in parts.gains.sensible_by_room.items() if room in rooms)
    heating = sum(p.heating_btuh for p in pieces) + leak * air.heating_btuh + floor * fresh.heating_btuh
    cooling = sum(p.cooling_btuh for p in pieces) + leak * air.sensible_btuh + floor * fresh.sensible_btuh
    return heating, cooling + gains + excursion_btuh(curve(pieces))


def _duct_tables(house: House) -> Sequence[DuctTable]:
    return house.ducts or closest_tables(house.duct_systems, house=house)


def _factors(duct: DuctTable, *, parts: Parts) -> DuctFactors:
    code = duct_code(duct, parts=parts)
    if code is None:
        return DuctFactors()
    design = parts.house.design
    return table_factors(
        duct,
        code=code,
        heating_db_f=design.heating_db_f,
        cooling_db_f=design.cooling_db_f,
        grains=design.grains_difference,
        storeys=parts.house.storeys_above_grade,
    )


def _delivered(parts: Parts) -> DuctFactors:
    """Each system carries an equal part of the load."""
    systems = parts.house.duct_systems
    total = parts.cooling_btuh + parts.latent_btuh
    shr = min(parts.cooling_btuh / total, 1.0) if total > 0 else 1.0
    heaters = sum(s.serves_heating for s in systems) or 1
    coolers = sum(s.serves_cooling for s in systems) or 1
    result = DuctFactors()
    for system in systems:
        sensible, latent = cooling_duct_loads(
            system,
            sensible_btuh=parts.cooling_btuh / coolers,
            latent_load_btuh=parts.latent_btuh / coolers,
            leaving_f=leaving_air_f(shr, as_openstudio=True),
            around=parts.around,
        )
        loss = heating_duct_btuh(system, load_btuh=parts.heating_btuh / heaters, around=parts.around)
        result = result + DuctFactors(loss, sensible, latent)
    return result


# --- totals ---


def _block(parts: Parts, *, ducts: DuctFactors) -> BlockLoads:
    air, ventilation = parts.air, parts.air.ventilation
    heating = sums(parts.pieces, cooling=False)
    heating |= {
        "ducts": ducts.heating,
        "infiltration": air.heating_btuh,
        "ventilation": ventilation.heating_btuh,
        "piping": parts.house.piping_btuh,
        "humidification": humidification_btuh(parts),
    }
    cooling = sums(parts.pieces, cooling=True)
    cooling |= {
        "ducts": ducts.cooling,
        "infiltration": air.sensible_btuh,
        "ventilation": ventilation.sensible_btuh,
        "internal_gains": parts.gains.sensible_btuh,
        "blower_heat": parts.house.blower_heat_btuh,
        "aed_excursion": parts.excursion_btuh,
    }
    latent = {
        "ducts": ducts.latent_btuh,
        "infiltration": air.latent_btuh,
        "ventilation": ventilation.latent_btuh,
        "internal_gains": parts.gains.latent_btuh,
    }
    return BlockLoads(
        heating=HeatingLoads(total=sum(heating.values()), **heating),
        cooling_sensible=SensibleLoads(total=sum(cooling.values()), **cooling),
        cooling_latent=LatentLoads(total=sum(latent.values()), **latent),
    )
