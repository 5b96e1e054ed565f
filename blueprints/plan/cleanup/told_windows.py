"""Windows known by a mark or size code outside an outer wall in which no opening was seen.

Some sheets draw windows so that nothing tells them from the wall. A code such as `3040SH` is a window wherever it stands; a
schedule's mark is one where no more of it stand beside walls than the schedule counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shapely.geometry import Point as Dot
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from autohvac.core.evidence import Point, Where
from blueprints.plan.building import ReviewNote
from blueprints.plan.cleanup.confidence import BY_MARK
from blueprints.plan.cleanup.surfaces import LevelParts
from blueprints.plan.cleanup.tags import GLAZED, LOOSE
from blueprints.plan.model import EdgePt, FacePt, OpeningPt, ScheduleRow, Word
from blueprints.plan.text.opening_sizes import code_size_ft, names_kind

REACH_FT = 4.0  # from the inside face of the wall to the middle of the mark
WALL_FT = 0.5
SHUT_FT = 3.0  # half of what may be open between rooms that were read
LEAST_SHARE = 0.75  # of the window's width: a room's outline may step into the wall there
OPEN_AIR = ("porch", "patio", "deck")
SURE = 0.9  # of OCR, for what nothing drawn confirms
CONFIDENCE = 0.75
DOOR_FT = 6.5  # glass as high is a door


@dataclass(frozen=True)
class _Told:
    """A mark with the piece of outer wall beside it, where its window starts and ends, and its row."""

    row: ScheduleRow
    where: Where
    face: FacePt
    axis: tuple[Point, Point]


def told_windows(
    levels: Sequence[LevelParts], words: Sequence[Word], schedule: Sequence[ScheduleRow]
) -> tuple[list[LevelParts], list[ScheduleRow], list[ReviewNote]]:
    """The levels with the windows that only marks tell of, the rows of codes among them, and what to verify."""
    listed = {row.mark: row for row in schedule if row.kind == "window" and row.width_ft is not None}
    told = [_on_level(parts, words, listed) for parts in levels]
    drawn = Counter(o.tag for parts in levels for o in parts.geometry.openings if o.kind in GLAZED)
    count = drawn + Counter(item.row.mark for items in told for item in items)
    kept = [[item for item in items if _counted(item.row, count)] for items in told]
    coded = {item.row.mark: item.row for items in kept for item in items if item.row.mark not in listed}
    read = [_with(parts, items) for parts, items in zip(levels, kept, strict=True)]
    return read, list(coded.values()), _to_verify([item for items in kept for item in items])


def _to_verify(told: Sequence[_Told]) -> list[ReviewNote]:
    """An item for each mark."""
    count = Counter(item.row.mark for item in told)
    places = {item.row.mark: item.where for item in reversed(told)}
    reason = "told by marks beside outer walls, not seen in the drawing"
    return [
        ReviewNote(field=f"windows:{mark}", reason=f"window {mark} ({number}): {reason}", where=places[mark])
        for mark, number in count.items()
    ]


def _counted(row: ScheduleRow, count: Counter[str]) -> bool:
    return names_kind(row.mark) or (row.quantity is not None and count[row.mark] <= row.quantity)


def _on_level(parts: LevelParts, words: Sequence[Word], listed: dict[str, ScheduleRow]) -> list[_Told]:
    open_air = _open_air(parts)
    indoors = [face for face in parts.geometry.faces if face.id not in open_air]
    house = _house(indoors, shut_pt=SHUT_FT / parts.level.scale.feet_per_point)
    used = _used(parts, words)
    found: list[_Told] = []
    for number, word in enumerate(words):
        if word.page != parts.level.page or number in used or word.confidence < SURE:
            continue
        row = _row(word, listed)
        if row is None or house.contains(Dot(_middle(word))):
            continue
        told = _beside_wall(word, row, indoors, open_air, feet=parts.level.scale.feet_per_point)
        if told is not None and _free(told, parts, found):
            found.append(told)
    return found


def _house(faces: Sequence[FacePt], *, shut_pt: float) -> BaseGeometry:
    """All that lies within the outer walls, rooms that were not read as well."""
    rooms = unary_union([Polygon(face.polygon_pt).buffer(shut_pt, join_style="mitre") for face in faces])
    whole = [Polygon(part.exterior) for part in getattr(rooms, "geoms", [rooms]) if isinstance(part, Polygon)]
    return unary_union(whole).buffer(-shut_pt, join_style="mitre")


def _row(word: Word, listed: dict[str, ScheduleRow]) -> ScheduleRow | None:
    text = word.text.strip(LOOSE)
    size = code_size_ft(text) if names_kind(text) else None
    if text in listed or size is None:
        return listed.get(text)
    where = Where(page=word.page, bbox=word.bbox)
    return ScheduleRow(kind="window", mark=text, width_ft=size[0], height_ft=size[1], where=where)


def _used(parts: LevelParts, words: Sequence[Word]) -> set[int]:
    """The words that are the marks of openings: of each the nearest."""
    used: set[int] = set()
    for opening in parts.geometry.openings:
        same = [
            (math.dist(_middle(word), opening.at_pt), number)
            for number, word in enumerate(words)
            if opening.tag and word.page == parts.level.page and word.text.strip(LOOSE) == opening.tag
        ]
        used |= {number for _, number in sorted(same)[:1]}
    return used


def _middle(word: Word) -> Point:
    return (word.bbox[0] + word.bbox[2]) / 2, (word.bbox[1] + word.bbox[3]) / 2


def _open_air(parts: LevelParts) -> set[str]:
    """Faces that are outdoors: what lies between them and a room is an outer wall."""
    return {parts.cells[room.id].face.id for room in parts.rooms if room.type in OPEN_AIR}


def _outer_edges(faces: Sequence[FacePt], open_air: set[str]) -> list[tuple[FacePt, EdgePt]]:
    beyond = {"outside", *open_air}
    return [(face, edge) for face in faces for edge in face.edges if edge.beyond in beyond]


def _beside_wall(
    word: Word, row: ScheduleRow, faces: Sequence[FacePt], open_air: set[str], *, feet: float
) -> _Told | None:
    """The window in the nearest outer wall that runs past the mark and is long enough."""
    at, where = _middle(word), Where(page=word.page, bbox=word.bbox)
    wide = (row.width_ft or 0.0) / feet
    best: tuple[float, _Told] | None = None
    for face, edge in _outer_edges(faces, open_air):
        length = math.dist(edge.start, edge.end)
        if length < LEAST_SHARE * wide:
            continue
        along = ((edge.end[0] - edge.start[0]) / length, (edge.end[1] - edge.start[1]) / length)
        away = (at[0] - edge.start[0], at[1] - edge.start[1])
        place = away[0] * along[0] + away[1] * along[1]
        aside = away[0] * along[1] - away[1] * along[0]
        if not 0 <= place <= length or abs(aside) * feet > REACH_FT or (best and best[0] <= abs(aside)):
            continue
        middle = min(max(place, wide / 2), length - wide / 2) if length > wide else length / 2
        off = math.copysign(WALL_FT / 2 / feet, aside)
        best = abs(aside), _Told(row, where, face, _axis(edge.start, along, middle, wide, off))
    return best[1] if best is not None else None


def _axis(start: Point, along: Point, middle: float, wide: float, off: float) -> tuple[Point, Point]:
    """Jamb to jamb in the middle of the wall, which lies toward the mark."""
    x, y = start[0] + along[1] * off, start[1] - along[0] * off
    ends = (middle - wide / 2, middle + wide / 2)
    return (x + along[0] * ends[0], y + along[1] * ends[0]), (x + along[0] * ends[1], y + along[1] * ends[1])


def _free(told: _Told, parts: LevelParts, others: Sequence[_Told]) -> bool:
    """True where no other window or door stands at the place."""
    middle, wide = _centre(told.axis), math.dist(*told.axis)
    taken = [(o.at_pt, o.width_pt) for o in parts.geometry.openings if o.kind != "opening"]
    taken += [(_centre(other.axis), math.dist(*other.axis)) for other in others]
    return all(math.dist(middle, at) >= 0.4 * (wide + width) for at, width in taken)


def _centre(axis: tuple[Point, Point]) -> Point:
    return (axis[0][0] + axis[1][0]) / 2, (axis[0][1] + axis[1][1]) / 2


def _with(parts: LevelParts, told: Sequence[_Told]) -> LevelParts:
    name = f"p{parts.geometry.page}d{parts.geometry.drawing + 1}m"
    new = [
        OpeningPt(
            id=f"{name}{number + 1}", kind="glass_door" if (item.row.height_ft or 0.0) >= DOOR_FT else "window",
            at_pt=_centre(item.axis), width_pt=math.dist(*item.axis), axis=item.axis, rooms=(item.face.id, None),
            exterior=True, tag=item.row.mark, confidence=CONFIDENCE, why=(BY_MARK,),
        )
        for number, item in enumerate(told)
    ]  # fmt: skip
    openings = (*parts.geometry.openings, *new)
    return replace(parts, geometry=parts.geometry.model_copy(update={"openings": openings}))
