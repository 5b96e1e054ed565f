"""M6: length of exterior wall by room and octant. Octants by the true north, so that a wrong north is scored once, in M7."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from blueprints.score.model import ReadRoom, TruthRoom
from blueprints.score.openings import azimuth, octant
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Samples, Values, share

EXPOSED_FT = 2.0
Octants = npt.NDArray[np.float64]


def envelope_samples(case: Case) -> Samples:
    """Error by room and octant over the true length, perimeter of the house, rooms with the right exposures.

    A missed room lacks its walls, a room too many adds its own; a wall that looks the wrong way counts twice.
    """
    rooms = case.truth.conditioned
    if not rooms or any(room.exterior is None for room in rooms) or case.reading.status == "refused":
        return {}
    samples = _perimeter(case)
    if not case.truth.north_shown or any(room.exterior is None for room in case.reading.rooms):
        return samples
    total = sum(wall.length_ft for room in rooms for wall in room.exterior or ())
    wrong = sum(
        float(np.abs(_read(case, pair.read) - _true(pair.truths)).sum()) for pair in case.matching.pairs
    )
    wrong += sum(float(_true([room]).sum()) for room in case.matching.missed)
    wrong += sum(float(_read(case, room).sum()) for room in case.matching.extra)
    exposures = share(_same_exposures(case, room) for room in rooms)
    return samples | {"M6.octants": Ratio(wrong, total), "M6.exposure": exposures}


def _perimeter(case: Case) -> Samples:
    true = sum(wall.length_ft for room in case.truth.conditioned for wall in room.exterior or ())
    read = sum(room.exterior_ft for room in case.reading.conditioned)
    if true <= 0:
        return {}
    error = read / true - 1
    return {"M6.perimeter": Values((error,), "median"), "M6.perimeter_abs": Values((abs(error),), "median")}


def _true(rooms: Iterable[TruthRoom]) -> Octants:
    lengths = np.zeros(8)
    for room in rooms:
        for wall in room.exterior or ():
            lengths[octant(wall.facing_deg)] += wall.length_ft
    return lengths


def _read(case: Case, room: ReadRoom) -> Octants:
    lengths = np.zeros(8)
    for wall in room.exterior or ():
        facing = azimuth(case, room.level, wall.facing_deg)
        if facing is not None:
            lengths[octant(facing)] += wall.length_ft
    return lengths


def _same_exposures(case: Case, room: TruthRoom) -> bool:
    """The same octants hold more than 2 ft; a room that was not found has none right."""
    pair = case.matching.pair_of(room)
    if pair is None:
        return False
    return bool(np.array_equal(_true(pair.truths) > EXPOSED_FT, _read(case, pair.read) > EXPOSED_FT))
