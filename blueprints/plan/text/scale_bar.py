"""Graphic scale bars: numbers that rise from 0 in step with their distance. They shrink with the print, unlike a note."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

from autohvac.core.evidence import Where
from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.grammar import FEET_PER_METRE
from blueprints.plan.text.lines import Line

MARK = re.compile(
    r"^(?P<n>\d{1,3}(?:\.\d)?)\s*(?P<unit>'|ft\.?|feet|m\.?|meters?|metres?)?(?:\s*-?\s*0\")?$", re.IGNORECASE
)
UNIT = re.compile(r"^\(?(?:in\s+)?(?P<unit>feet|ft\.?|meters?|metres?|m)\)?$", re.IGNORECASE)
FEWEST_MARKS = 3
STRAIGHT = 0.02  # of the bar's length, by which a number may stand off its tick
LEVEL_EM = 0.6
UNIT_EM = 6.0


def bar_witnesses(lines: Sequence[Line], *, page: int) -> list[ScaleWitness]:
    """A witness per scale bar whose unit is printed at one of its numbers or beside them."""
    marks = [(line, match) for line in lines if (match := MARK.match(line.text))]
    found = []
    for first, match in marks:
        if float(match["n"]) == 0:
            found += [
                w for upright in (False, True) if (w := _bar(first, marks, lines, page, upright=upright))
            ]
    return found


def _bar(
    first: Line,
    marks: Sequence[tuple[Line, re.Match[str]]],
    lines: Sequence[Line],
    page: int,
    *,
    upright: bool,
) -> ScaleWitness | None:
    """The longest run of numbers in line with a nought that stand where their values want them."""
    across, along = (0, 1) if upright else (1, 0)
    level = [
        (line, match)
        for line, match in marks
        if abs(line.centre[across] - first.centre[across]) <= LEVEL_EM * first.size and line is not first
    ]
    for way in (1, -1):
        ahead = sorted((way * (line.centre[along] - first.centre[along]), float(match["n"]), n)
                       for n, (line, match) in enumerate(level))  # fmt: skip
        run = _in_step([(place, value, n) for place, value, n in ahead if place > 0 and value > 0])
        if len(run) + 1 < FEWEST_MARKS:
            continue
        held = [level[n] for _, _, n in run]
        unit = _unit([first, *(line for line, _ in held)], [m["unit"] for _, m in held], lines)
        if unit is None:
            continue
        places, values = np.array([(place, value) for place, value, _ in run]).T
        scale = float(places @ values / (places @ places)) * unit
        text = " ".join([first.text, *(line.text for line, _ in held)])
        return ScaleWitness(
            kind="bar", feet_per_point=scale, weight=2.0, text=text, where=Where(page=page, bbox=first.bbox)
        )
    return None


def _in_step(ahead: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """The marks that lie on one line through nought with the farthest one: all rise, and none is out of step."""
    if not ahead:
        return []
    length, top, _ = ahead[-1]
    kept = [mark for mark in ahead if abs(mark[0] / length - mark[1] / top) <= STRAIGHT]
    rises = all(one[1] < two[1] for one, two in itertools.pairwise(kept))
    return kept if rises and len(kept) == len(ahead) else []


def _unit(marks: Sequence[Line], printed: Sequence[str | None], lines: Sequence[Line]) -> float | None:
    """Feet of one unit, from the numbers themselves or from a word beside them; None where nothing says."""
    said = [text for text in printed if text]
    if not said:
        said = [m["unit"] for line in lines if (m := UNIT.match(line.text)) and _beside(line, marks)]
    kinds = {1.0 if text.lower()[0] in "'f" else FEET_PER_METRE for text in said}
    return kinds.pop() if len(kinds) == 1 else None


def _beside(line: Line, marks: Sequence[Line]) -> bool:
    near = UNIT_EM * marks[0].size
    return any(
        abs(line.centre[0] - m.centre[0]) <= near and abs(line.centre[1] - m.centre[1]) <= near for m in marks
    )
