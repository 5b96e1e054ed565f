"""Small tools for writing HPXML: elements by path, numbers, identifiers, location words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from calculations.hpxml.locations import SPACES
from calculations.hpxml.words import COLOURS, ORIENTATIONS, ROOFS
from calculations.manualj.house import (
    GROUND,
    OTHER_UNIT,
    OUTDOORS,
    Attic,
    Basement,
    Crawlspace,
    FixedSpace,
    Garage,
    House,
    SharedSpace,
    Space,
)

NAMESPACE: Final = "http://hpxmlonline.com/2025/12"
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
NOT_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]")
COLOUR_WORDS: Final = {ours: word for word, ours in COLOURS.items() if word != "reflective"}
ROOF_WORDS: Final = {
    ours: word
    for word, ours in ROOFS.items()
    if word not in ("shingles", "concrete", "cool roof", "expanded polystyrene sheathing")
}
SHARED_WORDS: Final = {
    "heated_common": "other heated space",
    "buffer": "other multifamily buffer space",
    "non_freezing": "other non-freezing space",
    "other_unit": "other housing unit",
}
SPACE_WORDS: Final = {name: word for word, name in SPACES.items()}
NEIGHBOURS = 3  # floats on either side of 1/U that are tried for an exact inverse


def element(
    parent: etree._Element, name: str, text: str | float | bool | None = None, **attributes: str
) -> etree._Element:
    """A new child, with its text if given."""
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attrib=attributes)
    if text is not None:
        child.text = shown(text)
    return child


def optional(parent: etree._Element, name: str, value: str | float | bool | None) -> None:
    """A child only where there is a value."""
    if value is not None:
        element(parent, name, value)


def shown(value: str | float | bool) -> str:
    """Text of a value; floats so that they read back to the last bit."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def inverse(value: float) -> float:
    """1/value; of the neighbouring floats the one whose inverse is the value exactly, if there is one."""
    result = low = high = 1.0 / value
    for _ in range(NEIGHBOURS):
        low, high = math.nextafter(low, 0.0), math.nextafter(high, math.inf)
        exact = [near for near in (result, low, high) if 1.0 / near == value]
        if exact:
            return exact[0]
    return result


class Identifiers:
    """XML names for our identifiers: the same where it is a name and free, else a made one."""

    def __init__(self) -> None:
        """Nothing is taken yet."""
        self.taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """A free XML name, as close as can be to the wanted one."""
        base = wanted if NAME.fullmatch(wanted) else "id_" + NOT_NAME.sub("_", wanted)[:100]
        name, count = base, 1
        while name in self.taken:
            count += 1
            name = f"{base}_{count}"
        self.taken.add(name)
        return name


@dataclass
class Writer:
    """The document being written: identifiers, and where each part went."""

    house: House
    ids: Identifiers
    rooms: dict[str, str] = field(default_factory=dict)  # room id -> XML id
    surfaces: dict[str, str] = field(default_factory=dict)  # surface id -> XML id
    places: dict[tuple[str, str], etree._Element] = field(
        default_factory=dict
    )  # (list of House, id) -> element

    def start(
        self, parent: etree._Element, name: str, group: str, part_id: str
    ) -> tuple[etree._Element, str]:
        """A new element with its identifier, remembered for the engine inputs."""
        node = element(parent, name)
        identifier = self.ids.new(part_id)
        element(node, "SystemIdentifier", id=identifier)
        self.places[(group, part_id)] = node
        return node, identifier

    def room(self, node: etree._Element, room: str | None) -> None:
        """The room a surface belongs to."""
        if room is not None and room in self.rooms:
            element(node, "AttachedToSpace", idref=self.rooms[room])


def location(house: House, adjacent: str) -> str:
    """The location word for what a surface borders on."""
    fixed = {OUTDOORS: "outside", OTHER_UNIT: "other housing unit", GROUND: "ground"}
    if adjacent in fixed:
        return fixed[adjacent]
    space = next((space for space in house.spaces if space.id == adjacent), None)
    return (
        space_word(space)
        if space is not None
        else SPACE_WORDS.get(adjacent, "other multifamily buffer space")
    )


def space_word(space: Space) -> str:
    """The location word of a space."""
    if isinstance(space, Attic | Crawlspace):
        return f"{space.kind} - {space.ventilation}"
    if isinstance(space, Basement):
        kind = "crawlspace" if space.id == "crawlspace_conditioned" else "basement"
        return f"{kind} - {'conditioned' if space.conditioned else 'unconditioned'}"
    if isinstance(space, Garage):
        return "garage"
    return "other multifamily buffer space" if isinstance(space, FixedSpace) else shared_word(space)


def shared_word(space: SharedSpace) -> str:
    """The location word of a multifamily neighbour."""
    return SHARED_WORDS[space.kind]


def add_azimuth(parent: etree._Element, azimuth_deg: float | None, *, orientation_first: bool) -> None:
    """Azimuth where it is whole degrees, else the nearest orientation."""
    if azimuth_deg is None:
        return
    turned = azimuth_deg % 360.0
    if turned in ORIENTATIONS.values() and orientation_first:
        element(parent, "Orientation", next(word for word, at in ORIENTATIONS.items() if at == turned))
    else:
        element(parent, "Azimuth", str(round(turned) % 360))


def add_insulation(parent: etree._Element, identifier: str, u_factor: float) -> None:
    """The assembly's effective R."""
    insulation = element(parent, "Insulation")
    element(insulation, "SystemIdentifier", id=identifier)
    element(insulation, "AssemblyEffectiveRValue", inverse(u_factor))
