"""Air temperatures of the spaces beside the rooms (§2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from calculations.manualj.design import Conditions, air_density_lb_cuft
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.ground import (
    above_grade_sqft,
    above_grade_u,
    below_grade_sqft,
    below_grade_u,
    is_buried,
)
from calculations.manualj.house import (
    GROUND,
    OTHER_UNIT,
    OUTDOORS,
    Attic,
    Basement,
    Ceiling,
    Crawlspace,
    Door,
    FixedSpace,
    FoundationWall,
    Garage,
    House,
    RoofPlane,
    SharedSpace,
    Slab,
    Space,
    Wall,
    Window,
)
from calculations.manualj.lookup import number, numbers
from calculations.manualj.opaque import REFERENCE_OUTDOOR_F, colour_class, mean_u

Season = Literal["heating", "cooling"]
DEFAULT_HEIGHT_FT = 8.0
CRAWLSPACE_HEIGHT_FT = 3.0
ATTIC_MEAN_HEIGHT_FT = 4.0
MINUTES = 60.0


@dataclass(frozen=True)
class SpaceAir:
    """Design air temperatures of a space [°F]."""

    heating_f: float
    cooling_f: float


@dataclass
class Conductances:
    """UA to outdoors, rooms and ground of a space [Btu/h·°F] (§2.4)."""

    outdoors: float = 0.0
    rooms: float = 0.0
    ground: float = 0.0


@dataclass(frozen=True)
class Surroundings:
    """The house seen from its spaces: net areas and temperatures, found once."""

    house: House
    cond: Conditions
    net_sqft: dict[str, float]
    air: dict[str, SpaceAir] = field(default_factory=dict)

    def of(self, space_id: str) -> SpaceAir:
        """Temperatures on the other side of a surface."""
        if space_id not in self.air:
            self.air[space_id] = self._find(space_id)
        return self.air[space_id]

    def _find(self, space_id: str) -> SpaceAir:
        design = self.cond.design
        if space_id == OUTDOORS:
            return SpaceAir(design.heating_db_f, design.cooling_db_f)
        if space_id == OTHER_UNIT:
            return SpaceAir(design.indoor_heating_f, design.indoor_cooling_f)
        space = space_of(self.house, space_id)
        return space_air(space, around=self)


def space_of(house: House, space_id: str) -> Space:
    """The space with this id. Raises InvalidHouse."""
    for space in house.spaces:
        if space.id == space_id:
            return space
    raise InvalidHouse("adjacent_to", space_id, "outdoors, other_unit or the id of a space")


def side_of_wall(house: House, wall_id: str | None) -> str:
    """What an opening in this wall looks at."""
    if wall_id is None:
        return OUTDOORS
    walls: tuple[Wall | FoundationWall, ...] = (*house.walls, *house.foundation_walls)
    for wall in walls:
        if wall.id == wall_id:
            return OUTDOORS if wall.adjacent_to == GROUND else wall.adjacent_to
    return OUTDOORS


def side_of(opening: Door | Window, *, house: House) -> str:
    """What a door or window looks at: a door may say so itself."""
    if isinstance(opening, Door) and opening.adjacent_to is not None:
        return opening.adjacent_to
    return side_of_wall(house, opening.wall)


def space_air(space: Space, *, around: Surroundings) -> SpaceAir:
    """Both design temperatures of a space, by its kind."""
    design = around.cond.design
    if isinstance(space, FixedSpace):
        return SpaceAir(space.heating_f, space.cooling_f)
    if isinstance(space, SharedSpace):
        return _shared_air(space, around=around)
    if isinstance(space, Attic):
        return _attic_air(space, around=around)
    if isinstance(space, Garage):
        return _garage_air(space, around=around)
    if isinstance(space, Basement) and space.conditioned:
        return SpaceAir(design.indoor_heating_f, design.indoor_cooling_f)
    return balance_air(space, around=around)


def _shared_air(space: SharedSpace, *, around: Surroundings) -> SpaceAir:
    """Multifamily neighbours (§2.3); the lower limits apply in both seasons."""
    design = around.cond.design
    if space.kind == "other_unit":
        return SpaceAir(design.indoor_heating_f, design.indoor_cooling_f)
    floor_f = number("opaque", "shared", "rows", space.kind)
    if space.kind == "non_freezing":
        return SpaceAir(max(design.heating_db_f, floor_f), max(design.cooling_db_f, floor_f))
    return SpaceAir(
        max((design.indoor_heating_f + design.heating_db_f) / 2.0, floor_f),
        max((design.indoor_cooling_f + design.cooling_db_f) / 2.0, floor_f),
    )


# --- attic ---


def _attic_air(attic: Attic, *, around: Surroundings) -> SpaceAir:
    """Figure A12-14; outdoors in winter; encapsulated attics on their own (§2.1)."""
    if is_encapsulated(attic, around=around):
        return _encapsulated_air(attic, around=around)
    design, cond = around.cond.design, around.cond
    base = attic_base_f(attic, net_sqft=around.net_sqft)
    return SpaceAir(
        design.heating_db_f, base + cond.table_outdoor_f - REFERENCE_OUTDOOR_F + cond.range_adjust_f
    )


def attic_base_f(attic: Attic, *, net_sqft: dict[str, float]) -> float:
    """Area-weighted attic temperature of the roof planes at 95 °F outdoors. Source: Figure A12-14."""
    planes = attic.roof_planes
    if not planes:
        raise InvalidHouse(f"spaces.{attic.id}.roof_planes", (), "at least one roof plane")
    temperatures = [(roof_base_f(p, vented=attic.ventilation == "vented"), net_sqft[p.id]) for p in planes]
    return mean_u(temperatures)


def roof_base_f(plane: RoofPlane, *, vented: bool) -> float:
    """Attic temperature under one roof plane at 95 °F outdoors. Source: Figure A12-14."""
    if not vented:
        row = numbers("opaque", "attic", "unvented")
    else:
        row = numbers("opaque", "attic", "vented", colour_class(plane.colour), plane.material)
    return row[1 if plane.radiant_barrier else 0]


def is_encapsulated(attic: Attic, *, around: Surroundings) -> bool:
    """As said, else whether the roof is better insulated than the ceilings under it (§2.1)."""
    if attic.encapsulated is not None:
        return attic.encapsulated
    ceilings = [
        (1.0 / c.u_factor, around.net_sqft[c.id]) for c in around.house.ceilings if c.adjacent_to == attic.id
    ]
    roofs = [(1.0 / p.u_factor, around.net_sqft[p.id]) for p in attic.roof_planes]
    return bool(ceilings and roofs) and mean_u(roofs) > mean_u(ceilings)


def _encapsulated_air(attic: Attic, *, around: Surroundings) -> SpaceAir:
    """95 °F in summer by the book, or the balance of OpenStudio-HPXML; winter by the heat balance."""
    design, cond = around.cond.design, around.cond
    if attic.ventilation == "vented" and cond.as_openstudio:
        return SpaceAir(design.heating_db_f, design.cooling_db_f + 40.0)
    balance = balance_air(attic, around=around)
    if not cond.as_openstudio:
        return SpaceAir(balance.heating_f, number("opaque", "attic", "encapsulated"))
    ua = conductances(attic, around=around, season="cooling")
    share = ua.rooms / (ua.rooms + ua.outdoors)
    return SpaceAir(balance.heating_f, design.indoor_cooling_f + 50.0 - 45.0 * share)


# --- garage ---


def garage_share(garage: Garage, *, around: Surroundings) -> float:
    """Share of the garage's top that lies under rooms; one half when not known (Table 4C)."""
    if garage.under_rooms_share is not None:
        return garage.under_rooms_share
    under = garage.under_rooms_sqft
    if under is None:
        under = sum(f.area_sqft for f in around.house.floors if f.adjacent_to == garage.id)
    if garage.roof_sqft is None or under + garage.roof_sqft <= 0:
        return number("opaque", "garage", "default_share")
    return under / (under + garage.roof_sqft)


