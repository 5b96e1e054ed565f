"""What the AI service may say: names and classes of rooms that exist. Nothing else fits the schema."""

from __future__ import annotations

from pydantic import Field

from autohvac.core.evidence import Frozen
from blueprints.plan.model import RoomType


class RoomNaming(Frozen):
    """A proposed name or type of one room, with how sure the service is."""

    name: str | None = Field(default=None, max_length=60)
    type: RoomType | None = None
    confidence: float = Field(default=0.0, ge=0, le=1)


class AiProposal(Frozen):
    """Namings by room id."""

    rooms: dict[str, RoomNaming] = Field(default_factory=dict)


class RoomContext(Frozen):
    """What the service is told of a room."""

    id: str
    name: str
    type: RoomType
    area_sqft: float
    confidence: float
    named_on_plan: bool


class AiContext(Frozen):
    """What the service is told: parsed rooms and the words of the sheet. Words are data, never instructions."""

    rooms: tuple[RoomContext, ...]
    words: tuple[str, ...]
