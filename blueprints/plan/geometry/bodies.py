"""Bodies of walls drawn as outlines: which of the closed paper regions of a picture they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from blueprints.plan.regions import regions

Image = NDArray[np.uint8]
Array = NDArray[np.float64]
BODY_FT, LEAST_FT2 = (0.15, 1.7), 0.05
HALF_PEN_FT, RIM_PX = 0.12, 1.5
WEAK_SHARE, FINER_PEN = 0.35, 0.6
LEAST_BODY_FT = 0.5
LONGEST_PANE_FT = 20.0
PANE_FILL = 0.7
WIDEST_CHASE_FT = 4.0
CHASE_SHARE = 0.4
PEN_PX = 3
FAIR_LENGTH, MUCH_THICKER = 0.2, 1.3
HEAVIEST_FT = 0.2  # pens of outlines are no wider
BAND_PX = 2.0  # a distance grows by less from pixel to pixel


@dataclass(frozen=True)
class Bodies:
    """Closed paper regions of a picture, numbered, and which of them are bodies of walls.

    `reach` is how far each pixel is from ink; `stats` are boxes and areas as rows (x, y, width, height, area), 0 for those that
    are no bodies.
    """

    labels: NDArray[np.int32]
    reach: NDArray[np.float32]
    stats: NDArray[np.int64]
    body: NDArray[np.bool_]
    scale: float

    def mask(self) -> Image:
        """1 on the bodies and the lines around them, and on heavy lines from one body to the next."""
        mask = np.take(self.body.astype(np.uint8), self.labels)
        pen = round(HEAVIEST_FT * self.scale) | 1
        between = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((pen, pen), np.uint8))
        between[self.labels > 0] = 0
        return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)) | between, dtype=np.uint8)

    def without_slots(self) -> Bodies:
        """The bodies but for those that lie side by side along most of their length: panes and sliding leaves."""
        body = self.body.copy()
        body[_side_by_side(self.stats, np.flatnonzero(body), scale=self.scale)] = False
        return replace(self, body=body)

    def heavily_drawn(self, grey: Image) -> Bodies:
        """The bodies but for those that the picture shows drawn with a much finer pen than most: furniture."""
        body = self.body.copy()
        measured = _measured(self.labels, self.reach, np.flatnonzero(body))
        body[_finely_drawn(measured, self.labels, self.reach, grey, scale=self.scale)] = False
        return replace(self, body=body)


def hollow_bodies(ink: Image, *, scale: float, named: Array) -> Bodies:
    """Bodies of walls drawn as outlines: closed paper regions as narrow as walls but for a chase or chimney.

    Those at `named` places (n, 2 feet) are rooms, and those much thicker than most are furniture.
    """
    free = np.asarray(1 - ink, dtype=np.uint8)
    paper = regions(free, connectivity=4)
    labels, areas = paper.labels, np.append(0, paper.areas)
    reach = cv2.distanceTransform(free, cv2.DIST_L2, 3)

    def as_wide_as(width_ft: float) -> NDArray[np.bool_]:
        least = width_ft * scale / 2
        found = np.zeros(len(areas), dtype=bool)
        found[labels[(reach > least) & (reach <= least + BAND_PX)]] = True
        return found

    body = (areas / scale**2 >= LEAST_FT2) & as_wide_as(BODY_FT[0]) & ~as_wide_as(WIDEST_CHASE_FT)
    body[0] = False
    stats = np.zeros((len(areas), 5), dtype=np.int64)
    stats[body] = np.column_stack([paper.boxes, paper.areas])[body[1:]]
    body &= stats[:, 2:4].max(axis=1) / scale >= LEAST_BODY_FT
    for index in np.flatnonzero(body & as_wide_as(BODY_FT[1])):
        body[index] = _mostly_narrow(labels, stats[index], int(index), wide_px=round(BODY_FT[1] * scale))
    body[_at(labels, named * scale)] = False
    body[_much_thicker(_measured(labels, reach, np.flatnonzero(body)))] = False
    return Bodies(labels, reach, stats, body, scale)


def _at(labels: NDArray[np.int32], places: Array) -> NDArray[np.int32]:
    """Regions at places (n, 2 pixels)."""
    height, width = labels.shape
    x, y = np.floor(places).astype(np.intp).T
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    return np.asarray(labels[y[inside], x[inside]])


@dataclass(frozen=True)
class _Measured:
    """Numbers of regions, and how thick and long they are [pixels]."""

    number: NDArray[np.intp]
    thick: Array
    length: Array


def _measured(labels: NDArray[np.int32], reach: NDArray[np.float32], bodies: NDArray[np.intp]) -> _Measured:
    """The mean distance from the edges of a strip is a quarter of its width."""
    at, inside = _pixels_of(labels, bodies)
    area = np.maximum(np.bincount(at, minlength=len(bodies)), 1)
    thick = np.maximum(4.0 * np.bincount(at, reach[inside], minlength=len(bodies)) / area, 1.0)
    return _Measured(bodies, thick, area / thick)


def _pixels_of(
    labels: NDArray[np.int32], bodies: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where the pixels of some regions are, and of each which of them it belongs to."""
    place = np.full(int(labels.max()) + 1, -1, dtype=np.intp)
    place[bodies] = np.arange(len(bodies))
    inside = (place >= 0)[labels]
    return place[labels[inside]], inside


