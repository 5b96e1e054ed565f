"""Loads of a house in a file: HPXML, or the `building` part of an analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from autohvac.core.errors import RejectedInput
from blueprints.plan.building import Building
from calculations.assembly.estimate import loads_for
from calculations.assembly.house_of import house_of
from calculations.assembly.what_if import what_if, what_if_house
from calculations.hpxml.importer import import_hpxml
from calculations.manualj.engine import calculate
from calculations.manualj.engine import sweep as turned_loads
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import House, Method

EIGHT = tuple(45.0 * step for step in range(8))
MAX_BYTES = 20 * 1024 * 1024


def loads_of_file(
    path: Path, *, method: Method, sweep: bool, changes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The loads document (contract §3), with `what_if` beside the loads when values are to be changed.

    Raises: RejectedInput building_invalid, house_invalid, answer_unknown, answer_invalid or hpxml_*.
    """
    if path.stat().st_size > MAX_BYTES:
        raise RejectedInput("file_too_large", max_mb=MAX_BYTES // 2**20)
    data = path.read_bytes()
    if data.lstrip()[:1] == b"<":
        return _of_hpxml(data, method=method, swept=sweep, changes=changes or {})
    return _of_building(_building(data), method=method, swept=sweep, changes=changes or {})


def _of_hpxml(data: bytes, *, method: Method, swept: bool, changes: Mapping[str, str]) -> dict[str, Any]:
    imported = import_hpxml(data)
    try:
        loads = calculate(imported.house, method=method).to_json_dict()
    except InvalidHouse as error:
        facts = {"field": error.field, "value": str(error.value), "allowed": error.allowed}
        raise RejectedInput("house_invalid", **facts) from error
    loads["warnings"] += [{"code": w.code, "message": f"{w.path}: {w.message}"} for w in imported.warnings]
    if changes:
        loads["what_if"] = what_if_house(imported.house, changes, method=method).model_dump(mode="json")
    return _with_sweep(loads, imported.house, method=method, swept=swept)


def _of_building(
    building: Building, *, method: Method, swept: bool, changes: Mapping[str, str]
) -> dict[str, Any]:
    if building.design is None:
        raise RejectedInput(
            "building_invalid", field="design", problem="missing: the analysis was not finished"
        )
    loads = dict(loads_for(building, method=method).loads)
    if changes:
        loads["what_if"] = what_if(building, changes, method=method).model_dump(mode="json")
    return _with_sweep(loads, house_of(building), method=method, swept=swept)


def _with_sweep(loads: dict[str, Any], house: House, *, method: Method, swept: bool) -> dict[str, Any]:
    if swept:
        turned = turned_loads(house, EIGHT, method=method)
        loads["sweep"] = [_turned(angle, result.to_json_dict()["block"]) for angle, result in turned.items()]
    return loads


def _turned(angle: float, block: dict[str, Any]) -> dict[str, float]:
    sensible, latent = block["cooling_sensible"]["total"], block["cooling_latent"]["total"]
    return {
        "turned_deg": angle,
        "heating_btuh": block["heating"]["total"],
        "cooling_sensible_btuh": sensible,
        "cooling_latent_btuh": latent,
        "cooling_total_btuh": sensible + latent,
    }


def _building(data: bytes) -> Building:
    try:
        document = json.loads(data)
        if isinstance(document, dict) and "building" in document:
            document = document["building"]
        return Building.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RejectedInput("building_invalid", field=place, problem=first["msg"]) from None
    except (ValueError, RecursionError) as error:
        raise RejectedInput("building_invalid", problem=str(error)[:200]) from None
