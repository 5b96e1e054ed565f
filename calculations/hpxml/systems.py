"""Heating and cooling systems, and what their distribution adds to the load."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.locations import side_named
from calculations.hpxml.reader import Reader, built
from calculations.manualj.house import DuctLeakage, DuctRun, DuctSystem, DuctTable

HeatSource = Literal["furnace", "heat_pump", "boiler", "electric", "none"]
LEAKAGE: Final[dict[str, DuctLeakage]] = {
    "extremely sealed": "extremely_sealed",
    "notably sealed": "notably_sealed",
    "default sealed": "default_sealed",
    "partially sealed": "partially_sealed",
    "default not sealed": "default_not_sealed",
}
SUPPLY_SHARE = 0.27  # ft² of supply duct per ft² of floor served (ASHRAE 152)
RETURN_SHARE, RETURN_LIMIT = 0.05, 0.25  # ft² of return duct per ft² and register, and at most
SECOND_STOREY_SHARE = 0.75  # of the ducts lie outside when there are several storeys
BARE_R = 1.7
SUPPLY_R, RETURN_R = (2.2438, 0.5619), (2.0388, 0.7053)  # effective from nominal R of round ducts
CFM50_TO_25 = 0.5**0.65
PLACES: Final = {
    "outside": "outdoors",
    "roof deck": "outdoors",
    "under slab": "under_slab",
    "exterior wall": "exterior_wall",
    "manufactured home belly": "belly",
    "interstitial space": "inside",
}
ELECTRIC: Final = frozenset({"ElectricResistance"})
FURNACES: Final = frozenset({"Furnace", "WallFurnace", "FloorFurnace", "Stove", "SpaceHeater", "Fireplace"})


@dataclass
class Systems:
    """What the systems say about the load."""

    heating_ducted: bool = True
    cooling_ducted: bool = True
    heating_source: HeatSource = "furnace"
    cooling_source: Literal["air_conditioner", "heat_pump", "evaporative"] = "air_conditioner"
    ducts: list[DuctTable] = field(default_factory=list)
    duct_systems: list[DuctSystem] = field(default_factory=list)
    blower_heat_btuh: float = 0.0
    piping_btuh: float = 0.0


@dataclass(frozen=True)
class Served:
    """Which seasons a distribution system serves."""

    heating: bool
    cooling: bool
    zone: str | None = None
    heating_share: float = 1.0
    cooling_share: float = 1.0


def served_by(reader: Reader, name: str, heaters: list[Node], coolers: list[Node]) -> Served:
    """What the systems on one distribution serve: with several zones theirs, else their share of the load."""
    warm = [node for node in heaters if node.reference("DistributionSystem") == name]
    cold = [node for node in coolers if node.reference("DistributionSystem") == name]
    named = {node.reference("AttachedToZone") for node in (*warm, *cold)}
    zone = reader.zones.get(named.pop() or "") if len(named) == 1 and len(reader.zones) > 1 else None
    shares = (load_share(warm, "FractionHeatLoadServed"), load_share(cold, "FractionCoolLoadServed"))
    heating_share, cooling_share = (1.0, 1.0) if zone is not None else shares
    return Served(bool(warm), bool(cold), zone, heating_share, cooling_share)


def load_share(nodes: list[Node], where: str) -> float:
    """Share of the load that systems carry together; all of it when nothing is said."""
    given = [share for node in nodes if (share := node.number(where, low=0)) is not None]
    return min(sum(given), 1.0) if given else 1.0


def plant_nodes(reader: Reader, *kinds: str) -> list[Node]:
    """Heating, cooling or heat pump systems of the document."""
    plant = reader.details.at("Systems/HVAC/HVACPlant")
    return [node for kind in kinds for node in plant.all(kind)] if plant is not None else []


def note_radiant_floors(reader: Reader) -> None:
    """Zones whose floors are heated; None when the system names no zone."""
    radiant_water = {
        node.id
        for node in distributions(reader)
        if node.word("DistributionSystemType/HydronicDistribution/HydronicDistributionType")
        == "radiant floor"
    }
    for node in plant_nodes(reader, "HeatingSystem", "HeatPump"):
        electric = node.word("HeatingSystemType/ElectricResistance/ElectricDistribution") == "radiant floor"
        if electric or node.reference("DistributionSystem") in radiant_water:
            reader.radiant_zones.add(node.reference("AttachedToZone"))


def distributions(reader: Reader) -> list[Node]:
    """All distribution systems."""
    hvac = reader.details.at("Systems/HVAC")
    return hvac.all("HVACDistribution") if hvac is not None else []


def read_systems(reader: Reader, *, floor_sqft: float, storeys: float) -> Systems:
    """Sources, ducts, blower heat and piping."""
    heaters = plant_nodes(reader, "HeatingSystem", "HeatPump")
    coolers = plant_nodes(reader, "CoolingSystem", "HeatPump")
    air = {node.id for node in distributions(reader) if node.at("DistributionSystemType/AirDistribution")}
    heated = {node.reference("DistributionSystem") for node in heaters} & air
    cooled = {node.reference("DistributionSystem") for node in coolers} & air
    found = Systems(
        heating_ducted=bool(heated) or not heaters,
        cooling_ducted=bool(cooled) or not coolers,
        heating_source=heat_source(heaters),
        cooling_source=cool_source(coolers),
    )
    for node in distributions(reader):
        served = served_by(reader, node.id, heaters, coolers)
        read_distribution(reader, node, found, served, floor_sqft=floor_sqft, storeys=storeys)
    return found


def heat_source(heaters: list[Node]) -> HeatSource:
    """What heats the house; the first system counts."""
    if not heaters:
        return "none"
    first = heaters[0]
    if first.tag == "HeatPump":
        return "heat_pump"
    kind = first.at("HeatingSystemType")
    if kind is None or not kind.children:
        return "furnace"
    kind.read_whole()
    name = kind.children[0].tag
    return "electric" if name in ELECTRIC else "furnace" if name in FURNACES else "boiler"


def cool_source(coolers: list[Node]) -> Literal["air_conditioner", "heat_pump", "evaporative"]:
    """What cools the house; the first system counts."""
    if coolers and coolers[0].tag == "HeatPump":
        return "heat_pump"
    evaporative = bool(coolers) and coolers[0].word("CoolingSystemType") == "evaporative cooler"
    return "evaporative" if evaporative else "air_conditioner"


def read_distribution(
    reader: Reader, node: Node, found: Systems, served: Served, *, floor_sqft: float, storeys: float
) -> None:
    """One distribution system."""
    water = node.at("DistributionSystemType/HydronicDistribution")
    if water is not None:
        found.piping_btuh += water.number("extension/ManualJInputs/HotWaterPipingBtuh", low=0) or 0.0
    if node.word("DistributionSystemType/Other") is not None:
        reader.notes.add("hpxml_ignored", node, "a distribution efficiency is no duct load of Manual J")
        node.read_whole()
    air = node.at("DistributionSystemType/AirDistribution")
    if air is None:
        return
    found.blower_heat_btuh += air.number("extension/ManualJInputs/BlowerFanHeatBtuh", low=0) or 0.0
    inputs = air.at("extension/ManualJInputs")
    tables = inputs.all("DefaultTableDuctLoad") if inputs is not None else []
    found.ducts += [read_table(table, served) for table in tables]
    if tables:
        describe_only(air)
        return
    area = node.number("ConditionedFloorAreaServed", low=0) or floor_sqft
    system = read_runs(reader, node, air, found, served, area=area, storeys=storeys)
    if system is not None:
        found.duct_systems.append(system)


def describe_only(air: Node) -> None:
    """Runs and leakage tests stand beside the table that is used."""
    for name in ("Ducts", "DuctLeakageMeasurement"):
        for node in air.all(name):
            node.read_whole()


def read_table(node: Node, served: Served) -> DuctTable:
    """One entry of Worksheet G."""
    level = node.word("LeakageLevel")
    if level not in LEAKAGE:
        raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/LeakageLevel", detail=f"{level!r}")
    code = node.word("TableNumber")
    if code is None:
        raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/TableNumber", detail="missing")
    return built(
        DuctTable,
        node.path,
        code=code,
        lookup_area_sqft=node.must_number("LookupFloorArea", low=0),
        leakage=LEAKAGE[level],
        r_value=node.must_number("InsulationRValue", low=0),
        supply_area_sqft=node.number("SupplySurfaceArea", low=0),
        return_area_sqft=node.number("ReturnSurfaceArea", low=0),
        outside_fraction=node.number("DSF", low=0, high=1),
        heating=served.heating,
        cooling=served.cooling,
        zone=served.zone,
        heating_share=served.heating_share,
        cooling_share=served.cooling_share,
    )


# --- ducts by run, for the delivery effectiveness of ASHRAE 152 --------------------------------------------


def read_runs(
    reader: Reader, node: Node, air: Node, found: Systems, served: Served, *, area: float, storeys: float
) -> DuctSystem | None:
    """The duct runs of one air system; None if it has none."""
    runs = air.all("Ducts")
    leaks = leakage_of(reader, air)
    if not runs:
        return None
    outside = 1.0 if storeys <= 1 else SECOND_STOREY_SHARE
    registers = air.number("NumberofReturnRegisters", low=0)
    totals = {
        "supply": SUPPLY_SHARE * area,
        "return": min(RETURN_SHARE * (registers if registers is not None else storeys), RETURN_LIMIT) * area,
    }
    read = [read_run(reader, run, totals=totals, runs=runs, outside=outside) for run in runs]
    return built(
        DuctSystem,
        node.path,
        id=node.id,
        runs=tuple(read),
        heating_source="heat_pump" if found.heating_source == "heat_pump" else "furnace",
        cooling_source=found.cooling_source,
        serves_heating=served.heating,
        serves_cooling=served.cooling,
        **leaks,
    )


def read_run(
    reader: Reader, node: Node, *, totals: dict[str, float], runs: list[Node], outside: float
) -> DuctRun:
    """One run: side, place, area outside and effective R."""
    side: Literal["supply", "return"] = "return" if node.word("DuctType") == "return" else "supply"
    fraction, area = node.number("FractionDuctArea", low=0, high=1), node.number("DuctSurfaceArea", low=0)
    if area is None:
        same = sum(1 for run in runs if (run.word("DuctType") == "return") == (side == "return"))
        share = fraction if fraction is not None else outside / same
        area = totals[side] * share
        if fraction is None:
            reader.notes.add("hpxml_assumed", node, f"no duct area; {area:.0f} ft2 by floor area")
    area *= node.number("extension/DuctSurfaceAreaMultiplier", low=0) or 1.0
    return built(
        DuctRun,
        node.path,
        id=node.id,
        side=side,
        location=duct_place(reader, node),
        area_sqft=area,
        r_value=duct_r(node, side),
    )


def duct_place(reader: Reader, node: Node) -> str:
    """A space id or a named place; the house's first unconditioned space when nothing is said."""
    word = node.word("DuctLocation")
    if word is None:
        known = [name for place, name in reader.locations.items() if not place.endswith(" - conditioned")]
        place = known[0] if known else "inside"
        reader.notes.add("hpxml_assumed", f"{node.path}/DuctLocation", f"not given; {place}")
        return place
    if word in PLACES:
        return PLACES[word]
    side = side_named(reader, word, f"{node.path}/DuctLocation")
    return "inside" if side.conditioned or side.adjacent == "other_unit" else side.adjacent


