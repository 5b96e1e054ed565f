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
DASH_SHARE, MOST_BLANK_FT, FEWEST_BLANKS = 0.35, 0.5, 3  # of a dashed line


@dataclass(frozen=True)
class GapLines:
    """Per gap: lines running from jamb to jamb, the share of ink in it, whether leaves slide in it, whether two lines are dashed.

    Dashed lines are the header of a cased opening, or an overhead door.
    """

    lines: Whole
    inked: Array
    sliding: NDArray[np.bool_]
    dashed: NDArray[np.bool_]


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
        return GapLines(np.empty(0, np.intp), np.empty(0), np.empty(0, bool), np.empty(0, bool))
    grid = _grid(marks, start, stop, half)
    grown = grid.grown()
    joined = (grid.share(grown) >= LINE_SHARE + PAIR_SHARE) & ~grid.last  # a line may wander by a pixel
    rows = (grid.share(grid.sampled) >= LINE_SHARE) | joined
    ink = np.bincount(grid.gap, weights=grid.share(grid.sampled), minlength=len(start))
    return GapLines(
        np.bincount(grid.gap[rows & ~_follow(rows, grid)], minlength=len(start)),
        ink / np.bincount(grid.gap, minlength=len(start)),
        _leaves_slide(grid, grown, gaps=len(start)),
        _are_dashed(grid, grown, most_blank_px=MOST_BLANK_FT * marks.scale, gaps=len(start)),
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


def _follow(rows: NDArray[np.bool_], grid: _Grid) -> NDArray[np.bool_]:
    """Which rows come right after one of the chosen in the same gap: they are of the same line."""
    return np.append(False, rows[:-1] & ~grid.last[:-1])


def _are_dashed(grid: _Grid, grown: Image, *, most_blank_px: float, gaps: int) -> NDArray[np.bool_]:
    """True where two lines of dashes run from jamb to jamb, no blank between them longer than blanks of dashed lines are."""
    share = grid.share(grown)
    longest, blanks = _blanks(grid, grown)
    rows = (share >= DASH_SHARE) & (share < LINE_SHARE) & ~grid.last
    rows &= (longest <= most_blank_px) & (blanks >= FEWEST_BLANKS)
    return np.asarray(np.bincount(grid.gap[rows & ~_follow(rows, grid)], minlength=gaps) >= 2)


def _blanks(grid: _Grid, points: Image) -> tuple[Whole, Whole]:
    """Length of the longest run of blank points of each row, its ends included, and how many lie between inked ones."""
    row = np.repeat(np.arange(len(grid.first)), grid.count)
    inked = np.flatnonzero(points)
    before, after = grid.first - 1, grid.first + grid.count  # as if ink stood at either jamb
    at = np.concatenate([before, inked, after])
    of = np.concatenate([np.arange(len(before)), row[inked], np.arange(len(after))])
    order = np.lexsort((at, of))
    at, of = at[order], of[order]
    blank, same = at[1:] - at[:-1] - 1, of[1:] == of[:-1]
    longest = np.zeros(len(before), np.intp)
    np.maximum.at(longest, of[1:][same], blank[same])
    return longest, np.bincount(of[1:][same & (blank > 0)], minlength=len(before))


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
