"""Window and door schedules as lines of words."""

from __future__ import annotations

import pytest
from pytest import approx

from blueprints.plan.text.grammar import BareUnit
from blueprints.plan.text.lines import Line
from blueprints.plan.text.schedules import schedule_rows

COLUMNS = (40.0, 80.0, 130.0, 190.0, 240.0, 290.0)


def table(title: str, *rows: tuple[str, ...]) -> list[Line]:
    """A title and the rows below it, each cell centred on its column."""
    lines = [Line(title, (60.0, 0.0, 160.0, 12.0), 0.0, 12.0)]
    for number, row in enumerate(rows):
        y = 20.0 + 13 * number
        for x, text in zip(COLUMNS, row, strict=False):
            lines.append(Line(text, (x - 2.2 * len(text), y, x + 2.2 * len(text), y + 9), 0.0, 9.0))
    return lines


def test_a_row_is_read_under_the_header_of_each_column() -> None:
    lines = table(
        "WINDOW SCHEDULE",
        ("MARK", "QTY", "WIDTH", "HEIGHT", "U", "SHGC"),
        ("A", "2", "3'-0\"", "4'-6\"", "0.30", "0.25"),
        ("B", "1", "2'-0\"", "1'-6\"", "0.28", "0.22"),
    )
    first, second = schedule_rows(lines, page=3)
    assert (first.kind, first.mark, first.width_ft, first.height_ft) == ("window", "A", 3.0, 4.5)
    assert (second.quantity, second.u_factor, second.shgc, second.where.page) == (1, 0.28, 0.22, 3)


@pytest.mark.parametrize("metric", ["mm", ""])
def test_bare_numbers_are_metres_on_a_metric_sheet_only(metric: BareUnit) -> None:
    lines = table("CUADRO DE VENTANAS", ("CLAVE", "CANT", "ANCHO", "ALTO"), ("A", "2", "1.55", "1.27"))
    rows = schedule_rows(lines, page=1, metric=metric)
    assert [(row.width_ft, row.height_ft) for row in rows] == (
        [(approx(5.085, abs=0.001), approx(4.167, abs=0.001))] if metric else []
    )


def test_a_schedule_ends_where_the_next_begins() -> None:
    windows = table("WINDOW SCHEDULE", ("MARK", "QTY", "WIDTH", "HEIGHT"), ("A", "1", "3'-0\"", "4'-0\""))
    below = [
        Line(ln.text, (ln.bbox[0], ln.bbox[1] + 60, ln.bbox[2], ln.bbox[3] + 60), 0.0, ln.size)
        for ln in table("DOOR SCHEDULE", ("MARK", "QTY", "WIDTH", "HEIGHT"), ("1", "3", "2'-8\"", "6'-8\""))
    ]
    assert [(row.kind, row.mark) for row in schedule_rows([*windows, *below], page=1)] == [
        ("window", "A"), ("door", "1"),
    ]  # fmt: skip
