"""Marks and size codes beside openings of a hand-made house: two windows and a door, all drawn 4 ft wide."""

from __future__ import annotations

from typing import Literal

import pytest
from pytest import approx

from autohvac.core.evidence import Point, Where
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import clean
from blueprints.plan.model import OpeningKind, Plan, ScheduleRow, Word
from tests.blueprints.plan.sheets import Sheet

BY_WINDOWS: tuple[Point, Point] = ((6, -2), (28, 6))
BY_DOOR: Point = (19.5, 21.5)
OF_SCHEDULE = Where(page=2, bbox=(0.0, 0.0, 5.0, 5.0))


def row(kind: Literal["window", "door"], mark: str, width: float, height: float) -> ScheduleRow:
    return ScheduleRow(kind=kind, mark=mark, width_ft=width, height_ft=height, where=OF_SCHEDULE)


def read(
    *words: tuple[str, Point],
    schedule: tuple[ScheduleRow, ...] = (),
    first: OpeningKind = "window",
    wide_to: str = "",
) -> Building:
    """The house with words on its sheet, the centre of each at a place in feet; its first opening may be another kind.

    Or that is 16 ft wide, in an outer wall of the room `wide_to`.
    """
    sheet = Sheet()
    inputs = sheet.inputs()
    placed = []
    for text, at in words:
        x, y = sheet.p(*at)
        placed.append(Word(page=1, text=text, bbox=(x - 4, y - 4, x + 4, y + 4)))
    text = inputs.text.model_copy(update={"words": tuple(placed), "schedule": schedule})
    (drawing,) = inputs.plan.drawings
    change: dict[str, object] = {"kind": first}
    if wide_to:
        change |= {"width_pt": 16 * sheet.pt, "rooms": (wide_to, None)}
    openings = (drawing.openings[0].model_copy(update=change), *drawing.openings[1:])
    plan = Plan(drawings=(drawing.model_copy(update={"openings": openings}),))
    return clean(inputs.model_copy(update={"text": text, "plan": plan}))


def tags(building: Building) -> list[str]:
    return [opening.tag for opening in building.openings]


def heights(building: Building) -> list[float | None]:
    return [opening.height_ft.value for opening in building.openings]


def test_numbers_mark_windows_where_the_window_schedule_has_numbers() -> None:
    schedule = (row("window", "1", 4, 5), row("window", "2", 4, 3), row("door", "1", 4, 7))
    house = read(("1", BY_WINDOWS[0]), ("2", BY_WINDOWS[1]), ("1", BY_DOOR), schedule=schedule)
    assert tags(house) == ["1", "2", "1"]
    assert heights(house) == [5, 3, 7]


def test_a_mark_whose_row_is_of_another_width_is_not_believed() -> None:
    house = read(("1", BY_WINDOWS[0]), schedule=(row("window", "1", 2, 3),))
    assert tags(house)[0] == ""
    assert heights(house)[0] is None


def test_a_letter_the_schedule_does_not_have_marks_no_window() -> None:
    house = read(("B", BY_WINDOWS[0]), ("A", BY_WINDOWS[1]), schedule=(row("window", "A", 4, 5),))
    assert tags(house)[:2] == ["", "A"]


def test_without_a_schedule_letters_mark_windows_and_numbers_doors() -> None:
    house = read(("A", BY_WINDOWS[0]), ("7", BY_WINDOWS[1]), ("7", BY_DOOR))
    assert tags(house) == ["A", "", "7"]


def test_size_codes_give_openings_their_heights_and_say_where_they_stand() -> None:
    house = read(("4050SH", BY_WINDOWS[0]), ("4030", BY_WINDOWS[1]), ("4068", BY_DOOR))
    assert heights(house) == [5, 3, 6 + 8 / 12]
    assert [(r.kind, r.mark, r.where.page) for r in house.schedule] == [
        ("window", "4050SH", 1), ("window", "4030", 1), ("door", "4068", 1),
    ]  # fmt: skip


def test_a_code_that_names_a_window_makes_a_gap_one() -> None:
    house = read(("4050SH", BY_WINDOWS[0]), ("4030SH", BY_WINDOWS[1]), first="opening")
    assert [(o.kind, o.height_ft.value) for o in house.openings[:2]] == [("window", 5), ("window", 3)]


def test_beside_a_code_that_names_a_window_the_frame_may_be_left_out_of_the_drawing() -> None:
    house = read(("4750SH", BY_WINDOWS[0]), ("4730SH", BY_WINDOWS[1]))
    assert [o.width_ft.value for o in house.openings[:2]] == [approx(4 + 7 / 12), approx(4 + 7 / 12)]
    assert read(("4750", BY_WINDOWS[0]), ("4730", BY_WINDOWS[1]), ("4768", BY_DOOR)).schedule == ()


def test_four_digits_that_say_another_width_than_is_drawn_are_no_sizes() -> None:
    one_by_chance = read(("4050", BY_WINDOWS[0]))
    assert one_by_chance.schedule == ()
    mostly_wrong = read(
        ("4050", BY_WINDOWS[0]), ("4030", BY_WINDOWS[1]), ("1220", (6, -3)), ("6168", (28, 5)), ("2830", BY_DOOR)
    )  # fmt: skip
    assert mostly_wrong.schedule == ()
    assert heights(mostly_wrong) == [None, None, None]


