"""Manual S: the capacity of chosen equipment at design conditions against the load and the edition's limits.

Only what is computed from entered data is in the result. A capacity is never called a load, and a limit that
was not confirmed in a source at hand says so.
"""

from __future__ import annotations

from typing import Literal

from autohvac.core.evidence import Frozen
from calculations.equipment.entered import CoolingUnit, Equipment, Furnace, HeatPump
from calculations.equipment.heat_pump import HeatingAtDesign, heating_at_design
from calculations.equipment.limits import (
    Edition,
    Kind,
    Limit,
    Limits,
    Quantity,
    edition_of,
    has_rows,
    limit_for,
    table,
)
from calculations.equipment.performance import Air, Capacity, capacity_at, wet_bulb_f
from calculations.equipment.sizing import SizingLoads
from calculations.manualj.design import altitude_correction
from calculations.manualj.lookup import number


class Check(Frozen):
    """One capacity against its load and limits [Btu/h]; shares of the load.

    `share` None: there is no such load. `passed` None: nothing to hold it against.
    """

    code: str
    capacity_btuh: float
    load_btuh: float
    share: float | None
    least_btuh: float | None
    most_btuh: float | None
    passed: bool | None
    confirmed: bool
    source: str


class CoolingResult(Frozen):
    """The cooling unit at design."""

    air: Air
    airflow_cfm: float
    capacity: Capacity
    checks: tuple[Check, ...]


class HeatingResult(Frozen):
    """The heating unit at design; rise of the air through a furnace [°F]."""

    capacity_btuh: float
    checks: tuple[Check, ...]
    heat_pump: HeatingAtDesign | None = None
    rise_f: float | None = None
    rise_within: bool | None = None


class Remark(Frozen):
    """Something the reader should know: a code and its facts."""

    code: str
    detail: str


class EquipmentCheck(Frozen):
    """The whole answer. `passed`: every check that has a limit passed."""

    schema_id: Literal["autohvac.equipment-check/1"] = "autohvac.equipment-check/1"
    edition: str
    edition_title: str
    jurisdiction: str
    loads: SizingLoads
    cooling: CoolingResult | None
    heating: HeatingResult | None
    passed: bool
    remarks: tuple[Remark, ...]


def check_equipment(
    equipment: Equipment, loads: SizingLoads, *, limits: Limits | None = None
) -> EquipmentCheck:
    """Hold the equipment against the loads.

    Raises: RejectedInput equipment_invalid when the edition is not known or the entered data do not enclose
        the design condition.
    """
    rules = table() if limits is None else limits
    judge = _Judge(equipment, loads, rules)
    cooling = None if equipment.cooling is None else judge.cooling(equipment.cooling)
    heating = None if equipment.heating is None else judge.heating(equipment.heating)
    checks = [check for part in (cooling, heating) if part is not None for check in part.checks]
    rise_bad = heating is not None and heating.rise_within is False
    return EquipmentCheck(
        edition=judge.edition.edition,
        edition_title=judge.edition.title,
        jurisdiction=equipment.jurisdiction,
        loads=loads,
        cooling=cooling,
        heating=heating,
        passed=all(check.passed is not False for check in checks) and not rise_bad,
        remarks=tuple(judge.remarks),
    )


