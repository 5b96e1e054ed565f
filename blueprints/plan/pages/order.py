"""Which storey is which, and which page repeats another, once all pages are classed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blueprints.plan.model import DrawingInfo, PageInfo

GROUND = re.compile(r"\bGROUND\b|PLANTA BAJA|ERDGESCHOSS", re.IGNORECASE)
COUNTED_FROM_GROUND = (
    (2, re.compile(r"\bFIRST\b|\b1ST\b|PRIMER", re.IGNORECASE)),
    (3, re.compile(r"\bSECOND\b|\b2ND\b|SEGUND", re.IGNORECASE)),
)


def storeys_in_order(pages: Sequence[PageInfo]) -> list[PageInfo]:
    """Where a set has a ground floor, its first floor is the second storey."""
    titles = [d.title for page in pages if page.kind == "floor_plan" for d in page.drawings]
    if not any(GROUND.search(title) for title in titles):
        return list(pages)
    return [
        page.model_copy(update={"drawings": tuple(_counted_from_ground(d) for d in page.drawings)})
        for page in pages
    ]


def _counted_from_ground(drawing: DrawingInfo) -> DrawingInfo:
    if GROUND.search(drawing.title):
        return drawing
    index = next(
        (i for i, pattern in COUNTED_FROM_GROUND if pattern.search(drawing.title)), drawing.storey_index
    )
    return drawing.model_copy(update={"storey_index": index})


def mark_duplicates(pages: Sequence[PageInfo]) -> list[PageInfo]:
    """A later floor-plan page of the same storey and title with fewer witnesses repeats the first."""
    seen: dict[tuple[int | None, str], int] = {}
    marked = []
    for page in pages:
        key = (page.drawings[0].storey_index, page.drawings[0].title.upper()) if page.drawings else (None, "")
        repeats = page.kind == "floor_plan" and len(page.drawings) == 1 and key[1] and key in seen
        marked.append(page.model_copy(update={"duplicate_of": seen[key]}) if repeats else page)
        if page.kind == "floor_plan" and key[1]:
            seen.setdefault(key, page.number)
    return marked
