"""A page of pictures: each sheet with what is true and what was read drawn over it, misses marked.

The pictures hold the plans themselves: keep the folder to yourself when the plans are not yours to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pymupdf

from blueprints.plan.pdf.open import open_plan
from blueprints.score.causes import cause_of
from blueprints.score.model import Point, ReadRoom, TruthRoom
from blueprints.score.openings import CLASSES, matched
from blueprints.score.rooms import CLOSE, LOOSE, Case
from blueprints.score.trust import silent

LONGEST_PX = 1600
STYLE = """
body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222} section{margin-bottom:3em}
.sheet{position:relative;display:inline-block;border:1px solid #bbb} .sheet img{display:block;width:100%;opacity:.55}
.sheet svg{position:absolute;inset:0;width:100%;height:100%}
.good{fill:#0a02;stroke:#080} .off{fill:#fb04;stroke:#c80} .wrong{fill:#f504;stroke:#d40} .missed{fill:#f006;stroke:#c00}
.extra{fill:#f0f3;stroke:#a0a;stroke-dasharray:4 3} .read{fill:none;stroke:#06c;stroke-dasharray:2 2}
.hit{fill:none;stroke:#080} .lost{fill:none;stroke:#c00} .ghost{fill:none;stroke:#a0a}
text{font-family:sans-serif;text-anchor:middle} td,th{padding:2px 8px;text-align:left} .key span{padding:2px 8px;margin-right:6px}
"""
KEY = """<p class="key">Rooms: green within 5 %, yellow within 10 %, orange further off, red missed, purple read where none is,
blue dots the outline that was read. Openings: green found, red missed, purple read where none is. ⚠ marks silent errors.</p>"""


def write_overlays(cases: Sequence[tuple[Case, Path]], folder: Path) -> Path:
    """Write `index.html` and the pictures into the folder; the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [part for case, path in cases for part in _section(case, path, folder)]
    page = folder / "index.html"
    head = f'<!doctype html><meta charset="utf-8"><title>Plans as read</title><style>{STYLE}</style>'
    page.write_text(
        "\n".join([head, "<h1>Plans as read, over what is true</h1>", KEY, *parts]), encoding="utf-8"
    )
    return page


def _section(case: Case, path: Path, folder: Path) -> Iterator[str]:
    truth, reading = case.truth, case.reading
    yield f'<section id="{escape(truth.plan_id)}"><h2>{escape(truth.plan_id)}, stratum {truth.stratum}: {reading.status}'
    yield f" {escape(reading.code)}</h2>"
    pages = sorted({room.page for room in truth.rooms} | {room.page for room in reading.rooms})
    with open_plan(path) as document:
        for number in pages:
            if number <= len(document):
                yield from _sheet(case, document[number - 1], folder)
    yield from _table(case)
    yield "</section>"


def _sheet(case: Case, page: pymupdf.Page, folder: Path) -> Iterator[str]:
    page.set_rotation(0)
    number, width, height = page.number + 1, page.rect.width, page.rect.height
    name = f"{case.truth.plan_id}-{number}.png"
    zoom = LONGEST_PX / max(width, height)
    page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).save(str(folder / name))
    size = max(width, height) / 110
    yield f'<div class="sheet"><img src="{escape(name)}" alt="page {number}">'
    yield f'<svg viewBox="0 0 {width:.1f} {height:.1f}" stroke-width="{size / 8:.2f}" font-size="{size:.1f}">'
    yield from _rooms(case, number)
    yield from _openings(case, number, size)
    yield "</svg></div>"


def _rooms(case: Case, page: int) -> Iterator[str]:
    for room in case.truth.rooms:
        if room.page == page and room.conditioned and room.polygon_pt:
            yield _polygon(room.polygon_pt, _class(case, room))
    extra = {room.id for room in case.matching.extra}
    for read in case.reading.rooms:
        if read.page == page:
            outlined = case.truth.rule == "polygon"
            kind = "extra" if read.id in extra else "read" if outlined else _class_read(case, read)
            yield _polygon(read.polygon_pt, kind)
    for room in case.truth.rooms:
        if room.page == page and room.conditioned and room.polygon_pt:
            yield _text(room.shape.representative_point().coords[0], _label(case, room))


def _class(case: Case, room: TruthRoom) -> str:
    pair = case.matching.pair_of(room)
    if pair is None:
        return "missed"
    return _by_error(pair.area_error)


def _class_read(case: Case, read: ReadRoom) -> str:
    pair = next((p for p in case.matching.pairs if p.read.id == read.id), None)
    return "read" if pair is None else _by_error(pair.area_error)


def _by_error(error: float | None) -> str:
    if error is None or abs(error) <= CLOSE:
        return "good"
    return "off" if abs(error) <= LOOSE else "wrong"


def _label(case: Case, room: TruthRoom) -> str:
    pair = case.matching.pair_of(room)
    error = pair.area_error if pair else None
    mark = " ⚠" if silent(case, room) else ""
    said = "missed" if pair is None else "" if error is None else f"{100 * error:+.1f} %"
    return f"{room.name or room.id} {said}{mark}"


def _openings(case: Case, page: int, size: float) -> Iterator[str]:
    for name in CLASSES if case.truth.openings is not None else ():
        found = matched(case, name)
        marks = [(t.at_pt, "hit", t.page) for t, _ in found.pairs]
        marks += [(t.at_pt, "lost", t.page) for t in found.missed]
        marks += [(r.at_pt, "ghost", r.page) for r in found.extra]
        for at, kind, where in marks:
            if where == page:
                yield f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size / 2:.1f}"/>'


def _polygon(points: tuple[Point, ...], kind: str) -> str:
    listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon class="{kind}" points="{listed}"/>'


def _text(at: Point, words: str) -> str:
    return f'<text x="{at[0]:.1f}" y="{at[1]:.1f}">{escape(words)}</text>'


def _table(case: Case) -> Iterator[str]:
    """Rooms that are wrong, and why."""
    rows = [(room, cause) for room in case.truth.conditioned if (cause := cause_of(case, room)) is not None]
    if not rows and not case.matching.extra:
        return
    yield "<table><tr><th>room</th><th>true ft²</th><th>read ft²</th><th>why</th></tr>"
    for room, cause in rows:
        pair = case.matching.pair_of(room)
        read = f"{pair.read.area_sqft:.0f}" if pair and pair.read.area_sqft else ""
        true = f"{room.area_sqft:.0f}" if room.area_sqft else ""
        mark = " ⚠ silent" if silent(case, room) else ""
        yield f"<tr><td>{escape(room.name or room.id)}<td>{true}<td>{read}<td>{escape(cause)}{mark}</tr>"
    for extra in case.matching.extra:
        yield f"<tr><td><td><td>{extra.area_sqft or 0:.0f}<td>read where none is: {escape(extra.name)}</tr>"
    yield "</table>"
