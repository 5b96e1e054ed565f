"""Corrections of rooms, in their order, before walls, ceilings and floors are worked out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue, ValidationError

from autohvac.core.evidence import Point, given
from blueprints.plan.building import ReviewNote
from blueprints.plan.cleanup import edits
from blueprints.plan.cleanup.anchors import (
    SAME_OPENING_FT,
    SURELY_SAME_IOU,
    Frame,
    Labels,
    drawing_places,
    find_room,
    frame_of,
    levels_of,
    room_like,
)
from blueprints.plan.cleanup.edits import Draft
from blueprints.plan.cleanup.inputs import Anchor, CleanupIn, CorrectionIn, plain
from blueprints.plan.cleanup.outlines import CannotEdit, halves, joined
from blueprints.plan.cleanup.relink import finished
from blueprints.plan.cleanup.surfaces import LevelParts
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
        levels = [(draft.parts.level.index, labels) for draft, labels in zip(drafts, named, strict=True)]
        where = range(len(drafts)) if correction.anchor is None else levels_of(correction.anchor, levels)
        if not any(_apply_room(drafts[n], named[n], correction, done, heated) for n in where):
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
        update[name] = given(float(plain(value)), unit=SOURCED[name])
    if name == "conditioned":
        heated.add(key)
    if name == "type" and key not in heated:
        update["conditioned"] = conditioned(value)  # type: ignore[arg-type]  # a RoomType word, checked where it came in
    draft.rooms[key] = draft.rooms[key].model_copy(update=update)


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
