"""Second look at a believable reading: doors that hang on flanks of walls, and closings that nothing speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.faces import Faces, closed_faces
from blueprints.plan.geometry.openings import Found, corner_doors, corner_glass
from blueprints.plan.geometry.score import AREA_AGREES, Attempt, Names

Array = NDArray[np.float64]
FEW_LABELS = 3
BESIDE_FT = 0.15
WON, WON_FT2 = 1.25, 20.0
LOST_FT2 = 10.0
WEAK = "short_gap"


def refined(attempt: Attempt, *, marks: Marks, names: Names) -> Attempt:
    """The attempt with doors at corners closed, and cuts through a space dropped that only its names could justify.

    Args:
        attempt: Reading to look at again.
        marks: The drawing's ink.
        names: Room names of the drawing.
    """
    doors = corner_doors(attempt.walls, marks=marks, taken=attempt.openings)
    openings = [*(o for o in attempt.openings if not _replaced(o, doors)), *doors]
    faces = closed_faces(attempt.walls, [o.gap.shape for o in openings])
    glass = corner_glass(attempt.walls, marks=marks, taken=openings)
    if glass:
        openings, faces = _shut(attempt.walls, openings, glass, faces)
    if len(names.at) >= FEW_LABELS:
        idle = _idle_cuts(openings, faces.faces, names)
        if idle:
            openings = [o for n, o in enumerate(openings) if n not in idle]
            faces = closed_faces(attempt.walls, [o.gap.shape for o in openings])
    return replace(attempt, openings=tuple(openings), faces=faces)


def _shut(
    walls: Sequence[Polygon], openings: list[Found], glass: Sequence[Found], faces: Faces
) -> tuple[list[Found], Faces]:
    """The openings with the glass at corners that an open outline lacks: where it wins much room area, and no more of it."""
    closed = closed_faces(walls, [o.gap.shape for o in [*openings, *glass]])
    if closed.area <= WON * faces.area + WON_FT2:
        return openings, faces
    needed = list(glass)
    for one in glass:
        fewer = [o for o in needed if o is not one]
        without = closed_faces(walls, [o.gap.shape for o in [*openings, *fewer]])
        if without.area >= closed.area - LOST_FT2:
            needed, closed = fewer, without
    return [*openings, *needed], closed


def _replaced(opening: Found, doors: Sequence[Found]) -> bool:
    """A closing without evidence in the place of a door that was found since."""
    return opening.kind == "opening" and any(
        opening.gap.shape.intersection(d.gap.shape).area > 0.4 * d.gap.shape.area for d in doors
    )


def _idle_cuts(openings: Sequence[Found], faces: Sequence[Polygon], room_names: Names) -> set[int]:
    """Numbers of closings without door or glass that part nothing: both sides together hold at most one room name.

    A corridor keeps its length past the end of a side wall, and past two wall ends that face each other across it.
    """
    at = room_names.at
    inside = [np.asarray(shapely.contains_xy(face, at[:, 0], at[:, 1])) for face in faces]
    names = [int(held.sum()) for held in inside]
    hall = [bool((held & room_names.halls).any()) for held in inside]
    area = [face.area for face in faces]
    printed = [float(np.nansum(room_names.printed_ft2[held])) for held in inside]
    group = list(range(len(faces)))
    idle: set[int] = set()
    for number, opening in sorted(enumerate(openings), key=lambda item: (item[1].gap.facing, item[0])):
        if WEAK not in opening.why:
            continue
        sides = {group[n] for n, face in enumerate(faces) if _beside(face, opening)}
        if len(sides) != 2:
            continue
        keep, gone = sorted(sides)
        if names[keep] + names[gone] > 1:
            continue
        whole = area[keep] + area[gone] + opening.gap.shape.area
        meant = _meets(whole, printed[keep] + printed[gone])
        if opening.gap.facing and not (hall[keep] or hall[gone] or meant):
            continue
        if not meant and any(_meets(area[side], printed[side]) for side in (keep, gone)):
            continue  # the room ends here by its printed size
        area[keep], printed[keep] = whole, printed[keep] + printed[gone]
        names[keep], hall[keep] = names[keep] + names[gone], hall[keep] or hall[gone]
        group = [keep if g == gone else g for g in group]
        idle.add(number)
    return idle


def _meets(area_ft2: float, printed_ft2: float) -> bool:
    return printed_ft2 > 0 and abs(area_ft2 / printed_ft2 - 1) <= AREA_AGREES


def _beside(face: Polygon, opening: Found) -> bool:
    """True when a face runs along most of an opening."""
    if face.distance(opening.gap.shape) > BESIDE_FT:
        return False
    shared = face.intersection(opening.gap.shape.buffer(BESIDE_FT)).area
    return bool(shared > 0.5 * BESIDE_FT * opening.gap.width)
