"""M8: windows and doors found, their widths, their counts, and the glass that faces each way.

An opening is the same when its kind agrees and the centres lie within max(1 ft, 0.35 of the width) by the true scale.
Doors are swing, sliding and glass doors alike. Garage doors and cased openings are neither found nor missed; a door read in
the place of one is no mistake of kind.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from blueprints.score.model import Pane, ReadOpening, TruthOpening, TruthRoom
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Samples, Values, f1, share

NEAREST_FT, WIDTH_SHARE = 1.0, 0.35
FAR = 1e6
CLASSES = ("window", "door_ext", "door_int")
IGNORED = ("garage", "cased", "skylight")
GLASS = ("window", "glass_door")


@dataclass(frozen=True)
class Matched:
    """Openings of one class: pairs, what was missed, what was read without being there."""

    pairs: tuple[tuple[TruthOpening, ReadOpening], ...]
    missed: tuple[TruthOpening, ...]
    extra: tuple[ReadOpening, ...]


def opening_samples(case: Case) -> Samples:
    """M8."""
    if case.truth.openings is None:
        return _counted(case)
    samples: Samples = {}
    widths: list[float] = []
    for name in CLASSES:
        found = matched(case, name)
        samples[f"M8.{name}_f1"] = f1(
            matched=len(found.pairs), missed=len(found.missed), extra=len(found.extra)
        )
        samples[f"M8.{name}_precision"] = Ratio(len(found.pairs), len(found.pairs) + len(found.extra))
        samples[f"M8.{name}_recall"] = Ratio(len(found.pairs), len(found.pairs) + len(found.missed))
        widths += [abs(r.width_ft / t.width_ft - 1) for t, r in found.pairs if r.width_ft is not None]
    samples["M8.width_error"] = Values(tuple(widths), "median")
    samples["M8.window_door_f1"] = _together(case)
    return samples | _exact_counts(case) | _by_room(case) | _glass(case)


def class_of(opening: TruthOpening) -> str:
    """window, door_ext, door_int, or a kind that is not counted."""
    if opening.kind in IGNORED:
        return opening.kind
    if opening.kind == "window":
        return "window"
    return "door_ext" if opening.exterior else "door_int"


def class_read(opening: ReadOpening) -> str:
    """The class of a read opening."""
    if opening.kind == "window":
        return "window"
    if opening.kind not in ("door", "glass_door"):
        return opening.kind
    return "door_ext" if opening.exterior else "door_int"


def matched(case: Case, name: str) -> Matched:
    """Openings of a class matched; reads in the place of an uncounted opening are left out."""
    openings = case.truth.openings or ()
    true = [o for o in openings if class_of(o) == name]
    read = [o for o in case.reading.openings if class_read(o) == name]
    pairs = _assigned(case, true, read)
    hit_true, hit_read = {id(t) for t, _ in pairs}, {r.id for _, r in pairs}
    ignored = [o for o in openings if o.kind in IGNORED]
    left = [r for r in read if r.id not in hit_read]
    near = {r.id for _, r in _assigned(case, ignored, left)}
    return Matched(
        pairs=tuple(pairs),
        missed=tuple(t for t in true if id(t) not in hit_true),
        extra=tuple(r for r in left if r.id not in near),
    )


def _assigned(
    case: Case, true: Sequence[TruthOpening], read: Sequence[ReadOpening]
) -> list[tuple[TruthOpening, ReadOpening]]:
    if not true or not read:
        return []
    table = np.array([[_distance(case, t, r) for r in read] for t in true])
    rows, columns = linear_sum_assignment(table)
    return [(true[r], read[c]) for r, c in zip(rows, columns, strict=True) if table[r, c] < FAR]


def _distance(case: Case, true: TruthOpening, read: ReadOpening) -> float:
    """Feet between the centres by the true scale; FAR beyond the limit."""
    scale = next((v.pt_per_ft for v in case.truth.viewports if v.page == true.page), None)
    if true.page != read.page or not scale:
        return FAR
    feet = math.dist(true.at_pt, read.at_pt) / scale
    return feet if feet <= max(NEAREST_FT, WIDTH_SHARE * true.width_ft) + 1e-9 else FAR


def _together(case: Case) -> Ratio:
    parts = [matched(case, name) for name in CLASSES]
    return f1(
        matched=sum(len(p.pairs) for p in parts),
        missed=sum(len(p.missed) for p in parts),
        extra=sum(len(p.extra) for p in parts),
    )


def _exact_counts(case: Case) -> Samples:
    samples: Samples = {}
    for name in CLASSES:
        true = sum(class_of(o) == name for o in case.truth.openings or ())
        read = _read_of(case, name)
        samples[f"M8.{name}_count_exact"] = share([true == read])
        samples[f"M8.{name}_count_error"] = Values((abs(read - true),), "mean")
    return samples


def _read_of(case: Case, name: str) -> int:
    """How many openings of a class were read; doors in the place of a garage door or cased opening are not counted."""
    if name == "window":
        return sum(class_read(o) == name for o in case.reading.openings)
    found = matched(case, name)
    return len(found.pairs) + len(found.extra)


def _by_room(case: Case) -> Samples:
    """Windows counted room by room; a room that was not found has none right unless it has none."""
    rooms = [room for room in case.truth.conditioned if room.windows is not None]
    return {"M8.window_count_exact_by_room": share(_same_count(case, room) for room in rooms)}


def _same_count(case: Case, room: TruthRoom) -> bool:
    pair = case.matching.pair_of(room)
    if pair is None:
        return False
    read = sum(o.kind == "window" and o.exterior and o.room == pair.read.id for o in case.reading.openings)
    return read == sum(len(truth.windows or ()) for truth in pair.truths)


def octant(azimuth_deg: float) -> int:
    """0 is north, 2 east, 4 south, 6 west; each 45° wide."""
    return round((azimuth_deg % 360) / 45) % 8


def _glass(case: Case) -> Samples:
    """Glass area per octant of the whole house; directions by the true north, so that north is scored once."""
    if not case.truth.north_shown:
        return {}
    true, read = np.zeros(8), np.zeros(8)
    for room in case.truth.conditioned:
        for pane in (*(room.windows or ()), *(room.doors or ())):
            true[octant(pane.facing_deg)] += _pane_sqft(pane)
    rooms = {room.id for room in case.reading.conditioned}
    for opening in case.reading.openings:
        facing = azimuth(case, opening.level, opening.facing_page_deg)
        if opening.kind in GLASS and opening.exterior and opening.room in rooms and facing is not None:
            read[octant(facing)] += (opening.width_ft or 0.0) * (opening.height_ft or 0.0)
    return {"M8.glass_by_octant": Ratio(float(np.abs(read - true).sum()), float(true.sum()))}


def _pane_sqft(pane: Pane) -> float:
    return pane.width_ft * (pane.height_ft or 0.0) if pane.glass else 0.0


def azimuth(case: Case, level: int, page_deg: float | None) -> float | None:
    """A direction of the page as an azimuth, by the true north of the drawing the level answers."""
    view = case.views.get(level)
    if page_deg is None or view is None:
        return None
    north = case.truth.viewports[view].north_page_deg
    return None if north is None else (page_deg - north) % 360


def _counted(case: Case) -> Samples:
    """Plans with counts per storey only: exact, and within 10 % or one window."""
    samples: Samples = {}
    for name, attribute in (("window", "windows"), ("door_ext", "doors")):
        counts = [getattr(view, attribute) for view in case.truth.viewports]
        if not counts or any(count is None for count in counts):
            continue
        true = sum(counts)
        read = sum(class_read(o) == name and o.exterior for o in case.reading.openings)
        samples[f"M8.{name}_count_exact"] = share([true == read])
        samples[f"M8.{name}_count_close"] = share([abs(true - read) <= max(1.0, 0.1 * true)])
        samples[f"M8.{name}_count_error"] = Values((abs(read - true),), "mean")
    return samples
