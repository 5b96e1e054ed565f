"""The rules of the method as named checks: of what was entered, and of what came out.

A rule of the inputs that does not hold is for a reviewer to read; one of the result is a fault of the engine.
Source: Manual J 8th ed.; sections in each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import isclose
from typing import Final, Literal

from calculations.manualj.aed import excursion_btuh
from calculations.manualj.gains import internal_gains
from calculations.manualj.house import House, Part
from calculations.manualj.loads import Loads
from calculations.manualj.pieces import ENVELOPE
from calculations.manualj.ventilation import SUPPLYING

SAME_BTUH: Final = 1e-6  # the same arithmetic in another order
GLASS: Final = ("windows", "skylights")
INDOOR_F: Final = (70.0, 75.0)
INDOOR_RH: Final = (0.45, 0.55)


class RuleResult(Part):
    """Whether one rule holds, and the fact it was judged by; `code` is permanent."""

    code: str
    of: Literal["input", "result"]
    holds: bool
    fact: str


Fact = tuple[bool, str]


def method_rules(house: House, loads: Loads) -> tuple[RuleResult, ...]:
    """All rules on a house and its loads, in a fixed order."""
    entered = [_result(code, "input", rule(house)) for code, rule in INPUT_RULES.items()]
    came_out = [_result(code, "result", rule(house, loads)) for code, rule in RESULT_RULES.items()]
    return (*entered, *came_out)


def _result(code: str, of: Literal["input", "result"], fact: Fact) -> RuleResult:
    return RuleResult(code=code, of=of, holds=fact[0], fact=fact[1])


# --- of the inputs ---


def _indoor_conditions(house: House) -> Fact:
    """70 °F in winter, 75 °F and 50 % in summer; 45 % in dry, 55 % in humid places."""
    design = house.design
    usual = (design.indoor_heating_f, design.indoor_cooling_f) == INDOOR_F
    text = f"{design.indoor_heating_f:g} °F, {design.indoor_cooling_f:g} °F, {design.indoor_rh:.0%}"
    return usual and INDOOR_RH[0] <= design.indoor_rh <= INDOOR_RH[1], text


def _one_source(house: House) -> Fact:
    """Design conditions of one named source."""
    return bool(house.design.source), house.design.source or "no source named"


def _net_areas(house: House) -> Fact:
    """Every opening names the surface it is cut from."""
    loose = [window.id for window in house.windows if window.wall is None]
    loose += [door.id for door in house.doors if door.wall is None]
    loose += [sky.id for sky in house.skylights if sky.roof is None and sky.ceiling is None]
    return not loose, f"{len(loose)} openings without their surface"


def _overhangs(house: House) -> Fact:
    """Overhangs are credited on every window that has one; none at all is worth a look."""
    known = sum(window.overhang is not None for window in house.windows)
    return known > 0 or not house.windows, f"{known} of {len(house.windows)} windows with an overhang"


def _interior_shade(house: House) -> Fact:
    """Interior shade is known for every window."""
    known = sum(w.interior_shade is not None or w.isc is not None for w in house.windows)
    return known == len(house.windows), f"{known} of {len(house.windows)} windows with known shade"


def _occupants(house: House) -> Fact:
    """Bedrooms + 1 people."""
    counted = internal_gains(house, method=house.method).occupants
    return isclose(counted, house.bedrooms + 1.0), f"{counted:g} people, {house.bedrooms} bedrooms"


def _leakage_method(house: House) -> Fact:
    """Infiltration by a test, a leakage area or a class, and which."""
    air = house.infiltration
    named = {
        "flows": air.heating_cfm is not None and air.cooling_cfm is not None,
        "leakage area": air.ela_sqin is not None,
        "blower door": air.blower_door is not None,
        f"class {air.leakiness}": air.leakiness is not None,
    }
    method = next((name for name, given in named.items() if given), "")
    return bool(method) and method != "flows", method or "none"


def _zones(house: House) -> Fact:
    """Rooms of a zoned house by the peak procedure (§8)."""
    zones = len({room.zone for room in house.rooms})
    text = f"{zones} zones, {house.room_procedure} procedure"
    return zones <= 1 or house.room_procedure == "peak", text


# --- of the result ---


def _no_factor(_: House, loads: Loads) -> Fact:
    """The printed parts sum to the printed total, in the block and in every room: no factor anywhere."""
    worst = max(abs(_over(part)) for part in _sums(loads))
    return worst <= SAME_BTUH, f"largest difference {worst:.1e} Btu/h"


def _sums(loads: Loads) -> Iterator[Mapping[str, float]]:
    block = loads.block
    parts: list[Part] = [block.heating, block.cooling_sensible, block.cooling_latent]
    parts += [part for room in loads.rooms for part in (room.heating, room.cooling_sensible)]
    for part in parts:
        yield part.model_dump()


def _over(part: Mapping[str, float]) -> float:
    total = part["total"]
    return (2.0 * total - sum(part.values())) / max(abs(total), 1.0)


def _rooms_are_the_block(house: House, loads: Loads) -> Fact:
    """Surfaces and infiltration of the rooms sum to the block's; peak rooms have their own glass."""
    worst = 0.0
    for season in ("heating", "cooling_sensible"):
        for name in (*ENVELOPE, "infiltration"):
            if name in GLASS and season != "heating" and house.room_procedure == "peak":
                continue
            rooms = sum(getattr(getattr(room, season), name) for room in loads.rooms)
            whole: float = getattr(getattr(loads.block, season), name)
            worst = max(worst, abs(rooms - whole) / max(abs(whole), 1.0))
    return worst <= SAME_BTUH, f"largest difference {worst:.1e} of a component"


