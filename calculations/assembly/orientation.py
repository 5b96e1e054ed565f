"""Unknown orientation: all eight directions are calculated and the worst one is used and said."""

from __future__ import annotations

from collections.abc import Callable

from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from calculations.assembly.drivers import Totals
from calculations.assembly.north import north_known, turned

DIRECTIONS_DEG = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)
NOTE = "orientation unknown: worst of eight directions for cooling"


class Turn(Frozen):
    """Totals with north at `north_deg`, clockwise from the top of the page."""

    north_deg: float
    heating_btuh: float
    cooling_btuh: float


class Facing(Frozen):
    """The building as it is calculated, and the totals of all directions when north was not known."""

    building: Building
    turns: tuple[Turn, ...] = ()

    @property
    def spread_btuh(self) -> float:
        """Largest less smallest cooling load over the directions [Btu/h]; zero when north is known."""
        cooling = [turn.cooling_btuh for turn in self.turns]
        return max(cooling) - min(cooling) if cooling else 0.0


def facing_of(building: Building, *, load: Callable[[Building], Totals]) -> Facing:
    """The building as it is when north is known, else turned to the largest cooling load."""
    if north_known(building):
        return Facing(building=building)
    turns = tuple(_turn(building, north_deg=north_deg, load=load) for north_deg in DIRECTIONS_DEG)
    worst = max(turns, key=lambda turn: (turn.cooling_btuh, turn.heating_btuh))
    return Facing(building=turned(building, north_deg=worst.north_deg, note=NOTE), turns=turns)


def _turn(building: Building, *, north_deg: float, load: Callable[[Building], Totals]) -> Turn:
    totals = load(turned(building, north_deg=north_deg, note=NOTE))
    return Turn(north_deg=north_deg, heating_btuh=totals.heating_btuh, cooling_btuh=totals.cooling_btuh)
