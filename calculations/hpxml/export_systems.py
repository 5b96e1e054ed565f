"""Air leakage, ventilation, systems and ducts as HPXML elements."""

from __future__ import annotations

from typing import Final

from lxml import etree

from calculations.hpxml.systems import LEAKAGE, PLACES
from calculations.hpxml.words import FANS, LEAKINESS
from calculations.hpxml.writing import Writer, element, location, optional
from calculations.manualj.house import DuctRun, DuctSystem, DuctTable, VentilationUnit

LEAKINESS_WORDS: Final = {ours: word for word, ours in LEAKINESS.items()}
LEVEL_WORDS: Final = {ours: word for word, ours in LEAKAGE.items()}
FAN_WORDS: Final = {ours: word for word, ours in FANS.items()}
PLACE_WORDS: Final = {ours: word for word, ours in reversed(PLACES.items())} | {"inside": "conditioned space"}
HEATER_TYPES: Final = {"furnace": "Furnace", "boiler": "Boiler", "electric": "ElectricResistance"}


def add_infiltration(writer: Writer, node: etree._Element) -> None:
    """Air leakage: class, leakage area or blower door, in that which is given."""
    air = writer.house.infiltration
    measurement = element(node, "AirInfiltrationMeasurement")
    element(measurement, "SystemIdentifier", id=writer.ids.new("air_leakage"))
    door = air.blower_door
    if air.ela_sqin is not None and air.ela_sqin > 0:
        element(measurement, "EffectiveLeakageArea", air.ela_sqin)
    elif door is not None and (door.ach or door.cfm):
        element(measurement, "HousePressure", door.pressure_pa)
        result = element(measurement, "BuildingAirLeakage")
        element(result, "UnitofMeasure", "ACH" if door.ach is not None else "CFM")
        element(result, "AirLeakage", door.ach if door.ach is not None else door.cfm)
    else:
        element(measurement, "LeakinessDescription", LEAKINESS_WORDS[air.leakiness or "average"])
    optional(measurement, "InfiltrationVolume", air.volume_cuft)


def add_systems(writer: Writer, details: etree._Element) -> None:
    """Heating, cooling, distribution and ventilation."""
    systems = element(details, "Systems")
    hvac = element(systems, "HVAC")
    plant = element(hvac, "HVACPlant")
    ducts = writer.ids.new("air_distribution")
    add_heating(writer, plant, ducts)
    add_cooling(writer, plant, ducts)
    add_distribution(writer, hvac, ducts)
    if writer.house.piping_btuh:
        node = element(hvac, "HVACDistribution")
        element(node, "SystemIdentifier", id=writer.ids.new("water_distribution"))
        water = element(element(node, "DistributionSystemType"), "HydronicDistribution")
        inputs = element(element(water, "extension"), "ManualJInputs")
        element(inputs, "HotWaterPipingBtuh", writer.house.piping_btuh)
    if writer.house.ventilation:
        fans = element(element(systems, "MechanicalVentilation"), "VentilationFans")
        for unit in writer.house.ventilation:
            add_fan(writer, fans, unit)


def add_heating(writer: Writer, plant: etree._Element, ducts: str) -> None:
    """The heating system, unless it is a heat pump or there is none."""
    house = writer.house
    if house.heating_source in ("none", "heat_pump"):
        return
    node = element(plant, "HeatingSystem")
    element(node, "SystemIdentifier", id=writer.ids.new("heating_system"))
    if house.heating_ducted:
        element(node, "DistributionSystem", idref=ducts)
    element(element(node, "HeatingSystemType"), HEATER_TYPES[house.heating_source])
    fuel = "electricity" if house.heating_source == "electric" else "natural gas"
    element(node, "HeatingSystemFuel", fuel)
    element(node, "FractionHeatLoadServed", 1.0)


