"""Lines drawn in the gaps of walls: glass, sills, leaves of sliding doors; sampled for all gaps at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from blueprints.plan.geometry.arcs import Array, Image, Marks

Whole = NDArray[np.intp]
LINE_SHARE = 0.8
NO_LINE_SHARE = 0.2
HALF_OPEN = 0.5  # of the outer thirds that a leaf half open covers
PAIR_SHARE = 0.1  # more ink is asked of a row joined with its neighbour
NEAR_JAMB = 0.06
FEWEST_ROWS, FEWEST_COLUMNS = 9, 8
ROWS_PER_PX = 1.5
FACE_PX = 2.0
NEAR_FACE = 0.4  # of half the thickness


@dataclass(frozen=True)
class GapLines:
    """Per gap: lines running from jamb to jamb, the share of ink in it, and whether leaves slide in it."""

    lines: Whole
    inked: Array
    sliding: NDArray[np.bool_]


@dataclass(frozen=True)
class _Grid:
    """Sampled points of all gaps, row after row: of each row its first point, points and gap.

    `last` is each gap's last row, `inner` are those between the faces of the wall, off both; `side` is -1 or 1 near a face.
    """

    sampled: Image
    first: Whole
    count: Whole
    gap: Whole
    last: NDArray[np.bool_]
    inner: NDArray[np.bool_]
    side: Whole

    def share(self, points: Image) -> Array:
        """Mean over each row."""
        return np.add.reduceat(points, self.first, dtype=np.int64) / self.count

    def grown(self) -> Image:
        """Each row joined with the next of its gap."""
        here = np.arange(len(self.sampled))
        below = np.minimum(here + np.repeat(self.count, self.count), len(here) - 1)
        return np.maximum(self.sampled, self.sampled[below])


def gap_lines(marks: Marks, *, start: Array, stop: Array, half: Array) -> GapLines:
    """What runs through gaps from the jamb middles `start` to `stop` (n, 2) feet, `half` a wall's thickness to each side."""
    if not len(start):
        return GapLines(np.empty(0, np.intp), np.empty(0), np.empty(0, bool))
    grid = _grid(marks, start, stop, half)
    grown = grid.grown()
    joined = (grid.share(grown) >= LINE_SHARE + PAIR_SHARE) & ~grid.last  # a line may wander by a pixel
    rows = (grid.share(grid.sampled) >= LINE_SHARE) | joined
    before = np.append(False, rows[:-1] & ~grid.last[:-1])
    ink = np.bincount(grid.gap, weights=grid.share(grid.sampled), minlength=len(start))
    return GapLines(
        np.bincount(grid.gap[rows & ~before], minlength=len(start)),
        ink / np.bincount(grid.gap, minlength=len(start)),
        _leaves_slide(grid, grown, gaps=len(start)),
    )


def _grid(marks: Marks, start: Array, stop: Array, half: Array) -> _Grid:
    scale = marks.scale
    thick_px = np.hypot(half[:, 0], half[:, 1]) * scale
    reach = np.maximum(
        1.1, 1.0 + 1.0 / thick_px
    )  # lines flush with the wall lie a pixel outside of it as well
    columns = np.maximum(FEWEST_COLUMNS, (np.hypot(*(stop - start).T) * scale).astype(np.intp))
    rows = np.maximum(FEWEST_ROWS, (2.0 * reach * thick_px * ROWS_PER_PX).astype(np.intp))
    gap = np.repeat(np.arange(len(start)), rows)
    row = _counted(rows)
    across = reach[gap] * (2.0 * row / (rows[gap] - 1) - 1.0)
    count = columns[gap]
    along = NEAR_JAMB + (1 - 2 * NEAR_JAMB) * _counted(count) / np.repeat(count - 1, count)
    origin, run = start[gap] + across[:, None] * half[gap], (stop - start)[gap]
    points = np.repeat(origin, count, axis=0) + along[:, None] * np.repeat(run, count, axis=0)
    pixels = np.floor(points * scale).astype(np.intp)
    height, width = marks.ink.shape
    sampled = marks.ink[np.clip(pixels[:, 1], 0, height - 1), np.clip(pixels[:, 0], 0, width - 1)]
    inner = np.abs(across) <= 1.0 - FACE_PX / thick_px[gap]
    side = np.where(np.abs(across) >= NEAR_FACE, np.sign(across), 0).astype(np.intp)
    return _Grid(sampled, np.cumsum(count) - count, count, gap, row == rows[gap] - 1, inner, side)


def _counted(lengths: Whole) -> Whole:
    """0 … n − 1 for each length n, one after the other."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _leaves_slide(grid: _Grid, grown: Image, *, gaps: int) -> NDArray[np.bool_]:
    """True where a line from each jamb ends near the middle: the leaves of a slider pass each other there.

    Lines at a wall's face may be the edges of what stands before it, but not at both faces of a line along the middle.
    Above a line from jamb to jamb the second leaf may be drawn half open: off the jamb.
    """
    third = grid.count // 3
    column, each = _counted(grid.count), np.repeat(third, grid.count)
    end = np.repeat(grid.count - third, grid.count)
    left, middle, right = (
        grid.share(grown * part)
        * grid.count
        / np.maximum(np.add.reduceat(part, grid.first, dtype=np.int64), 1)
        for part in (column < each, (column >= each) & (column < end), column >= end)
    )
    near, far = left >= LINE_SHARE, right >= LINE_SHARE
    clear = (left <= NO_LINE_SHARE, right <= NO_LINE_SHARE)
    open_leaf = (middle >= LINE_SHARE) & (left <= HALF_OPEN) & (right <= HALF_OPEN) & grid.inner

    def both(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> NDArray[np.bool_]:
        counts = [np.bincount(grid.gap[rows & ~grid.last], minlength=gaps) for rows in (one, other)]
        return np.asarray((counts[0] > 0) & (counts[1] > 0))

    def any_of(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.bincount(grid.gap[rows], minlength=gaps) > 0

    first, second = near & clear[1], far & clear[0]
    low, high = grid.side < 0, grid.side > 0
    through = grid.share(grown) >= LINE_SHARE
    at_faces = both(first & low, second & high) | both(first & high, second & low)
    half_open = both((first | second) & grid.inner, open_leaf)
    passing = both(first & grid.inner, second & grid.inner)
    return np.asarray(
        passing | (any_of(through & (grid.side == 0)) & at_faces) | (any_of(through) & half_open)
    )
