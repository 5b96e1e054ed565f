"""M2 to M4 and the parts of M9 and M12 that hang on single rooms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import unary_union

from blueprints.score.levels import paired_levels
from blueprints.score.matching import NO_NAME, Matching, match, match_rooms
from blueprints.score.model import Reading, ReadRoom, Truth, TruthRoom
from blueprints.score.samples import Ratio, Samples, Values, f1, share

TAUS = (0.5, 0.75, 0.9)
CLOSE, LOOSE, COVERED, LEAK = 0.05, 0.10, 0.5, 0.10
WALL_FT = 1.0  # the thickest wall that still belongs to the house


@dataclass(frozen=True)
class Case:
    """A plan with its truth, its reading, and the matching at 0.5 all metrics share."""

    truth: Truth
    reading: Reading

    @cached_property
    def matching(self) -> Matching:
        """Conditioned rooms at the headline threshold."""
        return match(self.truth, self.reading)

    @cached_property
    def views(self) -> dict[int, int]:
        """Levels of the reading to drawings of the truth."""
        return paired_levels(self.truth, self.reading)


def room_samples(case: Case) -> Samples:
    """M2, M3 and M4."""
    return detection(case) | areas(case) | conditioned_area(case)


def detection(case: Case) -> Samples:
    """Precision, recall and F1 of conditioned rooms; merges, splits and leaks where there are outlines.

    Lists made by eye hold what is named on the sheet: for them also without the rooms read that have no name there.
    """
    if not case.truth.conditioned:
        return {}
    samples: Samples = {}
    taus = TAUS if case.truth.rule == "polygon" else TAUS[:1]
    for tau in taus:
        found = match(case.truth, case.reading, tau=tau)
        samples[f"M2.room_f1@{tau}"] = f1(
            matched=found.found, missed=len(found.missed), extra=len(found.extra)
        )
    found = case.matching
    if found.rule == "name_area":
        named = [room for room in found.extra if not room.name.endswith(NO_NAME)]
        samples["M2.room_f1_named"] = f1(matched=found.found, missed=len(found.missed), extra=len(named))
    samples["M2.room_precision"] = Ratio(found.found, found.found + len(found.extra))
    samples["M2.room_recall"] = Ratio(found.found, found.found + len(found.missed))
    samples |= _buffers(case)
    return samples | (_topology(case) if case.truth.rule == "polygon" else {})


def _buffers(case: Case) -> Samples:
    """Garages, porches and the like, in a table of their own."""
    wanted = [room for room in case.truth.rooms if not room.conditioned]
    given = [room for room in case.reading.rooms if not room.conditioned]
    found = match_rooms(case.truth, case.reading, wanted, given)
    counts = {"matched": found.found, "missed": len(found.missed), "extra": len(found.extra)}
    return {"M2.buffer_f1": f1(**counts)} if wanted else {}


def _topology(case: Case) -> Samples:
    rooms = len(case.truth.rooms)
    read = case.reading.rooms
    merged = sum(len(truths_under(case.truth, room)) >= 2 and not _is_group(case, room) for room in read)
    split = sum(len(reads_over(case.reading, room)) >= 2 for room in case.truth.rooms)
    return {
        "M2.merges_per_room": Ratio(merged, rooms),
        "M2.splits_per_room": Ratio(split, rooms),
        "M2.leak_share": share(_leaks(case.truth, room) for room in read),
    }


def _is_group(case: Case, read: ReadRoom) -> bool:
    return any(pair.read.id == read.id and len(pair.truths) > 1 for pair in case.matching.pairs)


def truths_under(truth: Truth, read: ReadRoom) -> list[TruthRoom]:
    """True rooms a read room covers by more than half of their area."""
    return [
        room
        for room in truth.rooms
        if room.page == read.page
        and room.shape.intersects(read.shape)
        and room.shape.intersection(read.shape).area > COVERED * room.shape.area
    ]


def reads_over(reading: Reading, room: TruthRoom) -> list[ReadRoom]:
    """Read rooms of which more than half lies in a true room."""
    return [
        read
        for read in reading.rooms
        if room.page == read.page
        and room.shape.intersects(read.shape)
        and read.shape.intersection(room.shape).area > COVERED * read.shape.area
    ]


def _leaks(truth: Truth, read: ReadRoom) -> bool:
    """More than a tenth of the room lies outside of the house: its true rooms with their walls."""
    house = unary_union([_with_walls(truth, room) for room in truth.rooms if room.page == read.page])
    return bool(read.shape.area and read.shape.difference(house).area > LEAK * read.shape.area)


def _with_walls(truth: Truth, room: TruthRoom) -> Polygon | MultiPolygon:
    view = truth.viewport_of(room)
    wall_pt = WALL_FT * (view.pt_per_ft if view is not None and view.pt_per_ft else 0.0)
    return room.shape.buffer(wall_pt, join_style="mitre")


def areas(case: Case) -> Samples:
    """Errors of matched rooms with the scale that was read; the share within 5 % is over all true rooms."""
    measured = [room for room in case.truth.conditioned if room.area_sqft]
    if not measured:
        return {}
    errors = [pair.area_error for pair in case.matching.pairs]
    known = tuple(error for error in errors if error is not None)
    sizes = tuple(abs(error) for error in known)
    return {
        "M3.within_5": share(_within(case, room, CLOSE) for room in measured),
        "M3.within_5_open_plans_whole": share(_within(case, room, CLOSE, whole=True) for room in measured),
        "M3.within_10": share(_within(case, room, LOOSE) for room in measured),
        "M3.median_abs": Values(sizes, "median"),
        "M3.p90_abs": Values(sizes, "p90"),
        "M3.bias": Values(known, "median"),
    }


def _within(case: Case, room: TruthRoom, limit: float, *, whole: bool = False) -> bool:
    """A found room is near enough; `whole`: the rooms of an open plan may share the error of where it was divided."""
    pair = case.matching.pair_of(room)
    if pair is None:
        return False
    error = _group_error(case, room) if whole and room.group else pair.area_error
    return error is not None and abs(error) <= max(limit, pair.tolerance) + 1e-9


def _group_error(case: Case, room: TruthRoom) -> float | None:
    """Error of the sum of a group's rooms; the room's own when not all of them were found."""
    group = [other for other in case.truth.conditioned if other.group == room.group]
    pairs = {pair.read.id: pair for other in group if (pair := case.matching.pair_of(other)) is not None}
    found = {truth.id for pair in pairs.values() for truth in pair.truths}
    read = [pair.read.area_sqft for pair in pairs.values() if pair.read.area_sqft is not None]
    true = sum(other.area_sqft or 0.0 for other in group)
    if len(found) < len(group) or len(read) < len(pairs) or not true:
        own = case.matching.pair_of(room)
        return own.area_error if own else None
    return sum(read) / true - 1


def conditioned_area(case: Case) -> Samples:
    """M4: the sum of conditioned areas, for readings with rooms."""
    true = case.truth.conditioned_sqft
    read = sum(room.area_sqft or 0.0 for room in case.reading.conditioned)
    if not true or case.reading.status != "read":
        return {}
    error = abs(read / true - 1)
    return {
        "M4.area_error": Values((error,), "median"),
        "M4.within_2": share([error <= 0.02]),
        "M4.within_3": share([error <= 0.03]),
        "M4.within_5": share([error <= 0.05]),
    }
