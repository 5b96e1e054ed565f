"""Names no dictionary holds, and what is said of drawings and names that gave no room."""

from __future__ import annotations

import pytest

from blueprints.plan.cleanup.clean import clean
from blueprints.plan.model import DrawingInfo, PageSet, RoomLabel
from blueprints.plan.text.lines import Line
from blueprints.plan.text.loose import loose_labels
from blueprints.plan.text.rooms import room_labels, room_type
from tests.blueprints.plan.sheets import Sheet


def _line(text: str, x: float, y: float) -> Line:
    half = 2.5 * len(text)
    return Line(text, (x - half, y - 5, x + half, y + 5), 0.0, 10.0)


def test_a_word_above_a_printed_area_is_a_room() -> None:
    lines = [
        _line("2", 100, 88), _line("ORATORIO", 100, 100), _line("12.98 m²", 100, 112),
        _line("BEDROOM", 300, 100), _line("120 SF", 300, 112),
        _line("FIRST FLOOR", 500, 100), _line("914 SF", 500, 112), _line("EGRESS", 700, 100),
    ]  # fmt: skip
    known = room_labels(lines, page=1)
    found = loose_labels(lines, known, page=1, metric="mm")
    assert [(label.text, label.type, round(label.printed_area_sqft or 0.0, 1)) for label in found] == [
        ("ORATORIO", "other", 139.7)
    ]


def test_a_floor_plan_without_rooms_and_its_names_are_asked_about() -> None:
    inputs = Sheet().inputs()
    place = (3000.0, 100.0, 3060.0, 110.0)
    label = RoomLabel(page=1, text="LOFT", type="bedroom", at_pt=(3030.0, 105.0), bbox=place, confidence=0.9)
    upper = DrawingInfo(
        title="UPPER", kind="floor_plan", score=1.0, bbox=(2500, 0, 3500, 900), labels=(label,)
    )
    page = inputs.pages.pages[0]
    page = page.model_copy(update={"drawings": (*page.drawings, upper)})
    building = clean(inputs.model_copy(update={"pages": PageSet(pages=(page,))}))
    notes = {note.field: note.reason for note in building.review}
    assert notes["drawing:1:1"].startswith("UPPER: no rooms")
    assert notes["label:1:3030:105"].startswith("LOFT")


def test_a_cupboard_nothing_opens_into_is_no_room_and_the_wall_behind_it_stays_outside() -> None:
    boxes = {"A": (0.0, 0.0, 12.0, 12.0), "x": (0.0, 12.5, 12.0, 14.0)}
    inputs = Sheet(boxes).inputs()
    building = clean(inputs)
    assert [room.name for room in building.rooms] == ["ROOM A"]
    assert any(note.field.startswith("space:1:") for note in building.review)
    walls = {s.facing_page_deg for s in building.surfaces if s.kind == "wall" and s.adjacent == "outdoors"}
    assert 180.0 in walls


@pytest.mark.parametrize(
    ("text", "kind", "heated"),
    [
        ("UNFIN.BASEMENT", "basement", False),
        ("UNFINISHED STORAGE", "storage", False),
        ("FINISHED BASEMENT", "basement", True),
        ("UNHEATED SHOP", "storage", False),
        ("W.I.C.", "closet", True),
    ],
)
def test_what_the_sheet_calls_unfinished_is_not_heated(text: str, kind: str, heated: bool) -> None:
    label = room_labels([Line(text, (0.0, 0.0, 60.0, 8.0), 0.0, 8.0)], page=1)[0]
    assert (label.type, label.conditioned) == (kind, heated)


def _named(text: str, at: tuple[float, float]) -> RoomLabel:
    box = (at[0] - 9, at[1] - 3, at[0] + 9, at[1] + 3)
    return RoomLabel(page=1, text=text, type="closet", at_pt=at, bbox=box, confidence=0.9)


def test_a_name_in_a_wall_means_the_room_beside_it_that_has_no_name_of_its_own() -> None:
    sheet = Sheet({"A": (0.0, 0.0, 12.0, 12.0), "x": (12.5, 0.0, 17.5, 6.0)})
    inputs = sheet.inputs()
    rooms = sheet.labels()[:1]
    for at, names, asked in (
        (sheet.p(12.2, 3.0), ["ROOM A", "WARDROBE"], False),
        (sheet.p(12.2, 9.0), ["ROOM A", "Room (no name)"], True),
    ):
        text = inputs.text.model_copy(update={"labels": (*rooms, _named("WARDROBE", at))})
        building = clean(inputs.model_copy(update={"text": text}))
        assert sorted(room.name for room in building.rooms) == sorted(names)
        assert any(note.reason.startswith("WARDROBE: no closed room") for note in building.review) == asked


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("BUERO", "office"), ("Küche", "kitchen"), ("KUECHE", "kitchen"), ("STRANIŠČE", "bathroom"), ("HODNIK 1", "hall"),
     ("PRALNICA", "laundry"), ("Ankleide", "closet"), ("SALLE À MANGER", "dining"), ("RECÁMARA", "bedroom")],
)  # fmt: skip
def test_names_of_other_languages_are_known_with_and_without_accents(printed: str, kind: str) -> None:
    assert room_type(printed) == (kind, 0.95)


@pytest.mark.parametrize("printed", ["UTILITY SINK", "GAS DRYER", "PANTRY SHELVES", "ATTIC ACCESS"])
def test_a_fixture_named_after_a_room_is_no_room(printed: str) -> None:
    assert room_type(printed) is None


def test_a_number_above_and_a_floor_finish_below_are_no_part_of_a_name() -> None:
    lines = [
        _line("3", 100, 88), _line("BAD", 100, 100), _line("12.50 m²", 100, 112),
        _line("UTILITY", 300, 100), _line("Keramika", 300, 112), _line("MASTER", 500, 100), _line("SUITE", 500, 112),
    ]  # fmt: skip
    assert [label.text for label in room_labels(lines, page=1)] == ["BAD", "UTILITY", "MASTER SUITE"]


def test_the_way_into_an_attic_is_no_attic() -> None:
    lines = [
        _line("22X30", 100, 88),
        _line("ATTIC", 100, 100),
        _line("ACCESS", 100, 112),
        _line("ATTIC", 300, 100),
    ]
    assert [label.at_pt[0] for label in room_labels(lines, page=1)] == [300.0]
