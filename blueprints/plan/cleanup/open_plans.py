"""Open plans: one space with several names, or larger than the room its name prints, parted into rooms."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shapely.geometry import Point as Dot
from shapely.geometry import Polygon

from blueprints.plan.cleanup.cells import Cell, printed_area
from blueprints.plan.cleanup.cuts import SMALLEST_PART_SQFT, SPLINTER_SQFT, Part, cut
from blueprints.plan.cleanup.printed_rooms import Placed, placed
from blueprints.plan.model import FacePt, RoomLabel

AGREES = 0.05
ROOMY_SQFT = 30.0
NARROWEST_PART_FT = 2.2
TOUCHES_FT = 0.1
EDGE_FT = 0.05


def parted(
    face: FacePt, space: Polygon, labels: Sequence[RoomLabel], *, points_per_foot: float
) -> list[Cell]:
    """One cell a room: rooms of a printed size where they lie on walls, the rest of the space cut between its names."""
    labels = _without_echoes(labels, area_sqft=space.area / points_per_foot**2)
    rooms, rest = _printed_rooms(space, labels, points_per_foot=points_per_foot)
    parts = [
        p
        for shape, held in rest
        for p in (cut(shape, held, points_per_foot=points_per_foot) if held else [(shape, held)])
    ]
    if not rooms and len(parts) == 1 and len(labels) <= 1:
        return [Cell(face, space, labels[0] if labels else None)]
    shared = max(2, len(labels))
    named = [
        Cell(face, shape, label, shared=shared, bounded=bounded, why=("open_plan",))
        for shape, label, bounded in rooms
    ]
    return [*named, *(_cell(face, shape, held, shared=shared) for shape, held in parts)]


def _cell(face: FacePt, shape: Polygon, held: Sequence[RoomLabel], *, shared: int) -> Cell:
    if len(held) > 1:
        return Cell(face, shape, _main(held), shared=shared, why=("open_plan", "labels_not_separable"))
    return Cell(face, shape, held[0] if held else None, shared=shared, why=("open_plan",))


Room = tuple[Polygon, RoomLabel, bool]


def _printed_rooms(
    space: Polygon, labels: Sequence[RoomLabel], *, points_per_foot: float
) -> tuple[list[Room], list[Part]]:
    """Rooms of printed sizes found in a space, the surest first, and what is left of it with the other names."""
    rooms: list[Room] = []
    parts: list[Part] = [(space, list(labels))]
    while found := _surest(parts, points_per_foot=points_per_foot):
        number, label, where = found
        shape, held = parts.pop(number)
        room = _largest(shape.intersection(where.shape))
        others = [lb for lb in held if lb is not label]
        pieces = [
            p for p in _pieces(shape.difference(where.shape)) if p.area > SPLINTER_SQFT * points_per_foot**2
        ]
        kept = [
            (p, [lb for lb in others if p.buffer(EDGE_FT * points_per_foot).contains(Dot(lb.at_pt))])
            for p in pieces
        ]
        rooms.append((room, label, where.bounded))
        parts += [(p, inside) for p, inside in kept if inside or _is_space(p, points_per_foot)]
        scraps = [p for p, inside in kept if not inside and not _is_space(p, points_per_foot)]
        rooms, parts = _with_scraps(rooms, parts, scraps, points_per_foot=points_per_foot)
    return rooms, parts


def _surest(parts: Sequence[Part], *, points_per_foot: float) -> tuple[int, RoomLabel, Placed] | None:
    """The printed room that lies best in one of the parts; a space with one name is only cut where another space is left."""
    found = []
    for number, (shape, held) in enumerate(parts):
        for label in held:
            if label.printed_size_ft is None or _fits(shape, label, points_per_foot):
                continue
            others = [lb.at_pt for lb in held if lb is not label]
            where = placed(
                shape,
                at=label.at_pt,
                size_ft=label.printed_size_ft,
                others=others,
                points_per_foot=points_per_foot,
            )
            whole = len(parts) == 1 and not others
            if where is not None and (not whole or _leaves_space(shape, where, points_per_foot)):
                found.append((where.worth, number, label.at_pt, label, where))
    best = max(found, key=lambda item: item[:3], default=None)
    return (best[1], best[3], best[4]) if best is not None else None


def _fits(shape: Polygon, label: RoomLabel, points_per_foot: float) -> bool:
    """The whole part is no larger than its name says."""
    printed = printed_area(label)
    return printed is not None and shape.area / points_per_foot**2 <= (1 + AGREES) * printed


def _leaves_space(shape: Polygon, where: Placed, points_per_foot: float) -> bool:
    return any(_is_space(piece, points_per_foot) for piece in _pieces(shape.difference(where.shape)))


def _is_space(shape: Polygon, points_per_foot: float) -> bool:
    """Large and wide enough to be a room or a passage of its own."""
    wide = not shape.buffer(-NARROWEST_PART_FT / 2 * points_per_foot).is_empty
    return wide and shape.area >= SMALLEST_PART_SQFT * points_per_foot**2


def _with_scraps(
    rooms: list[Room], parts: list[Part], scraps: Sequence[Polygon], *, points_per_foot: float
) -> tuple[list[Room], list[Part]]:
    """Every scrap joined to the neighbour it makes least untrue to its printed size."""
    for scrap in scraps:
        near = scrap.buffer(TOUCHES_FT * points_per_foot)
        beside = [
            (_untrue([label], shape.area + scrap.area, points_per_foot), 0, n)
            for n, (shape, label, _) in enumerate(rooms)
            if shape.intersects(near)
        ] + [
            (_untrue(held, shape.area + scrap.area, points_per_foot), 1, n)
            for n, (shape, held) in enumerate(parts)
            if shape.intersects(near)
        ]
        if not beside:
            continue
        _, kind, number = min(beside)
        if kind == 0:
            shape, label, bounded = rooms[number]
            rooms[number] = (_joined(shape, scrap), label, bounded)
        else:
            shape, held = parts[number]
            parts[number] = (_joined(shape, scrap), held)
    return rooms, parts


def _untrue(labels: Sequence[RoomLabel], area_pt2: float, points_per_foot: float) -> float:
    printed = [printed_area(label) for label in labels]
    known = [area for area in printed if area is not None]
    if len(known) < len(printed) or not known:
        return 0.0
    return abs(math.log(area_pt2 / points_per_foot**2 / sum(known)))


def _joined(shape: Polygon, scrap: Polygon) -> Polygon:
    return _largest(shape.union(scrap.buffer(0.01, join_style="mitre")))


def _pieces(shape: Polygon) -> list[Polygon]:
    return [g for g in getattr(shape, "geoms", [shape]) if g.geom_type == "Polygon" and not g.is_empty]


def _largest(shape: Polygon) -> Polygon:
    return max(_pieces(shape), key=lambda g: g.area)


def _without_echoes(labels: Sequence[RoomLabel], *, area_sqft: float) -> list[RoomLabel]:
    """Labels that are rooms: in a space too small for all of them, one of each type stays.

    A water heater marked in a mechanical room has the type of the room, but is no second room.
    """
    if area_sqft >= ROOMY_SQFT * len(labels):
        return list(labels)
    kept: dict[str, RoomLabel] = {}
    for label in sorted(
        labels, key=lambda lb: (lb.printed_size_ft is None, -(lb.bbox[3] - lb.bbox[1]), lb.at_pt)
    ):
        kept.setdefault(label.type, label)
    return [label for label in labels if label in kept.values()]


def _main(labels: Sequence[RoomLabel]) -> RoomLabel:
    """Several names of one space: the name of the largest printed size, with all names."""
    first = max(
        labels, key=lambda lb: (math.prod(lb.printed_size_ft) if lb.printed_size_ft else 0.0, lb.text)
    )
    ordered = sorted(labels, key=lambda lb: (lb.at_pt[1], lb.at_pt[0]))
    joined = " / ".join(dict.fromkeys(label.text for label in ordered))
    return first.model_copy(update={"text": joined[:80], "printed_size_ft": None, "printed_area_sqft": None})
