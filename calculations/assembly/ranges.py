"""The 90 % ranges of assumed values: which other values of a field are tried."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from autohvac.core.evidence import Frozen, Sourced
from calculations.assembly.shift import Value

DATA = Path(__file__).parent / "data" / "ranges.json"


class FieldRange(Frozen):
    """How far one field may be off: steps, factors, other words or neighbours on a ladder.

    `lowest` bounds steps; None for values that may be negative.
    """

    why: str
    step: tuple[float, ...] = ()
    factor: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    ladder: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    lowest: float | None = 0.0


@lru_cache(maxsize=1)
def document() -> Mapping[str, Any]:  # JSON document
    """The data file of ranges and checks."""
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def field_ranges() -> dict[str, FieldRange]:
    """All fields with a range."""
    return {name: FieldRange.model_validate(row) for name, row in document()["fields"].items()}


def moves_of(*, spread: FieldRange, value: Sourced[Value] | None) -> list[Callable[[Value], Value]]:
    """The changes to try on a value in use; none when it was read, given or is not known."""
    if value is None or value.value is None or value.source not in ("assumed", *spread.also):
        return []
    steps = [partial(_plus, step=step, lowest=spread.lowest) for step in spread.step if step != 0]
    factors = [partial(_times, factor=factor) for factor in spread.factor]
    words = [partial(_word, word=word) for word in _others(spread, now=str(value.value))]
    return [*steps, *factors, *words]


def _plus(value: Value, *, step: float, lowest: float | None) -> Value:
    moved = float(value) + step
    return moved if lowest is None else max(moved, lowest)


def _times(value: Value, *, factor: float) -> Value:
    return float(value) * factor


def _word(value: Value, *, word: str) -> Value:
    return word


def _others(spread: FieldRange, *, now: str) -> list[str]:
    if now in spread.ladder:
        place = spread.ladder.index(now)
        return [*spread.ladder[max(place - 1, 0) : place], *spread.ladder[place + 1 : place + 2]]
    return [word for word in spread.words if word != now]
