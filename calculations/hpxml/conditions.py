"""Site, design conditions, soil, size and internal gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autohvac.core.errors import NeedsInput, RejectedInput
from calculations.hpxml.air import MANUAL_J
from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.reader import Reader, built
from calculations.hpxml.rooms import conditioned_spaces
from calculations.manualj.house import Design, Gains, SoilKind
from calculations.weather.lookup import DesignWeather, design_weather

DAILY_RANGES = ("low", "medium", "high")
INDOOR_HEATING_F, INDOOR_COOLING_F, INDOOR_RH = 70.0, 75.0, 0.5
CONDUCTIVITY: dict[SoilKind, float] = {"heavy_moist": 0.8, "heavy_dry_or_light_moist": 0.5, "light_dry": 0.2}
ONE_REFRIGERATOR_BTUH, MORE_COLD_BTUH = 2400.0, 3600.0
SIZE = "BuildingSummary/BuildingConstruction"
USUAL_CEILING_FT = 8.0
PLACES = {"Latitude": "Site/GeoLocation/Latitude", "Elevation": "Site/Elevation"}


# --- size --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Size:
    """Floor area, height and storeys of the dwelling."""

    floor_sqft: float
    ceiling_ft: float
    storeys_above_grade: float
    bedrooms: int


def read_size(reader: Reader) -> Size:
    """Size of the dwelling; a floor area that contradicts the rooms is reported."""
    node = reader.details.at(SIZE)
    path = f"{reader.details.path}/{SIZE}"
    rooms = sum(reader.room_sqft.values())
    floor = (node.number("ConditionedFloorArea", low=0) if node is not None else None) or rooms
    if abs(floor - rooms) > 0.02 * floor:
        reader.notes.add(
            "hpxml_contradiction", path, f"ConditionedFloorArea {floor:g}, rooms together {rooms:g} ft2"
        )
    storeys = storeys_above_grade(reader, node)
    bedrooms = node.number("NumberofBedrooms", low=0, high=100) if node is not None else None
    if bedrooms is None:
        reader.notes.add("hpxml_assumed", f"{path}/NumberofBedrooms", "not given; 3")
    return Size(floor, ceiling_height(reader, node, floor), storeys, 3 if bedrooms is None else int(bedrooms))


def storeys_above_grade(reader: Reader, node: Node | None) -> float:
    """Conditioned storeys above grade."""
    above = node.number("NumberofConditionedFloorsAboveGrade", low=0) if node is not None else None
    total = node.number("NumberofConditionedFloors", low=0) if node is not None else None
    path = f"{reader.details.path}/{SIZE}"
    if above is not None and total is not None and above > total:
        reader.notes.add(
            "hpxml_contradiction", path, f"{above:g} conditioned floors above grade of {total:g}"
        )
    if above:
        return above
    reader.notes.add("hpxml_assumed", f"{path}/NumberofConditionedFloorsAboveGrade", f"{total or 1.0:g}")
    return total or 1.0


def ceiling_height(reader: Reader, node: Node | None, floor_sqft: float) -> float:
    """Mean ceiling height: as given, else volume over floor area, else 8 ft."""
    height = node.number("AverageCeilingHeight", low=0) if node is not None else None
    volume = node.number("ConditionedBuildingVolume", low=0) if node is not None else None
    if height:
        return height
    path = f"{reader.details.path}/{SIZE}/AverageCeilingHeight"
    result = volume / floor_sqft if volume else USUAL_CEILING_FT
    reader.notes.add("hpxml_assumed", path, f"not given; {result:g} ft")
    return result


# --- design conditions -------------------------------------------------------------------------------------


def read_design(reader: Reader) -> Design:
    """Design conditions of the document; what is missing comes from the weather tables by ZIP code."""
    inputs = reader.details.at(MANUAL_J)
    given = (
        inputs
        if inputs is not None
        else Node(tag="ManualJInputs", text="", path=f"{reader.details.path}/{MANUAL_J}")
    )
    weather = ZipWeather(reader)
    heating = given.number("HeatingDesignTemperature", low=-100, high=180)
    cooling = given.number("CoolingDesignTemperature", low=-100, high=180)
    indoor_heating = given.number("HeatingSetpoint", low=-100, high=180)
    indoor_cooling = given.number("CoolingSetpoint", low=-100, high=180)
    humidity = given.number("HumiditySetpoint", low=0, high=1)
    for value, usual, name in (
        (indoor_heating, INDOOR_HEATING_F, "HeatingSetpoint"),
        (indoor_cooling, INDOOR_COOLING_F, "CoolingSetpoint"),
    ):
        if value is not None and value != usual:
            reader.notes.add(
                "hpxml_nonstandard", f"{given.path}/{name}", f"{value:g} F; Manual J fixes {usual:g} F"
            )
    return built(
        Design,
        given.path,
        heating_db_f=heating if heating is not None else weather.value("HeatingDesignTemperature"),
        cooling_db_f=cooling if cooling is not None else weather.value("CoolingDesignTemperature"),
        indoor_heating_f=INDOOR_HEATING_F if indoor_heating is None else indoor_heating,
        indoor_cooling_f=INDOOR_COOLING_F if indoor_cooling is None else indoor_cooling,
        indoor_rh=INDOOR_RH if humidity is None else humidity,
        grains_difference=grains(given, weather),
        daily_range=daily_range(given, weather),
        latitude=latitude(reader, weather),
        elevation_ft=elevation(reader, weather),
        source=source_of(reader),
    )


class ZipWeather:
    """Design weather of the site's ZIP code, looked up only when something is missing."""

    def __init__(self, reader: Reader) -> None:
        """Keep the reader; nothing is looked up yet."""
        self.reader = reader

    def get(self, missing: str) -> DesignWeather:
        """The weather, noting what was missing; asks when there is no usable ZIP code."""
        code = self.reader.building.word("Site/Address/ZipCode")
        path = f"{self.reader.building.path}/{PLACES.get(missing, f'BuildingDetails/{MANUAL_J}/{missing}')}"
        if code is None:
            raise NeedsInput("hpxml_design_missing", questions=[missing], path=path)
        try:
            weather = design_weather(code)
        except RejectedInput:
            raise HpxmlRejected(
                "hpxml_invalid", path="Building/Site/Address/ZipCode", detail=f"{code!r}"
            ) from None
        self.reader.notes.add("hpxml_assumed", path, f"not given; {weather.station_name} for ZIP {code}")
        return weather

    def value(self, missing: str) -> float:
        """A missing design temperature [°F]."""
        weather = self.get(missing)
        return weather.heating_99_db_f if missing == "HeatingDesignTemperature" else weather.cooling_1_db_f


