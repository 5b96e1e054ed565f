"""Floors, slabs, foundation walls and the spaces under and beside the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from blueprints.plan.building import SurfaceSpec
from calculations.assembly.convert_parts import ATTIC, BASEMENT, CRAWLSPACE, GARAGE, SPACE_OF, Context
from calculations.assembly.convert_parts import ceilings as ceilings_of
from calculations.defaults.tables import house_number
from calculations.library.opaque import roof_deck
from calculations.manualj import house as mj

LIVING_BASEMENT = "conditioned_basement"
ON_GROUND = ("ground", "crawlspace", "unconditioned_basement")
SPACE_UNDER = {
    "vented_crawlspace": CRAWLSPACE,
    "sealed_crawlspace": CRAWLSPACE,
    "unconditioned_basement": BASEMENT,
    "conditioned_basement": BASEMENT,
}


@dataclass(frozen=True)
class Ground:
    """All parts of the house toward the ground."""

    floors: tuple[mj.Floor, ...]
    slabs: tuple[mj.Slab, ...]
    foundation_walls: tuple[mj.FoundationWall, ...]
    spaces: tuple[mj.Space, ...]


def level_index(surface: SurfaceSpec, context: Context) -> int:
    """Storey of the surface's room: 0 is the basement."""
    index = {level.name: level.index for level in context.building.levels}
    return index.get(context.rooms[surface.room].level, 1)


def ground_of(context: Context) -> Ground:
    """Floors by what is below them: the foundation the facts name decides for rooms on the lowest storey."""
    surfaces = [s for s in context.surfaces.values() if (s.area_sqft.value or 0.0) > 0]
    bottoms = [s for s in surfaces if s.kind in ("floor", "slab", "basement_floor")]
    buried = [s for s in surfaces if _is_buried(s)]
    over = tuple(_floor(s, context) for s in bottoms if below(s, context) in SPACE_OF.values())
    slabs = tuple(_slab(s, context) for s in bottoms if below(s, context) == mj.GROUND)
    shell_walls, shell_slabs, shell = _space_under(context, floors=over)
    deep = tuple(_basement_wall(s, context) for s in buried)
    return Ground(
        floors=over,
        slabs=slabs + shell_slabs,
        foundation_walls=deep + shell_walls,
        spaces=shell + _living_basement(deep) + _attic(context) + _garage(context, floors=over),
    )


def _is_buried(surface: SurfaceSpec) -> bool:
    return surface.kind == "basement_wall" or (surface.kind == "wall" and surface.adjacent == "ground")


def below(surface: SurfaceSpec, context: Context) -> str | None:
    """What is under a floor, as the engine names it; 'ground' for slabs, None for the house's own rooms."""
    if surface.adjacent == "conditioned":
        return None
    if surface.adjacent not in ON_GROUND:
        return SPACE_OF[surface.adjacent]
    if surface.kind == "basement_floor" or level_index(surface, context) == 0:
        return mj.GROUND
    if surface.adjacent == "ground" and surface.kind == "slab" and _basement_drawn(context):
        return mj.GROUND
    return SPACE_UNDER.get(context.facts.foundation, mj.GROUND)


def _basement_drawn(context: Context) -> bool:
    used = {room.level for room in context.rooms.values()}
    return any(level.index == 0 and level.name in used for level in context.building.levels)


def _floor(surface: SurfaceSpec, context: Context) -> mj.Floor:
    beneath = below(surface, context) or mj.OUTDOORS
    facts = context.facts
    return mj.Floor(
        id=surface.id,
        room=surface.room,
        adjacent_to=beneath,
        area_sqft=surface.area_sqft.required(),
        u_factor=(facts.floor_over_outdoors if beneath == mj.OUTDOORS else facts.floor_over_space).u,
    )


def _slab(surface: SurfaceSpec, context: Context) -> mj.Slab:
    deep = surface.kind == "basement_floor" or level_index(surface, context) == 0
    length = surface.length_ft
    r_value = 0.0 if deep else context.facts.slab_r
    return mj.Slab(
        id=surface.id,
        room=surface.room,
        space=LIVING_BASEMENT if deep and _has_buried(context) else None,
        area_sqft=surface.area_sqft.required(),
        exposed_perimeter_ft=exposed_ft(surface.room, context) if length is None else length,
        thickness_in=house_number("slab_thickness_in"),
        perimeter_r=r_value,
        perimeter_depth_ft=house_number("slab_insulation_depth_ft") if r_value > 0 else 0.0,
    )


def _has_buried(context: Context) -> bool:
    return any(_is_buried(s) and (s.area_sqft.value or 0.0) > 0 for s in context.surfaces.values())


def exposed_ft(room: str, context: Context) -> float:
    """Length of a room's walls toward outdoors or earth [ft]."""
    return sum(
        s.length_ft or 0.0
        for s in context.surfaces.values()
        if s.room == room and s.kind in ("wall", "basement_wall") and s.adjacent in ("outdoors", "ground")
    )


