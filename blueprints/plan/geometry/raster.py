"""Pictures of a drawing in its frame: paths painted or page rendered, wall masks, mask contours."""

from __future__ import annotations

import cv2
import numpy as np
import pymupdf
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from autohvac.core.evidence import BBox
from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.strokes import Strokes
from blueprints.plan.paper import on_white, without_backdrop

Image = NDArray[np.uint8]
Array = NDArray[np.float64]
PX_PER_FT = 24.0
MAX_PX = 14e6
SUBPIXEL_BITS = 4
MIDDLE = 0.5  # a pixel's number is where it begins; it is drawn and looked up by its middle
DARK = 110
MIDDLE_GREY = 127.5
BACKGROUND_FT, BACKDROP_FT = 3.0, 2.0
MOST_THICK_PX = 32767.0  # OpenCV draws no wider stroke
SCAN_DARK = 170
LETTER_REACH = 2.0
STROKE_PX = 5
LEAN = 0.01
BREAK_PX = 5
LEAST_LINE_FT = 0.3
CONTRAST = (25.0, 45.0)
ABOVE_GRAIN = 2.5


def px_per_ft(frame: Frame, *, most_px: float = MAX_PX, usual: float = PX_PER_FT) -> float:
    """Pixels per foot: the usual, less when the frame would exceed `most_px`; by halves: a hair changes none."""
    area = frame.size_ft[0] * frame.size_ft[1]
    most = float(np.sqrt(most_px / max(area, 1.0)))
    return min(usual, max(0.5, np.floor(2 * most) / 2))


def paint(strokes: Strokes, *, frame: Frame, scale: float) -> Image:
    """Grey picture (255 = paper) of all paths in paint order, `scale` px per foot; text is not in it."""
    height, width = _size(frame, scale)
    canvas = np.full((height, width), 255, dtype=np.uint8)
    placed = _placed(strokes, frame=frame, scale=scale, size=(width, height))
    for one, rings in zip(strokes.paints, placed, strict=True):
        if rings and one.fill is not None:
            areas = [r for r in rings if len(r) >= 3]
            cv2.fillPoly(canvas, areas, _level(one.fill), cv2.LINE_8, SUBPIXEL_BITS)
        if rings and one.stroke is not None:
            thick = max(1, round(min(one.width_pt / frame.ft_pt * scale, MOST_THICK_PX)))
            cv2.polylines(canvas, rings, one.closed, _level(one.stroke), thick, cv2.LINE_8, SUBPIXEL_BITS)
    return canvas


def _placed(
    strokes: Strokes, *, frame: Frame, scale: float, size: tuple[int, int]
) -> list[list[NDArray[np.int32]]]:
    """The rings of every path that touch the picture, in pixels with SUBPIXEL_BITS, all turned at once."""
    rings = [ring for one in strokes.paints for ring in one.rings]
    if not rings:
        return [[] for _ in strokes.paints]
    pixels = np.round((frame.to_frame(np.vstack(rings)) * scale - MIDDLE) * (1 << SUBPIXEL_BITS)).astype(
        np.int32
    )
    starts = np.cumsum([0, *(len(r) for r in rings[:-1])])
    low = np.minimum.reduceat(pixels, starts) >> SUBPIXEL_BITS
    high = np.maximum.reduceat(pixels, starts) >> SUBPIXEL_BITS
    touches = iter(np.all((high >= 0) & (low < np.asarray(size)), axis=1))
    pieces = iter(np.split(pixels, starts[1:]))
    placed = ([(next(pieces), next(touches)) for _ in one.rings] for one in strokes.paints)
    return [[ring for ring, inside in found if inside] for found in placed]


def _level(grey: float) -> int:
    return min(255, max(0, round(grey * 255)))


def _size(frame: Frame, scale: float) -> tuple[int, int]:
    return max(8, int(frame.size_ft[1] * scale) + 1), max(8, int(frame.size_ft[0] * scale) + 1)


def render(page: pymupdf.Page, *, bbox: BBox, frame: Frame, scale: float) -> Image:
    """Grey picture of the page (rotation 0) in the frame, paper evened out to 255."""
    return even_paper(page_in_frame(page, bbox=bbox, frame=frame, scale=scale), scale=scale)


