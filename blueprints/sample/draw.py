"""The demo's sample plan: `python -m blueprints.sample.draw OUT.pdf` draws the same bytes every time."""

from __future__ import annotations

import sys
from pathlib import Path

import pymupdf

from blueprints.sample.elevations import draw_elevations
from blueprints.sample.floor_plan import draw_floor_plan
from blueprints.sample.house import NORTH_DEG, SAMPLE_CONDITIONED_SQFT, SAMPLE_TRUTH
from blueprints.sample.papers import draw_cover, draw_schedules

__all__ = ["NORTH_DEG", "SAMPLE_CONDITIONED_SQFT", "SAMPLE_TRUTH", "draw_sample"]
_FIXED_DATE = "D:20250101000000Z"


def draw_sample(path: Path) -> Path:
    """Write the sample plan set (four 36 x 24 in sheets) to `path` and return it."""
    with pymupdf.open() as doc:
        draw_cover(doc)
        draw_floor_plan(doc)
        draw_elevations(doc)
        draw_schedules(doc)
        doc.set_metadata(
            {
                "title": "The Juniper, sample plan",
                "producer": "",
                "creator": "",
                "creationDate": _FIXED_DATE,
                "modDate": _FIXED_DATE,
            }
        )
        doc.save(path, garbage=3, deflate=True, no_new_id=True)
    return path


if __name__ == "__main__":
    draw_sample(Path(sys.argv[1]))
