"""The one scale resolver: all witnesses of a drawing, one consensus, or none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from blueprints.plan.building import ScaleFit
from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.grammar import (
    POINTS_PER_FOOT_OF_PAPER,
    WHITELIST_FEET_PER_INCH,
    WHITELIST_INCH,
    WHITELIST_RATIO,
    _shown,
)

SPREAD = 0.012
ROUNDED = {
    "room_label": 0.025,
    "area": 0.02,
    "bar": 0.02,
}  # sizes are printed to the half foot, areas to the whole foot
NAMES = {"note": "note", "dimension": "dimensions", "room_label": "room_labels", "area": "room_labels", "door": "door_widths",
         "bar": "dimensions", "user": "user"}  # fmt: skip
MEASURED = ("dimension", "room_label", "area", "bar")
VOICES = {
    "room_label": 2,
    "bar": 3,
}  # a printed size agrees with its room in width and in length; a bar in all its marks
SNAP = 0.005
COARSE = 0.035  # rounding of 7 m² to whole metres: coarser figures only support finer ones
PLAUSIBLE = (1 / 90, 0.8)  # feet per point: a house fills neither ten sheets nor a stamp


def fit_scale(witnesses: Sequence[ScaleWitness]) -> ScaleFit | None:
    """Feet per point agreed on by the witnesses; None when nothing trustworthy speaks.

    A person's answer decides. Measured witnesses (dimensions, printed sizes and areas) outvote a printed note: sheets
    are reduced in print. A note alone is believed with confidence 0.6 at most.
    """
    user = [w for w in witnesses if w.kind == "user"]
    if user:
        return ScaleFit(feet_per_point=user[-1].feet_per_point, sources=("user",), confidence=1.0)
    measured = _distinct(
        [w for w in witnesses if w.kind in MEASURED and PLAUSIBLE[0] < w.feet_per_point < PLAUSIBLE[1]]
    )
    notes = [w for w in witnesses if w.kind == "note"]
    fit = _measured_fit(measured, notes)
    return fit if fit is not None else _note_fit(notes, measured)


def _distinct(witnesses: Sequence[ScaleWitness]) -> list[ScaleWitness]:
    """One vote per text and ratio: the equal cells of a schedule are not many witnesses."""
    votes: dict[tuple[str, str, int], ScaleWitness] = {}
    for witness in witnesses:
        votes.setdefault((witness.kind, witness.text, round(math.log(witness.feet_per_point) * 100)), witness)
    return list(votes.values())


def _measured_fit(measured: Sequence[ScaleWitness], notes: Sequence[ScaleWitness]) -> ScaleFit | None:
    if not measured:
        return None
    best = max((_support(w.feet_per_point, measured), w.feet_per_point) for w in measured)
    agreeing = [w for w in measured if _agrees(w, best[1])]
    share = best[0] / sum(w.weight for w in measured)
    noted = [n for n in notes if _near(n.feet_per_point, best[1], within=0.02)]
    voices = sum(VOICES.get(w.kind, 1) for w in agreeing)
    sharp = sum(VOICES.get(w.kind, 1) for w in agreeing if w.rounding <= COARSE)
    if not noted and (voices < 3 or sharp < 2 or share < (0.25 if voices > 4 else 0.5)):
        return None
    value = _weighted_median(agreeing)
    snapped = _snap(value, notes=noted)
    kinds = tuple(sorted({NAMES[w.kind] for w in [*agreeing, *noted]}))
    confidence = min(
        0.98, 0.55 + 0.05 * min(len(agreeing), 5) + (0.15 if noted else 0.0) + 0.05 * (len(kinds) > 1)
    )
    return ScaleFit(
        feet_per_point=snapped[0], notation=snapped[1], sources=kinds, confidence=round(confidence, 3)
    )


def _note_fit(notes: Sequence[ScaleWitness], measured: Sequence[ScaleWitness]) -> ScaleFit | None:
    values = {round(n.feet_per_point, 6) for n in notes}
    if (
        len(values) != 1 or len(measured) >= 4
    ):  # several notes, or a note that many measurements do not bear out
        return None
    note = notes[0]
    return ScaleFit(
        feet_per_point=note.feet_per_point, notation=note.text or None, sources=("note",), confidence=0.6
    )


def _near(value: float, other: float, *, within: float = SPREAD) -> bool:
    return abs(math.log(value / other)) <= within


def _support(value: float, witnesses: Sequence[ScaleWitness]) -> float:
    return sum(w.weight for w in witnesses if _agrees(w, value))


def _agrees(witness: ScaleWitness, value: float) -> bool:
    within = max(ROUNDED.get(witness.kind, SPREAD), witness.rounding)
    return _near(witness.feet_per_point, value, within=within)


def _weighted_median(witnesses: Sequence[ScaleWitness]) -> float:
    ordered = sorted(witnesses, key=lambda w: w.feet_per_point)
    half, total = sum(w.weight for w in ordered) / 2, 0.0
    for witness in ordered:
        total += witness.weight
        if total >= half:
            return witness.feet_per_point
    return ordered[-1].feet_per_point


def _standards() -> list[tuple[float, str]]:
    inch = [(1 / (72 * float(i)), f'{_shown(i)}" = 1\'-0"') for i in sorted(WHITELIST_INCH)]
    feet = [(f / 72, f"1\" = {f}'") for f in sorted(WHITELIST_FEET_PER_INCH)]
    return inch + feet + [(r / POINTS_PER_FOOT_OF_PAPER, f"1:{r}") for r in sorted(WHITELIST_RATIO)]


def _snap(value: float, *, notes: Sequence[ScaleWitness]) -> tuple[float, str | None]:
    for note in notes:
        return note.feet_per_point, note.text or None
    return nearest_standard(value) or (value, None)


def nearest_standard(value: float) -> tuple[float, str] | None:
    """The usual scale [feet per point] within half a percent, and how it is written."""
    near = [(abs(math.log(value / s)), s, text) for s, text in _standards() if _near(value, s, within=SNAP)]
    return min(near)[1:] if near else None
