"""Equipment as a person enters it from the manufacturer's performance data: closed, finite, in range."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen

Temperature = Annotated[float, Field(ge=-60, le=140)]
Capacity = Annotated[float, Field(gt=0, le=1e6)]
Flow = Annotated[float, Field(gt=0, le=1e5)]
Text = Annotated[str, Field(max_length=200)]
Staging = Literal["single", "two", "variable"]


class CoolingPoint(Frozen):
    """One entry of the performance table at the entered airflow: air at the coil and outdoors [°F], Btu/h."""

    outdoor_db_f: Temperature
    entering_wb_f: Temperature
    entering_db_f: Temperature = 75.0
    total_btuh: Capacity
    sensible_btuh: Capacity

    @model_validator(mode="after")
    def _sensible_is_part_of_total(self) -> Self:
        if self.sensible_btuh > self.total_btuh:
            raise ValueError("sensible_btuh is more than total_btuh")
        return self


class CoolingUnit(Frozen):
    """An air conditioner or heat pump in cooling.

    `blower_btuh`: heat of the blower where the table is gross of it; zero for net tables. `altitude_factor`:
    the manufacturer's for this site. Air at the coil where it differs from the rooms' design condition.
    """

    kind: Literal["air_conditioner", "heat_pump"]
    manufacturer: Text = ""
    model: Text = ""
    source: Text = ""
    staging: Staging
    airflow_cfm: Flow
    points: Annotated[tuple[CoolingPoint, ...], Field(min_length=1, max_length=500)]
    blower_btuh: Annotated[float, Field(ge=0, le=1e5)] = 0.0
    altitude_factor: Annotated[float, Field(gt=0, le=1)] | None = None
    entering_db_f: Temperature | None = None
    entering_wb_f: Temperature | None = None


class HeatingPoint(Frozen):
    """Rated heating capacity of a heat pump at an outdoor temperature [°F, Btu/h]."""

    outdoor_db_f: Temperature
    capacity_btuh: Capacity


class Furnace(Frozen):
    """A furnace, boiler or electric heater by its output, not its input [Btu/h].

    With an airflow [cfm] the temperature rise is computed, and held against the nameplate's range if entered.
    """

    kind: Literal["furnace", "boiler", "electric"]
    manufacturer: Text = ""
    model: Text = ""
    source: Text = ""
    output_btuh: Capacity
    airflow_cfm: Flow | None = None
    rise_f: tuple[Temperature, Temperature] | None = None

    @model_validator(mode="after")
    def _rise_from_low_to_high(self) -> Self:
        if self.rise_f is not None and self.rise_f[0] > self.rise_f[1]:
            raise ValueError("rise_f is from the lowest to the highest")
        return self


class HeatPump(Frozen):
    """A heat pump in heating: two rated points, and what stands beside it.

    `no_load_f`: outdoor temperature without heating load; None: the indoor design temperature, as Manual J.
    `lockout_f`: the compressor stops below this outdoor temperature.
    """

    kind: Literal["heat_pump"]
    manufacturer: Text = ""
    model: Text = ""
    source: Text = ""
    points: tuple[HeatingPoint, HeatingPoint]
    supplement_btuh: Annotated[float, Field(ge=0, le=1e6)] | None = None
    no_load_f: Temperature | None = None
    lockout_f: Temperature | None = None

    @model_validator(mode="after")
    def _two_temperatures(self) -> Self:
        if self.points[0].outdoor_db_f == self.points[1].outdoor_db_f:
            raise ValueError("the two points are at one outdoor temperature")
        return self


class Climate(Frozen):
    """Degree days of the site, for the larger heat pumps of cold and dry places [°F·day]."""

    hdd65: Annotated[float, Field(ge=0, le=30000)]
    cdd50: Annotated[float, Field(gt=0, le=30000)]


class Equipment(Frozen):
    """The equipment file: what is to serve the whole house, and by which edition it is judged."""

    schema_id: Literal["autohvac.equipment/1"] = "autohvac.equipment/1"
    edition: Text | None = None
    jurisdiction: Text = ""
    cooling: CoolingUnit | None = None
    heating: Annotated[Furnace | HeatPump, Field(discriminator="kind")] | None = None
    climate: Climate | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.cooling is None and self.heating is None:
            raise ValueError("neither cooling nor heating")
        return self


def equipment_of(document: object) -> Equipment:
    """The equipment of a parsed file. Raises RejectedInput equipment_invalid naming the first bad field."""
    try:
        return Equipment.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or "equipment"
        raise RejectedInput("equipment_invalid", field=field, problem=first["msg"]) from None
