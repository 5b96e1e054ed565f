"""Doors, walls, floors over spaces, ceilings and roofs above grade (§5)."""

from __future__ import annotations

from collections.abc import Iterable

from calculations.manualj.design import Conditions
from calculations.manualj.house import (
    Ceiling,
    Colour,
    Door,
    Floor,
    Roof,
    RoofMaterial,
    Wall,
    WallConstruction,
)
from calculations.manualj.lookup import has, limits, number, source, text
from calculations.manualj.pieces import Piece, conduction

FILE = "opaque"
REFERENCE_OUTDOOR_F = 95.0
SMALL_CTD_F = 10.0
SMALL_CTD_OFFSET_F = 20.0


def wall_group(construction: WallConstruction, *, u_factor: float) -> str:
    """Group letter of Table 4A from the construction and U; in the book a numbered construction has it."""
    if has(FILE, "group_upper", "rows", construction):
        rows = limits(FILE, "group_upper", "rows", construction)
        return str(next(name for name, limit in rows if limit is None or u_factor <= limit))
    rows = limits(FILE, "group_lower", "rows", construction)
    return str(next(name for name, limit in rows if limit is not None and u_factor >= limit))


def colour_multiplier(*, colour: Colour, absorptance: float | None = None) -> float:
    """Table 4B by solar absorptance: light to .50, medium to .75, else dark."""
    value = number(FILE, "absorptance", "rows", colour) if absorptance is None else absorptance
    for name in ("light", "medium"):
        if value <= number(FILE, "wall_colour", "absorptance_limits", name):
            return number(FILE, "wall_colour", "rows", name)
    return number(FILE, "wall_colour", "rows", "dark")


def wall_cltd_f(group: str, *, colour_factor: float, cond: Conditions) -> float:
    """Cooling load temperature difference of a wall. Source: Figures A12-8, A12-12 and A12-18."""
    ashrae = text(FILE, "wall_group_map", "rows", group)
    base = number(FILE, "wall_cltd", "rows", ashrae) * colour_factor
    if cond.ctd_f >= SMALL_CTD_F:
        return base + cond.table_outdoor_f - REFERENCE_OUTDOOR_F + cond.range_adjust_f
    return max(base + cond.ctd_f - SMALL_CTD_OFFSET_F - cond.range_adjust_f, 0.0)


def wall_piece(wall: Wall, *, net_sqft: float, cond: Conditions) -> Piece:
    """Exposed wall or rim joist: U × HTD, U × CLTD (§5.2)."""
    group = wall.group or wall_group(wall.construction, u_factor=wall.u_factor)
    factor = colour_multiplier(colour=wall.colour, absorptance=wall.absorptance)
    return conduction(
        "walls",
        surface=wall.id,
        room=wall.room,
        u_factor=wall.u_factor,
        area=net_sqft,
        heating_delta_f=cond.htd_f,
        cooling_delta_f=wall_cltd_f(group, colour_factor=factor, cond=cond),
        source=f"{source(FILE, 'wall_cltd')} (group {group})",
    )


def door_piece(door: Door, *, cond: Conditions) -> Piece:
    """Exposed door: U × HTD, U × (CTD + 15, 11 or 6 by daily range) (§5.1)."""
    added = number(FILE, "door", "rows", cond.design.daily_range)
    return conduction(
        "doors",
        surface=door.id,
        room=door.room,
        u_factor=door.u_factor,
        area=door.area_sqft,
        heating_delta_f=cond.htd_f,
        cooling_delta_f=cond.table_ctd_f + added,
        source=source(FILE, "door"),
    )


def outdoor_below_delta_f(cond: Conditions) -> float:
    """Summer difference of a floor or ceiling that faces outdoor air without sun (§5.3, §5.4)."""
    return cond.table_ctd_f + number(FILE, "floor", "outdoor_cooling_offset_f") + cond.range_adjust_f


