"""Confidence of rooms and openings fitted to plans whose truth is known; how it does on dwellings it was not fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from blueprints.plan.building import RoomSignals
from blueprints.plan.cleanup.confidence import (
    SIGNS,
    OpeningShares,
    RoomWeights,
    class_share,
    opening_class,
    values,
)
from blueprints.score.openings import CLASSES, matched
from blueprints.score.rooms import CLOSE, Case
from blueprints.score.trust import SURE, Claim, calibration_error

Array = NDArray[np.float64]
NAMES = tuple(SIGNS)
PENALTY = 0.03  # of a squared weight on a signal of unit spread, against the mean loss: few rooms must not speak too loudly
HIGHEST = 0.97
SOURCE = "manage.py fit_confidence, on plans with known room areas; docs/reading.md"


@dataclass(frozen=True)
class Example:
    """A read room: where it is from, its signals as numbers, and whether its area was within tolerance."""

    plan_id: str
    dwelling: str
    kind: str
    signals: tuple[float, ...]
    right: bool


def examples(case: Case, analysis: dict[str, Any]) -> list[Example]:
    """The conditioned rooms of a plan that can be judged.

    A plan read by eye does not list every closet: a room without a name that no listed room answers is left out there.
    """
    signals = {r["id"]: r.get("signals") for r in (analysis.get("building") or {}).get("rooms", ())}
    pairs = {pair.read.id: pair for pair in case.matching.pairs}
    found = []
    for room in case.reading.conditioned:
        given = signals.get(room.id)
        if given is None:
            continue
        held = RoomSignals.model_validate(given)
        pair = pairs.get(room.id)
        if pair is None and case.truth.rule != "polygon" and not held.named:
            continue
        error = pair.area_error if pair else None
        if pair is not None and error is None:
            continue
        right = pair is not None and error is not None and abs(error) <= max(CLOSE, pair.tolerance) + 1e-9
        numbers = values(held)
        found.append(
            Example(
                plan_id=case.truth.plan_id, dwelling=case.truth.dwelling, kind=case.truth.source,
                signals=tuple(numbers[name] for name in NAMES), right=right,
            )
        )  # fmt: skip
    return found


def fitted(found: Sequence[Example]) -> RoomWeights:
    """The weights, and their figures on dwellings left out one at a time."""
    constant, weights = _fit(found)
    crossed = _crossed(found)
    rights = np.array([one.right for one in found], dtype=float)
    claims = [
        Claim(one.plan_id, one.dwelling, float(p), reviewed=False, right=one.right)
        for one, p in zip(found, crossed, strict=True)
    ]
    base = float(rights.mean())
    sure = crossed >= SURE
    return RoomWeights(
        source=SOURCE,
        fitted={
            "rooms": len(found),
            "plans": len({one.plan_id for one in found}),
            "dwellings": len({one.dwelling for one in found}),
            "right_share": round(base, 3),
            "brier_of_the_share": round(base * (1 - base), 4),
            "brier_crossed": round(float(np.mean((crossed - rights) ** 2)), 4),
            "ece_crossed": round(calibration_error(claims) or 0.0, 4),
            "sure_crossed": round(float(sure.mean()), 3),
            "right_where_sure_crossed": round(float(rights[sure].mean()), 3) if sure.any() else 0.0,
        },
        highest=HIGHEST,
        constant=round(constant, 4),
        weights={name: round(float(w), 4) for name, w in zip(NAMES, weights, strict=True)},
    )


def _crossed(found: Sequence[Example]) -> Array:
    """The probability of each room by weights that never saw its dwelling."""
    result = np.zeros(len(found))
    for dwelling in sorted({one.dwelling for one in found}):
        held = [n for n, one in enumerate(found) if one.dwelling == dwelling]
        constant, weights = _fit([one for one in found if one.dwelling != dwelling])
        table = np.array([found[n].signals for n in held])
        result[held] = np.minimum(HIGHEST, 1 / (1 + np.exp(-(constant + table @ weights))))
    return result


def _fit(found: Sequence[Example]) -> tuple[float, Array]:
    """Penalised logistic regression with the signs of SIGNS; drawn and real plans weigh alike as kinds."""
    table = np.array([one.signals for one in found])
    spread = np.maximum(table.std(axis=0), 1e-3)
    table = table / spread
    right = np.array([one.right for one in found], dtype=float)
    shares = _kind_weights(found)

    def loss(parameters: Array) -> tuple[float, Array]:
        score = parameters[0] + table @ parameters[1:]
        probability = 1 / (1 + np.exp(-score))
        value = shares @ np.logaddexp(0, np.where(right > 0, -score, score))
        slope = shares * (probability - right)
        gradient = np.append(slope.sum(), table.T @ slope + 2 * PENALTY * parameters[1:])
        return float(value + PENALTY * (parameters[1:] ** 2).sum()), gradient

    limits = [(None, None), *((0.0, None) if SIGNS[name] > 0 else (None, 0.0) for name in NAMES)]
    solved = minimize(loss, np.zeros(1 + len(NAMES)), jac=True, method="L-BFGS-B", bounds=limits)
    return float(solved.x[0]), np.asarray(solved.x[1:] / spread, dtype=np.float64)


def _kind_weights(found: Sequence[Example]) -> Array:
    counts = {kind: sum(one.kind == kind for one in found) for kind in {one.kind for one in found}}
    return np.array([1.0 / (len(counts) * counts[one.kind]) for one in found])


@dataclass(frozen=True)
class OpeningExample:
    """A read window or door: where it is from, its class, and whether one of its kind was there."""

    plan_id: str
    dwelling: str
    name: str
    right: bool


def opening_examples(case: Case, analysis: dict[str, Any]) -> list[OpeningExample]:
    """The windows and doors read on a plan whose true openings are known one by one."""
    if case.truth.openings is None:
        return []
    evidence = {
        o["id"]: tuple(o["evidence"])
        for o in (analysis.get("building") or {}).get("openings", ())
        if o["evidence"]
    }
    found = []
    for name in CLASSES:
        of_class = matched(case, name)
        judged = [(read, True) for _, read in of_class.pairs] + [(read, False) for read in of_class.extra]
        for read, right in judged:
            if read.id in evidence:
                label = opening_class(read.kind, exterior=read.exterior, evidence=evidence[read.id])
                found.append(OpeningExample(case.truth.plan_id, case.truth.dwelling, label, right))
    return found


def fitted_shares(found: Sequence[OpeningExample]) -> OpeningShares:
    """The shares of each class, and how they do on dwellings left out one at a time."""
    rights = np.array([one.right for one in found], dtype=float)
    crossed = np.zeros(len(found))
    for dwelling in sorted({one.dwelling for one in found}):
        others = _counts([one for one in found if one.dwelling != dwelling])
        for number, one in enumerate(found):
            if one.dwelling == dwelling:
                crossed[number] = min(HIGHEST, class_share(one.name, others) or 0.0)
    base = float(rights.mean())
    return OpeningShares(
        source=SOURCE,
        fitted={
            "openings": len(found),
            "plans": len({one.plan_id for one in found}),
            "dwellings": len({one.dwelling for one in found}),
            "right_share": round(base, 3),
            "brier_of_the_share": round(base * (1 - base), 4),
            "brier_crossed": round(float(np.mean((crossed - rights) ** 2)), 4),
        },
        highest=HIGHEST,
        classes=_counts(found),
    )


def _counts(found: Sequence[OpeningExample]) -> dict[str, tuple[int, int]]:
    read, right = Counter(one.name for one in found), Counter(one.name for one in found if one.right)
    return {name: (right[name], read[name]) for name in sorted(read)}
