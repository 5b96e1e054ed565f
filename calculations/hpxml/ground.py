"""Foundation walls and slabs."""

from __future__ import annotations

from dataclasses import dataclass, field

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.locations import Side, side_of
from calculations.hpxml.reader import Facing, Reader, azimuth_of, built, make
from calculations.hpxml.words import FOUNDATION_WALLS
from calculations.manualj.house import (
    GROUND,
    OUTDOORS,
    FoundationMaterial,
    FoundationWall,
    InsulationLayer,
    Slab,
)

AREA_TOLERANCE = 0.02  # share by which area and length times height may differ before it is reported


@dataclass
class GroundParts:
    """What was read of the parts in contact with the ground."""

    walls: list[FoundationWall] = field(default_factory=list)
    slabs: list[Slab] = field(default_factory=list)


def read_ground(reader: Reader) -> GroundParts:
    """All foundation walls and slabs."""
    found = GroundParts()
    for node in reader.enclosure("FoundationWalls", "FoundationWall"):
        read_foundation_wall(reader, node, found)
    for node in reader.enclosure("Slabs", "Slab"):
        found.slabs.append(read_slab(reader, node, found.walls))
    return found


def read_foundation_wall(reader: Reader, node: Node, found: GroundParts) -> None:
    """A foundation wall of a room, or of an unconditioned space towards the ground."""
    inner, outer = side_of(reader, node, "InteriorAdjacentTo"), side_of(reader, node, "ExteriorAdjacentTo")
    if outer.conditioned and not inner.conditioned:
        inner, outer = outer, inner
    towards_ground = outer.adjacent in (GROUND, OUTDOORS)
    if inner.conditioned == outer.conditioned and not towards_ground:
        node.read_whole()
        reader.surfaces[node.id] = Facing(part_id=node.id, room=None)
        return
    wall = foundation_wall(reader, node, inner, outer)
    found.walls.append(wall)
    reader.surfaces[node.id] = Facing(
        part_id=wall.id,
        room=wall.room,
        space=wall.space if wall.room is None else None,
        azimuth_deg=wall.azimuth_deg,
        gross_sqft=wall.gross_sqft,
    )


def foundation_wall(reader: Reader, node: Node, inner: Side, outer: Side) -> FoundationWall:
    """The wall with its geometry and either its assembly or its material and layers."""
    height = node.must_number("Height", low=0)
    depth = node.must_number("DepthBelowGrade", low=0)
    if depth > height:
        reader.notes.add(
            "hpxml_contradiction", node, f"buried {depth:g} ft of {height:g} ft; the height is used"
        )
        depth = height
    return make(
        FoundationWall,
        node,
        id=node.id,
        room=reader.room_of(node) if inner.conditioned else None,
        space=inner.adjacent or None,
        adjacent_to=GROUND if outer.adjacent in (GROUND, OUTDOORS) else outer.adjacent,
        azimuth_deg=azimuth_of(node, reader.notes),
        gross_sqft=wall_area(reader, node, height=height),
        height_ft=height,
        depth_below_grade_ft=depth,
        length_ft=node.number("Length", low=0),
        material=material_of(reader, node),
        thickness_in=node.number("Thickness", low=0) or 8.0,
        assembly_r=node.number("Insulation/AssemblyEffectiveRValue", low=0),
        layers=layers_of(reader, node, height=height),
    )


def wall_area(reader: Reader, node: Node, *, height: float) -> float:
    """Gross area as given, else length times height."""
    area, length = node.number("Area", low=0), node.number("Length", low=0)
    if area is None and length is None:
        raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/Area", detail="neither Area nor Length")
    if area is None:
        return (length or 0.0) * height
    if length is not None and abs(length * height - area) > AREA_TOLERANCE * area:
        reader.notes.add(
            "hpxml_contradiction", node, f"Area {area:g} against Length x Height {length * height:g}"
        )
    return area


