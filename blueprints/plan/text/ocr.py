"""OCR where the text layer is missing: a quick pass for titles and names, tiles for everything else."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.paper import on_white
from blueprints.plan.text.grammar import ocr_normal
from blueprints.plan.text.lines import Line

Picture = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]
QUICK_PX = 2200
TILE_PX = 1200
OVERLAP_PX = 120
LEAST_PX = 736  # the engine blows up what is smaller: it finds less in it, and takes gigabytes for a strip
LEAST_CONFIDENCE = 0.5
TALL = 1.7
TARGET_DPI = 170.0
LARGEST_PX = 6000
READ_DPI, READ_LARGEST_PX = 300.0, 9000
OWN = 1.2  # of a picture's own resolution: more would blow up its grain
CROP_PX = 4
CELL_DPI, LEAST_LETTER_PX = 200.0, 12
DARK, LEAST_INK = 128, 0.001
LEAST_ASPECT = 0.9
LEVEL = 0.6
LONGEST = (
    80.0  # heights of its letters: no line of text is longer, and reading a ruled line as one takes gigabytes
)
FEWEST_TURNED, UNSURE, CLEARLY = 3, 0.75, 1.1


def ocr_available() -> bool:
    """Whether the tesseract program is installed."""
    return shutil.which("tesseract") is not None


def render(page: pymupdf.Page, clip: BBox, zoom: float) -> Picture:
    """A grey picture of a part of the unrotated page, dark on white."""
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, alpha=False, clip=pymupdf.Rect(clip)
    )
    grey = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)
    return on_white(grey[:, : pixmap.width]).copy()


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


def tiled_lines(page: pymupdf.Page, clip: BBox, *, closer: bool = False) -> list[Line]:
    """All text of a part of the page, whichever way it reads: boxes are sought in overlapping tiles, then each is read once.

    They are sought in a coarse picture and read in a finer one; with a `closer` look they are sought in the finer one.
    """
    zoom = zoom_for(clip)
    fine = reading_zoom(page, clip)
    if closer:
        zoom = fine
    upright, turned = _boxes_of(render(page, clip, zoom))
    picture = render(page, clip, fine)
    upright, turned = (_enlarged(boxes, fine / zoom) for boxes in (upright, turned))
    zoom, height = fine, picture.shape[0]
    level, over = _read(picture, upright)
    lines = [_placed(box, text, score, clip, zoom, 180.0 if over else 0.0) for box, text, score in level]
    upward, over = _read(cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE), turned)
    for (x0, y0, x1, y1), text, score in upward:
        box = (y0, height - x1, y1, height - x0)
        lines.append(_placed(box, text, score, clip, zoom, 90.0 if over else 270.0))
    return _without_doubles(lines)


def read_boxes(page: pymupdf.Page, boxes: Sequence[BBox]) -> list[Line]:
    """What stands in upright boxes [pt] of a page of rotation 0, cut out to its ink; nothing of those without."""
    crops: list[Picture] = []
    inked: list[BBox] = []
    for box in boxes:
        picture = _trimmed(render(page, box, CELL_DPI / 72))
        if picture is not None and picture.shape[1] <= LONGEST * picture.shape[0]:
            crops.append(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
            inked.append(box)
    texts = _reader().text_rec(crops)[0] if crops else []
    return [
        Line(ocr_normal(text), box, 0.0, box[3] - box[1], "rapidocr", round(min(float(score), 0.99), 3))
        for box, (text, score) in zip(inked, texts, strict=True)
        if float(score) >= LEAST_CONFIDENCE and text.strip()
    ]


def _trimmed(picture: Picture) -> Picture | None:
    """The part of a picture with ink, and a little paper around it; None where there is hardly any."""
    ys, xs = np.nonzero(picture < DARK)
    if len(xs) < LEAST_LETTER_PX:
        return None
    margin = max(CROP_PX, int(np.ptp(ys)) // 3)
    return picture[
        max(0, ys.min() - margin) : ys.max() + margin + 1, max(0, xs.min() - margin) : xs.max() + margin + 1
    ]


def zoom_for(clip: BBox) -> float:
    """Pixels per point that a part of a page is read with."""
    return (
        float(min(TARGET_DPI / 72, LARGEST_PX / max(clip[2] - clip[0], clip[3] - clip[1]), 8.0))
        if max(clip[2] - clip[0], clip[3] - clip[1]) > 500
        else float(min(8.0, 1800 / max(clip[2] - clip[0], clip[3] - clip[1])))
    )


def reading_zoom(page: pymupdf.Page, clip: BBox) -> float:
    """Pixels per point that words are read with, at least those they are sought with: coarse pictures lose fine strokes."""
    longest = max(clip[2] - clip[0], clip[3] - clip[1])
    most = min(READ_DPI / 72, READ_LARGEST_PX / longest)
    shown = [(pymupdf.Rect(image["bbox"]) & clip, image) for image in page.get_image_info()]
    if shown:
        _, largest = max(shown, key=lambda item: item[0].get_area())
        x0, _, x1, _ = largest["bbox"]
        most = min(most, OWN * largest["width"] / max(x1 - x0, 1.0))
    return float(max(zoom_for(clip), most))


def _enlarged(boxes: Sequence[Corners], factor: float) -> list[Corners]:
    """The boxes in a picture `factor` times as fine; a pixel's number is where it begins."""
    return [np.asarray((box + 0.5) * factor - 0.5, dtype=np.float32) for box in boxes]


