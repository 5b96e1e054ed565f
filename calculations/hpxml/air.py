"""Air leakage and mechanical ventilation."""

from __future__ import annotations

from typing import Any

from calculations.hpxml.document import Node
from calculations.hpxml.engine_inputs import engine_inputs
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.reader import Reader, built, make
from calculations.hpxml.words import ATTACHED_HOMES, FANS, LEAKINESS
from calculations.manualj.house import BlowerDoor, Infiltration, VentilationRatings, VentilationUnit

MANUAL_J = "BuildingSummary/extension/HVACSizingControl/ManualJInputs"
METHODS = ("default infiltration table", "blower door")
SQIN_PER_SQFT = 144.0
CFIS_HOURS = 8.0
WHOLE_DAY = 24.0
LOCAL_USES = ("UsedForLocalVentilation", "UsedForSeasonalCoolingLoadReduction", "UsedForGarageVentilation")


# --- infiltration ------------------------------------------------------------------------------------------


def read_infiltration(reader: Reader, *, floor_sqft: float, ceiling_ft: float) -> Infiltration:
    """Air leakage by the method the document asks for, else by what was measured."""
    holder = reader.details.at("Enclosure/AirInfiltration")
    measured = holder.all("AirInfiltrationMeasurement") if holder is not None else []
    node = chosen(reader, measured)
    fields: dict[str, Any] = {
        "shielding_class": shielding_class(reader),
        **home(reader),
        "fireplaces": fireplaces(reader),
    }
    if node is not None:
        fields |= leakage(reader, node, floor_sqft=floor_sqft, ceiling_ft=ceiling_ft)
        if fields["attached"]:
            fields["exterior_share"] = exterior_share(reader, node)
        node.word("TypeOfInfiltrationLeakage")
        node.number("extension/Aext", low=0)
    if not {"leakiness", "ela_sqin", "blower_door", "heating_cfm"} & fields.keys():
        path = f"{reader.details.path}/Enclosure/AirInfiltration"
        reader.notes.add("hpxml_assumed", path, "no air leakage given; average of Table 5A")
        fields["leakiness"] = "average"
    return (
        make(Infiltration, holder, **fields)
        if holder is not None
        else built(Infiltration, reader.details.path, **fields)
    )


def chosen(reader: Reader, measured: list[Node]) -> Node | None:
    """The measurement in use: the kind the method names, else a measured one before a described one."""
    method = reader.details.word(f"{MANUAL_J}/InfiltrationMethod")
    if method is not None and method not in METHODS:
        raise HpxmlRejected(
            "hpxml_invalid", path=f"{reader.details.path}/{MANUAL_J}", detail=f"method {method!r}"
        )
    described = [node for node in measured if node.word("LeakinessDescription")]
    tested = [node for node in measured if node.at("BuildingAirLeakage") or node.at("EffectiveLeakageArea")]
    order = [*described, *tested] if method == METHODS[0] else [*tested, *described]
    order += [node for node in measured if node not in order]
    for extra in order[1:]:
        if extra is not order[0]:
            extra.read_whole()
            reader.notes.add("hpxml_ignored", extra, f"{order[0].id} is used")
    return order[0] if order else None


def leakage(reader: Reader, node: Node, *, floor_sqft: float, ceiling_ft: float) -> dict[str, Any]:
    """Fields of Infiltration for one measurement."""
    method = reader.details.word(f"{MANUAL_J}/InfiltrationMethod")
    word = node.word("LeakinessDescription")
    volume = node.number("InfiltrationVolume", low=0)
    node.number("InfiltrationHeight", low=0)
    ela, sla = node.number("EffectiveLeakageArea", low=0), node.number("SpecificLeakageArea", low=0)
    tested = test_result(reader, node, volume=volume or floor_sqft * ceiling_ft)
    if word is not None and (method == METHODS[0] or (ela is None and sla is None and not tested)):
        if word not in LEAKINESS:
            raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/LeakinessDescription", detail=word)
        if method == METHODS[1]:
            reader.notes.add(
                "hpxml_contradiction", node, "a blower door is asked for, a description is given"
            )
        return {"leakiness": LEAKINESS[word]}
    if method == METHODS[0]:
        reader.notes.add("hpxml_assumed", node, "Table 5A asked for, no description of leakiness; average")
        return {"leakiness": "average"}
    if ela is not None:
        return {"ela_sqin": ela}
    if sla is not None:
        return {"ela_sqin": sla * floor_sqft * SQIN_PER_SQFT}
    return {**tested, **({"volume_cuft": volume} if volume and tested else {})}


