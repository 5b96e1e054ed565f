"""Rooms of a reading matched to rooms of the truth, one to one (plan-metrics §2).

By outline: same page, the sum of intersections over unions is largest, a pair counts from `tau` on. By name and area, where the
truth has no outlines: cost = ½·(1 - likeness of names) + ½·min(1, |ln(area ratio)| / ln 2), same storey, a pair counts up to
0.45 when the types agree or the names are at least 0.8 alike. A part of the cost that the truth cannot give falls away and
the other takes its weight. Only conditioned rooms are matched; garages and porches are matched among themselves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely.ops import unary_union

from blueprints.score.levels import ALIKE, paired_levels
from blueprints.score.model import Reading, ReadRoom, Rule, Truth, TruthRoom
from blueprints.score.names import likeness, normalised

TAU = 0.5
LARGEST_COST = 0.45
NEVER = 1e6
NO_NAME = "(no name)"  # how a reading names a room the sheet does not


@dataclass(frozen=True)
class Pair:
    """A read room and the room it answers; several when one space answers a whole open-plan group."""

    truths: tuple[TruthRoom, ...]
    read: ReadRoom
    iou: float | None

    @property
    def area_error(self) -> float | None:
        """(read - true) / true; None when an area is not known."""
        areas = [room.area_sqft for room in self.truths]
        known = [area for area in areas if area is not None]
        if self.read.area_sqft is None or len(known) < len(areas) or sum(known) <= 0:
            return None
        return self.read.area_sqft / sum(known) - 1

    @property
    def tolerance(self) -> float:
        """The share the area may be off."""
        return max(room.tolerance for room in self.truths)


@dataclass(frozen=True)
class Matching:
    """What was found, missed, and read without being there. Rooms nobody could recognise are in none of the three."""

    rule: Rule
    pairs: tuple[Pair, ...]
    missed: tuple[TruthRoom, ...]
    extra: tuple[ReadRoom, ...]

    @property
    def found(self) -> int:
        """Number of true rooms found."""
        return sum(len(pair.truths) for pair in self.pairs)

    def pair_of(self, room: TruthRoom) -> Pair | None:
        """The pair a true room is in."""
        return next((p for p in self.pairs if any(t.id == room.id for t in p.truths)), None)


def match(truth: Truth, reading: Reading, *, tau: float = TAU) -> Matching:
    """Conditioned rooms matched."""
    return match_rooms(truth, reading, truth.conditioned, reading.conditioned, tau=tau)


def match_rooms(
    truth: Truth,
    reading: Reading,
    wanted: Sequence[TruthRoom],
    given: Sequence[ReadRoom],
    *,
    tau: float = TAU,
) -> Matching:
    """The given rooms matched to the wanted ones by the truth's rule."""
    if truth.rule == "polygon":
        return _by_outline(wanted, given, tau)
    return _by_name(truth, reading, wanted, given)


def iou(truth: TruthRoom, read: ReadRoom) -> float:
    """Intersection over union on the page; 0 on different pages."""
    if truth.page != read.page or not truth.shape.intersects(read.shape):
        return 0.0
    shared = truth.shape.intersection(read.shape).area
    return float(shared / (truth.shape.area + read.shape.area - shared))


def _by_outline(wanted: Sequence[TruthRoom], given: Sequence[ReadRoom], tau: float) -> Matching:
    singles = _assigned(wanted, given, tau)
    pairs = _with_groups(singles, wanted, given, tau)
    answered = {room.id for pair in pairs for room in pair.truths}
    used = {pair.read.id for pair in pairs}
    return Matching(
        rule="polygon",
        pairs=tuple(pairs),
        missed=tuple(room for room in wanted if room.id not in answered),
        extra=tuple(room for room in given if room.id not in used),
    )


def _assigned(wanted: Sequence[TruthRoom], given: Sequence[ReadRoom], tau: float) -> list[Pair]:
    if not wanted or not given:
        return []
    table = np.array([[iou(room, read) for read in given] for room in wanted])
    rows, columns = linear_sum_assignment(-table)
    return [
        Pair((wanted[r],), given[c], float(table[r, c]))
        for r, c in zip(rows, columns, strict=True)
        if table[r, c] >= tau
    ]


