"""`python -m tests.unseen_plans FOLDER [--first N] [--strata CCCC]`: draws houses nobody tuned the reader on.

Written after the reader was frozen, and the reader is not changed by what it shows: `score_extraction FOLDER` prints the
figures as they fall. Each house is cut at random from a rectangle or an L; wall style, sheet, scale, letters, units, and
what is printed differ. Eight keep their text (A), two have it as paths (B), two are scans (C).
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import cv2
import numpy as np
import pymupdf
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

Rect = tuple[float, float, float, float]
STRATA = "AAAAAAAABBCC"
STYLES = ("solid", "grey", "hollow", "hatched")
SCALES = ((18.0, '1/4" = 1\'-0"'), (13.5, '3/16" = 1\'-0"'), (9.0, '1/8" = 1\'-0"'), (9.0, '1/4" = 1\'-0"'))
METRIC = (72 * 12 / 50, "1:50")
SHEETS = ((1728.0, 1296.0), (1584.0, 1224.0), (1224.0, 792.0))
LEAST_SIDE, DOOR = 7.0, 2.67
NAMES = {
    "en": {
        "living": "LIVING ROOM", "kitchen": "KITCHEN", "bedroom": "BEDROOM", "bathroom": "BATH", "hall": "HALL",
        "dining": "DINING",
    },
    "es": {
        "living": "SALA", "kitchen": "COCINA", "bedroom": "RECÁMARA", "bathroom": "BAÑO", "hall": "PASILLO",
        "dining": "COMEDOR",
    },
}  # fmt: skip


@dataclass
class Room:
    """A room: its part of the house between wall axes, and its inside between wall faces [ft]."""

    axes: Rect
    inside: Rect
    kind: str = ""
    name: str = ""
    windows: list[tuple[float, float]] = field(default_factory=list)
    doors: list[tuple[float, float]] = field(default_factory=list)

    @property
    def area(self) -> float:
        """Net area [ft²]."""
        return (self.inside[2] - self.inside[0]) * (self.inside[3] - self.inside[1])


@dataclass
class Opening:
    """An opening: its rectangle in the wall [ft], the side it faces when exterior, and the rooms it joins."""

    kind: str
    place: Rect
    facing: float | None
    rooms: tuple[int, int | None]

    @property
    def width(self) -> float:
        """Clear width [ft]."""
        x0, y0, x1, y1 = self.place
        level = self.facing in (0.0, 180.0) if self.facing is not None else x1 - x0 > y1 - y0
        return x1 - x0 if level else y1 - y0


@dataclass
class House:
    """A house in feet, y down, its top left corner at 0, 0."""

    outer: BaseGeometry
    rooms: list[Room]
    openings: list[Opening] = field(default_factory=list)


def cut(rect: Rect, rng: Random, *, target: float) -> Iterator[Rect]:
    """Parts of a rectangle, each about as large as a room."""
    x0, y0, x1, y1 = rect
    wide, deep = x1 - x0, y1 - y0
    if wide * deep <= target * rng.uniform(0.8, 1.3) or max(wide, deep) < 2 * LEAST_SIDE:
        yield rect
        return
    share = rng.uniform(0.36, 0.64)
    if wide >= deep:
        at = x0 + min(max(wide * share, LEAST_SIDE), wide - LEAST_SIDE)
        parts = ((x0, y0, at, y1), (at, y0, x1, y1))
    else:
        at = y0 + min(max(deep * share, LEAST_SIDE), deep - LEAST_SIDE)
        parts = ((x0, y0, x1, at), (x0, at, x1, y1))
    for part in parts:
        yield from cut(part, rng, target=target)


def make_house(rng: Random) -> House:
    """A house of one storey with doors between all rooms and windows on most outside walls."""
    width, depth = rng.uniform(28, 50), rng.uniform(24, 36)
    thick, thin = rng.choice((0.5, 0.54, 0.75)), rng.choice((0.333, 0.375, 0.417))
    parts = list(cut((0.0, 0.0, width, depth), rng, target=rng.uniform(110, 190)))
    void = parts.pop(0) if rng.random() < 0.4 and len(parts) > 4 else None
    outer: BaseGeometry = box(0, 0, width, depth)
    if void is not None:
        outer = outer.difference(box(void[0], void[1], void[2] - thin / 2, void[3] - thin / 2))
    rooms = [Room(part, _inside(part, (width, depth), thick, thin)) for part in parts]
    _name(rooms, rng)
    house = House(outer, rooms)
    _doors(house, rng)
    _outside(house, rng, size=(width, depth), thick=thick)
    return house


def _inside(part: Rect, size: tuple[float, float], thick: float, thin: float) -> Rect:
    x0, y0, x1, y1 = part
    return (
        x0 + (thick if x0 == 0 else thin / 2), y0 + (thick if y0 == 0 else thin / 2),
        x1 - (thick if x1 == size[0] else thin / 2), y1 - (thick if y1 == size[1] else thin / 2),
    )  # fmt: skip


def _name(rooms: list[Room], rng: Random) -> None:
    ordered = sorted(rooms, key=lambda room: -room.area)
    for place, room in enumerate(ordered):
        x0, y0, x1, y1 = room.inside
        narrow = min(x1 - x0, y1 - y0) < 6.8 and place > 1
        room.kind = (
            ("living", "kitchen")[place] if place < 2 else "bathroom" if room.area < 75 else "hall" if narrow
            else "dining" if place == 2 and rng.random() < 0.5 else "bedroom"
        )  # fmt: skip


def _shared(one: Rect, other: Rect) -> tuple[str, float, float, float] | None:
    """The wall two parts share: its direction, where it lies, and from where to where."""
    for direction, (a, b, c, d) in (("upright", (0, 1, 2, 3)), ("level", (1, 0, 3, 2))):
        for first, second in ((one, other), (other, one)):
            low, high = max(first[b], second[b]), min(first[d], second[d])
            if first[c] == second[a] and high - low > DOOR + 2.0:
                return direction, first[c], low, high
    return None


def _doors(house: House, rng: Random) -> None:
    joined = {0}
    pairs = [(i, j) for i in range(len(house.rooms)) for j in range(len(house.rooms)) if i != j]
    while len(joined) < len(house.rooms):
        rng.shuffle(pairs)
        found = next(
            ((i, j, wall) for i, j in pairs if i in joined and j not in joined
             and (wall := _shared(house.rooms[i].axes, house.rooms[j].axes))), None,
        )  # fmt: skip
        if found is None:
            return
        i, j, (direction, at, low, high) = found
        start = rng.uniform(low + 0.8, high - 0.8 - DOOR)
        near, far = sorted((house.rooms[i], house.rooms[j]), key=lambda room: room.axes)
        if direction == "upright":
            place = (near.inside[2], start, far.inside[0], start + DOOR)
            place = (min(place[0], place[2]), place[1], max(place[0], place[2]), place[3])
        else:
            edges = sorted((house.rooms[i], house.rooms[j]), key=lambda room: room.axes[1])
            place = (start, edges[0].inside[3], start + DOOR, edges[1].inside[1])
        assert math.isclose(
            (place[0] + place[2]) / 2 if direction == "upright" else (place[1] + place[3]) / 2, at
        )
        house.openings.append(Opening("door", place, None, (i, j)))
        joined.add(j)


def outside_sides(room: Room, size: tuple[float, float]) -> list[float]:
    """Directions in which a room lies at the outer rectangle [degrees clockwise from up]."""
    x0, y0, x1, y1 = room.axes
    return [
        f
        for f, hit in ((0.0, y0 == 0), (90.0, x1 == size[0]), (180.0, y1 == size[1]), (270.0, x0 == 0))
        if hit
    ]


def _outside(house: House, rng: Random, *, size: tuple[float, float], thick: float) -> None:
    front = False
    for index, room in enumerate(house.rooms):
        for facing in outside_sides(room, size):
            x0, y0, x1, y1 = room.inside
            low, high = (x0, x1) if facing in (0.0, 180.0) else (y0, y1)
            door = not front and room.kind in ("living", "hall", "kitchen", "dining")
            wide = 3.0 if door else rng.choice((2.5, 3.0, 4.0, 5.0, 6.0))
            if high - low < wide + 1.6 or (not door and rng.random() < 0.2):
                continue
            start = (low + high - wide) / 2 + rng.uniform(-0.5, 0.5)
            across = {
                0.0: (0.0, thick),
                90.0: (size[0] - thick, size[0]),
                180.0: (size[1] - thick, size[1]),
                270.0: (0.0, thick),
            }[facing]
            place = (
                (start, across[0], start + wide, across[1])
                if facing in (0.0, 180.0)
                else (across[0], start, across[1], start + wide)
            )
            house.openings.append(Opening("door" if door else "window", place, facing, (index, None)))
            front |= door
            (room.doors if door else room.windows).append((facing, wide))


@dataclass(frozen=True)
class Look:
    """How a sheet is drawn."""

    style: str
    points: float
    note: str
    sheet: tuple[float, float]
    font: str
    language: str
    printed: str
    metric: bool
    dimensions: bool
    origin: tuple[float, float]

    def pt(self, x: float, y: float) -> tuple[float, float]:
        """Feet to points."""
        return self.origin[0] + x * self.points, self.origin[1] + y * self.points

    def length(self, feet: float) -> str:
        """A length as the sheet prints it."""
        if self.metric:
            return f"{feet * 0.3048:.2f}"
        whole, inches = divmod(round(feet * 12), 12)
        return f"{whole}'-{inches}\""


def make_look(rng: Random, house: House, number: int) -> Look:
    """A look that the house fits on."""
    metric = number % 6 == 5
    width, depth = house.outer.bounds[2:]
    fitting = [
        (sheet, scale) for sheet in SHEETS for scale in ((METRIC,) if metric else SCALES)
        if width * scale[0] < 0.68 * sheet[0] and depth * scale[0] < 0.66 * sheet[1] and width * scale[0] > 0.25 * sheet[0]
    ]  # fmt: skip
    sheet, (points, note) = rng.choice(fitting)
    origin = (0.42 * sheet[0] - width * points / 2, 0.48 * sheet[1] - depth * points / 2)
    return Look(
        STYLES[number % 4], points, note, sheet, rng.choice(("helv", "tiro", "cour")), "es" if metric else "en",
        rng.choice(("size", "area", "nothing")), metric, number % 4 != 3, origin,
    )  # fmt: skip


def draw(house: House, look: Look, rng: Random, path: Path) -> None:
    """The sheet as a vector PDF."""
    with pymupdf.open() as document:
        page = document.new_page(width=look.sheet[0], height=look.sheet[1])
        page.draw_rect((24, 24, look.sheet[0] - 24, look.sheet[1] - 24), width=1.5)
        page.draw_line((0.85 * look.sheet[0], 24), (0.85 * look.sheet[0], look.sheet[1] - 24), width=1.0)
        _walls(page, house, look)
        for opening in house.openings:
            (_window if opening.kind == "window" else _door)(page, opening, look)
        for room in house.rooms:
            _furniture(page, room, look, rng)
            _label(page, room, look)
        if look.dimensions:
            _dimensions(page, house, look)
        _title(page, house, look)
        document.save(path)


def _walls(page: Any, house: House, look: Look) -> None:
    body = house.outer
    for hole in [box(*room.inside) for room in house.rooms] + [
        box(*o.place).buffer(0.001) for o in house.openings
    ]:
        body = body.difference(hole)
    fill = {"solid": (0.0, 0.0, 0.0), "grey": (0.6, 0.6, 0.6)}.get(look.style)
    for part in getattr(body, "geoms", [body]):
        if part.geom_type != "Polygon" or part.area < 0.02:
            continue
        shape = page.new_shape()
        for ring in (part.exterior, *part.interiors):
            shape.draw_polyline([look.pt(x, y) for x, y in ring.coords])
        shape.finish(color=(0, 0, 0), fill=fill, width=0.9, even_odd=True, closePath=True)
        if look.style == "hatched":
            _hatch(shape, part, look)
        shape.commit()


def _hatch(shape: Any, part: Polygon, look: Look) -> None:
    x0, y0, x1, y1 = part.bounds
    at = x0 - (y1 - y0)
    while at < x1:
        inside = part.intersection(LineString([(at, y1), (at + (y1 - y0), y0)]))
        for piece in getattr(inside, "geoms", [inside]):
            if piece.geom_type == "LineString" and piece.length > 0.05:
                a, b = piece.coords[0], piece.coords[-1]
                shape.draw_line(look.pt(*a), look.pt(*b))
        at += 0.35
    shape.finish(color=(0, 0, 0), width=0.2)


def _window(page: Any, opening: Opening, look: Look) -> None:
    x0, y0, x1, y1 = opening.place
    page.draw_rect((*look.pt(x0, y0), *look.pt(x1, y1)), width=0.5)
    level = opening.facing in (0.0, 180.0)
    for share in (0.42, 0.58):
        a = (x0, y0 + share * (y1 - y0)) if level else (x0 + share * (x1 - x0), y0)
        b = (x1, a[1]) if level else (a[0], y1)
        page.draw_line(look.pt(*a), look.pt(*b), width=0.4)


def _door(page: Any, opening: Opening, look: Look) -> None:
    x0, y0, x1, y1 = opening.place
    wide = opening.width
    level = opening.facing in (0.0, 180.0) if opening.facing is not None else x1 - x0 > y1 - y0
    inward = 1.0 if opening.facing in (0.0, 270.0, None) else -1.0
    edge = (y1 if inward > 0 else y0) if level else (x1 if inward > 0 else x0)
    hinge = (x0, edge) if level else (edge, y0)
    tip = (x0, edge + inward * wide) if level else (edge + inward * wide, y0)
    shut = (x0 + wide, edge) if level else (edge, y0 + wide)
    page.draw_line(look.pt(*hinge), look.pt(*tip), width=0.7)
    turn = math.degrees(
        math.atan2(shut[1] - hinge[1], shut[0] - hinge[0]) - math.atan2(tip[1] - hinge[1], tip[0] - hinge[0])
    )
    turn = (turn + 180) % 360 - 180
    steps = [math.radians(turn * n / 16) for n in range(17)]
    arm = (tip[0] - hinge[0], tip[1] - hinge[1])
    arc = [
        look.pt(hinge[0] + arm[0] * math.cos(s) - arm[1] * math.sin(s), hinge[1] + arm[0] * math.sin(s) + arm[1] * math.cos(s))
        for s in steps
    ]  # fmt: skip
    page.draw_polyline(arc, width=0.35)


def _furniture(page: Any, room: Room, look: Look, rng: Random) -> None:
    x0, y0, x1, y1 = room.inside
    sizes = {
        "bedroom": (5.0, 6.5),
        "kitchen": (min(7.0, x1 - x0 - 1), 2.0),
        "bathroom": (2.5, 4.6),
        "living": (6.5, 3.0),
    }
    wide, deep = sizes.get(room.kind, (0.0, 0.0))
    if wide and x1 - x0 > wide + 2 and y1 - y0 > deep + 3:
        x, y = x1 - wide - rng.uniform(0.1, 0.6), y1 - deep - rng.uniform(0.1, 0.4)
        page.draw_rect((*look.pt(x, y), *look.pt(x + wide, y + deep)), color=(0.3, 0.3, 0.3), width=0.25)
        page.draw_rect(
            (*look.pt(x + 0.3, y + 0.3), *look.pt(x + wide / 2, y + deep - 0.3)),
            color=(0.3, 0.3, 0.3),
            width=0.25,
        )


def _text(page: Any, at: tuple[float, float], text: str, look: Look, size: float) -> None:
    wide = pymupdf.get_text_length(text, fontname=look.font, fontsize=size)
    page.insert_text((at[0] - wide / 2, at[1]), text, fontname=look.font, fontsize=size)


def _label(page: Any, room: Room, look: Look) -> None:
    x0, y0, x1, y1 = room.inside
    middle = look.pt((x0 + x1) / 2, y0 + 0.42 * (y1 - y0))
    size = max(5.5, 0.45 * look.points)
    _text(page, middle, room.name, look, size)
    below = (middle[0], middle[1] + 1.25 * size)
    if look.printed == "size":
        _text(page, below, f"{look.length(x1 - x0)} x {look.length(y1 - y0)}", look, 0.8 * size)
    elif look.printed == "area":
        area = f"{room.area * 0.09290304:.1f} m²" if look.metric else f"{room.area:.0f} SF"
        _text(page, below, area, look, 0.8 * size)


def _dimensions(page: Any, house: House, look: Look) -> None:
    width, depth = house.outer.bounds[2:]
    cuts = sorted({0.0, width, *(room.axes[0] for room in house.rooms if room.axes[3] == depth)})
    _string(page, look, [0.0, width], depth + 4.2, level=True)
    _string(page, look, cuts, depth + 2.6, level=True)
    _string(page, look, [0.0, depth], width + 3.0, level=False)


def _string(page: Any, look: Look, stops: list[float], offset: float, *, level: bool) -> None:
    size = max(5.0, 0.36 * look.points)

    def at(along: float, across: float) -> tuple[float, float]:
        return look.pt(along, across) if level else look.pt(across, along)

    page.draw_line(at(stops[0], offset), at(stops[-1], offset), width=0.3)
    for stop in stops:
        page.draw_line(at(stop, offset - 1.4), at(stop, offset + 0.5), width=0.3)
        page.draw_line(at(stop - 0.25, offset + 0.25), at(stop + 0.25, offset - 0.25), width=0.8)
    for low, high in itertools.pairwise(stops):
        text = look.length(high - low)
        wide = pymupdf.get_text_length(text, fontname=look.font, fontsize=size)
        x, y = at((low + high) / 2, offset)
        where, turn = ((x - wide / 2, y - 2), 0) if level else ((x - 2, y + wide / 2), 90)
        page.insert_text(where, text, fontname=look.font, fontsize=size, rotate=turn)


def _title(page: Any, house: House, look: Look) -> None:
    bottom = look.pt(0, house.outer.bounds[3] + 6.5)[1]
    middle = 0.42 * look.sheet[0]
    spanish = look.language == "es"
    _text(page, (middle, bottom + 14), "PLANTA BAJA" if spanish else "FLOOR PLAN", look, 14)
    _text(page, (middle, bottom + 28), f"{'ESCALA' if spanish else 'SCALE'}: {look.note}", look, 9)
    _text(page, (0.92 * look.sheet[0], 60), "QUERCUS DESIGN", look, 9)
    _text(page, (0.92 * look.sheet[0], look.sheet[1] - 60), "A-1", look, 18)


def as_paths(path: Path) -> None:
    """The text of a sheet becomes outlines."""
    with pymupdf.open(path) as document:
        picture = document[0].get_svg_image(text_as_path=True)
    with pymupdf.open(stream=picture.encode(), filetype="svg") as drawn:
        path.write_bytes(drawn.convert_to_pdf())


def as_scan(path: Path, rng: Random) -> float:
    """The sheet becomes a picture: turned a little, grey, grainy. Degrees turned, clockwise."""
    turn, dpi = rng.uniform(-1.2, 1.2), rng.choice((150, 200))
    with pymupdf.open(path) as document:
        size = document[0].rect
        pixmap = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    middle = (pixmap.width / 2, pixmap.height / 2)
    turned = cv2.warpAffine(
        grey, cv2.getRotationMatrix2D(middle, -turn, 1.0), (pixmap.width, pixmap.height), borderValue=255
    )
    grain = np.random.default_rng(rng.randrange(2**32)).normal(-12.0, 5.0, turned.shape)
    noisy = np.clip(turned.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    with pymupdf.open() as made:
        page = made.new_page(width=size.width, height=size.height)
        page.insert_image(page.rect, stream=cv2.imencode(".png", noisy)[1].tobytes())
        made.save(path)
    return turn


def truth(house: House, look: Look, *, plan_id: str, stratum: str, turn: float) -> dict[str, Any]:
    """What the sheet shows, in points of the page; azimuths take the page's top for north."""
    size = (house.outer.bounds[2], house.outer.bounds[3])
    centre, angle = (look.sheet[0] / 2, look.sheet[1] / 2), math.radians(turn)

    def pt(x: float, y: float) -> list[float]:
        px, py = look.pt(x, y)
        dx, dy = px - centre[0], py - centre[1]
        return [
            centre[0] + dx * math.cos(angle) - dy * math.sin(angle),
            centre[1] + dx * math.sin(angle) + dy * math.cos(angle),
        ]

    rooms = [_room_truth(room, f"S1-R{n}", size, pt, house.outer) for n, room in enumerate(house.rooms, 1)]
    openings = [
        {
            "page": 1, "storey": 1, "kind": o.kind, "width_ft": o.width, "host": "interior" if o.facing is None else "exterior",
            "center_pt": pt((o.place[0] + o.place[2]) / 2, (o.place[1] + o.place[3]) / 2),
            "rooms": [f"S1-R{o.rooms[0] + 1}", None if o.rooms[1] is None else f"S1-R{o.rooms[1] + 1}"],
        }
        for o in house.openings
    ]  # fmt: skip
    return {
        "plan_id": plan_id, "stratum": stratum, "pages": [{"page": 1, "kind": "floor_plan"}],
        "viewports": [{"page": 1, "storey": 1, "bbox_pt": [*look.pt(0, 0), *look.pt(*size)], "pt_per_ft": look.points}],
        "rooms": rooms, "openings": openings,
        "totals": {"conditioned_sf": sum(room.area for room in house.rooms)},
    }  # fmt: skip


