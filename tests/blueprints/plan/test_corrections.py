"""Corrections on a hand-made house, at 18 points to the foot: four rooms round a cross of half-foot walls, a garage below.

A 12×12 | B 14×12        A has a window north, B a window east, D a door south.
C 12×10 | D 14×10
G 26.5×20 garage
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from autohvac.core.evidence import Point
from blueprints.plan.building import Building, RoomSpec
from blueprints.plan.cleanup.clean import CleanupIn, CorrectionIn, clean
from blueprints.plan.cleanup.corrections import UNMATCHED
from blueprints.plan.cleanup.inputs import Anchor
from blueprints.plan.model import (
    DrawingGeometry,
    DrawingInfo,
    EdgePt,
    FacePt,
    OpeningKind,
    OpeningPt,
    PageInfo,
    PageSet,
    Plan,
    RoomLabel,
    RoomType,
    ScaleWitness,
    TextSet,
)  # fmt: skip

Box = tuple[float, float, float, float]
ROOMS: dict[str, tuple[Box, RoomType, tuple[str, str, str, str]]] = {
    "A": ((0, 0, 12, 12), "living", ("outside", "B", "C", "outside")),
    "B": ((12.5, 0, 26.5, 12), "kitchen", ("outside", "outside", "D", "A")),
    "C": ((0, 12.5, 12, 22.5), "bedroom", ("A", "D", "G", "outside")),
    "D": ((12.5, 12.5, 26.5, 22.5), "office", ("B", "outside", "G", "C")),
    "G": ((0, 23, 26.5, 43), "garage", ("C", "outside", "outside", "outside")),
}
OPENINGS: tuple[tuple[str, OpeningKind, Point, Point, tuple[str, str | None]], ...] = (
    ("o1", "window", (6, -0.25), (1, 0), ("A", None)),
    ("o2", "window", (26.75, 6), (0, 1), ("B", None)),
    ("o3", "door", (19.5, 22.75), (1, 0), ("D", "G")),
)


class Sheet:
    """The house drawn at a place of the sheet, so many points to the foot; `rooms` are those the reader finds."""

    def __init__(
        self, rooms: dict[str, Box] | None = None, *, pt: float = 18.0, at: Point = (60.0, 60.0)
    ) -> None:
        self.boxes = {name: box for name, (box, _, _) in ROOMS.items()} if rooms is None else rooms
        self.pt, self.at = pt, at

    def p(self, x: float, y: float) -> Point:
        return (self.at[0] + x * self.pt, self.at[1] + y * self.pt)

    def outline(self, box: Box) -> tuple[Point, ...]:
        x0, y0, x1, y1 = box
        return (self.p(x0, y0), self.p(x1, y0), self.p(x1, y1), self.p(x0, y1))

    def labels(self) -> tuple[RoomLabel, ...]:
        found = []
        for name, (box, kind, _) in ROOMS.items():
            x, y = self.p((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            found.append(
                RoomLabel(
                    page=1, text=f"ROOM {name}", type=kind, at_pt=(x, y), bbox=(x - 9, y - 3, x + 9, y + 3), confidence=0.9
                )
            )  # fmt: skip
        return tuple(found)

    def face(self, name: str, box: Box) -> FacePt:
        corners = self.outline(box)
        beyond = ROOMS[name][2] if name in ROOMS else ("outside",) * 4
        ends = zip(corners, corners[1:] + corners[:1], beyond, strict=True)
        edges = tuple(EdgePt(start=a, end=b, beyond=what) for a, b, what in ends)
        area = (box[2] - box[0]) * (box[3] - box[1]) * self.pt**2
        return FacePt(id=name, polygon_pt=corners, area_pt2=area, edges=edges, confidence=0.9)

    def opening(
        self, name: str, kind: OpeningKind, at: Point, way: Point, rooms: tuple[str, str | None]
    ) -> OpeningPt:
        a = self.p(at[0] - 2 * way[0], at[1] - 2 * way[1])
        b = self.p(at[0] + 2 * way[0], at[1] + 2 * way[1])
        return OpeningPt(
            id=name, kind=kind, at_pt=self.p(*at), width_pt=4 * self.pt, axis=(a, b), rooms=rooms, exterior=rooms[1] is None,
            confidence=0.8,
        )  # fmt: skip

    def read(self, *corrections: CorrectionIn) -> Building:
        """The building as read, with corrections."""
        note = ScaleWitness(kind="note", feet_per_point=1 / self.pt, text="a note")
        box = (0.0, 0.0, 2400.0, 2400.0)
        info = DrawingInfo(
            title="FLOOR PLAN", kind="floor_plan", score=1.0, bbox=box, witnesses=(note,), storey_index=1
        )
        page = PageInfo(
            number=1, width_pt=2400, height_pt=2400, rotation=0, kind="floor_plan", score=1.0, route="vector",
            drawings=(info,),
        )  # fmt: skip
        faces = tuple(self.face(name, shape) for name, shape in self.boxes.items())
        openings = tuple(self.opening(*row) for row in OPENINGS)
        geometry = DrawingGeometry(
            page=1, drawing=0, bbox=box, method="vector", score=0.9, faces=faces, openings=openings
        )
        return clean(
            CleanupIn(
                pages=PageSet(pages=(page,)), plan=Plan(drawings=(geometry,)), text=TextSet(labels=self.labels()),
                zip_code="80202", corrections=corrections, answers={"ceiling_height_ft": 9.0},
            )
        )  # fmt: skip

    def anchor(self, box: Box, name: str = "") -> Anchor:
        labels = tuple((label.text, label.at_pt) for label in self.labels())
        return Anchor(
            level=1, feet_per_point=1 / self.pt, polygon_pt=self.outline(box), name=name, labels=labels
        )

    def edit(self, box: Box, field: str, value: object, *, key: str = "?", name: str = "") -> CorrectionIn:
        value = json.loads(json.dumps(value))  # as it comes from the database
        return CorrectionIn(
            target_key=key, field=field, value=value, id=f"{field}1", anchor=self.anchor(box, name)
        )


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
