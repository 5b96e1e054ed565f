"""Corrections of people, applied in the order they were made to every reading of the plan, and to its revisions.

Three places: scale and north before anything is measured (`with_answers`), rooms before their walls are worked out
(`room_corrections.edited`), facts and openings on the finished building (`corrected`). A correction whose target is no
longer there changes nothing and is reported.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import JsonValue

from autohvac.core.evidence import given
from blueprints.plan.building import Building, OpeningSpec, ReviewNote
from blueprints.plan.cleanup import edits
from blueprints.plan.cleanup.anchors import SAME_OPENING_FT, Labels, drawing_places, frame_of, levels_of
from blueprints.plan.cleanup.inputs import CleanupIn, CorrectionIn, plain
from blueprints.plan.cleanup.room_corrections import SOURCED, Edited

ANSWERS = ("north_deg", "front")
SCALE = "scale:"
UNMATCHED = "correction_unmatched"


# ---- before anything is measured -------------------------------------------------------------------
def with_answers(inp: CleanupIn) -> CleanupIn:
    """The input with people's scale and north among the answers: the last word on each."""
    answers = dict(inp.answers)
    for correction in inp.corrections:
        if correction.target_key != "facts":
            continue
        if correction.field in ANSWERS:
            answers[correction.field] = plain(correction.value)
        elif correction.field.startswith(SCALE):
            found = _scale_now(inp, correction)
            if found is not None:
                answers[found[0]] = found[1]
    return inp.model_copy(update={"answers": answers})


def _scale_now(inp: CleanupIn, correction: CorrectionIn) -> tuple[str, float] | None:
    """The drawing a scale was given for and the scale it has on this sheet; None when the drawing is not there."""
    value = float(plain(correction.value))
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
                facts[correction.field] = given(plain(correction.value))
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
    boxes = {(p.number, i): d.bbox for p in inp.pages.pages for i, d in enumerate(p.drawings)}
    named = [drawing_places(inp.text.labels, lv.page, boxes[lv.page, lv.drawing]) for lv in building.levels]
    levels = [(level.index, labels) for level, labels in zip(building.levels, named, strict=True)]
    storey = {room.id: room.level for room in building.rooms}

    def find(correction: CorrectionIn) -> str | None:
        anchor = correction.anchor
        if anchor is None or anchor.at_pt is None:
            return correction.target_key
        for number in levels_of(anchor, levels):
            level = building.levels[number]
            at = frame_of(anchor, named[number]).point(anchor.at_pt)
            near = [
                (min(math.dist(at, p) for p in (o.at_pt, done.origins.get(o.id, o.at_pt))), o.id)
                for o in building.openings
                if o.page == level.page and storey.get(o.room or "", level.name) == level.name
            ]
            best = min(near, default=(math.inf, ""))
            if best[0] * level.scale.feet_per_point <= SAME_OPENING_FT:
                return best[1]
        return None

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
            value = given(float(plain(value)), unit=SOURCED[name])
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
