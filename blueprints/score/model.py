"""Truth and reading of a plan in one shape each: points of the unrotated page, feet, degrees clockwise.

Directions of the page (`page_deg`, `north_page_deg`) are clockwise from the top of the unrotated page; azimuths clockwise
from true north. What is not known is None, and its metrics are then not scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from shapely.geometry import MultiPolygon, Polygon

Point = tuple[float, float]
BBox = tuple[float, float, float, float]
Stratum = Literal["A", "B", "C", "D"]
Rule = Literal["polygon", "name_area"]
ReadingStatus = Literal["read", "refused", "failed", "missing"]
Kind = Literal["window", "door", "sliding", "garage", "cased", "skylight"]


def shape_of(points: tuple[Point, ...], holes: tuple[tuple[Point, ...], ...] = ()) -> Polygon | MultiPolygon:
    """A valid polygon of an outline; self-crossings are cut."""
    if len(points) < 3:
        return Polygon()
    shape = Polygon(points, [hole for hole in holes if len(hole) > 2])
    return shape if shape.is_valid else shape.buffer(0)


@dataclass(frozen=True)
class Wall:
    """A piece of exterior wall: where it looks [azimuth, or page degrees in a reading] and its length inside [ft]."""

    facing_deg: float
    length_ft: float


@dataclass(frozen=True)
class Pane:
    """A window or an outer door of a room: where it looks, width and height [ft]."""

    facing_deg: float
    width_ft: float
    height_ft: float | None
    glass: bool


@dataclass(frozen=True)
class TruthRoom:
    """A room as a person or the model knows it. `name` None: nothing is printed. `tolerance`: share of the area."""

    id: str
    page: int
    storey: int
    name: str | None
    type: str | None
    conditioned: bool
    area_sqft: float | None
    tolerance: float = 0.05
    also_named: str | None = None
    polygon_pt: tuple[Point, ...] = ()
    holes_pt: tuple[tuple[Point, ...], ...] = ()
    group: str | None = None
    exterior: tuple[Wall, ...] | None = None
    windows: tuple[Pane, ...] | None = None
    doors: tuple[Pane, ...] | None = None
    ceiling_ft: float | None = None

    @cached_property
    def shape(self) -> Polygon | MultiPolygon:
        """The outline [pt]."""
        return shape_of(self.polygon_pt, self.holes_pt)


@dataclass(frozen=True)
class TruthOpening:
    """An opening in a wall; `rooms` are the ids at its two sides, None is outdoors."""

    page: int
    kind: Kind
    at_pt: Point
    width_ft: float
    exterior: bool
    rooms: tuple[str | None, str | None] | None = None


@dataclass(frozen=True)
class Viewport:
    """A storey's drawing. `north_page_deg` None with `north_known` False: the sheet does not tell."""

    page: int
    storey: int
    bbox: BBox | None
    pt_per_ft: float | None
    north_page_deg: float | None
    north_tolerance_deg: float = 10.0
    windows: int | None = None
    doors: int | None = None


@dataclass(frozen=True)
class ScheduleRow:
    """A window type of a schedule as printed."""

    mark: str
    width_ft: float | None
    height_ft: float | None
    u_factor: float | None = None
    shgc: float | None = None


@dataclass(frozen=True)
class Truth:
    """All that is known about a plan.

    Args:
        source: 'drawn' sheets are drawn by a program from a model, 'real' ones are as published; never averaged together.
        rule: How rooms are matched: by outline, or by name and area where there is no outline.
        refusable: A refusal is the right answer (no plan, not to scale).
        pages: Page number to whether it is a floor plan of a storey.
        openings: None when only counts are known.
        north_shown: Whether north can be read from the sheets at all; None: not known.
        specs: Values printed in the set, by the reader's names; None: not recorded.
    """

    plan_id: str
    source: Literal["drawn", "real"]
    stratum: Stratum
    rule: Rule
    pdf: str
    dwelling: str
    pages: dict[int, bool]
    viewports: tuple[Viewport, ...]
    rooms: tuple[TruthRoom, ...]
    openings: tuple[TruthOpening, ...] | None
    refusable: bool = False
    north_shown: bool | None = None
    conditioned_sqft: float | None = None
    specs: dict[str, float] | None = None
    schedule: tuple[ScheduleRow, ...] | None = None

    @cached_property
    def conditioned(self) -> tuple[TruthRoom, ...]:
        """The rooms that count."""
        return tuple(room for room in self.rooms if room.conditioned)

    def room(self, room_id: str) -> TruthRoom:
        """The room of that id."""
        return next(room for room in self.rooms if room.id == room_id)

    def viewport_of(self, room: TruthRoom) -> Viewport | None:
        """The drawing a room is on."""
        same = [v for v in self.viewports if (v.page, v.storey) == (room.page, room.storey)]
        return same[0] if same else None


@dataclass(frozen=True)
class ReadRoom:
    """A room of an analysis. `level` is the position of its level in the analysis."""

    id: str
    level: int
    page: int
    name: str
    type: str
    conditioned: bool
    area_sqft: float | None
    confidence: float
    polygon_pt: tuple[Point, ...]
    ceiling_ft: float | None = None
    exterior: tuple[Wall, ...] | None = None
    exterior_ft: float = 0.0

    @cached_property
    def shape(self) -> Polygon | MultiPolygon:
        """The outline [pt]."""
        return shape_of(self.polygon_pt)


@dataclass(frozen=True)
class ReadOpening:
    """An opening of an analysis; `facing_page_deg` None when its wall is not known."""

    id: str
    level: int
    page: int
    kind: str
    room: str | None
    exterior: bool
    at_pt: Point
    width_ft: float | None
    height_ft: float | None
    facing_page_deg: float | None


@dataclass(frozen=True)
class ReadLevel:
    """A storey of an analysis, with the box of its drawing and its scale [ft/pt]."""

    index: int
    page: int
    feet_per_point: float
    north_page_deg: float | None
    bbox: BBox | None


@dataclass(frozen=True)
class ReviewItem:
    """A question or an item to verify."""

    field: str
    reason: str
    page: int | None
    bbox: BBox | None


@dataclass(frozen=True)
class Reading:
    """What the reader answered. `refused`: it asked or declined instead of guessing; `code` says why.

    `facts` are the values it says it read from the sheets; `with_place` names those that say where.
    """

    plan_id: str
    status: ReadingStatus
    code: str = ""
    page_kinds: dict[int, str] = field(default_factory=dict)
    drawings: tuple[tuple[int, BBox], ...] = ()
    levels: tuple[ReadLevel, ...] = ()
    rooms: tuple[ReadRoom, ...] = ()
    openings: tuple[ReadOpening, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    conditioned_sqft: float | None = None
    facts: dict[str, float] = field(default_factory=dict)
    with_place: frozenset[str] = frozenset()
    review: tuple[ReviewItem, ...] = ()
    asked_scale: tuple[int, ...] = ()

    @cached_property
    def conditioned(self) -> tuple[ReadRoom, ...]:
        """The rooms said to be conditioned."""
        return tuple(room for room in self.rooms if room.conditioned)
