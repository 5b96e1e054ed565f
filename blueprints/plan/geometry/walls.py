"""Wall hypotheses of a drawing: solid ink, pairs of faces, heavy lines, as polygons in feet of the frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from blueprints.plan.geometry.ends import oriented, wall_ends
from blueprints.plan.geometry.hatch import treads

Array = NDArray[np.float64]
PAIR_FT = (0.22, 1.45)
JOIN_FT = 0.09
SAME_FT = 0.035
BREAK_FT = 1.4
CORNER_FT = 0.15
MODE_BIN_FT = 0.05
PEN_SHARE = 0.05
SLANT_DEG = 4.0
MOST_SLANTS = 4
MOST_PENS = 5
NEARLY_LEVEL = 0.97
MOST_ASIDE = 0.3
PEN_FT = 0.0005


@dataclass(frozen=True)
class Strip:
    """A wall piece along an axis: `along` 0 = x, 1 = y; `low`–`high` across, `start`–`end` along, feet."""

    along: int
    low: float
    high: float
    start: float
    end: float

    @property
    def shape(self) -> Polygon:
        """The strip as a rectangle."""
        if self.along == 0:
            return box(self.start, self.low, self.end, self.high)
        return box(self.low, self.start, self.high, self.end)

    @property
    def length(self) -> float:
        """Length in feet."""
        return self.end - self.start

    @property
    def thick(self) -> float:
        """Thickness in feet."""
        return self.high - self.low


def slanted_shapes(segments: Array, *, least_share: float) -> list[Polygon]:
    """Wall pairs along other directions than the axes, as polygons (bays, turned wings)."""
    delta = segments[:, 2:] - segments[:, :2]
    length = np.hypot(delta[:, 0], delta[:, 1])
    angle = np.degrees(np.arctan2(delta[:, 1], delta[:, 0])) % 90.0
    slanted = (np.minimum(angle, 90.0 - angle) > SLANT_DEG) & (length >= 0.8)
    shapes: list[Polygon] = []
    for value in _angles(angle[slanted], length[slanted]):
        family = segments[slanted & (np.abs(angle - value) < 0.7)]
        turned = _turned(family.reshape(-1, 2), -value).reshape(-1, 4)
        for strip in pair_strips(turned, least_share=least_share):
            corners = np.asarray(strip.shape.exterior.coords)
            shapes.append(Polygon(_turned(corners, value)))
    return shapes


def _angles(angle: Array, length: Array) -> list[float]:
    """Directions mod 90 that carry at least 6 ft of lines, longest first."""
    bins = np.bincount(np.round(angle).astype(int) % 90, weights=length, minlength=90)
    chosen = [int(i) for i in np.argsort(-bins, kind="stable")[:MOST_SLANTS] if bins[i] >= 6.0]
    near = [np.abs((angle - i + 45) % 90 - 45) < 0.7 for i in chosen]
    return [float(np.average(angle[n], weights=length[n])) for n in near if n.any()]


def _turned(points: Array, degrees: float) -> Array:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return points @ np.array([[cos, sin], [-sin, cos]])


def axis_runs(segments: Array, *, along: int, tolerance_deg: float = 0.7) -> Array:
    """Merged collinear runs along one axis: rows (offset, start, end) in feet, sorted."""
    delta = segments[:, 2:] - segments[:, :2]
    slant = np.abs(delta[:, 1 - along]) <= np.tan(np.radians(tolerance_deg)) * np.abs(delta[:, along]) + 0.005
    rows = segments[slant & (np.abs(delta[:, along]) > 0.05)]
    offset = (rows[:, 1 - along] + rows[:, 3 - along]) / 2
    start, end = (
        np.minimum(rows[:, along], rows[:, 2 + along]),
        np.maximum(rows[:, along], rows[:, 2 + along]),
    )
    order = np.lexsort((start, offset))
    return _merge(np.column_stack([offset, start, end])[order])


def _merge(rows: Array) -> Array:
    """Rows (offset, start, end), sorted, as runs: offsets alike to their mean by length, joined over gaps up to JOIN_FT."""
    if not len(rows):
        return rows
    line = _alike(rows[:, 0])
    length = rows[:, 2] - rows[:, 1] + 1e-6
    offset = np.bincount(line, rows[:, 0] * length) / np.bincount(line, length)
    order = np.lexsort((rows[:, 1], line))
    line, start, end = line[order], rows[order, 1], rows[order, 2]
    span = float(np.ptp(rows[:, 1:])) + 1.0  # lines laid end to end, so that one running maximum serves all
    reach = np.maximum.accumulate(end - start.min() + span * line) - span * line + start.min()
    new = np.append(True, (line[1:] != line[:-1]) | (start[1:] > reach[:-1] + JOIN_FT))
    first = np.flatnonzero(new)
    return np.column_stack([offset[line[first]], start[first], np.maximum.reduceat(end, first)])


def _alike(offset: Array) -> NDArray[np.intp]:
    """Numbers of lines for sorted offsets: each line takes in what lies within SAME_FT of its first."""
    first = [0]
    while (after := int(np.searchsorted(offset, offset[first[-1]] + SAME_FT, side="right"))) < len(offset):
        first.append(after)
    return np.searchsorted(first, np.arange(len(offset)), side="right") - 1


def pair_strips(segments: Array, *, least_share: float) -> list[Strip]:
    """Hollow, hatched and framed walls: parallel faces 0.22–1.45 ft apart, of the sheet's usual thicknesses."""
    strips: list[Strip] = []
    for along in (0, 1):
        runs = axis_runs(segments, along=along)
        runs = runs[~treads(runs)] if 0 < len(runs) < 3000 else runs
        strips.extend(s for s, _ in facing_pairs(runs[runs[:, 2] - runs[:, 1] >= 0.3], along))
    whole = _unbroken(strips)
    usual = _usual([s for s in whole if s.length >= 1.5 * s.thick], least_share)
    kept = [s for s in whole if any(abs(s.thick - t) <= MODE_BIN_FT for t in usual)]
    return _cornered(kept)


