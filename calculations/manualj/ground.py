"""Slabs, basement floors, and foundation walls above and below grade (§6, §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import ceil, log, pi, sqrt

from calculations.manualj.design import Conditions
from calculations.manualj.fenestration import octant
from calculations.manualj.house import (
    FoundationMaterial,
    FoundationWall,
    Slab,
    SoilKind,
    WallConstruction,
)
from calculations.manualj.lookup import interpolate, number, numbers, source, words
from calculations.manualj.opaque import colour_multiplier, radiant_added_f, wall_cltd_f, wall_group
from calculations.manualj.pieces import Piece, conduction

FILE = "ground"
THIN_CONCRETE_IN = 6.0
PRINTED_R = (0.0, 5.0, 10.0, 15.0)


def below_grade_from_ft() -> float:
    """Buried less than 2 ft counts as above grade (§6)."""
    return number(FILE, "storage", "below_grade_from_ft")


# --- walls ---


def is_buried(wall: FoundationWall) -> bool:
    """Whether the wall has a below-grade part of its own."""
    return wall.depth_below_grade_ft >= below_grade_from_ft()


def wall_length_ft(wall: FoundationWall) -> float:
    """Length along the ground."""
    return wall.length_ft if wall.length_ft else wall.gross_sqft / wall.height_ft


def buried_share(wall: FoundationWall) -> float:
    """Share of the wall's area that counts as below grade."""
    return min(wall.depth_below_grade_ft / wall.height_ft, 1.0) if is_buried(wall) else 0.0


def above_grade_sqft(wall: FoundationWall) -> float:
    """Gross area that counts as above grade."""
    return wall.gross_sqft * (1.0 - buried_share(wall))


def below_grade_sqft(wall: FoundationWall) -> float:
    """Area that counts as below grade."""
    return wall.gross_sqft * buried_share(wall)


def strips_ft(start: float, end: float) -> list[tuple[float, float]]:
    """1-ft strips from `start` to `end`, the last one as high as is left."""
    count = ceil(round(end - start, 9))
    return [(start + i, min(start + i + 1.0, end)) for i in range(count)]


def _layers_r(wall: FoundationWall, *, top: float, bottom: float) -> float:
    """R of the insulation layers by the share of the strip they cover."""
    return sum(
        layer.r_value * max(min(bottom, layer.bottom_ft) - max(top, layer.top_ft), 0.0) / (bottom - top)
        for layer in wall.layers
    )


def _strip_r(wall: FoundationWall, *, top: float, bottom: float) -> float:
    """Inside film, wall and insulation of a strip; no outside film."""
    if wall.assembly_r is not None:
        return max(wall.assembly_r - number(FILE, "films", "outside"), 1e-6)
    material = wall.thickness_in / number(FILE, "wall_material", "rows", wall.material)
    return material + number(FILE, "films", "inside") + _layers_r(wall, top=top, bottom=bottom)


def above_grade_u(wall: FoundationWall) -> float:
    """Mean U of the strips above grade, both films in (§6)."""
    if wall.assembly_r is not None:
        return 1.0 / wall.assembly_r
    end = wall.height_ft if not is_buried(wall) else wall.height_ft - wall.depth_below_grade_ft
    outside = number(FILE, "films", "outside")
    strips = strips_ft(0.0, end) or [(0.0, 1.0)]
    return sum((b - t) / (_strip_r(wall, top=t, bottom=b) + outside) for t, b in strips) / sum(
        b - t for t, b in strips
    )


def below_grade_u(wall: FoundationWall, *, soil_k: float | None) -> float:
    """Mean U of the buried strips (A12-4, construction 15); `soil_k=None`: the wall without soil (§7.2)."""
    depth = min(wall.depth_below_grade_ft, wall.height_ft)
    grade = wall.height_ft - depth
    total = 0.0
    for top, bottom in strips_ft(0.0, depth):
        r_value = _strip_r(wall, top=grade + top, bottom=grade + bottom)
        soil = 0.0 if soil_k is None else pi * (top + bottom) / 2.0 / (2.0 * soil_k)
        total += (bottom - top) / (r_value + soil)
    return total / depth * (1.0 if soil_k is None else number(FILE, "storage", "factor"))


def foundation_construction(wall: FoundationWall) -> WallConstruction:
    """Which foundation group of Table 4A the material belongs to."""
    concrete: WallConstruction = (
        "foundation_concrete_thin" if wall.thickness_in < THIN_CONCRETE_IN else "foundation_concrete_thick"
    )
    kinds: dict[FoundationMaterial, WallConstruction] = {
        "concrete": concrete,
        "double_brick": "foundation_concrete_thick",
        "block_open": "foundation_block_hollow",
        "block_foam": "foundation_block_hollow",
        "block_perlite": "foundation_block_hollow",
        "block_vermiculite": "foundation_block_hollow",
        "block_filled": "foundation_block_filled",
        "wood": "foundation_wood",
    }
    return kinds[wall.material]