def _spans(length: int) -> list[tuple[int, int]]:
    """Overlapping spans of one size, TILE_PX at most, that cover a length: small rests would be blown up to be read."""
    count = max(1, math.ceil((length - OVERLAP_PX) / (TILE_PX - OVERLAP_PX)))
    size = math.ceil((length + (count - 1) * OVERLAP_PX) / count)
    starts = [n * (size - OVERLAP_PX) for n in range(count)]
    return [(start, min(start + size, length)) for start in starts]


def _boxes_of(picture: Picture) -> tuple[list[Corners], list[Corners]]:
    """Boxes of upright text, and those of vertical text in the picture turned clockwise.

    A tile is turned and searched again only where something in it stands taller than wide.
    """
    upright: list[Corners] = []
    turned: list[Corners] = []
    for top, bottom in _spans(picture.shape[0]):
        for left, right in _spans(picture.shape[1]):
            tile = picture[top:bottom, left:right]
            if (tile < DARK).mean() <= LEAST_INK:
                continue
            found = _text_boxes(tile)
            upright += [_moved(box, left, top) for box in found if _is_wide(box)]
            if not all(_is_wide(box) for box in found):
                again = _text_boxes(cv2.rotate(tile, cv2.ROTATE_90_CLOCKWISE))
                below = picture.shape[0] - bottom
                turned += [_moved(box, below, left) for box in again if _is_wide(box)]
    return _joined(upright), _joined(turned)


def _text_boxes(tile: Picture) -> list[Corners]:
    """Corners of what may be text in a tile, from the upper left clockwise; a low or narrow one is laid on more paper."""
    down, right = (max(0, LEAST_PX - side) for side in tile.shape)
    laid = cv2.copyMakeBorder(tile, 0, down, 0, right, cv2.BORDER_CONSTANT, value=255)
    boxes, _ = _reader().text_det(cv2.cvtColor(laid, cv2.COLOR_GRAY2BGR))
    return list(boxes)


def _is_wide(box: Corners) -> bool:
    wide, high = np.ptp(box, axis=0)
    return bool(wide >= LEAST_ASPECT * high)


def _moved(box: Corners, right: int, down: int) -> Corners:
    return box + np.array((right, down), dtype=np.float32)


def _read(picture: Picture, boxes: Sequence[Corners]) -> tuple[list[tuple[BBox, str, float]], bool]:
    """Extents, texts and scores of the boxes that hold text, and whether they read upside down."""
    boxes = [box for box in boxes if _may_be_text(_extent(box))]
    crops = [_crop(picture, box) for box in boxes]
    texts, over = _either_way_up(crops)
    found = [
        (_extent(box), ocr_normal(text), float(score))
        for box, (text, score) in zip(boxes, texts, strict=True)
        if float(score) >= LEAST_CONFIDENCE and text.strip()
    ]
    return found, over


def _may_be_text(extent: BBox) -> bool:
    x0, y0, x1, y1 = extent
    return x1 - x0 <= LONGEST * (y1 - y0)


def _crop(picture: Picture, box: Corners) -> Picture:
    """What stands in a box, level."""
    x0, y0, x1, y1 = _extent(box)
    left, top = (max(0, math.floor(v) - CROP_PX) for v in (x0, y0))
    around = picture[top : math.ceil(y1) + CROP_PX, left : math.ceil(x1) + CROP_PX]
    found: list[Picture] = _reader().get_crop_img_list(
        cv2.cvtColor(around, cv2.COLOR_GRAY2BGR), [_moved(box, -left, -top)]
    )
    return found[0]


def _either_way_up(crops: Sequence[Picture]) -> tuple[list[tuple[str, float]], bool]:
    """Texts with their scores; where most are hard to read, upside down if that reads better: sheets lie on any side."""
    texts: list[tuple[str, float]] = _reader().text_rec(list(crops))[0] if crops else []
    scores = [float(score) for _, score in texts]
    if len(texts) < FEWEST_TURNED or float(np.median(scores)) >= UNSURE:
        return texts, False
    over: list[tuple[str, float]] = _reader().text_rec([cv2.rotate(c, cv2.ROTATE_180) for c in crops])[0]
    better = sum(float(score) for _, score in over) > CLEARLY * sum(scores)
    return (over, True) if better else (texts, False)


def _joined(boxes: Sequence[Corners]) -> list[Corners]:
    """Boxes of one line that overlap made one: a line across the border of two tiles, or seen in both."""
    left = sorted(boxes, key=lambda box: _extent(box))
    found: list[Corners] = []
    while left:
        box = left.pop(0)
        others = [other for other in left if _is_one_line(_extent(box), _extent(other))]
        if not others:
            found.append(box)
            continue
        left = [other for other in left if not any(other is taken for taken in others)]
        left.insert(0, _around([box, *others]))
    return found


def _is_one_line(one: BBox, other: BBox) -> bool:
    """Whether boxes overlap and are level with each other."""
    taller = max(one[3] - one[1], other[3] - other[1])
    level = min(one[3], other[3]) - max(one[1], other[1])
    return min(one[2], other[2]) > max(one[0], other[0]) and level >= LEVEL * taller


def _around(boxes: Sequence[Corners]) -> Corners:
    """The upright box around boxes."""
    points = np.vstack(list(boxes))
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], dtype=np.float32)


def _extent(box: Corners) -> BBox:
    (x0, y0), (x1, y1) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
    return x0, y0, x1, y1


def _placed(box: BBox, text: str, score: float, clip: BBox, zoom: float, angle: float) -> Line:
    x0, y0, x1, y1 = (v / zoom for v in box)
    placed = (x0 + clip[0], y0 + clip[1], x1 + clip[0], y1 + clip[1])
    size = min(x1 - x0, y1 - y0) if angle % 180 == 0 else x1 - x0
    return Line(text, placed, angle, size, "rapidocr", round(min(score, 0.99), 3))


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