def grains(given: Node, weather: ZipWeather) -> float:
    """Grains difference as given, else of the weather tables (75 °F, 50 %)."""
    value = given.number("HumidityDifference", low=-200, high=300)
    return value if value is not None else weather.get("HumidityDifference").grains_75f_50rh


def daily_range(given: Node, weather: ZipWeather) -> Any:  # one of DAILY_RANGES, checked by the model
    """Class of the daily temperature range."""
    word = given.word("DailyTemperatureRange")
    if word is None:
        return weather.get("DailyTemperatureRange").daily_range_class
    if word not in DAILY_RANGES:
        raise HpxmlRejected("hpxml_invalid", path=f"{given.path}/DailyTemperatureRange", detail=f"{word!r}")
    return word


def latitude(reader: Reader, weather: ZipWeather) -> float:
    """Latitude of the site [°]."""
    value = reader.building.number("Site/GeoLocation/Latitude", low=-90, high=90)
    return value if value is not None else weather.get("Latitude").latitude


def elevation(reader: Reader, weather: ZipWeather) -> float:
    """Elevation of the site [ft]."""
    value = reader.building.number("Site/Elevation", low=-1500, high=20000)
    return value if value is not None else weather.get("Elevation").elevation_ft


def source_of(reader: Reader) -> str:
    """The weather station the document names."""
    climate = reader.details.at("ClimateandRiskZones/WeatherStation")
    return (climate.word("Name") or "") if climate is not None else ""