def _excursion(house: House, loads: Loads) -> Fact:
    """Peak less 1.3 × mean of the glass curve; several zones never have less than the house as one."""
    found = loads.block.cooling_sensible.aed_excursion
    alone = excursion_btuh(loads.aed_curve)
    zones = len({room.zone for room in house.rooms})
    holds = isclose(found, alone, abs_tol=SAME_BTUH) if zones <= 1 else found >= alone - SAME_BTUH
    return holds, f"{found:.1f} Btu/h, {zones} zones"


def _room_excursions(house: House, loads: Loads) -> Fact:
    """Each room's own excursion; none with the peak procedure."""
    peak = house.room_procedure == "peak"
    wrong = [
        room.id
        for room in loads.rooms
        if not isclose(
            room.cooling_sensible.aed_excursion,
            0.0 if peak else excursion_btuh(room.aed_curve),
            abs_tol=SAME_BTUH,
        )
    ]
    return not wrong, f"{len(wrong)} rooms of {len(loads.rooms)} differ"


def _ducts_inside(house: House, loads: Loads) -> Fact:
    """Ducts inside, and systems without ducts, add nothing."""
    outside = any(duct.location != "inside" or duct.code for duct in house.ducts) or house.duct_systems
    heating, cooling = loads.block.heating.ducts, loads.block.cooling_sensible.ducts
    may_heat, may_cool = outside and house.heating_ducted, outside and house.cooling_ducted
    holds = (heating == 0 or bool(may_heat)) and (cooling == 0 or bool(may_cool))
    return holds, f"{heating:.0f} and {cooling:.0f} Btu/h"


def _ventilation_line(house: House, loads: Loads) -> Fact:
    """Outdoor air of fans on its own line, and none without a fan that brings it."""
    brings = any(unit.kind in SUPPLYING for unit in house.ventilation)
    line = loads.block.heating.ventilation
    return line == 0 or brings, f"{line:.0f} Btu/h in winter"


INPUT_RULES: Final[Mapping[str, Callable[[House], Fact]]] = {
    "rule_indoor_conditions": _indoor_conditions,
    "rule_one_design_source": _one_source,
    "rule_net_areas": _net_areas,
    "rule_overhangs_credited": _overhangs,
    "rule_interior_shade_known": _interior_shade,
    "rule_occupants_bedrooms_plus_one": _occupants,
    "rule_leakage_method": _leakage_method,
    "rule_zoned_rooms_by_peak": _zones,
}
RESULT_RULES: Final[Mapping[str, Callable[[House, Loads], Fact]]] = {
    "rule_no_safety_factor": _no_factor,
    "rule_rooms_are_the_block": _rooms_are_the_block,
    "rule_aed_excursion": _excursion,
    "rule_room_excursions": _room_excursions,
    "rule_ducts_inside_are_zero": _ducts_inside,
    "rule_ventilation_on_its_own_line": _ventilation_line,
}
