"""What the latest change did to the loads: before and after, for the house and for each room."""

from __future__ import annotations

from dataclasses import dataclass

from blueprints.models import PipelineRun
from calculations.models import LoadCalculation, RoomLoad

LEAST_BTUH = 0.5
MOST_RUNS_BACK = 20


@dataclass(frozen=True)
class Moved:
    """A load before and after [Btu/h]; None for a room that was not there."""

    name: str
    before: float | None
    after: float | None

    @property
    def by(self) -> float:
        """After less before."""
        return (self.after or 0.0) - (self.before or 0.0)


@dataclass(frozen=True)
class RoomMoved:
    """A room's heating and sensible cooling load."""

    name: str
    heating: Moved
    cooling: Moved


@dataclass(frozen=True)
class Difference:
    """House totals now, and against the run before if there was one."""

    heating: Moved
    cooling: Moved
    rooms: tuple[RoomMoved, ...]
    compared: bool


def difference_of(run: PipelineRun) -> Difference | None:
    """The loads of a run against the last calculation before it; None without loads."""
    now = LoadCalculation.objects.filter(run=run).prefetch_related("room_loads").first()
    if now is None:
        return None
    before = _before(run)
    return Difference(
        heating=Moved("heating", before.heating_btuh if before else None, now.heating_btuh),
        cooling=Moved("cooling", _cooling(before) if before else None, _cooling(now)),
        rooms=tuple(_rooms(before, now)) if before else (),
        compared=before is not None,
    )


def _cooling(calculation: LoadCalculation) -> float:
    return calculation.sensible_btuh + calculation.latent_btuh


def _before(run: PipelineRun) -> LoadCalculation | None:
    earlier = run.parent
    for _ in range(MOST_RUNS_BACK):
        if earlier is None:
            return None
        found = LoadCalculation.objects.filter(run=earlier).prefetch_related("room_loads").first()
        if found is not None:
            return found
        earlier = earlier.parent
    return None


def _rooms(before: LoadCalculation, now: LoadCalculation) -> list[RoomMoved]:
    """Rooms whose load moved, those that moved most first."""
    old = {load.room_key: load for load in before.room_loads.all()}
    new = {load.room_key: load for load in now.room_loads.all()}
    found = [_room(old.get(key), new.get(key)) for key in {**old, **new}]
    moved = [room for room in found if max(abs(room.heating.by), abs(room.cooling.by)) >= LEAST_BTUH]
    return sorted(moved, key=lambda room: (-abs(room.heating.by) - abs(room.cooling.by), room.name))


def _room(old: RoomLoad | None, new: RoomLoad | None) -> RoomMoved:
    name = (new or old).name  # type: ignore[union-attr]  # one of them is there
    return RoomMoved(
        name=name,
        heating=Moved(name, old.heating_btuh if old else None, new.heating_btuh if new else None),
        cooling=Moved(name, old.sensible_btuh if old else None, new.sensible_btuh if new else None),
    )
