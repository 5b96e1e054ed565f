"""The sample house in feet: x right, y up from the front left corner of the lot drawing; our own design.

Walls are what is left of the footprint when rooms and openings are cut out, so areas and sheets cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import unary_union

Rect = tuple[float, float, float, float]
Side = Literal["n", "s", "e", "w"]

EXTERIOR_FT = 6.5 / 12
PARTITION_FT = 4.5 / 12
NORTH_DEG = 15.0
CEILING_FT = 9.0
MAIN: Rect = (0.0, 6.0, 54.0, 39.0)
GARAGE_OUTER: Rect = (32.0, -16.0, 54.0, 6.0)
PORCH: Rect = (16.0, 0.0, 32.0, 6.0)


@dataclass(frozen=True)
class RoomDraft:
    """A room: its printed name, its rectangle between finished faces [ft], and what is printed below the name."""

    name: str
    rect: Rect
    size_printed: bool = True
    conditioned: bool = True
    label_at: tuple[float, float] | None = None

    @property
    def area_sqft(self) -> float:
        """Net floor area [ft²]."""
        x0, y0, x1, y1 = self.rect
        return (x1 - x0) * (y1 - y0)

    @property
    def centre(self) -> tuple[float, float]:
        """Where the name stands [ft]."""
        x0, y0, x1, y1 = self.rect
        return self.label_at or ((x0 + x1) / 2, (y0 + y1) / 2)


@dataclass(frozen=True)
class OpeningDraft:
    """A window or door: wall line position `at` [ft], centre along the wall [ft], width [ft].

    `along` is 'x' for walls that run left-right. For doors `hinge` is the end of the opening (-1 low, +1 high) and
    `swing` the side of the wall it opens to (+1 up or right).
    """

    kind: Literal["window", "door", "slider", "closet", "cased", "overhead"]
    along: Literal["x", "y"]
    at: float
    centre: float
    width: float
    tag: str = ""
    wall_ft: float = PARTITION_FT
    hinge: int = -1
    swing: int = 1

    @property
    def rect(self) -> Rect:
        """The hole in the wall [ft]."""
        half, deep = self.width / 2, self.wall_ft / 2
        if self.along == "x":
            return (self.centre - half, self.at - deep, self.centre + half, self.at + deep)
        return (self.at - deep, self.centre - half, self.at + deep, self.centre + half)


_E = EXTERIOR_FT
_L, _R, _F, _B = _E, 54 - _E, 6 + _E, 39 - _E
_HALF = _E / 2

ROOMS: tuple[RoomDraft, ...] = (
    RoomDraft("BEDROOM 2", (_L, _F, 13.0417, 17.25)),
    RoomDraft("CLOSET", (_L, 17.625, 8.5417, 19.625), size_printed=False),
    RoomDraft("LINEN", (8.9167, 17.625, 13.0417, 19.625), size_printed=False),
    RoomDraft("HALL BATH", (_L, 20.0, 13.0417, 25.0), label_at=(8.2, 22.1)),
    RoomDraft("CLOSET", (_L, 25.375, 8.5417, 27.375), size_printed=False),
    RoomDraft("STOR.", (8.9167, 25.375, 13.0417, 27.375), size_printed=False),
    RoomDraft("BEDROOM 3", (_L, 27.75, 13.0417, _B)),
    RoomDraft("COATS", (13.4167, _F, 17.0, 11.625), size_printed=False, label_at=(14.0, 9.6)),
    RoomDraft("HALL", (13.4167, 12.0, 17.0, 33.0), size_printed=False, label_at=(15.2, 26.5)),
    RoomDraft("DESK", (13.4167, 33.375, 17.0, _B), size_printed=False, label_at=(15.2, 34.9)),
    RoomDraft("ENTRY", (17.375, _F, 22.375, 24.0), label_at=(19.875, 13.2)),
    RoomDraft("DINING", (22.75, _F, 38.0, 15.0)),
    RoomDraft("KITCHEN", (22.75, 15.0, 38.0, 24.0), label_at=(25.6, 19.4)),
    RoomDraft("LIVING ROOM", (17.375, 24.375, 38.0, _B)),
    RoomDraft("LAUNDRY", (38.375, _F, 47.0, 14.0)),
    RoomDraft("MECH.", (47.375, _F, _R, 14.0), size_printed=False, label_at=(49.6, 9.2)),
    RoomDraft("WALK-IN CLOSET", (38.375, 14.375, 45.0, 23.0)),
    RoomDraft("PRIMARY BATH", (45.375, 14.375, _R, 23.0), label_at=(48.9, 19.0)),
    RoomDraft("PRIMARY BEDROOM", (38.375, 23.375, _R, _B)),
    RoomDraft("GARAGE", (32 + _E, -16 + _E, _R, 6.0), conditioned=False),
)

OPENINGS: tuple[OpeningDraft, ...] = (
    OpeningDraft("window", "x", 6 + _HALF, 6.75, 5.0, "A", _E),
    OpeningDraft("window", "y", _HALF, 11.9, 3.0, "B", _E),
    OpeningDraft("window", "x", 39 - _HALF, 6.75, 5.0, "A", _E),
    OpeningDraft("window", "y", _HALF, 33.1, 3.0, "B", _E),
    OpeningDraft("window", "y", _HALF, 22.5, 2.0, "C", _E),
    OpeningDraft("window", "x", 6 + _HALF, 27.5, 4.0, "E", _E),
    OpeningDraft("window", "x", 39 - _HALF, 21.75, 6.0, "D", _E),
    OpeningDraft("slider", "x", 39 - _HALF, 31.75, 8.0, "4", _E),
    OpeningDraft("window", "x", 39 - _HALF, 46.0, 6.0, "D", _E),
    OpeningDraft("window", "y", 54 - _HALF, 30.9, 3.0, "B", _E),
    OpeningDraft("window", "y", 54 - _HALF, 18.7, 2.0, "C", _E),
    OpeningDraft("window", "y", 54 - _HALF, -4.5, 3.0, "B", _E),
    OpeningDraft("door", "x", 6 + _HALF, 19.875, 3.0, "1", _E, -1, 1),
    OpeningDraft("door", "x", 6 + _HALF, 42.9, 2.6667, "6", _E, 1, -1),
    OpeningDraft("overhead", "x", -16 + _HALF, 43.0, 16.0, "7", _E),
    OpeningDraft("door", "y", 32 + _HALF, -12.4, 3.0, "8", _E, -1, 1),
    OpeningDraft("door", "y", 13.2292, 14.9, 2.6667, "2", PARTITION_FT, 1, -1),
    OpeningDraft("door", "y", 13.2292, 30.2, 2.6667, "2", PARTITION_FT, -1, -1),
    OpeningDraft("door", "y", 13.2292, 22.5, 2.3333, "3", PARTITION_FT, 1, -1),
    OpeningDraft("door", "y", 13.2292, 18.6, 1.6667, "9", PARTITION_FT, 1, 1),
    OpeningDraft("door", "y", 13.2292, 26.4, 1.6667, "9", PARTITION_FT, -1, 1),
    OpeningDraft("closet", "x", 17.4375, 4.5417, 5.0, "5"),
    OpeningDraft("closet", "x", 27.5625, 4.5417, 5.0, "5"),
    OpeningDraft("door", "y", 17.1875, 9.6, 2.3333, "3", PARTITION_FT, 1, -1),
    OpeningDraft("cased", "y", 17.1875, 19.5, 3.0),
    OpeningDraft("cased", "x", 33.1875, 15.2083, 2.6667),
    OpeningDraft("cased", "y", 22.5625, 12.0, 5.0),
    OpeningDraft("cased", "x", 24.1875, 19.875, 4.0),
    OpeningDraft("cased", "x", 24.1875, 26.75, 7.0),
    OpeningDraft("door", "y", 38.1875, 11.9, 2.6667, "2", PARTITION_FT, 1, 1),
    OpeningDraft("door", "y", 47.1875, 11.9, 2.6667, "2", PARTITION_FT, 1, 1),
    OpeningDraft("door", "y", 38.1875, 25.6, 2.6667, "2", PARTITION_FT, -1, 1),
    OpeningDraft("door", "x", 23.1875, 42.6, 2.3333, "3", PARTITION_FT, 1, -1),
    OpeningDraft("door", "x", 23.1875, 47.2, 2.3333, "3", PARTITION_FT, -1, -1),
)

SAMPLE_TRUTH: dict[str, float] = {}
for _room in ROOMS:
    _count = sum(1 for other in SAMPLE_TRUTH if other.split(" #")[0] == _room.name)
    SAMPLE_TRUTH[_room.name if not _count else f"{_room.name} #{_count + 1}"] = round(_room.area_sqft, 2)
SAMPLE_CONDITIONED_SQFT = round(sum(room.area_sqft for room in ROOMS if room.conditioned), 1)


def footprint() -> Polygon:
    """House and garage to the outside face of the walls [ft]."""
    merged = unary_union([box(*MAIN), box(*GARAGE_OUTER)])
    return Polygon(merged.exterior)


def walls() -> list[Polygon]:
    """Wall solids with all openings cut [ft]."""
    holes = [box(*room.rect) for room in ROOMS] + [box(*opening.rect) for opening in OPENINGS]
    solid = footprint().difference(unary_union(holes))
    parts = list(solid.geoms) if isinstance(solid, MultiPolygon) else [solid]
    return sorted((part for part in parts if isinstance(part, Polygon)), key=lambda part: part.bounds)


def feet_inches(length_ft: float) -> str:
    """A length as an architect prints it: 12'-6"."""
    inches = round(length_ft * 12)
    return f"{inches // 12}'-{inches % 12}\""
