"""What notes say of insulation and glass, and what only sounds like it."""

from __future__ import annotations

import pytest

from blueprints.plan.text.lines import Line
from blueprints.plan.text.notes import notes_of


def read(text: str) -> list[tuple[str, float | str]]:
    line = Line(text, (10.0, 20.0, 200.0, 28.0), 0.0, 8.0)
    found = notes_of([line], page=2)
    assert all((note.where.page, note.where.bbox, note.text) == (2, line.bbox, text) for note in found)
    return [(note.field, note.value) for note in found]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ('ALL WINDOWS SHALL HAVE A "U" VALUE OF CLASS .30 OR LESS', "window_u", 0.3),
        ("WINDOWS: U-FACTOR OF 0.28", "window_u", 0.28),
        ("GLAZING U-VALUE = 0.32 MAX.", "window_u", 0.32),
        ("WINDOW U-FACTOR MAXIMUM OF .30", "window_u", 0.3),
        ("DOOR U-FACTOR .20", "door_u", 0.2),
        ("R-21 BATT WALL INSULATION", "wall_r", 21.0),
        ("FLOOR OVER CRAWL SPACE: R-38", "floor_r", 38.0),
    ],
)
def test_a_value_is_read_where_it_stands(text: str, field: str, value: float) -> None:
    assert read(text) == [(field, value)]


@pytest.mark.parametrize(
    "text",
    [
        "WATER HEATER ON A CONCRETE FLOOR ON AN R-10 INSULATED PAD",
        "INSULATE HOT WATER PIPES IN FLOOR TO R-3",
        "SOLAR WATER TANK IN CEILING R-16",
        "CU .30 WINDOW BOX",
    ],
)
def test_insulation_of_other_things_is_none_of_the_house(text: str) -> None:
    assert read(text) == []
