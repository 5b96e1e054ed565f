"""What the plan reader's stages hand to each other: validated file, pages, geometry in points, text.

All points are PDF points of the unrotated page, x right, y down from the top left corner. For pictures
(PNG, JPEG, TIFF) the page is the picture placed on a page of its own, see `plan.pdf.open`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from pydantic import Field

from autohvac.core.evidence import BBox, Frozen, Point, Where
from autohvac.core.stage import StageOutput

PageKind = Literal[
    "floor_plan", "elevation", "section", "detail", "site", "foundation", "roof", "framing", "electrical",
    "plumbing", "mechanical", "schedule", "notes", "cover", "other",
]  # fmt: skip
Route = Literal["vector", "outlined", "raster", "hybrid", "empty"]
OpeningKind = Literal["window", "door", "glass_door", "skylight", "opening"]
RoomType = Literal[
    "bedroom", "bathroom", "kitchen", "living", "dining", "family", "office", "laundry", "closet", "hall",
    "entry", "stair", "utility", "storage", "garage", "porch", "patio", "deck", "attic", "basement",
    "crawlspace", "mechanical", "other",
]  # fmt: skip


# ---- stage 1: validate -------------------------------------------------------------------------
class PageFacts(Frozen):
    """One page as found: size in points before /Rotate, rotation in degrees, cheap content counts."""

    number: int
    width_pt: float
    height_pt: float
    rotation: int = 0
    words: int = 0
    image_share: float = 0.0


class PdfFacts(StageOutput):
    """Stage 1: the file can be read; what it is."""

    sha256: str
    media_type: Literal["application/pdf", "image/png", "image/jpeg", "image/tiff"]
    size_bytes: int
    page_count: int
    pages: tuple[PageFacts, ...]
    repaired: bool = False
    removed: tuple[str, ...] = ()


# ---- stage 2: pages ----------------------------------------------------------------------------
class ScaleWitness(Frozen):
    """One hint of the scale: feet per PDF point, its kind and place; `rounding` is how far a coarse figure may be off (share)."""

    kind: Literal["note", "dimension", "room_label", "area", "door", "bar", "user"]
    feet_per_point: float = Field(gt=0)
    weight: float = Field(default=1.0, ge=0)
    rounding: float = Field(default=0.0, ge=0)
    text: str = ""
    where: Where | None = None


class RoomLabel(Frozen):
    """A room name on the sheet with what is printed under it; `angle_deg` is its reading direction, clockwise from +x."""

    page: int
    text: str
    type: RoomType
    conditioned: bool | None = None
    at_pt: Point
    bbox: BBox
    angle_deg: float = 0.0
    printed_size_ft: tuple[float, float] | None = None
    printed_area_sqft: float | None = None
    ceiling_height_ft: float | None = None
    confidence: float = Field(ge=0, le=1)


class DimensionText(Frozen):
    """A printed length: in feet, its text height, and the points its extension lines span, when found.

    `measures` is False for the width and height of an opening, which stand at no dimension line.
    """

    page: int
    text: str
    feet: float
    bbox: BBox
    angle_deg: float = 0.0
    size_pt: float = 0.0
    measures: bool = True
    span_pt: tuple[Point, Point] | None = None

    @property
    def centre(self) -> Point:
        """Centre of the box [pt]."""
        return (self.bbox[0] + self.bbox[2]) / 2, (self.bbox[1] + self.bbox[3]) / 2


class DrawingInfo(Frozen):
    """One drawing on a sheet (a sheet carries several, each with its own title and scale).

    `witnesses` are the scales printed near it; `lengths` are the printed lengths in and around it, spans not yet sought.
    """

    title: str = ""
    kind: PageKind
    score: float = Field(ge=0, le=1)
    bbox: BBox
    storey_name: str = ""
    storey_index: int | None = None
    witnesses: tuple[ScaleWitness, ...] = ()
    labels: tuple[RoomLabel, ...] = ()
    lengths: tuple[DimensionText, ...] = ()
    scale_notation: str | None = None
    not_to_scale: bool = False


class PageInfo(Frozen):
    """One page classed and scored, with reasons; `by_ink` says that stage 3 is to class it anew by the words it sees."""

    number: int
    width_pt: float
    height_pt: float
    rotation: int
    kind: PageKind
    score: float = Field(ge=0, le=1, description="How surely this page is a usable floor plan.")
    reasons: tuple[str, ...] = ()
    route: Route
    drawings: tuple[DrawingInfo, ...] = ()
    duplicate_of: int | None = None
    by_ink: bool = False


class PageSet(StageOutput):
    """Stage 2: all pages with their drawings."""

    pages: tuple[PageInfo, ...]


# ---- stage 3: geometry -------------------------------------------------------------------------
class Word(Frozen):
    """A word or line piece with its box; `angle_deg` is the reading direction, clockwise from +x."""

    page: int
    text: str
    bbox: BBox
    angle_deg: float = 0.0
    engine: Literal["pdf", "tesseract", "rapidocr"] = "pdf"
    confidence: float = Field(default=1.0, ge=0, le=1)


class WallPt(Frozen):
    """A wall piece as its axis in points and its thickness in points."""

    start: Point
    end: Point
    thickness_pt: float
    exterior: bool = False
    style: str = ""


class OpeningPt(Frozen):
    """An opening in a wall, in points; `rooms` are the two room ids beside it, None is outdoors."""

    id: str
    kind: OpeningKind
    at_pt: Point
    width_pt: float
    axis: tuple[Point, Point]
    rooms: tuple[str | None, str | None] = (None, None)
    exterior: bool = False
    tag: str = ""
    confidence: float = Field(ge=0, le=1)
    why: tuple[str, ...] = ()


class EdgePt(Frozen):
    """One straight edge of a room's inside face. `beyond`: 'outside', 'virtual' or the id of another face."""

    start: Point
    end: Point
    beyond: str


