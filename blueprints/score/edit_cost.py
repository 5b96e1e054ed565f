"""M13: what it takes to turn the reading into the truth, in operations a person does in the editor.

Move an edge 1, rename or retype 1, add or delete an opening 1, split or merge 3, add or delete a room 4, set a scale or north
2. The count goes room by room and is an upper bound of the least: a swallowed room is one split, a room in pieces one merge a
piece too many, and a matched room's edges are those of the truth that lie more than half a foot off.
"""

from __future__ import annotations

import math
from itertools import pairwise

from shapely.geometry import LineString, Point

from blueprints.score.matching import Pair
from blueprints.score.model import ReadRoom, TruthRoom
from blueprints.score.names import normalised
from blueprints.score.openings import CLASSES, matched
from blueprints.score.rooms import Case, reads_over, truths_under
from blueprints.score.samples import Ratio, Samples, Values
from blueprints.score.sheets import NORTH_CLOSE_DEG, VISIBLE, scale_error, turned

EDGE, NAME, OPENING, SPLIT, ROOM, SHEET = 1, 1, 1, 3, 4, 2
OFF_FT, SHORT_FT = 0.5, 1.0
SECONDS_EACH = 6


def edit_samples(case: Case) -> Samples:
    """Cost a plan and a room; only where the truth has outlines and openings. A refused plan is drawn by hand."""
    rooms = case.truth.conditioned
    if case.truth.rule != "polygon" or case.truth.openings is None or not rooms:
        return {}
    cost = edit_cost(case)
    return {
        "M13.cost_plan": Values((cost,), "mean"),
        "M13.cost_room": Ratio(cost, len(rooms)),
        "M13.minutes_plan_cost": Values((cost * SECONDS_EACH / 60,), "mean"),
    }


def edit_cost(case: Case) -> float:
    """Operations, weighted."""
    return float(_rooms(case) + _matched(case) + _openings(case) + _sheets(case))


def _rooms(case: Case) -> int:
    """Rooms to split off, merge, add and delete."""
    swallowed = {t.id: r for r in case.reading.rooms for t in _swallowed(case, r)}
    cost = 0
    for room in case.matching.missed:
        cost += SPLIT if room.id in swallowed else ROOM
    for read in case.matching.extra:
        cost += SPLIT if _piece_of(case, read) else ROOM
    return cost


def _swallowed(case: Case, read: ReadRoom) -> list[TruthRoom]:
    under = truths_under(case.truth, read)
    return under if len(under) > 1 else []


def _piece_of(case: Case, read: ReadRoom) -> bool:
    """One of several read rooms in one true room."""
    return any(
        len(over) > 1 and any(r.id == read.id for r in over)
        for over in (reads_over(case.reading, room) for room in case.truth.rooms)
    )


def _matched(case: Case) -> int:
    """Edges to move and names to change; one space for a whole group needs its names only once."""
    cost = 0
    for pair in case.matching.pairs:
        cost += EDGE * (_edges_off(case, pair) if len(pair.truths) == 1 else 0)
        true = pair.truths[0]
        renamed = len(pair.truths) == 1 and normalised(true.name or "") != normalised(pair.read.name)
        cost += NAME * (renamed or true.type != pair.read.type)
    return cost


def _edges_off(case: Case, pair: Pair) -> int:
    view = case.truth.viewport_of(pair.truths[0])
    scale = view.pt_per_ft if view is not None and view.pt_per_ft else None
    outline = pair.truths[0].polygon_pt
    if scale is None or pair.read.shape.is_empty:
        return 0
    boundary = pair.read.shape.boundary
    edges = [(a, b) for a, b in pairwise((*outline, outline[0])) if math.dist(a, b) >= SHORT_FT * scale]
    middles = [Point(LineString(edge).interpolate(0.5, normalized=True)) for edge in edges]
    return sum(boundary.distance(middle) > OFF_FT * scale for middle in middles)


def _openings(case: Case) -> int:
    found = [matched(case, name) for name in CLASSES]
    return OPENING * sum(len(part.missed) + len(part.extra) for part in found)


def _sheets(case: Case) -> int:
    cost = 0
    for view, truth in enumerate(case.truth.viewports):
        error = scale_error(case, view)
        cost += SHEET * (bool(truth.pt_per_ft) and (error is None or abs(error) > VISIBLE))
    return cost + SHEET * _north_is_off(case)


def _north_is_off(case: Case) -> bool:
    """North is set once for the house."""
    return any(
        read is None or turned(read, true) > NORTH_CLOSE_DEG
        for level, view in case.views.items()
        if (true := case.truth.viewports[view].north_page_deg) is not None
        for read in [case.reading.levels[level].north_page_deg]
    )
