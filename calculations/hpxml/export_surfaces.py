"""The enclosure and its surfaces as HPXML elements."""

from __future__ import annotations

from typing import Final

from lxml import etree

from calculations.hpxml.export_openings import add_door, add_skylight, add_window
from calculations.hpxml.export_shell import (
    add_shell_openings,
    add_shell_roofs,
    add_shell_walls,
    openings_of,
    roofs_of,
    shelled,
    walls_of,
)
from calculations.hpxml.words import FOUNDATION_WALLS, WALLS
from calculations.hpxml.writing import (
    COLOUR_WORDS,
    ROOF_WORDS,
    Writer,
    add_azimuth,
    add_insulation,
    element,
    location,
    optional,
)
from calculations.manualj.house import (
    Attic,
    Ceiling,
    Floor,
    FoundationWall,
    Garage,
    Part,
    Roof,
    RoofPlane,
    Skylight,
    Slab,
    Wall,
    Window,
)

WALL_TYPES: Final = {ours: name for name, pair in reversed(WALLS.items()) for ours in pair}
MATERIAL_WORDS: Final = {ours: word for word, ours in FOUNDATION_WALLS.items()}
FLAT = 0.0


def add_enclosure(writer: Writer, details: etree._Element) -> etree._Element:
    """The enclosure with everything in the order of the schema."""
    enclosure = element(details, "Enclosure")
    air = element(enclosure, "AirInfiltration")
    house = writer.house
    planes = [
        (space, plane) for space in house.spaces if isinstance(space, Attic) for plane in space.roof_planes
    ]
    garages = [space for space in house.spaces if isinstance(space, Garage) and space.roof_sqft]
    if planes or house.roofs or garages or any(roofs_of(space) for space in shelled(house)):
        add_roofs(writer, element(enclosure, "Roofs"), planes, garages)
    if any(wall.rim_joist for wall in house.walls):
        holder = element(enclosure, "RimJoists")
        for wall in (wall for wall in house.walls if wall.rim_joist):
            add_wall(writer, holder, wall)
    add_walls(writer, enclosure)
    add_all(writer, enclosure, "FoundationWalls", house.foundation_walls)
    add_all(writer, enclosure, "Floors", (*house.ceilings, *house.floors))
    add_all(writer, enclosure, "Slabs", house.slabs)
    add_all(writer, enclosure, "Windows", house.windows)
    add_all(writer, enclosure, "Skylights", house.skylights)
    add_doors(writer, enclosure)
    return air


def add_all(writer: Writer, enclosure: etree._Element, group: str, parts: tuple[Part, ...]) -> None:
    """One group of parts, if there are any."""
    holder = element(enclosure, group) if parts else None
    for part in parts if holder is not None else ():
        if isinstance(part, FoundationWall):
            add_foundation_wall(writer, holder, part)
        elif isinstance(part, Ceiling | Floor):
            add_floor(writer, holder, part)
        elif isinstance(part, Slab):
            add_slab(writer, holder, part)
        elif isinstance(part, Window):
            add_window(writer, holder, part)
        elif isinstance(part, Skylight):
            add_skylight(writer, holder, part)


def add_doors(writer: Writer, enclosure: etree._Element) -> None:
    """Doors of rooms, and openings of the spaces around them."""
    house = writer.house
    if not house.doors and not any(openings_of(house, space) for space in shelled(house)):
        return
    holder = element(enclosure, "Doors")
    for door in house.doors:
        add_door(writer, holder, door)
    add_shell_openings(writer, holder)


# --- above ground ------------------------------------------------------------------------------------------


def add_roofs(
    writer: Writer, holder: etree._Element, planes: list[tuple[Attic, RoofPlane]], garages: list[Garage]
) -> None:
    """Roofs over attics, garages and rooms."""
    for attic, plane in planes:
        where = location(writer.house, attic.id)
        add_roof(writer, holder, "roof_planes", plane, where=where, area=plane.area_sqft)
    for garage in garages:
        node = element(holder, "Roof")
        name = writer.ids.new(f"{garage.id}_roof")
        element(node, "SystemIdentifier", id=name)
        element(node, "InteriorAdjacentTo", "garage")
        element(node, "Area", garage.roof_sqft)
        element(node, "Pitch", FLAT)
        add_insulation(node, writer.ids.new(f"{name}_insulation"), 0.5)
    for roof in writer.house.roofs:
        add_roof(writer, holder, "roofs", roof, where="conditioned space", area=roof.gross_sqft)
    add_shell_roofs(writer, holder)


def add_roof(
    writer: Writer, holder: etree._Element, group: str, roof: Roof | RoofPlane, *, where: str, area: float
) -> None:
    """One roof."""
    node, name = writer.start(holder, "Roof", group, roof.id)
    if isinstance(roof, Roof):
        writer.room(node, roof.room)
    writer.surfaces.setdefault(roof.id, name)
    element(node, "InteriorAdjacentTo", where)
    element(node, "Area", area)
    element(node, "RoofType", ROOF_WORDS[roof.material])
    element(node, "RoofColor", COLOUR_WORDS[roof.colour])
    if isinstance(roof, RoofPlane):
        element(node, "RadiantBarrier", roof.radiant_barrier)
    add_insulation(node, writer.ids.new(f"{name}_insulation"), roof.u_factor)


def add_walls(writer: Writer, enclosure: etree._Element) -> None:
    """Walls of rooms, and the shells of the spaces around them."""
    house = writer.house
    walls = [wall for wall in house.walls if not wall.rim_joist]
    if not walls and not any(walls_of(house, space) for space in shelled(house)):
        return
    holder = element(enclosure, "Walls")
    for wall in walls:
        add_wall(writer, holder, wall)
    add_shell_walls(writer, holder)


