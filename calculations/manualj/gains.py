"""Heat of people and appliances, cooling only (§11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from calculations.manualj.house import House, Method
from calculations.manualj.lookup import number

FILE = "gains"


@dataclass(frozen=True)
class InternalGains:
    """Sensible gain by room and block, latent of the block [Btu/h]."""

    sensible_by_room: Mapping[str, float]
    sensible_btuh: float
    latent_btuh: float
    occupants: float


def occupants_of(house: House, *, method: Method) -> float:
    """Bedrooms + 1, or the real number if larger; OpenStudio-HPXML takes the number given."""
    rule = house.bedrooms + 1.0
    given = house.gains.occupants
    if given is None:
        return rule
    return given if method == "as_openstudio" else max(given, rule)


def spread(
    house: House, *, total: float, given: Mapping[str, float | None], digits: int | None
) -> dict[str, float]:
    """What rooms say themselves; the rest by floor area over those that say nothing."""
    silent = [room for room in house.rooms if given[room.id] is None]
    area = sum(room.area_sqft for room in silent)
    rest = max(total - sum(value for value in given.values() if value is not None), 0.0)
    shares = {room.id: rest * room.area_sqft / area for room in silent}
    if digits is not None:
        shares = {room: _half_up(value, digits) for room, value in shares.items()}
    return {room.id: _or(given[room.id], shares.get(room.id, 0.0)) for room in house.rooms}


def _half_up(value: float, digits: int) -> float:
    scale = 10.0**digits
    return floor(value * scale + 0.5) / scale


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def internal_gains(house: House, *, method: Method) -> InternalGains:
    """Gains of Form J1 line 13. OpenStudio-HPXML rounds the shares, to 0.01 person and 1 Btu/h."""
    rounding = method == "as_openstudio"
    people = spread(
        house,
        total=occupants_of(house, method=method),
        given={room.id: room.occupants for room in house.rooms},
        digits=2 if rounding else None,
    )
    sensible = spread(
        house,
        total=house.gains.appliances_sensible_btuh,
        given={room.id: room.appliances_sensible_btuh for room in house.rooms},
        digits=0 if rounding else None,
    )
    latent = spread(
        house,
        total=house.gains.appliances_latent_btuh,
        given={room.id: room.appliances_latent_btuh for room in house.rooms},
        digits=0 if rounding else None,
    )
    each = number(FILE, "occupant", "sensible")
    by_room = {room: sensible[room] + people[room] * each for room in people}
    count = sum(people.values())
    return InternalGains(
        sensible_by_room=by_room,
        sensible_btuh=sum(by_room.values()),
        latent_btuh=sum(latent.values()) + count * number(FILE, "occupant", "latent"),
        occupants=count,
    )