def _garage_air(garage: Garage, *, around: Surroundings) -> SpaceAir:
    """Table 4C; below grade by the heat balance (§2.2, §2.4)."""
    if garage.below_grade or any(
        w.space == garage.id and is_buried(w) for w in around.house.foundation_walls
    ):
        return balance_air(garage, around=around)
    design = around.cond.design
    share = garage_share(garage, around=around)
    under, open_ = numbers("opaque", "garage", "cooling", design.daily_range)
    return SpaceAir(
        design.heating_db_f + number("opaque", "garage", "heating") * share,
        design.cooling_db_f + under * share + open_ * (1.0 - share),
    )


# --- heat balance ---

Balanced = Attic | Garage | Crawlspace | Basement


def balance_air(space: Balanced, *, around: Surroundings) -> SpaceAir:
    """T = (UAo To + UAc Ti + UAg Tg)/(UAo + UAc + UAg), each season (§2.4)."""
    design = around.cond.design
    return SpaceAir(
        _balance_f(
            conductances(space, around=around, season="heating"),
            outdoor_f=design.heating_db_f,
            indoor_f=design.indoor_heating_f,
            ground_f=ground_f(around.cond, season="heating"),
        ),
        _balance_f(
            conductances(space, around=around, season="cooling"),
            outdoor_f=design.cooling_db_f,
            indoor_f=design.indoor_cooling_f,
            ground_f=ground_f(around.cond, season="cooling"),
        ),
    )


