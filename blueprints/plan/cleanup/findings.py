"""Cross-checks of the house as read: what cannot be true, or is unusual. Each has a code, a severity and a place.

Nothing is altered: a finding says where to look. What a person must decide is a review note or a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from shapely.geometry import Polygon
from shapely.validation import make_valid

from autohvac.core.evidence import BBox, Where
from autohvac.core.stage import Issue
from blueprints.plan.building import Building, OpeningSpec, RoomSpec, SurfaceSpec
from blueprints.plan.cleanup.usual_sizes import usual_size
from blueprints.plan.model import Word

OVERLAP_SHARE = 0.05  # of the smaller room: outlines of neighbours touch and may share a wall's face
WALL_SHARE = 1.02
TOTAL = "totals.conditioned_sqft"
STAIR = re.compile(
    r"\b(UP|DN|DOWN|STAIRS?|STAIRWELL|STAIRWAY|RISERS?|TREADS?|ARRIBA|ABAJO|SUBE|BAJA|ESCALERAS?)\b"
)


def findings_of(building: Building, words: Sequence[Word]) -> tuple[Issue, ...]:
    """All findings, in the order of the plan."""
    return (
        *_overlapping(building),
        *_unusual_sizes(building),
        *_too_wide(building),
        *_overfull(building),
        *_without_stair(building, words),
        *_stated_area(building),
    )


def _overlapping(building: Building) -> Iterator[Issue]:
    for level in building.levels:
        rooms = [(room, _outline(room)) for room in building.rooms if room.level == level.name]
        for (first, a), (second, b) in combinations(rooms, 2):
            shared = a.intersection(b)
            if shared.area > OVERLAP_SHARE * min(a.area, b.area):
                yield Issue(
                    code="rooms_overlap",
                    severity="error" if shared.area > 0.5 * min(a.area, b.area) else "warning",
                    field=f"rooms.{second.id}",
                    message=f"{first.id} and {second.id} share {shared.area / min(a.area, b.area):.0%} of the smaller",
                    where=Where(page=level.page, bbox=shared.bounds),
                )


def _outline(room: RoomSpec) -> Polygon:
    if len(room.polygon_pt) < 3:
        return Polygon()
    return make_valid(Polygon(room.polygon_pt))


def _unusual_sizes(building: Building) -> Iterator[Issue]:
    for room in building.rooms:
        area, band = room.area_sqft.value, usual_size(room.type)
        if area is not None and band is not None and not band[0] <= area <= band[1]:
            yield Issue(
                code="room_size_unusual",
                field=f"rooms.{room.id}",
                message=f"{room.type} of {area:.0f} ft², usual {band[0]:g} to {band[1]:g}",
                where=room.where or _place(building, room),
            )


def _too_wide(building: Building) -> Iterator[Issue]:
    walls = {surface.id: surface for surface in building.surfaces if surface.kind == "wall"}
    for opening in building.openings:
        wall, width = walls.get(opening.surface or ""), opening.width_ft.value
        if wall is None or width is None or wall.length_ft is None or width <= WALL_SHARE * wall.length_ft:
            continue
        yield Issue(
            code="opening_beyond_wall",
            field=f"openings.{opening.id}",
            message=f"{opening.kind} of {width:.1f} ft in a wall of {wall.length_ft:.1f} ft",
            where=_spot(opening),
        )


def _overfull(building: Building) -> Iterator[Issue]:
    for wall in building.surfaces:
        inside = [o for o in building.openings if o.surface == wall.id]
        width = sum(o.width_ft.value or 0.0 for o in inside)
        if wall.kind != "wall" or len(inside) < 2 or width <= WALL_SHARE * (wall.length_ft or width):
            continue
        yield Issue(
            code="openings_exceed_wall",
            field=f"surfaces.{wall.id}",
            message=f"{len(inside)} openings of {width:.1f} ft in a wall of {wall.length_ft:.1f} ft",
            where=Where(page=inside[0].page, bbox=_box(wall, inside[0])),
        )


def _without_stair(building: Building, words: Sequence[Word]) -> Iterator[Issue]:
    """A storey of several where neither it nor the one above or below shows a stair or a word of one."""
    if len({level.index for level in building.levels}) < 2:
        return
    told = {word.page for word in words if STAIR.search(word.text.upper())}
    stairs = {room.level for room in building.rooms if room.type == "stair"}
    reached = {level.index for level in building.levels if level.page in told or level.name in stairs}
    for level in building.levels:
        rooms = [room for room in building.rooms if room.level == level.name]
        if rooms and not reached & {level.index - 1, level.index, level.index + 1}:
            yield Issue(
                code="floor_without_stair",
                field=f"levels.{level.name}",
                message=f"{level.name}: no stair was found",
                where=Where(page=level.page, bbox=_around(rooms)),
            )


def _stated_area(building: Building) -> Iterator[Issue]:
    """The rule is stage 5's own: the sum of the rooms is to be verified."""
    for note in building.review:
        if note.field == TOTAL:
            yield Issue(
                code="area_differs_from_stated",
                field="stated_area_sqft",
                message=note.reason,
                where=note.where,
            )


def _place(building: Building, room: RoomSpec) -> Where | None:
    page = next((level.page for level in building.levels if level.name == room.level), None)
    return Where(page=page, bbox=_around([room])) if page is not None and room.polygon_pt else None


def _around(rooms: Sequence[RoomSpec]) -> BBox:
    xs, ys = zip(*(point for room in rooms for point in room.polygon_pt), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _spot(opening: OpeningSpec) -> Where:
    x, y = opening.at_pt
    return Where(page=opening.page, bbox=(x, y, x, y))


def _box(wall: SurfaceSpec, opening: OpeningSpec) -> BBox:
    xs, ys = zip(*(wall.polyline_pt or (opening.at_pt,)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
