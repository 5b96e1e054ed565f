"""Door leaves drawn as strokes: a quarter circle with the leaf along one of its radii; they tell a sheet's foot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from blueprints.plan.geometry.strokes import Strokes

Array = NDArray[np.float64]
TURN = (np.radians(2.0), np.radians(32.0))  # of one chord of a flattened arc
LIKE_CHORDS = 0.4
LEAST_CHORDS = 3
SWEEP = (np.radians(60.0), np.radians(105.0))
AT_END = 0.15  # of the radius: leaves have a thickness, and hang beside the jamb


def leaf_widths(strokes: Strokes, *, least_pt: float, most_pt: float) -> Array:
    """Widths (points) within limits of the door leaves that are drawn open with their swing, in paint order."""
    widths = []
    for paint in strokes.paints:
        for ring in paint.rings:
            if np.ptp(ring, axis=0).max() >= least_pt:
                widths += [w for arc in _arcs(ring) if (w := _leaf(arc, strokes.segments)) is not None]
    return np.asarray([w for w in widths if least_pt <= w <= most_pt], dtype=np.float64)


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


def _leaf(arc: Array, segments: Array) -> float | None:
    """The arc's radius when a stroke runs from its centre to one of its ends."""
    centre, radius = _circle(arc)
    near = AT_END * radius
    ends = segments.reshape(-1, 2, 2)
    hinge = np.hypot(*(ends - centre).transpose(2, 0, 1)) <= near
    tips = [np.hypot(*(ends - tip).transpose(2, 0, 1)) <= near for tip in (arc[0], arc[-1])]
    found = any(bool(((hinge[:, 0] & tip[:, 1]) | (hinge[:, 1] & tip[:, 0])).any()) for tip in tips)
    return radius if found else None


def _circle(arc: Array) -> tuple[Array, float]:
    """Centre and radius of the circle nearest to the points."""
    origin = arc.mean(axis=0)
    points = arc - origin
    table = np.column_stack([2 * points, np.ones(len(points))])
    x, y, rest = np.linalg.lstsq(table, (points**2).sum(axis=1), rcond=None)[0]
    return origin + np.array([x, y]), float(np.sqrt(max(rest + x * x + y * y, 0.0)))