def foundation_above_piece(wall: FoundationWall, *, room: str, net_sqft: float, cond: Conditions) -> Piece:
    """The part above grade as a wall of medium colour (§6)."""
    u_above = above_grade_u(wall)
    group = wall_group(foundation_construction(wall), u_factor=u_above)
    cltd = wall_cltd_f(group, colour_factor=colour_multiplier(colour="medium"), cond=cond)
    return conduction(
        "walls",
        surface=wall.id,
        room=room,
        u_factor=u_above,
        area=net_sqft,
        heating_delta_f=cond.htd_f,
        cooling_delta_f=cltd,
        source=f"{source('opaque', 'wall_cltd')} (group {group})",
    )


def foundation_below_piece(wall: FoundationWall, *, room: str, cond: Conditions) -> Piece:
    """The part below grade by its path through the soil (§7.2)."""
    return conduction(
        "walls",
        surface=wall.id,
        room=room,
        u_factor=below_grade_u(wall, soil_k=cond.soil_k),
        area=below_grade_sqft(wall),
        heating_delta_f=cond.htd_f,
        cooling_delta_f=0.0,
        source="Manual J 8th ed., Figure A12-4 (construction 15)",
    )


def mean_depth_ft(walls: Iterable[FoundationWall]) -> float:
    """Length-weighted buried depth; 0 of none."""
    pairs = [(wall_length_ft(w), w.depth_below_grade_ft) for w in walls]
    length = sum(run for run, _ in pairs)
    return sum(run * depth for run, depth in pairs) / length if length > 0 else 0.0


def shortest_side_ft(walls: Sequence[FoundationWall]) -> float:
    """Smallest total wall length among the orientations; else a quarter of the length (§7.3)."""
    by_side: dict[str, float] = {}
    for wall in walls:
        if wall.azimuth_deg is not None:
            side = octant(wall.azimuth_deg)
            by_side[side] = by_side.get(side, 0.0) + wall_length_ft(wall)
    return min(by_side.values()) if by_side else sum(wall_length_ft(w) for w in walls) / 4.0


# --- floors on the ground ---


def slab_f(slab: Slab, *, soil_k: float) -> float:
    """F of a slab edge [Btu/h·ft·°F]: heat along arcs through the soil (A12-8, construction 22)."""
    radii = numbers(FILE, "slab", "radii_ft")
    return sum(sum(_arc_u(slab, radius=r, soil_k=soil_k) for r in range(int(p) + 1)) for p in radii) / len(
        radii
    )


def _arc_u(slab: Slab, *, radius: int, soil_k: float) -> float:
    """Conductance of the path that leaves the slab `radius` ft from its edge."""
    soil = max(pi * radius - number(FILE, "slab", "edge_offset_ft"), 0.0) / soil_k
    r_value = soil + number(FILE, "films", "slab")
    if radius == 0:
        edge = slab.perimeter_r if slab.perimeter_depth_ft > 0 else 0.0
        return 1.0 / (r_value + edge)
    gravel_in = max(number(FILE, "slab", "gravel_in") - slab.thickness_in, 0.0)
    r_value += slab.thickness_in / number(FILE, "slab", "concrete_k")
    r_value += number(FILE, "slab", "gravel_r_per_in") * gravel_in
    if slab.under_slab_whole or radius <= slab.under_slab_width_ft:
        r_value += slab.under_slab_r
    if radius <= slab.perimeter_depth_ft:
        r_value += slab.perimeter_r
    far = sqrt(slab.exterior_horizontal_depth_ft**2 + slab.exterior_horizontal_width_ft**2)
    if slab.exterior_horizontal_depth_ft <= radius <= far:
        r_value += slab.exterior_horizontal_r
    return 1.0 / r_value


@cache
def _printed_over_computed(layout: str, *, soil: SoilKind) -> tuple[float, ...]:
    """Table 5A by our own F, for insulation of R-0, 5, 10 and 15 in one layout."""
    column = words(FILE, "slab_published", "soil").index(soil)
    soil_k = number(FILE, "soil", "rows", soil)
    printed = [
        numbers(FILE, "slab_published", "rows", f"{layout}_R{r:.0f}" if r else "bare")[column]
        for r in PRINTED_R
    ]
    computed = [slab_f(_printed_slab(layout, r_value=r), soil_k=soil_k) for r in PRINTED_R]
    return tuple(p / c for p, c in zip(printed, computed, strict=True))


def _printed_slab(layout: str, *, r_value: float) -> Slab:
    """A construction of Table 5A."""
    edge_ft = {"vertical_3ft": 3.0, "horizontal_4ft": 0.0, "edge_4ft": 0.5}[layout]
    under_ft = {"vertical_3ft": 0.0, "horizontal_4ft": 4.0, "edge_4ft": 4.0}[layout]
    return Slab(
        id=layout,
        room=layout,
        area_sqft=1.0,
        exposed_perimeter_ft=1.0,
        perimeter_r=r_value,
        perimeter_depth_ft=edge_ft,
        under_slab_r=r_value,
        under_slab_width_ft=under_ft,
    )


