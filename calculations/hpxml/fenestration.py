"""Windows, skylights and doors with their shades, screens and overhangs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.glazing import (
    exterior_shade,
    glass_type,
    insect_screen,
    interior_shade,
    overhang,
    ratings,
    storm,
)
from calculations.hpxml.reader import Facing, Reader, azimuth_of, make
from calculations.hpxml.surfaces import Shell, Surfaces
from calculations.manualj.house import (
    Door,
    Skylight,
    Window,
)

UNLIKE_ATTACHMENT = "attached to no wall"


@dataclass
class Openings:
    """What was read of the openings of rooms."""

    windows: list[Window] = field(default_factory=list)
    skylights: list[Skylight] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)


def read_openings(reader: Reader, surfaces: Surfaces) -> Openings:
    """All openings; those in walls of unconditioned spaces join the shell of that space."""
    found = Openings()
    for node in reader.enclosure("Windows", "Window"):
        read_window(reader, node, found, surfaces)
    for node in reader.enclosure("Skylights", "Skylight"):
        read_skylight(reader, node, found)
    for node in reader.enclosure("Doors", "Door"):
        read_door(reader, node, found, surfaces)
    check_areas(reader, found)
    return found


def check_areas(reader: Reader, found: Openings) -> None:
    """Report walls with more openings than area."""
    taken: dict[str, float] = {}
    pairs = [(window.wall, window.area_sqft) for window in found.windows]
    pairs += [(door.wall, door.area_sqft) for door in found.doors]
    for wall, area in pairs:
        taken[wall or ""] = taken.get(wall or "", 0.0) + area
    for facing in reader.surfaces.values():
        area = taken.get(facing.part_id, 0.0)
        if facing.room is not None and area > facing.gross_sqft:
            message = f"openings of {area:g} ft2 in {facing.part_id} of {facing.gross_sqft:g} ft2"
            reader.notes.add("hpxml_contradiction", f"{reader.details.path}/Enclosure", message)


# --- windows -----------------------------------------------------------------------------------------------


def read_window(reader: Reader, node: Node, found: Openings, surfaces: Surfaces) -> None:
    """A window of a room; one of an unconditioned space counts with that space."""
    host = reader.host(node, "AttachedToWall")
    area = node.must_number("Area", low=0)
    u_factor, shgc = ratings(reader, node)
    if host is not None and host.room is None:
        outer_opening(node, host, surfaces, area=area, u_factor=u_factor)
        return
    shade, coefficient = interior_shade(reader, node)
    found.windows.append(
        make(
            Window,
            node,
            id=node.id,
            room=host_room(reader, node, host),
            wall=host.part_id if host is not None else None,
            azimuth_deg=opening_azimuth(reader, node, host),
            area_sqft=area,
            u_factor=u_factor,
            shgc=shgc,
            glass_type=glass_type(node),
            interior_shade=shade,
            isc=coefficient,
            insect_screen=insect_screen(node),
            storm=storm(reader, node),
            overhang=overhang(node),
            **exterior_shade(reader, node),
        )
    )


def host_room(reader: Reader, node: Node, host: Facing | None) -> str:
    """The room of the surface an opening is in."""
    if host is not None and host.room is not None:
        return host.room
    reader.notes.add("hpxml_assumed", node, UNLIKE_ATTACHMENT)
    return reader.room_of(node)


def opening_azimuth(reader: Reader, node: Node, host: Facing | None) -> float:
    """Direction of the opening, else of its wall."""
    own = azimuth_of(node, reader.notes)
    azimuth = own if own is not None else host.azimuth_deg if host is not None else None
    if azimuth is None:
        raise HpxmlRejected(
            "hpxml_invalid", path=f"{node.path}/Azimuth", detail="no direction, nor of its wall"
        )
    if own is None:
        reader.notes.add("hpxml_assumed", f"{node.path}/Azimuth", f"not given; its wall faces {azimuth:g}")
    return azimuth


def outer_opening(node: Node, host: Facing, surfaces: Surfaces, *, area: float, u_factor: float) -> None:
    """An opening of an unconditioned space: off its framed wall, into the shell.

    The mean U of §5.3 is of walls alone; the heat balance of §2.4 takes openings too. A foundation wall keeps
    its gross area: its buried share follows from it.
    """
    node.read_whole()
    wall = next((part for part in surfaces.shell if part.id == host.part_id), None)
    space = host.space if wall is None else wall.space
    if space is None:
        return
    if wall is not None:
        wall.area_sqft = max(wall.area_sqft - area, 0.0)
    opening = Shell(space=space, id=node.id, area_sqft=area, u_factor=u_factor, kind="opening")
    surfaces.shell.append(opening)


# --- skylights ---------------------------------------------------------------------------------------------


def read_skylight(reader: Reader, node: Node, found: Openings) -> None:
    """A skylight; its room is that of the ceiling it goes through, else of its roof."""
    roof, ceiling = reader.host(node, "AttachedToRoof"), reader.host(node, "AttachedToFloor")
    hosts = [host for host in (ceiling, roof) if host is not None]
    room = next((host.room for host in hosts if host.room is not None), None)
    if room is None and hosts:
        node.read_whole()
        reader.notes.add("hpxml_ignored", node, "a skylight of no room")
        return
    u_factor, shgc = ratings(reader, node)
    shade, coefficient = interior_shade(reader, node)
    outer = exterior_shade(reader, node)
    if outer["sun_screen"] or outer["exterior_factor"] != 1.0:
        reader.notes.add("hpxml_ignored", node, "exterior shading of a skylight")
    found.skylights.append(
        make(
            Skylight,
            node,
            id=node.id,
            room=room if room is not None else host_room(reader, node, None),
            area_sqft=node.must_number("Area", low=0),
            u_factor=u_factor,
            shgc=shgc,
            azimuth_deg=opening_azimuth(reader, node, roof),
            pitch_in_per_ft=pitch_of(reader, node, roof),
            roof=roof.part_id if roof is not None else None,
            ceiling=ceiling.part_id if ceiling is not None else None,
            glass_type=glass_type(node),
            interior_shade=shade,
            isc=coefficient,
            storm=storm(reader, node),
            dome=node.word("SkylightType") == "dome",
            **wells(node),
        )
    )


def pitch_of(reader: Reader, node: Node, roof: Facing | None) -> float:
    """Slope of the roof, or the skylight's own [in/ft]."""
    own = node.number("Pitch", low=0)
    pitch = own if own is not None else roof.pitch if roof is not None else None
    if pitch is None:
        reader.notes.add("hpxml_assumed", f"{node.path}/Pitch", "no slope given; taken as flat")
    return pitch or 0.0