def duct_r(node: Node, side: str) -> float:
    """Effective R as given, else from the nominal R of a round duct."""
    effective, nominal = node.number("DuctEffectiveRValue", low=0), node.number("DuctInsulationRValue", low=0)
    if effective is not None:
        return effective
    if not nominal:
        return BARE_R
    base, slope = SUPPLY_R if side == "supply" else RETURN_R
    return base + slope * nominal


def leakage_of(reader: Reader, air: Node) -> dict[str, Any]:  # fields of DuctSystem
    """Leakage to outside of each side."""
    fields: dict[str, Any] = {}
    for node in air.all("DuctLeakageMeasurement"):
        side, unit = node.word("DuctType") or "supply", node.word("DuctLeakage/Units")
        value = node.number("DuctLeakage/Value", low=0)
        if value is None:
            continue
        if node.word("DuctLeakage/TotalOrToOutside") == "total" and value > 0:
            reader.notes.add("hpxml_nonstandard", node, "total leakage is used as if all went outside")
        if unit == "Percent":
            fields[f"{side}_leakage_fraction"] = fields.get(f"{side}_leakage_fraction", 0.0) + value
        else:
            flow = value * (CFM50_TO_25 if unit == "CFM50" else 1.0)
            fields[f"{side}_leakage_cfm"] = fields.get(f"{side}_leakage_cfm", 0.0) + flow
    return fields