# --- soil and gains ----------------------------------------------------------------------------------------


def read_soil(reader: Reader) -> SoilKind:
    """Soil class from conductivity, or from its description."""
    soil = reader.details.at("BuildingSummary/Site/Soil")
    if soil is None:
        return "heavy_moist"
    conductivity = soil.number("Conductivity", low=0)
    kind, moisture = soil.word("SoilType"), soil.word("MoistureType")
    if conductivity is not None:
        nearest = min(CONDUCTIVITY, key=lambda name: abs(CONDUCTIVITY[name] - conductivity))
        if CONDUCTIVITY[nearest] != conductivity:
            reader.notes.add(
                "hpxml_assumed", soil, f"conductivity {conductivity:g} taken as {CONDUCTIVITY[nearest]:g}"
            )
        return nearest
    if kind in (None, "clay", "unknown") and moisture in (None, "wet", "mixed"):
        return "heavy_moist"
    return (
        "light_dry"
        if kind in ("sand", "gravel", "silt") and moisture == "dry"
        else "heavy_dry_or_light_moist"
    )


def read_gains(reader: Reader, *, bedrooms: int) -> Gains:
    """People and appliances of the house; the sum of the rooms where only those are given."""
    inputs = reader.details.at(MANUAL_J)
    totals = {name: inputs.number(name, low=0) if inputs is not None else None for name in ROOM_GAINS}
    for name, total in totals.items():
        rooms = rooms_sum(reader, name)
        if total is None:
            totals[name] = rooms
        elif rooms is not None and abs(rooms - total) > 0.5:
            path = f"{reader.details.path}/{MANUAL_J}/{name}"
            reader.notes.add("hpxml_contradiction", path, f"{total:g} for the house, {rooms:g} in the rooms")
    sensible, latent, occupants = (totals[name] for name in ROOM_GAINS)
    return built(
        Gains,
        f"{reader.details.path}/{MANUAL_J}",
        occupants=occupants if occupants is not None else people(reader, bedrooms),
        appliances_sensible_btuh=sensible if sensible is not None else appliances(reader),
        appliances_latent_btuh=latent or 0.0,
    )


ROOM_GAINS = ("InternalLoadsSensible", "InternalLoadsLatent", "NumberofOccupants")


def rooms_sum(reader: Reader, name: str) -> float | None:
    """Sum of a gain over the rooms; None if no room has it."""
    spaces = conditioned_spaces(reader)
    found = [
        value
        for node in spaces
        if (value := node.number(f"extension/ManualJInputs/{name}", low=0)) is not None
    ]
    if found and len(found) < len(spaces):
        path = f"{reader.details.path}/Zones"
        reader.notes.add(
            "hpxml_contradiction", path, f"{name} is given for {len(found)} of {len(spaces)} rooms"
        )
    return sum(found) if found else None


def people(reader: Reader, bedrooms: int) -> float | None:
    """Residents where they are more than bedrooms + 1; else None and the engine takes bedrooms + 1."""
    residents = reader.details.number("BuildingSummary/BuildingOccupancy/NumberofResidents", low=0)
    return residents if residents is not None and residents > bedrooms + 1 else None


def appliances(reader: Reader) -> float:
    """Sensible appliance gain by the number of refrigerators and freezers [Btu/h]."""
    holder = reader.details.at("Appliances")
    cold = [*holder.all("Refrigerator"), *holder.all("Freezer")] if holder is not None else []
    return MORE_COLD_BTUH if len(cold) > 1 else ONE_REFRIGERATOR_BTUH
