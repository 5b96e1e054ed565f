"""The only opener of plan files: PDFs as they are, pictures placed on pages of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pymupdf
from PIL import Image, ImageSequence

from autohvac.core.errors import RejectedInput

MediaType = Literal["application/pdf", "image/png", "image/jpeg", "image/tiff"]
SIGNATURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
HEAD_BYTES = 1024
PLAUSIBLE_DPI = (72.0, 600.0)
DEFAULT_DPI = 150.0
POINTS_PER_INCH = 72.0


def media_type_of(path: Path) -> MediaType:
    """What the file is by its content. Raises RejectedInput file_empty, not_a_plan_file."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head:
        raise RejectedInput("file_empty")
    if b"%PDF-" in head:  # readers accept a header within the first kilobyte
        return "application/pdf"
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    raise RejectedInput("not_a_plan_file")


def open_plan(path: Path) -> pymupdf.Document:
    """The file as a PDF document; a picture becomes a page at its own dpi (150 when it names none plausible)."""
    media_type = media_type_of(path)
    if media_type == "application/pdf":
        return pymupdf.open(path, filetype="pdf")
    return _pictures_as_pages(path, media_type)


def _pictures_as_pages(path: Path, media_type: MediaType) -> pymupdf.Document:
    document = pymupdf.open()
    with Image.open(path) as picture:
        frames = ImageSequence.Iterator(picture) if media_type == "image/tiff" else [picture]
        for frame in frames:
            dpi = _dpi(frame.info.get("dpi"))
            pixmap = _pixmap(frame.convert("RGB"))
            size = (frame.width * POINTS_PER_INCH / dpi, frame.height * POINTS_PER_INCH / dpi)
            page = document.new_page(width=size[0], height=size[1])
            page.insert_image(page.rect, pixmap=pixmap)
    return document


def _pixmap(picture: Image.Image) -> pymupdf.Pixmap:
    return pymupdf.Pixmap(pymupdf.csRGB, picture.width, picture.height, picture.tobytes(), False)


def _dpi(stated: tuple[float, float] | None) -> float:
    if stated and PLAUSIBLE_DPI[0] <= float(stated[0]) <= PLAUSIBLE_DPI[1]:
        return float(stated[0])
    return DEFAULT_DPI
