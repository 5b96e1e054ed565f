"""Windows inside walls whose faces run on past them: stretches between two jambs with panes drawn along them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from blueprints.plan.geometry.ends import THICK_FT, corners_of, oriented
from blueprints.plan.geometry.raster import Image, parts_of

Array = NDArray[np.float64]
LEAST_FT = 0.8
WIDEST_FT = 18.0
PARALLEL = 0.9997
SLIT_FT = 0.12
MARGIN_PX = 3
JAMB_SHARE = 0.8
LINE_SHARE, WANDERING_SHARE = 0.8, 0.9
PAPER_SHARE = 0.25
FACE_PX = 2
FACE_SHARE = 0.2  # of the thickness: lines nearer to a face are the face
PANE_PX, PANE_SHARE = 3.0, 0.5
PEN_FT = 0.2
MOST_GLASS = 0.6
HATCHED_SHARE, BLANK_SHARE, PAPER = 0.6, 0.02, 242.0  # in hatched walls a window may have no line of its own
BEYOND_FACE_FT = 0.1
LEAST_FT2 = 0.05
FACES_AT_ONCE = 128


@dataclass(frozen=True)
class _Strip:
    """A straight piece of wall: a corner on one face, unit vectors along the face and into the wall, sizes in feet."""

    corner: Array
    along: Array
    inward: Array
    length: float
    thick: float

    def part(self, start: float, end: float) -> Polygon:
        """The piece from `start` to `end` feet along, a little thicker than the wall."""
        a, b = self.corner + self.along * start, self.corner + self.along * end
        low, high = -self.inward * BEYOND_FACE_FT, self.inward * (self.thick + BEYOND_FACE_FT)
        return Polygon([a + low, b + low, b + high, a + high])


def without_glazing(walls: Sequence[Polygon], *, ink: Image, scale: float, grey: Image) -> list[Polygon]:
    """Walls with the windows drawn inside them cut out.

    Where most of the walls' length looks like glass, the lines in them are layers of the wall, and nothing is cut. `grey` is
    the picture the ink is of: what is filled with a tone is no window, though it has no line.
    """
    strips = _strips(walls)
    sampled = [_sampled(strip, ink, scale) for strip in strips]
    hatched = _are_hatched(strips, sampled, scale=scale)
    toned = [_sampled(strip, grey, scale) if hatched else None for strip in strips]
    panes = [
        strip.part(*ends)
        for strip, picture, tone in zip(strips, sampled, toned, strict=True)
        for ends in _glazed(strip, picture, scale=scale, tone=tone)
    ]
    glass = shapely.union_all(panes)
    if not panes or glass.area > MOST_GLASS * shapely.union_all(list(walls)).area:
        return list(walls)
    return [p for wall in walls for p in parts_of(wall.difference(glass)) if p.area > LEAST_FT2]


def _strips(walls: Sequence[Polygon]) -> list[_Strip]:
    """Straight pieces of wall between two parallel faces, each once."""
    corners = corners_of(oriented(walls))
    long = corners.length >= LEAST_FT
    start, along, length = corners.at[long], corners.unit[long], corners.length[long]
    body = (
        shapely.union_all(list(walls))
        .buffer(SLIT_FT, join_style="mitre")
        .buffer(-SLIT_FT, join_style="mitre")
    )
    shapely.prepare(body)
    found = [
        _Strip(start[n] + along[n] * low, along[n], np.array([-along[n, 1], along[n, 0]]), high - low, thick)
        for first in range(0, len(start), FACES_AT_ONCE)
        for n, low, high, thick in _facing(first, start, along, length)
    ]
    filled = _filled(found, body)
    return [strip for strip, solid in zip(found, filled, strict=True) if solid]


def _facing(
    first: int, start: Array, along: Array, length: Array
) -> Iterator[tuple[int, float, float, float]]:
    """Numbers of some faces with a later one parallel to each, a wall's thickness behind it: where they overlap, thickness."""
    some = slice(first, first + FACES_AT_ONCE)
    away = start[None, first:] - start[some, None]
    (x, y), (u, v) = np.moveaxis(away, 2, 0), along[some].T[:, :, None]
    thick, ahead = y * u - x * v, x * u + y * v
    low, high = np.maximum(ahead - length[first:], 0.0), np.minimum(ahead, length[some, None])
    facing = (along[some] @ along[first:].T < -PARALLEL) & (thick >= THICK_FT[0]) & (thick <= THICK_FT[1])
    pairs = np.nonzero(np.triu(facing & (high - low >= LEAST_FT), 1))
    columns = (pairs[0] + first, low[pairs], high[pairs], thick[pairs])
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _filled(strips: Sequence[_Strip], body: BaseGeometry) -> NDArray[np.bool_]:
    """Which strips are solid all along their middles."""
    if not strips:
        return np.empty(0, dtype=bool)
    middle = np.array([s.corner + s.inward * s.thick / 2 for s in strips])
    run = np.array([s.along * s.length for s in strips])
    points = middle[:, None] + np.linspace(0.05, 0.95, 9)[:, None] * run[:, None]
    return np.asarray(shapely.contains_xy(body, points[..., 0], points[..., 1]).all(axis=1))


