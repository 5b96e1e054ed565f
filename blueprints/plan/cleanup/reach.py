"""Which spaces belong to the heated house: rooms a person walks into from the others, not what lies open to the weather."""

from __future__ import annotations

import math
from collections.abc import Sequence

from blueprints.plan.cleanup.cells import Cell
from blueprints.plan.model import FacePt, OpeningPt

FEWEST_NAMES = 3
WAY_IN = ("door", "glass_door")
WIDE_FT = 2.5
BESIDE, APART, LARGE_SQFT = 0.25, 0.6, 120.0


def unreached(cells: Sequence[Cell], openings: Sequence[OpeningPt], *, points_per_foot: float) -> set[str]:
    """Faces without a name that no way leads to from a named heated room, and that hardly touch the rooms lived in.

    A small one counts only if most of its outline is outside: the door of a closet or a bath may not have been read. Where
    few rooms are named, any with a way are lived in.
    """
    nameless = {c.face.id: c.face for c in cells if c.label is None}
    heated = {c.face.id for c in cells if c.label is not None and c.label.conditioned is not False}
    ways = _ways(openings)
    named = len(heated) >= FEWEST_NAMES
    lived_in = _walked(heated, set(nameless), ways) if named else {c.face.id for c in cells} & set(ways)
    away = [face for key, face in nameless.items() if key not in lived_in]
    large = LARGE_SQFT * points_per_foot**2
    return {
        face.id
        for face in away
        if lived_in
        and _against(face, {*lived_in, "virtual"}) <= BESIDE
        and (face.area_pt2 >= large or _against(face, {"outside"}) >= APART)
    }


def _against(face: FacePt, what: set[str]) -> float:
    """Share of a face's outline that certain things lie beyond."""
    beyond = [(math.dist(edge.start, edge.end), edge.beyond in what) for edge in face.edges]
    whole = sum(length for length, _ in beyond)
    return sum(length for length, met in beyond if met) / whole if whole else 0.0


def _ways(openings: Sequence[OpeningPt]) -> dict[str, set[str]]:
    """Faces that each face opens into by anything but a window."""
    found: dict[str, set[str]] = {}
    for opening in openings:
        one, other = opening.rooms
        if opening.kind != "window" and one is not None and other is not None and one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found


def _walked(heated: set[str], nameless: set[str], ways: dict[str, set[str]]) -> set[str]:
    """Faces reached from the heated ones through heated and nameless ones alone: not by way of a garage."""
    seen, ahead = set(heated), list(heated)
    while ahead:
        near = ways.get(ahead.pop(), set()) & nameless - seen
        seen |= near
        ahead += near
    return seen


def open_porches(cells: Sequence[Cell], openings: Sequence[OpeningPt], *, points_per_foot: float) -> set[str]:
    """Entries that stand open to the outside, with a door to an entry of the house behind them: covered porches."""
    named = {c.face.id for c in cells if c.shared == 1 and c.label is not None and c.label.type == "entry"}
    behind = {c.face.id for c in cells if c.label is not None and c.label.type == "entry"}
    least = WIDE_FT * points_per_foot
    return {face for face in named if _is_porch(face, openings, behind=behind - {face}, least_pt=least)}


def _is_porch(face: str, openings: Sequence[OpeningPt], *, behind: set[str], least_pt: float) -> bool:
    mine = [o for o in openings if face in o.rooms]
    outer = [o for o in mine if None in o.rooms]
    bare = any(o.kind == "opening" and o.width_pt >= least_pt for o in outer)
    shut = any(o.kind in WAY_IN for o in outer)
    return bare and not shut and any(o.kind in WAY_IN and behind & set(o.rooms) for o in mine)