def ceiling_to_outdoors_piece(ceiling: Ceiling, *, net_sqft: float, cond: Conditions) -> Piece:
    """A ceiling straight to outdoor air (§5.4)."""
    return conduction(
        "ceilings",
        surface=ceiling.id,
        room=ceiling.room,
        u_factor=ceiling.u_factor,
        area=net_sqft,
        heating_delta_f=cond.htd_f,
        cooling_delta_f=outdoor_below_delta_f(cond),
        source=source(FILE, "floor"),
    )


def radiant_added_f(radiant: bool) -> float:
    """25 °F more across a floor with heat in it (§5.3, §7)."""
    return number(FILE, "floor", "radiant_added_f") if radiant else 0.0


def floor_to_outdoors_piece(floor: Floor, *, cond: Conditions) -> Piece:
    """A floor open below (§5.3)."""
    return conduction(
        "floors",
        surface=floor.id,
        room=floor.room,
        u_factor=floor.u_factor,
        area=floor.area_sqft,
        heating_delta_f=cond.htd_f + radiant_added_f(floor.radiant),
        cooling_delta_f=outdoor_below_delta_f(cond),
        source=source(FILE, "floor"),
    )


def floor_over_space_delta_f(delta_f: float, *, floor_u: float, walls_u: float, vented: bool) -> float:
    """Difference across a floor over a crawlspace or unheated basement. Source: Figures A12-6, A12-17."""
    factor = number(FILE, "floor", "factor")
    if vented:
        return delta_f / (1.0 + factor * floor_u / (walls_u + number(FILE, "floor", "air_u")))
    return delta_f * walls_u / (factor * floor_u + walls_u)


def floor_over_space_piece(floor: Floor, *, walls_u: float, vented: bool, cond: Conditions) -> Piece:
    """A floor over a crawlspace or unheated basement (§5.3)."""
    heating, cooling = (
        floor_over_space_delta_f(delta, floor_u=floor.u_factor, walls_u=walls_u, vented=vented)
        for delta in (cond.htd_f + radiant_added_f(floor.radiant), cond.table_ctd_f)
    )
    return conduction(
        "floors",
        surface=floor.id,
        room=floor.room,
        u_factor=floor.u_factor,
        area=floor.area_sqft,
        heating_delta_f=heating,
        cooling_delta_f=cooling,
        source=source(FILE, "floor"),
    )


def colour_class(colour: Colour) -> str:
    """Roof tables know dark, lighter and white."""
    if colour in ("dark", "medium_dark"):
        return "dark"
    return "white" if colour == "white" else "lighter"


def roof_cltd_f(*, r_value: float, material: RoofMaterial, colour: Colour, cond: Conditions) -> float:
    """Cooling load temperature difference of a roof-ceiling. Source: Figure A12-16."""
    rows = limits(FILE, "roof_cltd", "rows")
    base = next(cltd for limit, cltd in rows if limit is None or r_value <= float(limit))
    factor = number(FILE, "roof_colour", "rows", colour_class(colour), material)
    shift = cond.table_outdoor_f - REFERENCE_OUTDOOR_F + cond.range_adjust_f
    return float(base or 0.0) * factor + shift


def roof_piece(roof: Roof, *, net_sqft: float, cond: Conditions) -> Piece:
    """A roof-ceiling over a room (§5.5)."""
    cltd = roof_cltd_f(r_value=1.0 / roof.u_factor, material=roof.material, colour=roof.colour, cond=cond)
    return conduction(
        "roofs",
        surface=roof.id,
        room=roof.room,
        u_factor=roof.u_factor,
        area=net_sqft,
        heating_delta_f=cond.htd_f,
        cooling_delta_f=cltd,
        source=source(FILE, "roof_cltd"),
    )


def mean_u(parts: Iterable[tuple[float, float]]) -> float:
    """Area-weighted U of (U, area) pairs; 0 of none."""
    pairs = list(parts)
    area = sum(a for _, a in pairs)
    return sum(u * a for u, a in pairs) / area if area > 0 else 0.0
