"""M16: time of reading in units of what the page costs to open, and memory.

P of a page: its strokes, its words and a grey picture at 150 dpi, once each, measured in the same run; T: one tile of 1200 pixels
through the second OCR engine. Each is the least of the repeats.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

from blueprints.plan.pdf.open import open_plan
from blueprints.score.model import Truth
from blueprints.score.samples import Samples, Values

SCANS = ("C", "D")
TILE_PX = 1200


def cost_samples(
    truth: Truth, path: Path, analyses: list[dict[str, Any]], *, tile_s: float | None = None
) -> Samples:
    """Seconds of stages 1 to 4 over the P of all pages (and over T on scans), and the peak of the reader's child [MB]."""
    measured = [a["measured"] for a in analyses if a.get("measured", {}).get("seconds")]
    if not measured:
        return {}
    seconds = min(sum(m["seconds"].values()) for m in measured)
    pages = unit_seconds(path, repeats=len(analyses))
    samples: Samples = {
        "M16.p_ratio": Values((seconds / sum(pages),), "median"),
        "M16.seconds_page_ratio": Values((seconds / len(pages),), "median"),
        "M16.peak_mb": Values((max(m["peak_mb"] for m in measured),), "max"),
    }
    if truth.stratum in SCANS and tile_s:
        samples["M16.t_ratio"] = Values((seconds / len(pages) / tile_s,), "median")
    return samples


def unit_seconds(path: Path, *, repeats: int) -> list[float]:
    """P of each page [s]: the least of the repeats, each from a freshly opened file."""
    with open_plan(path) as document:
        count = len(document)
    return [min(_unit(path, number) for _ in range(max(1, repeats))) for number in range(count)]


def _unit(path: Path, number: int) -> float:
    with open_plan(path) as document:
        page = document[number]
        return timed(lambda: _touch(page))


def _touch(page: pymupdf.Page) -> None:
    page.get_cdrawings()
    page.get_text("words")
    page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)


def tile_seconds(*, repeats: int) -> float:
    """T [s]: one tile with a few words through the second OCR engine; the least of the repeats."""
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR()
    with pymupdf.open() as document:
        page = document.new_page(width=576, height=576)
        for row in range(8):
            page.insert_text((60, 60 + 60 * row), f"BEDROOM {row}  12'-{row}\" x 10'-4\"", fontsize=14)
        picture = page.get_pixmap(dpi=150, colorspace=pymupdf.csRGB)
    tile = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width, 3)
    if picture.width != TILE_PX:
        raise ValueError(f"tile is {picture.width} pixels wide")
    return min(timed(lambda: engine(tile)) for _ in range(max(1, repeats)))


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of a piece of work."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
