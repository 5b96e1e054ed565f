"""All surfaces of a house to their loads: which rule each one takes (§3 to §7)."""

from __future__ import annotations

from dataclasses import replace

from calculations.manualj.adjacent import (
    Surroundings,
    exposed_walls_u,
    is_vented,
    side_of,
    space_of,
    walls_of_space,
)
from calculations.manualj.fenestration import UNKNOWN_SHADE, glass_of, skylight_piece, window_piece
from calculations.manualj.ground import (
    above_grade_sqft,
    above_grade_u,
    foundation_above_piece,
    foundation_below_piece,
    is_buried,
    slab_piece,
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
    Floor,
    FoundationWall,
    House,
    Roof,
    Slab,
    Wall,
    Window,
)
from calculations.manualj.opaque import (
    ceiling_to_outdoors_piece,
    door_piece,
    floor_over_space_piece,
    floor_to_outdoors_piece,
    radiant_added_f,
    roof_piece,
    wall_piece,
)
from calculations.manualj.pieces import HOURS, Component, Piece, conduction

PARTITION = "Manual J 8th ed., partition: U × temperature difference to the space"


def openings_sqft(house: House) -> dict[str, float]:
    """Area of windows, doors and skylights by the surface they pierce."""
    areas: dict[str, float] = {}
    parts: tuple[Window | Door, ...] = (*house.windows, *house.doors)
    for part in parts:
        if part.wall is not None:
            areas[part.wall] = areas.get(part.wall, 0.0) + part.area_sqft
    for skylight in house.skylights:
        for surface in {skylight.roof, skylight.ceiling} - {None}:
            areas[str(surface)] = areas.get(str(surface), 0.0) + skylight.area_sqft
    return areas


def gross_sqft(house: House) -> dict[str, float]:
    """Gross area of every surface that can be pierced."""
    parts: tuple[Wall | Ceiling | Roof | FoundationWall, ...] = (
        *house.walls,
        *house.ceilings,
        *house.roofs,
        *house.foundation_walls,
    )
    areas = {part.id: part.gross_sqft for part in parts}
    for space in house.spaces:
        if isinstance(space, Attic):
            areas.update({plane.id: plane.area_sqft for plane in space.roof_planes})
    return areas


def net_sqft(house: House) -> dict[str, float]:
    """Gross less openings (§0)."""
    openings = openings_sqft(house)
    return {key: area - openings.get(key, 0.0) for key, area in gross_sqft(house).items()}


def glass_pieces(house: House, *, around: Surroundings) -> list[Piece]:
    """Windows and skylights: what turns with the house."""
    pieces = [_window(window, house=house, around=around) for window in house.windows]
    pieces += [skylight_piece(skylight, cond=around.cond) for skylight in house.skylights]
    return _with_load(pieces)


def opaque_pieces(house: House, *, around: Surroundings) -> list[Piece]:
    """Every other surface that counts; none of their rules asks for a direction of the sun."""
    cond, net = around.cond, around.net_sqft
    pieces = [_door(door, house=house, around=around) for door in house.doors]
    for wall in house.walls:
        if wall.adjacent_to == OUTDOORS:
            pieces.append(wall_piece(wall, net_sqft=net[wall.id], cond=cond))
        else:
            pieces.append(
                _partition(
                    "walls",
                    surface=wall.id,
                    room=wall.room,
                    u_factor=wall.u_factor,
                    area=net[wall.id],
                    space=wall.adjacent_to,
                    around=around,
                )
            )
    pieces += [_ceiling(ceiling, around=around) for ceiling in house.ceilings]
    pieces += [roof_piece(roof, net_sqft=net[roof.id], cond=cond) for roof in house.roofs]
    pieces += [_floor(floor, around=around) for floor in house.floors]
    for buried in house.foundation_walls:
        pieces += _foundation(buried, around=around)
    pieces += [_slab(slab, room=slab.room, around=around) for slab in house.slabs if slab.room is not None]
    return _with_load(pieces)


def _with_load(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.heating_btuh or piece.cooling_btuh or piece.hourly_btuh]


