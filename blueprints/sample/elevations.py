"""Sheet A-2: front and right elevations and a section, from the same coordinates as the plan."""

from __future__ import annotations

import pymupdf

from blueprints.sample.house import CEILING_FT, OPENINGS
from blueprints.sample.pen import FINE, GREY, HAIR, HEAVY, MEDIUM, Pen, drawing_title
from blueprints.sample.sheet import new_sheet

_PT_PER_FT = 18.0
_EAVE_FT = CEILING_FT + 0.9
_WINDOW_HEIGHT = {"A": 5.0, "B": 5.0, "C": 3.0, "D": 5.0, "E": 3.5}
_HEAD_FT = 6.6667


def draw_elevations(doc: pymupdf.Document) -> None:
    """Add the elevations sheet."""
    page, frame = new_sheet(doc, number="A-2", title="ELEVATIONS AND SECTION")
    _front(Pen(page, origin=(230.0, 640.0), scale=_PT_PER_FT))
    _right(Pen(page, origin=(1590.0, 640.0), scale=_PT_PER_FT))
    _section(Pen(page, origin=(230.0, 1340.0), scale=_PT_PER_FT))
    frame.commit()


def _ground(pen: Pen, x0: float, x1: float) -> None:
    pen.line((x0 - 3, -0.5), (x1 + 3, -0.5), width=HEAVY)


def _levels(pen: Pen, x: float) -> None:
    for y, words in ((0.0, "FINISH FLOOR 0'-0\""), (CEILING_FT, "T.O. PLATE +9'-0\"")):
        pen.line((x, y), (x + 4, y), width=HAIR, dashes="[8 3] 0")
        pen.text((x + 0.2, y + 0.45), words, size=8, align=0.0)


def _hole(pen: Pen, centre: float, width: float, sill: float, head: float) -> None:
    pen.rect(centre - width / 2, sill, centre + width / 2, head, width=MEDIUM)
    pen.rect(centre - width / 2 + 0.2, sill + 0.2, centre + width / 2 - 0.2, head - 0.2, width=HAIR)


def _siding(pen: Pen, x0: float, x1: float) -> None:
    for step in range(1, 19):
        pen.line((x0, step * 0.5), (x1, step * 0.5), width=0.15, colour=GREY)


def _front(pen: Pen) -> None:
    pen.rect(0.0, -0.5, 54.0, _EAVE_FT, width=MEDIUM)
    _siding(pen, 0.0, 32.0)
    pen.poly([(-1.5, 9.3), (14.0, 18.0), (40.0, 18.0), (55.5, 9.3)], width=MEDIUM)
    pen.poly([(30.5, 9.3), (43.0, 15.6), (55.5, 9.3)], width=MEDIUM, fill=(1, 1, 1))
    pen.rect(32.0, -0.5, 54.0, 9.3, width=MEDIUM, fill=(1, 1, 1))
    _siding(pen, 32.0, 54.0)
    _hole(pen, 43.0, 16.0, 0.0, 7.0)
    for level in (1.75, 3.5, 5.25):
        pen.line((35.0, level), (51.0, level), width=HAIR)
    for opening in OPENINGS:
        if opening.along == "x" and 5.9 < opening.at < 6.6 and opening.centre < 32:
            sill = 0.0 if opening.kind == "door" else _HEAD_FT - _WINDOW_HEIGHT[opening.tag]
            _hole(pen, opening.centre, opening.width, sill, _HEAD_FT)
    for x in (16.7, 24.0, 31.1):
        pen.rect(x - 0.3, -0.5, x + 0.3, 8.6, width=FINE, fill=(1, 1, 1))
    pen.rect(15.0, 8.6, 32.0, 9.3, width=FINE, fill=(1, 1, 1))
    _ground(pen, 0, 54)
    _levels(pen, 56.0)
    drawing_title(pen, (0.5, -3.0), number="1", title="FRONT ELEVATION", scale='SCALE: 1/4" = 1\'-0"')
    pen.commit()


def _right(pen: Pen) -> None:
    """Seen from the right: horizontal is depth from the garage front, drawn at half the plan's scale of sheets."""
    pen.scale = _PT_PER_FT / 2
    pen.rect(0.0, -0.5, 55.0, _EAVE_FT, width=MEDIUM)
    _siding(pen, 0.0, 55.0)
    pen.poly([(-1.5, 9.3), (20.5, 9.3), (24.0, 15.6), (2.0, 15.6)], width=MEDIUM)
    pen.poly([(20.5, 9.3), (38.5, 18.0), (56.5, 9.3)], width=MEDIUM)
    for opening in OPENINGS:
        if opening.along == "y" and opening.at > 53:
            _hole(pen, opening.centre + 16, opening.width, _HEAD_FT - _WINDOW_HEIGHT[opening.tag], _HEAD_FT)
    _ground(pen, 0, 55)
    drawing_title(pen, (0.5, -6.0), number="2", title="RIGHT ELEVATION", scale='SCALE: 1/8" = 1\'-0"')
    pen.commit()


def _section(pen: Pen) -> None:
    for x in (0.0, 54.0 - 0.5417):
        pen.rect(x, 0.0, x + 0.5417, CEILING_FT, width=MEDIUM, fill=(0.62, 0.62, 0.62))
    for x in (13.0417, 17.0, 22.375, 38.0, 45.0):
        pen.rect(x, 0.0, x + 0.375, CEILING_FT, width=FINE)
    pen.rect(0.0, -0.3333, 54.0, 0.0, width=MEDIUM)
    for x in (0.0, 53.0):
        pen.rect(x, -2.0, x + 1.0, -0.3333, width=MEDIUM)
    pen.line((0.0, CEILING_FT), (54.0, CEILING_FT), width=MEDIUM)
    pen.poly([(-1.5, 8.6), (27.0, 20.0), (55.5, 8.6)], width=MEDIUM, closed=False)
    pen.poly([(-1.5, 8.1), (27.0, 19.5), (55.5, 8.1)], width=FINE, closed=False)
    for x in range(1, 54, 2):
        pen.arc((x + 0.5, CEILING_FT + 0.1), (x + 1.4, CEILING_FT + 0.1), sweep_deg=-180.0)
    for x, y, words in (
        (27.0, 11.6, "R-49 BLOWN INSULATION, VENTED ATTIC"),
        (27.0, -1.2, '4" CONCRETE SLAB ON GRADE, R-10 PERIMETER, 2 FT'),
        (30.0, 4.5, "9'-0\" CLG."),
    ):
        pen.text((x, y), words, size=9)
    _ground(pen, 0, 54)
    _levels(pen, 57.0)
    drawing_title(pen, (0.5, -5.0), number="3", title="SECTION A-A", scale='SCALE: 1/4" = 1\'-0"')
    pen.commit()
