"""The document: every printed column adds up, every value shows where it is from."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document import build_document
from reports.evidence import _marked, _shared, tidy
from reports.numbers import apportioned, number, share
from reports.parts import Evidence, ReportDocument
from reports.saying import say
from reports.schedule import Factors, factors
from reports.texts import Text, plain, sentence
from tests.reports.houses import many_rooms, ranch, renamed, report_in

FIGURES = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=30)


def whole(text: str) -> int:
    """A printed figure; a dash is nothing."""
    return 0 if text == "—" else int(text.replace(",", ""))


def document(**changes: Any) -> ReportDocument:
    return build_document(report_in(**changes))


@given(FIGURES)
def test_apportioned_parts_add_up_and_are_within_one(values: list[float]) -> None:
    printed = apportioned(values)
    assert sum(printed) == round(sum(values))
    assert all(abs(p - v) <= 1 + 1e-6 for p, v in zip(printed, values, strict=True))


def test_apportioned_puts_the_missing_one_on_the_largest_remainder() -> None:
    assert apportioned([0.4, 0.4, 0.4]) == [1, 0, 0]
    assert apportioned([10.6, 20.7, 30.7]) == [10, 21, 31]  # 62.0
    assert apportioned([-0.5, -0.5]) == [0, -1]


def test_a_total_out_of_reach_is_not_forced_on_the_parts() -> None:
    assert apportioned([1.2, 2.2], total=40) == [1, 2]
    assert apportioned([], total=0) == []


@pytest.mark.parametrize(
    ("value", "places", "unit", "shown"),
    [
        (23112.4, 0, "Btu/h", "23,112 Btu/h"), (-0.2, 0, "", "0"), (-0.04, 1, "ft", "0.0 ft"), (-46.0, 0, "ft", "-46 ft"),
        (None, 0, "ft", "—"), (1234567.0, 1, "", "1,234,567.0"),
    ],
)  # fmt: skip
def test_number(value: float | None, places: int, unit: str, shown: str) -> None:
    assert number(value, places=places, unit=unit) == shown


def test_tidy_keeps_no_zeros() -> None:
    assert [tidy(v) for v in (9.0, 0.32, 2400.0, 41.9743)] == ["9", "0.32", "2,400", "41.974"]


def test_share_of_nothing_is_nothing() -> None:
    assert (share(5, 0), share(5, 10), share(-10, 10)) == (0, 50, 100)


def test_cover_totals_are_those_of_the_loads_and_add_up() -> None:
    block = ranch()[1].loads["block"]
    heating, sensible, latent, total = (whole(line.shown) for line in document().answer)
    assert heating == round(block["heating"]["total"])
    assert (sensible, latent) == (
        round(block["cooling_sensible"]["total"]),
        round(block["cooling_latent"]["total"]),
    )
    assert total == sensible + latent


def test_components_add_up_to_their_printed_total() -> None:
    tables = document().tables
    assert [table.season for table in tables] == ["heating", "cooling_sensible", "cooling_latent"]
    for table in tables:
        assert sum(whole(line.shown) for line in table.lines) == whole(table.total.shown)
        assert whole(table.total.shown) == round(table.total.value)
        assert all(abs(whole(line.shown) - line.value) <= 1 for line in table.lines)


@pytest.mark.parametrize("inp", [report_in(), many_rooms(37)], ids=["ranch", "37 rooms, two levels"])
def test_room_columns_add_up_by_level_and_in_all(inp: Any) -> None:
    made = build_document(inp)
    columns = ("area", "heating", "sensible", "heating_cfm", "cooling_cfm", "design_cfm")
    for column in columns:
        for group in made.rooms:
            printed = sum(whole(getattr(room, column)) for room in group.rooms)
            assert printed == whole(getattr(group.total, column))
        assert sum(whole(getattr(g.total, column)) for g in made.rooms) == whole(
            getattr(made.room_total, column)
        )
    assert sum(len(group.rooms) for group in made.rooms) == len(inp.loads["rooms"])


@pytest.mark.parametrize("inp", [report_in(), many_rooms(37)], ids=["ranch", "37 rooms"])
def test_the_way_from_the_rooms_to_the_block_adds_up(inp: Any) -> None:
    lines = build_document(inp).bridge.lines
    for column in (1, 2):
        figures = [whole(str(line[column])) for line in lines]
        assert sum(figures[:-1]) == figures[-1]
    block = inp.loads["block"]
    assert whole(lines[-1][1]) == round(block["heating"]["total"])
    assert whole(lines[-1][2]) == round(block["cooling_sensible"]["total"])


def test_surfaces_add_up_to_their_component_as_printed_in_the_tables() -> None:
    made = document()
    printed = {
        (table.season, line.label.text): whole(line.shown) for table in made.tables for line in table.lines
    }
    seasons = {"heating": "heating", "cooling_sensible": "sensible", "cooling_latent": "latent"}
    for group in made.surfaces:
        for season, column in seasons.items():
            rows = sum(whole(getattr(row, column)) for row in group.rows)
            assert rows == whole(getattr(group, column)) == printed.get((season, group.component.text), 0)
    for season, column in seasons.items():
        in_groups = sum(whole(getattr(group, column)) for group in made.surfaces)
        assert in_groups == whole(getattr(made.surfaces_total, column))
        assert in_groups == sum(value for (of, _), value in printed.items() if of == season)


def test_a_row_of_the_schedule_is_area_times_htm_and_u_times_difference() -> None:
    rows = [row for group in document().surfaces for row in group.rows if row.heating_htm]
    assert len(rows) > 20
    for row in rows:
        area = float(re.sub(r"[^\d.]", "", row.area))
        assert area * float(row.heating_htm) == pytest.approx(whole(row.heating), abs=2 + 0.006 * area)
        # U is printed with three places
        difference = float(row.heating_delta)
        assert float(row.u_factor) * difference == pytest.approx(
            float(row.heating_htm), abs=0.0006 * difference + 0.03
        )


def test_factors_follow_the_order_of_the_engine() -> None:
    wall = {"component": "walls", "formula": "0.058414 × 32.25 × 73.1", "value_btuh": 137.71}
    glass = {"component": "windows", "formula": "0.3 × 73.1 × 25", "value_btuh": 548.25}
    assert factors(wall) == Factors(u_factor=0.058414, area=32.25, delta_f=73.1)
    assert factors(glass) == Factors(u_factor=0.3, area=25, delta_f=73.1)


@pytest.mark.parametrize(
    "formula", ["HTM 6.8 (N: PSF 34.671) × 25", "4 people and appliances", "1 × 2", "2 × 3 × 4"]
)
def test_a_formula_of_another_kind_or_value_has_no_factors(formula: str) -> None:
    assert factors({"component": "walls", "formula": formula, "value_btuh": 99.0}) is None


def test_every_known_fact_room_and_outside_opening_is_in_the_evidence() -> None:
    building = ranch()[0]
    groups = document().evidence
    facts, design, sheets, rooms, openings = (group.rows for group in groups)
    assert {row.name.text for row in facts} == {name for name, fact in building.facts.items() if fact.known}
    assert len(design) == 9 and len(sheets) == 2 * len(building.levels)
    assert len(rooms) == len(building.rooms)
    assert len(openings) == sum(o.exterior and o.kind != "opening" for o in building.openings)
    assert all(row.source.text for group in groups for row in group.rows)


def test_a_place_is_sheet_and_inches_and_a_quotation_stays_as_read() -> None:
    room = document().evidence[3].rows[0]
    assert room.place.facts["page"] == "1" and re.fullmatch(r"\d+\.\d", str(room.place.facts["x"]))


def test_a_note_that_repeats_is_a_footnote() -> None:
    made = document()
    marks = [row.mark for group in made.evidence for row in group.rows if row.mark]
    assert made.evidence_notes and all(marks.count(note.mark) > 1 for note in made.evidence_notes)


def test_the_source_that_constructions_share_is_said_once() -> None:
    rows = [
        Evidence(name=plain(name), value=plain("1"), source=plain("assumed"), place=plain(""), confidence="50 %",
                 note=sentence(f"construction {name} (wood); default construction 2015_2020, zone 5: {source}"))
        for name, source in (("W1", "IECC 2015 R402"), ("C1", "IECC 2015 R402"), ("D1", "another table"))
    ]  # fmt: skip
    notes = _shared(row.note for row in rows)
    assert notes == {"default construction 2015_2020, zone 5: IECC 2015 R402": "1"}
    wall, _, door = (_marked(row, notes) for row in rows)
    assert (wall.mark, wall.note) == ("1", sentence("construction W1 (wood)"))
    assert (door.mark, say(door.note)) == (
        "",
        "Construction D1 (wood); Usual construction of 2015_2020 in climate zone 5: another table",
    )


def test_a_verified_item_goes_last_and_is_not_counted_as_open() -> None:
    made = document(verified={"wall_r": "confirmed"})
    assert [item.name.text for item in made.items] == ["Name on the plan", "wall_r"]
    assert made.open_items == 1 and made.items[1].state.text == "Confirmed"


def test_the_trace_names_every_line_and_source_once() -> None:
    made, trace = document(), ranch()[1].trace
    assert len(made.trace_sources) == len({line.source for line in trace})
    formulas = [text for row in made.trace for text in (row.heating, row.cooling) if text]
    assert sorted(formulas) == sorted(line.formula for line in trace)


def test_unknown_direction_is_said_on_the_reviewers_page() -> None:
    building = ranch()[0]
    lost = tuple(level.model_copy(update={"north_deg": level.north_deg.model_copy(update={"value": None})})
                 for level in building.levels)  # fmt: skip
    facts = {k: v for k, v in building.facts.items() if k != "front_deg"}
    inp = report_in(
        building=building.model_copy(update={"levels": lost, "facts": facts}), facts={"name": "x"}
    )
    shown = {name.text: value for part in build_document(inp).reviewer for name, value in part.rows}
    assert shown["Front door faces"] == Text(text="not known: the worst of eight directions is used")


def test_the_reviewers_page_has_every_field_of_the_form() -> None:
    names = [name.text for part in document().reviewer for name, _ in part.rows]
    for wanted in (
        "Jurisdiction", "Contractor", "Mechanical licence", "Permit number", "Address or lot", "Manual J1 form or equivalent",
        "Manufacturer's performance data", "Manual D friction rate worksheet", "Duct distribution sketch",
        "Winter outdoor / indoor", "Total heat loss", "Summer outdoor / indoor", "Moisture difference", "Sensible gain",
        "Latent gain", "Total gain", "Front door faces", "Bedrooms", "Conditioned floor area", "Occupants",
        "Eave overhang depth", "Internal shade", "Number of skylights", "Type and model", "Heating output at winter design",
        "Auxiliary heat", "Longest supply and return, TEL", "Weather station",
    ):  # fmt: skip
        assert wanted in names


def test_the_same_input_gives_the_same_document() -> None:
    assert document().model_dump_json() == document().model_dump_json()


def test_a_room_name_is_printed_as_it_is_read() -> None:
    made = document(loads=renamed("=1+1"))
    assert made.rooms[0].rooms[0].name == Text(text="=1+1", kind="plain")
