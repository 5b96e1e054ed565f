"""The published cases through import and engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculations.check.engine_check import check_cases, main, percent, room_gaps, shares

CASES = Path(__file__).parents[3].parent / "shared" / "reference" / "manual-j" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"the public example houses are not at {CASES}")
REACHED_BTUH = 1.0  # reference figures are whole numbers


@needs_cases
def test_every_component_of_every_case_is_the_reference_program_s() -> None:
    lines = [
        line for line in check_cases(CASES) if line.method == "as_openstudio" and line.anchor is not None
    ]
    off = [line for line in lines if abs(line.ours - (line.anchor or 0.0)) > REACHED_BTUH]
    assert len(lines) > 400
    assert off == []


@needs_cases
def test_every_room_and_every_hour_of_glass_is_within_1_btuh() -> None:
    gaps = room_gaps(CASES)
    assert len(gaps) > 2900
    assert [gap for gap in gaps if abs(gap.btuh) > REACHED_BTUH] == []


@needs_cases
def test_the_printed_summary_names_both_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES)]) == 0
    text = capsys.readouterr().out
    assert "as_published" in text
    assert "anchor itself" in text


def test_shares_count_only_known_differences() -> None:
    found = shares([0.1, -1.0, None, 4.0, 10.0])
    assert (found.count, found.within) == (4, (0.25, 0.5, 0.75))


def test_percent_of_nothing_is_unknown() -> None:
    assert percent(5.0, 0.0) is None
    assert percent(5.0, None) is None
