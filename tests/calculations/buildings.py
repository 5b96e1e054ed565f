"""Hand-made buildings for tests: what a good reading of a plan would give to stage 6."""

from __future__ import annotations

from typing import Literal

from autohvac.core.evidence import Sourced, Where, read, unknown
from blueprints.plan.building import (
    Adjacent,
    Building,
    LevelSpec,
    OpeningSpec,
    RoomSpec,
    ScaleFit,
    SurfaceSpec,
)
from blueprints.plan.model import OpeningKind, RoomType

PT_PER_FT = 18.0
ROOMS: tuple[tuple[str, str, RoomType, tuple[float, float, float, float]], ...] = (
    ("r1", "BEDROOM 2", "bedroom", (0, 0, 13, 13)),
    ("r2", "BEDROOM 3", "bedroom", (13, 0, 25, 13)),
    ("r3", "BATH", "bathroom", (25, 0, 33, 13)),
    ("r4", "PRIMARY BEDROOM", "bedroom", (33, 0, 50, 17)),
    ("r5", "HALL", "hall", (0, 13, 33, 17)),
    ("r6", "LIVING", "living", (0, 17, 20, 30)),
    ("r7", "KITCHEN", "kitchen", (20, 17, 34, 30)),
    ("r8", "DINING", "dining", (34, 17, 44, 30)),
    ("r9", "LAUNDRY", "laundry", (44, 17, 50, 30)),
    ("r10", "GARAGE", "garage", (50, 8, 70, 30)),
)
# room, direction on the page, length, what lies beyond; the house is 50 ft x 30 ft, garage on the right
WALLS: tuple[tuple[str, float, float, Adjacent], ...] = (
    ("r1", 0, 13, "outdoors"),
    ("r1", 270, 13, "outdoors"),
    ("r2", 0, 12, "outdoors"),
    ("r3", 0, 8, "outdoors"),
    ("r4", 0, 17, "outdoors"),
    ("r4", 90, 8, "outdoors"),
    ("r4", 90, 9, "garage"),
    ("r5", 270, 4, "outdoors"),
    ("r6", 270, 13, "outdoors"),
    ("r6", 180, 20, "outdoors"),
    ("r7", 180, 14, "outdoors"),
    ("r8", 180, 10, "outdoors"),
    ("r9", 180, 6, "outdoors"),
    ("r9", 90, 13, "garage"),
)
OPENINGS: tuple[tuple[str, OpeningKind, float, float, float | None], ...] = (
    ("r1", "window", 0, 5, None),
    ("r2", "window", 0, 5, None),
    ("r3", "window", 0, 2, None),
    ("r4", "window", 0, 6, None),
    ("r6", "window", 180, 8, None),
    ("r6", "door", 180, 3, None),
    ("r7", "window", 180, 4, 3.0),
    ("r8", "glass_door", 180, 6, None),
    ("r9", "door", 90, 2.67, None),
)


def where(x0: float, y0: float, x1: float, y1: float) -> Where:
    """A box in feet as a place on page 1."""
    return Where(page=1, bbox=(x0 * PT_PER_FT, y0 * PT_PER_FT, x1 * PT_PER_FT, y1 * PT_PER_FT))


def _room(key: str, name: str, kind: RoomType, box: tuple[float, float, float, float]) -> RoomSpec:
    x0, y0, x1, y1 = box
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return RoomSpec(
        id=key,
        level="First floor",
        name=name,
        type=kind,
        conditioned=kind != "garage",
        area_sqft=read((x1 - x0) * (y1 - y0), unit="ft²", where=where(*box), confidence=0.9),
        perimeter_ft=2 * (x1 - x0 + y1 - y0),
        polygon_ft=corners,
        polygon_pt=tuple((x * PT_PER_FT, y * PT_PER_FT) for x, y in corners),
        ceiling_height_ft=unknown(unit="ft"),
        confidence=0.9,
        where=where(*box),
    )


def _wall(row: tuple[str, float, float, Adjacent]) -> SurfaceSpec:
    room, facing, length, adjacent = row
    return SurfaceSpec(
        id=f"{room}-w{facing:g}-{adjacent}",
        room=room,
        kind="wall",
        adjacent=adjacent,
        facing_page_deg=facing,
        length_ft=length,
        area_sqft=unknown(unit="ft²"),
    )


def _exposed_ft(room: str) -> float:
    return sum(length for key, _, length, beyond in WALLS if key == room and beyond == "outdoors")


def _flat(room: str, kind: Literal["ceiling", "slab"]) -> SurfaceSpec:
    return SurfaceSpec(
        id=f"{room}-{kind}",
        room=room,
        kind=kind,
        adjacent="attic" if kind == "ceiling" else "ground",
        length_ft=_exposed_ft(room) if kind == "slab" else None,
        area_sqft=unknown(unit="ft²"),
    )


def _opening(index: int, row: tuple[str, OpeningKind, float, float, float | None]) -> OpeningSpec:
    room, kind, facing, width, height = row
    box = where(index, 0, index + 1, 1)
    beyond = "garage" if (room, facing) == ("r9", 90) else "outdoors"
    return OpeningSpec(
        id=f"o{index}",
        kind=kind,
        room=room,
        surface=f"{room}-w{facing:g}-{beyond}",
        exterior=beyond == "outdoors",
        facing_page_deg=facing,
        width_ft=read(width, unit="ft", where=box, confidence=0.8),
        height_ft=unknown(unit="ft")
        if height is None
        else read(height, unit="ft", where=box, confidence=0.8),
        at_pt=(index * PT_PER_FT, 0.0),
        page=1,
        confidence=0.8,
    )


def three_bedroom_ranch(
    *,
    north_deg: float | None = 0.0,
    facts: dict[str, Sourced[float | str]] | None = None,
    zip_code: str = "52401",
) -> Building:
    """A 1,500 ft² three-bedroom house of one storey with an attached garage, as read from a plan.

    Front (living room, front door) at the bottom of the page; no heights, insulation or windows on the sheet.
    """
    level = LevelSpec(
        name="First floor",
        index=1,
        page=1,
        drawing=0,
        scale=ScaleFit(
            feet_per_point=1 / PT_PER_FT, notation='1/4" = 1\'-0"', sources=("note",), confidence=0.9
        ),
        north_deg=unknown(unit="deg")
        if north_deg is None
        else read(north_deg, unit="deg", where=where(0, 0, 1, 1), confidence=0.9),
    )
    rooms = tuple(_room(*row) for row in ROOMS)
    flats = tuple(_flat(r.id, kind) for r in rooms if r.conditioned for kind in ("ceiling", "slab"))
    return Building(
        zip_code=zip_code,
        levels=(level,),
        rooms=rooms,
        surfaces=tuple(_wall(row) for row in WALLS) + flats,
        openings=tuple(_opening(i, row) for i, row in enumerate(OPENINGS, start=1)),
        facts=dict(facts or {}),
    )
