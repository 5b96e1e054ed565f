"""The two documents others rely on, as types: `autohvac.loads/1` and `autohvac.analysis/1`.

The JSON Schemas under `reports/schemas` are generated from these models (`manage.py write_schemas`) and served by the API.
Every key is always present. New keys may be added within a version, so the schemas allow keys they do not know.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from autohvac.core.evidence import BBox, Point
from autohvac.core.stage import Issue
from blueprints.plan.building import Building, Question, ReviewNote, ScaleFit
from blueprints.plan.model import OpeningKind, PageKind, RoomType
from calculations.manualj.house import Method
from calculations.manualj.loads import BlockLoads, Driver, HeatingLoads, Interval, SensibleLoads, Warned

HOURS_OF_CURVE = 12
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Curve = list[float]


class Written(BaseModel):
    """Base of the documents: closed here, so that a key nobody described is noticed by our own tests."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, populate_by_name=True)


class DesignRead(Written):
    """Design conditions the loads were calculated at; temperatures in °F."""

    heating_db_f: float = Field(description="outdoor dry bulb in winter, 99 % [°F]")
    cooling_db_f: float = Field(description="outdoor dry bulb in summer, 1 % [°F]")
    indoor_heating_f: float
    indoor_cooling_f: float
    indoor_rh: float = Field(ge=0, le=1)
    grains_difference: float = Field(description="outdoor less indoor moisture [grains/lb]")
    daily_range: Literal["low", "medium", "high"]
    latitude: float
    elevation_ft: float
    source: str


class RoomLoadsRead(Written):
    """One room; no ventilation, blower or latent load."""

    id: str
    name: str
    area_sqft: float = Field(ge=0)
    heating: HeatingLoads
    cooling_sensible: SensibleLoads
    aed_curve: Curve
    heating_cfm: float
    cooling_cfm: float
    design_cfm: float


class LoadsDocument(Written):
    """All loads in Btu/h, unrounded: heating as positive losses, cooling as positive gains; parts sum to the total."""

    schema_: Literal["autohvac.loads/1"] = Field(alias="schema")
    engine_version: str
    method: Method
    design: DesignRead
    block: BlockLoads
    aed_curve: Curve = Field(
        min_length=HOURS_OF_CURVE, max_length=HOURS_OF_CURVE, description="08:00 … 19:00"
    )
    rooms: list[RoomLoadsRead]
    interval: Interval | None
    drivers: list[Driver]
    warnings: list[Warned]


class BlueprintRead(Written):
    """The uploaded file."""

    filename: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    page_count: int = Field(ge=0)


class DrawingRead(Written):
    """A drawing on a sheet; the box in PDF points of the unrotated page."""

    title: str
    kind: PageKind
    bbox: BBox
    scale: ScaleFit | None


class PageRead(Written):
    """A sheet, its class, and why."""

    number: int = Field(ge=1)
    kind: PageKind
    score: float = Field(ge=0, le=1)
    reasons: list[str]
    drawings: list[DrawingRead]


class RoomRead(Written):
    """A room as read; feet on the level's frame, points on the unrotated page."""

    id: str
    name: str
    type: RoomType
    area_sqft: float | None
    perimeter_ft: float
    polygon_ft: list[Point]
    polygon_pt: list[Point]
    printed_dimensions_ft: tuple[float, float] | None
    conditioned: bool
    exterior_wall_ft: float
    confidence: float = Field(ge=0, le=1)
    evidence: list[str]


class OpeningRead(Written):
    """A window, door, glass door, skylight or plain opening."""

    id: str
    kind: OpeningKind
    room: str | None
    exterior: bool
    facing_deg: float | None = Field(description="clockwise from true north")
    width_ft: float | None
    height_ft: float | None
    at_pt: Point
    confidence: float = Field(ge=0, le=1)


class LevelRead(Written):
    """A storey and what was read on it."""

    name: str
    page: int = Field(ge=1)
    drawing: int = Field(ge=0)
    scale: ScaleFit
    north_deg: float | None = Field(description="clockwise from the top of the page")
    ceiling_height_ft: float | None
    rooms: list[RoomRead]
    openings: list[OpeningRead]


class TotalsRead(Written):
    """Areas of the whole house."""

    conditioned_sqft: float
    stated_sqft: float | None
    window_sqft: float
    exterior_wall_sqft: float


class ReportRead(Written):
    """A report file."""

    format: str
    path: str


class Nothing(Written):
    """The empty object: the run did not get as far as a building."""


class AnalysisDocument(Written):
    """Everything a run found, as far as it got."""

    schema_: Literal["autohvac.analysis/1"] = Field(alias="schema")
    status: Literal["completed", "needs_review", "needs_input", "failed"]
    run_id: str
    engine_version: str
    blueprint: BlueprintRead
    pages: list[PageRead]
    levels: list[LevelRead]
    totals: TotalsRead
    building: Building | Nothing
    questions: list[Question]
    review: list[ReviewNote]
    loads: LoadsDocument | None
    reports: list[ReportRead]
    timings_s: dict[str, float]
    warnings: list[Issue]


DOCUMENTS: dict[str, type[Written]] = {"analysis-1": AnalysisDocument, "loads-1": LoadsDocument}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a document of `DOCUMENTS`."""
    schema = DOCUMENTS[name].model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": f"autohvac:{name}", **_as_promised(schema)}


def schema_text(name: str) -> str:
    """The schema as committed: sorted, so that a change is readable."""
    return json.dumps(json_schema(name), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _as_promised(node: Any) -> Any:
    """The schema with every object open to later keys and every key of today required."""
    if isinstance(node, list):
        return [_as_promised(part) for part in node]
    if not isinstance(node, dict):
        return node
    parts = {key: _as_promised(part) for key, part in node.items()}
    if parts.get("type") == "object" and parts.get("properties"):
        parts.pop("additionalProperties", None)
        parts["required"] = sorted(parts["properties"])
    return parts
