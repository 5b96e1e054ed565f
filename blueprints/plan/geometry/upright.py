"""Which way up a drawing is read: by the names and lengths printed on it."""

from __future__ import annotations

from collections.abc import Iterable

from blueprints.plan.model import DrawingInfo


def reading_turn_deg(drawing: DrawingInfo) -> float:
    """How far the drawing is turned clockwise on its page, in whole quarters [deg]; 0 where nothing is printed.

    Names are written upright, so they decide; lengths do where names do not. Of two directions that are as common, the
    one is upright from which the other is read upwards, as lengths of vertical walls are.
    """
    names = _votes(label.angle_deg for label in drawing.labels)
    lengths = _votes(length.angle_deg for length in drawing.lengths)
    both = [a + b for a, b in zip(names, lengths, strict=True)]
    best = max(range(4), key=lambda turn: (names[turn], lengths[turn], both[turn - 1], -turn))
    return 90.0 * best


def _votes(angles_deg: Iterable[float]) -> list[int]:
    """How many read to the right, down, to the left and up."""
    turns = [round(angle / 90) % 4 for angle in angles_deg]
    return [turns.count(turn) for turn in range(4)]
