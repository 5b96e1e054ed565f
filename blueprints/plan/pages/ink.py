"""Ink of a page at low resolution: where the drawings are."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.paper import on_white, without_backdrop
from blueprints.plan.regions import regions

Mask = npt.NDArray[np.uint8]
LONGEST_PX = 1000
BROAD_PX = 15  # of a photo's backdrop
FRAME_SHARE = 0.80
SMALLEST_SHARE = 0.012
MIDDLE = (0.16, 0.76, 0.14, 0.76)  # title blocks hang on the right or the bottom edge
BORDER_INK = 0.01
FRAME_FILL = 0.06
LEAST_ROOM_SHARE = 0.002
FEWEST_ROOMS = 3


@dataclass(frozen=True)
class Ink:
    """Dark pixels of the page (255 where ink), and pixels per point."""

    mask: Mask
    zoom: float


def page_ink(page: pymupdf.Page) -> Ink:
    """Render the unrotated page small and threshold it."""
    zoom = LONGEST_PX / max(page.rect.width, page.rect.height)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, alpha=False)
    grey = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)[
        :, : pixmap.width
    ]
    grey = without_backdrop(on_white(grey), broad_px=BROAD_PX)
    return Ink(mask=np.where(grey < 215, 255, 0).astype(np.uint8), zoom=zoom)


def drawing_boxes(ink: Ink) -> list[BBox]:
    """Boxes of connected drawings in points, the largest first; frames and title-block rules are left out."""
    mask = _without_frames(ink.mask)
    reach = max(3, round(0.012 * max(mask.shape)))
    grown = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    page_px = mask.shape[0] * mask.shape[1]
    boxes = []
    for x, y, w, h in regions(grown, connectivity=8).boxes.tolist():
        if w * h >= SMALLEST_SHARE * page_px:
            half = reach // 2
            boxes.append((w * h, (x + half, y + half, x + w - half, y + h - half)))
    boxes.sort(key=lambda item: (-item[0], item[1]))
    return [_points(box, ink.zoom) for _, box in boxes]


def _points(box: tuple[int, int, int, int], zoom: float) -> BBox:
    x0, y0, x1, y1 = (float(v) / zoom for v in box)
    return x0, y0, x1, y1


def _without_frames(mask: Mask) -> Mask:
    """Erase sheet borders with the title block that hangs on them, and rules that span the sheet."""
    found = regions(mask, connectivity=8)
    height, width = mask.shape
    cleaned = mask.copy()
    for number in 1 + np.flatnonzero(found.areas >= FRAME_SHARE * min(height, width)):
        component = found.mask(int(number))
        x, y, w, h = cv2.boundingRect(component)
        long = w > FRAME_SHARE * width or h > FRAME_SHARE * height
        if not long or found.areas[number - 1] >= FRAME_FILL * w * h:
            continue
        if _is_border(component):
            cleaned[component > 0] = 0
        else:
            around = (slice(max(0, y - 1), y + h + 1), slice(max(0, x - 1), x + w + 1))
            strokes = _long_strokes(component[around], shortest=round(0.55 * max(w, h)))
            cleaned[around][strokes > 0] = 0
    return cleaned


def _is_border(component: Mask) -> bool:
    """True when nearly all ink lies near the edges of the sheet: a drawing has ink in the middle."""
    height, width = component.shape
    top, bottom, left, right = MIDDLE
    middle = component[
        round(top * height) : round(bottom * height), round(left * width) : round(right * width)
    ]
    return int(np.count_nonzero(middle)) <= BORDER_INK * int(np.count_nonzero(component))


def _long_strokes(component: Mask, *, shortest: int) -> Mask:
    across = cv2.morphologyEx(component, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    down = cv2.morphologyEx(component, cv2.MORPH_OPEN, np.ones((shortest, 1), np.uint8))
    return np.asarray(cv2.bitwise_or(across, down), dtype=np.uint8)


def closed_share(ink: Ink, box: BBox) -> float:
    """How much of a drawing's inside is enclosed by ink (0…1): plans enclose rooms, sections and notes do not."""
    x0, y0, x1, y1 = (int(v * ink.zoom) for v in box)
    crop = ink.mask[max(0, y0) : y1, max(0, x0) : x1]
    if min(crop.shape, default=0) < 20:
        return 0.0
    free = cv2.copyMakeBorder(
        255 - cv2.dilate(crop, np.ones((3, 3), np.uint8)), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=255
    )
    found = regions(free, connectivity=4)
    inner = found.areas[np.arange(1, len(found.areas) + 1) != found.labels[0, 0]]
    large = inner[inner > LEAST_ROOM_SHARE * crop.size]
    return min(1.0, float(large.sum()) / (0.5 * crop.size)) if len(large) >= FEWEST_ROOMS else 0.0
