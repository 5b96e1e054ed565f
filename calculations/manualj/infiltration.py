"""Air leakage: flow of each season, balance with ventilation, loads (§9, §10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from math import pow, sqrt

from calculations.manualj.adjacent import Season, walls_of_space
from calculations.manualj.design import Conditions
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.ground import above_grade_sqft, mean_depth_ft
from calculations.manualj.house import GROUND, OUTDOORS, Basement, House, Infiltration
from calculations.manualj.lookup import grid, limits_of_areas, number, words

FILE = "infiltration"
MINUTES = 60.0
SQIN_PER_SQFT = 144.0
TEST_PRESSURE_PA = 50.0
REFERENCE_PRESSURE_PA = 4.0


@dataclass(frozen=True)
class Flows:
    """A flow in each season [cfm]."""

    heating_cfm: float
    cooling_cfm: float


def sensible_btuh(*, flow_cfm: float, delta_t_f: float, cond: Conditions) -> float:
    """1.1 × ACF × cfm × ΔT. Source: Manual J 8th ed., Table 10A."""
    return number(FILE, "air", "sensible") * cond.altitude_factor * flow_cfm * delta_t_f


def latent_btuh(*, flow_cfm: float, grains: float, cond: Conditions) -> float:
    """0.68 × ACF × cfm × grains. Source: Manual J 8th ed., Table 10A."""
    return number(FILE, "air", "latent") * cond.altitude_factor * flow_cfm * grains


def conditioned_volume_cuft(house: House) -> float:
    """Whole conditioned volume, as given or floor area × ceiling height, to 1 ft³."""
    given = house.infiltration.volume_cuft
    return given if given is not None else max(round(house.conditioned_sqft * house.ceiling_height_ft), 1)


def above_grade_volume_cuft(house: House) -> float:
    """Vag: less the buried part of conditioned basements (§9)."""
    buried = 0.0
    for space in house.spaces:
        if isinstance(space, Basement) and space.conditioned:
            area = space.floor_area_sqft or sum(s.area_sqft for s in house.slabs if s.space == space.id)
            buried += mean_depth_ft(walls_of_space(house, space.id)) * area
    return max(conditioned_volume_cuft(house) - buried, 0.0)


def default_ach(
    leakiness: str, *, floor_sqft: float, storeys: float, attached: bool, season: Season
) -> float:
    """Air changes per hour. Source: Manual J 8th ed., Tables 5A and 5B."""
    kind = "attached" if attached else "two_storeys" if storeys > 1 else "one_storey"
    row = words(FILE, "ach", "leakiness").index(leakiness)
    column = next(i for i, top in enumerate(limits_of_areas()) if top is None or floor_sqft <= top)
    return grid(FILE, "ach", "rows", kind, season)[row][column]


def leakage_area_cfm(
    *, ela_sqin: float, storeys: float, shielding_class: int, delta_t_f: float, wind_mph: float
) -> float:
    """ELA × √(Cs ΔT + Cw V²). Source: Manual J 8th ed., Tables 5D and 5E."""
    stack = number(FILE, "blower_door", "stack_per_storey") * storeys
    steps = shielding_class - number(FILE, "blower_door", "wind_middle_class")
    wind = number(FILE, "blower_door", "wind_base") - number(FILE, "blower_door", "wind_per_class") * steps
    wind *= pow(storeys, number(FILE, "blower_door", "wind_exponent"))
    return ela_sqin * sqrt(stack * delta_t_f + wind * wind_mph**2)


def leakage_area_sqin(
    *, ach: float, pressure_pa: float, volume_cuft: float, floor_sqft: float, exterior_share: float
) -> float:
    """Effective leakage area at 4 Pa of a blower door result (§9)."""
    n = number(FILE, "conversion", "flow_exponent")
    ach50 = ach * pow(TEST_PRESSURE_PA / pressure_pa, n)
    height = volume_cuft / floor_sqft
    at_4_pa = pow(REFERENCE_PRESSURE_PA / TEST_PRESSURE_PA, n)
    sla = ach50 * number(FILE, "conversion", "sla_factor") * at_4_pa * height / (MINUTES * SQIN_PER_SQFT)
    return sla * floor_sqft * exterior_share * SQIN_PER_SQFT


def infiltration_flows(house: House, *, cond: Conditions) -> Flows:
    """ICFM of both seasons: explicit, leakage area, blower door or class; fireplaces in winter."""
    heating, cooling = (_flow_cfm(house, cond=cond, season=s) for s in ("heating", "cooling"))
    fire = house.infiltration.fireplaces * house.infiltration.fireplace_cfm
    return Flows(heating + fire, cooling)


def _flow_cfm(house: House, *, cond: Conditions, season: Season) -> float:
    air = house.infiltration
    given = air.heating_cfm if season == "heating" else air.cooling_cfm
    if given is not None:
        return given
    ela = _ela_sqin(house)
    if ela is not None:
        return leakage_area_cfm(
            ela_sqin=ela,
            storeys=house.storeys_above_grade,
            shielding_class=air.shielding_class,
            delta_t_f=cond.htd_f if season == "heating" else cond.ctd_f,
            wind_mph=number(FILE, "blower_door", "wind_mph", season) * _apartment_factor(house),
        )
    leakiness = _leakiness(air, season=season)
    ach = default_ach(
        leakiness,
        floor_sqft=house.conditioned_sqft,
        storeys=house.storeys_above_grade,
        attached=air.attached,
        season=season,
    )
    return ach * above_grade_volume_cuft(house) / MINUTES


def _leakiness(air: Infiltration, *, season: Season) -> str:
    chosen = air.cooling_leakiness if season == "cooling" and air.cooling_leakiness else air.leakiness
    if chosen is None:
        raise InvalidHouse(
            "infiltration", None, "a leakiness class, a leakage area, a blower door test or flows"
        )
    return chosen


def _ela_sqin(house: House) -> float | None:
    air = house.infiltration
    if air.ela_sqin is not None:
        return air.ela_sqin
    test = air.blower_door
    if test is None:
        return None
    volume = conditioned_volume_cuft(house)
    ach = test.ach if test.ach is not None else (test.cfm or 0.0) * MINUTES / volume
    return leakage_area_sqin(
        ach=ach,
        pressure_pa=test.pressure_pa,
        volume_cuft=volume,
        floor_sqft=house.conditioned_sqft,
        exterior_share=air.exterior_share,
    )


def _apartment_factor(house: House) -> float:
    """Wind speed grows with the height of the unit above ground (Figure A15-1)."""
    unit_ft = house.infiltration.unit_height_ft
    if not unit_ft:
        return 1.0
    exponent = number(FILE, "apartment", "rows", house.infiltration.apartment_exposure)
    return pow((unit_ft + house.ceiling_height_ft) / house.ceiling_height_ft, exponent)


def balanced_flow_cfm(*, infiltration_cfm: float, imbalance_cfm: float) -> float:
    """NCFM; imbalance is exhaust less supply. Source: Manual J 8th ed., Worksheet E."""
    exponent, root = number(FILE, "balance", "exponent"), number(FILE, "balance", "root")
    if imbalance_cfm == 0:
        return infiltration_cfm
    pushed = pow(infiltration_cfm, exponent) + (1 if imbalance_cfm > 0 else -1) * pow(
        abs(imbalance_cfm), exponent
    )
    return pow(max(pushed, 0.0), root)


def exposed_wall_sqft(house: House) -> dict[str, float]:
    """Gross area of walls above grade that face outdoors, by room; it spreads infiltration (§9)."""
    areas = {room.id: 0.0 for room in house.rooms}
    for wall in house.walls:
        if wall.adjacent_to == OUTDOORS:
            areas[wall.room] += wall.gross_sqft
    for buried in house.foundation_walls:
        if buried.room is not None and buried.adjacent_to == GROUND:
            areas[buried.room] += above_grade_sqft(buried)
    return areas


def room_shares(house: House) -> dict[str, float]:
    """Each room's share of the infiltration: by exposed wall, by floor area where no wall is exposed."""
    areas = exposed_wall_sqft(house)
    if sum(areas.values()) <= 0:
        areas = {room.id: room.area_sqft for room in house.rooms}
    total = sum(areas.values())
    return {room: area / total for room, area in areas.items()}
