"""Schedules in the forms offices draw them, from small sheets with text and rules."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf
import pytest
from pytest import approx

from blueprints.plan.model import ScheduleRow
from blueprints.plan.text.dimensions import axis_segments
from blueprints.plan.text.lines import page_lines
from blueprints.plan.text.schedules import column_name, schedule_rows
from blueprints.plan.text.units import metric_unit

SIZE, PITCH = 8.0, 14.0
WINDOWS = ("MARK", "QTY", "SIZE", "REMARKS")
FEET_900_1200 = (approx(2.953, abs=0.001), approx(3.937, abs=0.001))


class Drawn:
    """A sheet of 600 × 400 pt with tables on it."""

    def __init__(self) -> None:
        self.page = pymupdf.open().new_page(width=600, height=400)

    def text(self, at: tuple[float, float], text: str, *, align: str = "left", wide: float = 0.0) -> None:
        """Words, or the words of each line of a cell, in a cell so wide from `at`."""
        for number, line in enumerate(text.split("\n")):
            free = wide - pymupdf.get_text_length(line, fontsize=SIZE)
            x = at[0] + (free / 2 if align == "centre" else 2.0)
            self.page.insert_text((x, at[1] + number * 1.15 * SIZE), line, fontsize=SIZE)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        title: str = "WINDOW SCHEDULE",
        at: tuple[float, float] = (40.0, 60.0),
        widths: Sequence[float] = (50.0, 50.0, 120.0, 120.0),
        align: str = "centre",
        ruled: bool = True,
        title_below: bool = False,
        pitch: float = PITCH,
    ) -> Drawn:
        """A title, a header of up to two lines and rows."""
        x0, y = at
        high = [2 * PITCH, *[pitch] * (len(rows) - 1)]
        bottom = y + sum(high)
        self.text((x0 + 60, bottom + 14 if title_below else y - 5), title)
        edges = [x0 + sum(widths[:n]) for n in range(len(widths) + 1)]
        for number, row in enumerate(rows):
            top = y + sum(high[:number])
            for cell, x, wide in zip(row, edges, widths, strict=False):
                lift = 9 if number == 0 and "\n" not in cell else 0
                self.text(
                    (x, top + 10.5 + lift),
                    cell,
                    align="centre" if number == 0 and ruled else align,
                    wide=wide,
                )
        if ruled:
            for top in [y + sum(high[:n]) for n in range(len(high) + 1)]:
                self.page.draw_line((x0, top), (edges[-1], top), width=0.5)
            for x in edges:
                self.page.draw_line((x, y), (x, bottom), width=0.5)
        return self

    def rows(self, *, turn: int = 0) -> list[ScheduleRow]:
        """What is read, with the sheet's content turned by quarters."""
        page = self.page
        if turn:
            out = pymupdf.open()
            page = out.new_page(width=400 if turn % 180 else 600, height=600 if turn % 180 else 400)
            page.show_pdf_page(page.rect, self.page.parent, 0, rotate=turn)
        lines = page_lines(page)
        return schedule_rows(
            lines, page=1, metric=metric_unit(lines), strokes=lambda: axis_segments(page.get_cdrawings())
        )


def sizes(rows: Sequence[ScheduleRow]) -> list[tuple[str, float | None, float | None]]:
    return [(row.mark, row.width_ft, row.height_ft) for row in rows]


@pytest.mark.parametrize("align", ["left", "centre"])
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    ("printed", "width", "height"),
    [
        ("3'-0\" x 5'-0\"", 3.0, 5.0),
        ("3-0 x 5-0", 3.0, 5.0),
        ("3/0 x 6/8", 3.0, 6 + 8 / 12),
        ("3050", 3.0, 5.0),
        ("2'6\"x6'8\"", 2.5, 6 + 8 / 12),
        ('36" x 60"', 3.0, 5.0),
        ('2\'-8" x 6\'-8" x 1 3/8"', 2 + 8 / 12, 6 + 8 / 12),
        ("900 x 1200 mm", 900 / 304.8, 1200 / 304.8),
    ],
)
def test_a_size_is_read_in_all_its_spellings(
    printed: str, width: float, height: float, ruled: bool, align: str
) -> None:
    sheet = Drawn().table([WINDOWS, ("A", "2", printed, "EGRESS")], ruled=ruled, align=align)
    (row,) = sheet.rows()
    assert (row.mark, row.quantity, row.kind) == ("A", 2, "window")
    assert (row.width_ft, row.height_ft) == (approx(width), approx(height))


