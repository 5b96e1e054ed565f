"""A room before its name and its doubts are final."""

from __future__ import annotations

import math
from dataclasses import dataclass

from shapely.geometry import Polygon

from blueprints.plan.model import FacePt, RoomLabel


@dataclass(frozen=True)
class Cell:
    """A room before naming is final: its polygon in points, its face, and its label.

    `shared` counts the rooms its face was parted into; `bounded`: walls stand where the printed size says it ends.
    """

    face: FacePt
    polygon: Polygon
    label: RoomLabel | None
    shared: int = 1
    bounded: bool = False
    why: tuple[str, ...] = ()


def printed_area(label: RoomLabel | None) -> float | None:
    """The area the label prints, or the product of its printed sides [ft²]."""
    if label is None:
        return None
    if label.printed_area_sqft is not None:
        return label.printed_area_sqft
    return math.prod(label.printed_size_ft) if label.printed_size_ft else None