def _basement_wall(surface: SurfaceSpec, context: Context) -> mj.FoundationWall:
    """A wall of a heated basement; without a drawn depth it is buried but for the usual foot."""
    room = context.rooms[surface.room]
    height = surface.height_ft or room.ceiling_height_ft.required()
    reveal = house_number("basement_height_ft") - house_number("basement_buried_ft")
    depth = surface.depth_below_grade_ft or max(height - reveal, 0.0)
    return mj.FoundationWall(
        id=surface.id,
        room=surface.room,
        space=LIVING_BASEMENT,
        azimuth_deg=context.azimuth_deg(room=surface.room, facing_page_deg=surface.facing_page_deg),
        gross_sqft=surface.area_sqft.required(),
        height_ft=height,
        depth_below_grade_ft=min(depth, height),
        length_ft=surface.length_ft,
        layers=_layers(context.facts.basement_wall_r, height_ft=height),
    )


def _layers(r_value: float, *, height_ft: float) -> tuple[mj.InsulationLayer, ...]:
    return (mj.InsulationLayer(r_value=r_value, bottom_ft=height_ft),) if r_value > 0 else ()


def _living_basement(walls: tuple[mj.FoundationWall, ...]) -> tuple[mj.Space, ...]:
    return (mj.Basement(id=LIVING_BASEMENT, conditioned=True),) if walls else ()


def _space_under(
    context: Context, *, floors: tuple[mj.Floor, ...]
) -> tuple[tuple[mj.FoundationWall, ...], tuple[mj.Slab, ...], tuple[mj.Space, ...]]:
    """Crawlspace or unheated basement below the floors that stand over one: its walls, its ground, itself."""
    parts = [_one_space(context, space=space, floors=floors) for space in (CRAWLSPACE, BASEMENT)]
    made = [part for part in parts if part is not None]
    return tuple(m[0] for m in made), tuple(m[1] for m in made), tuple(m[2] for m in made)


def _one_space(
    context: Context, *, space: str, floors: tuple[mj.Floor, ...]
) -> tuple[mj.FoundationWall, mj.Slab, mj.Space] | None:
    """One space of usual height under its floors, with the outside perimeter of the rooms above."""
    above = [floor for floor in floors if floor.adjacent_to == space]
    if not above:
        return None
    area = sum(floor.area_sqft for floor in above)
    # A floor without outside walls cannot close a space: at least a square of its area.
    perimeter = sum(exposed_ft(room, context) for room in {floor.room for floor in above}) or 4 * area**0.5
    height = house_number(f"{space}_height_ft")
    wall = mj.FoundationWall(
        id=f"{space}-walls",
        space=space,
        gross_sqft=perimeter * height,
        height_ft=height,
        depth_below_grade_ft=house_number(f"{space}_buried_ft"),
        length_ft=perimeter,
        layers=_layers(_space_wall_r(context), height_ft=height),
    )
    slab = mj.Slab(
        id=f"{space}-ground",
        space=space,
        area_sqft=area,
        exposed_perimeter_ft=perimeter,
        dirt=space == CRAWLSPACE,
    )
    return wall, slab, _space(context, space=space, area_sqft=area, volume_cuft=area * height)


def _space_wall_r(context: Context) -> float:
    """Walls of an unheated space are insulated when stated, or when the crawlspace is sealed."""
    fact = context.building.facts["basement_wall_r"]
    stated = fact.source in ("read", "given")
    return context.facts.basement_wall_r if stated or context.facts.foundation == "sealed_crawlspace" else 0.0


def _space(context: Context, *, space: str, area_sqft: float, volume_cuft: float) -> mj.Space:
    if space == BASEMENT:
        return mj.Basement(id=BASEMENT, floor_area_sqft=area_sqft, volume_cuft=volume_cuft)
    vented = context.facts.foundation != "sealed_crawlspace"
    return mj.Crawlspace(
        id=CRAWLSPACE, ventilation="vented" if vented else "unvented", volume_cuft=volume_cuft
    )


def _attic(context: Context) -> tuple[mj.Space, ...]:
    """One attic under one roof plane, when a ceiling or a wall faces it or the ducts run in it."""
    area = sum(part.gross_sqft for part in ceilings_of(context) if part.adjacent_to == ATTIC)
    knee_walls = any(s.adjacent == "attic" and s.kind == "wall" for s in context.surfaces.values())
    if not (area or knee_walls) and context.facts.duct_location != "attic":
        return ()
    footprint = area or sum(room.area_sqft.required() for room in context.rooms.values())
    insulated_roof = context.facts.roof_kind == "unvented_attic"
    plane = mj.RoofPlane(
        id="attic-roof-plane",
        area_sqft=footprint * house_number("roof_to_ceiling_area"),
        u_factor=(context.facts.cathedral if insulated_roof else roof_deck()).u,
        colour=context.facts.roof_colour,
    )
    ventilation: Literal["vented", "unvented"] = "unvented" if insulated_roof else "vented"
    return (mj.Attic(id=ATTIC, ventilation=ventilation, encapsulated=insulated_roof, roof_planes=(plane,)),)


def _garage(context: Context, *, floors: tuple[mj.Floor, ...]) -> tuple[mj.Space, ...]:
    """The garage when a surface faces it or ducts run in it; its share under rooms from the floors above."""
    wanted = any(s.adjacent == "garage" for s in context.surfaces.values())
    if not wanted and context.facts.duct_location != "garage":
        return ()
    areas = [r.area_sqft.value or 0.0 for r in context.building.rooms if r.type == "garage"]
    under = sum(floor.area_sqft for floor in floors if floor.adjacent_to == GARAGE)
    whole = sum(areas)
    share = min(under / whole, 1.0) if whole > 0 else None
    return (mj.Garage(id=GARAGE, under_rooms_share=share),)