def test_bare_numbers_are_inches_on_a_sheet_in_feet_and_nothing_on_one_that_does_not_say() -> None:
    table = [WINDOWS, ("A", "2", "36 x 60", "")]
    assert Drawn().table(table).rows() == []
    in_feet = Drawn().table(table)
    in_feet.text((300, 300), "12'-6\"")
    assert sizes(in_feet.rows()) == [("A", 3.0, 5.0)]


def test_the_unit_of_bare_numbers_may_stand_in_the_header() -> None:
    sheet = Drawn().table([("TAG", "NO. REQ'D", "WIDTH (MM)", "HEIGHT (MM)"), ("W1", "2", "900", "1200")])
    assert sizes(sheet.rows()) == [("W1", *FEET_900_1200)]


def test_a_header_over_two_lines_and_values_at_the_left_edge() -> None:
    sheet = Drawn().table(
        [("Type", "Type\nMark", "Window\nWidth", "Window\nHeight", "Count"),
         ("Slider with trim", "1", "4'-0\"", "3'-6\"", "12"), ("Fixed", "2", "1'-6\"", "2'-0\"", "1")],
        title="Vented Window Schedule", widths=(90, 60, 90, 90, 90), align="left",
    )  # fmt: skip
    rows = sheet.rows()
    assert sizes(rows) == [("1", 4.0, 3.5), ("2", 1.5, 2.0)]
    assert [row.quantity for row in rows] == [12, 1]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sheet_drawn_on_its_side_reads_the_same(turn: int) -> None:
    sheet = Drawn().table(
        [("SYM.", "QTY", "ROUGH\nOPENING", "U-FACTOR"), ("A", "2", "3'-0\" x 5'-0\"", "0.30")], align="left"
    )
    assert sizes(sheet.rows(turn=turn)) == [("A", 3.0, 5.0)]
    assert sheet.rows(turn=turn)[0].u_factor == 0.3


def test_the_units_own_size_goes_before_the_rough_opening() -> None:
    sheet = Drawn().table(
        [("MARK", "ROUGH\nOPENING", "UNIT SIZE", "SHGC"), ("A", "3'-1\" x 5'-1\"", "3'-0\" x 5'-0\"", ".25")],
        widths=(50, 110, 110, 60),
    )  # fmt: skip
    (row,) = sheet.rows()
    assert (row.width_ft, row.height_ft, row.shgc) == (3.0, 5.0, 0.25)


def test_two_schedules_side_by_side_and_a_sill_height_that_is_no_height() -> None:
    sheet = Drawn().table(
        [("MARK", "WIDTH", "HEIGHT", "SILL HEIGHT"), ("A", "3'-0\"", "5'-0\"", "2'-0\"")],
        widths=(40, 60, 60, 70),
    )
    sheet.table(
        [("NO.", "WIDTH", "HEIGHT", "TYPE"), ("1", "2'-8\"", "6'-8\"", "B"), ("2", "3'-0\"", "6'-8\"", "B")],
        title="DOOR SCHEDULE", at=(330, 60), widths=(40, 60, 60, 60),
    )  # fmt: skip
    rows = sheet.rows()
    assert [(row.kind, row.mark) for row in rows] == [("window", "A"), ("door", "1"), ("door", "2")]
    assert (rows[0].width_ft, rows[0].height_ft) == (3.0, 5.0)


def test_a_title_may_stand_under_its_table() -> None:
    sheet = Drawn().table([WINDOWS, ("A", "2", "3'-0\" x 5'-0\"", "")], title_below=True)
    assert sizes(sheet.rows()) == [("A", 3.0, 5.0)]


