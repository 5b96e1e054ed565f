"""Cased openings that only two lines across a space show."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.faces import closed_faces
from blueprints.plan.geometry.headers import headers
from blueprints.plan.geometry.score import Names

SCALE = 24.0
HOUSE = [box(0, 0, 30, 0.5), box(0, 9.5, 30, 10), box(0, 0, 0.5, 10), box(29.5, 0, 30, 10)]
DASH, BLANK = 8, 5


def named(*places: tuple[float, float]) -> Names:
    count = len(places)
    return Names(
        np.array(places).reshape(-1, 2),
        np.zeros(count, bool),
        np.zeros(count, bool),
        np.full(count, np.nan),
    )


def lines_at(*columns_ft: float, low_ft: float = 0.5, high_ft: float = 9.5, dashed: bool = False) -> Marks:
    ink = np.zeros((240, 720), np.uint8)
    for column in columns_ft:
        ink[round(low_ft * SCALE) : round(high_ft * SCALE), round(column * SCALE)] = 1
    if dashed:
        for start in range(0, 240, DASH + BLANK):
            ink[start : start + BLANK] = 0
    return Marks(ink, SCALE, np.asarray(255 - 255 * ink, np.uint8))


def found(marks: Marks, names: Names) -> list[Polygon]:
    faces = closed_faces(HOUSE, [])
    return [one.gap.shape for one in headers(HOUSE, faces.faces, names, marks=marks)]


@pytest.mark.parametrize("dashed", [False, True])
def test_two_lines_from_wall_to_wall_part_two_names(dashed: bool) -> None:
    (shape,) = found(lines_at(12.0, 12.4, dashed=dashed), named((5, 5), (20, 5)))
    parted = closed_faces(HOUSE, [shape])
    assert [round(face.area) for face in parted.faces] == [
        round(11.5 * 9),
        round((29.5 - 12.4) * 9),
    ]


@pytest.mark.parametrize(
    ("marks", "names"),
    [
        (lines_at(12.0), named((5, 5), (20, 5))),
        (lines_at(12.0, 14.0), named((5, 5), (20, 5))),
        (lines_at(12.0, 12.4, high_ft=6.0), named((5, 5), (20, 5))),
        (lines_at(12.0, 12.4), named((5, 5), (9, 5))),
        (lines_at(12.0, 12.4), named((5, 5))),
    ],
    ids=["one line", "far apart", "ending in the room", "names on one side", "one name"],
)
def test_other_lines_part_nothing(marks: Marks, names: Names) -> None:
    assert found(marks, names) == []
