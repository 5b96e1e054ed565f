"""Page pictures for people: unrotated pages as PNG, so that points and pixels differ by one factor only."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from blueprints.plan.model import PageSet
from blueprints.plan.pdf.open import open_plan

LONGEST_SIDE_PX = 2600


def render_previews(path: Path, *, pages: PageSet, folder: Path) -> dict[str, str]:
    """Write `page-N.png` for every floor-plan page (the first page if there is none); page number → file path."""
    wanted = [p.number for p in pages.pages if p.kind == "floor_plan"] or [p.number for p in pages.pages[:1]]
    written: dict[str, str] = {}
    with open_plan(path) as document:
        for number in wanted:
            page = document[number - 1]
            page.set_rotation(0)
            zoom = LONGEST_SIDE_PX / max(page.rect.width, page.rect.height)
            target = folder / f"page-{number}.png"
            page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).save(target)
            written[str(number)] = str(target)
    return written