def published_slab_f(slab: Slab, *, soil: SoilKind) -> float:
    """F as Table 5A prints it for its constructions; between and beside them our F at the same proportion.

    Printed constructions: bare; R-5, 10, 15 vertical 3 ft, horizontal 4 ft, or edge and 4 ft.
    """
    edge = slab.perimeter_r if slab.perimeter_depth_ft > 0 else 0.0
    under = slab.under_slab_r if slab.under_slab_width_ft > 0 or slab.under_slab_whole else 0.0
    layout = "edge_4ft" if edge and under else "horizontal_4ft" if under else "vertical_3ft"
    r_value = min(edge, under) if edge and under else max(edge, under)
    ratios = _printed_over_computed(layout, soil=soil)
    computed = slab_f(slab, soil_k=number(FILE, "soil", "rows", soil))
    return computed * interpolate(PRINTED_R, ratios, min(r_value, PRINTED_R[-1]))


def basement_floor_u(*, depth_ft: float, width_ft: float, soil_k: float, insulated: bool) -> float:
    """U of a floor below grade through the soil (A12-7, construction 21)."""
    offset = number(FILE, "storage", "soil_offset") * soil_k / pi
    near = depth_ft / 2.0 + offset
    u_factor = 2.0 * soil_k / (pi * width_ft) * (log(width_ft / 2.0 + near) - log(near))
    u_factor *= number(FILE, "storage", "factor")
    return u_factor * (number(FILE, "storage", "insulated_floor") if insulated else 1.0)


def published_basement_floor_u(*, width_ft: float, soil: SoilKind, insulated: bool) -> float:
    """U as construction 21 prints it, at the nearest printed width and always 8 ft below grade (Table 4A).

    Printed for heavy moist soil; other soils, and widths past the table, by our U at the same proportion.
    """
    widths = numbers(FILE, "basement_floor_published", "width_ft")
    nearest = min(widths, key=lambda width: abs(width - width_ft))
    row = numbers(FILE, "basement_floor_published", "rows", "insulated" if insulated else "bare")
    printed = row[widths.index(nearest)]
    inside = widths[0] <= width_ft <= widths[-1]

    def computed(kind: SoilKind, width: float) -> float:
        depth, soil_k = number(FILE, "storage", "basement_depth_ft"), number(FILE, "soil", "rows", kind)
        return basement_floor_u(depth_ft=depth, width_ft=width, soil_k=soil_k, insulated=insulated)

    wanted = computed(soil, nearest if inside else width_ft)
    return printed * (wanted / computed("heavy_moist", nearest))


def slab_depth_ft(slab: Slab, walls: Iterable[FoundationWall]) -> float:
    """Depth of the floor below grade: as given, else the mean of the surrounding walls."""
    if slab.depth_below_grade_ft is not None:
        return slab.depth_below_grade_ft
    return mean_depth_ft(walls)


def slab_piece(
    slab: Slab, *, room: str, walls: Sequence[FoundationWall], soil: SoilKind, cond: Conditions
) -> Piece:
    """Loss of a floor on the ground, by its edge or, 2 ft and more below grade, by its area (§7.1, §7.3)."""
    delta = cond.htd_f + radiant_added_f(slab.radiant)
    depth = slab_depth_ft(slab, walls)
    if depth < below_grade_from_ft():
        if cond.as_openstudio:
            factor = slab_f(slab, soil_k=cond.soil_k)
        else:
            factor = published_slab_f(slab, soil=soil)
        area, origin = slab.exposed_perimeter_ft, "Manual J 8th ed., Table 5A (construction 22)"
    else:
        width = slab.shortest_side_ft or shortest_side_ft(walls) or sqrt(slab.area_sqft)
        insulated = is_insulated(slab)
        if cond.as_openstudio:
            factor = basement_floor_u(depth_ft=depth, width_ft=width, soil_k=cond.soil_k, insulated=insulated)
        else:
            factor = published_basement_floor_u(width_ft=width, soil=soil, insulated=insulated)
        area, origin = slab.area_sqft, "Manual J 8th ed., Figure A12-7 (construction 21)"
    return conduction(
        "slabs",
        surface=slab.id,
        room=room,
        u_factor=factor,
        area=area,
        heating_delta_f=delta,
        cooling_delta_f=0.0,
        source=origin,
    )


def is_insulated(slab: Slab) -> bool:
    """Whether the slab has any insulation."""
    edge = slab.perimeter_r > 0 and slab.perimeter_depth_ft > 0
    under = slab.under_slab_r > 0 and (slab.under_slab_width_ft > 0 or slab.under_slab_whole)
    outside = slab.exterior_horizontal_r > 0 and slab.exterior_horizontal_width_ft > 0
    return edge or under or outside
