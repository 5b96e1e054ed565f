"""Openings by what stands beside them: marks of schedules, sizes as codes, and the garage behind a wide one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autohvac.core.evidence import Where
from blueprints.plan.cleanup.confidence import ADDED
from blueprints.plan.cleanup.listed import NOMINAL, fits, row_of
from blueprints.plan.cleanup.size_pairs import pair_size_ft
from blueprints.plan.cleanup.surfaces import LevelParts, to_the_open
from blueprints.plan.model import OpeningKind, OpeningPt, ScheduleRow, Word
from blueprints.plan.text.opening_sizes import code_size_ft, names_kind

MARK = re.compile(r"^[A-Z]$|^[A-Z]?\d{1,2}[A-Z]?$")
LOOSE = "<>() "
REACH_FT = 5.0
CODE_FITS = KIND_FITS = 0.12
FEWEST_CODES, MOST_FIT = (
    2,
    0.6,
)  # how many, and what share, of codes beside openings must fit for any to be believed
GLAZED = ("window", "glass_door")
GARAGE_DOOR_FT = 7.0
DOOR_FT = 6.0  # what is as high is a door


def marked(
    levels: Sequence[LevelParts], words: Sequence[Word], schedule: Sequence[ScheduleRow]
) -> list[LevelParts]:
    """The levels with each opening's mark, and its kind as the schedule that lists it says."""
    opened = [_with_openings(p, [to_the_open(o, p) for o in p.geometry.openings]) for p in levels]
    tags = opening_tags(words, opened, schedule)
    return [
        _with_openings(parts, [_settled(o, parts, schedule, tags) for o in parts.geometry.openings])
        for parts in opened
    ]


def _with_openings(parts: LevelParts, openings: Sequence[OpeningPt]) -> LevelParts:
    return replace(parts, geometry=parts.geometry.model_copy(update={"openings": tuple(openings)}))


def _settled(
    opening: OpeningPt, parts: LevelParts, schedule: Sequence[ScheduleRow], tags: dict[str, str]
) -> OpeningPt:
    tag = tags.get(opening.id, opening.tag)
    if ADDED in opening.why:
        return opening.model_copy(update={"tag": tag})
    drawn = opening.width_pt * parts.level.scale.feet_per_point
    row = row_of(tag, opening.kind, schedule, drawn_ft=drawn)
    kind = _listed_kind(opening, row.kind) if row else opening.kind
    if kind == "window" and _is_garage_door(opening, parts):
        kind = "door"
    return opening.model_copy(update={"tag": tag, "kind": kind})


def _listed_kind(opening: OpeningPt, listed: str) -> OpeningKind:
    """Sliders are drawn alike whether they are windows or doors, and what is thinly drawn looks like a gap: the list tells."""
    if listed == "window":
        return "window"
    if opening.kind == "opening":
        return "door"
    return "glass_door" if opening.kind == "window" else opening.kind


def _is_garage_door(opening: OpeningPt, parts: LevelParts) -> bool:
    """True for a wide one between a garage and outdoors: its panels are drawn as lines, as glass is."""
    if not opening.exterior or opening.width_pt * parts.level.scale.feet_per_point < GARAGE_DOOR_FT:
        return False
    beside = {room.type for room in parts.rooms if parts.cells[room.id].face.id in opening.rooms}
    return beside == {"garage"}


def opening_tags(
    words: Sequence[Word], levels: Sequence[LevelParts], schedule: Sequence[ScheduleRow] = ()
) -> dict[str, str]:
    """Opening id → mark: each mark goes to the nearest opening within reach whose drawn width is that of its row.

    Without a schedule for their kind, letters go to windows and numbers to doors.
    """
    found: dict[str, tuple[float, str]] = {}
    marks = {row.mark for row in schedule}
    for parts, word, text in _on_plans(words, levels):
        if not MARK.match(text) and text not in marks:
            continue
        feet = parts.level.scale.feet_per_point
        fitting = [o for o in parts.geometry.openings if _takes(o, text, schedule, feet)]
        near = _nearest(word, fitting, feet)
        if near is not None and near[0] < found.get(near[1].id, (math.inf, ""))[0]:
            found[near[1].id] = (near[0], text)
    return {opening: mark for opening, (_, mark) in found.items()}


def coded_rows(words: Sequence[Word], levels: Sequence[LevelParts]) -> list[ScheduleRow]:
    """Sizes printed as codes (`3040SH`, `2868`) beside openings as rows of a schedule, each under its code.

    Four digits may be anything: they are believed where most of those beside openings say the width that is drawn.
    """
    beside: list[tuple[bool, ScheduleRow]] = []
    for parts, word, text in _on_plans(words, levels):
        size = code_size_ft(text) or pair_size_ft(text)
        near = _nearest(word, parts.geometry.openings, parts.level.scale.feet_per_point) if size else None
        if size is None or near is None:
            continue
        drawn = near[1].width_pt * parts.level.scale.feet_per_point
        row = ScheduleRow(
            kind="window" if _is_window(near[1], text, height_ft=size[1]) else "door", mark=text,
            width_ft=size[0], height_ft=size[1], where=Where(page=word.page, bbox=word.bbox),
        )  # fmt: skip
        beside.append((fits(drawn, row, share=NOMINAL if pair_size_ft(text) else CODE_FITS), row))
    fitting = [row for fits, row in beside if fits]
    if len(fitting) < max(FEWEST_CODES, MOST_FIT * len(beside)):
        return []
    return list({(row.kind, row.mark): row for row in reversed(fitting)}.values())[::-1]


def _is_window(opening: OpeningPt, text: str, *, height_ft: float) -> bool:
    """What a size says of the opening beside it: of a gap in an outer wall its height tells."""
    low_gap = opening.kind == "opening" and opening.exterior and height_ft < DOOR_FT
    return opening.kind in GLAZED or names_kind(text) or (low_gap and pair_size_ft(text) is not None)


def _on_plans(words: Sequence[Word], levels: Sequence[LevelParts]) -> Iterator[tuple[LevelParts, Word, str]]:
    for parts in levels:
        for word in words:
            if word.page == parts.level.page:
                yield parts, word, word.text.strip(LOOSE)


def _nearest(
    word: Word, openings: Sequence[OpeningPt], feet_per_point: float
) -> tuple[float, OpeningPt] | None:
    """The opening nearest to a word, and how far it is [pt]; None beyond reach."""
    place = ((word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2)
    near = [(math.dist(place, opening.at_pt), opening) for opening in openings]
    best = min(near, key=lambda item: (item[0], item[1].id), default=None)
    return best if best is not None and best[0] * feet_per_point <= REACH_FT else None


def _takes(opening: OpeningPt, text: str, schedule: Sequence[ScheduleRow], feet_per_point: float) -> bool:
    """True when a text may be the mark of this opening."""
    if not any((row.kind == "door") == (opening.kind == "door") for row in schedule):
        return bool(MARK.match(text)) and (opening.kind in GLAZED) == text[0].isalpha()
    row = row_of(text, opening.kind, schedule, drawn_ft=opening.width_pt * feet_per_point)
    if row is None or (opening.kind == "opening" and not opening.exterior):
        return False
    own = row.kind == ("window" if opening.kind in GLAZED else opening.kind)
    return fits(opening.width_pt * feet_per_point, row, share=NOMINAL if own else KIND_FITS)