def wells(node: Node) -> dict[str, Any]:  # fields of Skylight
    """Curb and shaft: area and U."""
    fields: dict[str, Any] = {}
    for name, field_name in (("Curb", "curb"), ("Shaft", "shaft")):
        part = node.at(f"extension/{name}")
        if part is not None:
            fields[f"{field_name}_sqft"] = part.must_number("Area", low=0)
            fields[f"{field_name}_u_factor"] = 1.0 / part.must_number("AssemblyEffectiveRValue", low=0.01)
    return fields


# --- doors -------------------------------------------------------------------------------------------------


def read_door(reader: Reader, node: Node, found: Openings, surfaces: Surfaces) -> None:
    """An opaque door of a room; one of an unconditioned space counts with that space."""
    host = reader.host(node, "AttachedToWall")
    area, u_factor = node.must_number("Area", low=0), 1.0 / node.must_number("RValue", low=0.01)
    azimuth_of(node, reader.notes)
    if host is not None and host.room is None:
        outer_opening(node, host, surfaces, area=area, u_factor=u_factor)
        return
    found.doors.append(
        make(
            Door,
            node,
            id=node.id,
            room=host_room(reader, node, host),
            wall=host.part_id if host is not None else None,
            area_sqft=area,
            u_factor=u_factor,
        )
    )
