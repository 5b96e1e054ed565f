"""What engine-check promises, on made-up lines and on the published houses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from calculations.check.engine_check import (
    DEFAULT_CASES,
    acca_summary,
    is_near,
    main,
    promises,
    published,
    room_summary,
    row,
)
from calculations.check.lines import Gap, Line, check_cases, room_gaps
from calculations.manualj.house import Method

METHOD_PAGE = Path(__file__).parents[3] / "docs" / "method.md"

needs_cases = pytest.mark.skipif(
    not DEFAULT_CASES.is_dir(), reason=f"the public example houses are not at {DEFAULT_CASES}"
)


@cache
def all_lines() -> list[Line]:
    return check_cases(DEFAULT_CASES)


@cache
def all_gaps() -> list[Gap]:
    return room_gaps(DEFAULT_CASES)


def line(method: Method, ours: float, *, anchor: float | None = 100.0, acca: float | None = None) -> Line:
    return Line("House", method, "heating", "walls", ours, anchor, acca)


def kept(lines: list[Line], gaps: list[Gap] | None = None) -> list[bool]:
    return [ok for _, ok in promises(lines, gaps or [])]


def test_a_component_26_btuh_off_the_anchor_breaks_the_first_promise() -> None:
    assert kept([line("as_openstudio", 125.0)]) == [True]
    assert kept([line("as_openstudio", 126.0)]) == [False]
    assert kept([line("as_openstudio", 10050.0, anchor=10000.0)]) == [True]
    assert kept([line("as_openstudio", 10051.0, anchor=10000.0)]) == [False]


def test_being_as_near_as_the_anchor_is_not_nearer() -> None:
    better = [line("as_published", 200.0, acca=200.0)]
    equal = [line("as_published", 100.0, acca=200.0)]
    assert kept(better) == [True, True]
    assert kept(equal) == [True, False]


def test_a_room_may_be_25_btuh_or_1_percent_off() -> None:
    def near(ours: float, written: float) -> bool:
        return is_near(Gap("House", "room", ours, written, curve=False))

    assert [near(125, 100), near(126, 100), near(10100, 10000), near(10101, 10000)] == [
        True, False, True, False,
    ]  # fmt: skip


@needs_cases
def test_every_printed_figure_is_compared() -> None:
    lines = all_lines()
    book = published(lines, "as_published")
    assert [sum(x.room == "block" for x in book), sum(x.room != "block" for x in book)] == [33, 17]
    assert "28 further lines; as_published has 0 on 28" in acca_summary(lines)[-1]
    assert [ok for _, ok in promises(lines, all_gaps())] == [True, True, True]


@needs_cases
def test_rooms_and_curves_of_long_and_bob_ross_are_all_counted() -> None:
    text = "\n".join(room_summary(all_gaps()))
    for figures in (
        "Bob_Ross_Residence rooms: 163 of 163",
        "Bob_Ross_Residence glass curves: 192 of 192",  # 15 rooms and the house, 12 hours each
        "Long_Residence rooms: 142 of 142",
        "Long_Residence glass curves: 180 of 180",
    ):
        assert figures in text


def test_a_folder_without_cases_is_told(tmp_path: object) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])


@needs_cases
def test_docs_show_the_figures_that_engine_check_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    printed = set(capsys.readouterr().out.splitlines())
    blocks = METHOD_PAGE.read_text(encoding="utf-8").split("```")[1::2]
    shown = [line for block in blocks for line in block.splitlines() if line]
    assert len(shown) > 35
    assert [line for line in shown if line not in printed] == []


@needs_cases
def test_docs_list_every_line_more_than_half_a_percent_off() -> None:
    page = METHOD_PAGE.read_text(encoding="utf-8")
    off = [x for x in published(all_lines(), "as_published") if abs(x.off_pct(x.acca) or 0) > 0.5]
    assert len(off) == 17
    assert [row(x) for x in off if row(x) not in page] == []
