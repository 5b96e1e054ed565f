"""What every part of the import needs at hand: document, remarks, rooms and surfaces read so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from calculations.hpxml.document import Node, Notes
from calculations.hpxml.engine_inputs import engine_inputs
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.words import ORIENTATIONS
from calculations.manualj.house import Part

EXTRA_ROOM = "house"
P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Facing:
    """What windows, doors and skylights need of the surface they sit in."""

    part_id: str
    room: str | None  # None: a surface of an unconditioned space
    space: str | None = None  # that space
    azimuth_deg: float | None = None
    gross_sqft: float = 0.0
    pitch: float | None = None


@dataclass
class Reader:
    """The document while it is being read."""

    building: Node
    notes: Notes
    rooms: dict[str, str] = field(default_factory=dict)  # HPXML id of a space -> room id
    room_sqft: dict[str, float] = field(default_factory=dict)
    room_zone: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)  # HPXML id of a zone -> zone id
    outer_rooms: set[str] = field(default_factory=set)  # HPXML ids of spaces in unconditioned zones
    surfaces: dict[str, Facing] = field(default_factory=dict)  # HPXML id -> surface
    locations: dict[str, str] = field(default_factory=dict)  # HPXML location -> space id
    radiant_zones: set[str | None] = field(default_factory=set)

    @property
    def details(self) -> Node:
        """BuildingDetails, or the building itself where there is none."""
        return self.building.at("BuildingDetails") or self.building

    def enclosure(self, group: str, kind: str) -> list[Node]:
        """All elements of a kind in the enclosure, such as ("Walls", "Wall")."""
        holder = self.details.at(f"Enclosure/{group}")
        return holder.all(kind) if holder is not None else []

    def room_of(self, node: Node) -> str:
        """The room a surface belongs to; without a word about it, the largest room."""
        wanted = node.reference("AttachedToSpace")
        if wanted is not None and wanted in self.rooms:
            return self.rooms[wanted]
        if wanted is not None and wanted not in self.outer_rooms:
            raise HpxmlRejected(
                "hpxml_invalid", path=f"{node.path}/AttachedToSpace", detail=f"no space {wanted!r}"
            )
        largest = max(self.room_sqft, key=lambda room: self.room_sqft[room])
        if len(self.room_sqft) > 1:
            self.notes.add("hpxml_assumed", node, f"no conditioned space is named; counted in {largest}")
        return largest

    def is_radiant(self, room: str) -> bool:
        """Whether the floor of that room is heated."""
        return None in self.radiant_zones or self.room_zone.get(room) in self.radiant_zones

    def host(self, node: Node, where: str) -> Facing | None:
        """The surface an opening is attached to; refuses a reference to nothing."""
        wanted = node.reference(where)
        if wanted is None:
            return None
        if wanted not in self.surfaces:
            raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/{where}", detail=f"no surface {wanted!r}")
        return self.surfaces[wanted]


def make(kind: type[P], node: Node, /, **fields: Any) -> P:  # Any: fields of many models
    """Build a part, with the engine inputs of its extension in place of what the standard elements say."""
    return built(kind, node.path, **{**fields, **engine_inputs(node)})


def built(kind: type[P], path: str, /, **fields: Any) -> P:  # Any: fields of many models
    """Build a part of what was read at a path; refuses what the model does not take."""
    try:
        return kind(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise HpxmlRejected("hpxml_invalid", path=path, detail=f"{where}: {first['msg']}") from None


def azimuth_of(node: Node, notes: Notes) -> float | None:
    """Direction a surface faces [°], from Azimuth or Orientation; a disagreement is reported."""
    azimuth = node.number("Azimuth", low=0, high=360)
    word = node.word("Orientation")
    named = ORIENTATIONS.get(word) if word else None
    if word and named is None:
        notes.add("hpxml_ignored", f"{node.path}/Orientation", f"unknown orientation {word!r}")
    if azimuth is None or named is None:
        return named if azimuth is None else azimuth
    if abs((azimuth - named + 180.0) % 360.0 - 180.0) > 22.5:
        notes.add(
            "hpxml_contradiction", node, f"Azimuth {azimuth:g} against Orientation {word}; Azimuth used"
        )
    return azimuth


def assembly_u(node: Node) -> float:
    """U from the assembly's effective R."""
    resistance = node.must_number("Insulation/AssemblyEffectiveRValue", low=0)
    if resistance <= 0:
        raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/Insulation", detail="an R-value of zero")
    return 1.0 / resistance
