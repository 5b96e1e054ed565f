"""What moves the load: each assumed value tried over its range, alone, and the interval from all of them."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from calculations.assembly.ranges import document, field_ranges, moves_of
from calculations.assembly.shift import current, shifted


class Totals(Frozen):
    """Heating and total (sensible and latent) cooling load [Btu/h]."""

    heating_btuh: float
    cooling_btuh: float


class Effect(Frozen):
    """Changes of both totals [Btu/h] over the tries of one field, smallest and largest, zero included."""

    field: str
    why: str
    heating: tuple[float, float]
    cooling: tuple[float, float]

    @property
    def largest_btuh(self) -> float:
        """The change with the largest size, with its sign."""
        return max((*self.heating, *self.cooling), key=abs)


Load = Callable[[Building], Totals]


def effects(building: Building, *, base: Totals, load: Load) -> list[Effect]:
    """Effects of all movable fields and of the reading of the plan, largest first.

    Args:
        building: The completed building, with north known or set.
        base: Its totals.
        load: The engine, from building to totals.
    """
    found = [_effect(building, field=field, base=base, load=load) for field in field_ranges()]
    found.append(_extraction(building, base=base))
    moving = [effect for effect in found if abs(effect.largest_btuh) >= 0.5]
    return sorted(moving, key=lambda effect: (-abs(effect.largest_btuh), effect.field))


def _effect(building: Building, *, field: str, base: Totals, load: Load) -> Effect:
    spread = field_ranges()[field]
    moves = moves_of(spread=spread, value=current(building, field))
    tried = [load(shifted(building, field=field, move=move)) for move in moves]
    return Effect(
        field=field,
        why=spread.why,
        heating=_extremes([totals.heating_btuh - base.heating_btuh for totals in tried]),
        cooling=_extremes([totals.cooling_btuh - base.cooling_btuh for totals in tried]),
    )


def _extremes(changes: list[float]) -> tuple[float, float]:
    return min([0.0, *changes]), max([0.0, *changes])


def _extraction(building: Building, *, base: Totals) -> Effect:
    """Area error of the reading; loads are taken as proportional to area."""
    spread = document()["extraction"]
    low, high = spread["area_share_at_full_confidence"], spread["area_share_at_no_confidence"]
    used = {room.level for room in building.rooms if room.conditioned}
    confidence = min((level.scale.confidence for level in building.levels if level.name in used), default=0.0)
    share = low + (high - low) * (1.0 - confidence)
    return Effect(
        field="area_sqft",
        why=spread["why"],
        heating=(-share * base.heating_btuh, share * base.heating_btuh),
        cooling=(-share * base.cooling_btuh, share * base.cooling_btuh),
    )


def interval(base_btuh: float, *, changes: list[tuple[float, float]]) -> tuple[float, float]:
    """Low and high [Btu/h]: root of the sum of squares of the downward and of the upward changes."""
    down = hypot(*(low for low, _ in changes))
    up = hypot(*(high for _, high in changes))
    return max(base_btuh - down, 0.0), base_btuh + up