def test_words_printed_twice_over_each_other_count_once() -> None:
    sheet = Drawn()
    for shift in (0.0, 0.2):
        sheet.table([WINDOWS, ("A", "2", "3'-0\" x 5'-0\"", "LOW-E")], at=(40 + shift, 60 + shift))
    (row,) = sheet.rows()
    assert (row.quantity, row.width_ft) == (2, 3.0)
    assert len([line for line in page_lines(sheet.page) if line.text == "LOW-E"]) == 1


def test_spanish_titles_and_headers_in_metres() -> None:
    sheet = Drawn().table(
        [("CLAVE", "CANT", "ANCHO", "ALTO"), ("V-1", "2", "0.90", "1.20"), ("V-2", "1", "1.50", "1.20")],
        title="CUADRO DE VENTANAS",
    )  # fmt: skip
    assert [(row.mark, row.quantity) for row in sheet.rows()] == [("V-1", 2), ("V-2", 1)]
    assert sizes(sheet.rows())[0] == ("V-1", *FEET_900_1200)


def test_what_may_mean_two_things_is_not_read() -> None:
    twice = [WINDOWS, ("A", "1", "3'-0\" x 5'-0\"", ""), ("A", "1", "2'-0\" x 5'-0\"", "")]
    assert Drawn().table(twice).rows() == []
    pair = [WINDOWS, ("A", "1", "(2) 3'-0\" x 5'-0\"", "MULLED"), ("B", "2", "AS SELECTED", "")]
    assert Drawn().table(pair).rows() == []
    both = [WINDOWS, ("A", "1", "3'-0\" x 5'-0\"", "")]
    assert Drawn().table(both, title="DOOR AND WINDOW SCHEDULE").rows() == []


def test_where_one_table_lists_both_the_marks_tell_windows_from_doors() -> None:
    rows = [("TAG", "QTY", "UNIT SIZE\n(W x H)", "NOTES*"), ("W1", "2", "3'-0\" x 5'-0\"", "EGRESS"),
            ("D1", "1", "3'-0\" x 6'-8\"", ""), ("3", "1", "2'-8\" x 6'-8\"", "")]  # fmt: skip
    read = Drawn().table(rows, title="DOOR & WINDOW SCHEDULE").rows()
    assert [(row.kind, row.mark) for row in read] == [("window", "W1"), ("door", "D1")]


def test_words_wrapped_in_a_ruled_cell_belong_to_its_row() -> None:
    sheet = Drawn().table(
        [("MARK", "QTY", "CALL SIZE", "DESCRIPTION"), ("A", "2", "3050", "SINGLE HUNG\nTEMPERED"),
         ("B", "1", "2030", "FIXED")], widths=(50, 50, 120, 120), pitch=26.0,
    )  # fmt: skip
    assert sizes(sheet.rows()) == [("A", 3.0, 5.0), ("B", 2.0, 3.0)]


def test_a_sentence_that_mentions_a_schedule_makes_no_table() -> None:
    sheet = Drawn()
    sheet.text((40, 60), "VERIFY ALL SIZES WITH THE WINDOW SCHEDULE BEFORE ORDERING ANY UNIT FROM THE MAKER")
    sheet.text((40, 80), "MARK")
    sheet.text((90, 80), "SIZE")
    sheet.text((40, 95), "A")
    sheet.text((90, 95), "3'-0\" x 5'-0\"")
    assert sheet.rows() == []


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("WINDOW NO.", "number"), ("Type Mark", "mark"), ("TYPE", "type"), ("R.O.", "rough_size"), ("U-VALUE", "u"),
        ("ROUGH OPENING WIDTH", "rough_width"), ("SIZE (W x H)", "size"), ("WIDTH (IN)", "width"), ("HEAD HEIGHT", ""),
        ("GLASS SIZE", ""), ("CALL SIZE*", "size"), ("SIZE (WxH)", "size"),
        ("CLEAR OPENING", ""), ("NO. REQ'D", "quantity"), ("SHGC", "shgc"),
    ],
)  # fmt: skip
def test_what_a_header_calls_its_column(header: str, name: str) -> None:
    assert column_name(header) == name
