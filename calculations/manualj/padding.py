"""Inputs that look padded: each rule has a code and says what was entered and what is usual. Nothing is altered.

Manual J has no safety factor, and the engine no input for one; padding comes in by inputs that are each a little
too large. A flag is a question to whoever entered the value, not a verdict: the value stays and is calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from calculations.manualj.gains import internal_gains, occupants_of
from calculations.manualj.house import Design, House, Leakiness, Part, Window
from calculations.manualj.lookup import number
from calculations.manualj.ventilation import EXHAUSTING, SUPPLYING, average_cfm

FILE: Final = "padding"
CLASSES: Final[tuple[Leakiness, ...]] = ("very_tight", "tight", "average", "leaky", "very_leaky")
UNSEALED: Final = ("partially_sealed", "default_not_sealed")
SHARE_SLACK: Final = 1e-6


class Flag(Part):
    """One input that looks padded; `code` is permanent."""

    code: str
    field: str
    entered: str
    usual: str

    @property
    def message(self) -> str:
        """The fact in one line."""
        return f"{self.field}: {self.entered}; usual {self.usual}"


Rule = Callable[[House], Iterable[Flag]]


def padding_flags(house: House, *, station: Design | None = None) -> tuple[Flag, ...]:
    """All flags of a house, in the order of the rules; `station`: the design conditions of its weather station."""
    found = [flag for rule in RULES for flag in rule(house)]
    return (*(_of_station(house.design, station) if station is not None else ()), *found)


# --- design conditions ---


def _of_station(design: Design, station: Design) -> list[Flag]:
    """Design temperatures beyond those of the station."""
    slack, grains = number(FILE, "design", "station_slack_f"), number(FILE, "design", "station_slack_grains")
    found = []
    if design.heating_db_f < station.heating_db_f - slack:
        found.append(
            _flag(
                "padding_outdoor_winter",
                "design.heating_db_f",
                f"{design.heating_db_f:g} °F",
                f"{station.heating_db_f:g} °F at the station",
            )
        )
    if design.cooling_db_f > station.cooling_db_f + slack:
        found.append(
            _flag(
                "padding_outdoor_summer",
                "design.cooling_db_f",
                f"{design.cooling_db_f:g} °F",
                f"{station.cooling_db_f:g} °F at the station",
            )
        )
    if design.grains_difference > station.grains_difference + grains:
        found.append(
            _flag(
                "padding_humidity",
                "design.grains_difference",
                f"{design.grains_difference:g} gr/lb",
                f"{station.grains_difference:g} gr/lb at the station",
            )
        )
    return found


def _outdoors(house: House) -> Iterable[Flag]:
    """Colder, hotter or more humid than any station of the table."""
    design = house.design
    coldest, hottest = number(FILE, "design", "coldest_f"), number(FILE, "design", "hottest_f")
    grains = number(FILE, "design", "most_grains")
    if design.heating_db_f < coldest:
        yield _flag(
            "padding_outdoor_winter",
            "design.heating_db_f",
            f"{design.heating_db_f:g} °F",
            f"no station is below {coldest:g} °F",
        )
    if design.cooling_db_f > hottest:
        yield _flag(
            "padding_outdoor_summer",
            "design.cooling_db_f",
            f"{design.cooling_db_f:g} °F",
            f"no station is above {hottest:g} °F",
        )
    if design.grains_difference > grains:
        yield _flag(
            "padding_humidity",
            "design.grains_difference",
            f"{design.grains_difference:g} gr/lb",
            f"no station is above {grains:g} gr/lb",
        )


def _indoors(house: House) -> Iterable[Flag]:
    """Warmer in winter, colder or drier in summer than Manual J's indoor conditions."""
    design = house.design
    warm, cool = number(FILE, "indoor", "heating_f"), number(FILE, "indoor", "cooling_f")
    driest = number(FILE, "indoor", "lowest_rh")
    if design.indoor_heating_f > warm:
        yield _flag(
            "padding_indoor_winter",
            "design.indoor_heating_f",
            f"{design.indoor_heating_f:g} °F",
            f"{warm:g} °F",
        )
    if design.indoor_cooling_f < cool:
        yield _flag(
            "padding_indoor_summer",
            "design.indoor_cooling_f",
            f"{design.indoor_cooling_f:g} °F",
            f"{cool:g} °F",
        )
    if design.indoor_rh < driest:
        yield _flag(
            "padding_indoor_humidity", "design.indoor_rh", f"{design.indoor_rh:.0%}", f"50 %, or {driest:.0%}"
        )


# --- people and appliances ---


def _people(house: House) -> Iterable[Flag]:
    """More people than bedrooms + 1, or people counted in rooms and once more for the house."""
    rule = house.bedrooms + number(FILE, "people", "added")
    counted = internal_gains(house, method=house.method).occupants
    if counted > rule:
        twice = counted > max(occupants_of(house, method=house.method), rule)
        code = "padding_people_twice" if twice else "padding_people"
        yield _flag(code, "gains.occupants", f"{counted:g} people", f"{rule:g}, bedrooms + 1")


def _appliances(house: House) -> Iterable[Flag]:
    """More heat of appliances than Manual J's larger scenario, rooms included."""
    most = number(FILE, "people", "most_appliances_btuh")
    in_rooms = sum(room.appliances_sensible_btuh or 0.0 for room in house.rooms)
    total = max(in_rooms, house.gains.appliances_sensible_btuh)
    if total > most:
        yield _flag("padding_appliances", "gains", f"{total:g} Btu/h", f"at most {most:g} Btu/h")


