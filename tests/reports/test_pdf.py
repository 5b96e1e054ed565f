"""The PDF as a reader gets it: text, sums, marks, and nothing that overlaps or leaves the page."""

from __future__ import annotations

import json
import logging
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from PIL import Image

from reports.document import build_document
from reports.parts import Picture
from reports.renderers import pdf as renderer
from reports.renderers.pdf import RenderFailed, render_pdf
from tests.reports.houses import LONG, many_rooms, ranch, renamed, report_in

pytestmark = pytest.mark.xdist_group("report pdf")  # one worker renders each case once
Box = tuple[float, float, float, float]
TOUCH_PT = 0.8  # boxes of letters are taller than their ink
CASES = ("draft", "final", "spanish", "many")


@cache
def picture() -> Picture:
    path = Path(tempfile.mkdtemp()) / "level.png"
    Image.new("RGB", (1000, 2000), (200, 220, 240)).save(path)
    return Picture(path=str(path), level="First floor", page=3, scale='1/4" = 1\'-0"')


@cache
def rendered(case: str) -> bytes:
    with heard() as said:
        data = fresh(case)
    assert said == []  # the renderer has nothing to complain about
    return data


def fresh(case: str) -> bytes:
    inputs = {
        "draft": lambda: report_in(loads=renamed("Bath <b>& spa</b> {{ x }}"), pictures=(picture(),)),
        "final": lambda: report_in(
            status="final", verified={"wall_r": "confirmed", "label:1:5:5": "corrected"}
        ),
        "spanish": lambda: report_in(locale="es"),
        "many": lambda: many_rooms(33),
    }
    return render_pdf(build_document(inputs[case]()))


@contextmanager
def heard() -> Iterator[list[str]]:
    """What any logger says from WARNING on."""
    said: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    ear = Ear(logging.WARNING)
    logging.getLogger().addHandler(ear)
    try:
        yield said
    finally:
        logging.getLogger().removeHandler(ear)


def pages(case: str) -> list[str]:
    with pymupdf.open(stream=rendered(case), filetype="pdf") as pdf:
        return [page.get_text() for page in pdf]


def lines(page: pymupdf.Page) -> list[tuple[Box, str]]:
    """Upright lines of text; the pale mark under the text is turned and left out."""
    blocks = page.get_text("dict")["blocks"]
    found = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    upright = [line for line in found if abs(line["dir"][1]) < 0.01]
    spans = [span for line in upright for span in line["spans"] if span["text"].strip()]
    return [(_ink(span), span["text"]) for span in spans]


def sizes(page: pymupdf.Page) -> set[float]:
    """Sizes of letters on the page; headings of sections have 12.5 points."""
    blocks = page.get_text("dict")["blocks"]
    return {
        span["size"]
        for block in blocks
        if block["type"] == 0
        for line in block["lines"]
        for span in line["spans"]
    }


def _ink(span: dict[str, Any]) -> Box:
    """The box of capital letters: descent and ascent of the font are wider than what is drawn."""
    x0, _, x1, _ = span["bbox"]
    base, size = span["origin"][1], span["size"]
    return x0, base - 0.73 * size, x1, base


