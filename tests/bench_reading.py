"""`python -m tests.bench_reading [PLAN.pdf …]`: time and memory of reading, as ratios measured in this run.

P of a page: its strokes, its words and a grey picture at 150 dpi, once each. T: one tile of 1200 pixels through the second
OCR engine. Each figure is the least of the repeats. Without plans the sample set is read: as drawn, as a scan, its floor
plan on a sheet of 36 × 48 inches as a scan of 300 dpi, and with 300 sheets; memory is the largest resident memory of
the reader's child. Two readers side by side are timed against one, on two plan pages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

from autohvac.core.sandbox import ROOT
from blueprints.plan.geometry.extract import extract as read_geometry
from blueprints.plan.model import PageSet
from blueprints.plan.pages.analyse import analyse
from blueprints.plan.pdf.validate import Limits, validate
from blueprints.plan.text.extract import extract as read_text
from blueprints.plan.text.ocr import TILE_PX
from blueprints.sample.draw import draw_sample
from blueprints.score.cost import tile_seconds, timed, unit_seconds
from blueprints.score.run_reader import read_plan

LIMITS = Limits.model_validate({"max_bytes": 2**30, "max_pages": 400})
OCR_DPI, GLANCE_DPI = 150, 75
SHEET_PT = (48 * 72.0, 36 * 72.0)


def quiet(done: float, total: float, what: str) -> None:
    """No progress."""


def plan_only(pages: PageSet) -> PageSet:
    """The pages with a floor plan."""
    return pages.model_copy(update={"pages": tuple(p for p in pages.pages if p.kind == "floor_plan")})


def seconds_of(path: Path, *, repeats: int) -> dict[str, Any]:
    """Least seconds of sorting all pages and of reading the plan pages, and which those are."""
    facts = validate(path, limits=LIMITS)
    pages = plan_only(analyse(path, facts, progress=quiet))
    triage = min(timed(lambda: analyse(path, facts, progress=quiet)) for _ in range(repeats))
    read = min(timed(lambda: _read(path, pages)) for _ in range(repeats))
    return {"triage": triage, "read": read, "plans": [p.number - 1 for p in pages.pages]}


def _read(path: Path, pages: PageSet) -> None:
    read_text(path, pages, read_geometry(path, pages, progress=quiet), progress=quiet)


def inked_tiles(path: Path, numbers: Sequence[int]) -> int:
    """Tiles of TILE_PX at OCR_DPI with ink on them."""
    count = 0
    with pymupdf.open(path) as document:
        for number in numbers:
            picture = document[number].get_pixmap(dpi=OCR_DPI, colorspace=pymupdf.csGRAY)
            grey = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.stride)
            for top in range(0, picture.height, TILE_PX):
                for left in range(0, picture.width, TILE_PX):
                    count += bool((grey[top : top + TILE_PX, left : left + TILE_PX] < 128).any())
    return count


def glance_seconds(path: Path, *, repeats: int) -> float:
    """Least seconds of all that sorting must look at: the words and a small grey picture of every page."""

    def glance() -> None:
        with pymupdf.open(path) as document:
            for page in document:
                page.get_text("words")
                page.get_pixmap(dpi=GLANCE_DPI, colorspace=pymupdf.csGRAY)

    return min(timed(glance) for _ in range(repeats))


def line(name: str, path: Path, *, repeats: int, tile_s: float, scan: bool) -> str:
    """One plan's figures."""
    units = unit_seconds(path, repeats=repeats)
    found = seconds_of(path, repeats=repeats)
    triage = found["triage"] / sum(units)
    glance = glance_seconds(path, repeats=repeats) / sum(units)
    text = f"{name}: sorting {triage:.2f} P a page (words and a picture of {GLANCE_DPI} dpi alone {glance:.2f} P)"
    if not found["plans"]:
        return text + "; no floor plan"
    whole = sum(units[n] for n in found["plans"])
    if not scan:
        return f"{text}; plan pages {found['read'] / whole:.1f} P"
    tiles = inked_tiles(path, found["plans"])
    return (
        f"{text}; plan pages {found['read'] / (3 * whole + tile_s * tiles):.2f} × (3 P + 1 T × {tiles} tiles)"
    )


