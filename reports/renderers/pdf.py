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
from reportlab import rl_config
from xhtml2pdf import pisa

from reports.document import ReportDocument

FONTS = Path(__file__).resolve().parent.parent / "fonts"
LOCK = threading.Lock()  # xhtml2pdf keeps state in module globals
INK, MARK = (0.55, 0.55, 0.55), (0.82, 0.30, 0.25)


class RenderFailed(RuntimeError):
    """The PDF could not be made."""


def render_pdf(document: ReportDocument) -> bytes:
    """The report's pages, numbered, with the run code on each, DRAFT across them while items are open."""
    with translation.override(document.locale):
        pictures = [_inlined(Path(picture)) for picture in document.pictures]
        context = {"doc": document, "fonts": str(FONTS), "pictures": pictures}
        html = render_to_string("reports/report.html", context)
    buffer = io.BytesIO()
    with LOCK:
        rl_config.invariant = 1
        status = pisa.CreatePDF(html, dest=buffer, link_callback=_fonts_only, encoding="utf-8")
    if status.err:
        raise RenderFailed(f"{status.err} errors in the report template")
    return _finished(buffer.getvalue(), document)


def _inlined(picture: Path) -> str:
    """A picture as a data URI: the renderer may read no folder but our fonts."""
    return "data:image/png;base64," + base64.b64encode(picture.read_bytes()).decode()


def _fonts_only(uri: str, rel: str | None) -> str:
    """Links resolve to our fonts and to nothing else."""
    if uri.startswith("data:image/png;base64,") or Path(uri).resolve().is_relative_to(FONTS):
        return uri
    raise RenderFailed(f"a report may not use {uri}")


def _finished(data: bytes, document: ReportDocument) -> bytes:
    """Page numbers, DRAFT marks and the machine twin."""
    footer = f"AutoHVAC  ·  run {document.run_code}  ·  {document.run_time}"
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            numbered = f"page {page.number + 1} of {pdf.page_count}"
            _print(page, (40, page.rect.height - 22), f"{footer}  ·  {numbered}", size=7.5, colour=INK)
            if document.status == "draft":
                _print(page, (page.rect.width - 118, 34), "DRAFT", size=26, colour=MARK, bold=True)
        twin = json.dumps(document.twin, sort_keys=True, ensure_ascii=False).encode()
        pdf.embfile_add("autohvac-report.json", twin, desc="The numbers of this report")
        pdf.set_metadata(
            {
                "title": f"Manual J loads: {document.title}",
                "producer": "AutoHVAC",
                "creationDate": "",
                "modDate": "",
            }
        )
        return bytes(pdf.tobytes(garbage=3, deflate=True, no_new_id=True))


def _print(
    page: pymupdf.Page,
    at: tuple[float, float],
    text: str,
    *,
    size: float,
    colour: tuple[float, float, float],
    bold: bool = False,
) -> None:
    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    page.insert_text(
        at, text, fontsize=size, fontname=name, fontfile=str(FONTS / f"{name}.ttf"), color=colour
    )
