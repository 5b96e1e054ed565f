"""A completed building with north known, as the house of the load method."""

from __future__ import annotations

from autohvac.core.errors import NeedsInput
from blueprints.plan.building import Building
from calculations.assembly.convert_ground import ground_of
from calculations.assembly.convert_parts import (
    Context,
    ceilings,
    context_of,
    doors,
    roofs,
    skylights,
    walls,
    windows,
)
from calculations.assembly.values import HouseFacts, house_facts
from calculations.defaults.tables import house_number, vented_crawlspace_duct_code
from calculations.manualj import house as mj

LEAKAGE: dict[str, mj.DuctLeakage] = {"sealed": "default_sealed", "not_sealed": "default_not_sealed"}


def house_at(building: Building) -> mj.House:
    """The house at the orientation its levels state.

    Raises: NeedsInput when no conditioned room has an area; ValueError when north or the design is missing.
    """
    facts = house_facts(building)
    context = context_of(building, facts=facts)
    if not context.rooms:
        raise NeedsInput("answer_needed", questions=["rooms"])
    ground = ground_of(context)
    return mj.House(
        name=building.zip_code,
        design=_design(building),
        bedrooms=round(facts.bedrooms),
        storeys_above_grade=_storeys(context),
        ceiling_height_ft=_mean_height_ft(context),
        rooms=_rooms(context),
        spaces=ground.spaces,
        walls=walls(context),
        windows=windows(context),
        skylights=skylights(context),
        doors=doors(context),
        ceilings=ceilings(context),
        roofs=roofs(context),
        floors=ground.floors,
        slabs=ground.slabs,
        foundation_walls=ground.foundation_walls,
        infiltration=_infiltration(facts),
        ventilation=_ventilation(facts),
        gains=mj.Gains(occupants=facts.occupants, appliances_sensible_btuh=facts.appliances_btuh),
        ducts=_ducts(context),
    )


def _design(building: Building) -> mj.Design:
    design = building.design
    if design is None:
        raise ValueError("the building was not completed")
    return mj.Design.model_validate(
        {
            "heating_db_f": design.heating_db_f.required(),
            "cooling_db_f": design.cooling_db_f.required(),
            "indoor_heating_f": design.indoor_heating_f.required(),
            "indoor_cooling_f": design.indoor_cooling_f.required(),
            "indoor_rh": design.indoor_rh.required(),
            "grains_difference": design.grains_difference.required(),
            "daily_range": design.daily_range.required(),
            "latitude": design.latitude.required(),
            "elevation_ft": design.elevation_ft.required(),
            "source": design.station,
        }
    )


def _rooms(context: Context) -> tuple[mj.Room, ...]:
    return tuple(
        mj.Room(id=room.id, name=room.name, area_sqft=room.area_sqft.required())
        for room in context.rooms.values()
    )


def _storeys(context: Context) -> float:
    used = {room.level for room in context.rooms.values()}
    above = {level.index for level in context.building.levels if level.name in used and level.index > 0}
    return float(max(len(above), 1))


def _mean_height_ft(context: Context) -> float:
    """Ceiling height of the rooms, weighted with their area [ft]."""
    area = sum(room.area_sqft.required() for room in context.rooms.values())
    volume = sum(r.area_sqft.required() * r.ceiling_height_ft.required() for r in context.rooms.values())
    return volume / area


def _infiltration(facts: HouseFacts) -> mj.Infiltration:
    attached = facts.attached == "attached"
    shielding = 5 if attached else 4
    if facts.ach50 is not None:
        test = mj.BlowerDoor(ach=facts.ach50)
        return mj.Infiltration(blower_door=test, attached=attached, shielding_class=shielding)
    leakiness = facts.leakage_class or "average"
    return mj.Infiltration(leakiness=leakiness, attached=attached, shielding_class=shielding)


def _ventilation(facts: HouseFacts) -> tuple[mj.VentilationUnit, ...]:
    """The one unit of the facts; recovery of HRV and ERV as typical until a rating is known."""
    if facts.ventilation == "none" or facts.ventilation_cfm <= 0:
        return ()
    sensible = house_number("hrv_sensible_effectiveness") if facts.ventilation in ("hrv", "erv") else None
    latent = {"hrv": 0.0, "erv": house_number("erv_latent_effectiveness")}.get(facts.ventilation)
    return (
        mj.VentilationUnit(
            id="ventilation",
            kind=facts.ventilation,
            rated_cfm=facts.ventilation_cfm,
            heating_effectiveness=sensible,
            cooling_effectiveness=sensible,
            latent_effectiveness=latent,
        ),
    )


def _ducts(context: Context) -> tuple[mj.DuctTable, ...]:
    facts = context.facts
    area = sum(room.area_sqft.required() for room in context.rooms.values())
    in_vented_crawlspace = facts.duct_location == "crawlspace" and facts.foundation == "vented_crawlspace"
    return (
        mj.DuctTable(
            code=vented_crawlspace_duct_code() if in_vented_crawlspace else None,
            location=facts.duct_location,
            lookup_area_sqft=area,
            leakage=LEAKAGE[facts.duct_leakage],
            r_value=facts.duct_r,
        ),
    )
