"""Readings in several feet: which is beyond doubt, and that the one chosen is read in full."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest
from shapely.geometry import box

from blueprints.plan.geometry import feet
from blueprints.plan.geometry.faces import Faces
from blueprints.plan.geometry.feet import Reading, RoomNames, Subject, best_in_feet
from blueprints.plan.geometry.frame import View, frame_for
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.reading import Sheet
from blueprints.plan.geometry.score import Attempt, foot_is_sure
from blueprints.plan.geometry.strokes import Strokes

BOX = (0.0, 0.0, 720.0, 540.0)
NOTHING = Strokes((), np.empty((0, 4)), np.empty(0), np.empty(0))


def house(*, door_ft: float, doors: int = 6, side_ft: float = 40.0) -> Attempt:
    """A square storey with doors that swing."""
    wall = box(0, 0, 1, 0.5)
    gap = Gap(wall, ((0.0, 0.0), (door_ft, 0.0)), 0.5, True, 0, 1.0, 0.0)
    swings = tuple(Found(gap, "door", 0.85, ("swing_arc",)) for _ in range(doors))
    return Attempt("raster", "solid_dark", (wall,), swings, Faces((box(0, 0, side_ft, side_ft),), ()))


@pytest.mark.parametrize(
    ("attempt", "score", "sure"),
    [
        (house(door_ft=2.67), 0.95, True),
        (house(door_ft=2.0), 0.95, False),  # the usual door is no closet's
        (house(door_ft=3.5), 0.95, False),
        (house(door_ft=2.67, doors=3), 0.95, False),
        (house(door_ft=2.67), 0.7, False),
        (house(door_ft=2.67, side_ft=14.0), 0.95, False),  # 196 ft² are no usual storey
    ],
)
def test_a_foot_is_beyond_doubt_by_many_usual_doors_in_a_good_reading_of_a_storey(
    attempt: Attempt, score: float, sure: bool
) -> None:
    assert foot_is_sure(attempt, score=score) is sure


def test_no_foot_is_tried_after_a_sure_one_and_the_chosen_is_read_in_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[float, float]] = []

    def picture(subject: Subject, unit: float, most_px: float = feet.raster.MAX_PX) -> Reading:
        asked.append((unit, most_px))
        scale = 24.0 if most_px > feet.QUICK_PX else 10.0
        grey = np.full((8, 8), 255, np.uint8)
        sheet = Sheet(
            "raster",
            frame_for(BOX, ft_pt=unit, skew_deg=0.0),
            scale,
            grey,
            grey,
            grey,
            np.empty((0, 4)),
            np.empty(0),
        )
        return Reading(sheet, house(door_ft=2.67 * 18.0 / unit), 0.95, unit)

    monkeypatch.setattr(Subject, "picture", picture)
    with pymupdf.open() as document:
        page = document.new_page(width=720, height=540)
        names = RoomNames((), np.empty((0, 2)), np.empty(0, bool), np.empty(0, bool), np.empty(0))
        subject = Subject(page, NOTHING, View(BOX, 0.0), names, np.empty((0, 4)))
        best = best_in_feet(subject, [9.0, 18.0, 27.0])
    assert best is not None
    assert (best.unit, best.sheet.scale) == (18.0, 24.0)
    assert asked == [(9.0, feet.QUICK_PX), (18.0, feet.QUICK_PX), (18.0, feet.raster.MAX_PX)]
