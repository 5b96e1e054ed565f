"""What the AI service is told and may say: names and classes of rooms that exist. Nothing else fits the schema."""

from __future__ import annotations

from pydantic import Field, field_validator

from autohvac.core.evidence import BBox, Frozen
from blueprints.plan.model import RoomType

LONGEST_NAME = 60


class RoomNaming(Frozen):
    """A name or type of one room that the judge let through, with how sure the service is."""

    name: str | None = Field(default=None, max_length=LONGEST_NAME)
    type: RoomType | None = None
    confidence: float = Field(default=0.0, ge=0, le=1)


class AiProposal(Frozen):
    """What the judge let through, by room id: `rooms` is applied, `suggested` needs a person because a load hangs on it."""

    rooms: dict[str, RoomNaming] = Field(default_factory=dict)
    suggested: dict[str, RoomType] = Field(default_factory=dict)


class RoomAnswer(Frozen):
    """One room in the service's answer. `id` is one of the ids that were asked about."""

    id: str = Field(max_length=80)
    name: str | None = Field(max_length=LONGEST_NAME)
    type: RoomType | None
    confidence: float = Field(ge=0, le=1)


class Answer(Frozen):
    """The service's whole answer; each room at most once."""

    rooms: tuple[RoomAnswer, ...]

    @field_validator("rooms")
    @classmethod
    def _each_once(cls, rooms: tuple[RoomAnswer, ...]) -> tuple[RoomAnswer, ...]:
        if len({room.id for room in rooms}) != len(rooms):
            raise ValueError("a room is answered twice")
        return rooms


class RoomContext(Frozen):
    """A room as the rules see it. `lines` are short texts printed inside it; `name_confidence` is 0 without a printed name."""

    id: str
    level: str
    page: int
    drawing_bbox: BBox
    bbox: BBox
    name: str
    type: RoomType
    conditioned: bool
    area_sqft: float
    name_confidence: float = Field(ge=0, le=1)
    lines: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()


class AiContext(Frozen):
    """All rooms of the building; the service is asked about those that `judge.is_open` calls open."""

    rooms: tuple[RoomContext, ...]


class AiChange(Frozen):
    """One thing that is different because of the AI. `field` is name, type or suggested_type."""

    room: str
    field: str
    before: str
    after: str
    confidence: float
