"""Doors told by the leaf and swing drawn: a threshold as heavy as the wall, a gap nothing else explains, and no door at all."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from blueprints.plan.geometry.faces import closed_faces
from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.hung import with_hung_doors
from blueprints.plan.geometry.leaves import Leaf
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.score import Attempt

FOOT_PT = 9.0
FRAME = Frame(FOOT_PT, 0.0, (0.0, 0.0), (20.0, 20.0))
OUTER = box(1, 1, 13, 11).difference(box(1.5, 1.5, 12.5, 10.5))


def leaf(hinge: tuple[float, float], latch: tuple[float, float], *, into: float) -> Leaf:
    """A leaf hung in feet, open square to its wall by `into` feet downward."""
    ends = [np.asarray(point) * FOOT_PT for point in (hinge, (hinge[0], hinge[1] + into), latch)]
    return Leaf(ends[0], ends[1], ends[2], abs(latch[0] - hinge[0]) * FOOT_PT)


def reading(*openings: Found) -> Attempt:
    walls = (OUTER.difference(box(4, 1, 7, 1.3)),)  # what is left of the wall there is a threshold
    return Attempt("vector", "solid", walls, openings, closed_faces(walls, [o.gap.shape for o in openings]))


@pytest.mark.parametrize("into", [3.0, -3.0], ids=["inward", "outward"])
def test_a_leaf_at_a_heavy_threshold_is_a_door_and_changes_no_room(into: float) -> None:
    before = reading()
    after = with_hung_doors(before, [leaf((4, 1.4), (7, 1.4), into=into)], frame=FRAME)
    (door,) = after.openings
    assert (door.kind, door.why) == ("door", ("swing_arc", "threshold_in_wall"))
    assert door.gap.width == pytest.approx(3.0)
    assert door.gap.thick == pytest.approx(0.5)
    assert after.faces == before.faces
    assert sum(w.area for w in after.walls) == pytest.approx(sum(w.area for w in before.walls) - 3 * 0.2)


def test_a_gap_with_a_leaf_is_a_door_and_glass_stays_glass() -> None:
    gap = Gap(box(4, 1, 7, 1.5), ((4, 1.25), (7, 1.25)), 0.5, True, 0, 0.0, 0.0)
    hung = [leaf((4, 1.4), (7, 1.4), into=3.0)]
    bare = Found(gap, "opening", 0.6, ("short_gap", "facing"))
    (door,) = with_hung_doors(reading(bare), hung, frame=FRAME).openings
    assert (door.kind, door.why) == ("door", ("swing_arc", "short_gap", "facing"))
    window = Found(gap, "window", 0.8, ("3_lines_in_gap",))
    assert with_hung_doors(reading(window), hung, frame=FRAME).openings == (window,)


@pytest.mark.parametrize(
    ("hinge", "latch"),
    [((4, 6), (7, 6)), ((8, 1.25), (14, 1.25)), ((11, 1.25), (14, 1.25))],
    ids=["in a room", "too wide", "past the corner"],
)
def test_a_swing_where_no_wall_goes_on_past_both_ends_is_no_door(
    hinge: tuple[float, float], latch: tuple[float, float]
) -> None:
    before = reading()
    assert with_hung_doors(before, [leaf(hinge, latch, into=3.0)], frame=FRAME) == before
