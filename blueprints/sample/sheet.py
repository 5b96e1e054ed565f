"""The sheet itself: border and title block of every page."""

from __future__ import annotations

import pymupdf

from blueprints.sample.pen import FINE, HEAVY, MEDIUM, Pen

WIDTH_PT, HEIGHT_PT = 2592.0, 1728.0
BLOCK_X = 2300.0
_MARGIN = 36.0


def new_sheet(doc: pymupdf.Document, *, number: str, title: str) -> tuple[pymupdf.Page, Pen]:
    """A 36 x 24 in page with border and title block, and a pen in points with y up from the bottom left."""
    page = doc.new_page(width=WIDTH_PT, height=HEIGHT_PT)
    pen = Pen(page, origin=(0.0, HEIGHT_PT), scale=1.0)
    pen.rect(_MARGIN, _MARGIN, WIDTH_PT - _MARGIN, HEIGHT_PT - _MARGIN, width=HEAVY)
    pen.line((BLOCK_X, _MARGIN), (BLOCK_X, HEIGHT_PT - _MARGIN), width=HEAVY)
    _title_block(pen, number=number, title=title)
    return page, pen


def _title_block(pen: Pen, *, number: str, title: str) -> None:
    middle = (BLOCK_X + WIDTH_PT - _MARGIN) / 2
    for y in (1480.0, 1180.0, 620.0, 420.0, 300.0):
        pen.line((BLOCK_X, y), (WIDTH_PT - _MARGIN, y), width=FINE)
    pen.rect(middle - 60, 1560, middle + 60, 1640, width=MEDIUM)
    pen.poly([(middle - 60, 1600), (middle, 1640), (middle + 60, 1600)], width=MEDIUM, closed=False)
    pen.text((middle, 1520), "SAMPLE PLAN STUDIO", size=15, bold=True)
    pen.text((middle, 1498), "drawn for demonstration, not for construction", size=8)
    pen.text((middle, 1380), "THE JUNIPER", size=24, bold=True)
    for index, words in enumerate(
        ("single-storey residence", "three bedrooms, two baths", "attached garage")
    ):
        pen.text((middle, 1340 - 18 * index), words, size=11)
    for index, words in enumerate(("REV   DESCRIPTION", "0   ISSUED FOR PERMIT REVIEW")):
        pen.text((BLOCK_X + 18, 1150 - 22 * index), words, size=9, align=0.0)
    _sheet_number(pen, middle, number=number, title=title)


def _sheet_number(pen: Pen, middle: float, *, number: str, title: str) -> None:
    pen.text((BLOCK_X + 18, 598), "DRAWN: S.P.", size=9, align=0.0)
    pen.text((BLOCK_X + 18, 576), "CHECKED: A.H.", size=9, align=0.0)
    pen.text((BLOCK_X + 18, 554), "PROJECT: 0001", size=9, align=0.0)
    pen.text((BLOCK_X + 18, 404), "SHEET TITLE", size=8, align=0.0)
    pen.text((middle, 350), title, size=16, bold=True)
    pen.text((BLOCK_X + 18, 284), "SHEET", size=8, align=0.0)
    pen.text((middle, 150), number, size=64, bold=True)