def kinds(building: Building) -> list[str]:
    return [opening.kind for opening in building.openings]


def test_the_list_tells_whether_a_slider_is_a_window_or_a_door() -> None:
    by_door_list = read(("7", BY_WINDOWS[0]), schedule=(row("door", "7", 4, 7), row("window", "A", 4, 5)))
    assert kinds(by_door_list)[0] == "glass_door"
    assert heights(by_door_list)[0] == 7
    assert kinds(read(("A", BY_WINDOWS[0]), schedule=(row("window", "A", 4, 5),)))[0] == "window"


def test_a_gap_in_an_outer_wall_with_a_windows_mark_is_that_window() -> None:
    schedule = (row("window", "A", 4, 5), row("window", "B", 6, 5))
    assert gap_with("A", schedule) == ("window", 5)
    assert gap_with("B", schedule) == ("opening", None)


def test_a_mark_of_both_lists_does_not_tell_what_a_gap_is() -> None:
    assert gap_with("1", (row("window", "1", 4, 5), row("door", "1", 4, 7))) == ("opening", None)


def test_a_length_over_another_beside_openings_is_their_size() -> None:
    pairs = [("1.22", BY_WINDOWS[0]), ("1.50", (6, -1.4)), ("1.20", BY_WINDOWS[1]), ("0.90", (28, 6.6)),
             ("1.20", BY_DOOR), ("2.10", (19.5, 22.1))]  # fmt: skip
    house = read(*pairs, first="opening")
    assert heights(house) == [approx(4.92, abs=0.01), approx(2.95, abs=0.01), approx(6.89, abs=0.01)]
    assert kinds(house) == ["window", "window", "door"]
    assert [r.mark for r in house.schedule] == ["1.22/1.50", "1.20/0.90", "1.20/2.10"]


def test_lengths_that_stand_apart_or_three_deep_are_no_size() -> None:
    apart = [("1.22", BY_WINDOWS[0]), ("1.50", (8, -2)), ("1.20", BY_WINDOWS[1]), ("0.90", (28, 9))]
    assert read(*apart).schedule == ()
    deep = [
        (text, (x, y + 0.6 * n)) for x, y in BY_WINDOWS for n, text in enumerate(("1.22", "1.50", "0.90"))
    ]
    assert read(*deep).schedule == ()


OUTSIDE_C: Point = (-2, 17)  # room C has no window of its own: its outer wall is to the west, 10 ft long


def test_a_code_outside_a_wall_is_a_window_there_though_none_is_drawn() -> None:
    house = read(("3040SH", OUTSIDE_C))
    new = house.openings[-1]
    assert (new.kind, new.exterior, new.width_ft.value, new.height_ft.value) == ("window", True, 3, 4)
    assert next(room.name for room in house.rooms if room.id == new.room) == "ROOM C"
    assert (new.surface is not None, new.confidence, new.evidence[-1]) == (True, 0.75, "mark_beside_wall")
    assert [r.mark for r in house.schedule] == ["3040SH"]
    assert [note.field for note in house.review if "3040SH" in note.reason] == ["windows:3040SH"]


@pytest.mark.parametrize("at", [(6, 17), (-8, 17)])
def test_a_code_in_a_room_or_far_from_the_wall_tells_of_no_window(at: Point) -> None:
    house = read(("3040SH", at))
    assert (len(house.openings), house.schedule) == (3, ())


def test_bare_digits_outside_a_wall_are_no_window() -> None:
    assert len(read(("3040", OUTSIDE_C)).openings) == 3


def test_a_mark_outside_a_wall_is_a_window_while_the_schedule_counts_as_many() -> None:
    counted = row("window", "A", 4, 5).model_copy(update={"quantity": 2})
    drawn, bare = ("A", BY_WINDOWS[0]), ("A", OUTSIDE_C)
    assert tags(read(drawn, bare, schedule=(counted,))) == ["A", "", "", "A"]
    assert len(read(drawn, bare, ("A", (-2, 5)), schedule=(counted,)).openings) == 3
    assert len(read(drawn, bare, schedule=(row("window", "A", 4, 5),)).openings) == 3


def test_the_mark_of_a_window_that_is_drawn_tells_of_no_other() -> None:
    counted = row("window", "A", 4, 5).model_copy(update={"quantity": 9})
    assert len(read(("A", BY_WINDOWS[0]), schedule=(counted,)).openings) == 3


def gap_with(mark: str, schedule: tuple[ScheduleRow, ...]) -> tuple[str, float | None]:
    """Kind and height of the first opening when nothing is drawn in it, beside a mark."""
    house = read((mark, BY_WINDOWS[0]), schedule=schedule, first="opening")
    return house.openings[0].kind, house.openings[0].height_ft.value


def test_wide_glass_between_a_garage_and_outdoors_is_its_door() -> None:
    assert kinds(read(wide_to="G"))[0] == "door"
    assert kinds(read(wide_to="A"))[0] == "window"