# --- air ---


def _leakage(house: House) -> Iterable[Flag]:
    """A leakier class than average without a test, or one class for winter and a leakier one for summer."""
    air = house.infiltration
    if air.ela_sqin is not None or air.blower_door is not None or air.leakiness is None:
        return
    if CLASSES.index(air.leakiness) > CLASSES.index("average"):
        yield _flag("padding_leakage", "infiltration.leakiness", air.leakiness, "average at most, or a test")
    summer = air.cooling_leakiness
    if summer is not None and CLASSES.index(summer) > CLASSES.index(air.leakiness):
        yield _flag("padding_leakage_summer", "infiltration.cooling_leakiness", summer, air.leakiness)


def _ventilation(house: House) -> Iterable[Flag]:
    """More than twice the outdoor air of ASHRAE 62.2."""
    people = house.bedrooms + number(FILE, "people", "added")
    wanted = number(FILE, "ventilation", "per_sqft") * house.conditioned_sqft
    wanted += number(FILE, "ventilation", "per_person") * people
    supply = sum(average_cfm(unit) for unit in house.ventilation if unit.kind in SUPPLYING)
    exhaust = sum(average_cfm(unit) for unit in house.ventilation if unit.kind in EXHAUSTING)
    flow = max(supply, exhaust)
    if flow > number(FILE, "ventilation", "times") * wanted:
        yield _flag("padding_ventilation", "ventilation", f"{flow:.0f} cfm", f"about {wanted:.0f} cfm")


# --- envelope ---


def _insulation(house: House) -> Iterable[Flag]:
    """A U worse than the same assembly without any insulation."""
    kinds = (
        ("walls", "wall_u", house.walls),
        ("ceilings", "ceiling_u", house.ceilings),
        ("roofs", "roof_u", house.roofs),
        ("windows", "window_u", house.windows),
    )
    for name, key, parts in kinds:
        limit = number(FILE, "envelope", key)
        worse = [part for part in parts if part.u_factor > limit]
        if worse:
            first = max(worse, key=lambda part: part.u_factor)
            field = f"{name}.{first.id}.u_factor"
            yield _flag(
                f"padding_{key}", field, f"{len(worse)} with U to {first.u_factor:.3g}", f"at most {limit:g}"
            )


def _glass(house: House) -> Iterable[Flag]:
    """Very much glass, or windows without any interior shade throughout."""
    most = number(FILE, "glass", "most_of_floor")
    share = sum(window.area_sqft for window in house.windows) / house.conditioned_sqft
    if share > most:
        yield _flag("padding_window_area", "windows", f"{share:.0%} of the floor", f"at most {most:.0%}")
    if house.windows and all(map(_is_bare, house.windows)):
        yield _flag("padding_no_shade", "windows", "no interior shade on any", "blinds or curtains")


def _is_bare(window: Window) -> bool:
    if window.isc is not None:
        return window.isc == 1.0
    return window.interior_shade is not None and window.interior_shade.kind == "none"


def _area(house: House) -> Iterable[Flag]:
    """A floor area larger than that of the rooms."""
    rooms = sum(room.area_sqft for room in house.rooms)
    if house.conditioned_sqft > rooms * (1.0 + number(FILE, "area", "slack")):
        yield _flag(
            "padding_floor_area",
            "floor_area_sqft",
            f"{house.conditioned_sqft:.0f} ft²",
            f"rooms {rooms:.0f} ft²",
        )


# --- ducts and additions ---


def _ducts(house: House) -> Iterable[Flag]:
    """Unsealed ducts, and ducts counted more than once."""
    unsealed = [duct for duct in house.ducts if duct.leakage in UNSEALED and duct.location != "inside"]
    if unsealed:
        yield _flag("padding_duct_leakage", "ducts.leakage", unsealed[0].leakage, "default_sealed, or a test")
    zones = {duct.zone for duct in house.ducts}
    for zone in sorted(zones, key=str):
        shares = [d.outside_fraction for d in house.ducts if d.zone == zone and d.heating and d.cooling]
        known = [share for share in shares if share is not None]
        if len(known) > 1 and sum(known) > 1.0 + SHARE_SLACK:
            field = f"ducts.{zone}.outside_fraction" if zone is not None else "ducts.outside_fraction"
            yield _flag("padding_ducts_twice", field, f"{sum(known):.0%} of the ducts", "100 % in all places")


def _additions(house: House) -> Iterable[Flag]:
    """Loads entered by hand where nothing gives rise to them: the usual way to hide a safety factor."""
    most = number(FILE, "blower", "most_btuh")
    if house.blower_heat_btuh > most:
        yield _flag(
            "padding_blower_heat", "blower_heat_btuh", f"{house.blower_heat_btuh:g} Btu/h", f"{most:g} Btu/h"
        )
    if house.piping_btuh > 0 and house.heating_source != "boiler":
        yield _flag(
            "padding_piping",
            "piping_btuh",
            f"{house.piping_btuh:g} Btu/h",
            f"0 with a {house.heating_source}",
        )


def _flag(code: str, field: str, entered: str, usual: str) -> Flag:
    return Flag(code=code, field=field, entered=entered, usual=usual)


RULES: Final[tuple[Rule, ...]] = (
    _outdoors,
    _indoors,
    _people,
    _appliances,
    _leakage,
    _ventilation,
    _insulation,
    _glass,
    _area,
    _ducts,
    _additions,
)
