"""Walls, glass, doors, ceilings and floors of a completed building as the load method takes them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from blueprints.plan.building import Building, OpeningSpec, RoomSpec, SurfaceSpec
from calculations.assembly.values import HouseFacts
from calculations.defaults.tables import house_number
from calculations.manualj import house as mj

ATTIC, GARAGE, CRAWLSPACE, BASEMENT = "attic", "garage", "crawlspace", "basement"
SPACE_OF = {
    "outdoors": mj.OUTDOORS,
    "other_unit": mj.OTHER_UNIT,
    "attic": ATTIC,
    "garage": GARAGE,
    "crawlspace": CRAWLSPACE,
    "unconditioned_basement": BASEMENT,
}
WORST_GLASS_DEG = 270.0
COVERAGE = {"blinds": 1.0, "shades": 0.5, "curtains": 0.5}
SCREEN_COVERAGE = {"half": 0.5, "full": 1.0}


@dataclass(frozen=True)
class Context:
    """What the conversion of a part needs to know of the whole."""

    building: Building
    facts: HouseFacts
    rooms: dict[str, RoomSpec]
    surfaces: dict[str, SurfaceSpec]
    north_deg: dict[str, float]
    openings_by_surface: dict[str, list[OpeningSpec]] = field(default_factory=lambda: defaultdict(list))

    def azimuth_deg(self, *, room: str, facing_page_deg: float | None) -> float | None:
        """Compass direction of something that faces `facing_page_deg` on the page of its room."""
        if facing_page_deg is None:
            return None
        return (facing_page_deg - self.north_deg[self.rooms[room].level]) % 360.0


def context_of(building: Building, *, facts: HouseFacts) -> Context:
    """The context of a completed building whose north is known on all levels with rooms."""
    rooms = {r.id: r for r in building.rooms if r.conditioned and (r.area_sqft.value or 0.0) > 0}
    used = {room.level for room in rooms.values()}
    context = Context(
        building=building,
        facts=facts,
        rooms=rooms,
        surfaces={s.id: s for s in building.surfaces if s.room in rooms},
        north_deg={v.name: v.north_deg.required() for v in building.levels if v.name in used},
    )
    for opening in building.openings:
        if opening.surface is not None:
            context.openings_by_surface[opening.surface].append(opening)
    return context


def opening_sqft(opening: OpeningSpec) -> float:
    """Area of an opening [ft²]; zero when a side is not known."""
    return (opening.width_ft.value or 0.0) * (opening.height_ft.value or 0.0)


def is_wall(surface: SurfaceSpec) -> bool:
    """True for walls above grade that face something other than this house's own rooms or the ground."""
    return surface.kind == "wall" and surface.adjacent in SPACE_OF


def walls(context: Context) -> tuple[mj.Wall, ...]:
    """Walls to outdoors and partitions; a wall is never smaller than what is in it."""
    return tuple(
        _wall(s, context) for s in context.surfaces.values() if is_wall(s) and _gross(s, context) > 0
    )


def _gross(surface: SurfaceSpec, context: Context) -> float:
    inside = sum(opening_sqft(opening) for opening in context.openings_by_surface.get(surface.id, []))
    return max(surface.area_sqft.value or 0.0, inside)


def _wall(surface: SurfaceSpec, context: Context) -> mj.Wall:
    outside = surface.adjacent == "outdoors"
    assembly = context.facts.wall if outside else context.facts.partition
    fields = {
        "id": surface.id,
        "room": surface.room,
        "adjacent_to": SPACE_OF[surface.adjacent],
        "azimuth_deg": context.azimuth_deg(room=surface.room, facing_page_deg=surface.facing_page_deg),
        "gross_sqft": _gross(surface, context),
        "u_factor": assembly.u,
        "construction": assembly.engine_construction,
    }
    return mj.Wall.model_validate(fields)


def _enclosing(context: Context, *kinds: str) -> list[OpeningSpec]:
    """Openings of these kinds with an area, in the envelope of a conditioned room."""
    return [
        opening
        for opening in context.building.openings
        if opening.kind in kinds
        and opening.room in context.rooms
        and opening_sqft(opening) > 0
        and (opening.exterior or _beyond(opening, context) is not None)
    ]


def _beyond(opening: OpeningSpec, context: Context) -> str | None:
    """What the opening's wall faces, as the engine names it."""
    surface = context.surfaces.get(opening.surface or "")
    return None if surface is None or not is_wall(surface) else SPACE_OF[surface.adjacent]


def _wall_id(opening: OpeningSpec, context: Context) -> str | None:
    return None if _beyond(opening, context) is None else opening.surface


def windows(context: Context) -> tuple[mj.Window, ...]:
    """Windows and glass doors to outdoors."""
    found = _enclosing(context, "window", "glass_door")
    return tuple(_window(o, context) for o in found if _beyond(o, context) in (None, mj.OUTDOORS))


def facing_page_deg(opening: OpeningSpec, context: Context) -> float | None:
    """Direction on the page: the opening's own, else its wall's."""
    if opening.facing_page_deg is not None:
        return opening.facing_page_deg
    surface = context.surfaces.get(opening.surface or "")
    return None if surface is None else surface.facing_page_deg


