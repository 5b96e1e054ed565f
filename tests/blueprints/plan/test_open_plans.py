"""Open plans parted where printed sizes and areas say rooms end."""

from __future__ import annotations

from pytest import approx
from shapely.geometry import Polygon, box

from autohvac.core.evidence import Point
from blueprints.plan.cleanup.cells import Cell
from blueprints.plan.cleanup.open_plans import parted
from blueprints.plan.model import FacePt, RoomLabel, RoomType

PT = 10.0  # points per foot


def _label(text: str, at_ft: Point, kind: RoomType = "living", **printed: object) -> RoomLabel:
    x, y = at_ft[0] * PT, at_ft[1] * PT
    return RoomLabel.model_validate(
        {
            "page": 1,
            "text": text,
            "type": kind,
            "at_pt": (x, y),
            "bbox": (x - 20, y - 5, x + 20, y + 5),
            "confidence": 0.9,
        }
        | printed
    )


def _parted(outline_ft: Polygon, *labels: RoomLabel) -> list[Cell]:
    space = Polygon([(x * PT, y * PT) for x, y in outline_ft.exterior.coords])
    face = FacePt(id="f", polygon_pt=tuple(space.exterior.coords), area_pt2=space.area, confidence=0.9)
    return parted(face, space, labels, points_per_foot=PT)


def _areas(cells: list[Cell]) -> dict[str, float]:
    return {cell.label.text if cell.label else "": cell.polygon.area / PT**2 for cell in cells}


def test_a_passage_beside_a_room_of_a_printed_size_is_a_space_of_its_own() -> None:
    outline = box(0, 0, 10, 8).union(box(0, 8, 3.5, 18))
    cells = _parted(outline, _label("DINING", (6, 4), printed_size_ft=(10.0, 8.0)))
    assert _areas(cells) == {"DINING": approx(80, rel=0.01), "": approx(35, rel=0.01)}
    assert [cell.bounded for cell in cells if cell.label] == [True]


def test_a_room_a_foot_longer_than_printed_is_not_cut() -> None:
    cells = _parted(box(0, 0, 10, 10), _label("BEDROOM", (5, 5), "bedroom", printed_size_ft=(10.0, 9.0)))
    assert _areas(cells) == {"BEDROOM": approx(100)} and cells[0].shared == 1


def test_rooms_of_printed_sizes_leave_the_rest_to_the_room_without_a_size() -> None:
    cells = _parted(
        box(0, 0, 30, 15),
        _label("LIVING", (7, 7), printed_size_ft=(15.0, 15.0)),
        _label("DINING", (20, 5), "dining", printed_size_ft=(10.0, 9.0)),
        _label("HALL", (27, 12), "hall"),
    )
    areas = _areas(cells)
    assert areas["LIVING"] == approx(225, rel=0.03) and areas["DINING"] == approx(90, rel=0.03)
    assert sum(areas.values()) == approx(450, rel=0.01)


def test_printed_areas_place_the_cut() -> None:
    cells = _parted(
        box(0, 0, 30, 10),
        _label("KITCHEN", (5, 5), "kitchen", printed_area_sqft=130.0),
        _label("LIVING", (25, 5), printed_area_sqft=170.0),
    )
    assert _areas(cells) == {"KITCHEN": approx(130, rel=0.01), "LIVING": approx(170, rel=0.01)}


def test_a_cut_along_a_wall_that_stands_costs_nothing() -> None:
    stub = box(0, 5, 8, 5.5)
    cells = _parted(
        box(0, 0, 12, 12).difference(stub),
        _label("HALL", (6, 2.5), "hall", printed_area_sqft=62.0),
        _label("KITCHEN", (6, 9), "kitchen", printed_area_sqft=78.0),
    )
    assert _areas(cells) == {"HALL": approx(62, rel=0.03), "KITCHEN": approx(78, rel=0.03)}
