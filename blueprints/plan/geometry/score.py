"""How believable a reading of a drawing is, so that the best of several wall hypotheses can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from blueprints.plan.geometry.faces import Faces
from blueprints.plan.geometry.openings import Found

Array = NDArray[np.float64]
ROOM_CAP_FT2 = 700.0
TYPICAL_ROOM_FT2 = 160.0
SMALL_FT2 = 14.0
FEW_LABELS = 2
UNNAMED_COST = 0.15
DOOR_FT = (2.2, 3.5)
SURE_DOOR_FT, SURE_SCORE = (2.4, 3.1), 0.85
DOOR_WORTH, DOORS_COUNTED = 0.04, 6
STOREY_FT2 = (150.0, 300.0, 6000.0, 12000.0)
UNUSUAL_STOREY = 0.15
FEW_PRINTED = 3
AREA_AGREES, AREA_IS_EXACT = 0.06, 0.02  # half of what a printed area is worth is for walls read to the inch
PLAUSIBLE_AREA = (0.5, 2.0)
UNEXPLAINED_COST = 0.15
AT_RIM_FT = 0.2
MANY_OPENINGS, MORE_WORTH = 4.0, 0.2
EVIDENCED = ("swing_arc", "lines_in_gap")


@dataclass(frozen=True)
class Names:
    """Room names of a drawing: places in feet (n, 2), which name corridors and which porches and decks, printed areas.

    Areas are in ft², NaN where none is printed.
    """

    at: Array
    halls: NDArray[np.bool_]
    outdoors: NDArray[np.bool_]
    printed_ft2: Array


@dataclass(frozen=True)
class Attempt:
    """One reading: method, wall style, walls (feet), judged openings, faces."""

    method: str
    style: str
    walls: tuple[Polygon, ...]
    openings: tuple[Found, ...]
    faces: Faces


def reference_area(attempts: Sequence[Attempt]) -> float:
    """Largest plausible room area (ft²) any attempt closed: what a full reading should reach."""
    return max((_rooms_area(a) for a in attempts), default=0.0)


def score(attempt: Attempt, *, reference_ft2: float, names: Names) -> float:
    """How well the attempt reads the drawing, 0 to about 1: shape alone, and room names and sizes when there are any."""
    return _score(attempt, reference_ft2, names, named=None)


def score_but_names(attempt: Attempt, *, reference_ft2: float, names: Names) -> float:
    """The score as if every room name had a face of its own."""
    return _score(attempt, reference_ft2, names, named=1.0)


def _score(attempt: Attempt, reference_ft2: float, names: Names, *, named: float | None) -> float:
    faces = attempt.faces.faces
    if not faces or reference_ft2 <= 0:
        return 0.0
    held, due = _held(attempt, names)
    shape = _shape_score(attempt, reference_ft2, named=[bool(inside.any()) for inside in held])
    if len(names.at) < FEW_LABELS:
        return shape
    apart = _named_alone(held, due) if named is None else named
    if np.isfinite(names.printed_ft2[due]).sum() < FEW_PRINTED:
        return 0.5 * shape + 0.5 * apart
    return 0.35 * shape + 0.35 * apart + 0.3 * _printed_met(faces, held, names.printed_ft2, due=due)


def named_alone(attempt: Attempt, names: Names) -> float:
    """Share of room names with a face of their own."""
    return _named_alone(*_held(attempt, names))


def _held(attempt: Attempt, names: Names) -> tuple[list[NDArray[np.bool_]], NDArray[np.bool_]]:
    """Which names each face holds, and which names should be in one: a deck need not be closed."""
    x, y = names.at[:, 0], names.at[:, 1]
    held = [np.asarray(shapely.contains_xy(face, x, y)) for face in attempt.faces.faces]
    return held, ~names.outdoors | np.any(held, axis=0) if held else ~names.outdoors


def _printed_met(
    faces: Sequence[Polygon], held: Sequence[NDArray[np.bool_]], printed: Array, *, due: NDArray[np.bool_]
) -> float:
    """Share of printed areas that faces of one name meet, up to one factor common to all: the foot may be a guess."""
    ratios = np.array(
        [
            face.area / float(printed[inside][0])
            for face, inside in zip(faces, held, strict=True)
            if inside.sum() == 1 and np.isfinite(printed[inside]).all()
        ]
    )
    ratios = ratios[(ratios > PLAUSIBLE_AREA[0]) & (ratios < PLAUSIBLE_AREA[1])]
    off = np.abs(ratios[:, None] / ratios[None, :] - 1)
    alike = [(off <= within).sum(axis=0).max(initial=0) for within in (AREA_AGREES, AREA_IS_EXACT)]
    return float(np.mean(alike)) / int(np.isfinite(printed[due]).sum())


def unit_score(attempt: Attempt, *, score: float) -> float:
    """How believable the foot itself is in which an attempt was read: doors as wide as doors, a storey the size of one."""
    doors = usual_doors(attempt)
    return score + DOOR_WORTH * min(doors, DOORS_COUNTED) - UNUSUAL_STOREY * (1.0 - _is_usual(attempt))


def usual_doors(attempt: Attempt) -> int:
    """How many doors with a drawn swing are as wide as doors."""
    return sum(DOOR_FT[0] <= width <= DOOR_FT[1] for width in _swings(attempt))


def foot_is_sure(attempt: Attempt, *, score: float) -> bool:
    """True where a good reading has many door swings, the usual one as wide as a door, in a storey of usual size."""
    swings = _swings(attempt)
    many = len(swings) >= DOORS_COUNTED and SURE_DOOR_FT[0] <= float(np.median(swings)) <= SURE_DOOR_FT[1]
    return many and score >= SURE_SCORE and _is_usual(attempt) == 1.0


def _swings(attempt: Attempt) -> list[float]:
    """Widths [ft] of the openings with a door's swing."""
    return [o.gap.width for o in attempt.openings if "swing_arc" in o.why]