def facing_pairs(runs: Array, along: int) -> Iterator[tuple[Strip, tuple[int, int]]]:
    """What lies between any two runs (offset, start, end) a wall's thickness apart that face each other, and their numbers."""
    first = np.searchsorted(runs[:, 0], runs[:, 0] + PAIR_FT[0])
    last = np.searchsorted(runs[:, 0], runs[:, 0] + PAIR_FT[1])
    for index, (offset, start, end) in enumerate(runs):
        after = max(int(first[index]), index + 1)
        other = runs[after : int(last[index])]
        low, high = np.maximum(start, other[:, 1]), np.minimum(end, other[:, 2])
        facing = high - low >= np.maximum(0.3, 0.6 * (other[:, 0] - offset))
        for i in np.flatnonzero(facing).tolist():
            strip = Strip(along, float(offset), float(other[i, 0]), float(low[i]), float(high[i]))
            yield strip, (index, after + i)


def _usual(strips: list[Strip], least_share: float) -> list[float]:
    """Thicknesses (feet) that carry a fair share of the paired length."""
    if not strips:
        return []
    thick = np.array([s.thick for s in strips])
    weight = np.array([s.length**2 for s in strips])
    bins = np.bincount((thick / MODE_BIN_FT).astype(int), weights=weight)
    share = (bins + np.append(bins[1:], 0)) / weight.sum()
    return [(i + 1) * MODE_BIN_FT for i in range(len(share)) if share[i] >= least_share]


def _unbroken(strips: list[Strip]) -> list[Strip]:
    """Strips of the same two faces joined where only a crossing wall breaks them."""
    out: list[Strip] = []
    for strip in sorted(strips, key=lambda s: (s.along, round(s.low, 2), round(s.high, 2), s.start)):
        last = out[-1] if out else None
        if last and _same_faces(last, strip) and strip.start - last.end <= BREAK_FT:
            out[-1] = Strip(last.along, last.low, last.high, last.start, max(last.end, strip.end))
        else:
            out.append(strip)
    return out


def _same_faces(one: Strip, two: Strip) -> bool:
    return one.along == two.along and abs(one.low - two.low) < 0.05 and abs(one.high - two.high) < 0.05


def _cornered(strips: list[Strip]) -> list[Strip]:
    """Strips lengthened through the corner square they share with a crossing strip."""
    tables = [
        np.array([(s.low, s.high, s.start, s.end) for s in strips if s.along == along]).reshape(-1, 4)
        for along in (0, 1)
    ]
    return [_extended(s, tables[1 - s.along]) for s in strips]


