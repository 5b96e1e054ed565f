"""How far a frame's foot is from the sheet's, by room sizes printed in the faces that were read."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import Polygon

from blueprints.plan.geometry.frame import Frame
from blueprints.plan.model import RoomLabel

RECTANGULAR = 0.85
SHAPE_AGREES = 0.05
AGREE = 0.03
FEWEST = 2


def foot_factor(faces: Sequence[Polygon], labels: Sequence[RoomLabel], *, frame: Frame) -> float | None:
    """True points per foot over the frame's; None unless two rooms' printed sizes agree within 3 %.

    Args:
        faces: Faces in feet of the frame.
        labels: Room names with the sizes printed below them.
        frame: The frame with the foot in question.
    """
    held = [[lb for lb in labels if _inside(face, lb, frame)] for face in faces]
    found = sorted(
        ratio
        for face, names in zip(faces, held, strict=True)
        if len(names) == 1 and (ratio := _ratio(face, names[0])) is not None
    )
    groups = [[r for r in found if abs(r / one - 1) <= AGREE] for one in found]
    best = max(groups, key=len, default=[])
    return best[len(best) // 2] if len(best) >= FEWEST else None


def _inside(face: Polygon, label: RoomLabel, frame: Frame) -> bool:
    x, y = _place(label, frame)
    return bool(shapely.contains_xy(face, x, y))


def _place(label: RoomLabel, frame: Frame) -> tuple[float, float]:
    turn = frame.matrix
    x, y = label.at_pt
    return (
        float(turn[0, 0] * x + turn[0, 1] * y + turn[0, 2]),
        float(turn[1, 0] * x + turn[1, 1] * y + turn[1, 2]),
    )


def _ratio(face: Polygon, label: RoomLabel) -> float | None:
    """Length as read over length as printed; None where the shapes differ."""
    if label.printed_size_ft is None:
        return None
    x0, y0, x1, y1 = face.bounds
    width, height = x1 - x0, y1 - y0
    long, short = max(label.printed_size_ft), min(label.printed_size_ft)
    skew = math.log(max(width, height) / min(width, height) * short / long)
    if face.area < RECTANGULAR * width * height or abs(skew) > SHAPE_AGREES:
        return None
    return math.sqrt(width * height / (long * short))
