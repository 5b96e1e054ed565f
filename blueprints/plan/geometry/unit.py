"""A rough foot when the sheet's scale is not known: from door leaves, the usual wall thickness, else the drawing's size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pymupdf

from blueprints.plan.geometry.frame import View, anchored
from blueprints.plan.geometry.leaves import leaves
from blueprints.plan.geometry.raster import DARK, Image, ink_of, paint, render, solid_mask, thickness_mode_px
from blueprints.plan.geometry.strokes import Strokes

USUAL_WALL_FT = 0.5
LONGEST_PX = 1600.0
HOUSE_FT = (18.0, 160.0)
USUAL_HOUSE_FT = 48.0
USUAL_LEAF_FT = 2.67
LEAF_FT = (1.5, 4.0)
FEWEST_LEAVES = 2
WALLS_AGREE = 1.4
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
    strokes: Strokes | None, *, view: View, page: pymupdf.Page | None = None
) -> float:
    """Points per foot such that thick ink is about half a foot thick and the drawing the size of a house."""
    return _by_walls(strokes, view=view, page=page) or view.longest_pt / USUAL_HOUSE_FT


def points_per_foot_by_doors(strokes: Strokes, *, view: View) -> float | None:
    """Points per foot such that door leaves are 2'-8" wide, tempered by the walls; None where too few leaves are drawn."""
    longest = view.longest_pt
    limits = LEAF_FT[0] * longest / HOUSE_FT[1], LEAF_FT[1] * longest / HOUSE_FT[0]
    widths = [leaf.width_pt for leaf in leaves(strokes, least_pt=limits[0], most_pt=limits[1])]
    if len(widths) < FEWEST_LEAVES:
        return None
    by_doors = float(np.median(widths)) / USUAL_LEAF_FT
    by_walls = _by_walls(strokes, view=view, page=None) or by_doors
    agree = 1 / WALLS_AGREE <= by_walls / by_doors <= WALLS_AGREE
    return float(np.sqrt(by_walls * by_doors)) if agree else by_doors


def _by_walls(strokes: Strokes | None, *, view: View, page: pymupdf.Page | None) -> float | None:
    """Points per foot by thick ink; None where there is none."""
    longest = view.longest_pt
    scale = LONGEST_PX / longest
    mode = wall_px(_picture(strokes, view=view, page=page, scale=scale))
    guess = mode / scale / USUAL_WALL_FT
    return float(np.clip(guess, longest / HOUSE_FT[1], longest / HOUSE_FT[0])) if mode else None


def distinct_units(guesses: Sequence[float], *, view: View) -> list[float]:
    """The guesses [points per foot] that make the drawing the size of a house, in order, those alike only once."""
    longest = view.longest_pt
    kept: list[float] = []
    for guess in guesses:
        alike = any(1 / ALIKE < guess / unit < ALIKE for unit in kept)
        if not alike and HOUSE_FT[0] <= longest / guess * 1.0001 and longest / guess <= HOUSE_FT[1] * 1.0001:
            kept.append(guess)
    return kept[:MOST_UNITS]


def _picture(strokes: Strokes | None, *, view: View, page: pymupdf.Page | None, scale: float) -> Image:
    frame = view.frame(1.0)
    if page is not None:
        return render(page, bbox=view.bbox, frame=frame, scale=scale)
    if strokes is None:
        return np.full((8, 8), 255, dtype=np.uint8)
    return paint(strokes, frame=anchored(frame, strokes.segments, scale=scale), scale=scale)


def wall_px(picture: Image) -> float:
    """Thickness of the thick ink: the mode left after lines thinner than 4 px are gone."""
    mask = solid_mask(ink_of(picture, below=DARK), close_px=2.0, open_px=5.0)
    return thickness_mode_px(mask)
