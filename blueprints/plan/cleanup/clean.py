"""Stage 5: one Building from pages, geometry, text, answers and corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Sourced, derived
from blueprints.ai.apply import named_by_ai, suggestions
from blueprints.plan.building import Building, LevelSpec, OpeningSpec, Question, ReviewNote, RoomSpec
from blueprints.plan.cleanup.corrections import corrected, with_answers
from blueprints.plan.cleanup.facts import facts_of
from blueprints.plan.cleanup.inputs import CleanupIn, CorrectionIn
from blueprints.plan.cleanup.levels import Storeys, find_storeys, with_front
from blueprints.plan.cleanup.room_corrections import edited
from blueprints.plan.cleanup.rooms import rooms_of_level
from blueprints.plan.cleanup.schedule_counts import schedule_counts
from blueprints.plan.cleanup.size_pairs import size_pairs
from blueprints.plan.cleanup.surfaces import LevelParts, openings_of, surfaces_of
from blueprints.plan.cleanup.tags import coded_rows, marked
from blueprints.plan.cleanup.told_windows import told_windows

__all__ = ["CleanupIn", "CorrectionIn", "clean", "totals"]
AREA_AGREES = 0.05
FEW_ROOMS = 4
NAMED_SHARE = 0.2


def clean(inp: CleanupIn) -> Building:
    """The building as read. Raises RejectedInput `no_floor_plan` when no page shows one."""
    if not any(page.kind == "floor_plan" for page in inp.pages.pages):
        raise RejectedInput("no_floor_plan", pages=len(inp.pages.pages))
    inp = with_answers(inp)
    storeys = find_storeys(inp)
    read, review = _parts(inp, storeys)
    edits = edited(read, inp)
    words = (*inp.text.words, *size_pairs(inp.text.words))
    schedule = (*inp.text.schedule, *coded_rows(words, edits.parts))
    parts, coded, told = told_windows(marked(edits.parts, words, schedule), words, schedule)
    schedule = (*schedule, *coded)
    surfaces = surfaces_of(parts)
    openings = openings_of(parts, surfaces, schedule)
    facts, conflicts = facts_of(inp)
    rooms = [room for part in parts for room in part.rooms]
    facts |= _bedrooms(rooms, facts)
    levels = _oriented(inp, [part.level for part in parts], rooms, openings)
    building = Building(
        zip_code=inp.zip_code,
        levels=tuple(levels),
        rooms=tuple(rooms),
        surfaces=tuple(surfaces),
        openings=tuple(openings),
        schedule=schedule,
        facts=facts,
        questions=(*storeys.questions, *_questions(levels, rooms, storeys)),
        review=_unique(
            [
                *storeys.review,
                *suggestions(rooms, inp.proposal),
                *review,
                *conflicts,
                *_area_check(rooms, facts),
                *_names_unread(rooms),
                *told,
                *schedule_counts(inp.text.schedule, openings),
            ]
        ),
        issues=inp.plan.issues,
    )
    return corrected(building, inp, edits)


def _parts(inp: CleanupIn, storeys: Storeys) -> tuple[list[LevelParts], list[ReviewNote]]:
    parts, review = [], []
    for storey in storeys.found:
        if storey.level is None:
            continue
        found = rooms_of_level(inp, storey.level, storey.geometry, storey.info.bbox)
        rooms = [named_by_ai(room, inp.proposal) for room in found.rooms]
        parts.append(LevelParts(storey.level, storey.geometry, rooms, found.cells))
        review += found.review
    return parts, review


def _bedrooms(
    rooms: Sequence[RoomSpec], facts: Mapping[str, Sourced[float | str]]
) -> dict[str, Sourced[float | str]]:
    count = sum(room.type == "bedroom" for room in rooms)
    if "bedrooms" in facts or not count:
        return {}
    named = "counted on the plan"
    return {"bedrooms": derived(float(count), confidence=0.8, note=named)}


def _oriented(
    inp: CleanupIn, levels: Sequence[LevelSpec], rooms: Sequence[RoomSpec], openings: Sequence[OpeningSpec]
) -> list[LevelSpec]:
    front = inp.answers.get("front")
    return with_front(levels, str(front) if front else None, door_facing=_front_door(rooms, openings))


def _front_door(rooms: Sequence[RoomSpec], openings: Sequence[OpeningSpec]) -> float | None:
    entries = {room.id for room in rooms if room.type in ("entry", "living")}
    preferred = [room.id for room in rooms if room.type == "entry"]
    doors = [
        o
        for o in openings
        if o.exterior and o.kind == "door" and o.room in entries and o.facing_page_deg is not None
    ]
    doors.sort(key=lambda o: (o.room not in preferred, o.id))
    return doors[0].facing_page_deg if doors else None


def _questions(levels: Sequence[LevelSpec], rooms: Sequence[RoomSpec], storeys: Storeys) -> list[Question]:
    found = []
    if not rooms and not storeys.questions:
        found.append(
            Question(
                field="rooms", required=True,
                question="No closed room was found on the floor plan. Can you upload a vector PDF or a cleaner scan?",
                why="a load needs rooms, and rooms are never invented",
            )
        )  # fmt: skip
    if levels and any(not level.north_deg.known for level in levels):
        found.append(
            Question(
                field="front",
                question="Which way does the front door face?",
                options=("N", "NE", "E", "SE", "S", "SW", "W", "NW"),
                why="the sun on the windows decides the cooling load; until then the worst direction is used",
            )
        )  # fmt: skip
    return found


def _area_check(rooms: Sequence[RoomSpec], facts: Mapping[str, Sourced[float | str]]) -> list[ReviewNote]:
    stated = facts.get("stated_area_sqft")
    total = sum(room.area_sqft.value or 0.0 for room in rooms if room.conditioned)
    if stated is None or not isinstance(stated.value, float | int) or not total:
        return []
    # A stated area counts walls and stairs; rooms alone make up about nine tenths of it.
    if 0.80 <= total / stated.value <= 1 + AREA_AGREES:
        return []
    reason = f"rooms add up to {total:.0f} ft², the sheets state {stated.value:.0f} ft²"
    return [ReviewNote(field="totals.conditioned_sqft", reason=reason, where=stated.where)]


def _names_unread(rooms: Sequence[RoomSpec]) -> list[ReviewNote]:
    """Plans whose words nobody could read: every room is to be named before its load is believed."""
    named = sum(not {"no_label", "name_not_known"} & set(room.evidence) for room in rooms)
    if len(rooms) < FEW_ROOMS or named > NAMED_SHARE * len(rooms):
        return []
    reason = (
        f"names were read of {named} of {len(rooms)} rooms: say what each room is, and whether it is heated"
    )
    return [ReviewNote(field="rooms", reason=reason)]


def _unique(notes: Sequence[ReviewNote]) -> tuple[ReviewNote, ...]:
    kept: dict[str, ReviewNote] = {}
    for note in notes:
        kept.setdefault(note.field, note)
    return tuple(kept.values())


def totals(building: Building) -> dict[str, float | None]:
    """Sums of the contract's `totals`: conditioned and stated area, window and exterior wall area [ft²]."""
    stated = building.facts.get("stated_area_sqft")
    windows = [o for o in building.openings if o.exterior and o.kind in ("window", "glass_door", "skylight")]
    return {
        "conditioned_sqft": sum(r.area_sqft.value or 0.0 for r in building.rooms if r.conditioned),
        "stated_sqft": float(stated.value) if stated is not None and stated.value is not None else None,
        "window_sqft": sum((o.width_ft.value or 0.0) * (o.height_ft.value or 0.0) for o in windows),
        "exterior_wall_sqft": sum(
            s.area_sqft.value or 0.0
            for s in building.surfaces
            if s.kind == "wall" and s.adjacent == "outdoors"
        ),
    }