def page_in_frame(page: pymupdf.Page, *, bbox: BBox, frame: Frame, scale: float) -> Image:
    """Grey picture of the page (rotation 0) in the frame, dark on white, without what lies around a photographed sheet."""
    clip = pymupdf.Rect(bbox) & page.rect
    zoom = scale / frame.ft_pt
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(zoom, zoom), clip=clip, colorspace=pymupdf.csGRAY, alpha=False
    )
    grey = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)[
        :, : pixmap.width
    ]
    grey = without_backdrop(on_white(grey), broad_px=round(BACKDROP_FT * scale))
    height, width = _size(frame, scale)
    to_px = frame.matrix * scale
    back = np.array(
        [[1 / zoom, 0, (pixmap.x + MIDDLE) / zoom], [0, 1 / zoom, (pixmap.y + MIDDLE) / zoom], [0, 0, 1]]
    )
    turn = np.vstack([to_px, [0, 0, 1]]) @ back
    turn[:2, 2] -= MIDDLE
    turned = cv2.warpAffine(grey, turn[:2], (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def without_letters(grey: Image, boxes: Array) -> Image:
    """The picture without what stands in the boxes of words (n, 4 pixels), but for strokes much longer than letters are high."""
    clean = grey.copy()
    limits = np.array([grey.shape[1], grey.shape[0]] * 2)
    for box in np.clip(boxes, 0, limits):
        x0, y0, x1, y1 = (int(v) for v in (*np.floor(box[:2]), *np.ceil(box[2:])))
        if x1 <= x0 or y1 <= y0:
            continue
        reach = max(3, round(LETTER_REACH * min(x1 - x0, y1 - y0)))
        left, top = max(0, x0 - reach), max(0, y0 - reach)
        ink = ink_of(grey[top : y1 + reach, left : x1 + reach], below=SCAN_DARK)
        across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
        down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8))
        kept = (across | down)[y0 - top : y1 - top, x0 - left : x1 - left]
        clean[y0:y1, x0:x1][kept == 0] = 255
    return clean


def even_paper(grey: Image, *, scale: float) -> Image:
    """Divide by the paper level around each pixel, so that stains and grey paper become white."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    size = max(3, round(BACKGROUND_FT * scale / 8)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(paper, (0, 0), 2), (grey.shape[1], grey.shape[0]))
    # large grey areas are wanted as ink: never brighten by more than a stain would darken
    level = np.maximum(paper, 190).astype(np.float32)
    return np.asarray(np.clip(grey * (255.0 / level), 0, 255), dtype=np.uint8)


def ink_of(grey: Image, *, below: int) -> Image:
    """1 where the picture is darker than `below`."""
    return np.asarray(grey < below, dtype=np.uint8)


def scan_ink(grey: Image) -> Image:
    """1 where a scan is dark, or darker than halfway between the darkest and the lightest around: fine strokes scan pale.

    The paler the strokes that count, the less grain the paper has.
    """
    around = np.ones((STROKE_PX, STROKE_PX), np.uint8)
    darkest, lightest = cv2.erode(grey, around).astype(np.int16), cv2.dilate(grey, around).astype(np.int16)
    contrast = lightest - darkest
    least = np.clip(ABOVE_GRAIN * np.median(contrast), *CONTRAST)  # most of a sheet is paper
    pale = (contrast > least) & (2 * grey.astype(np.int16) < darkest + lightest)
    return np.asarray((grey < SCAN_DARK) | pale, dtype=np.uint8)


def axis_ink(ink: Image, *, scale: float) -> Image:
    """Only the level and upright lines of a picture, breaks of a few pixels closed: slanted hatching goes."""
    least = max(BREAK_PX, round(LEAST_LINE_FT * scale))
    level, upright = (_lines(ink, least), _lines(np.ascontiguousarray(ink.T), least).T)
    return np.asarray(np.maximum(level, upright), dtype=np.uint8)


def _lines(ink: Image, least_px: int) -> Image:
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, BREAK_PX), np.uint8))
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, least_px), np.uint8)))


def solid_mask(ink: Image, *, close_px: float, open_px: float) -> Image:
    """Thick ink only: narrow paper slits closed, then everything thinner than `open_px` removed."""
    mask = ink
    if close_px >= 1:
        size = 2 * round(close_px / 2) + 1
        mask = np.asarray(
            cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), dtype=np.uint8
        )
    size = max(2, round(open_px))
    window, middle = np.ones((size, size), np.uint8), (size - 1) // 2
    worn = cv2.erode(mask, window)
    return np.asarray(cv2.dilate(worn, window, anchor=(middle, middle)), dtype=np.uint8)


def draw_lines(segments: Array, *, frame: Frame, scale: float) -> Image:
    """1 on the given segments (n, 4 feet), one pixel wide."""
    height, width = _size(frame, scale)
    canvas = np.zeros((height, width), dtype=np.uint8)
    pixels = (segments.reshape(-1, 2, 2) * scale - MIDDLE) * (1 << SUBPIXEL_BITS)
    lines = list(np.round(pixels).astype(np.int32))
    cv2.polylines(canvas, lines, False, 1, 1, cv2.LINE_8, SUBPIXEL_BITS)
    return canvas


def shut(ink: Image) -> Image:
    """Ink with gaps of a pixel or two closed: outlines whose strokes do not quite meet."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def thickness_mode_px(mask: Image) -> float:
    """Typical thickness in pixels of a mask (0 when empty), from its distance ridge: half of its area is thicker."""
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    ridge = (distance >= cv2.dilate(distance, np.ones((3, 3), np.uint8)) - 1e-3) & (distance > 1)
    values = np.sort(distance[ridge])
    if len(values) <= 20:
        return 0.0
    area = np.cumsum(values)  # a ridge is as long as the stroke, its distance half as wide
    return float(values[np.searchsorted(area, area[-1] / 2)] * 2 - 1)


