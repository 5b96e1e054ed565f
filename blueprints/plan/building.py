"""The Building: what leaves stage 5 and, completed with design weather and defaults, enters stage 6.

Feet and degrees from here on. Every value is `Sourced`; None means not known. Stage 5 fills what was read or given;
`calculations.complete` fills the rest from the defaults table, each marked `assumed`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from autohvac.core.evidence import Frozen, Point, Sourced, Where
from autohvac.core.stage import StageOutput
from blueprints.plan.model import OpeningKind, RoomType, ScheduleRow

Num = Sourced[float]
Text = Sourced[str]
Adjacent = Literal[
    "outdoors",
    "ground",
    "attic",
    "garage",
    "crawlspace",
    "unconditioned_basement",
    "other_unit",
    "conditioned",
]
FIELDS: tuple[str, ...] = (
    "year_built", "front_deg", "bedrooms", "occupants", "foundation", "ceiling_height_ft", "wall_r", "wall_framing",
    "wall_finish", "ceiling_r", "roof_kind", "floor_r", "slab_r", "basement_wall_r", "window_u", "window_shgc",
    "window_shade", "insect_screens", "overhang_ft", "door_u", "leakage_class", "ach50", "ventilation", "ventilation_cfm",
    "duct_location", "duct_r", "duct_leakage", "roof_colour", "stated_area_sqft", "indoor_heating_f", "indoor_cooling_f",
    "elevation_ft", "heating_db_f", "cooling_db_f", "grains_difference", "daily_range", "attached", "appliances_btuh",
)  # fmt: skip
"""Names that `--set KEY=VALUE`, project answers and `Building.facts` share. Values are numbers or short words:

foundation: slab | vented_crawlspace | sealed_crawlspace | unconditioned_basement | conditioned_basement
wall_framing: wood_2x4 | wood_2x6 | steel | block | icf | log;  wall_finish: siding | stucco | brick
roof_kind: vented_attic | unvented_attic | cathedral;  roof_colour: dark | medium | light | white
window_shade: none | medium_blinds | light_blinds | light_curtains …;  insect_screens: none | half | full
leakage_class: very_tight | tight | average | leaky | very_leaky
ventilation: none | exhaust | supply | balanced | hrv | erv
duct_location: inside | attic | crawlspace | basement | garage;  duct_leakage: sealed | not_sealed
daily_range: low | medium | high;  attached: detached | attached
"""


class ScaleFit(Frozen):
    """The scale a drawing was read at, and who agrees."""

    feet_per_point: float = Field(gt=0)
    notation: str | None = None
    sources: tuple[str, ...]
    confidence: float = Field(ge=0, le=1)


class RoomSignals(Frozen):
    """What a room's confidence is worked out from.

    `face` and `scale` are the confidences of the outline as geometry and of the drawing's scale; `printed` compares the
    area with a printed size or area (a part of an open plan that was cut to fit its size proves nothing: none); `oversize` says
    how much larger the room is than nearly all of its use.
    """

    face: float = Field(ge=0, le=1)
    scale: float = Field(ge=0, le=1)
    picture: bool
    named: bool
    shared: bool
    printed: Literal["none", "agrees", "differs"]
    area_sqft: float
    perimeter_ft: float
    oversize: float = 0.0


class RoomSpec(Frozen):
    """A room in feet, on its level's frame (x right, y up is north-less page up flipped; origin at page corner)."""

    id: str
    level: str
    name: str
    type: RoomType
    conditioned: bool
    area_sqft: Num
    perimeter_ft: float
    polygon_ft: tuple[Point, ...]
    polygon_pt: tuple[Point, ...]
    printed_size_ft: tuple[float, float] | None = None
    ceiling_height_ft: Num
    confidence: float = Field(ge=0, le=1)
    signals: RoomSignals | None = None
    evidence: tuple[str, ...] = ()
    where: Where | None = None


class SurfaceSpec(Frozen):
    """A wall, ceiling, floor or slab of a room toward something that is not conditioned by this house.

    Walls: `length_ft` × `height_ft` gross; `facing_deg` clockwise from the top of the page (the engine adds north),
    None for horizontal surfaces. Slab: `length_ft` is the exposed perimeter, `area_sqft` its area.
    """

    id: str
    room: str
    kind: Literal["wall", "ceiling", "roof", "floor", "slab", "basement_wall", "basement_floor"]
    adjacent: Adjacent
    facing_page_deg: float | None = None
    length_ft: float | None = None
    height_ft: float | None = None
    area_sqft: Num
    depth_below_grade_ft: float = 0.0
    polyline_pt: tuple[Point, ...] = ()


class OpeningSpec(Frozen):
    """A window, door, glass door or skylight in a surface; a plain interior opening has surface None."""

    id: str
    kind: OpeningKind
    room: str | None
    surface: str | None
    exterior: bool
    facing_page_deg: float | None = None
    width_ft: Num
    height_ft: Num
    at_pt: Point
    page: int
    tag: str = ""
    u_factor: Num = Num(unit="Btu/h·ft²·°F")
    shgc: Num = Num(unit="")
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[str, ...] = ()


class LevelSpec(Frozen):
    """A storey: the drawing it was read from, its scale and north."""

    name: str
    index: int = Field(description="0 basement, 1 first storey above grade, 2 second …")
    page: int
    drawing: int
    scale: ScaleFit
    north_deg: Num = Num(unit="deg")


class Question(Frozen):
    """Something only a person can answer. `field` is one of FIELDS, 'zip_code', or 'scale:<page>:<drawing>'."""

    field: str
    question: str
    why: str
    options: tuple[str, ...] = ()
    required: bool = False


class ReviewNote(Frozen):
    """Something to verify; ranked by the load at stake."""

    field: str
    reason: str
    stake_btuh: float | None = None
    where: Where | None = None


class Design(Frozen):
    """Design conditions as given to the engine."""

    heating_db_f: Num
    cooling_db_f: Num
    indoor_heating_f: Num
    indoor_cooling_f: Num
    indoor_rh: Num
    grains_difference: Num
    daily_range: Text
    latitude: Num
    elevation_ft: Num
    station: str
    station_distance_mi: float | None = None
    station_elevation_difference_ft: float | None = None
    climate_zone: str = ""


class Building(StageOutput):
    """The house as read: levels, rooms, surfaces, openings and facts; later with design weather and defaults.

    `schedule` holds the rows of window and door schedules as printed, and sizes printed as codes beside openings. `facts`
    maps names of FIELDS to values. `design` is None until stage 6 completes the building.
    """

    schema_id: Literal["autohvac.building/1"] = "autohvac.building/1"
    zip_code: str
    levels: tuple[LevelSpec, ...] = ()
    rooms: tuple[RoomSpec, ...] = ()
    surfaces: tuple[SurfaceSpec, ...] = ()
    openings: tuple[OpeningSpec, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    facts: dict[str, Sourced[float | str]] = Field(default_factory=dict)
    design: Design | None = None
    questions: tuple[Question, ...] = ()
    review: tuple[ReviewNote, ...] = ()
    ai: dict[str, str] = Field(default_factory=dict)