def add_cooling(writer: Writer, plant: etree._Element, ducts: str) -> None:
    """The cooling system, or the heat pump that does both."""
    house = writer.house
    both = house.heating_source == "heat_pump"
    node = element(plant, "HeatPump" if both else "CoolingSystem")
    element(node, "SystemIdentifier", id=writer.ids.new("heat_pump" if both else "cooling_system"))
    if house.cooling_ducted:
        element(node, "DistributionSystem", idref=ducts)
    if both:
        element(node, "HeatPumpType", "air-to-air")
        element(node, "HeatPumpFuel", "electricity")
        element(node, "FractionHeatLoadServed", 1.0)
    else:
        element(node, "CoolingSystemType", "central air conditioner")
        element(node, "CoolingSystemFuel", "electricity")
    element(node, "FractionCoolLoadServed", 1.0)


def add_distribution(writer: Writer, hvac: etree._Element, name: str) -> None:
    """The air distribution with its entries of Worksheet G, or its duct runs."""
    house = writer.house
    node = element(hvac, "HVACDistribution")
    element(node, "SystemIdentifier", id=name)
    air = element(element(node, "DistributionSystemType"), "AirDistribution")
    element(air, "AirDistributionType", "regular velocity")
    if house.duct_systems and not house.ducts:
        add_runs(writer, air, house.duct_systems[0])
    inputs = element(element(air, "extension"), "ManualJInputs")
    element(inputs, "BlowerFanHeatBtuh", house.blower_heat_btuh)
    for duct in house.ducts:
        if duct.code is not None:
            add_table(inputs, duct)


def add_table(inputs: etree._Element, duct: DuctTable) -> None:
    """One entry of Worksheet G."""
    node = element(inputs, "DefaultTableDuctLoad")
    element(node, "TableNumber", duct.code)
    element(node, "LookupFloorArea", duct.lookup_area_sqft)
    element(node, "LeakageLevel", LEVEL_WORDS[duct.leakage])
    element(node, "InsulationRValue", duct.r_value)
    optional(node, "SupplySurfaceArea", duct.supply_area_sqft)
    optional(node, "ReturnSurfaceArea", duct.return_area_sqft)
    optional(node, "DSF", duct.outside_fraction)


def add_runs(writer: Writer, air: etree._Element, system: DuctSystem) -> None:
    """Leakage tests and duct runs."""
    for side, cfm, fraction in (
        ("supply", system.supply_leakage_cfm, system.supply_leakage_fraction),
        ("return", system.return_leakage_cfm, system.return_leakage_fraction),
    ):
        if cfm is not None or fraction is not None:
            test = element(air, "DuctLeakageMeasurement")
            element(test, "DuctType", side)
            leak = element(test, "DuctLeakage")
            element(leak, "Units", "CFM25" if cfm is not None else "Percent")
            element(leak, "Value", cfm if cfm is not None else fraction)
            element(leak, "TotalOrToOutside", "to outside")
    for run in system.runs:
        add_run(writer, air, run)


def add_run(writer: Writer, air: etree._Element, run: DuctRun) -> None:
    """One duct run."""
    node = element(air, "Ducts")
    element(node, "SystemIdentifier", id=writer.ids.new(run.id))
    element(node, "DuctType", run.side)
    element(node, "DuctEffectiveRValue", run.r_value)
    element(node, "DuctLocation", PLACE_WORDS.get(run.location) or location(writer.house, run.location))
    element(node, "DuctSurfaceArea", run.area_sqft)


def add_fan(writer: Writer, holder: etree._Element, unit: VentilationUnit) -> None:
    """A ventilation unit."""
    node, _ = writer.start(holder, "VentilationFan", "ventilation", unit.id)
    element(node, "FanType", FAN_WORDS[unit.kind])
    element(node, "RatedFlowRate", unit.rated_cfm)
    element(node, "HoursInOperation", unit.hours_per_day)
    element(node, "UsedForWholeBuildingVentilation", True)
    ratings = unit.ratings
    if ratings is not None:
        optional(node, "TotalRecoveryEfficiency", ratings.total_recovery or None)
        optional(node, "SensibleRecoveryEfficiency", ratings.sensible_recovery or None)
        optional(node, "AdjustedTotalRecoveryEfficiency", ratings.adjusted_total_recovery or None)
        optional(node, "AdjustedSensibleRecoveryEfficiency", ratings.adjusted_sensible_recovery or None)
        optional(node, "FanPower", ratings.fan_watts)