def as_scan(path: Path, out: Path, *, pages: Sequence[int], dpi: int = 200) -> Path:
    """Pages as pictures."""
    with pymupdf.open(path) as source, pymupdf.open() as made:
        for number in pages:
            page = source[number]
            picture = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
            made.new_page(width=page.rect.width, height=page.rect.height).insert_image(
                page.rect, stream=picture.tobytes("png")
            )
        made.save(out)
    return out


def large_sheet(path: Path, out: Path, *, page: int) -> Path:
    """A plan page as a scan of 300 dpi on a sheet of 36 × 48 in."""
    drawn = out.with_suffix(".drawn.pdf")
    with pymupdf.open(path) as source, pymupdf.open() as made:
        sheet = made.new_page(width=SHEET_PT[0], height=SHEET_PT[1])
        sheet.show_pdf_page(sheet.rect, source, page)
        made.save(drawn)
    return as_scan(drawn, out, pages=[0], dpi=300)


def many_pages(path: Path, out: Path, *, count: int, plan: int) -> Path:
    """The set, and its other sheets over and over: elevations, schedules, notes."""
    with pymupdf.open(path) as source, pymupdf.open() as made:
        made.insert_pdf(source)
        others = [n for n in range(len(source)) if n != plan]
        while len(made) < count:
            number = others[len(made) % len(others)]
            made.insert_pdf(source, from_page=number, to_page=number)
        made.save(out)
    return out


def memory(name: str, path: Path) -> str:
    """Largest resident memory of the reader's child."""
    answer = read_plan(path, timeout_s=1800)
    measured = answer["measured"]
    outcome = answer.get("code") or answer["status"]
    return f"{name}: {measured['peak_mb']:.0f} MB, {sum(measured['seconds'].values()):.0f} s, {outcome}"


def side_by_side(path: Path, *, repeats: int) -> float:
    """Throughput of two readers at once over that of one after the other."""
    command = [sys.executable, "-m", "tests.bench_reading", "--once", str(path)]

    def run(at_once: bool) -> None:
        first = subprocess.Popen(command, cwd=ROOT)
        if not at_once:
            first.wait()
        second = subprocess.Popen(command, cwd=ROOT)
        first.wait()
        second.wait()

    return min(timed(lambda: run(False)) for _ in range(repeats)) / min(
        timed(lambda: run(True)) for _ in range(repeats)
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plans", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--once", action="store_true", help="read the plans once and print nothing")
    parser.add_argument(
        "--memory", action="store_true", help="only the memory of the large and the thick set"
    )
    given = parser.parse_args()
    if given.memory:
        with tempfile.TemporaryDirectory() as made:
            memory_lines(draw_sample(Path(made) / "sample.pdf"))
        return
    if given.once:
        for path in given.plans:
            seconds_of(path, repeats=3)
        return
    tile_s = tile_seconds(repeats=given.repeats)
    print(f"T = {1000 * tile_s:.0f} ms", flush=True)
    for path in given.plans:
        print(line(path.stem, path, repeats=given.repeats, tile_s=tile_s, scan=False), flush=True)
    if not given.plans:
        sample_set(tile_s=tile_s, repeats=given.repeats)


def sample_set(*, tile_s: float, repeats: int) -> None:
    """The figures of the sample, its scan, the large sheet and the thick set."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        sample = draw_sample(folder / "sample.pdf")
        plan = seconds_of(sample, repeats=1)["plans"][0]
        print(line("sample set, vector", sample, repeats=repeats, tile_s=tile_s, scan=False), flush=True)
        scan = as_scan(sample, folder / "scan.pdf", pages=[plan])
        print(
            line("floor plan, scan of 200 dpi", scan, repeats=repeats, tile_s=tile_s, scan=True), flush=True
        )
        print(f"two readers at once: {side_by_side(sample, repeats=2):.2f} times one", flush=True)
        memory_lines(sample)


def memory_lines(sample: Path) -> None:
    """The floor plan of the sample as a large scan, and its sheets 300 times."""
    pages = plan_only(analyse(sample, validate(sample, limits=LIMITS), progress=quiet)).pages
    plan, folder = pages[0].number - 1, sample.parent
    large = large_sheet(sample, folder / "large.pdf", page=plan)
    print(memory("36 × 48 in sheet, scan of 300 dpi", large), flush=True)
    print(memory("300 pages", many_pages(sample, folder / "many.pdf", count=300, plan=plan)), flush=True)


if __name__ == "__main__":
    main()
