"""Windows side by side in one gap: a post between them is drawn across the wall, and each counts."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from blueprints.plan.geometry.arcs import Array, Image, Marks
from blueprints.plan.geometry.openings import Found, Gap

Runs = list[tuple[int, int]]
ACROSS = 0.75  # of half the wall: faces that run on outside a post are left out
ROWS = 9
INKED = 0.85
LEAST_PANE_FT = 1.0
POST_FT = (0.14, 0.75)
PEN_FT = 0.12  # a thinner mark across is a line: a mullion, or a witness line that ends at the window
FRAME_FT = 0.3  # how far from its jamb a window's own frame is drawn
EMPTY = 0.15  # ink between the two sides of a post: glass does not run through it


def parted(opening: Found, *, marks: Marks) -> list[Found]:
    """A window as the panes between the posts drawn in it; itself where there is none."""
    if opening.kind != "window" or opening.gap.width < 2 * LEAST_PANE_FT:
        return [opening]
    inked = _columns(opening.gap, marks)
    bounds = [0.0, *itertools.chain.from_iterable(_posts(inked, marks.scale)), opening.gap.width]
    panes = list(zip(bounds[::2], bounds[1::2], strict=True))
    if len(panes) == 1 or any(end - start < LEAST_PANE_FT for start, end in panes):
        return [opening]
    return [replace(opening, gap=_part(opening.gap, start, end)) for start, end in panes]


def _columns(gap: Gap, marks: Marks) -> Image:
    """The ink between the faces of the wall: rows across, one column a pixel from jamb to jamb."""
    first, last = np.asarray(gap.jambs[0]), np.asarray(gap.jambs[1])
    along = (last - first) / gap.width
    normal = np.array([-along[1], along[0]]) * ACROSS * gap.thick / 2
    rows = np.linspace(-1.0, 1.0, ROWS)[:, None, None] * normal
    points = first + (np.arange(round(gap.width * marks.scale))[:, None] + 0.5) / marks.scale * along + rows
    pixels = np.floor(points * marks.scale).astype(np.intp)
    height, width = marks.ink.shape
    return np.asarray(
        marks.ink[np.clip(pixels[..., 1], 0, height - 1), np.clip(pixels[..., 0], 0, width - 1)]
    )


def _posts(inked: Image, scale: float) -> list[tuple[float, float]]:
    """Where posts start and end [ft]: solid pieces, or two lines across with nothing between them.

    Where the jambs have such lines too, they are the frame of one window with several panes.
    """
    share = inked.mean(axis=0)
    framed = _framed(share, scale)
    share = np.maximum(share, np.append(np.maximum(inked[:, :-1], inked[:, 1:]).mean(axis=0), 0.0))
    margin = round(LEAST_PANE_FT * scale)
    runs = [run for run in _runs(share >= INKED) if run[0] >= margin and run[1] <= len(share) - margin]
    found = [(a / scale, b / scale) for a, b in runs if _is_post((b - a) / scale)]
    if framed:
        return found
    for (a, b), (c, d) in itertools.pairwise(runs):
        thin = max(b - a, d - c) <= PEN_FT * scale + 1
        if thin and _is_post((d - a) / scale) and _empty(inked[:, b:c]):
            found.append((a / scale, d / scale))
    return sorted(found)


def _framed(share: Array, scale: float) -> bool:
    """True where a line across stands a little off either jamb."""
    reach = round(FRAME_FT * scale)
    return any(0 < start <= reach for side in (share, share[::-1]) for start, _ in _runs(side >= INKED)[:2])


def _is_post(wide_ft: float) -> bool:
    return POST_FT[0] <= wide_ft <= POST_FT[1]


def _empty(between: Image) -> bool:
    return bool(between.shape[1]) and float(between.mean()) <= EMPTY


def _runs(flags: NDArray[np.bool_]) -> Runs:
    steps = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def _part(gap: Gap, start_ft: float, end_ft: float) -> Gap:
    first, last = np.asarray(gap.jambs[0]), np.asarray(gap.jambs[1])
    along: Array = (last - first) / gap.width
    a, b = first + along * start_ft, first + along * end_ft
    return replace(gap, jambs=((float(a[0]), float(a[1])), (float(b[0]), float(b[1]))))
