"""Door leaves drawn as strokes: a quarter circle with the leaf along one of its radii; they tell a sheet's foot and its doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from blueprints.plan.geometry.strokes import Strokes

Array = NDArray[np.float64]
TURN = (np.radians(2.0), np.radians(32.0))  # of one chord of a flattened arc
LIKE_CHORDS = 0.6  # the last chord is as often what was left
LEAST_CHORDS = 3
SWEEP = (np.radians(60.0), np.radians(105.0))
BESIDE = 0.15  # of the radius: leaves have a thickness, and hang beside the jamb
LEAF = (0.7, 1.4)  # times the radius: a leaf may run on through the wall


@dataclass(frozen=True)
class Leaf:
    """A door drawn open, page points: its hinge, the tip of its leaf, and where the tip is when the door is shut."""

    hinge: Array
    tip: Array
    latch: Array
    width_pt: float


def leaves(strokes: Strokes, *, least_pt: float, most_pt: float) -> list[Leaf]:
    """Door leaves that are drawn open with their swing and whose widths are within limits, in paint order."""
    found = []
    for paint in strokes.paints:
        for ring in paint.rings:
            if np.ptp(ring, axis=0).max() >= least_pt:
                found += [leaf for arc in _arcs(ring) if (leaf := _leaf(arc, strokes.segments)) is not None]
    return [leaf for leaf in found if least_pt <= leaf.width_pt <= most_pt]


def _arcs(ring: Array) -> Iterator[Array]:
    """Runs of chords (n, 2) that turn one way by equal steps, a quarter circle in all."""
    edge = np.diff(ring, axis=0)
    length = np.hypot(edge[:, 0], edge[:, 1])
    if len(edge) < LEAST_CHORDS:
        return
    cross = edge[:-1, 0] * edge[1:, 1] - edge[:-1, 1] * edge[1:, 0]
    turn = np.arctan2(cross, (edge[:-1] * edge[1:]).sum(axis=1))
    even = np.abs(length[1:] - length[:-1]) <= LIKE_CHORDS * np.maximum(length[1:], length[:-1])
    bent = even & (np.abs(turn) >= TURN[0]) & (np.abs(turn) <= TURN[1])
    sign = np.where(bent, np.sign(turn), 0.0)
    start = 0
    for at in range(1, len(sign) + 1):
        if at < len(sign) and sign[at] == sign[start]:
            continue
        chords = at - start + 1
        sweep = abs(float(turn[start:at].sum())) * chords / (chords - 1)
        if sign[start] != 0 and chords >= LEAST_CHORDS and SWEEP[0] <= sweep <= SWEEP[1]:
            yield ring[start : at + 2]
        start = at


def _leaf(arc: Array, segments: Array) -> Leaf | None:
    """The leaf of an arc where a stroke runs along the radius to one of its ends."""
    centre, radius = _circle(arc)
    length = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
    lines = segments[(length >= LEAF[0] * radius) & (length <= LEAF[1] * radius)]
    lines = lines[_apart(centre, lines) <= BESIDE * radius]
    for tip, latch in ((arc[0], arc[-1]), (arc[-1], arc[0])):
        if bool((_apart(tip, lines) <= BESIDE * radius).any()):
            return Leaf(centre, tip, latch, radius)
    return None


def _apart(point: Array, lines: Array) -> Array:
    """Distances of a point from lines (n, 4)."""
    start, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    share = ((point - start) * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = start + np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.hypot(*(point - nearest).T))


def _circle(arc: Array) -> tuple[Array, float]:
    """Centre and radius of the circle nearest to the points."""
    origin = arc.mean(axis=0)
    points = arc - origin
    table = np.column_stack([2 * points, np.ones(len(points))])
    x, y, rest = np.linalg.lstsq(table, (points**2).sum(axis=1), rcond=None)[0]
    return origin + np.array([x, y]), float(np.sqrt(max(rest + x * x + y * y, 0.0)))
