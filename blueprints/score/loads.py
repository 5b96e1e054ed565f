"""M11: the load error that comes from reading, and which part of the reading it comes from.

One engine, one weather, one set of constructions (what the set prints, else the defaults): only the geometry differs. The
difference is divided among eight blocks: they are replaced by the truth in 20 random orders, and what each changes is averaged
(Shapley).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from autohvac.core.errors import AutoHvacError
from blueprints.score.house import HoleKind, RoomModel, Side, building_of, is_outer, joined
from blueprints.score.house_read import read_house
from blueprints.score.house_true import true_house
from blueprints.score.rooms import Case
from blueprints.score.samples import Samples, Values
from blueprints.score.sheets import scale_error
from calculations.assembly.complete import complete
from calculations.assembly.engine_port import loads_at
from calculations.manualj.loads import Loads
from calculations.weather.lookup import DesignWeather, design_weather

ZIP = "52401"
BLOCKS = ("scale", "areas", "exterior", "azimuth", "windows", "doors", "heights", "rooms")
ORDERS, SEED = 20, 20260102
LEAST_BTUH = 500.0
GLASS: tuple[HoleKind, ...] = ("window", "glass_door")
FACTS = (
    "wall_r", "ceiling_r", "floor_r", "window_u", "window_shgc", "ach50", "stated_area_sqft", "ceiling_height_ft",
)  # fmt: skip
House = tuple[RoomModel, ...]


@dataclass(frozen=True)
class LoadError:
    """Relative errors of the house, heating errors of its true rooms, and what each block adds to the house's errors.

    `extra_share`: load of rooms that are not there, over the true load.
    """

    heating: float
    sensible: float
    latent: float
    rooms: tuple[float, ...]
    extra_share: float
    heating_by_block: dict[str, float]
    sensible_by_block: dict[str, float]


def load_error(case: Case, building: Mapping[str, Any]) -> LoadError | None:
    """The error of a reading with rooms; None when the truth cannot give a load or the engine refuses a house."""
    truth = true_house(case.truth)
    if truth is None or case.reading.status != "read":
        return None
    facts = {k: v for k, v in (case.truth.specs or {}).items() if k in FACTS}
    try:
        return _compared(case, truth, read_house(case, building), facts)
    except AutoHvacError:
        return None


def load_samples(error: LoadError | None, *, failed: bool) -> Samples:
    """M11; a plan that failed has lost its whole load."""
    if failed:
        return {
            name: Values((1.0,), "p90") for name in ("M11.heating_p90", "M11.cooling_p90", "M11.latent_p90")
        }
    if error is None:
        return {}
    return {
        "M11.heating_p90": Values((abs(error.heating),), "p90"),
        "M11.heating_bias": Values((error.heating,), "median"),
        "M11.cooling_p90": Values((abs(error.sensible),), "p90"),
        "M11.latent_p90": Values((abs(error.latent),), "p90"),
        "M11.room_median": Values(error.rooms, "median"),
        "M11.room_p90": Values(error.rooms, "p90"),
        "M11.extra_rooms": Values((error.extra_share,), "mean"),
        **{f"M11.by.{k}": Values((abs(v),), "mean") for k, v in error.heating_by_block.items()},
        **{f"M11.by_cooling.{k}": Values((abs(v),), "mean") for k, v in error.sensible_by_block.items()},
    }


def _compared(case: Case, truth: House, read: House, facts: Mapping[str, float]) -> LoadError:
    true, got = _loads(truth, facts), _loads(read, facts)
    parts = shapley(lambda blocks: _totals(mixed(case, truth, read, blocks), facts, true))
    rooms, extra = _room_errors(case, true, got)
    block, other = true.block, got.block
    return LoadError(
        heating=other.heating.total / block.heating.total - 1,
        sensible=other.cooling_sensible.total / block.cooling_sensible.total - 1,
        latent=other.cooling_latent.total / block.cooling_latent.total - 1,
        rooms=rooms,
        extra_share=extra,
        heating_by_block={name: float(value[0]) for name, value in parts.items()},
        sensible_by_block={name: float(value[1]) for name, value in parts.items()},
    )


@lru_cache(maxsize=1)
def _weather() -> DesignWeather:
    return design_weather(ZIP)


def _loads(house: House, facts: Mapping[str, float]) -> Loads:
    return loads_at(
        complete(building_of(house, facts, zip_code=ZIP), weather=_weather()), method="as_published"
    )


def _totals(house: House, facts: Mapping[str, float], true: Loads) -> tuple[float, float]:
    """Heating and sensible load as shares of the true ones."""
    block = _loads(house, facts).block
    return (
        block.heating.total / true.block.heating.total,
        block.cooling_sensible.total / true.block.cooling_sensible.total,
    )


def _room_errors(case: Case, true: Loads, got: Loads) -> tuple[tuple[float, ...], float]:
    """|read - true| / max(true, 500 Btu/h) of each true room; a missed room reads zero."""
    want = {room.id: room.heating.total for room in true.rooms}
    have = {room.id: room.heating.total for room in got.rooms}
    errors = []
    for pair in case.matching.pairs:
        ids = [room.id for room in pair.truths if room.id in want]
        load = sum(want[room_id] for room_id in ids)
        errors += [abs(have.get(pair.read.id, 0.0) - load) / max(load, LEAST_BTUH)] * len(ids)
    for room in case.matching.missed:
        if room.id in want:
            errors.append(want[room.id] / max(want[room.id], LEAST_BTUH))
    extra = sum(have.get(room.id, 0.0) for room in case.matching.extra)
    return tuple(errors), extra / true.block.heating.total


def shapley(worth: Callable[[frozenset[str]], tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """What each block adds to the error, averaged over 20 orders drawn with a fixed seed; together they add up to all of it.

    `worth` gives the two loads with some blocks replaced by the truth; a block's share is what its replacing takes away.
    """
    random = np.random.default_rng(SEED)
    shares = {block: np.zeros(2) for block in BLOCKS}
    known: dict[frozenset[str], tuple[float, float]] = {}

    def value(blocks: frozenset[str]) -> tuple[float, float]:
        if blocks not in known:
            known[blocks] = worth(blocks)
        return known[blocks]

    for _ in range(ORDERS):
        done: frozenset[str] = frozenset()
        for block in random.permutation(BLOCKS):
            after = done | {str(block)}
            shares[str(block)] += np.subtract(value(done), value(after)) / ORDERS
            done = after
    return {block: (float(share[0]), float(share[1])) for block, share in shares.items()}


def mixed(case: Case, truth: House, read: House, blocks: frozenset[str]) -> House:
    """The reading with some blocks replaced by the truth; with all of them it is the truth."""
    true, given = {room.id: room for room in truth}, {room.id: room for room in read}
    rooms: list[RoomModel] = []
    paired: set[str] = set()
    for pair in case.matching.pairs:
        targets = [true[room.id] for room in pair.truths if room.id in true]
        if pair.read.id in given and targets:
            scale = _scale(case, pair.read.level) if "scale" in blocks else 1.0
            rooms.append(_mixed_room(_rescaled(given[pair.read.id], scale), joined(targets), blocks))
            paired.add(pair.read.id)
    return tuple(rooms) + _unpaired(case, true, given, paired, blocks)


def _unpaired(
    case: Case,
    true: Mapping[str, RoomModel],
    given: Mapping[str, RoomModel],
    paired: set[str],
    blocks: frozenset[str],
) -> House:
    """Rooms that were missed, once the rooms are those of the truth; rooms too many until then."""
    if "rooms" in blocks:
        found = {room.id for pair in case.matching.pairs if pair.read.id in paired for room in pair.truths}
        return tuple(room for room in true.values() if room.id not in found)
    levels = {room.id: room.level for room in case.reading.rooms}
    return tuple(
        _rescaled(room, _scale(case, levels[room.id]) if "scale" in blocks and room.id in levels else 1.0)
        for room in given.values()
        if room.id not in paired
    )


def _scale(case: Case, level: int) -> float:
    """True over read feet per point of a level."""
    view = case.views.get(level)
    error = scale_error(case, view) if view is not None else None
    return 1.0 if error is None else 1 / (1 + error)


def _rescaled(room: RoomModel, factor: float) -> RoomModel:
    if factor == 1.0:
        return room
    return replace(
        room,
        area_sqft=room.area_sqft * factor**2,
        sides=tuple(replace(side, length_ft=side.length_ft * factor) for side in room.sides),
        holes=tuple(replace(hole, width_ft=hole.width_ft * factor) for hole in room.holes),
    )


def _mixed_room(read: RoomModel, true: RoomModel, blocks: frozenset[str]) -> RoomModel:
    windows = true if "windows" in blocks else read
    doors = true if "doors" in blocks else read
    holes = [hole for hole in windows.holes if hole.kind in GLASS]
    holes += [hole for hole in doors.holes if hole.kind not in GLASS]
    around = true if "rooms" in blocks else read
    return replace(
        read,
        area_sqft=true.area_sqft if "areas" in blocks else read.area_sqft,
        height_ft=true.height_ft if "heights" in blocks else read.height_ft,
        sides=_sides(read, true, blocks) + tuple(side for side in around.sides if not is_outer(side)),
        holes=tuple(holes),
        parts=around.parts,
        storey=around.storey,
        type=around.type,
    )


def _sides(read: RoomModel, true: RoomModel, blocks: frozenset[str]) -> tuple[Side, ...]:
    """Outer walls: directions of one, together as long as those of the other."""
    directions = _outer(true if "azimuth" in blocks else read) or _outer(read) or _outer(true)
    wanted = (true if "exterior" in blocks else read).outer_ft
    total = sum(side.length_ft for side in directions)
    if not total or not wanted:
        return ()
    return tuple(replace(side, length_ft=side.length_ft * wanted / total) for side in directions)


def _outer(room: RoomModel) -> Sequence[Side]:
    return [side for side in room.sides if is_outer(side)]
