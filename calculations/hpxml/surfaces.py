"""Walls, rim joists, roofs, ceilings and floors: those of rooms, and those around unconditioned spaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from calculations.hpxml.document import Node
from calculations.hpxml.locations import Side, side_of
from calculations.hpxml.reader import Facing, Reader, assembly_u, azimuth_of, make
from calculations.hpxml.words import (
    COLOURS,
    MASONRY_SIDING,
    ROOFS,
    SHINGLE_ABSORPTANCE,
    SMOOTH_ABSORPTANCE,
    WALLS,
)
from calculations.manualj.house import (
    OTHER_UNIT,
    OUTDOORS,
    Ceiling,
    Colour,
    Floor,
    Roof,
    RoofMaterial,
    RoofPlane,
    Wall,
    WallConstruction,
)


@dataclass
class Shell:
    """A surface of an unconditioned space towards outdoors; openings are taken off its area."""

    space: str
    id: str
    area_sqft: float
    u_factor: float
    kind: Literal["wall", "opening", "roof"] = "wall"


@dataclass
class Surfaces:
    """What was read of the parts above ground."""

    walls: list[Wall] = field(default_factory=list)
    roofs: list[Roof] = field(default_factory=list)
    ceilings: list[Ceiling] = field(default_factory=list)
    floors: list[Floor] = field(default_factory=list)
    roof_planes: dict[str, list[RoofPlane]] = field(default_factory=dict)  # by attic
    shell: list[Shell] = field(default_factory=list)
    garage_roof_sqft: float | None = None
    garage_under_rooms_sqft: float | None = None


def read_surfaces(reader: Reader) -> Surfaces:
    """All surfaces above ground."""
    found = Surfaces()
    for node in reader.enclosure("Roofs", "Roof"):
        read_roof(reader, node, found)
    for node in reader.enclosure("Walls", "Wall"):
        read_wall(reader, node, found, rim_joist=False)
    for node in reader.enclosure("RimJoists", "RimJoist"):
        read_wall(reader, node, found, rim_joist=True)
    for node in reader.enclosure("Floors", "Floor"):
        read_floor(reader, node, found)
    return found


# --- walls -------------------------------------------------------------------------------------------------


def read_wall(reader: Reader, node: Node, found: Surfaces, *, rim_joist: bool) -> None:
    """A wall or rim joist: of a room, of an unconditioned space, or between two of a kind."""
    inner, outer = side_of(reader, node, "InteriorAdjacentTo"), side_of(reader, node, "ExteriorAdjacentTo")
    if outer.conditioned and not inner.conditioned:
        inner, outer = outer, inner
    area, azimuth = gross_area(reader, node), azimuth_of(node, reader.notes)
    if inner.conditioned and not outer.conditioned:
        wall = room_wall(reader, node, outer, rim_joist=rim_joist, area=area, azimuth=azimuth)
        found.walls.append(wall)
        reader.surfaces[node.id] = Facing(
            part_id=wall.id, room=wall.room, azimuth_deg=wall.azimuth_deg, gross_sqft=wall.gross_sqft
        )
        return
    node.read_whole()
    reader.surfaces[node.id] = Facing(part_id=node.id, room=None, azimuth_deg=azimuth, gross_sqft=area)
    if not inner.conditioned and OUTDOORS in (outer.adjacent, inner.adjacent):
        space = inner.adjacent if outer.adjacent == OUTDOORS else outer.adjacent
        found.shell.append(Shell(space=space, id=node.id, area_sqft=area, u_factor=assembly_u(node)))


def room_wall(
    reader: Reader, node: Node, outer: Side, *, rim_joist: bool, area: float, azimuth: float | None
) -> Wall:
    """A wall between a room and something else."""
    return make(
        Wall,
        node,
        id=node.id,
        room=reader.room_of(node),
        adjacent_to=OUTDOORS if outer.adjacent == "ground" else outer.adjacent,
        azimuth_deg=azimuth,
        gross_sqft=area,
        u_factor=assembly_u(node),
        construction=wall_construction(reader, node, rim_joist=rim_joist),
        colour=colour_of(reader, node, "Color"),
        absorptance=node.number("SolarAbsorptance", low=0, high=1),
        rim_joist=rim_joist,
    )


def gross_area(reader: Reader, node: Node) -> float:
    """Gross area; of several equal elements HPXML means the total."""
    return node.must_number("Area", low=0)


def wall_construction(reader: Reader, node: Node, *, rim_joist: bool) -> WallConstruction:
    """The construction of Table 4A by frame and siding; rim joists count as wood studs."""
    siding = node.word("Siding") or ""
    masonry = siding in MASONRY_SIDING
    kind = node.at("WallType")
    if rim_joist or kind is None or not kind.children:
        if not rim_joist:
            reader.notes.add("hpxml_assumed", f"{node.path}/WallType", "not given; taken as wood studs")
        return WALLS["WoodStud"][masonry]
    name = kind.children[0].tag
    kind.read_whole()
    if name not in WALLS:
        reader.notes.add("hpxml_assumed", kind, f"{name} taken as wood studs")
    return WALLS.get(name, WALLS["WoodStud"])[masonry]


def colour_of(reader: Reader, node: Node, where: str) -> Colour:
    """The colour word; medium when nothing is said."""
    word = node.word(where)
    if word is not None and word not in COLOURS:
        reader.notes.add("hpxml_assumed", f"{node.path}/{where}", f"{word!r} taken as medium")
    return COLOURS.get(word or "medium", "medium")


# --- roofs -------------------------------------------------------------------------------------------------


def read_roof(reader: Reader, node: Node, found: Surfaces) -> None:
    """A roof over an attic, a garage or a room."""
    inner = side_of(reader, node, "InteriorAdjacentTo")
    area, pitch = gross_area(reader, node), node.number("Pitch", low=0)
    azimuth = azimuth_of(node, reader.notes)
    material = roof_material(reader, node)
    fields: dict[str, Any] = {
        "id": node.id,
        "u_factor": assembly_u(node),
        "material": material,
        "colour": roof_colour(reader, node, material),
    }
    barrier = bool(node.flag("RadiantBarrier"))
    if inner.conditioned:
        roof = make(Roof, node, room=reader.room_of(node), gross_sqft=area, **fields)
        found.roofs.append(roof)
        facing = Facing(part_id=roof.id, room=roof.room, azimuth_deg=azimuth, gross_sqft=area, pitch=pitch)
    else:
        facing = Facing(part_id=node.id, room=None, space=inner.adjacent, azimuth_deg=azimuth, pitch=pitch)
        outer_roof(node, inner.adjacent, found, area=area, barrier=barrier, fields=fields)
    reader.surfaces[node.id] = facing


def outer_roof(
    node: Node, space: str, found: Surfaces, *, area: float, barrier: bool, fields: dict[str, Any]
) -> None:
    """A roof that no room touches."""
    if space.startswith("attic"):
        plane = make(RoofPlane, node, area_sqft=area, radiant_barrier=barrier, **fields)
        found.roof_planes.setdefault(space, []).append(plane)
    elif space == "garage":
        found.garage_roof_sqft = (found.garage_roof_sqft or 0.0) + area
    else:
        found.shell.append(
            Shell(space=space, id=node.id, area_sqft=area, u_factor=fields["u_factor"], kind="roof")
        )


def roof_material(reader: Reader, node: Node) -> RoofMaterial:
    """The covering; asphalt shingles when nothing is said."""
    word = node.word("RoofType")
    if word is not None and word not in ROOFS:
        reader.notes.add("hpxml_assumed", f"{node.path}/RoofType", f"{word!r} taken as shingles")
    return ROOFS.get(word or "shingles", "shingle")


def roof_colour(reader: Reader, node: Node, material: RoofMaterial) -> Colour:
    """The colour as named, else the nearest to the solar absorptance, else medium."""
    cool = node.flag("CoolRoof") or node.word("RoofType") == "cool roof"
    absorptance = node.number("SolarAbsorptance", low=0, high=1)
    if node.word("RoofColor") is not None:
        return colour_of(reader, node, "RoofColor")
    if cool:
        return "white"
    if absorptance is None:
        return "medium"
    table = SHINGLE_ABSORPTANCE if material in ("shingle", "wood") else SMOOTH_ABSORPTANCE
    return min(table, key=lambda colour: abs(table[colour] - absorptance))


# --- floors and ceilings -----------------------------------------------------------------------------------


def read_floor(reader: Reader, node: Node, found: Surfaces) -> None:
    """A floor or ceiling of a room, or between two unconditioned spaces."""
    inner, outer = side_of(reader, node, "InteriorAdjacentTo"), side_of(reader, node, "ExteriorAdjacentTo")
    if outer.conditioned and not inner.conditioned:
        inner, outer = outer, inner
    area = gross_area(reader, node)
    if inner.conditioned and not outer.conditioned:
        room_floor(reader, node, outer, found, area=area)
        return
    node.read_whole()
    reader.surfaces[node.id] = Facing(part_id=node.id, room=None, gross_sqft=area)
    if "garage" in (inner.adjacent, outer.adjacent) and inner.adjacent != outer.adjacent:
        found.garage_roof_sqft = (found.garage_roof_sqft or 0.0) + area


def room_floor(reader: Reader, node: Node, outer: Side, found: Surfaces, *, area: float) -> None:
    """A floor or ceiling between a room and something else."""
    room, u_factor = reader.room_of(node), assembly_u(node)
    if is_ceiling(reader, node, outer):
        ceiling = make(
            Ceiling,
            node,
            id=node.id,
            room=room,
            adjacent_to=outer.adjacent,
            gross_sqft=area,
            u_factor=u_factor,
        )
        found.ceilings.append(ceiling)
        reader.surfaces[node.id] = Facing(part_id=ceiling.id, room=ceiling.room, gross_sqft=area)
        return
    floor = make(
        Floor,
        node,
        id=node.id,
        room=room,
        adjacent_to=OUTDOORS if outer.adjacent == "ground" else outer.adjacent,
        area_sqft=area,
        u_factor=u_factor,
        radiant=reader.is_radiant(room),
    )
    found.floors.append(floor)
    reader.surfaces[node.id] = Facing(part_id=floor.id, room=floor.room, gross_sqft=area)
    if outer.adjacent == "garage":
        found.garage_under_rooms_sqft = (found.garage_under_rooms_sqft or 0.0) + area


def is_ceiling(reader: Reader, node: Node, outer: Side) -> bool:
    """Seen from the room: the word if given, else by what lies beyond."""
    word = node.word("FloorOrCeiling")
    attic = outer.word.startswith("attic")
    if word is not None and attic and word != "ceiling":
        reader.notes.add("hpxml_contradiction", node, "a floor under an attic; read as a ceiling")
    if attic or outer.word.endswith("above"):
        return True
    if word is None and outer.word.startswith("other ") and outer.adjacent != OTHER_UNIT:
        reader.notes.add("hpxml_assumed", f"{node.path}/FloorOrCeiling", "not given; taken as a floor")
    return word == "ceiling"


def shell_of(shell: Iterable[Shell], space: str) -> list[Shell]:
    """The surfaces of one space that still have an area."""
    return [part for part in shell if part.space == space and part.area_sqft > 0]
