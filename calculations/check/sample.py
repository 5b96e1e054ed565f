"""A made-up house with every kind of part, for measuring and for bad-input runs; 15 rooms on two storeys."""

from __future__ import annotations

from itertools import cycle
from typing import Final

from calculations.manualj.house import (
    Attic,
    Basement,
    Ceiling,
    Crawlspace,
    Design,
    Door,
    DuctTable,
    FixedSpace,
    Floor,
    FoundationWall,
    Garage,
    House,
    Infiltration,
    InsectScreen,
    InsulationLayer,
    InteriorShade,
    Overhang,
    Roof,
    RoofPlane,
    Room,
    ShellWall,
    Skylight,
    Slab,
    Space,
    VentilationRatings,
    VentilationUnit,
    Wall,
    Window,
    Zone,
)

ROOMS: Final = 15
SIDES: Final = (0.0, 90.0, 180.0, 270.0)
DESIGN: Final = Design(
    heating_db_f=5.0,
    cooling_db_f=91.0,
    grains_difference=38.0,
    daily_range="medium",
    latitude=42.0,
    elevation_ft=820.0,
    source="made up",
)
VENT: Final = ShellWall(id="vent", area_sqft=4.0, u_factor=0.5)
SPACES: Final[tuple[Space, ...]] = (
    Attic(id="attic", roof_planes=(RoofPlane(id="plane", area_sqft=2200.0, colour="dark"),)),
    Garage(id="garage", roof_sqft=200.0, under_rooms_sqft=220.0),
    Crawlspace(id="crawl", shell=(VENT,)),  # noqa: S604 - the shell of a space, no command
    Basement(id="cellar", conditioned=True, floor_area_sqft=600.0),
    FixedSpace(id="porch", heating_f=40.0, cooling_f=88.0),
)


def sample_house(rooms: int = ROOMS) -> House:
    """The house; every room has a wall with a window, and a ceiling, a floor or a slab."""
    names = [f"room{i}" for i in range(rooms)]
    walls, windows = _walls(names)
    return House(
        id="sample",
        design=DESIGN,
        bedrooms=4,
        storeys_above_grade=2.0,
        zones=(Zone(id="up"), Zone(id="down")),
        rooms=tuple(
            Room(id=name, area_sqft=160.0, zone="up" if i % 2 else "down") for i, name in enumerate(names)
        ),
        spaces=SPACES,
        walls=walls,
        windows=windows,
        skylights=(_skylight(names[0]),),
        doors=(
            Door(id="front", room=names[0], wall="wall0", area_sqft=21.0, u_factor=0.3),
            Door(id="to_garage", room=names[1], wall="partition", area_sqft=18.0, u_factor=0.35),
        ),
        ceilings=tuple(_ceiling(name) for name in names[: rooms // 2 + 1]),
        roofs=(Roof(id="cathedral", room=names[-1], gross_sqft=180.0, u_factor=0.04),),
        floors=_floors(names),
        slabs=_slabs(names),
        foundation_walls=_foundation(names),
        infiltration=Infiltration(leakiness="average"),
        ventilation=_ventilation(),
        ducts=(
            DuctTable(code="7B-T", lookup_area_sqft=2000.0, r_value=8.0, outside_fraction=0.5),
            DuctTable(location="crawlspace", lookup_area_sqft=800.0, outside_fraction=0.2, zone="down"),
        ),
        blower_heat_btuh=1707.0,
    )


def _walls(names: list[str]) -> tuple[tuple[Wall, ...], tuple[Window, ...]]:
    walls, windows = [], []
    for i, (name, azimuth) in enumerate(zip(names, cycle(SIDES), strict=False)):
        walls.append(
            Wall(id=f"wall{i}", room=name, azimuth_deg=azimuth, gross_sqft=120.0, u_factor=0.06 + 0.002 * i)
        )
        windows.append(_window(i, room=name, azimuth=azimuth))
    beside = Wall(id="partition", room=names[1], adjacent_to="garage", gross_sqft=100.0, u_factor=0.08)
    rim = Wall(
        id="rim",
        room=names[2],
        azimuth_deg=0.0,
        gross_sqft=30.0,
        u_factor=0.05,
        rim_joist=True,
        colour="dark",
    )
    return (*walls, beside, rim), tuple(windows)


def _window(i: int, *, room: str, azimuth: float) -> Window:
    """Screens, shades and overhangs in turn."""
    shades = (
        InteriorShade(kind="blinds", blinds="half_open"),
        InteriorShade(kind="curtains", colour="light", coverage=0.5),
        None,
    )
    return Window(
        id=f"window{i}",
        room=room,
        wall=f"wall{i}",
        azimuth_deg=azimuth,
        area_sqft=16.0,
        u_factor=0.32,
        shgc=0.4,
        interior_shade=shades[i % 3],
        insect_screen=InsectScreen(location="outside") if i % 4 == 1 else None,
        overhang=Overhang(depth_ft=1.5, to_top_ft=1.0, to_bottom_ft=5.0) if i % 2 else None,
    )


def _skylight(room: str) -> Skylight:
    return Skylight(
        id="skylight",
        room=room,
        area_sqft=8.0,
        u_factor=0.55,
        shgc=0.4,
        azimuth_deg=180.0,
        pitch_in_per_ft=6.0,
        curb_sqft=4.0,
        curb_u_factor=0.3,
        shaft_sqft=24.0,
        shaft_u_factor=0.07,
        ceiling=f"ceiling_{room}",
    )


def _ceiling(room: str) -> Ceiling:
    return Ceiling(id=f"ceiling_{room}", room=room, adjacent_to="attic", gross_sqft=160.0, u_factor=0.025)


def _floors(names: list[str]) -> tuple[Floor, ...]:
    sides = {"crawl": names[3], "garage": names[4], "outdoors": names[5], "porch": names[6]}
    return tuple(
        Floor(id=f"floor_{side}", room=room, adjacent_to=side, area_sqft=110.0, u_factor=0.05)
        for side, room in sides.items()
    )


def _slabs(names: list[str]) -> tuple[Slab, ...]:
    return (
        Slab(
            id="slab",
            room=names[0],
            area_sqft=600.0,
            exposed_perimeter_ft=70.0,
            perimeter_r=10.0,
            perimeter_depth_ft=2.0,
        ),
        Slab(id="deep", room=names[2], space="cellar", area_sqft=600.0, exposed_perimeter_ft=100.0),
        Slab(id="earth", space="crawl", area_sqft=400.0, exposed_perimeter_ft=80.0, dirt=True),
    )


def _foundation(names: list[str]) -> tuple[FoundationWall, ...]:
    return (
        FoundationWall(
            id="cellar_wall",
            room=names[2],
            space="cellar",
            azimuth_deg=90.0,
            gross_sqft=800.0,
            height_ft=8.0,
            depth_below_grade_ft=6.0,
            layers=(InsulationLayer(r_value=10.0, bottom_ft=8.0),),
        ),
        FoundationWall(
            id="crawl_wall", space="crawl", gross_sqft=240.0, height_ft=3.0, depth_below_grade_ft=1.0
        ),
    )


def _ventilation() -> tuple[VentilationUnit, ...]:
    rated = VentilationRatings(sensible_recovery=0.7, total_recovery=0.5, fan_watts=60.0)
    return (
        VentilationUnit(id="erv", kind="erv", rated_cfm=70.0, ratings=rated),
        VentilationUnit(id="bath", kind="exhaust", rated_cfm=50.0, hours_per_day=8.0),
    )
