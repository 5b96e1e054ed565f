"""Which wall hypotheses are tried, and after which reading none is."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, box

from blueprints.plan.geometry.faces import Faces
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.reading import _are_same, _is_sure
from blueprints.plan.geometry.score import Attempt, Names

ROOM_FT, WALL_FT = 12.0, 0.5


def walls(*, thicker: float = 0.0, stub: bool = False) -> MultiPolygon:
    """Two walls, one perhaps thicker by a little or with a stub beside them."""
    parts = [box(0, 0, 20, WALL_FT + thicker), box(0, 10, 20, 10.5)]
    return MultiPolygon([*parts, *([box(9, 4, 9.5, 4.5)] if stub else [])])


@pytest.mark.parametrize(
    ("other", "same"),
    [(walls(), True), (walls(thicker=0.04), True), (walls(thicker=0.1), False), (walls(stub=True), False)],
)
def test_walls_are_the_same_up_to_a_pixel(other: MultiPolygon, same: bool) -> None:
    assert _are_same(walls(), other) == same
    assert _are_same(other, walls()) == same


def rooms(style: str, *, together: int = 1, windows: bool = True) -> tuple[Attempt, Names]:
    """Twelve rooms in a row, each with a door and a window; the names of the first `together` rooms share one."""
    step = ROOM_FT + WALL_FT
    faces = [box(n * step, 0, n * step + ROOM_FT, ROOM_FT) for n in range(12)]
    shared = box(0, 0, together * step - WALL_FT, ROOM_FT)
    kinds = ("2_lines_in_gap", "swing_arc") if windows else ("short_gap",)
    openings = tuple(
        Found(Gap(box(x, -0.5, x + 3, 0), ((x, -0.25), (x + 3, -0.25)), 0.5, True, 2, 0.0, 0.0),
              "window" if windows else "opening", 0.8, (why,))
        for n in range(12) for at, why in enumerate(kinds) for x in [n * step + 1 + 5 * at]
    )  # fmt: skip
    faces = [shared, *faces[together:]]
    outline = (box(-0.5, -0.5, 12 * step, ROOM_FT + 0.5),)
    names = Names(
        at=np.array([[n * step + 6.0, 6.0] for n in range(12)]), halls=np.zeros(12, dtype=bool),
        outdoors=np.zeros(12, dtype=bool), printed_ft2=np.full(12, np.nan),
    )  # fmt: skip
    return Attempt("vector", style, (), openings, Faces(tuple(faces), outline)), names


@pytest.mark.parametrize(
    ("style", "together", "windows", "sure"),
    [
        ("solid_filled_110", 1, True, True),
        ("solid_filled_110", 2, True, True),  # an open plan of two names
        ("solid_dark", 1, True, False),  # slits closed: windows may be hidden in walls
        ("solid_filled_110", 4, True, False),
        ("solid_filled_110", 1, False, False),
    ],
)
def test_no_other_hypothesis_is_tried_after_a_sure_one(
    style: str, together: int, windows: bool, sure: bool
) -> None:
    assert _is_sure(*rooms(style, together=together, windows=windows)) == sure