def test_result(reader: Reader, node: Node, *, volume: float) -> dict[str, Any]:
    """A blower door result, or a natural rate as it stands."""
    result = node.at("BuildingAirLeakage")
    if result is None:
        return {}
    unit, value = result.word("UnitofMeasure"), result.must_number("AirLeakage", low=0)
    if unit in ("ACHnatural", "CFMnatural"):
        flow = value * volume / 60.0 if unit == "ACHnatural" else value
        reader.notes.add("hpxml_nonstandard", result, "an annual mean leakage is used at design conditions")
        return {"heating_cfm": flow, "cooling_cfm": flow}
    if unit not in ("ACH", "CFM"):
        raise HpxmlRejected("hpxml_invalid", path=f"{result.path}/UnitofMeasure", detail=f"{unit!r}")
    pressure = node.number("HousePressure", low=0.1)
    if pressure is None:
        reader.notes.add("hpxml_assumed", f"{node.path}/HousePressure", "not given; 50 Pa")
    key = "ach" if unit == "ACH" else "cfm"
    return {"blower_door": built(BlowerDoor, result.path, **{key: value}, pressure_pa=pressure or 50.0)}


def shielding_class(reader: Reader) -> int:
    """Wind shielding class: as given, else 4 (5 for attached homes), moved by site and shielding."""
    given = reader.details.number(f"{MANUAL_J}/InfiltrationShieldingClass", low=1, high=5)
    shielding = reader.details.word("BuildingSummary/Site/ShieldingofHome")
    site = reader.details.word("BuildingSummary/Site/SiteType")
    if given is not None:
        return int(given)
    moved = 5 if is_attached(reader) else 4
    moved += {"well-shielded": 1, "exposed": -1}.get(shielding or "", 0)
    moved += {"urban": 1, "rural": -1}.get(site or "", 0)
    return min(max(moved, 1), 5)


def is_attached(reader: Reader) -> bool:
    """Whether the dwelling shares walls with others."""
    return (
        reader.details.word("BuildingSummary/BuildingConstruction/ResidentialFacilityType") in ATTACHED_HOMES
    )


def home(reader: Reader) -> dict[str, Any]:
    """Attachment, height above ground and exposure."""
    height = reader.details.number("BuildingSummary/BuildingConstruction/UnitHeightAboveGrade")
    word = reader.details.word("BuildingSummary/Site/ShieldingofHome")
    exposure = {"well-shielded": "well_shielded", "exposed": "exposed"}.get(word or "", "normal")
    fields: dict[str, Any] = {"attached": is_attached(reader), "apartment_exposure": exposure}
    if height is not None and height > 0:
        fields["unit_height_ft"] = height
    return fields


def exterior_share(reader: Reader, node: Node) -> float:
    """Share of a compartment test that goes outdoors: as given, else by the area of the envelope."""
    given = node.number("extension/Aext", low=0, high=1)
    kind = node.word("TypeOfInfiltrationLeakage")
    if given is not None:
        return given
    if kind != "unit total":
        return 1.0
    outer, total = envelope_areas(reader)
    share = outer / total if total > 0 else 1.0
    reader.notes.add(
        "hpxml_assumed", f"{node.path}/extension/Aext", f"not given; {share:.3f} by envelope area"
    )
    return share


def envelope_areas(reader: Reader) -> tuple[float, float]:
    """Envelope area towards outdoors and ground, and in all [ft²]."""
    outer = total = 0.0
    kinds = [
        ("Walls", "Wall"),
        ("RimJoists", "RimJoist"),
        ("FoundationWalls", "FoundationWall"),
        ("Floors", "Floor"),
    ]
    for group, kind in kinds:
        for node in reader.enclosure(group, kind):
            area, beyond = node.number("Area") or 0.0, node.word("ExteriorAdjacentTo") or ""
            if node.word("InteriorAdjacentTo") != beyond:
                total += area
                outer += 0.0 if beyond.startswith("other ") else area
    for group, kind in [("Roofs", "Roof"), ("Slabs", "Slab")]:
        for node in reader.enclosure(group, kind):
            if node.word("InteriorAdjacentTo") in ("conditioned space", "basement - conditioned"):
                outer += node.number("Area") or 0.0
                total += node.number("Area") or 0.0
    return outer, total


