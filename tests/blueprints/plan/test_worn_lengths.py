"""Lengths whose marks a scan has lost."""

from __future__ import annotations

import pytest
from pytest import approx

from blueprints.plan.text.grammar import length_ft


@pytest.mark.parametrize(
    ("text", "feet"),
    [("31-111/2", 31 + 11.5 / 12), ("24-9 1/2", 24 + 9.5 / 12), ("10+-111/2", 10 + 11.5 / 12)],
)
def test_feet_whose_mark_is_lost_are_read_by_their_fraction(text: str, feet: float) -> None:
    assert length_ft(text) == approx(feet)


@pytest.mark.parametrize("text", ["10-6", "A-10 1/2", "12-14 1/2", "R602-10 1/3"])
def test_numbers_with_a_dash_alone_are_no_lengths(text: str) -> None:
    assert length_ft(text) is None
