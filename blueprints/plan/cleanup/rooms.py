"""Faces and labels joined to rooms, in feet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry import Point as Dot
from shapely.geometry import Polygon

from autohvac.core.evidence import Point, Where, derived, given, read, unknown
from blueprints.plan.building import LevelSpec, ReviewNote, RoomSignals, RoomSpec
from blueprints.plan.cleanup.cells import Cell, printed_area
from blueprints.plan.cleanup.confidence import room_confidence
from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.plan.cleanup.levels import no_room_around
from blueprints.plan.cleanup.open_plans import parted
from blueprints.plan.cleanup.reach import open_porches, unreached
from blueprints.plan.cleanup.usual_sizes import oversize
from blueprints.plan.model import DrawingGeometry, FacePt, RoomLabel, RoomType, Word
from blueprints.plan.text.lines import Line
from blueprints.plan.text.loose import loose_labels
from blueprints.plan.text.rooms import conditioned
from blueprints.plan.text.units import metric_unit

CLOSET_SQFT = 26.0
HALL_RATIO = 2.6
AGREES = 0.05
NEAR_FT = 3.0
UNKNOWN_NAME = 0.6
SHUT_SQFT = 26.0
LEAST_SQFT = 5.0
NARROW_FT = 1.2


@dataclass
class RoomsFound:
    """Rooms of one level with the cell each came from, and what to verify."""

    rooms: list[RoomSpec] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    review: list[ReviewNote] = field(default_factory=list)


def rooms_of_level(
    inp: CleanupIn, level: LevelSpec, geometry: DrawingGeometry, box: tuple[float, float, float, float]
) -> RoomsFound:
    """All rooms of a level, in reading order."""
    labels = [lb for lb in _labels(inp, level.page) if _inside(lb.at_pt, box)]
    cells, homeless = _cells(geometry.faces, labels, points_per_foot=1 / level.scale.feet_per_point)
    found = RoomsFound()
    opened = {face for opening in geometry.openings for face in opening.rooms}
    shut = [c for c in cells if _no_room(c, opened=c.face.id in opened, feet=level.scale.feet_per_point)]
    cells = [cell for cell in cells if cell not in shut]
    found.review += [_left_out(level, cell) for cell in shut]
    foot = 1 / level.scale.feet_per_point
    cold = unreached(cells, geometry.openings, points_per_foot=foot)
    cold |= open_porches(cells, geometry.openings, points_per_foot=foot)
    ordered = sorted(cells, key=lambda c: (round(c.polygon.centroid.y, -1), c.polygon.centroid.x))
    for number, cell in enumerate(ordered):
        key = f"L{level.index}-R{number + 1:02d}"
        room = _room(inp, level, cell, key=key, picture=geometry.method == "raster")
        if cell.face.id in cold:
            room = _unheated(room, named=cell.label is not None)
        found.rooms.append(room)
        found.cells[room.id] = cell
        found.review += _doubts(room, cell)
    found.review += [no_room_around(label) for label in homeless]
    return found


def _no_room(cell: Cell, *, opened: bool, feet: float) -> bool:
    """A small space without a name that nothing opens into: a cupboard, a chase, the inside of a wall."""
    area = cell.polygon.area * feet * feet
    thin = cell.polygon.buffer(-NARROW_FT / 2 / feet).is_empty
    return cell.label is None and ((not opened and area < SHUT_SQFT) or area < LEAST_SQFT or thin)


def _left_out(level: LevelSpec, cell: Cell) -> ReviewNote:
    area = cell.polygon.area * level.scale.feet_per_point**2
    x, y = cell.polygon.centroid.coords[0]
    return ReviewNote(
        field=f"space:{level.page}:{x:.0f}:{y:.0f}",
        reason=f"a closed space of {area:.0f} ft² without a name or a door was taken for no room",
        where=Where(page=level.page, bbox=tuple(round(v, 2) for v in cell.polygon.bounds)),
    )


def _labels(inp: CleanupIn, page: int) -> list[RoomLabel]:
    """Room names of a page, and words that stand above a printed area like one."""
    known = [label for label in inp.text.labels if label.page == page]
    lines = [_line(word) for word in inp.text.words if word.page == page]
    return [*known, *loose_labels(lines, known, page=page, metric=metric_unit(lines))]


def _line(word: Word) -> Line:
    x0, y0, x1, y1 = word.bbox
    upright = round(word.angle_deg / 90) % 2 == 0
    return Line(
        word.text, word.bbox, word.angle_deg, y1 - y0 if upright else x1 - x0, confidence=word.confidence
    )


def _inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _cells(
    faces: Sequence[FacePt], labels: Sequence[RoomLabel], *, points_per_foot: float
) -> tuple[list[Cell], list[RoomLabel]]:
    shapes = [(face, Polygon(face.polygon_pt).buffer(0)) for face in faces]
    held: dict[str, list[RoomLabel]] = {face.id: [] for face in faces}
    outside: list[RoomLabel] = []
    homeless: list[RoomLabel] = []
    for label in labels:
        home = _around(label, shapes)
        (held[home] if home is not None else outside).append(label)
    for label in outside:  # a room with a name of its own is not the one a name beside it means
        unnamed = [(face, shape) for face, shape in shapes if not held[face.id]]
        home = _beside(label, unnamed, reach=NEAR_FT * points_per_foot)
        (held[home] if home is not None else homeless).append(label)
    cells: list[Cell] = []
    for face, shape in shapes:
        polygon = shape if shape.geom_type == "Polygon" else max(shape.geoms, key=lambda g: g.area)
        cells += parted(face, polygon, held[face.id], points_per_foot=points_per_foot)
    return cells, homeless


def _around(label: RoomLabel, shapes: Sequence[tuple[FacePt, Polygon]]) -> str | None:
    """The smallest face with the name in it."""
    dot = Dot(label.at_pt)
    inside = [(shape.area, face.id) for face, shape in shapes if shape.contains(dot)]
    return min(inside)[1] if inside else None


def _beside(label: RoomLabel, shapes: Sequence[tuple[FacePt, Polygon]], *, reach: float) -> str | None:
    """The nearest face within reach of a name that stands in a wall."""
    dot = Dot(label.at_pt)
    near = [(shape.distance(dot), face.id) for face, shape in shapes]
    best = min(near, default=None)
    return best[1] if best is not None and best[0] <= reach and label.printed_size_ft is None else None


def _room(inp: CleanupIn, level: LevelSpec, cell: Cell, *, key: str, picture: bool) -> RoomSpec:
    feet = level.scale.feet_per_point
    polygon_pt = tuple((round(x, 2), round(y, 2)) for x, y in list(cell.polygon.exterior.coords)[:-1])
    area = cell.polygon.area * feet * feet
    kind, name, naming = _named(cell, area, feet)
    signals, why = _signals(cell, area, level, picture=picture)
    confidence = room_confidence(signals)
    where = Where(page=level.page, bbox=tuple(round(v, 2) for v in cell.polygon.bounds))
    return RoomSpec(
        id=key,
        level=level.name,
        name=name,
        type=kind,
        conditioned=conditioned(kind) and (cell.label is None or cell.label.conditioned is not False),
        area_sqft=derived(area, unit="ft²", confidence=confidence, note="polygon × scale²", where=where),
        perimeter_ft=cell.polygon.length * feet,
        polygon_ft=tuple((round(x * feet, 4), round(-y * feet, 4)) for x, y in polygon_pt),
        polygon_pt=polygon_pt,
        printed_size_ft=cell.label.printed_size_ft if cell.label else None,
        ceiling_height_ft=_ceiling(inp, level, cell),
        confidence=confidence,
        signals=signals,
        evidence=(*cell.face.why, *cell.why, *naming, *why),
        where=where,
    )


def _unheated(room: RoomSpec, *, named: bool) -> RoomSpec:
    """A space outside the heated house: a porch by its name, else one no way leads into."""
    if named:
        update = {"type": "porch", "evidence": (*room.evidence, "open_to_outside")}
    else:
        update = {"type": "other", "name": "Space (no name)", "evidence": (*room.evidence, "no_way_in")}
    return room.model_copy(update={**update, "conditioned": False})


def _named(cell: Cell, area: float, feet: float) -> tuple[RoomType, str, tuple[str, ...]]:
    if cell.label is not None:
        known = cell.label.type != "other" or cell.label.confidence > UNKNOWN_NAME
        return cell.label.type, cell.label.text, () if known else ("name_not_known",)
    x0, y0, x1, y1 = cell.polygon.bounds
    long, short = max(x1 - x0, y1 - y0) * feet, min(x1 - x0, y1 - y0) * feet
    if area < CLOSET_SQFT:
        return "closet", "Closet (no name)", ("no_label",)
    if long > HALL_RATIO * short:
        return "hall", "Hall (no name)", ("no_label",)
    return "other", "Room (no name)", ("no_label",)


def _signals(
    cell: Cell, area: float, level: LevelSpec, *, picture: bool
) -> tuple[RoomSignals, tuple[str, ...]]:
    """What the confidence is worked out from, and what printed figures say in words.

    A part of an open plan was cut to fit its printed size: that it fits proves nothing unless walls stand there too.
    """
    feet, printed = level.scale.feet_per_point, printed_area(cell.label)
    meets: Literal["none", "agrees", "differs"] = "none"
    why: tuple[str, ...] = ()
    if printed is not None:
        agrees, proven = abs(area / printed - 1) <= AGREES, cell.shared == 1 or cell.bounded
        fits = "printed_size_agrees" if proven else "cut_to_printed_size"
        why = (fits if agrees else "printed_size_differs",)
        meets = "differs" if not agrees else "agrees" if proven else "none"
    signals = RoomSignals(
        face=cell.face.confidence, scale=level.scale.confidence, picture=picture, named=cell.label is not None,
        shared=cell.shared > 1, printed=meets, area_sqft=area, perimeter_ft=cell.polygon.length * feet,
        oversize=oversize(cell.label.type, area) if cell.label else 0.0,
    )  # fmt: skip
    return signals, why


def _ceiling(inp: CleanupIn, level: LevelSpec, cell: Cell) -> object:
    answer = inp.answers.get("ceiling_height_ft")
    if answer is not None:
        return given(float(answer), unit="ft")
    if cell.label is not None and cell.label.ceiling_height_ft is not None:
        where = Where(page=level.page, bbox=cell.label.bbox)
        return read(cell.label.ceiling_height_ft, unit="ft", where=where, confidence=0.85)
    notes = [note for note in inp.text.notes if note.field == "ceiling_height_ft"]
    if notes:
        best = max(notes, key=lambda note: note.confidence)
        return read(float(best.value), unit="ft", where=best.where, confidence=best.confidence)
    return unknown(unit="ft", note="no ceiling height read")


def _doubts(room: RoomSpec, cell: Cell) -> list[ReviewNote]:
    found = []
    printed = printed_area(cell.label)
    area = room.area_sqft.required()
    if "printed_size_differs" in room.evidence and printed is not None:
        reason = f"{room.name}: drawn {area:.0f} ft², printed {printed:.0f} ft²"
        found.append(ReviewNote(field=f"{room.id}.area_sqft", reason=reason, where=room.where))
    elif room.confidence < 0.8:
        reason = f"{room.name}: area {area:.0f} ft² read with confidence {room.confidence:.2f}"
        found.append(ReviewNote(field=f"{room.id}.area_sqft", reason=reason, where=room.where))
    elif "open_plan" in room.evidence and not cell.bounded and "cut_to_printed_size" not in room.evidence:
        reason = f"{room.name}: part of an open space; where it ends is not drawn"
        found.append(ReviewNote(field=f"{room.id}.area_sqft", reason=reason, where=room.where))
    if "no_way_in" in room.evidence:
        reason = f"a space of {area:.0f} ft² without a name that no room opens into was taken for unheated"
        found.append(ReviewNote(field=f"{room.id}.conditioned", reason=reason, where=room.where))
    elif cell.label is None:
        reason = f"a room of {area:.0f} ft² without a name was read as {room.type}"
        found.append(ReviewNote(field=f"{room.id}.name", reason=reason, where=room.where))
    if "open_to_outside" in room.evidence:
        reason = f"{room.name}: open to the outside, with a door to the house; taken for a covered porch"
        found.append(ReviewNote(field=f"{room.id}.conditioned", reason=reason, where=room.where))
    if "name_not_known" in room.evidence:
        reason = f"{room.name}: no room name that is known; taken for a heated room"
        found.append(ReviewNote(field=f"{room.id}.name", reason=reason, where=room.where))
    return found