def fireplaces(reader: Reader) -> int:
    """1 if the house has a fireplace: Manual J's allowance is for one."""
    plant = reader.details.at("Systems/HVAC/HVACPlant")
    systems = plant.all("HeatingSystem") if plant is not None else []
    loads = reader.details.at("MiscLoads")
    fuel = loads.all("FuelLoad") if loads is not None else []
    burning = any(node.at("HeatingSystemType/Fireplace") for node in systems)
    return int(burning or any(node.word("FuelLoadType") == "fireplace" for node in fuel))


# --- ventilation -------------------------------------------------------------------------------------------


def read_ventilation(reader: Reader) -> tuple[VentilationUnit, ...]:
    """All whole-house ventilation units."""
    holder = reader.details.at("Systems/MechanicalVentilation/VentilationFans")
    fans = holder.all("VentilationFan") if holder is not None else []
    units = [read_fan(reader, node) for node in fans]
    return tuple(unit for unit in units if unit is not None)


def read_fan(reader: Reader, node: Node) -> VentilationUnit | None:
    """One whole-house unit; local, garage and whole-house cooling fans carry no load."""
    whole = node.flag("UsedForWholeBuildingVentilation")
    if whole is not True and (whole is False or any(node.flag(use) for use in LOCAL_USES)):
        node.read_whole()
        return None
    word = node.word("FanType")
    if word not in FANS:
        if word not in (None, "not present"):
            reader.notes.add("hpxml_ignored", f"{node.path}/FanType", f"fan of type {word!r}")
        return None
    kind, flow = FANS[word], fan_flow(reader, node)
    if flow is None:
        return None
    hours = node.number("HoursInOperation", low=0, high=24)
    usual = CFIS_HOURS if kind == "cfis" else WHOLE_DAY
    values = engine_inputs(node)
    fields: dict[str, Any] = {
        "id": node.id,
        "kind": kind,
        "rated_cfm": flow,
        "hours_per_day": usual if hours is None else hours,
        "ratings": ratings(reader, node) if kind in ("hrv", "erv") and "ratings" not in values else None,
    }
    attached = node.reference("AttachedToHVACDistributionSystem") is not None
    fields["system_load"] = attached and kind not in (
        "cfis",
        "exhaust",
    )  # through the return duct, not the room
    return make(VentilationUnit, node, **fields)


def fan_flow(reader: Reader, node: Node) -> float | None:
    """Flow of all units of this element [cfm]."""
    names = ("TestedFlowRate", "DeliveredVentilation", "CalculatedFlowRate", "RatedFlowRate")
    flows = [flow for name in names if (flow := node.number(name, low=0)) is not None]
    count = node.number("Count", low=1) or 1.0
    if not flows:
        reader.notes.add("hpxml_ignored", node, "no flow rate; not counted")
        return None
    if node.flag("IsSharedSystem"):
        reader.notes.add("hpxml_assumed", node, "shared system; its flow is taken as that of this dwelling")
    return flows[0] * count


def ratings(reader: Reader, node: Node) -> VentilationRatings:
    """Recovery ratings and fan power; without the latter a rating is the effectiveness itself."""
    watts = node.number("FanPower", low=0)
    found = VentilationRatings(
        sensible_recovery=node.number("SensibleRecoveryEfficiency", low=0, high=1),
        adjusted_sensible_recovery=node.number("AdjustedSensibleRecoveryEfficiency", low=0, high=1),
        total_recovery=node.number("TotalRecoveryEfficiency", low=0, high=1),
        adjusted_total_recovery=node.number("AdjustedTotalRecoveryEfficiency", low=0, high=1),
        fan_watts=watts if watts is not None else 0.0,
    )
    if watts is None and (found.sensible_recovery is not None or found.total_recovery is not None):
        reader.notes.add(
            "hpxml_assumed", f"{node.path}/FanPower", "not given; the rating counts as effectiveness"
        )
    return found
