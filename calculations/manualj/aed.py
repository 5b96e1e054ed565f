"""Adequate exposure diversity: the hourly curve of the glass and its excursion (§8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calculations.manualj.pieces import HOURS, Piece

LIMIT = 1.3  # a curve that stays under 1.3 × its mean has adequate exposure diversity; Manual J 8th ed.


def curve(pieces: Iterable[Piece]) -> tuple[float, ...]:
    """Glass load at 8 to 19 h [Btu/h]."""
    hourly = [piece.hourly_btuh for piece in pieces if piece.hourly_btuh]
    return tuple(sum(column[i] for column in hourly) for i in range(len(HOURS)))


def excursion_btuh(values: Sequence[float]) -> float:
    """How far the peak hour stands above 1.3 × the mean of the 12 hours."""
    return max(max(values) - LIMIT * sum(values) / len(values), 0.0)
