"""Second look at a believable reading: doors that hang on flanks of walls, and closings that nothing speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.faces import Faces, closed_faces
from blueprints.plan.geometry.headers import headers
from blueprints.plan.geometry.openings import Found, corner_doors, corner_gaps
from blueprints.plan.geometry.raster import parts_of
from blueprints.plan.geometry.score import AREA_AGREES, Attempt, Names

Array = NDArray[np.float64]
FEW_LABELS = 3
BESIDE_FT = 0.15
SIDE_FT = 0.3
WIDEST_CUT_FT = 8.0
MOST_INSIDE = 0.7
WEAK = "short_gap"
SCRAP_FT2 = 26.0


def refined(attempt: Attempt, *, marks: Marks, names: Names) -> Attempt:
    """The attempt with doors at corners closed, and cuts through a space dropped that only its names could justify.

    Args:
        attempt: Reading to look at again.
        marks: The drawing's ink.
        names: Room names of the drawing.
    """
    doors = corner_doors(attempt.walls, marks=marks, taken=attempt.openings)
    doors = [door for door in doors if not _is_named(door, names)]
    openings = [*(o for o in attempt.openings if not _replaced(o, doors)), *doors]
    faces = closed_faces(attempt.walls, [o.gap.shape for o in openings], named=names.at)
    idle = _scrap_cuts(openings, faces, attempt.walls) | _idle_cuts(openings, faces.faces, names)
    if idle:
        openings = [o for n, o in enumerate(openings) if n not in idle]
        faces = closed_faces(attempt.walls, [o.gap.shape for o in openings], named=names.at)
    cuts = _printed_cuts(attempt.walls, faces.faces, names, marks=marks)
    cuts += headers(attempt.walls, faces.faces, names, marks=marks)
    if cuts:
        openings = [*openings, *cuts]
        faces = closed_faces(attempt.walls, [o.gap.shape for o in openings], named=names.at)
    return replace(attempt, openings=tuple(openings), faces=faces)


def _is_named(opening: Found, names: Names) -> bool:
    """A closing on which a room's name stands closes nothing."""
    return bool(shapely.contains_xy(opening.gap.shape, names.at[:, 0], names.at[:, 1]).any())


def _replaced(opening: Found, doors: Sequence[Found]) -> bool:
    """A closing without evidence in the place of a door that was found since."""
    return opening.kind == "opening" and any(
        opening.gap.shape.intersection(d.gap.shape).area > 0.4 * d.gap.shape.area for d in doors
    )


def _scrap_cuts(openings: Sequence[Found], faces: Faces, walls: Sequence[Polygon]) -> set[int]:
    """Numbers of closings without door or glass that cut a scrap too small for a room off a face: part of it."""
    solid = shapely.union_all([*walls, *(o.gap.shape for o in openings)])
    filled, rooms = shapely.union_all(list(faces.outlines)), shapely.union_all(list(faces.faces))
    found = set()
    for number, opening in enumerate(openings):
        if WEAK in opening.why:
            sides = shapely.points(opening.gap.sides(SIDE_FT))
            room = shapely.contains(rooms, sides)
            scrap = shapely.contains(filled, sides) & ~shapely.contains(solid, sides) & ~room
            if (room[0] and scrap[1]) or (room[1] and scrap[0]):
                found.add(number)
    return found


def _idle_cuts(openings: Sequence[Found], faces: Sequence[Polygon], names: Names) -> set[int]:
    """Numbers of closings without a door that part nothing: both sides together hold at most one room name.

    A corridor keeps its length past the end of a side wall, and past two wall ends that face each other across it.
    """
    spaces = _Spaces.of(faces, names)
    idle: set[int] = set()
    tree = shapely.STRtree(faces)
    for number, opening in sorted(enumerate(openings), key=lambda item: (item[1].gap.facing, item[0])):
        if opening.kind == "door":
            continue
        near = tree.query(opening.gap.shape, predicate="dwithin", distance=BESIDE_FT)
        sides = sorted({spaces.group[n] for n in near if _beside(faces[n], opening)})
        if len(sides) == 2 and spaces.are_one(opening, *sides):
            spaces.join(opening, *sides)
            idle.add(number)
    return idle


