"""Sheets of words: the cover (A-0) and the schedules (A-3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pymupdf

from blueprints.sample.house import OPENINGS, SAMPLE_CONDITIONED_SQFT, feet_inches
from blueprints.sample.pen import FINE, HEAVY, MEDIUM, Pen, Pt
from blueprints.sample.sheet import new_sheet

_DATA = (
    "OCCUPANCY: R-3 SINGLE FAMILY DWELLING, ONE STOREY",
    "CONSTRUCTION TYPE: V-B",
    f"CONDITIONED FLOOR AREA: {round(SAMPLE_CONDITIONED_SQFT):,} SQ. FT. (NET INSIDE WALLS)",
    "GARAGE: 449 SQ. FT.     COVERED PORCH: 96 SQ. FT.",
    "BEDROOMS: 3     BATHS: 2",
)
_ENERGY = (
    "EXTERIOR WALLS: R-21 BATT IN 2x6 FRAMING",
    "CEILING WITH VENTED ATTIC ABOVE: R-49 BLOWN",
    "SLAB ON GRADE: R-10 PERIMETER INSULATION, 2 FT VERTICAL",
    "WINDOWS AND GLASS DOORS: U-0.30 MAX., SHGC 0.30",
    "EXTERIOR DOORS: INSULATED, U-0.20",
    "AIR LEAKAGE: 3.0 ACH50 MAX., TESTED BY BLOWER DOOR",
    "CEILING HEIGHT: 9'-0\" THROUGHOUT",
    "DUCTS: INSIDE CONDITIONED SPACE, SEALED AND TESTED",
    "VENTILATION: EXHAUST FAN, CONTINUOUS",
)
_CLIMATE = (
    "OUTDOOR DESIGN CONDITIONS: PER ACCA MANUAL J FOR THE PROJECT SITE, SEE PERMIT APPLICATION.",
    "INDOOR DESIGN CONDITIONS: 70 F HEATING, 75 F COOLING AT 50% RH.",
    "EQUIPMENT TO BE SELECTED PER ACCA MANUAL S FROM A ROOM-BY-ROOM MANUAL J CALCULATION.",
)
_GENERAL = (
    "1.  ALL WORK TO CONFORM TO THE RESIDENTIAL CODE IN FORCE AT THE SITE.",
    "2.  DO NOT SCALE DRAWINGS; WRITTEN DIMENSIONS GOVERN.",
    "3.  CONTRACTOR TO VERIFY ALL DIMENSIONS BEFORE WORK BEGINS.",
    "4.  THIS SET IS A DEMONSTRATION. IT DESCRIBES NO REAL BUILDING.",
)
_SHEETS = (
    "A-0   COVER SHEET AND NOTES",
    "A-1   FLOOR PLAN",
    "A-2   ELEVATIONS AND SECTION",
    "A-3   SCHEDULES",
)
_WINDOW_SIZES = {
    "A": (5.0, 5.0, "TWIN SINGLE HUNG", "EGRESS"), "B": (3.0, 5.0, "SINGLE HUNG", ""),
    "C": (2.0, 3.0, "SINGLE HUNG", "TEMPERED, OBSCURE"), "D": (6.0, 5.0, "TRIPLE, FIXED CENTRE", ""),
    "E": (4.0, 3.5, "SLIDER", ""),
}  # fmt: skip
_DOOR_SIZES = {
    "1": (3.0, 6.6667, "ENTRY, INSULATED FIBERGLASS", "0.20"), "2": (2.6667, 6.6667, "INTERIOR, HOLLOW CORE", ""),
    "3": (2.3333, 6.6667, "INTERIOR, HOLLOW CORE", ""), "4": (8.0, 6.6667, "SLIDING GLASS, SHGC 0.30", "0.30"),
    "5": (5.0, 6.6667, "BYPASS CLOSET", ""), "6": (2.6667, 6.6667, "20-MINUTE, SELF-CLOSING", "0.20"),
    "7": (16.0, 7.0, "OVERHEAD GARAGE", ""), "8": (3.0, 6.6667, "GARAGE SIDE, STEEL", ""),
    "9": (1.6667, 6.6667, "LINEN", ""),
}  # fmt: skip


def draw_cover(doc: pymupdf.Document) -> None:
    """Add sheet A-0."""
    _, pen = new_sheet(doc, number="A-0", title="COVER SHEET")
    pen.text((1168, 1580), "THE JUNIPER", size=64, bold=True)
    pen.text((1168, 1510), "A THREE-BEDROOM, TWO-BATH HOUSE WITH ATTACHED GARAGE", size=22)
    pen.line((200, 1470), (2136, 1470), width=HEAVY)
    _block(pen, (200, 1390), "PROJECT DATA", _DATA)
    _block(pen, (200, 1130), "ENERGY NOTES", _ENERGY)
    _block(pen, (200, 740), "CLIMATE AND COMFORT", _CLIMATE)
    _block(pen, (1300, 1390), "SHEET INDEX", _SHEETS)
    _block(pen, (1300, 1130), "GENERAL NOTES", _GENERAL)
    pen.commit()


def _block(pen: Pen, at: Pt, title: str, lines: Sequence[str]) -> None:
    x, y = at
    pen.text((x, y), title, size=18, bold=True, align=0.0)
    pen.line((x, y - 16), (x + 840, y - 16), width=MEDIUM)
    for index, words in enumerate(lines):
        pen.text((x, y - 44 - 28 * index), words, size=13, align=0.0)


def draw_schedules(doc: pymupdf.Document) -> None:
    """Add sheet A-3."""
    _, pen = new_sheet(doc, number="A-3", title="SCHEDULES")
    count = Counter(opening.tag for opening in OPENINGS)
    head = ("MARK", "QTY", "WIDTH", "HEIGHT", "TYPE", "U-FACTOR", "SHGC", "REMARKS")
    rows = [
        (mark, str(count[mark]), feet_inches(w), feet_inches(h), kind, "0.30", "0.30", remark)
        for mark, (w, h, kind, remark) in _WINDOW_SIZES.items()
    ]
    _table(pen, (160, 1580), "WINDOW SCHEDULE", (head, *rows), (80, 70, 110, 110, 260, 110, 90, 240))
    door_head = ("MARK", "QTY", "WIDTH", "HEIGHT", "TYPE", "U-FACTOR")
    doors = [
        (mark, str(count[mark]), feet_inches(w), feet_inches(h), kind, u)
        for mark, (w, h, kind, u) in _DOOR_SIZES.items()
    ]
    _table(pen, (160, 1240), "DOOR SCHEDULE", (door_head, *doors), (80, 70, 110, 110, 330, 110))
    pen.text(
        (160, 800), "NOTE: U-FACTOR AND SHGC ARE NFRC RATED VALUES FOR THE WHOLE UNIT.", size=11, align=0.0
    )
    pen.commit()


def _table(pen: Pen, at: Pt, title: str, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    x0, top, high = at[0], at[1], 32.0
    pen.text((x0, top + 20), title, size=16, bold=True, align=0.0)
    bottom, right = top - high * len(rows), x0 + sum(widths)
    for index in range(len(rows) + 1):
        pen.line((x0, top - high * index), (right, top - high * index), width=MEDIUM if index < 2 else FINE)
    for index in range(len(widths) + 1):
        x = x0 + sum(widths[:index])
        pen.line((x, top), (x, bottom), width=FINE)
    for line, row in enumerate(rows):
        for column, words in enumerate(row):
            x = x0 + sum(widths[:column]) + widths[column] / 2
            pen.text((x, top - high * (line + 0.5)), words, size=11, bold=line == 0)
