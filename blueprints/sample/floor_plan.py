"""Sheet A-1: the floor plan at 1/4" = 1'-0" with an eave detail beside it."""

from __future__ import annotations

import math

import pymupdf
from shapely.geometry import Polygon

from blueprints.sample import fixtures
from blueprints.sample.details import draw_eave_detail, draw_legend
from blueprints.sample.house import (
    MAIN,
    NORTH_DEG,
    OPENINGS,
    PORCH,
    ROOMS,
    OpeningDraft,
    RoomDraft,
    feet_inches,
    walls,
)
from blueprints.sample.pen import FINE, GREY, HAIR, MEDIUM, Pen, Pt, drawing_title
from blueprints.sample.sheet import HEIGHT_PT, new_sheet

PT_PER_FT = 18.0
WALL_FILL = (0.62, 0.62, 0.62)
_DOOR_TAG_FT, _WINDOW_TAG_FT = 0.42, 0.5


def draw_floor_plan(doc: pymupdf.Document) -> None:
    """Add the floor plan sheet."""
    page, frame = new_sheet(doc, number="A-1", title="FLOOR PLAN")
    pen = Pen(page, origin=(400.0, 290.0 + 39 * PT_PER_FT), scale=PT_PER_FT)
    _porch(pen)
    for solid in walls():
        _wall(pen, solid)
    fixtures.draw_fixtures(pen)
    for opening in OPENINGS:
        _DRAW[opening.kind](pen, opening)
    for room in ROOMS:
        _label(pen, room)
    _dimensions(pen)
    _north(pen)
    drawing_title(pen, (1.0, -19.5), number="1", title="FLOOR PLAN", scale='SCALE: 1/4" = 1\'-0"')
    draw_eave_detail(page)
    draw_legend(frame, at=(1580.0, HEIGHT_PT - 980.0))
    pen.commit()
    frame.commit()


def _wall(pen: Pen, solid: Polygon) -> None:
    """Poché without holes: rings are cut open by drawing the fill as one even-odd path."""
    rings = [solid.exterior, *solid.interiors]
    shape = pen.shape
    for ring in rings:
        shape.draw_polyline([pen.at(x, y) for x, y in ring.coords])
    shape.finish(width=MEDIUM, color=(0, 0, 0), fill=WALL_FILL, even_odd=True, closePath=True)


def _turn(opening: OpeningDraft, along: float, across: float) -> Pt:
    """A point `along` from the opening's centre and `across` from the wall line."""
    if opening.along == "x":
        return (opening.centre + along, opening.at + across)
    return (opening.at + across, opening.centre + along)


def _window(pen: Pen, opening: OpeningDraft) -> None:
    half, deep = opening.width / 2, opening.wall_ft / 2
    for across in (-deep, 0.0, deep):
        pen.line(_turn(opening, -half, across), _turn(opening, half, across), width=FINE)
    for end in (-half, half):
        pen.line(_turn(opening, end, -deep), _turn(opening, end, deep), width=FINE)
    _tag(pen, opening, across=_outward(opening) * 1.35, window=True)


def _outward(opening: OpeningDraft) -> float:
    middle = (MAIN[0] + MAIN[2]) / 2 if opening.along == "y" else (MAIN[1] + MAIN[3]) / 2
    return 1.0 if opening.at > middle else -1.0


def _tag(pen: Pen, opening: OpeningDraft, *, across: float, window: bool) -> None:
    if not opening.tag:
        return
    x, y = _turn(opening, 0.0, across)
    if window:
        radius = _WINDOW_TAG_FT
        ring = [
            (x + radius * math.cos(k * math.pi / 3), y + radius * math.sin(k * math.pi / 3)) for k in range(6)
        ]
        pen.poly(ring, width=FINE)
    else:
        pen.circle((x, y), _DOOR_TAG_FT, width=HAIR)
    pen.text((x, y), opening.tag, size=7)


def _door(pen: Pen, opening: OpeningDraft) -> None:
    half, face = opening.width / 2, opening.swing * opening.wall_ft / 2
    hinge = _turn(opening, opening.hinge * half, face)
    latch = _turn(opening, -opening.hinge * half, face)
    leaf = _turn(opening, opening.hinge * half, face + opening.swing * opening.width)
    thick = _turn(opening, opening.hinge * (half - 0.12), face + opening.swing * opening.width)
    root = _turn(opening, opening.hinge * (half - 0.12), face)
    pen.poly([hinge, leaf, thick, root], width=FINE)
    turn = (latch[0] - hinge[0]) * (leaf[1] - hinge[1]) - (latch[1] - hinge[1]) * (leaf[0] - hinge[0])
    pen.arc(hinge, latch, sweep_deg=90.0 if turn > 0 else -90.0)
    if opening.wall_ft > 0.5:
        deep = opening.wall_ft / 2
        pen.line(_turn(opening, -half, -deep), _turn(opening, half, -deep), width=HAIR)
    _tag(pen, opening, across=-opening.swing * 0.95, window=False)


def _slider(pen: Pen, opening: OpeningDraft) -> None:
    half, deep = opening.width / 2, opening.wall_ft / 2
    for across in (-deep, deep):
        pen.line(_turn(opening, -half, across), _turn(opening, half, across), width=HAIR)
    for low, high, lift in ((-half, 0.15, -0.1), (-0.15, half, 0.02)):
        corners = [(low, lift), (high, lift), (high, lift + 0.12), (low, lift + 0.12)]
        pen.poly([_turn(opening, *corner) for corner in corners], width=FINE)
    _tag(pen, opening, across=_outward(opening) * 1.35, window=False)