def add_wall(writer: Writer, holder: etree._Element, wall: Wall) -> None:
    """A wall or rim joist of a room."""
    node, name = writer.start(holder, "RimJoist" if wall.rim_joist else "Wall", "walls", wall.id)
    writer.surfaces[wall.id] = name
    writer.room(node, wall.room)
    element(node, "ExteriorAdjacentTo", location(writer.house, wall.adjacent_to))
    element(node, "InteriorAdjacentTo", "conditioned space")
    if not wall.rim_joist:
        element(element(node, "WallType"), WALL_TYPES.get(wall.construction, "WoodStud"))
    element(node, "Area", wall.gross_sqft)
    add_azimuth(node, wall.azimuth_deg, orientation_first=True)
    element(node, "Siding", "brick veneer" if wall.construction.endswith("_masonry") else "wood siding")
    element(node, "Color", COLOUR_WORDS[wall.colour])
    optional(node, "SolarAbsorptance", wall.absorptance)
    add_insulation(node, writer.ids.new(f"{name}_insulation"), wall.u_factor)


def add_floor(writer: Writer, holder: etree._Element, part: Ceiling | Floor) -> None:
    """A floor or ceiling of a room."""
    ceiling = isinstance(part, Ceiling)
    node, name = writer.start(holder, "Floor", "ceilings" if ceiling else "floors", part.id)
    writer.surfaces.setdefault(part.id, name)
    writer.room(node, part.room)
    element(node, "ExteriorAdjacentTo", location(writer.house, part.adjacent_to))
    element(node, "InteriorAdjacentTo", "conditioned space")
    element(node, "FloorOrCeiling", "ceiling" if ceiling else "floor")
    element(element(node, "FloorType"), "WoodFrame")
    element(node, "Area", part.gross_sqft if isinstance(part, Ceiling) else part.area_sqft)
    add_insulation(node, writer.ids.new(f"{name}_insulation"), part.u_factor)


# --- in the ground -----------------------------------------------------------------------------------------


def add_foundation_wall(writer: Writer, holder: etree._Element, wall: FoundationWall) -> None:
    """A foundation wall with its assembly or layers."""
    node, name = writer.start(holder, "FoundationWall", "foundation_walls", wall.id)
    writer.surfaces[wall.id] = name
    writer.room(node, wall.room)
    element(node, "ExteriorAdjacentTo", location(writer.house, wall.adjacent_to))
    inner = location(writer.house, wall.space) if wall.space else "basement - conditioned"
    element(node, "InteriorAdjacentTo", inner)
    element(node, "Type", MATERIAL_WORDS[wall.material])
    optional(node, "Length", wall.length_ft)
    element(node, "Height", wall.height_ft)
    element(node, "Area", wall.gross_sqft)
    add_azimuth(node, wall.azimuth_deg, orientation_first=True)
    element(node, "Thickness", wall.thickness_in)
    element(node, "DepthBelowGrade", min(wall.depth_below_grade_ft, wall.height_ft))
    insulation = element(node, "Insulation")
    element(insulation, "SystemIdentifier", id=writer.ids.new(f"{name}_insulation"))
    optional(insulation, "AssemblyEffectiveRValue", wall.assembly_r)
    for layer in wall.layers:
        if layer.bottom_ft >= layer.top_ft:
            part = element(insulation, "Layer")
            element(part, "InstallationType", "continuous - interior")
            element(part, "NominalRValue", layer.r_value)
            element(part, "DistanceToTopOfInsulation", layer.top_ft)
            element(part, "DistanceToBottomOfInsulation", layer.bottom_ft)


def add_slab(writer: Writer, holder: etree._Element, slab: Slab) -> None:
    """A slab with its three insulations."""
    node, name = writer.start(holder, "Slab", "slabs", slab.id)
    writer.room(node, slab.room)
    element(
        node, "InteriorAdjacentTo", location(writer.house, slab.space) if slab.space else "conditioned space"
    )
    element(node, "Area", slab.area_sqft)
    element(node, "Thickness", 0.0 if slab.dirt else slab.thickness_in)
    element(node, "ExposedPerimeter", slab.exposed_perimeter_ft)
    optional(node, "DepthBelowGrade", slab.depth_below_grade_ft)
    layer = slab_insulation(writer, node, name, "PerimeterInsulation")
    element(layer, "NominalRValue", slab.perimeter_r)
    element(layer, "InsulationDepth", slab.perimeter_depth_ft)
    if slab.exterior_horizontal_r:
        layer = slab_insulation(writer, node, name, "ExteriorHorizontalInsulation")
        element(layer, "NominalRValue", slab.exterior_horizontal_r)
        element(layer, "InsulationWidth", slab.exterior_horizontal_width_ft)
        element(layer, "InsulationDepthBelowGrade", slab.exterior_horizontal_depth_ft)
    layer = slab_insulation(writer, node, name, "UnderSlabInsulation")
    element(layer, "NominalRValue", slab.under_slab_r)
    element(layer, "InsulationWidth", slab.under_slab_width_ft)
    if slab.under_slab_whole:
        element(layer, "InsulationSpansEntireSlab", True)


def slab_insulation(writer: Writer, node: etree._Element, name: str, kind: str) -> etree._Element:
    """One insulation of a slab; its layer is returned."""
    insulation = element(node, kind)
    element(insulation, "SystemIdentifier", id=writer.ids.new(f"{name}_{kind}"))
    return element(insulation, "Layer")
