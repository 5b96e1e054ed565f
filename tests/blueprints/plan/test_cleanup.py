"""Stage 5 on a hand-made house: a kitchen and dining in one space, a garage beside them, at 18 points to the foot."""

from __future__ import annotations

import pytest

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Point, Where
from blueprints.plan.building import Building, RoomSpec
from blueprints.plan.cleanup.clean import CleanupIn, CorrectionIn, clean
from blueprints.plan.model import (
    DrawingGeometry,
    DrawingInfo,
    EdgePt,
    FacePt,
    OpeningPt,
    PageInfo,
    PageSet,
    Plan,
    RoomLabel,
    RoomType,
    ScaleWitness,
    TextSet,
)

PT = 18.0
SHEET = (0.0, 0.0, 900.0, 700.0)


def _face(name: str, x0: float, x1: float, beyond: tuple[str, str, str, str]) -> FacePt:
    """A room of 20 ft depth from x0 to x1 [ft]; what lies beyond top, right, bottom, left."""
    corners: list[Point] = [(x * PT, y * PT) for x, y in ((x0, 2.0), (x1, 2.0), (x1, 22.0), (x0, 22.0))]
    ends = zip(corners, corners[1:] + corners[:1], beyond, strict=True)
    edges = tuple(EdgePt(start=a, end=b, beyond=what) for a, b, what in ends)
    area = (x1 - x0) * 20.0 * PT**2
    return FacePt(id=name, polygon_pt=tuple(corners), area_pt2=area, edges=edges, confidence=0.9)


def _label(text: str, kind: RoomType, at_ft: Point, size: tuple[float, float] | None) -> RoomLabel:
    x, y = at_ft[0] * PT, at_ft[1] * PT
    return RoomLabel(
        page=1, text=text, type=kind, at_pt=(x, y), bbox=(x - 20, y - 5, x + 20, y + 5), printed_size_ft=size, confidence=0.95
    )  # fmt: skip


HOME = _face("home", 2.0, 16.0, ("outside", "garage", "outside", "outside"))
GARAGE = _face("garage", 16.5, 38.5, ("outside", "outside", "outside", "home"))
DOOR = OpeningPt(
    id="o1", kind="door", at_pt=(16.25 * PT, 10 * PT), width_pt=3 * PT, axis=((292.5, 153.0), (292.5, 207.0)),
    rooms=("home", "garage"), confidence=0.8,
)  # fmt: skip
LABELS = (
    _label("KITCHEN", "kitchen", (9.0, 10.0), (14.0, 12.0)),
    _label("DINING", "dining", (9.0, 18.5), (14.0, 8.0)),
    _label("GARAGE", "garage", (27.0, 12.0), None),
)


def _house(
    *, labels: tuple[RoomLabel, ...] = LABELS, faces: tuple[FacePt, ...] = (HOME, GARAGE),
    corrections: tuple[CorrectionIn, ...] = (), scaled: bool = True, openings: tuple[OpeningPt, ...] = (),
) -> Building:  # fmt: skip
    note = ScaleWitness(kind="note", feet_per_point=1 / PT, text='1/4" = 1\'-0"')
    info = DrawingInfo(
        title="FLOOR PLAN", kind="floor_plan", score=1.0, bbox=SHEET, witnesses=(note,) if scaled else ()
    )
    page = PageInfo(
        number=1, width_pt=900, height_pt=700, rotation=0, kind="floor_plan", score=1.0, route="vector", drawings=(info,)
    )  # fmt: skip
    geometry = DrawingGeometry(
        page=1, drawing=0, bbox=SHEET, method="vector", score=0.9, faces=faces, openings=openings or (DOOR,)
    )
    return clean(
        CleanupIn(
            pages=PageSet(pages=(page,)), plan=Plan(drawings=(geometry,)), text=TextSet(labels=labels), zip_code="80202",
            corrections=corrections,
        )
    )  # fmt: skip


def _named(building: Building, name: str) -> RoomSpec:
    return next(room for room in building.rooms if room.name == name)


def test_an_open_plan_is_cut_where_the_printed_sizes_say() -> None:
    house = _house()
    # 14 x 12 and 14 x 8 fill the 14 x 20 space; half way between the names would give 171.5 and 108.5.
    assert _named(house, "KITCHEN").area_sqft.value == pytest.approx(168.0, rel=1e-3)
    assert _named(house, "DINING").area_sqft.value == pytest.approx(112.0, rel=1e-3)


def test_a_part_that_was_cut_to_its_printed_size_is_no_surer_than_one_without() -> None:
    bare = tuple(label.model_copy(update={"printed_size_ft": None}) for label in LABELS)
    cut, uncut = _named(_house(), "DINING"), _named(_house(labels=bare), "DINING")
    assert cut.signals is not None and cut.signals.printed == "none"
    assert cut.confidence == pytest.approx(
        uncut.confidence, abs=0.005
    )  # the part is a little larger, no more


def test_a_door_to_the_garage_hangs_in_a_wall_to_the_garage() -> None:
    house = _house()
    door = next(opening for opening in house.openings if opening.id == "o1")
    wall = next(surface for surface in house.surfaces if surface.id == door.surface)
    assert (wall.adjacent, wall.facing_page_deg) == ("garage", 90.0)