def material_of(reader: Reader, node: Node) -> FoundationMaterial:
    """The wall's material; solid concrete when nothing is said."""
    word = node.word("Type")
    if word is not None and word not in FOUNDATION_WALLS:
        reader.notes.add("hpxml_assumed", f"{node.path}/Type", f"{word!r} taken as solid concrete")
    return FOUNDATION_WALLS.get(word or "solid concrete", "concrete")


def layers_of(reader: Reader, node: Node, *, height: float) -> tuple[InsulationLayer, ...]:
    """Insulation layers with their extent down from the top of the wall."""
    holder = node.at("Insulation")
    layers = holder.all("Layer") if holder is not None else []
    read = [layer_of(layer, height=height) for layer in layers]
    known = node.number("Insulation/AssemblyEffectiveRValue") is not None
    if not read and not known:
        reader.notes.add("hpxml_assumed", f"{node.path}/Insulation", "no insulation given; taken as bare")
    return tuple(layer for layer in read if layer.r_value > 0)


def layer_of(node: Node, *, height: float) -> InsulationLayer:
    """One layer."""
    node.word("InstallationType")
    top = node.number("DistanceToTopOfInsulation", low=0) or 0.0
    bottom = node.number("DistanceToBottomOfInsulation", low=0)
    bottom = height if bottom is None else bottom
    r_value = node.number("NominalRValue", low=0) or 0.0
    if bottom < top:
        raise HpxmlRejected(
            "hpxml_invalid", path=node.path, detail=f"insulation from {top:g} to {bottom:g} ft"
        )
    return built(InsulationLayer, node.path, r_value=r_value, top_ft=top, bottom_ft=bottom)


def read_slab(reader: Reader, node: Node, walls: list[FoundationWall]) -> Slab:
    """A slab, or the bare earth of a crawlspace."""
    inner = side_of(reader, node, "InteriorAdjacentTo")
    room = reader.room_of(node) if inner.conditioned else None
    crawlspace = inner.word.startswith("crawlspace")
    thickness = node.number("Thickness", low=0)
    thickness = (0.0 if crawlspace else 4.0) if thickness is None else thickness
    return make(
        Slab,
        node,
        id=node.id,
        room=room,
        space=inner.adjacent or None,
        area_sqft=node.must_number("Area", low=0),
        exposed_perimeter_ft=node.must_number("ExposedPerimeter", low=0),
        depth_below_grade_ft=slab_depth(reader, node, inner.adjacent, walls),
        thickness_in=thickness,
        dirt=thickness == 0,
        perimeter_r=node.number("PerimeterInsulation/Layer/NominalRValue", low=0) or 0.0,
        perimeter_depth_ft=node.number("PerimeterInsulation/Layer/InsulationDepth", low=0) or 0.0,
        under_slab_r=node.number("UnderSlabInsulation/Layer/NominalRValue", low=0) or 0.0,
        under_slab_width_ft=node.number("UnderSlabInsulation/Layer/InsulationWidth", low=0) or 0.0,
        under_slab_whole=bool(node.flag("UnderSlabInsulation/Layer/InsulationSpansEntireSlab")),
        exterior_horizontal_r=node.number("ExteriorHorizontalInsulation/Layer/NominalRValue", low=0) or 0.0,
        exterior_horizontal_width_ft=node.number("ExteriorHorizontalInsulation/Layer/InsulationWidth", low=0)
        or 0.0,
        exterior_horizontal_depth_ft=(
            node.number("ExteriorHorizontalInsulation/Layer/InsulationDepthBelowGrade", low=0) or 0.0
        ),
        radiant=room is not None and reader.is_radiant(room),
    )


def slab_depth(reader: Reader, node: Node, space: str, walls: list[FoundationWall]) -> float | None:
    """A slab's own depth; where its space has foundation walls, theirs counts instead."""
    depth = node.number("DepthBelowGrade", low=0)
    if depth is None or not any(wall.space == space for wall in walls if space):
        return depth
    reader.notes.add("hpxml_ignored", f"{node.path}/DepthBelowGrade", "the foundation walls give the depth")
    return None
