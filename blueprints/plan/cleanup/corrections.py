"""Corrections of people, applied in the order they were made to every reading of the plan, and to its revisions.

Three places: scale and north before anything is measured (`with_answers`), rooms before their walls are worked out
(`edited`), facts and openings on the finished building (`corrected`). A correction whose target is no longer there
changes nothing and is reported.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue, ValidationError

from autohvac.core.evidence import Point, given
from blueprints.plan.building import Building, OpeningSpec, ReviewNote
from blueprints.plan.cleanup import edits
from blueprints.plan.cleanup.anchors import (
    SAME_OPENING_FT,
    SURELY_SAME_IOU,
    Frame,
    find_room,
    frame_of,
    places,
    room_like,
)
from blueprints.plan.cleanup.edits import Draft
from blueprints.plan.cleanup.inputs import Anchor, CleanupIn, CorrectionIn
from blueprints.plan.cleanup.outlines import CannotEdit, halves, joined
from blueprints.plan.cleanup.relink import finished
from blueprints.plan.cleanup.surfaces import LevelParts
from blueprints.plan.model import RoomLabel
from blueprints.plan.text.rooms import conditioned

SOURCED = {
    "area_sqft": "ft²",
    "ceiling_height_ft": "ft",
    "width_ft": "ft",
    "height_ft": "ft",
    "u_factor": "Btu/h·ft²·°F",
    "shgc": "",
}
ROOM_FIELDS = ("name", "type", "conditioned", "area_sqft", "ceiling_height_ft")
OUTLINE_FIELDS = ("split", "merge", "edge", "deleted")
NEW_FIELDS = ("room", "opening")
ANSWERS = ("north_deg", "front")
SCALE = "scale:"
UNMATCHED = "correction_unmatched"
Labels = tuple[tuple[str, Point], ...]


# ---- before anything is measured -------------------------------------------------------------------
def with_answers(inp: CleanupIn) -> CleanupIn:
    """The input with people's scale and north among the answers: the last word on each."""
    answers = dict(inp.answers)
    for correction in inp.corrections:
        if correction.target_key != "facts":
            continue
        if correction.field in ANSWERS:
            answers[correction.field] = _plain(correction.value)
        elif correction.field.startswith(SCALE):
            found = _scale_now(inp, correction)
            if found is not None:
                answers[found[0]] = found[1]
    return inp.model_copy(update={"answers": answers})


def _scale_now(inp: CleanupIn, correction: CorrectionIn) -> tuple[str, float] | None:
    """The drawing a scale was given for and the scale it has on this sheet; None when the drawing is not there."""
    value = float(_plain(correction.value))
    anchor = correction.anchor
    if anchor is None or not anchor.labels:
        return correction.field, value
    wanted = {name for name, _ in anchor.labels}
    best = max(
        ((len(wanted & {name for name, _ in labels}), field, labels) for field, labels in _drawings(inp)),
        key=lambda found: found[0],
        default=(0, "", ()),
    )
    if best[0] * 2 < len(wanted):
        return None
    return best[1], value / frame_of(anchor, best[2]).ratio


def _drawings(inp: CleanupIn) -> list[tuple[str, Labels]]:
    return [
        (f"{SCALE}{page.number}:{index}", drawing_places(inp.text.labels, page.number, drawing.bbox))
        for page in inp.pages.pages
        for index, drawing in enumerate(page.drawings)
        if drawing.kind == "floor_plan"
    ]


def drawing_places(labels: Sequence[RoomLabel], page: int, box: tuple[float, float, float, float]) -> Labels:
    """The names on one drawing that stand there once, with where."""
    x0, y0, x1, y1 = box
    return places(
        lb for lb in labels if lb.page == page and x0 <= lb.at_pt[0] <= x1 and y0 <= lb.at_pt[1] <= y1
    )


# ---- rooms, before their walls are worked out ------------------------------------------------------
@dataclass
class Edited:
    """Levels after the corrections of their rooms.

    `settled`: fields that need no look any more, `KEY.` for a whole room. `lost`: what no longer matches. `handled`: the
    corrections (by their place in the order) that were of rooms. `origins`: where openings lay before a wall was moved.
    """

    parts: list[LevelParts]
    settled: set[str] = field(default_factory=set)
    lost: list[CorrectionIn] = field(default_factory=list)
    handled: set[int] = field(default_factory=set)
    origins: dict[str, Point] = field(default_factory=dict)

    def open(self, notes: Sequence[ReviewNote]) -> list[ReviewNote]:
        """The notes that are not settled."""
        return [
            n
            for n in notes
            if n.field not in self.settled and f"{n.field.split('.')[0]}." not in self.settled
        ]


