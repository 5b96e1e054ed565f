"""OCR where the text layer is missing: a quick pass for titles and names, tiles for everything else."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.text.grammar import ocr_normal
from blueprints.plan.text.lines import Line

Picture = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]
QUICK_PX = 2200
TILE_PX = 1200
OVERLAP_PX = 120
LEAST_CONFIDENCE = 0.5
TALL = 1.7
TARGET_DPI = 170.0
LARGEST_PX = 6000
DARK, LEAST_INK = 128, 0.001
LEAST_ASPECT = 0.9


def ocr_available() -> bool:
    """Whether the tesseract program is installed."""
    return shutil.which("tesseract") is not None


def render(page: pymupdf.Page, clip: BBox, zoom: float) -> Picture:
    """A grey picture of a part of the unrotated page."""
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, alpha=False, clip=pymupdf.Rect(clip)
    )
    return (
        np.frombuffer(pixmap.samples, dtype=np.uint8)
        .reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
        .copy()
    )


def quick_lines(page: pymupdf.Page) -> list[Line]:
    """Titles and room names of a page without text, by one tesseract pass; empty without tesseract."""
    if not ocr_available():
        return []
    import pytesseract

    zoom = QUICK_PX / max(page.rect.width, page.rect.height)
    picture = render(page, tuple(page.rect), zoom)
    data = pytesseract.image_to_data(picture, config="--psm 11", output_type=pytesseract.Output.DICT)
    return _tesseract_lines(data, zoom)


def _tesseract_lines(data: dict[str, list[Any]], zoom: float) -> list[Line]:
    groups: dict[tuple[int, int, int], list[int]] = {}
    for index, text in enumerate(data["text"]):
        if text.strip() and float(data["conf"][index]) >= 40:
            key = (data["block_num"][index], data["par_num"][index], data["line_num"][index])
            groups.setdefault(key, []).append(index)
    lines = []
    for members in groups.values():
        usual = sorted(data["height"][i] for i in members)[len(members) // 2]
        level = [
            i for i in members if data["height"][i] <= TALL * usual
        ]  # a stroke beside a word is taken into its box
        x0, y0 = min(data["left"][i] for i in members), min(data["top"][i] for i in level)
        x1 = max(data["left"][i] + data["width"][i] for i in members)
        y1 = max(data["top"][i] + data["height"][i] for i in level)
        confidence = min(float(data["conf"][i]) for i in members) / 100
        text = ocr_normal(" ".join(data["text"][i] for i in members))
        box = (x0 / zoom, y0 / zoom, x1 / zoom, y1 / zoom)
        lines.append(Line(text, box, 0.0, usual / zoom, "tesseract", round(confidence, 3)))
    return lines


@lru_cache(maxsize=1)
def _reader() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # loads its weights: only where a page needs it

    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def tiled_lines(page: pymupdf.Page, clip: BBox) -> list[Line]:
    """All text of a part of the page, upright and vertical, by overlapping tiles."""
    zoom = _zoom(clip)
    picture = render(page, clip, zoom)
    found = []
    for top, bottom in _spans(picture.shape[0]):
        for left, right in _spans(picture.shape[1]):
            tile = picture[top:bottom, left:right]
            if (tile < DARK).mean() > LEAST_INK:
                found += [_shifted(item, left, top) for item in _read_tile(tile)]
    return _without_doubles([_placed(item, clip, zoom) for item in found])


def _zoom(clip: BBox) -> float:
    return (
        float(min(TARGET_DPI / 72, LARGEST_PX / max(clip[2] - clip[0], clip[3] - clip[1]), 8.0))
        if max(clip[2] - clip[0], clip[3] - clip[1]) > 500
        else float(min(8.0, 1800 / max(clip[2] - clip[0], clip[3] - clip[1])))
    )


def _spans(length: int) -> list[tuple[int, int]]:
    """Overlapping spans of one size, TILE_PX at most, that cover a length: small rests would be blown up to be read."""
    count = max(1, math.ceil((length - OVERLAP_PX) / (TILE_PX - OVERLAP_PX)))
    size = math.ceil((length + (count - 1) * OVERLAP_PX) / count)
    starts = [n * (size - OVERLAP_PX) for n in range(count)]
    return [(start, min(start + size, length)) for start in starts]


@dataclass(frozen=True)
class _Seen:
    """A text of a picture: its box in pixels, and whether it stands upright or reads from the bottom to the top."""

    box: BBox
    text: str
    score: float
    upright: bool


def _read_tile(tile: Picture) -> list[_Seen]:
    """Texts of one tile: boxes are sought once, those taller than wide are turned before they are read."""
    reader = _reader()
    colour = cv2.cvtColor(tile, cv2.COLOR_GRAY2BGR)
    boxes, _ = reader.auto_text_det(colour)
    if boxes is None:
        return []
    upright = [_is_wide(box) for box in boxes]
    crops = _crops(reader, colour, boxes, upright)
    texts, _ = reader.text_rec(crops)
    return [
        _Seen((float(x0), float(y0), float(x1), float(y1)), ocr_normal(text), float(score), level)
        for (x0, y0), (x1, y1), (text, score), level in zip(
            (box.min(axis=0) for box in boxes),
            (box.max(axis=0) for box in boxes),
            texts,
            upright,
            strict=True,
        )
        if float(score) >= LEAST_CONFIDENCE and text.strip()
    ]


def _is_wide(box: Corners) -> bool:
    width, height = np.ptp(box, axis=0)
    return bool(width >= LEAST_ASPECT * height)


def _crops(reader: Any, picture: Picture, boxes: Sequence[Corners], upright: Sequence[bool]) -> list[Picture]:
    """The pictures of boxes (corners clockwise from the upper left), turned clockwise where they do not stand upright."""
    turned = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
    last = picture.shape[0] - 1
    crops = []
    for box, level in zip(boxes, upright, strict=True):
        lying = np.roll(np.column_stack([last - box[:, 1], box[:, 0]]), 1, axis=0).astype(np.float32)
        crops += reader.get_crop_img_list(picture if level else turned, [box if level else lying])
    return crops


def _shifted(item: _Seen, left: int, top: int) -> _Seen:
    x0, y0, x1, y1 = item.box
    return replace(item, box=(x0 + left, y0 + top, x1 + left, y1 + top))


def _placed(item: _Seen, clip: BBox, zoom: float) -> Line:
    x0, y0, x1, y1 = (v / zoom for v in item.box)
    placed = (x0 + clip[0], y0 + clip[1], x1 + clip[0], y1 + clip[1])
    size = min(x1 - x0, y1 - y0) if item.upright else x1 - x0
    angle = 0.0 if item.upright else 270.0
    return Line(item.text, placed, angle, size, "rapidocr", round(min(item.score, 0.99), 3))


def _without_doubles(lines: list[Line]) -> list[Line]:
    """Of readings of one place keep the surest."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda ln: (-ln.confidence * len(ln.text), ln.bbox)):
        if not any(_overlap(line.bbox, other.bbox) > 0.4 for other in kept):
            kept.append(line)
    return sorted(kept, key=lambda ln: (round(ln.bbox[1], 1), round(ln.bbox[0], 1), ln.text))


def _overlap(a: BBox, b: BBox) -> float:
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return w * h / max(smaller, 1e-6)
