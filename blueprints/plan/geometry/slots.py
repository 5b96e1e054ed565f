"""Windows of walls drawn solid that are a closed slot of paper in the wall: a frame, and on one side all ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box

from blueprints.plan.geometry.faces import Faces
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.raster import Image
from blueprints.plan.regions import regions

SLIM_FT, LONG_FT = (0.06, 0.7), (1.2, 12.0)
SLENDER = 2.0  # times as long as wide
FULL = 0.8
THICK_FT = (0.25, 1.7)
IN_WALL = 1.3  # a wall is as many times thicker than a slot in it
JAMB_FT = 0.25  # how far beyond its ends the wall is measured
OFF_PX = 2
PALEST = 222  # darker is no paper
ALREADY = 0.1
SIDE_FT = 0.3
SURE = 0.65


def slots(ink: Image, grey: Image, *, scale: float) -> list[Gap]:
    """Slots of paper in thick ink, as gaps of the wall they lie in; what is grey between lines is a wall's fill.

    Args:
        ink: 1 where the drawing is dark.
        grey: The picture, 255 is paper.
        scale: Pixels per foot.
    """
    free = np.asarray(1 - ink, dtype=np.uint8)
    paper = regions(free, connectivity=4)
    _, _, w, h = paper.boxes.T
    slim, long = np.minimum(w, h) / scale, np.maximum(w, h) / scale
    fits = (slim >= SLIM_FT[0]) & (slim <= SLIM_FT[1]) & (long >= LONG_FT[0]) & (long <= LONG_FT[1])
    fits &= (long >= SLENDER * slim) & (paper.areas >= FULL * w * h)
    found = []
    for left, top, wide, high in paper.boxes[fits].tolist():
        if np.median(grey[top : top + high, left : left + wide]) < PALEST:
            continue
        level = wide > high
        picture = ink if level else ink.T
        place = (left, top, wide, high) if level else (top, left, high, wide)
        wall = _wall_around(picture, place, scale=scale)
        if wall is not None:
            found.append(_gap(place, wall, level=level, scale=scale))
    return found


def _wall_around(ink: Image, place: tuple[int, int, int, int], *, scale: float) -> tuple[int, int] | None:
    """First and one past the last row of the wall at the ends of a level slot; None where it lies in none."""
    left, top, wide, high = place
    reach = max(2, round(JAMB_FT * scale))
    ends = [range(left - reach, left - 1), range(left + wide + 1, left + wide + reach)]
    sides = [_run_at(ink, columns, top + high // 2, reach=round(2 * THICK_FT[1] * scale)) for columns in ends]
    if any(side is None or side[0] > top + OFF_PX or side[1] < top + high - OFF_PX for side in sides):
        return None
    walls = [side for side in sides if side is not None and _is_wall(side[1] - side[0], high, scale=scale)]
    return min(walls, key=lambda side: side[1] - side[0], default=None)


def _is_wall(thick_px: int, slot_px: int, *, scale: float) -> bool:
    return THICK_FT[0] <= thick_px / scale <= THICK_FT[1] and thick_px >= IN_WALL * slot_px


def _run_at(ink: Image, columns: Sequence[int], row: int, *, reach: int) -> tuple[int, int] | None:
    """The usual run of ink across some columns around a row, as far as `reach` to both sides; None where most have none."""
    start = max(0, row - reach)
    inside = [column for column in columns if 0 <= column < ink.shape[1]]
    paper = ink[start : row + reach + 1, inside] == 0
    paper = paper[:, ~paper[row - start]]
    if not paper.size or 2 * paper.shape[1] < len(columns):
        return None
    above, below = paper[: row - start][::-1], paper[row - start :]
    first, last = np.median(row - _until(above)), np.median(row + _until(below))
    return int(first), int(last)


def _until(flags: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many rows of each column come before the first True."""
    return np.asarray(np.where(flags.any(axis=0), flags.argmax(axis=0) if len(flags) else 0, len(flags)))


def _gap(place: tuple[int, int, int, int], wall: tuple[int, int], *, level: bool, scale: float) -> Gap:
    left, _, wide, _ = place
    start, end, low, high = (v / scale for v in (left, left + wide, *wall))
    middle = (low + high) / 2
    shape = box(start, low, end, high) if level else box(low, start, high, end)
    jambs = ((start, middle), (end, middle)) if level else ((middle, start), (middle, end))
    return Gap(shape, jambs, high - low, facing=True, lines=1, swing=0.0, middle=0.0)


def panes(
    gaps: Sequence[Gap], *, walls: Sequence[Polygon], openings: Sequence[Found], faces: Faces
) -> list[Found]:
    """Of the slots those between a room and the outside, or a room and another, where no opening is known: windows."""
    return list(_panes(gaps, walls, openings, faces)) if gaps and faces.faces else []


def _panes(
    gaps: Sequence[Gap], walls: Sequence[Polygon], openings: Sequence[Found], faces: Faces
) -> Iterator[Found]:
    taken = shapely.union_all([o.gap.shape for o in openings])
    solid, house = shapely.union_all(list(walls)), shapely.union_all(list(faces.outlines))
    tree = shapely.STRtree(faces.faces)
    for gap in gaps:
        sides = shapely.points(gap.sides(SIDE_FT))
        beside = tree.query(sides, predicate="within")
        rooms = [set(beside[1][beside[0] == side].tolist()) for side in (0, 1)]
        if any(not room and house.contains(side) for room, side in zip(rooms, sides, strict=True)):
            continue  # a space that was not read: a shower, a cupboard
        known = gap.shape.intersection(taken).area > ALREADY * gap.shape.area
        if rooms[0] != rooms[1] and not known and gap.shape.intersects(solid):
            taken = shapely.union(taken, gap.shape)
            yield Found(gap, "window", SURE, ("pane_in_wall",))
