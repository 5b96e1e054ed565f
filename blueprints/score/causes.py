"""Why rooms and openings are wrong, counted: one cause a room, the first that holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from blueprints.score.model import TruthOpening, TruthRoom
from blueprints.score.openings import CLASSES, class_of, class_read, matched
from blueprints.score.rooms import CLOSE, LOOSE, Case, reads_over, truths_under
from blueprints.score.sheets import GROSS, scale_error


def causes(cases: Sequence[Case]) -> dict[str, int]:
    """Causes with their counts, most frequent first."""
    found = Counter(cause for case in cases for cause in (*room_causes(case), *opening_causes(case)))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def room_causes(case: Case) -> Iterator[str]:
    """The cause of each conditioned room that is missed or more than 5 % off, and of each room too many."""
    for room in case.truth.conditioned:
        cause = cause_of(case, room)
        if cause is not None:
            yield cause
    yield from ("room: read where none is" for _ in case.matching.extra)


def cause_of(case: Case, room: TruthRoom) -> str | None:
    """Why a room is wrong; None when it is within 5 % or cannot be told."""
    pair = case.matching.pair_of(room)
    if case.reading.status != "read":
        return f"room: plan {case.reading.status} ({case.reading.code})"
    if pair is not None:
        error = pair.area_error
        if error is None or abs(error) <= max(CLOSE, pair.tolerance) + 1e-9:
            return None
        return _wrong_size(case, pair.read.level, error)
    if not room.name and not room.area_sqft:
        return None
    return f"room: missed, {_missed(case, room)}"


def _wrong_size(case: Case, level: int, error: float) -> str:
    view = case.views.get(level)
    scale = scale_error(case, view) if view is not None else None
    if scale is not None and abs(scale) > GROSS:
        return "room: scale grossly wrong"
    size = "over 10 %" if abs(error) > LOOSE else "5 to 10 %"
    return f"room: {size} too {'large' if error > 0 else 'small'}"


def _missed(case: Case, room: TruthRoom) -> str:
    if _view_number(case, room) not in case.views.values():
        return "its drawing was not read"
    if case.truth.rule != "polygon":
        return "no read room with its name and size"
    over = [r for r in case.reading.rooms if any(t.id == room.id for t in truths_under(case.truth, r))]
    if any(not read.conditioned for read in over):
        return "read as unconditioned"
    if any(len(truths_under(case.truth, read)) > 1 for read in over):
        return "merged with another"
    if over:
        return "swallowed by a far larger outline"
    pieces = len(reads_over(case.reading, room))
    return "in pieces" if pieces > 1 else "a part of it read" if pieces else "nothing read there"


def _view_number(case: Case, room: TruthRoom) -> int | None:
    view = case.truth.viewport_of(room)
    return case.truth.viewports.index(view) if view is not None else None


def opening_causes(case: Case) -> Iterator[str]:
    """Openings missed by kind, with the kind that was read in their place, and openings too many."""
    if case.truth.openings is None or case.reading.status != "read":
        return
    for name in CLASSES:
        found = matched(case, name)
        for opening in found.missed:
            yield f"opening: {_name(opening)} missed{_instead(case, opening)}"
        yield from (f"opening: {name} read where none is" for _ in found.extra)


def _name(opening: TruthOpening) -> str:
    return f"sliding door ({class_of(opening)[5:]})" if opening.kind == "sliding" else class_of(opening)


def _instead(case: Case, opening: TruthOpening) -> str:
    """The nearest other opening within half the width, if any."""
    scale = next((v.pt_per_ft for v in case.truth.viewports if v.page == opening.page), None)
    near = [
        (math.dist(o.at_pt, opening.at_pt), class_read(o))
        for o in case.reading.openings
        if o.page == opening.page
        and scale
        and math.dist(o.at_pt, opening.at_pt) <= opening.width_ft * scale / 2
    ]
    return f", {min(near)[1]} read there" if near else ""