def _extended(strip: Strip, crossing: Array) -> Strip:
    """The strip through its corners; `crossing` are rows (low, high, start, end) of strips across it."""
    low, high, start, end = crossing.T
    near = (start - PAIR_FT[1] <= strip.high) & (end + PAIR_FT[1] >= strip.low)
    after = near & (np.abs(low - strip.end) < CORNER_FT)
    before = near & (np.abs(high - strip.start) < CORNER_FT)
    return Strip(
        strip.along, strip.low, strip.high,
        float(low[before].min(initial=strip.start)), float(high[after].max(initial=strip.end)),
    )  # fmt: skip


def joined(shapes: list[Polygon]) -> BaseGeometry:
    """Union of wall pieces with hairline slits closed."""
    whole = shapely.union_all([s for s in shapes if not s.is_empty])
    return whole.buffer(0.03, join_style="mitre").buffer(-0.03, join_style="mitre")


def pen_classes(widths: Array, lengths: Array) -> list[NDArray[np.bool_]]:
    """Sets of segments to try as wall lines: each much used pen width [ft] alone, and all; heaviest first."""
    rounded = np.round(widths / PEN_FT) * PEN_FT
    total = float(lengths.sum())
    used = [w for w in np.unique(rounded)[::-1] if lengths[rounded == w].sum() >= PEN_SHARE * total]
    classes = [np.abs(rounded - w) <= 0.08 * w + PEN_FT / 2 for w in used[:MOST_PENS]]
    everything = np.ones(len(widths), dtype=bool)
    return [*classes, everything] if len(used) > 1 else [everything]


def network(walls: BaseGeometry, *, reach_ft: float = 10.0, least_ft: float = 8.0) -> list[Polygon]:
    """Wall parts that belong to the house: large ones, and smaller ones in line with an end of another."""
    whole = [p for p in getattr(walls, "geoms", [walls]) if isinstance(p, Polygon) and p.area > 0.05]
    parts = [p for p in whole if _extent(p) >= least_ft or _wall_like(p)]
    large = np.asarray([_extent(p) >= least_ft for p in parts], dtype=bool)
    if not large.any():
        return []
    looks, at = _in_line(oriented(parts), reach_ft=reach_ft)
    order, held = list(np.flatnonzero(large)), large
    while True:
        joining = np.zeros(len(parts), dtype=bool)
        joining[looks[held[at]]] = True
        joining &= ~held
        if not joining.any():
            return [parts[i] for i in order]
        order += list(np.flatnonzero(joining))
        held = held | joining


def _in_line(parts: list[Polygon], *, reach_ft: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of parts: an end of the first looks at an end of the second of like thickness, straight ahead of it."""
    ends = wall_ends(parts)
    middle, thick = ends.middle, ends.thick
    level = np.abs(ends.normal).max(axis=1, keepdims=True, initial=0.0) > NEARLY_LEVEL
    normal = np.where(level, np.round(ends.normal), ends.normal)  # in pictures ends are a little slanted
    lanes = shapely.linestrings(np.stack([middle, middle + normal * reach_ft], axis=1))
    near = shapely.STRtree(shapely.points(middle)).query(
        lanes, predicate="dwithin", distance=MOST_ASIDE * thick
    )
    one, two = near
    away = middle[two] - middle[one]
    ahead = (away * normal[one]).sum(axis=1)
    across = np.abs(away[:, 1] * normal[one, 0] - away[:, 0] * normal[one, 1])
    facing = (normal[one] * normal[two]).sum(axis=1) < -0.95
    alike = np.abs(thick[two] - thick[one]) < 0.3 * np.maximum(thick[one], thick[two])
    good = facing & alike & (ahead > 0.3) & (ahead < reach_ft) & (across < MOST_ASIDE * thick[one])
    return ends.part[one[good]], ends.part[two[good]]


def _extent(part: Polygon) -> float:
    x0, y0, x1, y1 = part.bounds
    return float(max(x1 - x0, y1 - y0))


def _wall_like(part: Polygon) -> bool:
    thin = 2 * part.area / max(part.length, 1e-9)
    return bool(thin < 1.3 and part.area >= 0.05)
