"""Walls filled in one tone of grey, with or without an outline: told from lines, letters and window frames by the tone alone."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from blueprints.plan.geometry.raster import MIDDLE_GREY, Image, solid_mask, thickness_mode_px
from blueprints.plan.regions import regions

TONES = (60, 236)  # darker is ink, paler is paper
LIKE = 10  # grey levels a tone may scatter by
EVEN = 12  # grey levels a filled area may differ by from pixel to pixel
LEAST_FT2 = 5.0
MOST_TONES = 2
WALL_FT = (0.12, 1.3)  # thickness of the fill
CROSSED_FT = 0.4  # lines that run over a wall, with their pale edges
SLIT_FT = 0.17  # between pieces of one wall
WIDEST_PEN_FT = 0.25
OUTLINED = 0.5  # of the fill's border that is drawn
PAPER = 255
THIN_FT, LEAST_THIN_FT = 0.25, 1.2  # walls with no room for a fill between their outlines
AT_END_FT = 0.35  # frames of windows stand as far off the end of a wall


def toned_walls(grey: Image, *, scale: float) -> Iterator[tuple[int, Image]]:
    """Tones that fill bands as thick as walls, the most frequent first, each with 1 where such a wall is, its outline with it.

    Args:
        grey: The picture, 255 is paper.
        scale: Pixels per foot.
    """
    for tone in _tones(grey, scale=scale):
        fill = _filled(grey, tone, scale=scale)
        thick_ft = thickness_mode_px(fill) / scale
        if WALL_FT[0] <= thick_ft <= WALL_FT[1]:
            walls = _outlined(fill, grey, tone, scale=scale)
            thin = _thin_walls(walls, (grey <= tone + LIKE).astype(np.uint8), scale=scale)
            yield tone, _shut(walls | thin, SLIT_FT * scale)


def _tones(grey: Image, *, scale: float) -> list[int]:
    """The most frequent grey levels of even areas."""
    window = np.ones((3, 3), np.uint8)
    even = cv2.subtract(cv2.dilate(grey, window), cv2.erode(grey, window)) <= EVEN
    count = np.bincount(grey[even], minlength=256).astype(np.int64)
    count[: TONES[0]], count[TONES[1] :] = 0, 0
    found: list[int] = []
    while len(found) < MOST_TONES:
        near = np.convolve(count, np.ones(2 * LIKE + 1, np.int64), mode="same")
        tone = int(np.argmax(np.where(count > 0, near, 0)))
        if near[tone] < LEAST_FT2 * scale**2:
            break
        around = slice(max(0, tone - LIKE), tone + LIKE + 1)
        found.append(int(np.average(np.arange(256)[around], weights=count[around]) + 0.5))
        count[around] = 0
    return found


def _filled(grey: Image, tone: int, *, scale: float) -> Image:
    """1 where an area of the tone is; specks and the grey edges of lines are none, lines over it leave no gap."""
    like = cv2.inRange(grey, np.array([tone - LIKE]), np.array([tone + LIKE])) // PAPER
    solid = cv2.morphologyEx(like, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return np.asarray(solid | (_shut(solid, CROSSED_FT * scale) & (grey < TONES[1])), dtype=np.uint8)


def _shut(mask: Image, slit_px: float) -> Image:
    """The mask with slits as wide closed."""
    size = 2 * round(slit_px / 2) + 1
    return np.asarray(
        cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), dtype=np.uint8
    )


def _outlined(fill: Image, grey: Image, tone: int, *, scale: float) -> Image:
    """The fill grown over the pen line around it; without one, to where the tone is half gone."""
    pen = _pen_px(fill, grey, scale=scale)
    edge = int(MIDDLE_GREY) if pen else (tone + PAPER) // 2
    size = 2 * (pen + 1) + 1
    near = cv2.dilate(fill, np.ones((size, size), np.uint8))
    grown = fill | (near & (grey < edge).astype(np.uint8))
    return _shut(grown, 2.0)


def _pen_px(fill: Image, grey: Image, *, scale: float) -> int:
    """Width of the line around the fill [px], 0 where most of its border has none."""
    away = cv2.distanceTransform(1 - fill, cv2.DIST_C, 3)
    dark = grey < MIDDLE_GREY
    pen = 0
    for step in range(1, round(WIDEST_PEN_FT * scale) + 2):
        ring = np.abs(away - step) < 0.5
        if dark[ring].mean() >= OUTLINED:
            pen = step
        elif step > 1:
            break
    return pen


def _thin_walls(walls: Image, ink: Image, *, scale: float) -> Image:
    """1 where walls are too thin to show their fill: long bands of ink as dark as it, that go on from the filled walls."""
    reach = 2 * round(AT_END_FT * scale) + 1
    near = np.ones((reach, reach), np.uint8)
    around = cv2.dilate(walls, near)
    thick = solid_mask(ink, close_px=0.0, open_px=THIN_FT * scale)
    apart = regions(thick & (1 - around), connectivity=8)
    long = apart.boxes[:, 2:].max(axis=1, initial=0) >= LEAST_THIN_FT * scale
    met = np.bincount(
        apart.labels[cv2.dilate(around, np.ones((3, 3), np.uint8)) > 0], minlength=len(long) + 1
    )
    bands = np.append(False, long & (met[1:] > 0))[apart.labels].astype(np.uint8)
    return np.asarray(thick & cv2.dilate(bands, near), dtype=np.uint8)
