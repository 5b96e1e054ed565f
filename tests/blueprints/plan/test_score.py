"""Printed areas choose between readings, and say which cuts part nothing."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.emit import emit
from blueprints.plan.geometry.faces import Faces
from blueprints.plan.geometry.frame import frame_for
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.reading import Sheet
from blueprints.plan.geometry.refine import refined
from blueprints.plan.geometry.score import Attempt, Names, score, unit_score, usual_doors
from blueprints.plan.model import OpeningKind

NAMES = Names(
    at=np.array([[5.0, 5.0], [16.0, 5.0], [27.0, 5.0]]),
    halls=np.zeros(3, dtype=bool),
    outdoors=np.zeros(3, dtype=bool),
    printed_ft2=np.array([100.0, 100.0, 80.0]),
)


def _attempt(*boxes: tuple[float, float, float, float]) -> Attempt:
    faces = tuple(box(*b) for b in boxes)
    return Attempt("vector", "pairs", (), (), Faces(faces, faces))


@pytest.mark.parametrize("foot", [1.0, 0.8])
def test_the_reading_whose_faces_meet_the_printed_areas_is_believed(foot: float) -> None:
    names = Names(NAMES.at * foot, NAMES.halls, NAMES.outdoors, NAMES.printed_ft2)
    right = [(0, 0, 10, 10), (11, 0, 21, 10), (22, 0, 32, 8)]
    wrong = [(0, 0, 9, 10), (11, 0, 21.9, 10), (22, 0, 32, 8)]
    scores = [
        score(_attempt(*[(a * foot, b * foot, c * foot, d * foot) for a, b, c, d in boxes]),
              reference_ft2=280.0 * foot**2, names=names)
        for boxes in (right, wrong)
    ]  # fmt: skip
    assert scores[0] > scores[1] + 0.05


def test_a_deck_that_is_not_closed_costs_a_reading_nothing() -> None:
    rooms = _attempt((0, 0, 10, 10), (11, 0, 21, 10))
    indoors, deck = np.zeros(3, dtype=bool), np.array([False, False, True])
    scores = [
        score(rooms, reference_ft2=200.0, names=Names(NAMES.at, indoors, outdoors, NAMES.printed_ft2))
        for outdoors in (indoors, deck)
    ]
    assert scores[1] > scores[0] + 0.1


def test_a_cut_through_a_room_is_dropped_when_the_whole_has_the_printed_area() -> None:
    walls = (box(-1, -1, 33, 0), box(-1, 10, 33, 11), box(-1, 0, 0, 10), box(32, 0, 33, 10),
             box(10, 0, 11, 10), box(21, 0, 22, 10), box(0, 4, 3.4, 4.5), box(6.6, 4, 10, 4.5))  # fmt: skip
    gap = Gap(box(3.4, 4, 6.6, 4.5), ((3.4, 4.25), (6.6, 4.25)), 0.5, True, 0, 0.0, 0.0)
    cut = Found(gap, "opening", 0.6, ("short_gap", "facing"))
    marks = Marks(np.zeros((300, 900), np.uint8), 24.0, np.full((300, 900), 255, np.uint8))
    start = Attempt("vector", "pairs", walls, (cut,), Faces((), ()))
    room = 100.0 - 0.5 * 6.8
    for printed, openings in ((room, 0), (room / 2, 1)):
        names = Names(NAMES.at, NAMES.halls, NAMES.outdoors, np.array([printed, 100.0, 100.0]))
        assert len(refined(start, marks=marks, names=names).openings) == openings


def test_a_small_room_is_less_sure_than_a_large_one() -> None:
    frame = frame_for((0.0, 0.0, 500.0, 300.0), ft_pt=10.0, skew_deg=0.0)
    paper = np.full((300, 500), 255, dtype=np.uint8)
    sheet = Sheet("vector", frame, 10.0, paper, paper, paper, np.empty((0, 4)), np.empty(0))
    attempt = _attempt((0, 0, 12, 14), (13, 0, 16.5, 4.5))
    large, small = emit(attempt, score=0.9, sheet=sheet, bbox=(0, 0, 500, 300), name=(1, 0)).faces
    assert large.confidence > small.confidence + 0.05


def _opening(kind: OpeningKind, width_ft: float, *why: str) -> Found:
    """An opening in the lower side of a room of 10 × 10 ft."""
    gap = Gap(box(2, 10, 2 + width_ft, 10.5), ((2, 10.25), (2 + width_ft, 10.25)), 0.5, True, 0, 0.0, 0.0)
    return Found(gap, kind, 0.8, why)


def test_a_reading_with_bare_openings_to_the_outside_is_believed_less() -> None:
    face, outline = box(0, 0, 10, 10), box(-0.5, -0.5, 10.5, 10.5)
    door, bare = _opening("door", 3.0, "swing_arc"), _opening("opening", 3.0, "short_gap")
    scores = [
        score(Attempt("raster", "pairs", (), openings, Faces((face,), (outline,))), reference_ft2=100.0, names=NAMES)
        for openings in ((door,), (door, bare))
    ]  # fmt: skip
    assert scores[0] > scores[1]


def test_a_foot_that_makes_usual_doors_and_a_storey_of_usual_size_is_believed_more() -> None:
    right = Attempt(
        "raster", "pairs", (), (_opening("door", 2.7, "swing_arc"),), Faces((box(0, 0, 30, 30),), ())
    )
    half = Attempt(
        "raster", "pairs", (), (_opening("door", 1.35, "swing_arc"),), Faces((box(0, 0, 15, 15),), ())
    )
    assert (usual_doors(right), usual_doors(half)) == (1, 0)
    assert unit_score(right, score=0.8) > unit_score(half, score=0.8) + 0.1


def test_a_scrap_behind_a_bare_cut_is_part_of_its_room() -> None:
    walls = (
        box(-1, -1, 11, 0),
        box(-1, 10, 11, 11),
        box(-1, 0, 0, 10),
        box(10, 0, 11, 10),
        box(3, 8, 3.4, 10),
    )
    gap = Gap(box(0, 8, 3, 8.4), ((0, 8.2), (3, 8.2)), 0.4, False, 0, 0.0, 0.0)
    cut = Found(gap, "opening", 0.5, ("short_gap", "to_wall"))
    marks = Marks(np.zeros((300, 300), np.uint8), 24.0, np.full((300, 300), 255, np.uint8))
    nothing = np.empty(0, dtype=bool)
    nameless = Names(np.empty((0, 2)), nothing, nothing, np.empty(0))
    found = refined(Attempt("vector", "pairs", walls, (cut,), Faces((), ())), marks=marks, names=nameless)
    assert found.openings == ()
    assert [round(face.area, 1) for face in found.faces.faces] == [99.2]


@pytest.mark.parametrize(("printed", "faces"), [(140.0, 2), (184.0, 1)])
def test_a_room_that_runs_on_past_a_corner_ends_there_by_its_printed_size(printed: float, faces: int) -> None:
    walls = (box(-1, -1, 22, 0), box(-1, 14, 22, 15), box(-1, 0, 0, 14), box(21, 0, 22, 14),
             box(10, 0, 10.5, 10).union(box(10, 9.5, 21, 10)))  # fmt: skip
    names = Names(np.array([[5.0, 5.0]]), np.zeros(1, bool), np.zeros(1, bool), np.array([printed]))
    marks = Marks(np.zeros((400, 600), np.uint8), 24.0, np.full((400, 600), 255, np.uint8))
    found = refined(Attempt("raster", "solid", walls, (), Faces((), ())), marks=marks, names=names)
    left = [face for face in found.faces.faces if face.contains(box(4, 4, 6, 6))]
    assert [round(face.area) for face in left] == [round(printed)]
    assert len([face for face in found.faces.faces if face.bounds[3] > 11]) == faces