def _room_truth(
    room: Room, key: str, size: tuple[float, float], pt: Any, outer: BaseGeometry
) -> dict[str, Any]:
    x0, y0, x1, y1 = room.inside
    lengths = {0.0: x1 - x0, 180.0: x1 - x0, 90.0: y1 - y0, 270.0: y1 - y0}
    walls = {facing: lengths[facing] for facing in outside_sides(room, size)}
    steps = {0.0: (0.0, -1.0), 90.0: (1.0, 0.0), 180.0: (0.0, 1.0), 270.0: (-1.0, 0.0)}
    for facing, (dx, dy) in steps.items():
        beyond = box(x0 + dx, y0 + dy, x1 + dx, y1 + dy).difference(box(*room.inside)).difference(outer)
        if facing not in walls and beyond.area > 0.3:
            a, b, c, d = beyond.bounds
            walls[facing] = c - a if dx == 0 else d - b
    return {
        "id": key, "page": 1, "storey": 1, "name": room.name, "type": room.kind, "conditioned": True,
        "area_sf": room.area, "polygon_pt": [pt(x0, y0), pt(x1, y0), pt(x1, y1), pt(x0, y1)],
        "exterior": [{"azimuth_deg": facing, "length_ft": length} for facing, length in sorted(walls.items())],
        "windows": [{"azimuth_deg": facing, "width_ft": wide} for facing, wide in room.windows],
        "doors_ext": [{"azimuth_deg": facing, "width_ft": wide} for facing, wide in room.doors],
    }  # fmt: skip