def test_a_water_heater_in_a_mechanical_room_is_no_second_room() -> None:
    small = _face("mech", 2.0, 4.0, ("outside",) * 4)
    labels = (_label("MECH", "mechanical", (3.0, 6.0), None), _label("WH", "mechanical", (3.0, 18.0), None))
    assert [room.name for room in _house(labels=labels, faces=(small,)).rooms] == ["MECH"]


def test_an_outside_edge_before_the_garage_is_a_wall_to_the_garage() -> None:
    wrong = _face("home", 2.0, 16.0, ("outside", "outside", "outside", "outside"))
    walls = [s for s in _house(faces=(wrong, GARAGE)).surfaces if s.kind == "wall"]
    assert {s.facing_page_deg for s in walls if s.adjacent == "outdoors"} == {0.0, 180.0, 270.0}
    assert {s.facing_page_deg for s in walls if s.adjacent == "garage"} == {90.0}


def test_an_outside_edge_before_a_patio_stays_an_exterior_wall() -> None:
    wrong = _face("home", 2.0, 16.0, ("outside", "outside", "outside", "outside"))
    labels = (*LABELS[:2], _label("PATIO", "patio", (27.0, 12.0), None))
    facing = {
        s.facing_page_deg
        for s in _house(labels=labels, faces=(wrong, GARAGE)).surfaces
        if s.adjacent == "outdoors"
    }
    assert facing == {0.0, 90.0, 180.0, 270.0}


def test_panes_between_a_room_and_a_patio_are_a_window_to_the_outside_those_to_the_garage_are_none() -> None:
    panes = DOOR.model_copy(update={"kind": "opening", "why": ("3_lines_in_gap", "lines_between_rooms")})
    patio = (*LABELS[:2], _label("PATIO", "patio", (27.0, 12.0), None))
    (window,) = _house(labels=patio, openings=(panes,)).openings
    assert (window.kind, window.exterior, window.facing_page_deg) == ("window", True, 90.0)
    (opening,) = _house(openings=(panes,)).openings
    assert (opening.kind, opening.exterior) == ("opening", False)


def test_a_garage_that_a_person_calls_heated_gets_walls_and_no_garage_wall_remains() -> None:
    key = _named(_house(), "GARAGE").id
    house = _house(corrections=(CorrectionIn(target_key=key, field="conditioned", value=True),))
    walls = [s for s in house.surfaces if s.room == key and s.kind == "wall"]
    assert {wall.facing_page_deg for wall in walls} == {0.0, 90.0, 180.0}
    assert not any(surface.adjacent == "garage" for surface in house.surfaces)


def test_a_room_corrected_to_garage_leaves_the_heated_house() -> None:
    key = _named(_house(), "DINING").id
    house = _house(corrections=(CorrectionIn(target_key=key, field="type", value="garage"),))
    assert not _named(house, "DINING").conditioned
    assert not any(surface.room == key for surface in house.surfaces)


def test_without_a_scale_there_are_no_areas_but_a_required_question() -> None:
    house = _house(scaled=False)
    assert house.rooms == ()
    assert [(q.field, q.required) for q in house.questions if q.required] == [("scale:1:0", True)]


def test_a_set_without_a_floor_plan_is_refused() -> None:
    with pytest.raises(RejectedInput, match="no_floor_plan"):
        clean(CleanupIn(pages=PageSet(pages=()), plan=Plan(drawings=()), text=TextSet(), zip_code="80202"))


def test_the_place_of_every_room_is_on_its_page() -> None:
    assert {room.where.page for room in _house().rooms if isinstance(room.where, Where)} == {1}


def _storey(page: int, names: tuple[str, str, str]) -> tuple[PageInfo, DrawingGeometry]:
    """A sheet with one outline for all, and the rooms named on it."""
    labels = tuple(
        _label(text, "bedroom", (9.0 + 4 * n, 10.0), None).model_copy(update={"page": page})
        for n, text in enumerate(names)
    )
    note = ScaleWitness(kind="note", feet_per_point=1 / PT, text='1/4" = 1\'-0"')
    info = DrawingInfo(kind="floor_plan", score=1.0, bbox=SHEET, witnesses=(note,), labels=labels)
    sheet = PageInfo(
        number=page, width_pt=900, height_pt=700, rotation=0, kind="floor_plan", score=1.0, route="vector", drawings=(info,)
    )  # fmt: skip
    faces = (HOME.model_copy(update={"id": f"p{page}", "edges": ()}),)
    return sheet, DrawingGeometry(page=page, drawing=0, bbox=SHEET, method="vector", score=0.9, faces=faces)


@pytest.mark.parametrize(
    ("second", "storeys"), [(("KITCHEN", "LIVING", "FOYER"), 1), (("BED 1", "BED 2", "BATH"), 2)]
)
def test_storeys_of_one_outline_are_told_apart_by_their_room_names(
    second: tuple[str, str, str], storeys: int
) -> None:
    sheets = [_storey(1, ("KITCHEN", "LIVING", "FOYER")), _storey(2, second)]
    labels = tuple(label for page, _ in sheets for label in page.drawings[0].labels)
    house = clean(
        CleanupIn(
            pages=PageSet(pages=tuple(page for page, _ in sheets)), plan=Plan(drawings=tuple(g for _, g in sheets)),
            text=TextSet(labels=labels), zip_code="80202",
        )
    )  # fmt: skip
    assert len(house.levels) == storeys
