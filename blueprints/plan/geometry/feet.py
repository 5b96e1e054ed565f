"""A drawing read in several feet, as paths and as a picture: the most believable reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pymupdf
from numpy.typing import NDArray

from blueprints.plan.geometry import raster
from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.frame import Frame, View, boxes_in, dominant_angle
from blueprints.plan.geometry.reading import Sheet, best_reading, picture_ink, raster_sheet, vector_sheet
from blueprints.plan.geometry.score import (
    Attempt,
    Names,
    foot_is_sure,
    reference_area,
    score,
    unit_score,
    usual_doors,
)
from blueprints.plan.geometry.sizes import foot_factor
from blueprints.plan.geometry.skew import picture_skew
from blueprints.plan.geometry.strokes import Strokes
from blueprints.plan.model import RoomLabel

Array = NDArray[np.float64]
ENOUGH_PATHS = 40
TRUSTED = 0.6
READ_AGAIN = 0.04
FIRST_GUESS = 0.08
FEWEST_DOORS = 2
MOST_PICTURES = 4  # units a picture is read in
LEAST_PLAN_FT2 = 60.0  # letters and strokes of a picture may enclose a closet, but no dwelling
QUICK_PX = 1.5e6  # of pictures that only tell one foot from another
# pixels per foot of pictures, and the score that makes a further one needless: coarsely strokes hold together, finely thin
# walls stand apart
PICTURES = ((18.0, 0.96), (24.0, 0.96), (36.0, 0.0))


@dataclass(frozen=True)
class Reading:
    """The best attempt at a sheet, its score, and the points per foot it was asked for with."""

    sheet: Sheet
    attempt: Attempt
    score: float
    unit: float


@dataclass(frozen=True)
class RoomNames:
    """Room names inside a drawing, their places in points (n, 2), which name corridors, which porches, printed areas.

    Areas are in ft², NaN where none is printed.
    """

    labels: tuple[RoomLabel, ...]
    at_pt: Array
    halls: NDArray[np.bool_]
    outdoors: NDArray[np.bool_]
    printed_ft2: Array

    def placed(self, frame: Frame) -> Names:
        """The names in feet of a frame."""
        return Names(frame.to_frame(self.at_pt), self.halls, self.outdoors, self.printed_ft2)


@dataclass(frozen=True)
class Subject:
    """What is read: a part of a page, the paths in it, the room names, and boxes (m, 4) of letters that are drawn."""

    page: pymupdf.Page
    strokes: Strokes
    view: View
    names: RoomNames
    letters_pt: Array

    @property
    def is_drawn(self) -> bool:
        """Whether there are enough paths to read."""
        return len(self.strokes.paints) >= ENOUGH_PATHS or len(self.strokes.segments) >= ENOUGH_PATHS // 2

    @cached_property
    def _paths_lean(self) -> float:
        return dominant_angle(self.strokes.segments)

    @cached_property
    def _picture_lean(self) -> float:
        return picture_skew(self.page, bbox=self.view.bbox, frame=self.view.frame(1.0))

    def paths(self, unit: float, most_px: float = raster.MAX_PX) -> Reading | None:
        """The paths read in `unit` points per foot, on a picture of at most `most_px` pixels."""
        if not self.is_drawn:
            return None
        frame = self.view.frame(unit, lean_deg=self._paths_lean)
        return self._best(vector_sheet(self.strokes, frame=frame, most_px=most_px), unit)

    def picture(self, unit: float, most_px: float = raster.MAX_PX) -> Reading | None:
        """The picture of the page read in `unit` points per foot, with at most `most_px` pixels, as fine as reads it best."""
        frame = self.view.frame(unit, lean_deg=self._picture_lean)
        tried = {raster.px_per_ft(frame, most_px=most_px, usual=usual): enough for usual, enough in PICTURES}
        finest = self._marks(frame, max(tried))
        found: list[Reading] = []
        for scale, enough in tried.items():
            reading = self._best(self._pictured(frame, scale, marks=finest), unit)
            if reading is not None and reading.attempt.faces.area >= LEAST_PLAN_FT2:
                found.append(reading)
            if any(one.score >= enough for one in found):
                break
        return max(self._alike_scored(found), key=lambda one: one.score, default=None)

    def _alike_scored(self, readings: Sequence[Reading]) -> list[Reading]:
        """Readings of one picture scored by one measure: the largest area any of them closed."""
        area = reference_area([one.attempt for one in readings])
        return [
            replace(
                one, score=score(one.attempt, reference_ft2=area, names=self.names.placed(one.sheet.frame))
            )
            for one in readings
        ]

    def _marks(self, frame: Frame, scale: float) -> Marks:
        grey = raster.render(self.page, bbox=self.view.bbox, frame=frame, scale=scale)
        return Marks(picture_ink(grey, scanned=not self.is_drawn), scale, grey)

    def _pictured(self, frame: Frame, scale: float, *, marks: Marks) -> Sheet:
        """The picture of the page in a frame, `scale` pixels per foot."""
        grey = raster.render(self.page, bbox=self.view.bbox, frame=frame, scale=scale)
        letters = boxes_in(frame, self.letters_pt)
        return raster_sheet(
            grey, frame=frame, scale=scale, scanned=not self.is_drawn, letters=letters, marks=marks
        )

    def _best(self, sheet: Sheet, unit: float) -> Reading | None:
        found = best_reading(sheet, names=self.names.placed(sheet.frame))
        return Reading(sheet, *found, unit) if found else None


def best_in_feet(subject: Subject, units: list[float]) -> Reading | None:
    """The reading in the most believable of the units: of the paths, and of the picture where those are not trusted.

    Where several units are tried, small pictures tell them apart, and the one chosen is read in full.
    """
    most_px = QUICK_PX if len(units) > 1 else raster.MAX_PX

    def believable(reading: Reading) -> float:
        return _believable(reading, first=reading.unit == units[0])

    drawn = sorted(_tried(units, lambda u: subject.paths(u, most_px)), key=believable, reverse=True)
    if not drawn or drawn[0].score < TRUSTED:
        seen = [r.unit for r in drawn] or units
        drawn += _tried(seen[:MOST_PICTURES], lambda u: subject.picture(u, most_px))
    if not drawn:
        return None
    unit = max(drawn, key=believable).unit
    best = max((r for r in drawn if r.unit == unit), key=believable)
    return best if len(units) == 1 else _in_full(subject, best)


def _believable(reading: Reading, *, first: bool) -> float:
    """The first guess has the most behind it: another must be clearly better."""
    return unit_score(reading.attempt, score=reading.score) + (FIRST_GUESS if first else 0.0)


def _tried(units: Iterable[float], read: Callable[[float], Reading | None]) -> list[Reading]:
    """Readings in the units in turn, up to one whose foot is beyond doubt."""
    found: list[Reading] = []
    for unit in units:
        reading = read(unit)
        if reading is not None:
            found.append(reading)
            if foot_is_sure(reading.attempt, score=reading.score):
                break
    return found


def _in_full(subject: Subject, reading: Reading) -> Reading:
    """The reading again in a picture as large as need be."""
    if reading.sheet.method == "raster":
        return subject.picture(reading.unit) or reading
    if reading.sheet.scale >= raster.px_per_ft(reading.sheet.frame):
        return reading
    return subject.paths(reading.unit) or reading


def in_true_feet(subject: Subject, reading: Reading) -> Reading:
    """The paths read once more where the room sizes printed tell that the foot was off."""
    faces, frame = reading.attempt.faces.faces, reading.sheet.frame
    factor = foot_factor(faces, subject.names.labels, frame=frame)
    if factor is None or abs(factor - 1) <= READ_AGAIN:
        return reading
    return subject.paths(frame.ft_pt * factor) or reading


def of_half_size(subject: Subject, reading: Reading) -> Reading:
    """The picture read once more as a half-size print where the foot of its note makes no usual doors."""
    if usual_doors(reading.attempt) >= FEWEST_DOORS:
        return reading
    half = subject.picture(reading.sheet.frame.ft_pt / 2)
    if half is None or _believable(half, first=False) <= _believable(reading, first=True):
        return reading
    return half