class FacePt(Frozen):
    """A closed face inside walls: a room candidate (net, inside wall faces), in points."""

    id: str
    polygon_pt: tuple[Point, ...]
    holes_pt: tuple[tuple[Point, ...], ...] = ()
    area_pt2: float
    edges: tuple[EdgePt, ...] = ()
    confidence: float = Field(ge=0, le=1)
    why: tuple[str, ...] = ()


class DrawingGeometry(Frozen):
    """Geometry of one floor-plan drawing. `witnesses` tell its scale by printed sizes between walls."""

    page: int
    drawing: int
    bbox: BBox
    method: Literal["vector", "raster"]
    wall_style: str = ""
    score: float = Field(ge=0, le=1)
    walls: tuple[WallPt, ...] = ()
    faces: tuple[FacePt, ...] = ()
    openings: tuple[OpeningPt, ...] = ()
    outline_pt: tuple[Point, ...] = ()
    skew_deg: float = 0.0
    witnesses: tuple[ScaleWitness, ...] = ()


class Plan(StageOutput):
    """Stage 3: geometry of every floor-plan drawing, in points, and what OCR read where the text layer says little.

    `sheets` are the pages that were classed anew by what was read.
    """

    drawings: tuple[DrawingGeometry, ...]
    words: tuple[Word, ...] = ()
    sheets: tuple[PageInfo, ...] = ()

    def classed(self, pages: PageSet) -> PageSet:
        """Stage 2's pages as they are known by now."""
        known = {sheet.number: sheet for sheet in self.sheets}
        return pages.model_copy(update={"pages": tuple(known.get(page.number, page) for page in pages.pages)})

    def of_pages(self, numbers: Collection[int]) -> Plan:
        """The geometry and words of some pages."""
        kept = tuple(drawing for drawing in self.drawings if drawing.page in numbers)
        words = tuple(word for word in self.words if word.page in numbers)
        sheets = tuple(sheet for sheet in self.sheets if sheet.number in numbers)
        return self.model_copy(update={"drawings": kept, "words": words, "sheets": sheets})


# ---- stage 4: text -----------------------------------------------------------------------------
class NorthMark(Frozen):
    """A north arrow: direction of north, degrees clockwise from the top of the unrotated page."""

    page: int
    north_deg: float
    where: Where
    confidence: float = Field(ge=0, le=1)


class Note(Frozen):
    """A value in words or a schedule: field name in our terms, value, place.

    Fields: ceiling_height_ft, wall_r, ceiling_r, floor_r, slab_r, basement_wall_r, window_u, window_shgc, door_u,
    ach50, stated_area_sqft, bedrooms, year_built, front_deg, duct_location, foundation.
    """

    field: str
    value: float | str
    unit: str = ""
    text: str
    where: Where
    confidence: float = Field(ge=0, le=1)


class ScheduleRow(Frozen):
    """A row of a window or door schedule."""

    kind: Literal["window", "door"]
    mark: str
    width_ft: float | None = None
    height_ft: float | None = None
    quantity: int | None = None
    u_factor: float | None = None
    shgc: float | None = None
    where: Where


class TextSet(StageOutput):
    """Stage 4: everything the sheets say in words."""

    words: tuple[Word, ...] = ()
    labels: tuple[RoomLabel, ...] = ()
    dimensions: tuple[DimensionText, ...] = ()
    witnesses: tuple[tuple[int, int, ScaleWitness], ...] = ()
    north: tuple[NorthMark, ...] = ()
    notes: tuple[Note, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