def _window(opening: OpeningSpec, context: Context) -> mj.Window:
    room = str(opening.room)
    azimuth = context.azimuth_deg(room=room, facing_page_deg=facing_page_deg(opening, context))
    kind: Literal["window", "glass_door"] = "glass_door" if opening.kind == "glass_door" else "window"
    return mj.Window(
        id=opening.id,
        room=room,
        wall=_wall_id(opening, context),
        kind=kind,
        azimuth_deg=WORST_GLASS_DEG if azimuth is None else azimuth,
        area_sqft=opening_sqft(opening),
        u_factor=opening.u_factor.required(),
        shgc=opening.shgc.required(),
        interior_shade=_shade(context.facts),
        insect_screen=_screen(context.facts),
        overhang=_overhang(opening, context),
    )


def _shade(facts: HouseFacts) -> mj.InteriorShade:
    """'none' or '<colour>_<kind>': blinds half open, shades and curtains half drawn."""
    colour, _, kind = facts.window_shade.partition("_")
    if facts.window_shade == "none":
        return mj.InteriorShade(kind="none")
    values = {"kind": kind, "colour": colour, "coverage": COVERAGE.get(kind, 1.0), "blinds": "half_open"}
    return mj.InteriorShade.model_validate(values)


def _screen(facts: HouseFacts) -> mj.InsectScreen | None:
    if facts.insect_screens == "none":
        return None
    return mj.InsectScreen(location="outside", coverage=SCREEN_COVERAGE[facts.insect_screens])


def _overhang(opening: OpeningSpec, context: Context) -> mj.Overhang | None:
    """The eave over the top storey; heads line up with the doors, storeys above push the eave up."""
    if context.facts.overhang_ft <= 0:
        return None
    room = context.rooms[str(opening.room)]
    soffit = room.ceiling_height_ft.required() + _storeys_above_ft(room, context)
    to_top = max(soffit - house_number("head_height_ft"), 0.0)
    bottom = to_top + opening.height_ft.required()
    return mj.Overhang(depth_ft=context.facts.overhang_ft, to_top_ft=to_top, to_bottom_ft=bottom)


def _storeys_above_ft(room: RoomSpec, context: Context) -> float:
    index = {level.name: level.index for level in context.building.levels}
    here = index.get(room.level, 1)
    heights: dict[int, float] = {}
    for other in context.rooms.values():
        storey = index.get(other.level, 1)
        if storey > here:
            heights[storey] = max(heights.get(storey, 0.0), other.ceiling_height_ft.required())
    return sum(height + house_number("soffit_to_next_floor_ft") for height in heights.values())


def doors(context: Context) -> tuple[mj.Door, ...]:
    """Opaque doors to outdoors or to a space beside the rooms."""
    return tuple(
        mj.Door(
            id=opening.id,
            room=str(opening.room),
            wall=_wall_id(opening, context),
            adjacent_to=_beyond(opening, context) or mj.OUTDOORS,
            area_sqft=opening_sqft(opening),
            u_factor=opening.u_factor.required(),
        )
        for opening in _enclosing(context, "door")
    )


def skylights(context: Context) -> tuple[mj.Skylight, ...]:
    """Skylights, taken as flat: the plan shows neither roof pitch nor shaft."""
    tops = {part.room: part.id for part in ceilings(context)}
    roofs_by_room = {part.room: part.id for part in roofs(context)}
    return tuple(
        mj.Skylight(
            id=opening.id,
            room=str(opening.room),
            area_sqft=opening_sqft(opening),
            u_factor=opening.u_factor.required(),
            shgc=opening.shgc.required(),
            azimuth_deg=0.0,
            pitch_in_per_ft=0.0,
            ceiling=tops.get(str(opening.room)),
            roof=roofs_by_room.get(str(opening.room)),
        )
        for opening in _enclosing(context, "skylight")
    )


def _tops(context: Context) -> list[SurfaceSpec]:
    kinds = ("ceiling", "roof")
    return [s for s in context.surfaces.values() if s.kind in kinds and (s.area_sqft.value or 0.0) > 0]


def _is_roof(surface: SurfaceSpec, facts: HouseFacts) -> bool:
    """A top without an attic over it."""
    open_above = surface.adjacent == "outdoors" or surface.kind == "roof"
    return open_above or (surface.adjacent == "attic" and facts.roof_kind == "cathedral")


def ceilings(context: Context) -> tuple[mj.Ceiling, ...]:
    """Ceilings under an attic or another space."""
    return tuple(
        mj.Ceiling(
            id=surface.id,
            room=surface.room,
            adjacent_to=SPACE_OF[surface.adjacent],
            gross_sqft=surface.area_sqft.required(),
            u_factor=context.facts.attic_ceiling.u,
        )
        for surface in _tops(context)
        if surface.adjacent in SPACE_OF and not _is_roof(surface, context.facts)
    )


def roofs(context: Context) -> tuple[mj.Roof, ...]:
    """Roof-ceilings of rooms without attic."""
    return tuple(
        mj.Roof(
            id=surface.id,
            room=surface.room,
            gross_sqft=surface.area_sqft.required(),
            u_factor=context.facts.cathedral.u,
            colour=context.facts.roof_colour,
        )
        for surface in _tops(context)
        if _is_roof(surface, context.facts)
    )