def _balance_f(ua: Conductances, *, outdoor_f: float, indoor_f: float, ground_f: float) -> float:
    total = ua.outdoors + ua.rooms + ua.ground
    if total <= 0:
        return outdoor_f
    return (ua.outdoors * outdoor_f + ua.rooms * indoor_f + ua.ground * ground_f) / total


def annual_mean_f(cond: Conditions) -> float:
    """Mean outdoor temperature: as given, else midway between the design temperatures [°F]."""
    design = cond.design
    if design.annual_mean_db_f is not None:
        return design.annual_mean_db_f
    return (design.heating_db_f + design.cooling_db_f) / 2.0


def ground_f(cond: Conditions, *, season: Season) -> float:
    """Shallow ground temperature of the season, else the annual mean [°F]."""
    design = cond.design
    given = design.ground_heating_f if season == "heating" else design.ground_cooling_f
    return given if given is not None else annual_mean_f(cond)


def conductances(space: Balanced, *, around: Surroundings, season: Season) -> Conductances:
    """Everything that joins the space to outdoors, rooms and ground (§2.4)."""
    ua = Conductances(rooms=_ua_rooms(space.id, around=around))
    ua.outdoors += sum(part.u_factor * part.area_sqft for part in space.shell)
    if isinstance(space, Attic):
        ua.outdoors += sum(p.u_factor * around.net_sqft[p.id] for p in space.roof_planes)
    for wall in exposed_walls_of_space(around.house, space.id):
        ua.outdoors += above_grade_u(wall) * above_grade_sqft(wall)
        if is_buried(wall):
            ua.ground += below_grade_u(wall, soil_k=None) * below_grade_sqft(wall)
    ua.ground += sum(_ua_slab(slab) for slab in around.house.slabs if slab.space == space.id)
    if isinstance(space, Crawlspace):  # its soil follows the outdoor air
        ua.outdoors, ua.ground = ua.outdoors + ua.ground, 0.0
    ua.outdoors += _ua_air(space, around=around)
    return ua


def walls_of_space(house: House, space_id: str | None) -> list[FoundationWall]:
    """All foundation walls of a space, those to other spaces too; they give its depth and sides."""
    return [w for w in house.foundation_walls if w.space == space_id]