def edited(parts: Sequence[LevelParts], inp: CleanupIn) -> Edited:
    """All levels with the corrections of their rooms applied in their order."""
    drafts = [Draft.of(level) for level in parts]
    boxes = {(p.number, i): d.bbox for p in inp.pages.pages for i, d in enumerate(p.drawings)}
    named = [
        drawing_places(inp.text.labels, p.level.page, boxes[p.level.page, p.level.drawing]) for p in parts
    ]
    done = Edited([])
    heated: set[str] = set()
    for number, correction in enumerate(inp.corrections):
        if not _of_rooms(correction, drafts):
            continue
        done.handled.add(number)
        if not any(
            _apply_room(draft, labels, correction, done, heated)
            for draft, labels in zip(drafts, named, strict=True)
            if correction.anchor is None or correction.anchor.level == draft.parts.level.index
        ):
            done.lost.append(correction)
    for draft in drafts:
        before = {o.id: o.at_pt for o in draft.parts.geometry.openings}
        done.origins |= {o.id: before[o.id] for o in draft.openings if o.at_pt != before[o.id]}
        done.parts.append(finished(draft))
    return done


def _of_rooms(correction: CorrectionIn, drafts: Sequence[Draft]) -> bool:
    if correction.target_key == "facts":
        return False
    if correction.field in NEW_FIELDS or (correction.anchor is not None and correction.anchor.polygon_pt):
        return True
    return any(correction.target_key in draft.rooms for draft in drafts)


def _apply_room(
    draft: Draft, labels: Labels, correction: CorrectionIn, done: Edited, heated: set[str]
) -> bool:
    """Apply one correction to one level; False when its target is not there or the edit makes no room."""
    frame = frame_of(correction.anchor, labels) if correction.anchor is not None else Frame()
    try:
        if correction.field in NEW_FIELDS:
            return _add(draft, correction, frame)
        if correction.field == "split" and _was_split(draft, correction, frame):
            return True
        key = _target(draft, correction.target_key, correction.anchor, frame)
        if key is None:
            return correction.field == "merge" and _was_merged(draft, correction, frame)
        settled = _change(draft, key, correction, frame, heated)
    except (CannotEdit, ValidationError):
        return False
    done.settled |= settled
    return True


def _target(draft: Draft, key: str, anchor: Anchor | None, frame: Frame) -> str | None:
    if anchor is None or not anchor.polygon_pt:
        return key if key in draft.rooms else None
    return find_room(anchor, frame, draft.shapes, draft.names)


def _add(draft: Draft, correction: CorrectionIn, frame: Frame) -> bool:
    if correction.field == "room":
        value = edits.RoomValue.model_validate(correction.value)
        there = room_like(frame.polygon(value.polygon_pt), draft.shapes)
        if there is not None:  # the revised plan shows it, or the reader has learnt to see it
            edits.name_part(draft, there, edits.Part(key=there, name=value.name, type=value.type))
        else:
            edits.add_room(draft, correction.target_key, value, frame)
    else:
        opening = edits.OpeningValue.model_validate(correction.value)
        near = SAME_OPENING_FT / 2 / draft.feet
        place = frame.point(opening.at_pt)
        if not any(o.kind == opening.kind and math.dist(o.at_pt, place) <= near for o in draft.openings):
            edits.add_opening(draft, correction.target_key, opening, frame)
    return True


def _change(draft: Draft, key: str, correction: CorrectionIn, frame: Frame, heated: set[str]) -> set[str]:
    """One correction of one room; the review fields it settles."""
    name = correction.field
    if name == "split":
        edits.split_room(draft, key, edits.SplitValue.model_validate(correction.value), frame)
        return {f"{key}."}
    if name == "merge":
        keys = _merged_keys(draft, key, correction, frame)
        edits.merge_rooms(draft, keys)
        return {f"{k}." for k in keys}
    if name == "edge":
        edits.move_edge(draft, key, edits.EdgeValue.model_validate(correction.value), frame)
        return {f"{key}.area_sqft"}
    if name == "deleted":
        if correction.value:
            edits.remove_room(draft, key)
        return {f"{key}."}
    if name in ROOM_FIELDS:
        _set_field(draft, key, name, correction.value, heated)
    return {f"{key}.{name}"}


def _set_field(draft: Draft, key: str, name: str, value: JsonValue, heated: set[str]) -> None:
    """A corrected use brings its usual heating; a correction of `conditioned` itself is stronger."""
    update: dict[str, Any] = {name: value, "confidence": 1.0}
    if name in SOURCED:
        update[name] = given(float(_plain(value)), unit=SOURCED[name])
    if name == "conditioned":
        heated.add(key)
    if name == "type" and key not in heated:
        update["conditioned"] = conditioned(value)  # type: ignore[arg-type]  # a RoomType word, checked where it came in
    draft.rooms[key] = draft.rooms[key].model_copy(update=update)


def _plain(value: JsonValue) -> Any:
    """A number or word; corrections are checked where they are recorded."""
    return value


def _merged_keys(draft: Draft, key: str, correction: CorrectionIn, frame: Frame) -> list[str]:
    keys = [key]
    for other in edits.MergeValue.model_validate(correction.value).rooms:
        found = room_like(frame.polygon(other.polygon_pt), draft.shapes)
        if found is None or found in keys:
            raise CannotEdit("a room to merge is not there")
        keys.append(found)
    return keys


