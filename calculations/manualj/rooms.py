"""Loads of the rooms (§8, §9, §12.3, §15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calculations.manualj.aed import curve, excursion_btuh
from calculations.manualj.house import House, Room
from calculations.manualj.loads import HeatingLoads, RoomLoads, SensibleLoads
from calculations.manualj.pieces import ENVELOPE, Piece


@dataclass(frozen=True)
class Shares:
    """What the block gives to its rooms: infiltration and ducts in Btu/h, gains by room."""

    infiltration: Mapping[str, float]
    heating_infiltration_btuh: float
    cooling_infiltration_btuh: float
    gains: Mapping[str, float]
    heating_ducts_btuh: float
    cooling_ducts_btuh: float


@dataclass(frozen=True)
class Draft:
    """A room before its duct share."""

    room: Room
    heating: dict[str, float]
    cooling: dict[str, float]
    curve: tuple[float, ...]

    @property
    def heating_btuh(self) -> float:
        """Subtotal."""
        return sum(self.heating.values())

    @property
    def cooling_btuh(self) -> float:
        """Subtotal."""
        return sum(self.cooling.values())


def sums(pieces: Sequence[Piece], *, cooling: bool) -> dict[str, float]:
    """Loads by component."""
    totals: dict[str, float] = dict.fromkeys(ENVELOPE, 0.0)
    for piece in pieces:
        totals[piece.component] += piece.cooling_btuh if cooling else piece.heating_btuh
    return totals


def room_loads(house: House, *, pieces: Sequence[Piece], shares: Shares) -> list[RoomLoads]:
    """Every room with its surfaces, infiltration, gains, excursion and ducts."""
    by_room: dict[str, list[Piece]] = {room.id: [] for room in house.rooms}
    for piece in pieces:
        by_room[piece.room].append(piece)
    drafts = [_draft(room, house=house, pieces=by_room[room.id], shares=shares) for room in house.rooms]
    heating = sum(draft.heating_btuh for draft in drafts)
    cooling = sum(draft.cooling_btuh for draft in drafts)
    return [
        _finished(
            draft,
            heating_ducts=_part(shares.heating_ducts_btuh, draft.heating_btuh, heating),
            cooling_ducts=_part(shares.cooling_ducts_btuh, draft.cooling_btuh, cooling),
        )
        for draft in drafts
    ]


def _part(whole: float, mine: float, total: float) -> float:
    return whole * mine / total if total else 0.0


def _draft(room: Room, *, house: House, pieces: Sequence[Piece], shares: Shares) -> Draft:
    share = shares.infiltration[room.id]
    heating = sums(pieces, cooling=False)
    heating["infiltration"] = shares.heating_infiltration_btuh * share
    cooling = sums(pieces, cooling=True)
    cooling["infiltration"] = shares.cooling_infiltration_btuh * share
    cooling["internal_gains"] = shares.gains[room.id]
    hourly = curve(pieces)
    if house.room_procedure == "peak":
        for component in ("windows", "skylights"):
            cooling[component] = max(curve(p for p in pieces if p.component == component))
    else:
        cooling["aed_excursion"] = excursion_btuh(hourly)
    return Draft(room, heating, cooling, hourly)


def _finished(draft: Draft, *, heating_ducts: float, cooling_ducts: float) -> RoomLoads:
    heating = {**draft.heating, "ducts": heating_ducts}
    cooling = {**draft.cooling, "ducts": cooling_ducts}
    return RoomLoads(
        id=draft.room.id,
        name=draft.room.name,
        area_sqft=draft.room.area_sqft,
        heating=HeatingLoads(total=sum(heating.values()), **heating),
        cooling_sensible=SensibleLoads(total=sum(cooling.values()), **cooling),
        aed_curve=draft.curve,
    )
