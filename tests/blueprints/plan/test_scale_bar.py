"""Graphic scale bars as witnesses of the scale."""

from __future__ import annotations

from pytest import approx

from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.lines import Line
from blueprints.plan.text.scale import fit_scale
from blueprints.plan.text.scale_bar import bar_witnesses


def _row(marks: list[tuple[str, float]], *, y: float = 700.0) -> list[Line]:
    return [Line(text, (x - 4, y - 4, x + 4, y + 4), 0.0, 8.0) for text, x in marks]


def test_a_bar_in_feet_tells_the_scale_of_the_page_as_printed() -> None:
    found = bar_witnesses(_row([("0", 100), ("4", 136), ("8", 172), ("16 ft", 244)]), page=1)
    assert [w.kind for w in found] == ["bar"]
    assert found[0].feet_per_point == approx(16 / 144)


def test_a_bar_in_metres_takes_its_unit_from_the_word_beside_it() -> None:
    lines = [*_row([("0", 100), ("1", 128.35), ("2", 156.7), ("5", 241.7)]), *_row([("METERS", 265)])]
    assert bar_witnesses(lines, page=1)[0].feet_per_point == approx(3.2808 / 28.35, rel=2e-3)


def test_numbers_out_of_step_or_without_a_unit_are_no_bar() -> None:
    assert not bar_witnesses(_row([("0", 100), ("4", 136), ("9", 172), ("16 ft", 244)]), page=1)
    assert not bar_witnesses(_row([("0", 100), ("4", 136), ("8", 172)]), page=1)
    assert not bar_witnesses(_row([("4'", 100), ("4'", 136), ("4'", 172)]), page=1)


def test_a_bar_outvotes_a_note_that_a_reduced_print_made_wrong() -> None:
    note = ScaleWitness(kind="note", feet_per_point=1 / 18, text="1/4")
    bar = bar_witnesses(_row([("0", 100), ("8", 172), ("16'", 244)]), page=1)
    fit = fit_scale([note, *bar])
    assert (
        fit is not None and fit.feet_per_point == approx(1 / 9, rel=1e-6) and fit.sources == ("dimensions",)
    )
