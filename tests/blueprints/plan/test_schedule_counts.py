"""Quantities of a schedule against the openings drawn."""

from __future__ import annotations

from typing import Any

from autohvac.core.evidence import Where
from blueprints.plan.building import Num, OpeningSpec
from blueprints.plan.cleanup.schedule_counts import schedule_counts
from blueprints.plan.model import ScheduleRow

WHERE = Where(page=2, bbox=(0.0, 0.0, 10.0, 10.0))


def row(mark: str, quantity: int | None, kind: Any = "window") -> ScheduleRow:
    return ScheduleRow(kind=kind, mark=mark, width_ft=3.0, height_ft=4.0, quantity=quantity, where=WHERE)


def opening(mark: str, kind: Any = "window") -> OpeningSpec:
    size = Num(unit="ft")
    return OpeningSpec(
        id=f"{kind}{mark}", kind=kind, room=None, surface=None, exterior=True, width_ft=size, height_ft=size,
        at_pt=(0.0, 0.0), page=1, tag=mark, confidence=0.8,
    )  # fmt: skip


def test_a_row_that_counts_another_number_than_is_drawn_is_an_item_at_its_place() -> None:
    notes = schedule_counts([row("A", 2), row("B", 1), row("1", 2, "door")], [opening("A"), opening("B")])
    assert [(note.field, note.where) for note in notes] == [("schedule:window:A", WHERE)]
    assert notes[0].reason == "window A: the schedule counts 2, the plan shows 1"


def test_without_any_mark_on_the_plan_only_the_sum_of_windows_is_compared() -> None:
    rows = [row("A", 2), row("B", 1)]
    assert schedule_counts(rows, [opening(""), opening(""), opening("", "glass_door")]) == []
    assert schedule_counts(rows, [opening("")] * 3 + [opening("", "glass_door")]) == []
    assert (
        schedule_counts(rows, [opening("")])[0].reason == "windows: the schedule counts 3, the plan shows 1"
    )


def test_rows_without_a_quantity_say_nothing() -> None:
    assert schedule_counts([row("A", None)], [opening("B")]) == []