def _are_hatched(strips: Sequence[_Strip], sampled: Sequence[Image], *, scale: float) -> bool:
    """Whether there is some ink, but not much, nearly everywhere between the faces of most walls."""
    inner = [_middle(picture, strip.thick * scale) for strip, picture in zip(strips, sampled, strict=True)]
    columns = [_column_share(part) for part in inner if len(part)]
    if not columns:
        return False
    share = np.concatenate(columns)
    inked = (share > 0) & (share < JAMB_SHARE)
    return bool(inked.mean() >= HATCHED_SHARE)


def _middle(sampled: Image, thick_px: float) -> Image:
    """What lies between the faces of a wall, well off both."""
    return sampled[round(MARGIN_PX + 0.2 * thick_px) : round(MARGIN_PX + 0.8 * thick_px) + 1]


def _glazed(
    strip: _Strip, sampled: Image, *, scale: float, tone: Image | None
) -> Iterator[tuple[float, float]]:
    """Where glass starts and ends along a strip [ft]: between neighbouring jambs; `tone` is its grey in hatched walls."""
    jambs = _jambs(sampled, thick_px=strip.thick * scale)
    pen = PEN_FT * scale
    for before, after in itertools.pairwise(jambs):
        start = sum(before) / 2 if before[1] - before[0] <= pen else before[1] - 0.5
        end = sum(after) / 2 if after[1] - after[0] <= pen else after[0] - 0.5
        width = (end - start) / scale
        inner = sampled[:, before[1] + 1 : after[0] - 1]
        if not LEAST_FT <= width <= WIDEST_FT or inner.shape[1] <= 2:
            continue
        between = None if tone is None else tone[:, before[1] + 1 : after[0] - 1]
        blank = between is not None and _is_blank(inner, between, strip.thick * scale)
        if blank or _paned(inner, strip.thick * scale):
            yield start / scale, end / scale


def _is_blank(inner: Image, tone: Image, thick_px: float) -> bool:
    """Paper between the faces: no line, and no fill either."""
    line, level = (_middle(part, thick_px).mean() for part in (inner, tone))
    return bool(line <= BLANK_SHARE and level >= PAPER)


def _sampled(strip: _Strip, ink: Image, scale: float) -> Image:
    """The ink of a strip with a margin across: rows across the wall, columns along it."""
    size = (max(1, round(strip.length * scale)), round(strip.thick * scale) + 2 * MARGIN_PX + 1)
    # a quarter off: corners lie on halves of pixels, which would be rounded up and down by turns
    origin = strip.corner * scale + strip.along / 2 + strip.inward * (0.5 - MARGIN_PX) - 0.25
    place = np.column_stack([strip.along, strip.inward, origin])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ink, place, size, flags=flags), dtype=np.uint8)


def _jambs(sampled: Image, *, thick_px: float) -> list[tuple[int, int]]:
    """Runs of columns inked across the wall: first and one past the last."""
    inner = _middle(sampled, thick_px)
    if inner.min() == inner.max():  # solid, or nothing but paper
        return []
    grown = np.asarray(cv2.dilate(inner, np.ones((1, 2), np.uint8)))
    inked = (_column_share(inner) >= JAMB_SHARE) | (_column_share(grown) >= WANDERING_SHARE)
    return _runs(inked)


def _column_share(picture: Image) -> Array:
    """Share of ink in each column."""
    return np.asarray(cv2.reduce(picture, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] / len(picture))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of True: first and one past the last."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def _paned(inner: Image, thick_px: float) -> bool:
    """True where a thin line runs from jamb to jamb between both faces of the wall, with paper on both sides of it."""
    inner = inner[MARGIN_PX - FACE_PX : FACE_PX - MARGIN_PX]
    share = inner.mean(axis=1)
    line = share >= LINE_SHARE
    line[:-1] |= np.maximum(inner[:-1], inner[1:]).mean(axis=1) >= WANDERING_SHARE
    lines = _runs(line)
    paper = [(share[a:b] <= PAPER_SHARE).any() for (_, a), (b, _) in itertools.pairwise(lines)]
    widest = max(PANE_PX, PANE_SHARE * thick_px)
    return any(
        b - a <= widest and paper[n] and paper[n + 1] and _off_faces((a + b - 1) / 2 - FACE_PX, thick_px)
        for n, (a, b) in enumerate(lines[1:-1])
    )


def _off_faces(across_px: float, thick_px: float) -> bool:
    return FACE_SHARE * thick_px < across_px < (1 - FACE_SHARE) * thick_px
