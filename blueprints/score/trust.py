"""M12: does the reader know when it is wrong? Silent errors, calibration, and what may be accepted unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import box

from blueprints.score.bootstrap import interval, resample_counts
from blueprints.score.matching import Pair
from blueprints.score.model import ReadRoom, ReviewItem, TruthRoom
from blueprints.score.names import likeness
from blueprints.score.rooms import CLOSE, LOOSE, Case, truths_under
from blueprints.score.samples import Samples, Values, share
from blueprints.score.sheets import GROSS, scale_error

SURE = 0.8
EMPTY = "empty_answer"  # no rooms, and no word about it
BINS, RIGHT_SHARE = 10, 0.98
SAME_NAME = 0.8
LOCAL = 3.0  # an item that boxes more than three times the room does not point at it


@dataclass(frozen=True)
class Claim:
    """A read room: how sure, whether a review item touches it, and whether its area is within 5 %."""

    plan_id: str
    dwelling: str
    confidence: float
    reviewed: bool
    right: bool


def trust_samples(case: Case) -> Samples:
    """Silent errors over all true rooms that can be told; Brier score of the rooms read."""
    rooms = [room for room in case.truth.conditioned if room.name or room.area_sqft]
    if not rooms:
        return {}
    brier = tuple((claim.confidence - claim.right) ** 2 for claim in claims(case))
    return {
        "M12.silent": share(silent(case, room) for room in rooms),
        "M12.wrong": share(wrong(case, room) for room in rooms),
        "M12.brier": Values(brier, "mean"),
    }


def wrong(case: Case, room: TruthRoom) -> bool:
    """More than 10 % off, or not found."""
    pair = case.matching.pair_of(room)
    if pair is None:
        return True
    error = pair.area_error
    return error is not None and abs(error) > max(LOOSE, pair.tolerance) + 1e-9


def silent(case: Case, room: TruthRoom) -> bool:
    """Wrong, with no review item that touches the room, and nothing there below 0.8 confidence.

    A refusal and a failure with a code are never silent. A room under no read room at all is silent unless an item
    points at its place.
    """
    if _said_so(case) or not wrong(case, room):
        return False
    pair = case.matching.pair_of(room)
    answer = pair.read if pair else _covering(case, room)
    if answer is None:
        return not _pointed_at(case, room) and not _asked_for_rooms(case, room)
    return answer.confidence >= SURE and not touched(case, answer, room)


def _said_so(case: Case) -> bool:
    status, code = case.reading.status, case.reading.code
    return status == "refused" or (status == "failed" and code != EMPTY)


def _covering(case: Case, room: TruthRoom) -> ReadRoom | None:
    """The read room that swallowed a missed room; by names, one left over that carries its name."""
    if case.truth.rule != "polygon":
        taken = {pair.read.id for pair in case.matching.pairs}
        free = [r for r in case.reading.rooms if r.id not in taken]
        alike = [r for r in free if room.name and _carries(r.name, str(room.name))]
        return max(alike, key=lambda r: (r.confidence, r.id)) if alike else None
    under = [r for r in case.reading.rooms if any(t.id == room.id for t in truths_under(case.truth, r))]
    return min(under, key=lambda r: r.id) if under else None


def _carries(read: str, name: str) -> bool:
    """The name itself, or the name with more printed below it."""
    words = name.casefold().split()
    return likeness(read, name) >= SAME_NAME or read.casefold().split()[: len(words)] == words


def touched(case: Case, read: ReadRoom, room: TruthRoom | None = None) -> bool:
    """An item names the room, or boxes its place, or doubts a scale that is grossly wrong."""
    return (
        any(item.field.startswith(f"{read.id}.") or item.field == read.id for item in case.reading.review)
        or (room is not None and _pointed_at(case, room))
        or _scale_doubted(case, read)
    )


def _pointed_at(case: Case, room: TruthRoom) -> bool:
    if case.truth.rule != "polygon":
        return any(
            bool(room.name) and str(room.name).casefold() in i.reason.casefold() for i in _labels(case)
        )
    return any(_boxes(item, room) for item in case.reading.review)


def _labels(case: Case) -> list[ReviewItem]:
    return [item for item in case.reading.review if item.field.startswith("label:")]


def _boxes(item: ReviewItem, room: TruthRoom) -> bool:
    if item.page != room.page or item.bbox is None:
        return False
    place = box(*item.bbox)
    return bool(place.area <= LOCAL * room.shape.area and room.shape.intersects(place.centroid))


def _asked_for_rooms(case: Case, room: TruthRoom) -> bool:
    fields = {item.field for item in case.reading.review}
    return "rooms" in fields or room.page in case.reading.asked_scale


def _scale_doubted(case: Case, read: ReadRoom) -> bool:
    view = case.views.get(read.level)
    error = scale_error(case, view) if view is not None else None
    doubts = any(item.field.startswith(f"scale:{read.page}:") for item in case.reading.review)
    return doubts and error is not None and abs(error) > GROSS


def claims(case: Case) -> list[Claim]:
    """Every conditioned room read, as a claim that its area is right. Rooms that cannot be judged are left out."""
    pairs = {pair.read.id: pair for pair in case.matching.pairs}
    extra = {room.id for room in case.matching.extra}
    return [
        Claim(
            plan_id=case.truth.plan_id,
            dwelling=case.truth.dwelling,
            confidence=room.confidence,
            reviewed=touched(case, room),
            right=_right(pairs.get(room.id)),
        )
        for room in case.reading.conditioned
        if room.id in extra or (room.id in pairs and pairs[room.id].area_error is not None)
    ]


def _right(pair: Pair | None) -> bool:
    error = pair.area_error if pair else None
    return pair is not None and error is not None and abs(error) <= max(CLOSE, pair.tolerance) + 1e-9


def calibration_error(found: Sequence[Claim]) -> float | None:
    """Expected calibration error: ten bins with equally many claims, mean gap between confidence and share right."""
    if not found:
        return None
    ordered = sorted(found, key=lambda c: (c.confidence, c.plan_id))
    bins = [b for b in np.array_split(np.arange(len(ordered)), BINS) if len(b)]
    gaps = [
        len(b)
        * abs(np.mean([ordered[i].confidence for i in b]) - np.mean([float(ordered[i].right) for i in b]))
        for b in bins
    ]
    return float(sum(gaps) / len(ordered))


def coverage_at(found: Sequence[Claim], true_rooms: int) -> tuple[float, float | None]:
    """Largest share of the true rooms accepted without review with at least 98 % right, and the confidence it takes.

    Claims with equal confidence are accepted together.
    """
    free = [claim for claim in found if not claim.reviewed]
    best: tuple[float, float | None] = (0.0, None)
    for limit in sorted({claim.confidence for claim in free}):
        taken = [claim for claim in free if claim.confidence >= limit]
        if sum(claim.right for claim in taken) >= RIGHT_SHARE * len(taken) - 1e-9:
            best = max(best, (min(1.0, len(taken) / true_rooms), limit), key=lambda pair: pair[0])
    return best


def coverage_interval(found: Sequence[Claim], rooms_of: Mapping[str, int]) -> tuple[float, float]:
    """95 % bootstrap interval of the coverage over plans; `rooms_of` gives the true rooms of each plan."""
    plans = sorted(rooms_of)
    counts = resample_counts(len(plans))
    free = sorted((c for c in found if not c.reviewed), key=lambda c: (-c.confidence, c.plan_id))
    if not free:
        return 0.0, 0.0
    drawn = counts[:, [plans.index(claim.plan_id) for claim in free]]
    taken = np.cumsum(drawn, axis=1)
    right = np.cumsum(drawn * np.array([claim.right for claim in free]), axis=1)
    rooms = np.maximum(counts @ np.array([rooms_of[plan] for plan in plans], dtype=float), 1.0)
    shares = np.where(right >= RIGHT_SHARE * taken - 1e-9, np.minimum(taken / rooms[:, None], 1.0), 0.0)
    steps = [i for i, c in enumerate(free) if i + 1 == len(free) or free[i + 1].confidence < c.confidence]
    return interval(shares[:, steps].max(axis=1))


def crossed_coverage(found: Sequence[Claim], rooms_of: dict[str, int]) -> tuple[float, float | None]:
    """Coverage with the limit taken from other dwellings only, and the share that was right where it was used."""
    taken: list[Claim] = []
    for dwelling in sorted(rooms_of):
        others = [claim for claim in found if claim.dwelling != dwelling]
        _, limit = coverage_at(others, sum(n for d, n in rooms_of.items() if d != dwelling) or 1)
        own = [c for c in found if c.dwelling == dwelling and not c.reviewed]
        taken += [c for c in own if limit is not None and c.confidence >= limit]
    rooms = sum(rooms_of.values())
    right = sum(claim.right for claim in taken) / len(taken) if taken else None
    return (min(1.0, len(taken) / rooms) if rooms else 0.0), right
