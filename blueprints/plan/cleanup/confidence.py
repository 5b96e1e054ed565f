"""How sure a room's area and an opening are: probabilities by what was right on plans whose truth is known.

A room: that its area is within 5 %. An opening: that one of its kind is there, within a foot or a third of its width.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import Literal

from autohvac.core.evidence import Frozen
from blueprints.plan.building import RoomSignals
from blueprints.plan.model import OpeningPt

FACE_OFF_FT = 0.1  # by which every wall of a room may be off
WEIGHTS, SHARES = "room_confidence.json", "opening_confidence.json"
UNCOUNTED = 0.9
ADDED, BY_MARK = "added", "mark_beside_wall"  # openings nobody saw: a person, or a mark, told of them
FROM_PICTURE, FROM_PATHS = "from_picture", "from_paths"
LIKE_KIND = 4.0  # openings of its kind stand in for those of a class that is seldom seen
MANY_LINES = "3_lines_in_gap"
SIGNS: dict[str, Literal[-1, 1]] = {
    "face": 1, "scale": 1, "picture": -1, "unnamed": -1, "shared": -1, "agrees": 1, "differs": -1, "small": -1,
    "oversize": -1,
}  # fmt: skip
"""Every signal, and whether it can only raise the confidence or only lower it: nobody is surer because figures differ."""


class RoomWeights(Frozen):
    """Logistic regression on the signals; `fitted` says on what, and how it did on plans it was not fitted on."""

    source: str
    fitted: dict[str, float]
    highest: float
    constant: float
    weights: dict[str, float]


def values(signals: RoomSignals) -> dict[str, float]:
    """The signals as the numbers that are weighed, by the names of SIGNS."""
    return {
        "face": signals.face,
        "scale": signals.scale,
        "picture": float(signals.picture),
        "unnamed": float(not signals.named),
        "shared": float(signals.shared),
        "agrees": float(signals.printed == "agrees"),
        "differs": float(signals.printed == "differs"),
        "oversize": signals.oversize,
        "small": min(1.0, FACE_OFF_FT * signals.perimeter_ft / max(signals.area_sqft, 1e-9)),
    }


def room_confidence(signals: RoomSignals) -> float:
    """Probability that the area is within 5 % of the true one."""
    fit = room_weights()
    score = fit.constant + sum(fit.weights[name] * value for name, value in values(signals).items())
    return round(min(fit.highest, max(0.01, 1.0 / (1.0 + math.exp(-score)))), 3)


class OpeningShares(Frozen):
    """How many openings of each class were read, and how many of them were there, as (right, read)."""

    source: str
    fitted: dict[str, float]
    highest: float
    classes: dict[str, tuple[int, int]]


def opening_evidence(opening: OpeningPt, *, picture: bool) -> tuple[str, ...]:
    """What an opening was told by, and whether in a picture."""
    return (FROM_PICTURE if picture else FROM_PATHS, *opening.why)


def opening_class(kind: str, *, exterior: bool, evidence: tuple[str, ...]) -> str:
    """Openings that are alike in kind, place, source and first reason."""
    reason = evidence[1] if len(evidence) > 1 else "none"
    if reason.endswith("_lines_in_gap") and reason > MANY_LINES:
        reason = MANY_LINES
    return " ".join((kind, "exterior" if exterior else "interior", evidence[0], reason))


def opening_confidence(opening: OpeningPt, *, picture: bool) -> float:
    """Share of openings of its class that were there; plain openings, and those not seen but told of, keep what they have.

    Of a class that was never counted nothing surer than UNCOUNTED is said.
    """
    if opening.kind == "opening" or not {ADDED, BY_MARK}.isdisjoint(opening.why):
        return opening.confidence
    evidence, shares = opening_evidence(opening, picture=picture), opening_shares()
    name = opening_class(opening.kind, exterior=opening.exterior, evidence=evidence)
    found = class_share(name, shares.classes)
    highest = shares.highest if name in shares.classes else UNCOUNTED
    return opening.confidence if found is None else round(min(highest, found), 3)


def class_share(name: str, classes: dict[str, tuple[int, int]]) -> float | None:
    """The share of a class that was right, drawn toward the share of its kind; None for a kind never seen."""
    kind = name.split(" ")[0]
    alike = [counts for other, counts in classes.items() if other.split(" ")[0] == kind]
    if not sum(read for _, read in alike):
        return None
    usual = sum(right for right, _ in alike) / sum(read for _, read in alike)
    right, read = classes.get(name, (0, 0))
    return (right + LIKE_KIND * usual) / (read + LIKE_KIND)


@cache
def opening_shares() -> OpeningShares:
    """The shares of the data file."""
    text = resources.files(__package__).joinpath(SHARES).read_text(encoding="utf-8")
    return OpeningShares.model_validate(json.loads(text))


@cache
def room_weights() -> RoomWeights:
    """The weights of the data file."""
    text = resources.files(__package__).joinpath(WEIGHTS).read_text(encoding="utf-8")
    return RoomWeights.model_validate(json.loads(text))
