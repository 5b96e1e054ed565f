"""The CSV opens in a spreadsheet with the right columns, and no name becomes a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from reports.document import build_document
from reports.renderers.csv import render_csv
from reports.renderers.json import render_json
from tests.reports.houses import ranch, renamed, report_in


def rows(**changes: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render_csv(build_document(report_in(**changes))).decode("utf-8"))))


def test_rooms_then_components_with_headers() -> None:
    loads, table = ranch()[1].loads, rows()
    assert table[0] == [
        "room", "area_sqft", "heating_btuh", "cooling_sensible_btuh", "heating_cfm", "cooling_cfm", "design_cfm",
    ]  # fmt: skip
    count = len(loads["rooms"])
    assert [row[0] for row in table[1 : count + 1]] == [room["name"] for room in loads["rooms"]]
    assert table[count + 1] == [] and table[count + 2] == ["season", "component", "btuh"]
    assert {(row[0], row[1]) for row in table[count + 3 :]} == {
        (season, component) for season, parts in loads["block"].items() for component in parts
    }


def test_figures_are_those_of_the_loads() -> None:
    loads, table = ranch()[1].loads, rows()
    for room, row in zip(loads["rooms"], table[1:], strict=False):
        assert float(row[2]) == pytest.approx(room["heating"]["total"], abs=0.05)
        assert float(row[6]) == pytest.approx(room["design_cfm"], abs=0.05)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\r=1"])
def test_a_name_that_a_spreadsheet_would_calculate_is_text(name: str) -> None:
    assert rows(loads=renamed(name))[1][0].startswith("'")


def test_a_usual_name_stays_as_it_is() -> None:
    assert rows(loads=renamed('Bath, "his" & hers'))[1][0] == 'Bath, "his" & hers'


def test_json_and_csv_of_the_same_input_are_the_same_bytes() -> None:
    first, second = build_document(report_in()), build_document(report_in())
    assert render_csv(first) == render_csv(second)
    assert render_json(first) == render_json(second)