class _Judge:
    """One check under way: equipment, loads, edition and what was remarked."""

    def __init__(self, equipment: Equipment, loads: SizingLoads, limits: Limits) -> None:
        self.equipment, self.loads, self.limits = equipment, loads, limits
        self.edition: Edition = edition_of(equipment.edition, limits=limits)
        self.remarks: list[Remark] = []
        place = equipment.jurisdiction
        if place and not has_rows(self.edition, jurisdiction=place):
            self._remark("jurisdiction_without_rows", f"{place}: the limits of {self.edition.title} itself")

    def _remark(self, code: str, detail: str) -> None:
        self.remarks.append(Remark(code=code, detail=detail))

    # --- cooling ---

    def cooling(self, unit: CoolingUnit) -> CoolingResult:
        air = self._air(unit)
        capacity, near = capacity_at(unit, air, rules=self.limits.entered_data)
        for one in near:
            self._remark("entered_column_near", f"{one.axis} {one.used_f:g} for {one.wanted_f:.1f}")
        self._altitude(unit)
        loads = self.loads
        rows: tuple[tuple[Quantity, float, float], ...] = (
            ("total_cooling", capacity.total_btuh, loads.total_cooling_btuh),
            ("sensible", capacity.sensible_btuh, loads.sensible_btuh),
            ("latent", capacity.latent_btuh, loads.latent_btuh),
        )
        checks = tuple(self._check(q, c, load, kind=unit.kind, staging=unit.staging) for q, c, load in rows)
        return CoolingResult(air=air, airflow_cfm=unit.airflow_cfm, capacity=capacity, checks=checks)

    def _air(self, unit: CoolingUnit) -> Air:
        """Air at the coil: as entered, else the rooms' design condition."""
        loads = self.loads
        db = loads.indoor_cooling_f if unit.entering_db_f is None else unit.entering_db_f
        wb = unit.entering_wb_f
        if wb is None:
            wb = wet_bulb_f(
                dry_bulb_f=loads.indoor_cooling_f, rh=loads.indoor_rh, elevation_ft=loads.elevation_ft
            )
        return Air(entering_db_f=db, entering_wb_f=wb, outdoor_db_f=loads.cooling_db_f)

    def _altitude(self, unit: CoolingUnit) -> None:
        if unit.altitude_factor is None and self.loads.elevation_ft > self.limits.entered_data.altitude_ft:
            self._remark("altitude_not_corrected", f"site at {self.loads.elevation_ft:g} ft")

    # --- heating ---

    def heating(self, unit: Furnace | HeatPump) -> HeatingResult:
        return self._heat_pump(unit) if isinstance(unit, HeatPump) else self._furnace(unit)

    def _furnace(self, unit: Furnace) -> HeatingResult:
        check = self._check("heating", unit.output_btuh, self.loads.heating_btuh, kind=unit.kind)
        rise = within = None
        if unit.airflow_cfm is not None and unit.kind != "boiler":
            per_degree = number("infiltration", "air", "sensible") * altitude_correction(
                self.loads.elevation_ft
            )
            rise = unit.output_btuh / (per_degree * unit.airflow_cfm)
            within = None if unit.rise_f is None else unit.rise_f[0] <= rise <= unit.rise_f[1]
        return HeatingResult(capacity_btuh=unit.output_btuh, checks=(check,), rise_f=rise, rise_within=within)

    def _heat_pump(self, pump: HeatPump) -> HeatingResult:
        loads = self.loads
        found = heating_at_design(
            pump,
            load_btuh=loads.heating_btuh,
            design_db_f=loads.heating_db_f,
            indoor_f=loads.indoor_heating_f,
        )
        temperatures = sorted(point.outdoor_db_f for point in pump.points)
        if not temperatures[0] <= loads.heating_db_f <= temperatures[1]:
            detail = f"{loads.heating_db_f:g} °F beyond the rated points {temperatures[0]:g} and {temperatures[1]:g}"
            self._remark("capacity_extrapolated", detail)
        checks: tuple[Check, ...] = ()
        if pump.supplement_btuh is not None:
            checks = (self._check("supplement", pump.supplement_btuh, found.supplement_btuh, kind=pump.kind),)
        return HeatingResult(capacity_btuh=found.capacity_btuh, checks=checks, heat_pump=found)

    # --- one check ---

    def _check(
        self, quantity: Quantity, capacity: float, load: float, *, kind: Kind, staging: str = "any"
    ) -> Check:
        limit = limit_for(
            self.edition,
            jurisdiction=self.equipment.jurisdiction,
            kind=kind,
            staging=staging,
            quantity=quantity,
        )
        least, most = self._bounds(limit, load)
        bounded = least is not None or most is not None
        passed = (least is None or capacity >= least) and (most is None or capacity <= most)
        return Check(
            code=quantity,
            capacity_btuh=capacity,
            load_btuh=load,
            share=capacity / load if load > 0 else None,
            least_btuh=least,
            most_btuh=most,
            passed=passed if bounded else None,
            confirmed=limit is not None and limit.confirmed,
            source="" if limit is None else self.edition.sources[limit.source],
        )

    def _bounds(self, limit: Limit | None, load: float) -> tuple[float | None, float | None]:
        """Least and most capacity [Btu/h]; no upper bound where there is no load to be a share of."""
        if limit is None:
            return None, None
        least = None if limit.least is None else limit.least * max(load, 0.0)
        if limit.most is None or load <= 0:
            return least, None
        most = limit.most * load
        return least, max(most, load + limit.plus_btuh) if limit.plus_btuh and self._cold_and_dry() else most

    def _cold_and_dry(self) -> bool:
        climate, rule = self.equipment.climate, self.limits.cold_and_dry
        if climate is None:
            return False
        cold = climate.hdd65 / climate.cdd50 >= rule.hdd65_per_cdd50
        return cold and self.loads.sensible_heat_ratio >= rule.sensible_heat_ratio
