"""The house as the load method takes it: conditions, spaces, rooms, surfaces, air, gains, ducts.

Units are in the names: ft, ft², °F, Btu/h·ft²·°F for U, h·ft²·°F/Btu for R, cfm, Btu/h. Azimuths are degrees
clockwise from north, the direction a surface faces. `adjacent_to` of a surface is "outdoors", "other_unit"
(another dwelling, no load) or the id of a space. Source of every quantity: ACCA Manual J, 8th edition.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

OUTDOORS = "outdoors"
OTHER_UNIT = "other_unit"
GROUND = "ground"

Method = Literal["as_published", "as_openstudio"]
DailyRange = Literal["low", "medium", "high"]
Colour = Literal["dark", "medium_dark", "medium", "medium_light", "light", "white"]
RoofMaterial = Literal["shingle", "wood", "metal", "membrane", "tile"]
Leakiness = Literal["very_tight", "tight", "average", "leaky", "very_leaky"]
DuctLeakage = Literal[
    "extremely_sealed", "notably_sealed", "default_sealed", "partially_sealed", "default_not_sealed"
]
SoilKind = Literal["heavy_moist", "heavy_dry_or_light_moist", "light_dry"]
WallGroup = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K"]
WallConstruction = Literal[
    "wood_stud_siding",
    "wood_stud_masonry",
    "steel_stud_siding",
    "steel_stud_masonry",
    "double_stud_siding",
    "double_stud_masonry",
    "block",
    "icf",
    "sip_siding",
    "sip_masonry",
    "solid_masonry",
    "log",
    "foundation_block_hollow",
    "foundation_block_filled",
    "foundation_concrete_thin",
    "foundation_concrete_thick",
    "foundation_wood",
]
FoundationMaterial = Literal[
    "concrete",
    "block_open",
    "block_filled",
    "block_perlite",
    "block_foam",
    "block_vermiculite",
    "double_brick",
    "wood",
]
GlassType = Literal[
    "1P Clear",
    "1P Heat Absorbing",
    "1P Reflective",
    "2P Clear",
    "2P Low-e Option 1",
    "2P Low-e Option 2",
    "2P Low-e Option 3",
    "2P Heat Absorbing",
    "2P Reflective",
    "3P Clear",
    "3P Heat Absorbing",
    "3P Reflective",
]
ShadeKind = Literal["none", "blinds", "shades", "curtains"]
ShadeColour = Literal["dark", "medium", "light"]
BlindPosition = Literal["closed", "half_open", "open"]
VentilationKind = Literal["supply", "exhaust", "balanced", "hrv", "erv", "cfis"]
RoomProcedure = Literal["standard", "peak"]

Id = Annotated[str, Field(min_length=1, max_length=200)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Azimuth = Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)]
AreaSqft = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
AreaOrZeroSqft = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
UFactor = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
RValue = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
LengthFt = Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)]
TemperatureF = Annotated[float, Field(ge=-100, le=180, allow_inf_nan=False)]
FlowCfm = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
HeatBtuh = Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False)]
Count = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]


class Part(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- conditions ---


class Design(Part):
    """Design conditions of Table 1A or of a weather file (§1)."""

    heating_db_f: TemperatureF
    cooling_db_f: TemperatureF
    indoor_heating_f: TemperatureF = 70.0
    indoor_cooling_f: TemperatureF = 75.0
    indoor_rh: Fraction = 0.5
    grains_difference: Annotated[float, Field(ge=-200, le=300, allow_inf_nan=False)]
    daily_range: DailyRange
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    elevation_ft: Annotated[float, Field(ge=-1500, le=20000, allow_inf_nan=False)] = 0.0
    source: str = ""
    annual_mean_db_f: TemperatureF | None = None
    ground_heating_f: TemperatureF | None = None
    ground_cooling_f: TemperatureF | None = None
    winter_grains_shortfall: Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)] | None = None


# --- spaces beside the rooms ---


class RoofPlane(Part):
    """A roof over an attic; area net of skylights is taken by the engine."""

    id: Id
    area_sqft: AreaSqft
    u_factor: UFactor = 0.5
    material: RoofMaterial = "shingle"
    colour: Colour = "medium"
    radiant_barrier: bool = False


class ShellWall(Part):
    """A framed wall, gable, opening or roof of an unconditioned space that faces outdoors.

    Only walls count in the mean wall U of a crawlspace or basement (§5.3); all count in its balance (§2.4).
    """

    id: Id
    kind: Literal["wall", "opening", "roof"] = "wall"
    area_sqft: AreaSqft
    u_factor: UFactor


class Attic(Part):
    """Attic: vented, unvented, or encapsulated (roof insulated better than ceiling) (§2.1).

    `encapsulated=None`: the engine compares the mean R of roof and ceiling.
    """

    kind: Literal["attic"] = "attic"
    id: Id
    ventilation: Literal["vented", "unvented"] = "vented"
    encapsulated: bool | None = None
    roof_planes: tuple[RoofPlane, ...] = ()
    shell: tuple[ShellWall, ...] = ()
    volume_cuft: Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)] | None = None


class Garage(Part):
    """Garage (§2.2). `under_rooms_share` is the f of Table 4C; None: from `top_sqft`, else 0.5.

    A below-grade garage (any foundation wall names it) has its temperature from the heat balance of §2.4.
    """

    kind: Literal["garage"] = "garage"
    id: Id
    under_rooms_share: Fraction | None = None
    roof_sqft: AreaOrZeroSqft | None = None
    under_rooms_sqft: AreaOrZeroSqft | None = None
    below_grade: bool = False
    shell: tuple[ShellWall, ...] = ()
    volume_cuft: Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)] | None = None


class Crawlspace(Part):
    """Crawlspace without conditioning (§2.4, §5.3); its walls and ground floor name it by `space`."""

    kind: Literal["crawlspace"] = "crawlspace"
    id: Id
    ventilation: Literal["vented", "unvented"] = "vented"
    shell: tuple[ShellWall, ...] = ()
    volume_cuft: Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)] | None = None
    vented_ach: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None


class Basement(Part):
    """Basement; a conditioned one only brings its depth to infiltration and floor (§7.3, §9)."""

    kind: Literal["basement"] = "basement"
    id: Id
    conditioned: bool = False
    leaky: bool = False
    floor_area_sqft: AreaSqft | None = None
    shell: tuple[ShellWall, ...] = ()
    volume_cuft: Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False)] | None = None


class SharedSpace(Part):
    """A multifamily neighbour (§2.3)."""

    kind: Literal["heated_common", "buffer", "non_freezing", "other_unit"]
    id: Id


class FixedSpace(Part):
    """Any other space whose two design temperatures are known."""

    kind: Literal["fixed"] = "fixed"
    id: Id
    heating_f: TemperatureF
    cooling_f: TemperatureF


Space = Annotated[
    Attic | Garage | Crawlspace | Basement | SharedSpace | FixedSpace, Field(discriminator="kind")
]


# --- rooms ---


class Zone(Part):
    """A group of rooms with its own thermostat; each zone has its own AED excursion (§8)."""

    id: Id
    name: str = ""


class Room(Part):
    """A conditioned room; gains entered here replace the share by floor area (§11)."""

    id: Id
    name: str = ""
    area_sqft: AreaSqft
    zone: Id | None = None
    occupants: Count | None = None
    appliances_sensible_btuh: HeatBtuh | None = None
    appliances_latent_btuh: HeatBtuh | None = None


# --- surfaces ---


class Wall(Part):
    """A wall or rim joist above grade (§5.2). `group`: letter of Table 4A; None: from construction and U."""

    id: Id
    room: Id
    adjacent_to: Id = OUTDOORS
    azimuth_deg: Azimuth | None = None
    gross_sqft: AreaSqft
    u_factor: UFactor
    construction: WallConstruction = "wood_stud_siding"
    group: WallGroup | None = None
    colour: Colour = "medium"
    absorptance: Fraction | None = None
    rim_joist: bool = False


class InteriorShade(Part):
    """Shade at the inside of the glass (Table 3D-4)."""

    kind: ShadeKind
    colour: ShadeColour = "medium"
    coverage: Fraction = 1.0
    blinds: BlindPosition = "closed"


class InsectScreen(Part):
    """Insect screen; 10 % inside, 20 % outside, by coverage (§3)."""

    location: Literal["inside", "outside"]
    coverage: Fraction = 1.0


class Overhang(Part):
    """Overhang; vertical distances from it down to the top and bottom of the glass (Table 3E-1)."""

    depth_ft: LengthFt
    to_top_ft: LengthFt
    to_bottom_ft: LengthFt


class Window(Part):
    """A window or glass door (§3). `interior_shade=None`: nothing is known (light curtains, half covered)."""

    id: Id
    room: Id
    wall: Id | None = None
    kind: Literal["window", "glass_door"] = "window"
    azimuth_deg: Azimuth
    area_sqft: AreaSqft
    u_factor: UFactor
    shgc: Fraction
    glass_type: GlassType | None = None
    interior_shade: InteriorShade | None = None
    isc: Fraction | None = None
    insect_screen: InsectScreen | None = None
    sun_screen: bool = False
    exterior_factor: Fraction = 1.0
    storm: Literal["clear", "low_e"] | None = None
    overhang: Overhang | None = None


class Skylight(Part):
    """A skylight with its curb and light shaft (§4); area is the rough opening."""

    id: Id
    room: Id
    area_sqft: AreaSqft
    u_factor: UFactor
    shgc: Fraction
    azimuth_deg: Azimuth
    pitch_in_per_ft: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
    curb_sqft: AreaOrZeroSqft = 0.0
    curb_u_factor: UFactor | None = None
    shaft_sqft: AreaOrZeroSqft = 0.0
    shaft_u_factor: UFactor | None = None
    roof: Id | None = None
    ceiling: Id | None = None
    glass_type: GlassType | None = None
    interior_shade: InteriorShade | None = None
    isc: Fraction | None = None
    storm: Literal["clear", "low_e"] | None = None
    dome: bool = False


class Door(Part):
    """An opaque door (§5.1). `adjacent_to=None`: as its wall, outdoors without one."""

    id: Id
    room: Id
    wall: Id | None = None
    adjacent_to: Id | None = None
    area_sqft: AreaSqft
    u_factor: UFactor


class Ceiling(Part):
    """A ceiling under an attic, another space or outdoors (§5.4)."""

    id: Id
    room: Id
    adjacent_to: Id
    gross_sqft: AreaSqft
    u_factor: UFactor


class Roof(Part):
    """A roof-ceiling over a room without attic, the cathedral kind (§5.5)."""

    id: Id
    room: Id
    gross_sqft: AreaSqft
    u_factor: UFactor
    material: RoofMaterial = "shingle"
    colour: Colour = "medium"


class Floor(Part):
    """A floor over outdoors or an unconditioned space (§5.3)."""

    id: Id
    room: Id
    adjacent_to: Id
    area_sqft: AreaSqft
    u_factor: UFactor
    radiant: bool = False


class Slab(Part):
    """A floor on the ground (§7.1, §7.3); of a room, or with `space` of a basement, crawlspace or garage.

    With `space` naming a conditioned basement both are set. Depth under 2 ft: slab; else basement floor.
    `depth_below_grade_ft=None`: from the foundation walls of the space, else 0. `dirt`: bare earth.
    """

    id: Id
    room: Id | None = None
    space: Id | None = None
    area_sqft: AreaSqft
    exposed_perimeter_ft: LengthFt
    depth_below_grade_ft: LengthFt | None = None
    thickness_in: Annotated[float, Field(ge=0, le=48, allow_inf_nan=False)] = 4.0
    dirt: bool = False
    perimeter_r: RValue = 0.0
    perimeter_depth_ft: LengthFt = 0.0
    under_slab_r: RValue = 0.0
    under_slab_width_ft: LengthFt = 0.0
    under_slab_whole: bool = False
    exterior_horizontal_r: RValue = 0.0
    exterior_horizontal_width_ft: LengthFt = 0.0
    exterior_horizontal_depth_ft: LengthFt = 0.0
    radiant: bool = False
    shortest_side_ft: LengthFt | None = None


class InsulationLayer(Part):
    """Insulation on a foundation wall from `top_ft` to `bottom_ft`, measured down from its top."""

    r_value: RValue
    top_ft: LengthFt = 0.0
    bottom_ft: LengthFt


class FoundationWall(Part):
    """A basement or crawlspace wall (§6, §7.2); of a room, or with `space` of an unconditioned space.

    With `space` naming a conditioned basement both are set. `adjacent_to` is "ground" (earth and outdoors),
    or the space beside the part above grade; the buried part always faces earth. `assembly_r` includes both
    air films and replaces material and layers.
    """

    id: Id
    room: Id | None = None
    space: Id | None = None
    adjacent_to: Id = GROUND
    azimuth_deg: Azimuth | None = None
    gross_sqft: AreaSqft
    height_ft: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
    depth_below_grade_ft: LengthFt
    length_ft: LengthFt | None = None
    material: FoundationMaterial = "concrete"
    thickness_in: Annotated[float, Field(gt=0, le=48, allow_inf_nan=False)] = 8.0
    assembly_r: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    layers: tuple[InsulationLayer, ...] = ()


# --- air ---


class BlowerDoor(Part):
    """A blower door result (§9); exactly one of the two flows."""

    ach: Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)] | None = None
    cfm: FlowCfm | None = None
    pressure_pa: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)] = 50.0


class Infiltration(Part):
    """Air leakage (§9). First of: explicit cfm (both seasons), ELA, blower door, class (Tables 5A, 5B)."""

    leakiness: Leakiness | None = None
    cooling_leakiness: Leakiness | None = None
    ela_sqin: Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)] | None = None
    blower_door: BlowerDoor | None = None
    heating_cfm: FlowCfm | None = None
    cooling_cfm: FlowCfm | None = None
    shielding_class: Annotated[int, Field(ge=1, le=5)] = 4
    attached: bool = False
    exterior_share: Fraction = 1.0
    volume_cuft: Annotated[float, Field(gt=0, le=1e8, allow_inf_nan=False)] | None = None
    fireplaces: Annotated[int, Field(ge=0, le=20)] = 0
    fireplace_cfm: FlowCfm = 20.0
    unit_height_ft: LengthFt | None = None
    apartment_exposure: Literal["normal", "exposed", "well_shielded"] = "normal"


class VentilationRatings(Part):
    """Ratings of an HRV or ERV, from which the effectiveness is derived (§10.3). Watts of all fans."""

    sensible_recovery: Fraction | None = None
    adjusted_sensible_recovery: Fraction | None = None
    total_recovery: Fraction | None = None
    adjusted_total_recovery: Fraction | None = None
    fan_watts: Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)] | None = None


class VentilationUnit(Part):
    """A mechanical ventilation unit (§10). cfis: outdoor air into the return duct, a system load."""

    id: Id
    kind: VentilationKind
    rated_cfm: FlowCfm
    hours_per_day: Annotated[float, Field(ge=0, le=24, allow_inf_nan=False)] = 24.0
    heating_effectiveness: Fraction | None = None
    cooling_effectiveness: Fraction | None = None
    latent_effectiveness: Fraction | None = None
    ratings: VentilationRatings | None = None
    system_load: bool = False


# --- gains ---


class Gains(Part):
    """People and appliances of the whole house (§11). `occupants=None`: bedrooms + 1."""

    occupants: Count | None = None
    appliances_sensible_btuh: HeatBtuh = 2400.0
    appliances_latent_btuh: HeatBtuh = 0.0


# --- ducts and equipment ---


class DuctTable(Part):
    """Ducts in one place by Table 7 (Worksheet G, §12.1).

    Give `code` ("7C-R"), or `location` and `layout` and the closest documented table is taken. location
    "inside": no load. Either both areas outside, or the outside fraction, or neither (all outside).
    """

    code: str | None = None
    location: (
        Literal["inside", "attic", "crawlspace", "basement", "garage", "outdoors", "under_slab"] | None
    ) = None
    layout: Literal["radial", "trunk"] = "radial"
    lookup_area_sqft: AreaSqft
    leakage: DuctLeakage = "default_sealed"
    r_value: RValue = 6.0
    supply_area_sqft: AreaOrZeroSqft | None = None
    return_area_sqft: AreaOrZeroSqft | None = None
    outside_fraction: Fraction | None = None
    heating: bool = True
    cooling: bool = True
    zone: Id | None = None  # of several systems: the zone this one serves; None: the whole house
    heating_share: Fraction = 1.0  # share of that load carried by the system these ducts belong to
    cooling_share: Fraction = 1.0


class DuctRun(Part):
    """One duct run for ASHRAE 152 (§12.2). location: space id, or a named place."""

    id: Id
    side: Literal["supply", "return"]
    location: Id  # a space id, or "outdoors", "inside", "under_slab", "exterior_wall", "belly"
    area_sqft: AreaOrZeroSqft
    r_value: RValue


class DuctSystem(Part):
    """An air system described by its runs and leakage to outside (§12.2)."""

    id: Id = "ducts"
    runs: tuple[DuctRun, ...]
    supply_leakage_cfm: FlowCfm | None = None
    return_leakage_cfm: FlowCfm | None = None
    supply_leakage_fraction: Fraction | None = None
    return_leakage_fraction: Fraction | None = None
    heating_source: Literal["furnace", "heat_pump"] = "furnace"
    cooling_source: Literal["air_conditioner", "heat_pump", "evaporative"] = "air_conditioner"
    serves_heating: bool = True
    serves_cooling: bool = True


S = TypeVar("S", Wall, Window, Skylight, FoundationWall)


class House(Part):
    """Everything the method takes for one dwelling."""

    id: Id = "house"
    name: str = ""
    design: Design
    soil: SoilKind = "heavy_moist"
    bedrooms: Annotated[int, Field(ge=0, le=100)] = 3
    storeys_above_grade: Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)] = 1.0
    ceiling_height_ft: Annotated[float, Field(gt=0, le=40, allow_inf_nan=False)] = 8.0
    floor_area_sqft: AreaSqft | None = None  # None: the sum of the rooms; basement rooms included
    rooms: Annotated[tuple[Room, ...], Field(min_length=1)]
    zones: tuple[Zone, ...] = ()
    spaces: tuple[Space, ...] = ()
    walls: tuple[Wall, ...] = ()
    windows: tuple[Window, ...] = ()
    skylights: tuple[Skylight, ...] = ()
    doors: tuple[Door, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    roofs: tuple[Roof, ...] = ()
    floors: tuple[Floor, ...] = ()
    slabs: tuple[Slab, ...] = ()
    foundation_walls: tuple[FoundationWall, ...] = ()
    infiltration: Infiltration = Infiltration(leakiness="average")
    ventilation: tuple[VentilationUnit, ...] = ()
    gains: Gains = Gains()
    heating_ducted: bool = True
    cooling_ducted: bool = True
    ducts: tuple[DuctTable, ...] = ()
    duct_systems: tuple[DuctSystem, ...] = ()
    blower_heat_btuh: HeatBtuh = 0.0
    piping_btuh: HeatBtuh = 0.0
    humidification: bool = False
    blower_cfm: FlowCfm | None = None
    heating_source: Literal["furnace", "heat_pump", "boiler", "electric", "none"] = "furnace"
    room_procedure: RoomProcedure = "standard"
    method: Method = "as_published"

    @property
    def conditioned_sqft(self) -> float:
        """Conditioned floor area: as given, else the rooms' sum [ft²]."""
        return (
            self.floor_area_sqft if self.floor_area_sqft is not None else sum(r.area_sqft for r in self.rooms)
        )

    def turned_by(self, degrees: float) -> House:
        """The same house rotated clockwise by `degrees`."""
        return self.model_copy(
            update={
                name: tuple(_turned(part, degrees) for part in getattr(self, name))
                for name in ("walls", "windows", "skylights", "foundation_walls")
            }
        )


def _turned(surface: S, degrees: float) -> S:
    """The surface rotated; surfaces without azimuth stay."""
    azimuth = surface.azimuth_deg
    if azimuth is None:
        return surface
    return surface.model_copy(update={"azimuth_deg": (azimuth + degrees) % 360.0})