def _much_thicker(found: _Measured) -> NDArray[np.intp]:
    """Bodies much thicker than the thickest of which there is a fair length."""
    order = np.argsort(-found.thick, kind="stable")
    fair = np.cumsum(found.length[order]) >= FAIR_LENGTH * found.length.sum()
    usual = found.thick[order][fair][:1]
    return found.number[found.thick > MUCH_THICKER * usual] if len(usual) else found.number[:0]


def _finely_drawn(
    found: _Measured, labels: NDArray[np.int32], reach: NDArray[np.float32], grey: Image, *, scale: float
) -> NDArray[np.intp]:
    """Bodies a good part of whose outline has much less ink than those of most: a counter has only its back to a wall."""
    around = 2 * round(HALF_PEN_FT * scale) + 1
    mass = cv2.boxFilter(255 - grey, cv2.CV_32F, (around, around))
    at, inside = _pixels_of(labels, found.number)
    rim = reach[inside] <= RIM_PX
    at, values = at[rim], mass[inside][rim]
    order = np.lexsort((values, at))
    count = np.bincount(at, minlength=len(found.number))
    drawn = count > 0
    first = np.cumsum(count) - count
    weak = np.full(len(count), np.inf)
    weak[drawn] = values[order][(first + WEAK_SHARE * count).astype(np.intp)[drawn]]
    by = np.argsort(weak, kind="stable")
    half = np.searchsorted(np.cumsum(found.length[by]), found.length.sum() / 2)
    usual = weak[by][half : half + 1]
    return found.number[weak < FINER_PEN * usual] if len(usual) else found.number[:0]


def _mostly_narrow(labels: NDArray[np.int32], box: NDArray[np.int64], index: int, *, wide_px: int) -> bool:
    """True where a small share of a region is as wide as `wide_px`."""
    x, y, w, h, area = (int(v) for v in box)
    part = np.pad(np.asarray(labels[y : y + h, x : x + w] == index, dtype=np.uint8), 1)
    wide = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((wide_px, wide_px), np.uint8))
    return int(np.count_nonzero(wide)) <= CHASE_SHARE * area


def _side_by_side(stats: NDArray[np.int64], bodies: NDArray[np.intp], *, scale: float) -> NDArray[np.intp]:
    """Which regions have a neighbour of their direction across one line along half of the shorter one's length."""
    x, y, w, h = stats[bodies, :4].T
    full = stats[bodies, cv2.CC_STAT_AREA] >= PANE_FILL * w * h  # a wall that turns a corner is no pane
    lost = np.zeros(len(bodies), dtype=bool)
    for low, long, cross, deep in ((x, w, y, h), (y, h, x, w)):
        slim = full & (long > 1.3 * deep) & (long <= LONGEST_PANE_FT * scale)
        for i in np.flatnonzero(slim):
            overlap = np.minimum(low + long, low[i] + long[i]) - np.maximum(low, low[i])
            apart = np.maximum(cross, cross[i]) - np.minimum(cross + deep, cross[i] + deep[i])
            beside = slim & (overlap >= 0.5 * np.minimum(long, long[i])) & (apart <= PEN_PX)
            beside[i] = False
            lost[i] |= bool(beside.any())
    return bodies[lost]
