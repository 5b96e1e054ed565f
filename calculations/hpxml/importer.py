"""HPXML 4.x or 5.0 in, a house for the load method out.

Nothing that may bear on the load is passed over in silence: what is assumed, contradictory or not used is in
`warnings` with its path in the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calculations.hpxml.air import read_infiltration, read_ventilation
from calculations.hpxml.conditions import Size, read_design, read_gains, read_size, read_soil
from calculations.hpxml.document import Node, Notes, read_document, source_bytes
from calculations.hpxml.engine_inputs import engine_inputs
from calculations.hpxml.errors import HpxmlRejected, Issue
from calculations.hpxml.fenestration import read_openings
from calculations.hpxml.ground import read_ground
from calculations.hpxml.reader import Reader, built
from calculations.hpxml.rooms import read_rooms, room_procedure
from calculations.hpxml.schema import check_schema
from calculations.hpxml.spaces import build_spaces
from calculations.hpxml.surfaces import read_surfaces
from calculations.hpxml.systems import note_radiant_floors, read_systems
from calculations.hpxml.unread import report_unread
from calculations.manualj.house import House

ORDER = "order_of_"


@dataclass(frozen=True)
class ImportResult:
    """The house, and what was noticed on reading."""

    house: House
    warnings: list[Issue]


def import_hpxml(source: Path | str | bytes) -> ImportResult:
    """Read a house from a path or from bytes.

    Raises:
        HpxmlRejected: with the path of the element.
        NeedsInput: a design condition is missing and there is no ZIP code to look it up.
    """
    root, tree, version = read_document(source_bytes(source))
    notes = Notes(check_schema(tree, version=version))
    house = read_house(Reader(building=the_building(root, notes), notes=notes))
    return ImportResult(house=house, warnings=notes.issues)


def the_building(root: Node, notes: Notes) -> Node:
    """The first building; further ones are reported."""
    buildings = root.all("Building")
    if not buildings:
        raise HpxmlRejected("hpxml_invalid", path="/HPXML/Building", detail="missing")
    for extra in buildings[1:]:
        notes.add("hpxml_ignored", extra, "only the first building is read")
    return buildings[0]


def read_house(reader: Reader) -> House:
    """All parts, in an order where each finds what it refers to."""
    zones, rooms = read_rooms(reader)
    note_radiant_floors(reader)
    size = read_size(reader)
    fields: dict[str, Any] = {"zones": zones, "rooms": rooms, **read_envelope(reader)}
    fields |= read_services(reader, size)
    fields["spaces"] = build_spaces(reader, fields.pop("surfaces"), fields.pop("ground"))
    fields |= identity(reader) | whole_house_inputs(reader, fields)
    report_unread(reader)
    return built(House, reader.building.path, **fields)


def read_envelope(reader: Reader) -> dict[str, Any]:
    """Surfaces and openings; with the intermediate findings the spaces are built from."""
    surfaces = read_surfaces(reader)
    ground = read_ground(reader)
    openings = read_openings(reader, surfaces)
    return {
        "walls": tuple(surfaces.walls),
        "roofs": tuple(surfaces.roofs),
        "ceilings": tuple(surfaces.ceilings),
        "floors": tuple(surfaces.floors),
        "slabs": tuple(ground.slabs),
        "foundation_walls": tuple(ground.walls),
        "windows": tuple(openings.windows),
        "skylights": tuple(openings.skylights),
        "doors": tuple(openings.doors),
        "surfaces": surfaces,
        "ground": ground,
    }


def read_services(reader: Reader, size: Size) -> dict[str, Any]:
    """Conditions, air, gains and systems."""
    systems = read_systems(reader, floor_sqft=size.floor_sqft, storeys=size.storeys_above_grade)
    return {
        "design": read_design(reader),
        "soil": read_soil(reader),
        "bedrooms": size.bedrooms,
        "storeys_above_grade": size.storeys_above_grade,
        "ceiling_height_ft": size.ceiling_ft,
        "floor_area_sqft": size.floor_sqft,
        "infiltration": read_infiltration(reader, floor_sqft=size.floor_sqft, ceiling_ft=size.ceiling_ft),
        "ventilation": read_ventilation(reader),
        "gains": read_gains(reader, bedrooms=size.bedrooms),
        "heating_ducted": systems.heating_ducted,
        "cooling_ducted": systems.cooling_ducted,
        "heating_source": systems.heating_source,
        "ducts": tuple(systems.ducts),
        "duct_systems": tuple(systems.duct_systems),
        "blower_heat_btuh": systems.blower_heat_btuh,
        "piping_btuh": systems.piping_btuh,
        "room_procedure": room_procedure(reader),
    }


def identity(reader: Reader) -> dict[str, Any]:
    """Identifier and name of the house."""
    found = reader.building.at("BuildingID")
    return {"id": (found.id if found is not None else "") or "house", "name": ""}


def whole_house_inputs(reader: Reader, fields: dict[str, Any]) -> dict[str, Any]:
    """Engine inputs of the house as a whole, among them the order of parts that HPXML groups otherwise."""
    summary = reader.details.at("BuildingSummary")
    given = engine_inputs(summary) if summary is not None else {}
    for name in [name for name in given if name.startswith(ORDER)]:
        parts = {part.id: part for part in fields[name.removeprefix(ORDER)]}
        wanted = [key for key in given.pop(name) if key in parts]
        rest = [key for key in parts if key not in wanted]
        given[name.removeprefix(ORDER)] = tuple(parts[key] for key in [*wanted, *rest])
    return given