@dataclass
class _Spaces:
    """Faces as they are joined: names in each, which hold a corridor, area and printed area [ft²], the space each is in."""

    names: list[int]
    hall: list[bool]
    area: list[float]
    printed: list[float]
    group: list[int]
    named: bool

    @classmethod
    def of(cls, faces: Sequence[Polygon], names: Names) -> _Spaces:
        """Each face a space of its own."""
        held = [np.asarray(shapely.contains_xy(face, names.at[:, 0], names.at[:, 1])) for face in faces]
        return cls(
            names=[int(inside.sum()) for inside in held],
            hall=[bool((inside & names.halls).any()) for inside in held],
            area=[face.area for face in faces],
            printed=[float(np.nansum(names.printed_ft2[inside])) for inside in held],
            group=list(range(len(faces))),
            named=len(names.at) >= FEW_LABELS,
        )

    def are_one(self, opening: Found, one: int, other: int) -> bool:
        """Whether the closing between two spaces parts no rooms; where few rooms are named only scraps are joined."""
        if self.names[one] + self.names[other] > 1:
            return False
        if _meets(self._whole(opening, one, other), self.printed[one] + self.printed[other]):
            return True
        if any(_meets(self.area[n], self.printed[n]) for n in (one, other)):
            return False
        if not self.named and min(self.area[one], self.area[other]) >= SCRAP_FT2:
            return False
        if WEAK in opening.why:
            return not opening.gap.facing or self.hall[one] or self.hall[other]
        return (
            opening.kind == "window" and not opening.gap.facing
        )  # panes that run on from a wall's end to a flank

    def join(self, opening: Found, one: int, other: int) -> None:
        """Make the second space a part of the first."""
        self.area[one] = self._whole(opening, one, other)
        self.printed[one] += self.printed[other]
        self.names[one] += self.names[other]
        self.hall[one] = self.hall[one] or self.hall[other]
        self.group = [one if g == other else g for g in self.group]

    def _whole(self, opening: Found, one: int, other: int) -> float:
        return self.area[one] + self.area[other] + float(opening.gap.shape.area)


def _printed_cuts(
    walls: Sequence[Polygon], faces: Sequence[Polygon], names: Names, *, marks: Marks
) -> list[Found]:
    """Openings nobody drew where a room runs on past a corner, and ends there by its printed size."""
    large = [one for face in faces if (one := _too_large(face, names)) is not None]
    gaps = corner_gaps(walls, marks=marks, reach_ft=WIDEST_CUT_FT) if large else []
    found = []
    for face, place, printed in large:
        across = [g for g in gaps if face.intersection(g.shape).area > MOST_INSIDE * g.shape.area]
        fits = [(abs(_part(face, g.shape, place) / printed - 1), g.width, g) for g in across]
        best = min(fits, key=lambda item: item[:2], default=None)
        if best is not None and best[0] <= AREA_AGREES:
            found.append(Found(best[2], "opening", 0.5, (WEAK, "printed_size")))
    return found


def _too_large(face: Polygon, names: Names) -> tuple[Polygon, shapely.Point, float] | None:
    """A face with one name, its place, and the smaller area printed there [ft²]."""
    held = np.flatnonzero(shapely.contains_xy(face, names.at[:, 0], names.at[:, 1]))
    if len(held) != 1 or not np.isfinite(names.printed_ft2[held[0]]):
        return None
    printed = float(names.printed_ft2[held[0]])
    too_large = face.area > (1 + AREA_AGREES) * printed
    return (face, shapely.Point(names.at[held[0]]), printed) if too_large else None


def _part(face: Polygon, cut: Polygon, place: shapely.Point) -> float:
    """Area of what holds a place when a face is cut [ft²]; 0 where the cut covers it."""
    return sum(part.area for part in parts_of(face.difference(cut)) if part.contains(place))


def _meets(area_ft2: float, printed_ft2: float) -> bool:
    return printed_ft2 > 0 and abs(area_ft2 / printed_ft2 - 1) <= AREA_AGREES


def _beside(face: Polygon, opening: Found) -> bool:
    """True when a face near an opening runs along most of it."""
    shared = face.intersection(opening.gap.shape.buffer(BESIDE_FT)).area
    return bool(shared > 0.5 * BESIDE_FT * opening.gap.width)
