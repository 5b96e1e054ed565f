"""Store what stage 6 computed."""

from __future__ import annotations

from typing import Any

from audit.bulk import create_tracked
from autohvac.core.digest import sha256_of
from blueprints.models import PipelineRun, Room
from blueprints.plan.building import Building
from blueprints.projection import project_questions, sync
from calculations.assembly.estimate import LoadsResult
from calculations.models import (
    ComponentLoad,
    ConstructionAssembly,
    DesignConditions,
    LoadCalculation,
    RoomLoad,
)

SEASONS = ("heating", "cooling_sensible", "cooling_latent")
PARTS_NOT_SHOWN = ("total",)


def load_calculation_store(*, run: PipelineRun, building: Building, result: LoadsResult) -> LoadCalculation:
    """Rows of design conditions, assemblies and loads; a retried stage replaces its own earlier calculation."""
    LoadCalculation.objects.filter(run=run).delete()
    loads = result.loads
    calculation = LoadCalculation.objects.create(
        run=run,
        design=_design(run, building),
        method=loads["method"],
        building_digest=sha256_of(building),
        engine_version=loads["engine_version"],
        heating_btuh=loads["block"]["heating"]["total"],
        sensible_btuh=loads["block"]["cooling_sensible"]["total"],
        latent_btuh=loads["block"]["cooling_latent"]["total"],
        result=loads,
    )
    _store_parts(calculation, loads)
    _store_assemblies(run, building)
    project_questions(run, building)
    run.engine_version = loads["engine_version"]
    run.save()
    return calculation


def _design(run: PipelineRun, building: Building) -> DesignConditions:
    design = building.design
    if design is None:
        raise ValueError("the building was not completed")
    values: dict[str, Any] = {
        "climate_zone": design.climate_zone,
        "heating_db_f": design.heating_db_f.required(),
        "cooling_db_f": design.cooling_db_f.required(),
        "grains_difference": design.grains_difference.required(),
        "daily_range": design.daily_range.required(),
        "latitude": design.latitude.required(),
        "elevation_ft": design.elevation_ft.required(),
        "station_distance_mi": design.station_distance_mi,
        "station_elevation_difference_ft": design.station_elevation_difference_ft,
        "evidence": design.model_dump(mode="json"),
    }
    same = DesignConditions.objects.filter(
        project=run.blueprint.project, station=design.station, **values
    ).first()
    return same or DesignConditions.objects.create(
        project=run.blueprint.project, station=design.station, **values
    )


def _store_parts(calculation: LoadCalculation, loads: dict[str, Any]) -> None:
    create_tracked(
        ComponentLoad,
        [
            ComponentLoad(calculation=calculation, season=season, component=component, btuh=value)
            for season in SEASONS
            for component, value in loads["block"][season].items()
            if component not in PARTS_NOT_SHOWN
        ],
    )
    rooms = {
        room.key: room
        for room in Room.objects.filter(level__blueprint=calculation.run.blueprint).select_related("level")
    }
    create_tracked(
        RoomLoad,
        [
            RoomLoad(
                calculation=calculation,
                room=rooms.get(room["id"]),
                room_key=room["id"],
                name=room["name"][:200],
                area_sqft=room["area_sqft"],
                heating_btuh=room["heating"]["total"],
                sensible_btuh=room["cooling_sensible"]["total"],
                heating_cfm=room["heating_cfm"],
                cooling_cfm=room["cooling_cfm"],
                components={"heating": room["heating"], "cooling_sensible": room["cooling_sensible"]},
            )
            for room in loads["rooms"]
        ],
    )


def _store_assemblies(run: PipelineRun, building: Building) -> None:
    wanted: dict[Any, dict[str, Any]] = {
        name: {
            "value": fact.value,
            "unit": fact.unit,
            "source": fact.source,
            "note": fact.note[:400],
            "confidence": fact.confidence,
        }
        for name, fact in building.facts.items()
        if fact.known
    }
    sync(ConstructionAssembly, {"project": run.blueprint.project}, "key", wanted)
