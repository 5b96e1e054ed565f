"""What stands beside the plan: an eave detail at its own scale, the legend, general plan notes."""

from __future__ import annotations

import pymupdf

from blueprints.sample.pen import FINE, HAIR, HEAVY, MEDIUM, Pen, Pt, drawing_title

_DETAIL_PT_PER_FT = 72.0
_PLAN_NOTES = (
    "1.  DIMENSIONS ARE TO OUTSIDE FACE OF EXTERIOR WALLS AND CENTRELINE OF PARTITIONS.",
    '2.  EXTERIOR WALLS 2x6 AT 16" O.C., R-21 BATT. PARTITIONS 2x4 AT 16" O.C.',
    '3.  WALL BETWEEN HOUSE AND GARAGE: 2x6, R-21, 5/8" TYPE X ON GARAGE SIDE.',
    "4.  SEE SHEET A-3 FOR WINDOW AND DOOR SCHEDULES.",
    "5.  ALL DUCTS INSIDE CONDITIONED SPACE UNLESS NOTED.",
    "6.  SMOKE AND CO ALARMS PER CODE IN ALL BEDROOMS AND HALL.",
)


def draw_legend(pen: Pen, *, at: Pt) -> None:
    """Plan notes and wall legend; `at` is the top left [pt, y up]."""
    x, y = at
    pen.text((x, y), "PLAN NOTES", size=13, bold=True, align=0.0)
    pen.line((x, y - 10), (x + 560, y - 10), width=MEDIUM)
    for index, words in enumerate(_PLAN_NOTES):
        pen.text((x, y - 32 - 20 * index), words, size=9.5, align=0.0)
    y -= 190
    pen.text((x, y), "LEGEND", size=13, bold=True, align=0.0)
    pen.line((x, y - 10), (x + 560, y - 10), width=MEDIUM)
    rows = ("2x6 EXTERIOR WALL", "2x4 PARTITION", "WINDOW MARK", "DOOR MARK")
    for index, words in enumerate(rows):
        pen.text((x + 80, y - 34 - 26 * index), words, size=9.5, align=0.0)
    pen.rect(x, y - 39, x + 60, y - 29, width=FINE, fill=(0.62, 0.62, 0.62))
    pen.rect(x, y - 64, x + 60, y - 57, width=FINE, fill=(0.62, 0.62, 0.62))
    pen.poly([(x + 21, y - 86), (x + 25.5, y - 78), (x + 34.5, y - 78), (x + 39, y - 86), (x + 34.5, y - 94),
              (x + 25.5, y - 94)], width=FINE)  # fmt: skip
    pen.circle((x + 30, y - 112), 8, width=HAIR)


def draw_eave_detail(page: pymupdf.Page) -> None:
    """Eave and top of wall at 1" = 1'-0"."""
    pen = Pen(page, origin=(1860.0, 720.0), scale=_DETAIL_PT_PER_FT)
    pen.rect(0.0, -1.6, 0.04, 1.0, width=FINE)
    pen.rect(0.04, -1.6, 0.5, 1.0, width=FINE)
    pen.rect(-0.08, -1.6, 0.0, 1.0, width=FINE)
    for y in (0.75, 0.875):
        pen.rect(0.04, y, 0.5, y + 0.125, width=MEDIUM)
    _roof(pen)
    _insulation(pen)
    for at, words in (
        ((2.3, 2.6), "ASPHALT SHINGLES, MEDIUM COLOUR"),
        ((2.3, 2.3), "R-49 BLOWN INSULATION"),
        ((2.3, 0.2), '5/8" GYPSUM BOARD CEILING'),
        ((2.3, -0.5), "2x6 WALL, R-21 BATT INSULATION"),
        ((2.3, -0.8), '7/16" SHEATHING, HOUSE WRAP, FIBER-CEMENT SIDING'),
    ):
        pen.text(at, words, size=9, align=0.0)
    pen.line((2.25, 2.3), (1.6, 1.6), width=HAIR)
    pen.line((2.25, -0.5), (0.3, -0.6), width=HAIR)
    drawing_title(pen, (-1.8, -2.3), number="2", title="EAVE DETAIL", scale='SCALE: 1" = 1\'-0"')
    pen.commit()


def _roof(pen: Pen) -> None:
    """Rafter tail at 6:12 with an 18 in overhang."""
    for lift in (0.0, 0.46, 0.5, 0.55):
        pen.line((-1.5, 0.62 + lift), (2.0, 2.37 + lift), width=FINE if lift else MEDIUM)
    pen.rect(-1.56, 0.5, -1.5, 1.15, width=FINE)
    pen.line((-1.5, 0.62), (-0.08, 0.62), width=FINE)
    pen.rect(0.04, 1.0, 3.6, 1.29, width=FINE)
    pen.rect(0.5, 0.95, 3.6, 1.0, width=FINE)
    pen.dimension([-1.5, -0.08], across=-0.2, along="x", reach=0.4)


def _insulation(pen: Pen) -> None:
    for index in range(18):
        y = -1.55 + index * 0.13
        pen.line((0.06, y), (0.48, y + 0.065), width=HAIR)
        pen.line((0.48, y + 0.065), (0.06, y + 0.13), width=HAIR)
    for index in range(12):
        x = 0.6 + index * 0.25
        pen.arc((x + 0.12, 1.3), (x + 0.24, 1.3), sweep_deg=-180.0)
    pen.line((0.04, -1.6), (0.5, -1.6), width=HEAVY)