def _was_split(draft: Draft, correction: CorrectionIn, frame: Frame) -> bool:
    """The plan now shows both parts as rooms of their own: only their names are still to be given."""
    if correction.anchor is None or not correction.anchor.polygon_pt:
        return False
    value = edits.SplitValue.model_validate(correction.value)
    whole = frame.polygon(correction.anchor.polygon_pt)
    parts = halves(whole, [frame.point(p) for p in value.line])
    found = [room_like(part, draft.shapes, least=SURELY_SAME_IOU) for part in parts]
    if found[0] is None or found[1] is None or found[0] == found[1]:
        return False
    for key, part in zip(found, value.parts, strict=True):
        edits.name_part(draft, str(key), part)
    return True


def _was_merged(draft: Draft, correction: CorrectionIn, frame: Frame) -> bool:
    """The plan now shows the merged room as one."""
    if correction.anchor is None:
        return False
    value = edits.MergeValue.model_validate(correction.value)
    outlines = [correction.anchor.polygon_pt, *(other.polygon_pt for other in value.rooms)]
    whole = joined([frame.polygon(p) for p in outlines], widest_gap=edits.WALL_FT / draft.feet)
    return room_like(whole, draft.shapes, least=SURELY_SAME_IOU) is not None


# ---- facts and openings, on the finished building --------------------------------------------------
def corrected(building: Building, inp: CleanupIn, done: Edited) -> Building:
    """The building with facts and openings corrected, settled notes gone and lost corrections reported."""
    openings = {opening.id: opening for opening in building.openings}
    facts = dict(building.facts)
    lost = list(done.lost)
    added = {c.target_key: c.value for c in inp.corrections if c.field == "opening"}
    for key in openings.keys() & added.keys():
        openings[key] = _with_height(openings[key], added[key])
    find = _opening_finder(building, inp, done)
    for number, correction in enumerate(inp.corrections):
        if correction.target_key == "facts":
            if correction.field not in ANSWERS and not correction.field.startswith(SCALE):
                facts[correction.field] = given(_plain(correction.value))
            elif correction.field.startswith(SCALE) and _scale_now(inp, correction) is None:
                lost.append(correction)
        elif number not in done.handled:
            _apply_opening(openings, find(correction), correction, lost)
    kept = _with_rooms(openings.values(), building)
    return building.model_copy(
        update={
            "openings": kept,
            "facts": facts,
            "review": (*done.open(building.review), *(_lost_note(c) for c in _once(lost))),
        }
    )


def _with_height(opening: OpeningSpec, value: JsonValue) -> OpeningSpec:
    given_ = edits.OpeningValue.model_validate(value)
    update: dict[str, Any] = {"width_ft": given(given_.width_ft, unit="ft"), "confidence": 1.0}
    if given_.height_ft is not None:
        update["height_ft"] = given(given_.height_ft, unit="ft")
    return opening.model_copy(update=update)


Finder = Callable[[CorrectionIn], str | None]


def _opening_finder(building: Building, inp: CleanupIn, done: Edited) -> Finder:
    levels = {level.index: level for level in building.levels}
    boxes = {(p.number, i): d.bbox for p in inp.pages.pages for i, d in enumerate(p.drawings)}

    def find(correction: CorrectionIn) -> str | None:
        anchor = correction.anchor
        if anchor is None or anchor.at_pt is None:
            return correction.target_key
        level = levels.get(anchor.level)
        if level is None:
            return None
        now = drawing_places(inp.text.labels, level.page, boxes[level.page, level.drawing])
        at = frame_of(anchor, now).point(anchor.at_pt)
        near = [
            (min(math.dist(at, p) for p in (o.at_pt, done.origins.get(o.id, o.at_pt))), o.id)
            for o in building.openings
            if o.page == level.page
        ]
        best = min(near, default=(math.inf, ""))
        return best[1] if best[0] * level.scale.feet_per_point <= SAME_OPENING_FT else None

    return find


def _apply_opening(
    openings: dict[str, OpeningSpec], key: str | None, correction: CorrectionIn, lost: list[CorrectionIn]
) -> None:
    name = correction.field
    if key is None or key not in openings:
        lost.append(correction)
    elif name == "deleted":
        if correction.value:
            del openings[key]
    elif name in OpeningSpec.model_fields:
        value: Any = correction.value
        if name in SOURCED:
            value = given(float(_plain(value)), unit=SOURCED[name])
        openings[key] = openings[key].model_copy(update={name: value, "confidence": 1.0})


def _with_rooms(openings: Any, building: Building) -> tuple[OpeningSpec, ...]:
    rooms = {room.id for room in building.rooms}
    return tuple(o for o in openings if o.room is None or o.room in rooms)


def _once(lost: Sequence[CorrectionIn]) -> list[CorrectionIn]:
    kept: dict[str, CorrectionIn] = {}
    for correction in lost:
        kept.setdefault(correction.id or f"{correction.target_key}.{correction.field}", correction)
    return list(kept.values())


def _lost_note(correction: CorrectionIn) -> ReviewNote:
    return ReviewNote(
        field=f"correction:{correction.id or correction.target_key}.{correction.field}", reason=UNMATCHED
    )
