"""What the latest change, or a revised plan, did to the loads: before and after, for the house and for each room."""

from __future__ import annotations

from collections.abc import Iterable
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
    """House totals now, and against the run before if there was one; `revised` when that was of the plan this one revises."""

    heating: Moved
    cooling: Moved
    rooms: tuple[RoomMoved, ...]
    compared: bool
    revised: bool


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
        revised=before is not None and before.run.blueprint_id != run.blueprint_id,
    )


def _cooling(calculation: LoadCalculation) -> float:
    return calculation.sensible_btuh + calculation.latent_btuh


def _before(run: PipelineRun) -> LoadCalculation | None:
    earlier = run.parent
    for _ in range(MOST_RUNS_BACK):
        if earlier is None:
            break
        found = LoadCalculation.objects.filter(run=earlier).prefetch_related("room_loads").first()
        if found is not None:
            return found
        earlier = earlier.parent
    if run.blueprint.supersedes_id is None:
        return None
    of_revised = LoadCalculation.objects.filter(
        run__blueprint=run.blueprint.supersedes_id, created_at__lt=run.created_at
    )
    return of_revised.prefetch_related("room_loads").order_by("-created_at").first()


def _rooms(before: LoadCalculation, now: LoadCalculation) -> list[RoomMoved]:
    """Rooms whose load moved, those that moved most first."""
    # Keys are of one plan; rooms of a revised plan are compared by their names.
    same_plan = before.run.blueprint_id == now.run.blueprint_id
    old, new = (_by_room(one, by_key=same_plan) for one in (before, now))
    found = [_room(old.get(key, []), new.get(key, [])) for key in {**old, **new}]
    moved = [room for room in found if max(abs(room.heating.by), abs(room.cooling.by)) >= LEAST_BTUH]
    return sorted(moved, key=lambda room: (-abs(room.heating.by) - abs(room.cooling.by), room.name))


def _by_room(calculation: LoadCalculation, *, by_key: bool) -> dict[str, list[RoomLoad]]:
    found: dict[str, list[RoomLoad]] = {}
    for load in calculation.room_loads.all():
        found.setdefault(load.room_key if by_key else load.name, []).append(load)
    return found


def _room(old: list[RoomLoad], new: list[RoomLoad]) -> RoomMoved:
    name = (new or old)[0].name
    return RoomMoved(
        name=name,
        heating=Moved(name, _sum(load.heating_btuh for load in old), _sum(load.heating_btuh for load in new)),
        cooling=Moved(
            name, _sum(load.sensible_btuh for load in old), _sum(load.sensible_btuh for load in new)
        ),
    )


def _sum(loads: Iterable[float]) -> float | None:
    held = list(loads)
    return sum(held) if held else None
