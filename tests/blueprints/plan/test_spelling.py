"""Room names that OCR read one letter off."""

from __future__ import annotations

import pytest

from blueprints.plan.text.lines import Line
from blueprints.plan.text.rooms import respelt, room_labels


def _line(text: str, *, engine: str = "rapidocr") -> Line:
    return Line(text, (100, 100, 160, 110), 0.0, 10.0, engine, 0.9)


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("LVING ROOM", "LIVING ROOM"),
        ("KITCHEM", "KITCHEN"),
        ("BEDR0OM 2", "BEDROOM 2"),
        ("LAUNDRYY", "LAUNDRY"),
    ],
)
def test_a_name_one_letter_off_is_read_as_the_name_and_less_sure(seen: str, name: str) -> None:
    found = respelt(_line(seen))
    assert found.text == name and found.confidence < 0.9
    assert [label.text for label in room_labels([_line(seen)], page=1)] == [name]


@pytest.mark.parametrize("word", ["CLOSED", "STUDS", "DENT", "10'-6\"", "WINDOW", "R-21 WALLS"])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert respelt(_line(word)).text == word


def test_what_the_text_layer_says_is_never_respelt() -> None:
    assert respelt(_line("LVING ROOM", engine="pdf")).text == "LVING ROOM"
