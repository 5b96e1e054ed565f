"""The same plan in other clothes: turned, moved, halved, scanned, its strokes shuffled, its layers gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from blueprints.plan.pdf.open import open_plan
from blueprints.score.model import Point
from blueprints.score.redraw import SEED, rewrite_lengths, shuffle_strokes

MOVED_PT = (54.0, 36.0)
Back = Callable[[Point, float, float], Point]


@dataclass(frozen=True)
class Variant:
    """How it is made, and how its points come back to the plan's (with the plan's page width and height)."""

    name: str
    make: Callable[[Path, Path], bool]
    back: Back


def _same(point: Point, width: float, height: float) -> Point:
    return point


def _from_quarter(point: Point, width: float, height: float) -> Point:
    """The page was turned a quarter clockwise: its left edge became its top."""
    return point[1], height - point[0]


def _from_moved(point: Point, width: float, height: float) -> Point:
    return point[0] - MOVED_PT[0], point[1] - MOVED_PT[1]


def _from_half(point: Point, width: float, height: float) -> Point:
    return 2 * point[0], 2 * point[1]


def _placed(source: Path, out: Path, place: Callable[[pymupdf.Page, pymupdf.Page], None]) -> bool:
    """A document with a new page for each page; `place` sets its size and shows the old one on it."""
    with open_plan(source) as old, pymupdf.open() as new:
        for page in old:
            page.set_rotation(0)
            place(page, new.new_page(width=page.rect.width, height=page.rect.height))
        new.save(str(out))
    return True


def _repeat(source: Path, out: Path) -> bool:
    out.write_bytes(source.read_bytes())
    return True


def _quarter(source: Path, out: Path) -> bool:
    def place(old: pymupdf.Page, new: pymupdf.Page) -> None:
        new.set_mediabox(pymupdf.Rect(0, 0, old.rect.height, old.rect.width))
        new.show_pdf_page(new.rect, old.parent, old.number, rotate=-90)

    return _placed(source, out, place)


def _moved(source: Path, out: Path) -> bool:
    def place(old: pymupdf.Page, new: pymupdf.Page) -> None:
        x, y = MOVED_PT
        new.set_mediabox(pymupdf.Rect(0, 0, old.rect.width + x, old.rect.height + y))
        new.show_pdf_page(pymupdf.Rect(x, y, new.rect.width, new.rect.height), old.parent, old.number)

    return _placed(source, out, place)


def _half(source: Path, out: Path) -> bool:
    def place(old: pymupdf.Page, new: pymupdf.Page) -> None:
        new.set_mediabox(pymupdf.Rect(0, 0, old.rect.width / 2, old.rect.height / 2))
        new.show_pdf_page(new.rect, old.parent, old.number)

    return _placed(source, out, place)


def _scanned(dpi: int) -> Callable[[Path, Path], bool]:
    def make(source: Path, out: Path) -> bool:
        def place(old: pymupdf.Page, new: pymupdf.Page) -> None:
            new.insert_image(new.rect, pixmap=old.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY))

        return _placed(source, out, place)

    return make


def _redrawn(source: Path, out: Path, change: Callable[[pymupdf.Page], object]) -> bool:
    """Pages changed in place; False when nothing was there to change."""
    with open_plan(source) as document:
        if not document.is_pdf:
            return False
        changed = [change(page) for page in document]
        document.save(str(out))
    return any(done is None or done for done in changed)


def _shuffled(source: Path, out: Path) -> bool:
    return _redrawn(source, out, lambda page: shuffle_strokes(page, seed=SEED))


def _lengths(source: Path, out: Path) -> bool:
    return _redrawn(source, out, rewrite_lengths)


def _no_layers(source: Path, out: Path) -> bool:
    with open_plan(source) as document:
        catalog = document.pdf_catalog()
        if document.xref_get_key(catalog, "OCProperties")[0] == "null":
            return False
        document.xref_set_key(catalog, "OCProperties", "null")
        document.save(str(out))
    return True


VARIANTS = (
    Variant("repeat", _repeat, _same),
    Variant("quarter_turn", _quarter, _from_quarter),
    Variant("moved", _moved, _from_moved),
    Variant("half_size", _half, _from_half),
    Variant("shuffled", _shuffled, _same),
    Variant("no_layers", _no_layers, _same),
    Variant("lengths", _lengths, _same),
    Variant("dpi150", _scanned(150), _same),
    Variant("dpi200", _scanned(200), _same),
    Variant("dpi300", _scanned(300), _same),
)