def overlapping(found: list[tuple[Box, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of texts whose ink meets."""
    down = sorted(found, key=lambda one: one[0][1])
    for i, (a, one) in enumerate(down):
        for b, other in down[i + 1 :]:
            if b[1] >= a[3]:
                break
            if overlap(a, b):
                yield one, other


def overlap(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return across > TOUCH_PT and down > TOUCH_PT


@pytest.mark.parametrize("case", CASES)
def test_no_text_lies_over_other_text_or_leaves_the_page(case: str) -> None:
    with pymupdf.open(stream=rendered(case), filetype="pdf") as pdf:
        for page in pdf:
            found = lines(page)
            inside = pymupdf.Rect(36, 18, page.rect.width - 36, page.rect.height - 16)
            assert [text for box, text in found if not inside.contains(pymupdf.Rect(box))] == []
            clashes = list(overlapping(found))
            assert clashes == [], f"page {page.number + 1}"


@pytest.mark.parametrize("case", CASES)
def test_no_page_is_empty_and_no_heading_stands_alone(case: str) -> None:
    with pymupdf.open(stream=rendered(case), filetype="pdf") as pdf:
        for page in pdf:
            body = [span for box, span in lines(page) if 56 < box[1] < page.rect.height - 40]
            headed = any(12.2 < size < 13 for size in sizes(page))
            enough = 6 if headed else 1  # a heading and its sentence are not a page; the end of a list may be
            assert len(body) >= enough or page.get_images(), f"page {page.number + 1}"


def test_totals_and_every_room_are_printed() -> None:
    block, text = ranch()[1].loads["block"], "\n".join(pages("draft"))
    sensible, latent = round(block["cooling_sensible"]["total"]), round(block["cooling_latent"]["total"])
    for figure in (round(block["heating"]["total"]), sensible, latent, sensible + latent):
        assert f"{figure:,}" in pages("draft")[0] and f"{figure:,} Btu/h" in pages("draft")[1]
    for room in ranch()[1].loads["rooms"][1:]:
        assert room["name"] in text
    assert "Bath <b>& spa</b> {{ x }}" in text  # a name is never markup
    assert "has not been reviewed by ACCA" in text


@pytest.mark.parametrize("case", CASES)
def test_every_page_says_project_run_time_and_its_number(case: str) -> None:
    found = pages(case)
    word = "página %d de %d" if case == "spanish" else "page %d of %d"
    for index, text in enumerate(found, start=1):
        assert word % (index, len(found)) in text
        assert "5d1f0f8e" in text and "2026-03-04 05:06 UTC" in text
        assert (LONG[:40] if case == "many" else "Maple house · 12 Maple St") in text


def test_draft_stands_on_every_page_while_items_are_open_and_on_none_after() -> None:
    assert all(text.count("DRAFT") >= 2 for text in pages("draft"))
    assert "2 items are still to be verified" in pages("draft")[0]
    assert all(text.count("BORRADOR") >= 2 for text in pages("spanish"))
    assert "DRAFT" not in "".join(pages("final"))
    assert "Confirmed" in "".join(pages("final"))


def test_codes_are_said_as_sentences() -> None:
    text = "".join(pages("draft") + pages("spanish"))
    assert "The insulation was assumed." in text
    assert re.findall(r"\b\w+_(?:assumed|unknown|chosen)\b", text) == []


def test_the_reviewers_form_is_one_page() -> None:
    for case in ("draft", "spanish", "many"):
        second = pages(case)[1]
        assert ("Signature" in second or "Firma" in second) and (
            "Jurisdiction" in second or "Jurisdicción" in second
        )


def test_spanish_has_the_same_numbers() -> None:
    def figures(case: str) -> set[str]:
        text = "".join(text for text in pages(case)).replace("5d1f0f8e", "")
        return set(re.findall(r"\d{1,3}(?:,\d{3})+|\d+\.\d+", text))

    english = {figure for figure in figures("final") if "," in figure}
    spanish = {figure for figure in figures("spanish") if "," in figure}
    assert len(english) > 20 and english == spanish
    assert "Carga por componente" in "".join(pages("spanish"))


def test_the_numbers_for_machines_are_inside() -> None:
    with pymupdf.open(stream=rendered("draft"), filetype="pdf") as pdf:
        twin = json.loads(pdf.embfile_get("autohvac-report.json"))
    assert twin["loads"]["block"] == ranch()[1].loads["block"]


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = rendered("final")
    later = time.gmtime(4_000_000_000)
    for name in ("gmtime", "localtime"):
        monkeypatch.setattr(time, name, lambda *a: later)
    assert fresh("final") == first


def test_css_that_the_renderer_does_not_know_would_be_heard() -> None:
    with heard() as said:
        renderer._laid_out("<style>td { border-collapse: collapse; }</style><p>x</p>")
    assert len(said) == 1


def test_the_renderer_reads_nothing_but_our_fonts() -> None:
    with pytest.raises(RenderFailed):
        renderer._fonts_only("/etc/hostname", None)


def test_a_plan_picture_is_as_large_as_its_page_allows() -> None:
    with pymupdf.open(stream=rendered("draft"), filetype="pdf") as pdf:
        page = pdf[2]
        (image,) = page.get_images()
        box = page.get_image_rects(image[0])[0]
        assert "Sheet 3." in page.get_text() and "First floor" in page.get_text()
    assert box.height == pytest.approx(610, abs=2) and box.width == pytest.approx(305, abs=2)
    assert image[2:4] == (1000, 2000)
