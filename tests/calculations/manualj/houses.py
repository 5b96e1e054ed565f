"""Houses for the engine's tests: a hand-made one, and random ones."""

from __future__ import annotations

from hypothesis import strategies as st

from calculations.manualj.house import (
    Attic,
    Ceiling,
    Crawlspace,
    Design,
    Door,
    DuctTable,
    Floor,
    FoundationWall,
    Garage,
    House,
    Infiltration,
    InteriorShade,
    Overhang,
    RoofPlane,
    Room,
    Skylight,
    Slab,
    VentilationUnit,
    Wall,
    Window,
)

DESIGN = Design(
    heating_db_f=15.0,
    cooling_db_f=93.0,
    grains_difference=40.0,
    daily_range="medium",
    latitude=36.0,
    elevation_ft=1260.0,
    source="test",
)
SIDES = (0.0, 90.0, 180.0, 270.0)


def house(
    *,
    design: Design = DESIGN,
    wall_u: float = 0.08,
    ceiling_u: float = 0.03,
    window_u: float = 0.5,
    shgc: float = 0.5,
    window_sqft: float = 40.0,
    scale: float = 1.0,
    ducts: tuple[DuctTable, ...] = (DuctTable(code="7C-R", lookup_area_sqft=1600, r_value=8),),
) -> House:
    """Two rooms under a vented attic, over slab and crawlspace, with a garage at one side."""
    rooms = (
        Room(id="west", name="Living", area_sqft=800 * scale),
        Room(id="east", name="Bedroom", area_sqft=800 * scale),
    )
    walls, windows = [], []
    for i, azimuth in enumerate(SIDES):
        room = "west" if i % 2 else "east"
        walls.append(
            Wall(id=f"w{i}", room=room, azimuth_deg=azimuth, gross_sqft=320 * scale, u_factor=wall_u)
        )
        windows.append(
            Window(
                id=f"g{i}",
                room=room,
                wall=f"w{i}",
                azimuth_deg=azimuth,
                area_sqft=window_sqft * scale,
                u_factor=window_u,
                shgc=shgc,
                glass_type="2P Clear",
                interior_shade=InteriorShade(kind="blinds", blinds="half_open"),
                overhang=Overhang(depth_ft=1.5, to_top_ft=1.0, to_bottom_ft=5.5),
            )
        )
    walls.append(Wall(id="p", room="east", adjacent_to="garage", gross_sqft=160 * scale, u_factor=wall_u))
    return House(
        design=design,
        rooms=rooms,
        spaces=(
            Attic(id="attic", roof_planes=(RoofPlane(id="r", area_sqft=1800 * scale),)),
            Garage(id="garage"),
            Crawlspace(id="crawl", ventilation="unvented"),
        ),
        walls=tuple(walls),
        windows=tuple(windows),
        skylights=(
            Skylight(
                id="sky",
                room="west",
                area_sqft=8 * scale,
                u_factor=0.6,
                shgc=0.5,
                azimuth_deg=180,
                pitch_in_per_ft=6,
                ceiling="c0",
            ),
        ),
        doors=(
            Door(id="d0", room="west", wall="w1", area_sqft=21 * scale, u_factor=0.35),
            Door(id="d1", room="east", wall="p", area_sqft=21 * scale, u_factor=0.35),
        ),
        ceilings=(
            Ceiling(id="c0", room="west", adjacent_to="attic", gross_sqft=800 * scale, u_factor=ceiling_u),
            Ceiling(id="c1", room="east", adjacent_to="attic", gross_sqft=800 * scale, u_factor=ceiling_u),
        ),
        floors=(Floor(id="f", room="east", adjacent_to="crawl", area_sqft=800 * scale, u_factor=0.1),),
        slabs=(Slab(id="s", room="west", area_sqft=800 * scale, exposed_perimeter_ft=80 * scale),),
        foundation_walls=(
            FoundationWall(
                id="k",
                space="crawl",
                gross_sqft=240 * scale,
                height_ft=3,
                depth_below_grade_ft=2,
            ),
        ),
        infiltration=Infiltration(heating_cfm=100 * scale, cooling_cfm=50 * scale),
        ventilation=(VentilationUnit(id="fan", kind="balanced", rated_cfm=60 * scale),),
        blower_heat_btuh=1707 * scale,
        ducts=ducts,
    )


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """Design conditions of this world."""
    return Design(
        heating_db_f=draw(st.floats(-30, 60)),
        cooling_db_f=draw(st.floats(80, 115)),
        grains_difference=draw(st.floats(0, 70)),
        daily_range=draw(st.sampled_from(["low", "medium", "high"])),
        latitude=draw(st.floats(20, 60)),
        elevation_ft=draw(st.floats(0, 7000)),
    )


@st.composite
def houses(draw: st.DrawFn) -> House:
    """The hand-made house with other conditions, insulation and glass."""
    return house(
        design=draw(designs()),
        wall_u=draw(st.floats(0.03, 0.3)),
        ceiling_u=draw(st.floats(0.02, 0.2)),
        window_u=draw(st.floats(0.2, 1.2)),
        shgc=draw(st.floats(0.1, 0.8)),
        window_sqft=draw(st.floats(1, 100)),
        scale=draw(st.floats(0.5, 3)),
    )
