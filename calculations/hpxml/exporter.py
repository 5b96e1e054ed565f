"""A house out as HPXML 5.0, valid by its schema, that reads back equal to the last bit.

The standard elements say what they can. What reading them alone would not give back is put beside them,
element by element, in `extension/EngineInputs`.
"""

from __future__ import annotations

import json
from typing import Any, Final

from lxml import etree

from calculations.hpxml.engine_inputs import ELEMENT
from calculations.hpxml.export_surfaces import add_enclosure
from calculations.hpxml.export_systems import add_infiltration, add_systems
from calculations.hpxml.importer import ORDER, import_hpxml
from calculations.hpxml.schema import schema_errors
from calculations.hpxml.writing import NAMESPACE, Identifiers, Writer, element, optional
from calculations.manualj.house import Attic, House, Part

STEPS: Final = ("parts", "order", "house", "lists")
PART_LISTS: Final = (
    "rooms",
    "walls",
    "windows",
    "skylights",
    "doors",
    "ceilings",
    "roofs",
    "floors",
    "slabs",
    "foundation_walls",
    "ventilation",
)
CREATED = "2000-01-01T00:00:00Z"  # the same house gives the same bytes


def export_hpxml(house: House) -> bytes:
    """The document as UTF-8 bytes; `import_hpxml` of it gives an equal house."""
    writer = Writer(house=house, ids=Identifiers())
    root = etree.Element(f"{{{NAMESPACE}}}HPXML", nsmap={None: NAMESPACE}, attrib={"schemaVersion": "5.0"})
    add_header(root)
    summary = add_building(writer, root)
    for step in STEPS:
        read = import_hpxml(to_bytes(root)).house
        if read == house:
            break
        add_engine_inputs(writer, summary, house, read, step)
    breaches = schema_errors(etree.ElementTree(root), version=5)
    if breaches:
        raise ValueError(f"the document breaks its schema: {breaches[0]}")
    return to_bytes(root)


def to_bytes(root: etree._Element) -> bytes:
    """The document as text."""
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def add_header(root: etree._Element) -> None:
    """Who wrote the document."""
    header = element(root, "XMLTransactionHeaderInformation")
    element(header, "XMLType", "HPXML")
    element(header, "XMLGeneratedBy", "AutoHVAC")
    element(header, "CreatedDateAndTime", CREATED)
    element(header, "Transaction", "create")
    element(root, "SoftwareInfo")


def add_building(writer: Writer, root: etree._Element) -> etree._Element:
    """The building; its summary is returned."""
    house = writer.house
    building = element(root, "Building")
    element(building, "BuildingID", id=writer.ids.new(house.id))
    site = element(building, "Site")
    element(site, "SiteID", id=writer.ids.new("site"))
    element(element(site, "GeoLocation"), "Latitude", house.design.latitude)
    element(site, "Elevation", house.design.elevation_ft)
    element(element(building, "ProjectStatus"), "EventType", "proposed workscope")
    details = element(building, "BuildingDetails")
    summary = add_summary(house, details)
    station = element(element(details, "ClimateandRiskZones"), "WeatherStation")
    element(station, "SystemIdentifier", id=writer.ids.new("weather_station"))
    element(station, "Name", house.design.source or "not named")
    add_zones(writer, details)
    add_infiltration(writer, add_enclosure(writer, details))
    add_systems(writer, details)
    return summary


def add_summary(house: House, details: etree._Element) -> etree._Element:
    """Site, size and the design inputs of Manual J."""
    summary = element(details, "BuildingSummary")
    soil = element(element(summary, "Site"), "Soil")
    kind, moisture = {"heavy_moist": ("unknown", "wet"), "light_dry": ("sand", "dry")}.get(
        house.soil, ("clay", "dry")
    )
    element(soil, "SoilType", kind)
    element(soil, "MoistureType", moisture)
    size = element(summary, "BuildingConstruction")
    attached = house.infiltration.attached
    element(
        size, "ResidentialFacilityType", "single-family attached" if attached else "single-family detached"
    )
    element(size, "NumberofConditionedFloorsAboveGrade", house.storeys_above_grade)
    element(size, "AverageCeilingHeight", house.ceiling_height_ft)
    element(size, "NumberofBedrooms", str(house.bedrooms))
    element(size, "ConditionedFloorArea", house.conditioned_sqft)
    control = element(element(summary, "extension"), "HVACSizingControl")
    add_design(house, element(control, "ManualJInputs"))
    return summary


