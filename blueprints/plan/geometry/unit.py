"""A rough foot when the sheet's scale is not known: from the usual wall thickness, else the drawing's size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pymupdf

from autohvac.core.evidence import BBox
from blueprints.plan.geometry.frame import frame_for
from blueprints.plan.geometry.raster import DARK, Image, ink_of, paint, render, solid_mask, thickness_mode_px
from blueprints.plan.geometry.strokes import Strokes

USUAL_WALL_FT = 0.5
LONGEST_PX = 1600.0
HOUSE_FT = (18.0, 160.0)
USUAL_HOUSE_FT = 48.0
USUAL_POINTS_PER_FOOT = (
    18.0,
    9.0,
    13.5,
    6.4,
    4.5,
    27.0,
)  # 1/4" and 1:50, 1/8" and 1:100, 3/16", half sizes, 3/8"
ALIKE = 1.25
MOST_UNITS = 6


def estimated_points_per_foot(
    strokes: Strokes | None, *, bbox: BBox, page: pymupdf.Page | None = None
) -> float:
    """Points per foot such that thick ink is about half a foot thick and the drawing the size of a house."""
    longest = max(bbox[2] - bbox[0], bbox[3] - bbox[1], 1.0)
    scale = LONGEST_PX / longest
    picture = _picture(strokes, bbox=bbox, page=page, scale=scale)
    mode = _wall_px(picture)
    guess = mode / scale / USUAL_WALL_FT if mode else longest / USUAL_HOUSE_FT
    return float(np.clip(guess, longest / HOUSE_FT[1], longest / HOUSE_FT[0]))


def distinct_units(guesses: Sequence[float], *, bbox: BBox) -> list[float]:
    """The guesses [points per foot] that make the drawing the size of a house, in order, those alike only once."""
    longest = max(bbox[2] - bbox[0], bbox[3] - bbox[1], 1.0)
    kept: list[float] = []
    for guess in guesses:
        alike = any(1 / ALIKE < guess / unit < ALIKE for unit in kept)
        if not alike and HOUSE_FT[0] <= longest / guess * 1.0001 and longest / guess <= HOUSE_FT[1] * 1.0001:
            kept.append(guess)
    return kept[:MOST_UNITS]


def _picture(strokes: Strokes | None, *, bbox: BBox, page: pymupdf.Page | None, scale: float) -> Image:
    frame = frame_for(bbox, ft_pt=1.0, skew_deg=0.0)
    if page is not None:
        return render(page, bbox=bbox, frame=frame, scale=scale)
    if strokes is None:
        return np.full((8, 8), 255, dtype=np.uint8)
    return paint(strokes, frame=frame, scale=scale)


def _wall_px(picture: Image) -> float:
    """Thickness of the thick ink: the mode left after lines thinner than 4 px are gone."""
    mask = solid_mask(ink_of(picture, below=DARK), close_px=2.0, open_px=5.0)
    return thickness_mode_px(mask)
