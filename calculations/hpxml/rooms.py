"""Zones and rooms: HPXML's conditioned Zones/Spaces; a house without them is one room."""

from __future__ import annotations

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.reader import EXTRA_ROOM, Reader, built, make
from calculations.manualj.house import Room, RoomProcedure, Zone

PROCEDURES: dict[str, RoomProcedure] = {"standard": "standard", "peak": "peak"}


def read_rooms(reader: Reader) -> tuple[tuple[Zone, ...], tuple[Room, ...]]:
    """Conditioned zones and their rooms, noted in the reader for the surfaces to come."""
    holder = reader.details.at("Zones")
    zones: list[Zone] = []
    rooms: list[Room] = []
    for node in holder.all("Zone") if holder is not None else []:
        if node.word("ZoneType") == "unconditioned":
            reader.outer_rooms |= {space.id for space in spaces_of(node)}
            node.read_whole()
            continue
        zone = make(Zone, node, id=node.id, name=node.word("ZoneName") or "")
        zones.append(zone)
        reader.zones[node.id] = zone.id
        rooms += [read_room(reader, space, zone.id) for space in spaces_of(node)]
    if not rooms:
        rooms = [only_room(reader)]
    reader.room_sqft = {room.id: room.area_sqft for room in rooms}
    reader.room_zone = {room.id: room.zone for room in rooms if room.zone is not None}
    return tuple(zones), tuple(rooms)


def spaces_of(zone: Node) -> list[Node]:
    """The spaces of one zone."""
    holder = zone.at("Spaces")
    return holder.all("Space") if holder is not None else []


def read_room(reader: Reader, node: Node, zone: str) -> Room:
    """One conditioned space."""
    own = "extension/ManualJInputs/"
    room = make(
        Room,
        node,
        id=node.id,
        name=node.word("SpaceName") or "",
        area_sqft=node.must_number("FloorArea", low=0),
        zone=zone,
        occupants=node.number(f"{own}NumberofOccupants", low=0),
        appliances_sensible_btuh=node.number(f"{own}InternalLoadsSensible", low=0),
        appliances_latent_btuh=node.number(f"{own}InternalLoadsLatent", low=0),
    )
    reader.rooms[node.id] = room.id
    return room


def only_room(reader: Reader) -> Room:
    """The whole house as one room."""
    node = reader.details.at("BuildingSummary/BuildingConstruction")
    area = node.number("ConditionedFloorArea", low=0) if node is not None else None
    if not area:
        path = f"{reader.details.path}/BuildingSummary/BuildingConstruction/ConditionedFloorArea"
        raise HpxmlRejected("hpxml_invalid", path=path, detail="neither a floor area nor conditioned spaces")
    return built(Room, reader.details.path, id=EXTRA_ROOM, name="Whole house", area_sqft=area)


def room_procedure(reader: Reader) -> RoomProcedure:
    """How rooms take their fenestration load; one procedure for the house, differences are reported."""
    found: set[RoomProcedure] = set()
    where = "extension/ManualJInputs/FenestrationLoadProcedure"
    for node in conditioned_spaces(reader):
        word = node.word(where) or "standard"
        if word not in PROCEDURES:
            raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/{where}", detail=f"{word!r}")
        found.add(PROCEDURES[word])
    if len(found) > 1:
        path = f"{reader.details.path}/Zones"
        reader.notes.add(
            "hpxml_ignored", path, "rooms differ in FenestrationLoadProcedure; peak is used for all"
        )
    return "peak" if "peak" in found else "standard"


def conditioned_spaces(reader: Reader) -> list[Node]:
    """All spaces of conditioned zones."""
    holder = reader.details.at("Zones")
    zones = holder.all("Zone") if holder is not None else []
    return [space for zone in zones if zone.word("ZoneType") != "unconditioned" for space in spaces_of(zone)]
