"""The report as PDF, by xhtml2pdf from Django templates. Same document, same bytes."""

from __future__ import annotations

import base64
import io
import json
import threading
from pathlib import Path

import pymupdf
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from PIL import Image
from reportlab import rl_config
from xhtml2pdf import pisa

from autohvac.core.evidence import Frozen
from reports.parts import Picture, ReportDocument

FONTS = Path(__file__).resolve().parent.parent / "fonts"
LOCK = threading.Lock()  # xhtml2pdf keeps state in module globals
Colour = tuple[float, float, float]
INK, GREY, MARK = (0.11, 0.15, 0.2), (0.45, 0.45, 0.45), (0.75, 0.22, 0.16)
EDGE_PT = 40.0
PICTURE_PT = (532.0, 610.0)  # the space of a picture on its page
TAG_PT = 96.0  # the DRAFT tag with the space before it


class RenderFailed(RuntimeError):
    """The PDF could not be made."""


class Inlined(Frozen):
    """A picture inside the page: as a data URI, with its size in points."""

    data: str
    width: int
    height: int
    level: str
    page: int
    scale: str


def render_pdf(document: ReportDocument) -> bytes:
    """The report's pages, each with project, run and page n of N, marked DRAFT while items are open."""
    with translation.override(document.locale):
        context = {
            "doc": document,
            "fonts": str(FONTS),
            "pictures": [_inlined(picture) for picture in document.pictures],
        }
        html = render_to_string("reports/report.html", context)
        return _finished(_laid_out(html), document)


def _laid_out(html: str) -> bytes:
    buffer = io.BytesIO()
    with LOCK:
        rl_config.invariant, rl_config.useA85 = 1, 0
        status = pisa.CreatePDF(html, dest=buffer, link_callback=_fonts_only, encoding="utf-8")
    if status.err:
        raise RenderFailed(f"{status.err} errors in the report template")
    return buffer.getvalue()


def _inlined(picture: Picture) -> Inlined:
    """The renderer may read no folder but our fonts, so pictures come inside the page; as large as fits."""
    data = Path(picture.path).read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        zoom = min(PICTURE_PT[0] / image.width, PICTURE_PT[1] / image.height)
        width, height = int(image.width * zoom), int(image.height * zoom)
    return Inlined(
        data="data:image/png;base64," + base64.b64encode(data).decode(),
        width=width,
        height=height,
        level=picture.level,
        page=picture.page,
        scale=picture.scale,
    )


def _fonts_only(uri: str, rel: str | None) -> str:
    """Links resolve to our fonts and to nothing else."""
    if uri.startswith("data:image/png;base64,") or Path(uri).resolve().is_relative_to(FONTS):
        return uri
    raise RenderFailed(f"a report may not use {uri}")


def _finished(data: bytes, document: ReportDocument) -> bytes:
    """Head and foot of every page, DRAFT marks and the machine twin."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            _head_and_foot(page, document, count=pdf.page_count)
            if document.status == "draft":
                _mark_draft(page)
        _embed_twin(pdf, document)
        pdf.set_metadata(
            {
                "title": f"{gettext('Heating and cooling loads')}: {document.title}",
                "producer": "AutoHVAC",
                "creationDate": "",
                "modDate": "",
            }
        )
        pdf.subset_fonts()
        return bytes(pdf.tobytes(garbage=4, deflate=True, no_new_id=True))


def _embed_twin(pdf: pymupdf.Document, document: ReportDocument) -> None:
    """The numbers for machines, without the times the library would write."""
    twin = json.dumps(document.twin, sort_keys=True, ensure_ascii=False).encode()
    pdf.embfile_add("autohvac-report.json", twin, desc="The numbers of this report")
    for xref in range(1, pdf.xref_length()):
        if pdf.xref_get_key(xref, "Type")[1] == "/EmbeddedFile" or pdf.xref_get_key(xref, "EF")[0] != "null":
            for key in ("Params/ModDate", "Params/CreationDate"):
                if pdf.xref_get_key(xref, key)[0] != "null":
                    pdf.xref_set_key(xref, key, "null")


def _head_and_foot(page: pymupdf.Page, document: ReportDocument, *, count: int) -> None:
    facts = document.facts
    place = ", ".join(filter(None, (facts.get("address"), facts.get("zip_code"))))
    room = page.rect.width - 2 * EDGE_PT - (TAG_PT if document.status == "draft" else 0.0)
    head = " · ".join(filter(None, (document.title, place)))
    run = (
        f"{gettext('Heating and cooling loads')} · {gettext('run')} {document.run_code} · {document.run_time}"
    )
    _print(page, (EDGE_PT, 32), _fitted(head, room, size=8.5, bold=True), size=8.5, colour=INK, bold=True)
    _print(page, (EDGE_PT, 44), _fitted(run, room, size=7.5), size=7.5, colour=GREY)
    page.draw_line((EDGE_PT, 51), (page.rect.width - EDGE_PT, 51), color=(0.75, 0.79, 0.83), width=0.5)
    numbered = gettext("page %(page)s of %(count)s") % {"page": page.number + 1, "count": count}
    foot = page.rect.height - 24
    across = page.rect.width - EDGE_PT - _font(bold=False).text_length(numbered, fontsize=7.5)
    firm = _fitted(" · ".join(filter(None, ("AutoHVAC", facts.get("firm")))), across - 60, size=7.5)
    _print(page, (EDGE_PT, foot), firm, size=7.5, colour=GREY)
    _print(page, (across, foot), numbered, size=7.5, colour=GREY)


def _mark_draft(page: pymupdf.Page) -> None:
    """DRAFT as a tag in the head, and large and pale under the text."""
    text = gettext("DRAFT")
    size = 22.0
    font = _font(bold=True)
    wide = font.text_length(text, fontsize=size)
    if wide > TAG_PT - 10:
        size *= (TAG_PT - 10) / wide
    at = (page.rect.width - EDGE_PT - font.text_length(text, fontsize=size), 44)
    _print(page, at, text, size=size, colour=MARK, bold=True)
    large = 0.72 * page.rect.height / max(1.0, font.text_length(text, fontsize=1.0))
    middle = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
    start = (middle.x - font.text_length(text, fontsize=large) / 2, middle.y + large * 0.35)
    turn = (middle, pymupdf.Matrix(55))
    _print(page, start, text, size=large, colour=(0.975, 0.92, 0.91), bold=True, turn=turn)


def _font(*, bold: bool) -> pymupdf.Font:
    return pymupdf.Font(fontfile=str(FONTS / f"{_font_name(bold=bold)}.ttf"))


def _font_name(*, bold: bool) -> str:
    return "DejaVuSans-Bold" if bold else "DejaVuSans"


def _fitted(text: str, room: float, *, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis if it is longer than `room` points."""
    font = _font(bold=bold)
    if font.text_length(text, fontsize=size) <= room:
        return text
    while text and font.text_length(text + "…", fontsize=size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _print(
    page: pymupdf.Page,
    at: tuple[float, float],
    text: str,
    *,
    size: float,
    colour: Colour,
    bold: bool = False,
    turn: tuple[pymupdf.Point, pymupdf.Matrix] | None = None,
) -> None:
    """A line of text; a turned one goes under what is on the page."""
    name = _font_name(bold=bold)
    page.insert_text(
        at, text, fontsize=size, fontname=name, fontfile=str(FONTS / f"{name}.ttf"), color=colour, morph=turn,
        overlay=turn is None,
    )  # fmt: skip