def _with_groups(
    singles: list[Pair], wanted: Sequence[TruthRoom], given: Sequence[ReadRoom], tau: float
) -> list[Pair]:
    """An open-plan group may be answered by one space that carries all its names, if that finds more of its rooms."""
    pairs = singles
    for name in sorted({room.group for room in wanted if room.group}):
        group = [room for room in wanted if room.group == name]
        whole = _whole(group, given, tau) if len(group) > 1 else None
        alone = [pair for pair in pairs if pair.truths[0].group == name]
        if whole is not None and len(alone) < len(group):
            pairs = [p for p in pairs if p not in alone and p.read.id != whole.read.id] + [whole]
    return pairs


def _whole(group: Sequence[TruthRoom], given: Sequence[ReadRoom], tau: float) -> Pair | None:
    union = unary_union([room.shape.buffer(0.01) for room in group])
    best: Pair | None = None
    for read in given:
        if read.page != group[0].page or not carries(read.name, group):
            continue
        shared = union.intersection(read.shape).area
        value = float(shared / (union.area + read.shape.area - shared)) if shared else 0.0
        if value >= tau and (best is None or value > (best.iou or 0.0)):
            best = Pair(tuple(group), read, value)
    return best


def carries(name: str, group: Sequence[TruthRoom]) -> bool:
    """True when every name of the group stands in the name."""
    words = f" {normalised(name)} "
    return all(f" {normalised(room.name)} " in words for room in group if room.name)


def _by_name(
    truth: Truth, reading: Reading, wanted: Sequence[TruthRoom], given: Sequence[ReadRoom]
) -> Matching:
    storeys = _storeys(truth, reading)
    known = [room for room in wanted if room.name is not None or room.area_sqft is not None]
    table = np.array(
        [[_cost(room, read, storeys) for read in given] for room in known], ndmin=2
    )  # a row a room
    pairs = []
    if known and given:
        rows, columns = linear_sum_assignment(np.minimum(table, NEVER))
        pairs = [
            Pair((known[r],), given[c], None)
            for r, c in zip(rows, columns, strict=True)
            if table[r, c] < NEVER
        ]
    answered, used = {p.truths[0].id for p in pairs}, {p.read.id for p in pairs}
    extra = [room for room in given if room.id not in used]
    extra.sort(key=lambda room: room.name.endswith(NO_NAME))
    # rooms without name and size stand for as many rooms that cannot be told, those without a name first
    forgiven = len(wanted) - len(known)
    return Matching(
        rule="name_area",
        pairs=tuple(pairs),
        missed=tuple(room for room in known if room.id not in answered),
        extra=tuple(extra[: max(0, len(extra) - forgiven)]),
    )


def _storeys(truth: Truth, reading: Reading) -> dict[int, tuple[int, int]]:
    pairs = paired_levels(truth, reading)
    return {level: (truth.viewports[v].page, truth.viewports[v].storey) for level, v in pairs.items()}


def _cost(room: TruthRoom, read: ReadRoom, storeys: dict[int, tuple[int, int]]) -> float:
    if storeys.get(read.level) != (room.page, room.storey):
        return NEVER
    alike = name_likeness(room, read)
    parts = [] if alike is None else [1 - alike]
    if room.area_sqft and read.area_sqft:
        parts.append(min(1.0, abs(math.log(read.area_sqft / room.area_sqft)) / math.log(2)))
    cost = sum(parts) / len(parts)
    told = alike is None or alike >= ALIKE or room.type == read.type
    return cost if cost <= LARGEST_COST and told else NEVER


def name_likeness(room: TruthRoom, read: ReadRoom) -> float | None:
    """Likeness to the printed name or its translation; None when nothing is printed."""
    names = [name for name in (room.name, room.also_named) if name]
    return max(likeness(name, read.name) for name in names) if room.name else None