def exposed_walls_of_space(house: House, space_id: str | None) -> list[FoundationWall]:
    """Foundation walls of a space that face the ground and outdoors."""
    return [w for w in walls_of_space(house, space_id) if w.adjacent_to == GROUND]


def _ua_rooms(space_id: str, *, around: Surroundings) -> float:
    house, net = around.house, around.net_sqft
    parts: tuple[Wall | Ceiling, ...] = (*house.walls, *house.ceilings)
    surfaces = [(s.u_factor, net[s.id]) for s in parts if s.adjacent_to == space_id]
    surfaces += [(f.u_factor, f.area_sqft) for f in house.floors if f.adjacent_to == space_id]
    openings: tuple[Door | Window, ...] = (*house.doors, *house.windows)
    surfaces += [(o.u_factor, o.area_sqft) for o in openings if side_of(o, house=house) == space_id]
    surfaces += [
        (above_grade_u(w), above_grade_sqft(w))
        for w in house.foundation_walls
        if w.adjacent_to == space_id and w.room is not None
    ]
    return sum(u * area for u, area in surfaces)


def _ua_slab(slab: Slab) -> float:
    """Floor of an unconditioned space: dirt, or concrete with the under-slab insulation over its band."""
    if slab.dirt or slab.thickness_in == 0:
        return number("ground", "balance", "dirt_u") * slab.area_sqft
    concrete = slab.thickness_in / number("ground", "slab", "concrete_k")
    band = min(slab.under_slab_width_ft * slab.exposed_perimeter_ft, slab.area_sqft)
    band = slab.area_sqft if slab.under_slab_whole else band
    return band / (concrete + slab.under_slab_r) + (slab.area_sqft - band) / concrete


def _ua_air(space: Balanced, *, around: Surroundings) -> float:
    """Air exchange with outdoors [Btu/h·°F]."""
    ach = number("ground", "balance", "unvented_ach")
    if isinstance(space, Crawlspace) and space.ventilation == "vented":
        given = space.vented_ach
        ach = number("ground", "balance", "vented_ach") if given is None else given
    cfm = ach * space_volume_cuft(space, house=around.house) / MINUTES
    density = air_density_lb_cuft(
        temperature_f=annual_mean_f(around.cond), elevation_ft=around.cond.design.elevation_ft
    )
    return cfm * MINUTES * density * number("ground", "balance", "cp_btu_lb_f")


def space_volume_cuft(space: Balanced, *, house: House) -> float:
    """As given, else floor area × height of its walls [ft³]."""
    if space.volume_cuft is not None:
        return space.volume_cuft
    if isinstance(space, Attic):
        return ATTIC_MEAN_HEIGHT_FT * sum(c.gross_sqft for c in house.ceilings if c.adjacent_to == space.id)
    area = sum(s.area_sqft for s in house.slabs if s.space == space.id)
    heights = [w.height_ft for w in walls_of_space(house, space.id)]
    plain = CRAWLSPACE_HEIGHT_FT if isinstance(space, Crawlspace) else DEFAULT_HEIGHT_FT
    return area * (max(heights) if heights else plain)


# --- for floors over spaces (§5.3) ---


def exposed_walls_u(space: Crawlspace | Basement, *, house: House) -> float:
    """Uw: mean U of the space's exposed walls, buried parts without soil (§5.3)."""
    parts = [(part.u_factor, part.area_sqft) for part in space.shell if part.kind == "wall"]
    for wall in exposed_walls_of_space(house, space.id):
        parts.append((above_grade_u(wall), above_grade_sqft(wall)))
        if is_buried(wall):
            parts.append((below_grade_u(wall, soil_k=None), below_grade_sqft(wall)))
    if not parts:
        raise InvalidHouse(
            f"spaces.{space.id}", "no walls", "foundation walls or shell walls around the space"
        )
    return mean_u(parts)


def is_vented(space: Crawlspace | Basement) -> bool:
    """Vented or leaky, against sealed (§5.3)."""
    return space.leaky if isinstance(space, Basement) else space.ventilation == "vented"
