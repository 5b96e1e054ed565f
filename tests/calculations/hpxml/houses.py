"""A small house with every kind of part, made by hand."""

from __future__ import annotations

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
    SharedSpace,
    ShellWall,
    Skylight,
    Slab,
    VentilationRatings,
    VentilationUnit,
    Wall,
    Window,
    Zone,
)


def design() -> Design:
    return Design(
        heating_db_f=-5.0,
        cooling_db_f=89.0,
        grains_difference=40.0,
        daily_range="medium",
        latitude=41.0,
        elevation_ft=863.0,
        source="Cedar Rapids",
    )


def full_house() -> House:
    return House(
        id="9 Elm Street",
        name="Elm",
        design=design(),
        soil="heavy_dry_or_light_moist",
        bedrooms=4,
        floor_area_sqft=2000.0,
        zones=(Zone(id="z1", name="Upstairs"),),
        rooms=(
            Room(id="1st bed", name="Bedroom", area_sqft=700.0, zone="z1", occupants=2.0),
            Room(id="den", name="", area_sqft=700.0),
            Room(id="cellar", area_sqft=600.0, zone="z1", appliances_sensible_btuh=900.0),
        ),
        spaces=(
            Attic(  # noqa: S604 - shell is the envelope of the attic
                id="loft",
                roof_planes=(RoofPlane(id="r1", area_sqft=900.0, u_factor=0.43, colour="medium_light"),),
                shell=(ShellWall(id="gable", area_sqft=60.0, u_factor=0.31),),
            ),
            Garage(id="garage", roof_sqft=200.0, under_rooms_sqft=150.0),
            Crawlspace(id="crawl", ventilation="unvented"),
            Basement(id="base", conditioned=True, floor_area_sqft=600.0),
            SharedSpace(id="corridor", kind="buffer"),
            FixedSpace(id="kennel", heating_f=40.0, cooling_f=95.0),
        ),
        walls=(
            Wall(id="w1", room="1st bed", azimuth_deg=12.5, gross_sqft=200.0, u_factor=0.0571),
            Wall(id="rim", room="den", gross_sqft=30.0, u_factor=0.09, rim_joist=True, colour="white"),
            Wall(id="w2", room="den", adjacent_to="garage", gross_sqft=120.0, u_factor=0.11, group="D"),
            Wall(id="w3", room="den", adjacent_to="kennel", gross_sqft=80.0, u_factor=0.1, absorptance=0.4),
        ),
        windows=(
            Window(
                id="win 1",
                room="1st bed",
                wall="w1",
                kind="glass_door",
                azimuth_deg=12.5,
                area_sqft=20.0,
                u_factor=0.3,
                shgc=0.3,
                glass_type="2P Low-e Option 2",
                interior_shade=InteriorShade(kind="blinds", blinds="half_open"),
                insect_screen=InsectScreen(location="outside", coverage=0.4),
                overhang=Overhang(depth_ft=2.0, to_top_ft=1.0, to_bottom_ft=6.0),
                storm="low_e",
            ),
            Window(id="win2", room="den", azimuth_deg=180.0, area_sqft=9.0, u_factor=0.5, shgc=0.0, isc=0.7),
            Window(
                id="win3",
                room="den",
                azimuth_deg=90.0,
                area_sqft=9.0,
                u_factor=0.5,
                shgc=0.4,
                sun_screen=True,
            ),
        ),
        skylights=(
            Skylight(
                id="sky",
                room="den",
                area_sqft=8.0,
                u_factor=0.6,
                shgc=0.4,
                azimuth_deg=45.0,
                pitch_in_per_ft=7.0,
                curb_sqft=4.0,
                curb_u_factor=0.15,
                ceiling="c1",
                dome=True,
            ),
        ),
        doors=(
            Door(id="d1", room="den", wall="w2", area_sqft=21.0, u_factor=0.35),
            Door(id="d2", room="den", adjacent_to="corridor", area_sqft=21.0, u_factor=0.35),
        ),
        ceilings=(Ceiling(id="c1", room="den", adjacent_to="loft", gross_sqft=700.0, u_factor=0.03),),
        roofs=(
            Roof(
                id="roof", room="1st bed", gross_sqft=300.0, u_factor=0.04, material="metal", colour="light"
            ),
        ),
        floors=(
            Floor(
                id="f1", room="1st bed", adjacent_to="garage", area_sqft=150.0, u_factor=0.05, radiant=True
            ),
            Floor(id="f2", room="den", adjacent_to="crawl", area_sqft=200.0, u_factor=0.06),
        ),
        slabs=(
            Slab(id="s1", room="cellar", space="base", area_sqft=600.0, exposed_perimeter_ft=60.0),
            Slab(
                id="s2",
                space="crawl",
                area_sqft=200.0,
                exposed_perimeter_ft=30.0,
                thickness_in=0.0,
                dirt=True,
            ),
            Slab(
                id="s3",
                room="den",
                area_sqft=300.0,
                exposed_perimeter_ft=50.0,
                perimeter_r=10.0,
                perimeter_depth_ft=2.0,
                exterior_horizontal_r=5.0,
                exterior_horizontal_width_ft=2.0,
                exterior_horizontal_depth_ft=1.0,
                under_slab_whole=True,
                under_slab_r=10.0,
            ),
        ),
        foundation_walls=(
            FoundationWall(
                id="fw1",
                room="cellar",
                space="base",
                azimuth_deg=180.0,
                gross_sqft=320.0,
                height_ft=8.0,
                depth_below_grade_ft=6.0,
                layers=(InsulationLayer(r_value=10.0, bottom_ft=4.0),),
            ),
            FoundationWall(
                id="fw2",
                space="crawl",
                gross_sqft=90.0,
                height_ft=3.0,
                depth_below_grade_ft=1.0,
                length_ft=30.0,
                material="block_open",
                assembly_r=4.0,
            ),
        ),
        infiltration=Infiltration(leakiness="tight", cooling_leakiness="average", fireplaces=1),
        ventilation=(
            VentilationUnit(
                id="erv",
                kind="erv",
                rated_cfm=80.0,
                ratings=VentilationRatings(sensible_recovery=0.7, total_recovery=0.5, fan_watts=60.0),
            ),
            VentilationUnit(id="bath", kind="exhaust", rated_cfm=50.0, hours_per_day=8.0),
        ),
        ducts=(
            DuctTable(code="7C-R", lookup_area_sqft=1400.0, r_value=8.0, outside_fraction=0.4),
            DuctTable(location="attic", layout="trunk", lookup_area_sqft=700.0),
        ),
        blower_heat_btuh=1707.0,
        piping_btuh=500.0,
        heating_source="boiler",
        heating_ducted=False,
        room_procedure="peak",
        method="as_openstudio",
    )
