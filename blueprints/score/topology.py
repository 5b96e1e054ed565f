"""M14: which rooms doors join, and whether rooms lie on top of each other.

The analysis names one room an opening; the two rooms are those whose outlines lie nearest to it, within 1.5 ft.
"""

from __future__ import annotations

from itertools import combinations

from shapely.geometry import Point

from blueprints.score.matching import match_rooms
from blueprints.score.model import ReadOpening, ReadRoom
from blueprints.score.rooms import Case
from blueprints.score.samples import Samples, f1, share

JOINING = ("door", "sliding", "cased")
JOINING_READ = ("door", "glass_door", "opening")
NEAR_FT, OVERLAP = 1.5, 0.01
Edge = frozenset[str]


def topology_samples(case: Case) -> Samples:
    """Edges of the graph of rooms, and plans whose rooms overlap by at most 1 % of their area."""
    samples: Samples = {}
    if case.reading.rooms:
        samples["M14.valid"] = share([_overlap(case.reading.rooms) <= OVERLAP])
    true = true_edges(case)
    if true:
        read = read_edges(case)
        samples["M14.adjacency_f1"] = f1(
            matched=len(true & read), missed=len(true - read), extra=len(read - true)
        )
    return samples


def true_edges(case: Case) -> set[Edge]:
    """Pairs of true rooms with a door or a cased opening between them."""
    return {
        frozenset((o.rooms[0], o.rooms[1]))
        for o in case.truth.openings or ()
        if o.kind in JOINING and o.rooms is not None and o.rooms[0] is not None and o.rooms[1] is not None
    }


def read_edges(case: Case) -> set[Edge]:
    """The same of the reading, by the names of the true rooms; rooms without one keep their own id."""
    pairs = match_rooms(case.truth, case.reading, case.truth.rooms, case.reading.rooms).pairs
    names = {pair.read.id: pair.truths[0].id for pair in pairs}
    found = [_joined(case, o) for o in case.reading.openings if o.kind in JOINING_READ and not o.exterior]
    return {frozenset(names.get(room, f"read {room}") for room in edge) for edge in found if len(edge) == 2}


def _joined(case: Case, opening: ReadOpening) -> list[str]:
    reach = NEAR_FT / case.reading.levels[opening.level].feet_per_point
    place = Point(opening.at_pt)
    near = [
        (room.shape.distance(place), room.id)
        for room in case.reading.rooms
        if room.level == opening.level and not room.shape.is_empty
    ]
    return [room_id for distance, room_id in sorted(near)[:2] if distance <= reach]


def _overlap(rooms: tuple[ReadRoom, ...]) -> float:
    """Area covered twice, as a share of all area [pt² of pt²]."""
    total = sum(room.shape.area for room in rooms)
    twice = sum(
        one.shape.intersection(other.shape).area
        for one, other in combinations(rooms, 2)
        if one.level == other.level and one.shape.intersects(other.shape)
    )
    return float(twice / total) if total else 0.0