def _is_usual(attempt: Attempt) -> float:
    """1 where the area is that of a storey, 0 where it cannot be."""
    return float(np.interp(attempt.faces.area, STOREY_FT2, (0.0, 1.0, 1.0, 0.0)))


def _shape_score(attempt: Attempt, reference_ft2: float, *, named: Sequence[bool]) -> float:
    """Share of the best area closed, rooms of usual size, openings with evidence, few nameless scraps and bare openings."""
    faces = attempt.faces.faces
    cover = min(1.0, _rooms_area(attempt) / reference_ft2)
    rooms = [f for f in faces if f.area >= SMALL_FT2]
    fullness = min(1.0, len(rooms) / max(1.0, reference_ft2 / TYPICAL_ROOM_FT2))
    scraps = sum(f.area < SMALL_FT2 and not name for f, name in zip(faces, named, strict=True)) / len(faces)
    regular = sum(_regularity(f) for f in faces) / len(faces)
    value = (
        0.4 * cover
        + 0.25 * fullness
        + 0.15 * _evidence(attempt, reference_ft2)
        + 0.2 * regular
        - 0.15 * scraps
    )
    value -= UNEXPLAINED_COST * _unexplained(attempt)
    return float(max(0.0, value))


def _unexplained(attempt: Attempt) -> float:
    """Share of the openings to the outside with neither door nor glass in them: houses have none."""
    rims = shapely.union_all([outline.exterior for outline in attempt.faces.outlines])
    middles = np.array([np.mean(o.gap.jambs, axis=0) for o in attempt.openings]).reshape(-1, 2)
    reach = np.array([o.gap.thick / 2 + AT_RIM_FT for o in attempt.openings])
    outer = np.flatnonzero(shapely.distance(shapely.points(middles), rims) <= reach)
    bare = sum(attempt.openings[n].kind == "opening" for n in outer)
    return bare / max(1, len(outer))


def _named_alone(held: Sequence[NDArray[np.bool_]], due: NDArray[np.bool_]) -> float:
    """Share of room names with a face of their own; names sharing a face (open plan) count less."""
    counts, names = [int(inside.sum()) for inside in held], max(1, int(due.sum()))
    worth = sum(1.0 if n == 1 else (0.6 if n == 2 else 0.35) * n for n in counts if n)
    unnamed = sum(1 for n in counts if n == 0)
    return max(0.0, worth / names - UNNAMED_COST * unnamed / names)


def _rooms_area(attempt: Attempt) -> float:
    return sum(min(f.area, ROOM_CAP_FT2) for f in attempt.faces.faces)


def _evidence(attempt: Attempt, reference_ft2: float) -> float:
    """Openings with an arc or glass lines, against one and a half a room; still more of them count for a little."""
    good = sum(1 for o in attempt.openings if any(word in why for why in o.why for word in EVIDENCED))
    usual = min(1.0, good / (1.5 * len(attempt.faces.faces)))
    return usual + MORE_WORTH * min(1.0, good / (MANY_OPENINGS * reference_ft2 / TYPICAL_ROOM_FT2))


def _regularity(face: Polygon) -> float:
    """1 for a simple room, less with many corners."""
    corners = len(face.exterior.coords) - 1 + sum(len(h.coords) - 1 for h in face.interiors)
    return max(0.0, min(1.0, 1.2 - corners / 40.0))
