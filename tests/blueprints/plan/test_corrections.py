"""Corrections on a hand-made house: rooms, walls and openings after each edit, and on a revised sheet."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from autohvac.core.evidence import Point
from blueprints.plan.building import Building, RoomSpec
from blueprints.plan.cleanup.clean import CorrectionIn
from blueprints.plan.cleanup.corrections import UNMATCHED
from blueprints.plan.cleanup.inputs import Anchor
from blueprints.plan.model import FacePt
from tests.blueprints.plan.sheets import ROOMS, Box, Sheet

A, B, C, D, G = (box for box, _, _ in ROOMS.values())
PLAIN = Sheet()


def split(sheet: Sheet, box: Box, line: Sequence[Point], names: tuple[str, str]) -> CorrectionIn:
    parts = [{"key": f"part{n}", "name": name, "type": "bedroom"} for n, name in enumerate(names)]
    return sheet.edit(box, "split", {"line": [sheet.p(*p) for p in line], "parts": parts})


def named(building: Building, name: str) -> RoomSpec:
    return next(room for room in building.rooms if room.name == name)


def areas(building: Building) -> dict[str, float]:
    return {room.name: round(room.area_sqft.value or 0.0, 1) for room in building.rooms}


def outside_wall_sqft(building: Building) -> dict[float | None, float]:
    """Wall area toward the outdoors and the garage by direction."""
    found: dict[float | None, float] = {}
    for s in building.surfaces:
        if s.kind == "wall":
            found[s.facing_page_deg] = round(
                found.get(s.facing_page_deg, 0.0) + (s.area_sqft.value or 0.0), 1
            )
    return found


def lost(building: Building) -> list[str]:
    return [note.field for note in building.review if note.reason == UNMATCHED]


UP_AT_4 = ((4.0, 12.0), (4.0, 0.0))  # drawn upward: the part on the left comes first


def test_a_split_makes_two_rooms_and_no_wall_more_or_less() -> None:
    house = PLAIN.read(split(PLAIN, A, UP_AT_4, ("DEN", "STUDY")))
    assert areas(house) == {
        "DEN": 48.0, "STUDY": 96.0, "ROOM B": 168.0, "ROOM C": 120.0, "ROOM D": 140.0, "ROOM G": 530.0
    }  # fmt: skip
    assert outside_wall_sqft(house) == outside_wall_sqft(PLAIN.read())
    assert lost(house) == []


class OpenToTheWest(Sheet):
    """Beyond the west edge of A lies more of the house that was not read."""

    def face(self, name: str, box: Box) -> FacePt:
        face = super().face(name, box)
        if name != "A":
            return face
        edges = (*face.edges[:3], face.edges[3].model_copy(update={"beyond": "virtual"}))
        return face.model_copy(update={"edges": edges})


def test_an_edge_that_stays_keeps_what_lies_beyond_it() -> None:
    sheet = OpenToTheWest()
    house = sheet.read(split(sheet, A, UP_AT_4, ("DEN", "STUDY")))
    assert outside_wall_sqft(house) == outside_wall_sqft(sheet.read())
    assert 270.0 not in {s.facing_page_deg for s in house.surfaces if s.room == named(house, "DEN").id}


def test_the_window_goes_to_the_part_it_lies_in() -> None:
    house = PLAIN.read(split(PLAIN, A, UP_AT_4, ("DEN", "STUDY")))
    window = next(o for o in house.openings if o.id == "o1")
    assert window.room == named(house, "STUDY").id and window.facing_page_deg == 0.0


def test_a_slanting_line_cuts_the_arm_at_its_middle() -> None:
    house = PLAIN.read(split(PLAIN, A, ((0.0, 12.0), (12.0, 0.0)), ("UPPER LEFT", "LOWER RIGHT")))
    assert (areas(house)["UPPER LEFT"], areas(house)["LOWER RIGHT"]) == (72.0, 72.0)


def test_a_line_beside_the_room_changes_nothing_and_is_reported() -> None:
    house = PLAIN.read(split(PLAIN, A, ((40.0, 12.0), (40.0, 0.0)), ("X", "Y")))
    assert areas(house) == areas(PLAIN.read()) and lost(house) == ["correction:split1.split"]


def test_a_merge_takes_the_wall_between_in() -> None:
    other = {"key": "?", "polygon_pt": PLAIN.outline(B)}
    house = PLAIN.read(PLAIN.edit(A, "merge", {"rooms": [other]}))
    assert areas(house)["ROOM A"] == pytest.approx(12 * 26.5, abs=0.2) and "ROOM B" not in areas(house)
    whole = outside_wall_sqft(house)
    # The wall between now belongs to the north side: half a foot at nine feet.
    assert whole[0.0] == pytest.approx(outside_wall_sqft(PLAIN.read())[0.0] + 4.5, abs=0.1)


def test_rooms_apart_are_not_merged() -> None:
    house = PLAIN.read(PLAIN.edit(A, "merge", {"rooms": [{"key": "?", "polygon_pt": PLAIN.outline(G)}]}))
    assert areas(house) == areas(PLAIN.read()) and len(lost(house)) == 1


def test_a_wall_that_moves_takes_from_the_room_behind_it() -> None:
    side = [PLAIN.p(12, 0), PLAIN.p(12, 12)]
    house = PLAIN.read(PLAIN.edit(A, "edge", {"side": side, "by_ft": 2.0}))
    assert (areas(house)["ROOM A"], areas(house)["ROOM B"]) == pytest.approx((168.0, 144.0), abs=0.1)
    assert sum(outside_wall_sqft(house).values()) == pytest.approx(
        sum(outside_wall_sqft(PLAIN.read()).values()), abs=1.0
    )


def test_a_wall_that_moves_in_gives_to_the_room_behind_it() -> None:
    side = [PLAIN.p(12, 0), PLAIN.p(12, 12)]
    house = PLAIN.read(PLAIN.edit(A, "edge", {"side": side, "by_ft": -2.0}))
    assert (areas(house)["ROOM A"], areas(house)["ROOM B"]) == pytest.approx((120.0, 192.0), abs=0.1)


def test_an_outside_wall_takes_its_window_along() -> None:
    side = [PLAIN.p(0, 0), PLAIN.p(12, 0)]
    house = PLAIN.read(PLAIN.edit(A, "edge", {"side": side, "by_ft": 3.0}))
    window = next(o for o in house.openings if o.id == "o1")
    assert window.at_pt[1] == pytest.approx(PLAIN.p(0, -3.25)[1]) and window.facing_page_deg == 0.0
    assert areas(house)["ROOM A"] == pytest.approx(180.0, abs=0.1)


def test_a_removed_room_at_the_edge_leaves_outdoors_behind() -> None:
    house = PLAIN.read(PLAIN.edit(G, "deleted", True))
    assert "ROOM G" not in areas(house)
    assert {s.adjacent for s in house.surfaces if s.kind == "wall"} == {"outdoors"}
    door = next(o for o in house.openings if o.id == "o3")
    assert door.exterior and door.surface is not None


def test_an_added_room_is_a_room_like_others() -> None:
    porch = (27.0, 0.0, 35.0, 12.0)
    value = {"name": "SUNROOM", "type": "family", "polygon_pt": PLAIN.outline(porch)}
    house = PLAIN.read(PLAIN.edit(porch, "room", value, key="new"))
    assert areas(house)["SUNROOM"] == 96.0 and named(house, "SUNROOM").ceiling_height_ft.value == 9.0
    walls = {s.facing_page_deg for s in house.surfaces if s.room == "new" and s.kind == "wall"}
    assert walls == {0.0, 90.0, 180.0}
    beside = [s for s in house.surfaces if s.room == named(house, "ROOM B").id and s.facing_page_deg == 90.0]
    assert beside == []  # B's east wall is inside now


def test_an_added_window_hangs_in_the_nearest_wall() -> None:
    value = {"kind": "window", "at_pt": PLAIN.p(-0.3, 17), "width_ft": 3.0, "height_ft": 5.0}
    house = PLAIN.read(PLAIN.edit(C, "opening", value, key="new"))
    window = next(o for o in house.openings if o.id == "new")
    assert (window.room, window.facing_page_deg, window.exterior) == (named(house, "ROOM C").id, 270.0, True)
    assert (window.width_ft.value, window.height_ft.value, window.height_ft.source) == (3.0, 5.0, "given")


# ---- found again ----------------------------------------------------------------------------------
SPLIT = split(PLAIN, A, UP_AT_4, ("DEN", "STUDY"))
RENAME = PLAIN.edit((0, 0, 4, 12), "name", "LIBRARY", key="stale", name="DEN")


@pytest.mark.parametrize("sheet", [Sheet(at=(500.0, 300.0)), Sheet(pt=9.0), Sheet(pt=36.0, at=(10.0, 700.0))])
def test_a_revised_sheet_shifted_or_at_another_scale_keeps_the_corrections(sheet: Sheet) -> None:
    house = sheet.read(SPLIT, RENAME)
    assert (areas(house)["LIBRARY"], areas(house)["STUDY"], lost(house)) == (48.0, 96.0, [])


def test_a_revision_in_which_another_room_changed_keeps_the_corrections() -> None:
    boxes = {name: box for name, (box, _, _) in ROOMS.items()} | {"B": (12.5, -3.0, 26.5, 12.0)}
    house = Sheet(boxes).read(SPLIT, RENAME)
    assert (areas(house)["LIBRARY"], areas(house)["STUDY"], lost(house)) == (48.0, 96.0, [])


def test_a_revision_that_draws_the_wall_is_not_split_twice() -> None:
    boxes = {name: box for name, (box, _, _) in ROOMS.items() if name != "A"}
    boxes |= {"A1": (0, 0, 3.8, 12), "A2": (4.2, 0, 12, 12)}
    house = Sheet(boxes).read(SPLIT, RENAME)
    assert {"LIBRARY", "STUDY"} < set(areas(house)) and len(house.rooms) == 6 and lost(house) == []


def test_a_revision_without_the_room_reports_what_no_longer_matches() -> None:
    boxes = {name: box for name, (box, _, _) in ROOMS.items() if name != "A"}
    house = Sheet(boxes).read(SPLIT, RENAME)
    assert lost(house) == ["correction:split1.split", "correction:name1.name"]


def test_the_name_of_a_part_is_not_given_to_the_whole_when_the_split_is_taken_back() -> None:
    house = PLAIN.read(RENAME)
    assert areas(house) == areas(PLAIN.read()) and lost(house) == ["correction:name1.name"]


def test_an_opening_is_found_again_by_its_place() -> None:
    moved = Sheet(at=(500.0, 300.0))
    labels = tuple((label.text, label.at_pt) for label in PLAIN.labels())
    anchor = Anchor(level=1, feet_per_point=1 / 18, at_pt=PLAIN.p(26.75, 6.5), labels=labels)
    house = moved.read(CorrectionIn(target_key="o1", field="width_ft", value=6, anchor=anchor))
    assert {o.id: o.width_ft.value for o in house.openings} == pytest.approx(
        {"o1": 4.0, "o2": 6.0, "o3": 4.0}
    )


def test_a_persons_scale_is_resized_with_the_sheet() -> None:
    labels = tuple((label.text, label.at_pt) for label in PLAIN.labels())
    anchor = Anchor(level=1, feet_per_point=1 / 18, labels=labels)
    twice = CorrectionIn(target_key="facts", field="scale:1:0", value=1 / 9, anchor=anchor)
    assert areas(PLAIN.read(twice))["ROOM A"] == 576.0
    assert areas(Sheet(pt=9.0).read(twice))["ROOM A"] == 576.0
    assert areas(PLAIN.read(twice.model_copy(update={"anchor": None})))["ROOM A"] == 576.0


def test_a_persons_north_is_the_last_word() -> None:
    house = PLAIN.read(CorrectionIn(target_key="facts", field="north_deg", value=90.0))
    assert (house.levels[0].north_deg.value, house.levels[0].north_deg.source) == (90.0, "given")