def _partition(
    component: Component,
    *,
    surface: str,
    room: str,
    u_factor: float,
    area: float,
    space: str,
    around: Surroundings,
    radiant: bool = False,
) -> Piece:
    """U × difference to the space, each season (§5)."""
    air, design = around.of(space), around.cond.design
    return conduction(
        component,
        surface=surface,
        room=room,
        u_factor=u_factor,
        area=area,
        heating_delta_f=design.indoor_heating_f - air.heating_f + radiant_added_f(radiant),
        cooling_delta_f=air.cooling_f - design.indoor_cooling_f,
        source=PARTITION,
    )


def _window(window: Window, *, house: House, around: Surroundings) -> Piece:
    """Glass to outdoors has sun; glass to another space only conducts."""
    side = side_of(window, house=house)
    if side == OUTDOORS:
        return window_piece(window, cond=around.cond)
    glass = glass_of(window, cond=around.cond, default=UNKNOWN_SHADE)
    piece = _partition(
        "windows",
        surface=window.id,
        room=window.room,
        u_factor=glass.u_factor,
        area=window.area_sqft,
        space=side,
        around=around,
    )
    return replace(piece, hourly_btuh=(piece.cooling_btuh,) * len(HOURS))


def _door(door: Door, *, house: House, around: Surroundings) -> Piece:
    side = side_of(door, house=house)
    if side == OUTDOORS:
        return door_piece(door, cond=around.cond)
    return _partition(
        "doors",
        surface=door.id,
        room=door.room,
        u_factor=door.u_factor,
        area=door.area_sqft,
        space=side,
        around=around,
    )


def _ceiling(ceiling: Ceiling, *, around: Surroundings) -> Piece:
    area = around.net_sqft[ceiling.id]
    if ceiling.adjacent_to == OUTDOORS:
        return ceiling_to_outdoors_piece(ceiling, net_sqft=area, cond=around.cond)
    return _partition(
        "ceilings",
        surface=ceiling.id,
        room=ceiling.room,
        u_factor=ceiling.u_factor,
        area=area,
        space=ceiling.adjacent_to,
        around=around,
    )


def _floor(floor: Floor, *, around: Surroundings) -> Piece:
    """Open below, over a crawlspace or basement by its walls, over others by temperature (§5.3)."""
    if floor.adjacent_to == OUTDOORS:
        return floor_to_outdoors_piece(floor, cond=around.cond)
    heated_below = floor.adjacent_to == OTHER_UNIT
    if not heated_below:
        space = space_of(around.house, floor.adjacent_to)
        heated_below = isinstance(space, Basement) and space.conditioned
        if isinstance(space, (Crawlspace, Basement)) and not heated_below:
            walls_u = exposed_walls_u(space, house=around.house)
            return floor_over_space_piece(floor, walls_u=walls_u, vented=is_vented(space), cond=around.cond)
    return _partition(
        "floors",
        surface=floor.id,
        room=floor.room,
        u_factor=floor.u_factor,
        area=floor.area_sqft,
        space=floor.adjacent_to,
        around=around,
        radiant=floor.radiant and not heated_below,
    )


def _foundation(wall: FoundationWall, *, around: Surroundings) -> list[Piece]:
    """Above grade to outdoors or to the space beside it; below grade always through the soil (§6, §7.2)."""
    if wall.room is None or wall.adjacent_to == OTHER_UNIT:
        return []
    net = above_grade_sqft(wall) - (wall.gross_sqft - around.net_sqft[wall.id])
    if wall.adjacent_to in (GROUND, OUTDOORS):
        pieces = [foundation_above_piece(wall, room=wall.room, net_sqft=net, cond=around.cond)]
    else:
        pieces = [
            _partition(
                "walls",
                surface=wall.id,
                room=wall.room,
                u_factor=above_grade_u(wall),
                area=net,
                space=wall.adjacent_to,
                around=around,
            )
        ]
    if is_buried(wall):
        pieces.append(foundation_below_piece(wall, room=wall.room, cond=around.cond))
    return pieces


def _slab(slab: Slab, *, room: str, around: Surroundings) -> Piece:
    house = around.house
    if slab.space is not None:
        walls = walls_of_space(house, slab.space)
    else:
        walls = [w for w in house.foundation_walls if w.room == room]
    return slab_piece(slab, room=room, walls=walls, soil=house.soil, cond=around.cond)