def add_design(house: House, node: etree._Element) -> None:
    """Design conditions and gains of the whole house."""
    design, gains = house.design, house.gains
    element(node, "HeatingDesignTemperature", design.heating_db_f)
    element(node, "CoolingDesignTemperature", design.cooling_db_f)
    element(node, "DailyTemperatureRange", design.daily_range)
    element(node, "HeatingSetpoint", design.indoor_heating_f)
    element(node, "CoolingSetpoint", design.indoor_cooling_f)
    element(node, "HumiditySetpoint", design.indoor_rh)
    element(node, "HumidityDifference", design.grains_difference)
    element(node, "InternalLoadsSensible", gains.appliances_sensible_btuh)
    element(node, "InternalLoadsLatent", gains.appliances_latent_btuh)
    optional(node, "NumberofOccupants", gains.occupants)
    element(node, "InfiltrationShieldingClass", str(house.infiltration.shielding_class))


def add_zones(writer: Writer, details: etree._Element) -> None:
    """Rooms in their zones; rooms without one in a zone of their own."""
    house, holder = writer.house, element(details, "Zones")
    named = [(zone.id, zone.name) for zone in house.zones]
    known = {key for key, _ in named}
    loose = [room for room in house.rooms if room.zone not in known]
    for key, name in [*named, *([("conditioned", "")] if loose else [])]:
        rooms = (
            loose if key == "conditioned" and key not in known else [r for r in house.rooms if r.zone == key]
        )
        zone, _ = writer.start(holder, "Zone", "zones", key)
        optional(zone, "ZoneName", name or None)
        element(zone, "ZoneType", "conditioned")
        spaces = element(zone, "Spaces") if rooms else None
        for room in rooms if spaces is not None else ():
            node, writer.rooms[room.id] = writer.start(spaces, "Space", "rooms", room.id)
            optional(node, "SpaceName", room.name or None)
            element(node, "FloorArea", room.area_sqft)
            add_room_gains(house, node, room)


def add_room_gains(house: House, node: etree._Element, room: Part) -> None:
    """Gains entered for a room, and how its fenestration load is taken."""
    inputs = element(element(node, "extension"), "ManualJInputs")
    optional(inputs, "InternalLoadsSensible", getattr(room, "appliances_sensible_btuh", None))
    optional(inputs, "InternalLoadsLatent", getattr(room, "appliances_latent_btuh", None))
    optional(inputs, "NumberofOccupants", getattr(room, "occupants", None))
    element(inputs, "FenestrationLoadProcedure", house.room_procedure)


# --- engine inputs -----------------------------------------------------------------------------------------


def add_engine_inputs(writer: Writer, summary: etree._Element, house: House, read: House, step: str) -> None:
    """Put beside the standard elements what reading them did not give back; each step is wider."""
    if step == "parts":
        for group in PART_LISTS:
            part_inputs(writer, group, getattr(house, group), getattr(read, group))
        part_inputs(writer, "roof_planes", planes(house), planes(read))
    elif step == "order":
        for group in PART_LISTS:
            wanted, got = ([part.id for part in getattr(one, group)] for one in (house, read))
            if wanted != got and sorted(wanted) == sorted(got):
                put(summary, f"{ORDER}{group}", wanted)
    elif step == "house":
        house_inputs(summary, house, read, [name for name in House.model_fields if name not in PART_LISTS])
    else:
        house_inputs(summary, house, read, list(PART_LISTS))


def planes(house: House) -> tuple[Part, ...]:
    """All roof planes over attics."""
    return tuple(plane for space in house.spaces if isinstance(space, Attic) for plane in space.roof_planes)


def part_inputs(writer: Writer, group: str, wanted: tuple[Any, ...], got: tuple[Any, ...]) -> None:
    """Fields of parts that came back otherwise; parts are paired by the XML identifier they were given."""
    by_id = {part.id: part for part in got}
    for part in wanted:
        node = writer.places.get((group, part.id))
        identifier = node.find(f"{{{NAMESPACE}}}SystemIdentifier") if node is not None else None
        name = identifier.get("id") if identifier is not None else None
        if node is None or name not in by_id:
            continue
        other, mine = by_id[name].model_dump(mode="json"), part.model_dump(mode="json")
        for field_name, value in mine.items():
            if other.get(field_name) != value:
                put(node, field_name, value)


def house_inputs(summary: etree._Element, house: House, read: House, names: list[str]) -> None:
    """Fields of the house that came back otherwise."""
    wanted, got = house.model_dump(mode="json"), read.model_dump(mode="json")
    for name in names:
        if wanted[name] != got[name]:
            put(summary, name, wanted[name])


def put(node: etree._Element, name: str, value: Any) -> None:  # JSON
    """One field into the extension of an element."""
    extension = node.find(f"{{{NAMESPACE}}}extension")
    extension = element(node, "extension") if extension is None else extension
    holder = extension.find(f"{{{NAMESPACE}}}{ELEMENT}")
    holder = element(extension, ELEMENT) if holder is None else holder
    element(holder, name, json.dumps(value, ensure_ascii=False))
