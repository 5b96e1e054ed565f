"""Sound plans to damage: drawn by our own scripts, and the development plans where they are."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pymupdf
from PIL import Image

from blueprints.sample.draw import draw_sample
from tests.conftest import SHARED

ROOMS = ("LIVING ROOM", "KITCHEN", "BEDROOM 1", "BEDROOM 2", "BATH", "HALL")
LARGEST_BYTES = 700_000  # a file of megabytes costs minutes and shows nothing more


def own_seeds(folder: Path) -> dict[str, bytes]:
    """Seeds by name, made anew: vector sheets, a sheet with pictures, scans of each format, odd but sound files."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = draw_sample(folder / "sample.pdf")
    seeds = {
        "sheet": _one_sheet(sample),
        "small": _small_plan(),
        "pictures": _plan_with_pictures(),
        "scan.png": _scan("PNG"),
        "scan.jpg": _scan("JPEG"),
        "scan.tif": _scan("TIFF"),
        "linked": _linked_plan(),
    }
    return seeds | {"packed": _packed(seeds["small"])}


def development_seeds() -> dict[str, bytes]:
    """The development plans up to `LARGEST_BYTES`; none where they are not here."""
    folder = SHARED / "data" / "blueprints"
    paths = sorted(p for p in folder.glob("*/*.p[dn][fg]") if p.stat().st_size <= LARGEST_BYTES)
    return {path.name: path.read_bytes() for path in paths}


def _one_sheet(sample: Path) -> bytes:
    with pymupdf.open(sample) as document:
        document.select([1])
        return _bytes(document)


def _small_plan() -> bytes:
    """Six rooms in double lines, with names, dimensions, a title and a scale: read in a second."""
    with pymupdf.open() as document:
        page = document.new_page(width=792, height=612)
        for number, name in enumerate(ROOMS):
            left, top = 100 + 200 * (number % 3), 100 + 180 * (number // 3)
            page.draw_rect(pymupdf.Rect(left, top, left + 200, top + 180), width=0.7)
            page.draw_rect(pymupdf.Rect(left + 8, top + 8, left + 192, top + 172), width=0.7)
            page.insert_text((left + 60, top + 80), name, fontsize=9)
            page.insert_text((left + 60, top + 92), "10'-3\" x 9'-1\"", fontsize=7)
        page.insert_text((300, 540), "FIRST FLOOR PLAN", fontsize=14)
        page.insert_text((300, 556), 'SCALE: 1/4" = 1\'-0"', fontsize=8)
        return _bytes(document)


def _plan_with_pictures() -> bytes:
    with pymupdf.open("pdf", _small_plan()) as document:
        page = document[0]
        for number, kind in enumerate(("PNG", "JPEG")):
            box = pymupdf.Rect(20, 20 + 80 * number, 90, 90 + 80 * number)
            page.insert_image(box, stream=_picture_bytes(kind))
        return _bytes(document)


def _linked_plan() -> bytes:
    with pymupdf.open("pdf", _small_plan()) as document:
        box, page = pymupdf.Rect(300, 530, 400, 560), document[0]
        page.insert_link({"kind": pymupdf.LINK_URI, "uri": "https://example.org", "from": box})
        document.set_toc([[1, "FIRST FLOOR PLAN", 1]])
        return _bytes(document)


def _packed(data: bytes) -> bytes:
    with pymupdf.open("pdf", data) as document:
        return _bytes(document, use_objstms=1)


def _bytes(document: pymupdf.Document, **options: int) -> bytes:
    """The same bytes each time: no identity is drawn by lot."""
    document.xref_set_key(-1, "ID", "null")
    data: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True, **options)
    return data


def _scan(kind: str) -> bytes:
    with pymupdf.open("pdf", _small_plan()) as document:
        pixmap = document[0].get_pixmap(dpi=100, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    stream = io.BytesIO()
    picture.save(stream, kind, dpi=(100, 100))
    return stream.getvalue()


def _picture_bytes(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.frombytes("RGB", (120, 90), Random(1).randbytes(120 * 90 * 3)).save(stream, kind)
    return stream.getvalue()