def draw_all(folder: Path, *, first: int, strata: str) -> None:
    """A sheet for each letter of `strata`, with truth and manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for number, stratum in enumerate(strata):
        rng = Random(f"unseen {first + number}")
        house = make_house(rng)
        look = make_look(rng, house, number)
        counts: dict[str, int] = {}
        for room in house.rooms:
            counts[room.kind] = counts.get(room.kind, 0) + 1
            name = NAMES[look.language][room.kind]
            room.name = f"{name} {counts[room.kind]}" if room.kind in ("bedroom", "bathroom") else name
        name = f"u{number + 1:02d}"
        path = folder / f"{name}.pdf"
        draw(house, look, rng, path)
        if stratum == "B":
            as_paths(path)
        turn = as_scan(path, rng) if stratum == "C" else 0.0
        record = truth(house, look, plan_id=name, stratum=stratum, turn=turn)
        (folder / f"{name}.truth.json").write_text(json.dumps(record), encoding="utf-8")
        entries.append({"pdf": path.name, "truth": f"{name}.truth.json", "stratum": stratum})
        print(
            f"{name} {stratum} {look.style}, {look.note} at {look.points:g} pt/ft, {len(house.rooms)} rooms, {look.printed}"
        )
    (folder / "manifest.json").write_text(json.dumps({"plans": entries}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=1, help="number of the first house: other houses")
    parser.add_argument(
        "--strata", default=STRATA, help="one letter a house: A with text, B outlined, C scanned"
    )
    given = parser.parse_args()
    draw_all(given.folder, first=given.first, strata=given.strata)
