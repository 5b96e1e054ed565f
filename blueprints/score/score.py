"""All metrics of all plans, per stratum and together, as one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from blueprints.score.bootstrap import RESAMPLES, SEED, Figure, figure
from blueprints.score.causes import causes
from blueprints.score.edit_cost import edit_samples
from blueprints.score.envelope import envelope_samples
from blueprints.score.fields import field_samples
from blueprints.score.labels import label_samples
from blueprints.score.openings import opening_samples
from blueprints.score.rooms import Case, room_samples
from blueprints.score.samples import Sample, Samples, share
from blueprints.score.sheets import sheet_samples
from blueprints.score.topology import topology_samples
from blueprints.score.trust import (
    Claim,
    calibration_error,
    claims,
    coverage_at,
    coverage_interval,
    crossed_coverage,
    trust_samples,
)

ALL = "all"
SCORERS: tuple[Callable[[Case], Samples], ...] = (
    sheet_samples,
    room_samples,
    envelope_samples,
    opening_samples,
    label_samples,
    field_samples,
    trust_samples,
    edit_samples,
    topology_samples,
)


@dataclass(frozen=True)
class Scored:
    """A plan with its metrics; those of other kinds (loads, invariance, cost) are added by who measured them."""

    case: Case
    samples: Samples

    @property
    def group(self) -> str:
        """Real and drawn plans are never averaged together, nor are the two rules of matching."""
        rule = "by outline" if self.case.truth.rule == "polygon" else "by name and area"
        return f"{self.case.truth.source}, rooms {rule}"


def scored(case: Case, extra: Samples | None = None) -> Scored:
    """The metrics of one plan that have something to score."""
    samples: Samples = dict(_outcome(case))
    for scorer in SCORERS:
        samples |= scorer(case)
    samples |= extra or {}
    return Scored(case, {name: sample for name, sample in sorted(samples.items()) if sample.scored})


def _outcome(case: Case) -> Samples:
    """How the reader ended; where refusing is right, only whether it did (or read nothing)."""
    status = case.reading.status
    if case.truth.refusable:
        return {"M0.rightly_refused": share([not case.reading.conditioned and status != "missing"])}
    return {
        "M0.refused": share([status == "refused"]),
        "M0.failed": share([status in ("failed", "missing")]),
    }


def report(plans: Sequence[Scored]) -> dict[str, Any]:
    """The report as JSON: figures by group and stratum, and every plan."""
    groups = sorted({plan.group for plan in plans if not plan.case.truth.refusable})
    return {
        "schema": "autohvac.extraction-score/1",
        "bootstrap": {"resamples": RESAMPLES, "seed": SEED, "over": "plans", "interval": 0.95},
        "groups": {group: _group([p for p in plans if p.group == group]) for group in groups},
        "causes": {group: causes([p.case for p in plans if p.group == group]) for group in groups},
        "plans": [_plan(plan) for plan in plans],
    }


def _group(plans: Sequence[Scored]) -> dict[str, Any]:
    strata = sorted({plan.case.truth.stratum for plan in plans})
    parts: list[tuple[str, Sequence[Scored]]] = [(ALL, plans)]
    parts += [(s, [p for p in plans if p.case.truth.stratum == s]) for s in strata]
    return {name: {"plans": len(chosen), "figures": _figures(chosen)} for name, chosen in parts}


def _figures(plans: Sequence[Scored]) -> dict[str, Any]:
    names = sorted({name for plan in plans for name in plan.samples})
    found = {name: figure(_of(plans, name)) for name in names}
    figures = {name: _plain(value) for name, value in found.items() if value is not None}
    return figures | _calibration(plans)


def _of(plans: Iterable[Scored], name: str) -> list[Sample]:
    return [plan.samples[name] for plan in plans if name in plan.samples]


def _plain(value: Figure) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(value).items()}


def _calibration(plans: Sequence[Scored]) -> dict[str, Any]:
    """What can only be told of all rooms together."""
    found: list[Claim] = [claim for plan in plans for claim in claims(plan.case)]
    rooms, dwellings = _rooms_of(plans), _rooms_of(plans, by_dwelling=True)
    total = sum(rooms.values())
    if not total:
        return {}
    covered, limit = coverage_at(found, total)
    crossed, right = crossed_coverage(found, dwellings)
    error = calibration_error(found)
    numbers = {
        "M12.ece": error,
        "M12.coverage@98": covered,
        "M12.coverage@98_limit": limit,
        "M12.coverage@98_crossed": crossed,
        "M12.coverage@98_crossed_right": right,
    }
    figures: dict[str, Any] = {
        name: {"macro": None, "pooled": value, "plans": len(plans), "items": len(found)}
        for name, value in numbers.items()
        if value is not None
    }
    figures["M12.coverage@98"]["pooled_interval"] = list(coverage_interval(found, rooms))
    return figures


def _rooms_of(plans: Sequence[Scored], *, by_dwelling: bool = False) -> dict[str, int]:
    """True rooms with an area, by plan or by dwelling."""
    rooms: dict[str, int] = {}
    for plan in plans:
        truth = plan.case.truth
        key = truth.dwelling if by_dwelling else truth.plan_id
        rooms[key] = rooms.get(key, 0) + len([room for room in truth.conditioned if room.area_sqft])
    return rooms


def _plan(plan: Scored) -> dict[str, Any]:
    case = plan.case
    return {
        "plan_id": case.truth.plan_id,
        "group": plan.group,
        "stratum": case.truth.stratum,
        "dwelling": case.truth.dwelling,
        "status": case.reading.status,
        "code": case.reading.code,
        "metrics": {name: {"value": s.value, "items": s.items} for name, s in plan.samples.items()},
        "rooms": _rooms(case),
        "extra": [{"id": r.id, "name": r.name, "area_sqft": r.area_sqft} for r in case.matching.extra],
    }


def _rooms(case: Case) -> list[dict[str, Any]]:
    found = []
    for room in case.truth.conditioned:
        pair = case.matching.pair_of(room)
        found.append(
            {
                "id": room.id,
                "name": room.name,
                "area_sqft": room.area_sqft,
                "read": pair.read.id if pair else None,
                "iou": pair.iou if pair else None,
                "area_error": pair.area_error if pair else None,
            }
        )
    return found
