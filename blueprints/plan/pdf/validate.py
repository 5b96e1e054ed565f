"""Stage 1: can this file be used? By content, not by name; every refusal has a stable code."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, UnidentifiedImageError
from pydantic import Field

from autohvac.core.digest import sha256_file
from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from blueprints.plan.model import PageFacts, PdfFacts
from blueprints.plan.pdf.active import refuse_active_content
from blueprints.plan.pdf.open import MediaType, media_type_of, open_plan

UNPACK_STEP = 1 << 20
PILLOW_FAILURES = (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError)
MUPDF_FAILURES = (RuntimeError, ValueError, IndexError, pymupdf.mupdf.FzErrorBase)


class Limits(Frozen):
    """What we accept: bytes, pages, points along a side, pixels of one picture, unpacked bytes of one page's strokes."""

    max_bytes: int = Field(default=100 * 1024 * 1024, gt=0)
    max_pages: int = Field(default=200, gt=0)
    max_side_pt: float = Field(default=14400, gt=0)
    max_pixels: int = Field(default=160_000_000, gt=0)  # 36 × 48 in at 300 dpi
    max_content_bytes: int = Field(default=256 * 1024 * 1024, gt=0)


def validate(path: Path, *, limits: Limits) -> PdfFacts:
    """The facts of a usable file.

    Raises: RejectedInput file_empty, file_too_large, not_a_plan_file, image_damaged, image_too_large, pdf_damaged,
    pdf_encrypted, pdf_no_pages, pdf_too_many_pages, pdf_active_content, page_too_large, plan_too_complex.
    """
    pymupdf.TOOLS.mupdf_display_errors(False)
    size = path.stat().st_size
    media_type = media_type_of(path)
    if size > limits.max_bytes:
        raise RejectedInput("file_too_large", max_mb=limits.max_bytes // 2**20)
    if media_type != "application/pdf":
        _check_picture(path, limits=limits)
    return _document_facts(path, media_type=media_type, size=size, limits=limits)


def _check_picture(path: Path, *, limits: Limits) -> None:
    Image.MAX_IMAGE_PIXELS = None  # our own limit, checked before any pixel is decoded
    _guarded(lambda: _check_frames(path, limits=limits), code="image_damaged")


def _check_frames(path: Path, *, limits: Limits) -> None:
    with Image.open(path) as picture:
        frames = getattr(picture, "n_frames", 1)
        if frames > limits.max_pages:
            raise RejectedInput("pdf_too_many_pages", pages=frames, max_pages=limits.max_pages)
        for number in range(frames):
            picture.seek(number)
            pixels = picture.width * picture.height
            if pixels > limits.max_pixels:
                raise RejectedInput("image_too_large", pixels=pixels, max_pixels=limits.max_pixels)
            picture.load()


def _guarded(check: Callable[[], None], *, code: str) -> None:
    try:
        check()
    except PILLOW_FAILURES as error:
        raise RejectedInput(code, problem=type(error).__name__) from None


def _document_facts(path: Path, *, media_type: MediaType, size: int, limits: Limits) -> PdfFacts:
    try:
        with open_plan(path) as document:
            _check_document(document, limits=limits)
            return PdfFacts(
                sha256=sha256_file(path),
                media_type=media_type,
                size_bytes=size,
                page_count=document.page_count,
                pages=tuple(
                    _page_facts(document, number, limits=limits) for number in range(document.page_count)
                ),
                repaired=bool(document.is_repaired),
            )
    except MUPDF_FAILURES as error:
        problem = str(error).replace(str(path), path.name)  # where the copy lay is no fact of the file
        raise RejectedInput("pdf_damaged", problem=problem[:120]) from None


def _check_document(document: pymupdf.Document, *, limits: Limits) -> None:
    if document.needs_pass:
        raise RejectedInput("pdf_encrypted")
    pages = document.page_count
    if pages == 0:
        raise RejectedInput("pdf_damaged" if document.is_repaired else "pdf_no_pages")
    if pages > limits.max_pages:
        raise RejectedInput("pdf_too_many_pages", pages=pages, max_pages=limits.max_pages)
    refuse_active_content(document)


def _page_facts(document: pymupdf.Document, index: int, *, limits: Limits) -> PageFacts:
    _check_content(document, index, limits=limits)
    page = document[index]
    rotation = page.rotation
    page.set_rotation(0)
    width, height = float(page.rect.width), float(page.rect.height)
    if not min(width, height) > 0:  # NaN too
        raise RejectedInput("pdf_damaged", page=index + 1, problem="a page without size")
    if max(width, height) > limits.max_side_pt:
        raise RejectedInput("page_too_large", page=index + 1, width_pt=width, height_pt=height)
    images = page.get_image_info()
    _check_images(images, number=index + 1, limits=limits)
    words = len(page.get_text("words", flags=pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_IMAGES))
    return PageFacts(
        number=index + 1, width_pt=width, height_pt=height, rotation=rotation, words=words,
        image_share=_image_share(page, images),
    )  # fmt: skip


def _check_images(images: Sequence[dict[str, Any]], *, number: int, limits: Limits) -> None:
    for image in images:
        pixels = image["width"] * image["height"]
        if pixels > limits.max_pixels:
            raise RejectedInput("image_too_large", page=number, pixels=pixels, max_pixels=limits.max_pixels)


def _check_content(document: pymupdf.Document, index: int, *, limits: Limits) -> None:
    """Refuse a page whose drawing orders unpack past the limit, without unpacking them."""
    left = limits.max_content_bytes
    for xref in document[index].get_contents():
        left -= _unpacked_size(document, xref, most=left)
        if left <= 0:
            raise RejectedInput("plan_too_complex", page=index + 1, max_bytes=limits.max_content_bytes)


def _unpacked_size(document: pymupdf.Document, xref: int, *, most: int) -> int:
    raw = bytes(document.xref_stream_raw(xref) or b"")
    if "FlateDecode" not in document.xref_object(xref, compressed=True):
        return len(raw)
    unpacker, size = zlib.decompressobj(), 0
    try:
        while raw and size < most and not unpacker.eof:
            size += len(unpacker.decompress(raw, UNPACK_STEP))
            raw = unpacker.unconsumed_tail
    except zlib.error:  # damaged streams are MuPDF's to repair
        return size
    return size


def _image_share(page: pymupdf.Page, images: Sequence[dict[str, Any]]) -> float:
    area = abs(page.rect) or 1.0
    covered = sum(abs(pymupdf.Rect(image["bbox"]) & page.rect) for image in images)
    return round(min(1.0, covered / area), 4)