def polygons_of(mask: Image, *, scale: float, least_ft2: float, spread_px: float = 0.0) -> list[Polygon]:
    """Mask contours as polygons in feet, true to the pixel edges; `spread_px` is what the mask reaches over true edges."""
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes: dict[int, list[Array]] = {}
    shapes: list[Polygon] = []
    large = {
        i
        for i, c in enumerate(contours)
        if tree[0][i][3] < 0 and len(c) >= 4 and cv2.contourArea(c) / scale**2 >= least_ft2
    }
    for index, contour in enumerate(contours):
        parent = int(tree[0][index][3])
        if parent in large and len(contour) >= 4 and cv2.contourArea(contour) > 2:
            holes.setdefault(parent, []).append(_simplified(contour, scale))
    shapes = [Polygon(_simplified(contours[i], scale), holes.get(i, [])) for i in sorted(large)]
    valid = shapely.make_valid(np.asarray(shapes, dtype=object))
    grown = shapely.buffer(valid, (0.5 - spread_px) / scale, join_style="mitre", mitre_limit=2.0)
    return [part for shape in grown for part in parts_of(shape)]


def _simplified(contour: NDArray[np.int32], scale: float) -> Array:
    points = cv2.approxPolyDP(contour, 1.3, closed=True)[:, 0, :]
    if len(points) < 3:
        points = contour[:, 0, :]
    return (points.astype(np.float64) + 0.5) / scale


def parts_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    if isinstance(shape, MultiPolygon) or hasattr(shape, "geoms"):
        return [p for g in shape.geoms for p in parts_of(g)]
    return []


def line_segments(ink: Image, *, scale: float, least_ft: float, blank_ft: float = 0.0) -> Array:
    """Horizontal and vertical pen lines of a picture: rows x0 y0 x1 y1 and pen width in feet; dashes at most `blank_ft` apart."""
    blank = max(BREAK_PX, round(blank_ft * scale) + 1)
    rows = [_lines_along(ink, scale=scale, least_ft=least_ft, blank_px=blank)]
    turned = _lines_along(np.ascontiguousarray(ink.T), scale=scale, least_ft=least_ft, blank_px=blank)
    rows.append(turned[:, [1, 0, 3, 2, 4]])
    return np.vstack(rows)


def _lines_along(ink: Image, *, scale: float, least_ft: float, blank_px: int) -> Array:
    length = max(5, round(least_ft * scale))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, blank_px), np.uint8))
    lines = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    rows = []
    for index in range(1, count):
        left, _, wide, high, area = stats[index]
        if area / wide > 0.22 * scale or high > 0.3 * scale + LEAN * wide:
            continue  # not a pen line: those lean a little, and end in arrowheads
        y = (centres[index][1] + 0.5) / scale
        rows.append((left / scale, y, (left + wide) / scale, y, round(area / wide) / scale))
    return np.asarray(rows, dtype=np.float64).reshape(-1, 5)