def _closet(pen: Pen, opening: OpeningDraft) -> None:
    half = opening.width / 2
    for low, high, lift in ((-half, 0.1, -0.09), (-0.1, half, 0.03)):
        corners = [(low, lift), (high, lift), (high, lift + 0.08), (low, lift + 0.08)]
        pen.poly([_turn(opening, *corner) for corner in corners], width=HAIR)
    _tag(pen, opening, across=0.8 if opening.at > 20 else -0.8, window=False)


def _cased(pen: Pen, opening: OpeningDraft) -> None:
    half, deep = opening.width / 2, opening.wall_ft / 2
    for across in (-deep, deep):
        ends = _turn(opening, -half, across), _turn(opening, half, across)
        pen.line(*ends, width=HAIR, colour=GREY, dashes="[4 3] 0")


def _overhead(pen: Pen, opening: OpeningDraft) -> None:
    half, deep = opening.width / 2, opening.wall_ft / 2
    pen.line(_turn(opening, -half, -deep), _turn(opening, half, -deep), width=FINE)
    pen.line(_turn(opening, -half, -deep + 0.15), _turn(opening, half, -deep + 0.15), width=FINE)
    corners = [(-half, deep), (-half, 7.0), (half, 7.0), (half, deep)]
    pen.poly([_turn(opening, *c) for c in corners], width=HAIR, closed=False, dashes="[6 4] 0", colour=GREY)
    _tag(pen, opening, across=1.1, window=False)


_DRAW = {
    "window": _window, "door": _door, "slider": _slider, "closet": _closet, "cased": _cased, "overhead": _overhead,
}  # fmt: skip


def _label(pen: Pen, room: RoomDraft) -> None:
    x, y = room.centre
    x0, y0, x1, y1 = room.rect
    if x1 - x0 < 4.0 and y1 - y0 > 5.0 and len(room.name) <= 5:
        pen.text((x, y), room.name, size=8 if room.area_sqft > 30 else 7, bold=True, rotate=90)
        return
    big = room.area_sqft > 60
    lines = room.name.split(" ") if room.name == "WALK-IN CLOSET" else [room.name]
    for index, line in enumerate(lines):
        pen.text((x, y + 0.4 - 0.6 * index), line, size=10 if big else 7, bold=True)
    if room.size_printed:
        size = f"{feet_inches(x1 - x0)} x {feet_inches(y1 - y0)}"
        pen.text((x, y - 0.35 - 0.6 * (len(lines) - 1)), size, size=8)
    if room.name == "LIVING ROOM":
        pen.text((x, y - 1.0), "9'-0\" CLG. HT. TYP.", size=7)


def _porch(pen: Pen) -> None:
    x0, y0, x1, y1 = PORCH
    pen.rect(x0, y0, x1, y1, width=FINE)
    pen.rect(x0 - 1, y0 - 1, x1, y1, width=HAIR, dashes="[8 4] 0", colour=GREY)
    for x in (x0 + 0.4, (x0 + x1) / 2, x1 - 1.2):
        pen.rect(x, y0 + 0.3, x + 0.6, y0 + 0.9, width=MEDIUM)
    pen.text((24.0, 3.2), "COVERED PORCH", size=9, bold=True)
    pen.text((24.0, 2.5), "16'-0\" x 6'-0\"", size=8)


def _dimensions(pen: Pen) -> None:
    pen.dimension([0.0, 13.2292, 17.1875, 38.1875, 54.0], across=42.4, along="x", reach=40.8)
    pen.dimension([0.0, 54.0], across=44.4, along="x", reach=42.8)
    pen.dimension([6.0, 17.4375, 19.8125, 25.1875, 27.5625, 39.0], across=-3.6, along="y", reach=-1.9)
    pen.dimension([-16.0, 6.0, 39.0], across=-5.8, along="y", reach=-4.0)
    pen.dimension([-16.0, 6.0, 14.1875, 23.1875, 39.0], across=57.6, along="y", reach=55.9)
    pen.dimension([32.0, 35.0, 51.0, 54.0], across=-18.2, along="x", reach=-16.4)
    pen.dimension([32.0, 54.0], across=-20.2, along="x", reach=-18.6)
    pen.dimension([0.0, 16.0, 32.0], across=-2.6, along="x", reach=-0.6)


def _north(pen: Pen) -> None:
    x, y, r, angle = 24.0, -13.0, 1.9, math.radians(NORTH_DEG)
    ux, uy = math.sin(angle), math.cos(angle)
    pen.circle((x, y), r, width=MEDIUM)
    tip, tail = (x + ux * r, y + uy * r), (x - ux * r, y - uy * r)
    pen.line(tail, tip, width=FINE)
    side = (x - uy * 0.55 - ux * 0.6, y + ux * 0.55 - uy * 0.6)
    other = (x + uy * 0.55 - ux * 0.6, y - ux * 0.55 - uy * 0.6)
    pen.poly([tip, side, (x, y)], width=FINE, fill=(0.0, 0.0, 0.0))
    pen.poly([tip, other, (x, y)], width=FINE)
    pen.text((x + ux * (r + 0.7), y + uy * (r + 0.7)), "N", size=14, bold=True)
