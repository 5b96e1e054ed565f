"""Loads of a completed building as the contract prints them, with interval, drivers and warnings."""

from __future__ import annotations

from functools import partial
from typing import Any

from autohvac.core.evidence import Frozen
from autohvac.core.stage import Issue
from blueprints.plan.building import Building, ReviewNote
from calculations.assembly.checks import part_warnings, result_warnings
from calculations.assembly.constructions import ConstructionUse, constructions_of
from calculations.assembly.drivers import Effect, Totals, effects, interval
from calculations.assembly.engine_port import loads_at, totals_at, totals_of
from calculations.assembly.orientation import Facing, Turn, facing_of
from calculations.assembly.ranges import document
from calculations.manualj.house import Method
from calculations.manualj.loads import TraceLine


class LoadsResult(Frozen):
    """Stage 6's answer.

    `loads` is the loads document of the contract; `trace` the engine's lines; `turns` the totals of
    the eight directions when north was not known; `review` the building's notes with the load at stake;
    `constructions` the numbered assemblies in use.
    """

    loads: dict[str, Any]  # JSON document of the contract
    trace: tuple[TraceLine, ...] = ()
    turns: tuple[Turn, ...] = ()
    review: tuple[ReviewNote, ...] = ()
    constructions: tuple[ConstructionUse, ...] = ()


def loads_for(building: Building, *, method: Method = "as_published") -> LoadsResult:
    """Calculate a completed building; sweep the directions when north is unknown; try every assumed value.

    Raises: NeedsInput when no conditioned room has an area.
    """
    load = partial(totals_at, method=method)
    facing = facing_of(building, load=load)
    loads = loads_at(facing.building, method=method)
    base = totals_of(loads)
    moved = _with_orientation(effects(facing.building, base=base, load=load), facing=facing, base=base)
    warned = [warning.model_dump(mode="json") for warning in loads.warnings]
    beside = {
        "interval": _interval(base, moved=moved),
        "drivers": [_driver(effect) for effect in moved],
        "warnings": warned + _warnings(facing, base=base),
    }
    return LoadsResult(
        loads={**loads.to_json_dict(), **beside},
        trace=loads.trace,
        turns=facing.turns,
        review=_with_stakes(building.review, moved=moved),
        constructions=constructions_of(building),
    )


def _with_orientation(found: list[Effect], *, facing: Facing, base: Totals) -> list[Effect]:
    """The spread over the directions as one more effect: the worst is used, so it can only fall."""
    if not facing.turns:
        return found
    heating = min(turn.heating_btuh for turn in facing.turns) - base.heating_btuh
    cooling = min(turn.cooling_btuh for turn in facing.turns) - base.cooling_btuh
    why = "the orientation is not known; the worst of eight directions is used"
    effect = Effect(
        field="front_deg", why=why, heating=(min(heating, 0.0), 0.0), cooling=(min(cooling, 0.0), 0.0)
    )
    return sorted([*found, effect], key=lambda one: (-abs(one.largest_btuh), one.field))


def _interval(base: Totals, *, moved: list[Effect]) -> dict[str, Any]:
    return {
        "heating_total": list(interval(base.heating_btuh, changes=[effect.heating for effect in moved])),
        "cooling_total": list(interval(base.cooling_btuh, changes=[effect.cooling for effect in moved])),
        "coverage": document()["coverage"],
    }


def _driver(effect: Effect) -> dict[str, Any]:
    return {"field": effect.field, "effect_btuh": effect.largest_btuh, "why": effect.why}


def _warnings(facing: Facing, *, base: Totals) -> list[dict[str, str]]:
    building = facing.building
    issues = [
        *_orientation_warning(facing),
        *building.issues,
        *part_warnings(building),
        *result_warnings(building, heating_btuh=base.heating_btuh, cooling_btuh=base.cooling_btuh),
    ]
    return [{"code": issue.code, "message": issue.message or issue.code} for issue in dict.fromkeys(issues)]


def _orientation_warning(facing: Facing) -> list[Issue]:
    if not facing.turns:
        return []
    spread = facing.spread_btuh
    message = f"orientation not known: worst of eight directions used, cooling spread {spread:.0f} Btu/h"
    return [Issue(code="orientation_unknown", message=message, field="front_deg", stake_btuh=spread)]


def _with_stakes(notes: tuple[ReviewNote, ...], *, moved: list[Effect]) -> tuple[ReviewNote, ...]:
    """Review notes with the load their field moves, largest first."""
    stake = {effect.field: abs(effect.largest_btuh) for effect in moved}
    stake["north_deg"] = stake.get("front_deg", 0.0)
    filled = [
        note if note.stake_btuh is not None else note.model_copy(update={"stake_btuh": stake.get(note.field)})
        for note in notes
    ]
    return tuple(sorted(filled, key=lambda note: -(note.stake_btuh or 0.0)))
