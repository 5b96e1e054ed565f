"""Blower and room airflow for duct design (§16)."""

from __future__ import annotations

from calculations.manualj.design import Conditions
from calculations.manualj.house import House
from calculations.manualj.infiltration import FILE as AIR_FILE
from calculations.manualj.loads import BlockLoads, RoomLoads
from calculations.manualj.lookup import interpolate, number

FILE = "equipment"
BTUH_PER_TON = 12000.0


def leaving_air_f(shr: float, *, as_openstudio: bool) -> float:
    """Supply air temperature in cooling by load SHR. Source: Manual S, Table 1-4."""
    low, high = number(FILE, "leaving_air", "low_shr"), number(FILE, "leaving_air", "high_shr")
    below, above = number(FILE, "leaving_air", "below"), number(FILE, "leaving_air", "above")
    if shr < low:
        return below
    if shr > high:
        return above
    return (
        interpolate((low, high), (below, above), shr)
        if as_openstudio
        else number(FILE, "leaving_air", "between")
    )


def cooling_cfm(block: BlockLoads, *, cond: Conditions) -> float:
    """Sensible load by the temperature rise of the supply air, 360 cfm per ton in OpenStudio-HPXML."""
    if block.cooling_sensible.total <= 0:
        return 0.0
    if cond.as_openstudio:
        return block.cooling_total / BTUH_PER_TON * number(FILE, "airflow", "rows", "cooling")
    rise = cond.design.indoor_cooling_f - leaving_air_f(block.sensible_heat_ratio, as_openstudio=False)
    return block.cooling_sensible.total / _heat_per_cfm(rise, cond=cond)


def heating_cfm(block: BlockLoads, *, source: str, cond: Conditions) -> float:
    """Heating load by the rise to 120 °F of a furnace or 105 °F of a heat pump."""
    if block.heating.total <= 0:
        return 0.0
    if cond.as_openstudio:
        per_ton = number(FILE, "airflow", "rows", "cooling" if source == "heat_pump" else "heating")
        return block.heating.total / BTUH_PER_TON * per_ton
    supply = number(FILE, "supply_air", "rows", "heat_pump" if source == "heat_pump" else "furnace")
    return block.heating.total / _heat_per_cfm(supply - cond.design.indoor_heating_f, cond=cond)


def _heat_per_cfm(rise_f: float, *, cond: Conditions) -> float:
    """Btu/h of one cfm; the rise is kept above 1 °F for indoor conditions nobody would choose."""
    return number(AIR_FILE, "air", "sensible") * cond.altitude_factor * max(rise_f, 1.0)


def blower_cfm(house: House, *, block: BlockLoads, cond: Conditions) -> float:
    """As given, else the larger need of the ducted seasons."""
    if house.blower_cfm is not None:
        return house.blower_cfm
    cooling = cooling_cfm(block, cond=cond) if house.cooling_ducted else 0.0
    heating = heating_cfm(block, source=house.heating_source, cond=cond) if house.heating_ducted else 0.0
    return max(cooling, heating)


def with_airflow(rooms: list[RoomLoads], *, cfm: float) -> tuple[RoomLoads, ...]:
    """Blower air by the rooms' shares of heating and sensible load; the larger is the design flow."""
    heating_sum = sum(max(room.heating.total, 0.0) for room in rooms)
    cooling_sum = sum(max(room.cooling_sensible.total, 0.0) for room in rooms)

    def flow(load: float, total: float) -> float:
        return cfm * max(load, 0.0) / total if total > 0 else 0.0

    return tuple(
        room.model_copy(
            update={
                "heating_cfm": flow(room.heating.total, heating_sum),
                "cooling_cfm": flow(room.cooling_sensible.total, cooling_sum),
                "design_cfm": max(
                    flow(room.heating.total, heating_sum), flow(room.cooling_sensible.total, cooling_sum)
                ),
            }
        )
        for room in rooms
    )
