"""What makes scans hard: fractions of one sign, lost marks, plans turned on their sheet, leaves and windows in few pixels."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pymupdf
import pytest
from shapely.geometry import box

from blueprints.plan.cleanup.levels import find_storeys
from blueprints.plan.geometry.arcs import swing_shares
from blueprints.plan.geometry.casting import cast
from blueprints.plan.geometry.ends import oriented, wall_ends
from blueprints.plan.geometry.frame import frame_for
from blueprints.plan.geometry.glazing import without_glazing
from blueprints.plan.geometry.openings import Found, Gap
from blueprints.plan.geometry.skew import picture_skew
from blueprints.plan.geometry.unleaved import without_leaves
from blueprints.plan.model import DrawingInfo, PageInfo, Plan, ScaleWitness, TextSet
from blueprints.plan.pages import analyse as sorting
from blueprints.plan.pages.analyse import analyse
from blueprints.plan.pdf.validate import Limits, validate
from blueprints.plan.text import unprinted
from blueprints.plan.text.dimensions import printed_lengths
from blueprints.plan.text.extract import extract as read_text
from blueprints.plan.text.grammar import length_ft, ocr_normal, room_size_ft, scale_feet_per_point
from blueprints.plan.text.lines import Line
from tests.blueprints.plan.sheets import Sheet
from tests.blueprints.plan.test_scanned_sheets import drawn, quiet, scanned

SCALE = 24.0


@pytest.mark.parametrize(
    ("seen", "feet"),
    [
        ("6'-612\"", 6 + 6.5 / 12), ("4'-1012\"", 4 + 10.5 / 12), ("13'-6/2\"", 13 + 6.5 / 12),
        ("10'-10%2\"", 10 + 10.5 / 12), ("13'-3V2\"", 13 + 3.5 / 12), ("6'-634\"", 6 + 6.75 / 12),
        ("39\"-11\"", 39 + 11 / 12), ("16-4\"", 16 + 4 / 12), ("9'-41/2\"", 9 + 4.5 / 12),
        ("6'-643\"", None), ("13'-12\"", None), ("2024-11-12", None),
    ],
)  # fmt: skip
def test_lengths_whose_marks_ocr_took_for_others(seen: str, feet: float | None) -> None:
    found = length_ft(ocr_normal(seen))
    assert found == (None if feet is None else pytest.approx(feet))


def test_the_marks_of_a_rooms_second_side_are_put_right_as_well() -> None:
    assert room_size_ft(ocr_normal('10\'-0" x 9"-2"')) == pytest.approx((10.0, 9 + 2 / 12))


def test_words_that_ran_together_are_parted_only_in_long_ones() -> None:
    assert ocr_normal("R-21BATTINSULATION") == "R-21 BATT INSULATION"
    assert ocr_normal("FLOORPLAN") == "FLOORPLAN"
    assert ocr_normal("WALLPAPER") == "WALLPAPER"


def _line(text: str, engine: str = "rapidocr") -> Line:
    return Line(text, (0.0, 0.0, 30.0, 8.0), 0.0, 8.0, engine, 0.9)


def test_many_inches_beside_feet_are_a_length_that_lost_its_feet() -> None:
    seen = [_line('82 1/2"'), _line("11'-10\""), _line('12"')]
    assert [found.text for found in printed_lengths(seen, page=1, metric="")] == ["11'-10\"", '12"']
    printed = [_line('82 1/2"', "pdf"), _line("11'-10\"", "pdf")]
    assert len(printed_lengths(printed, page=1, metric="")) == 2


@pytest.mark.parametrize("lean", [0.0, 0.7, -2.0, 12.0, -31.0])
def test_a_plan_turned_on_its_sheet_is_turned_back(tmp_path: Path, lean: float) -> None:
    picture = np.full((900, 900), 255, np.uint8)
    turn = cv2.getRotationMatrix2D((450, 450), -lean, 1.0)
    for x0, y0, x1, y1 in ((200, 250, 700, 650), (200, 450, 700, 450), (430, 250, 430, 650)):
        corners = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]) @ turn[:, :2].T + turn[:, 2]
        cv2.polylines(picture, [np.round(corners).astype(np.int32)], True, 0, 9, cv2.LINE_AA)
    with pymupdf.open() as document:
        page = document.new_page(width=900, height=900)
        page.insert_image(page.rect, stream=cv2.imencode(".png", picture)[1].tobytes())
        extent = (0.0, 0.0, 900.0, 900.0)
        found = picture_skew(page, bbox=extent, frame=frame_for(extent, ft_pt=1.0, skew_deg=0.0))
    assert found == pytest.approx(lean, abs=0.15)


SHELL = box(1, 1, 13, 11).difference(box(1.5, 1.5, 12.5, 10.5)).difference(box(4, 0.9, 7, 1.6))
DOOR = Found(
    Gap(box(4, 1, 7, 1.5), ((4.0, 1.25), (7.0, 1.25)), 0.5, True, 0, 0.9, 0.0), "door", 0.85, ("swing_arc",)
)


def test_an_open_leaf_drawn_as_thick_as_a_thin_wall_is_taken_out() -> None:
    leaf = box(4, 1.5, 4.2, 4.5)
    (walls,) = without_leaves([SHELL.union(leaf)], [DOOR]) or []
    assert walls.symmetric_difference(SHELL).area < 0.02


def test_a_wall_that_runs_on_past_the_door_stays_and_a_gap_without_swing_has_no_leaf() -> None:
    partition = box(4, 1.5, 4.2, 10.5)
    assert without_leaves([SHELL.union(partition)], [DOOR]) is None
    bare = Found(DOOR.gap, "opening", 0.5, ("short_gap",))
    assert without_leaves([SHELL.union(box(4, 1.5, 4.2, 4.5))], [bare]) is None


def test_a_door_beside_a_shaft_is_as_thin_as_a_wall_where_its_hinge_is() -> None:
    shaft, wall = box(1, 1, 4, 2.4), box(7, -3, 7.4, 6)
    walls = oriented([shaft, wall])
    ends = wall_ends(walls)
    casts = cast(ends, walls, reach_ft=5.0)
    wide = np.flatnonzero(np.isclose(casts.width, 3.0))
    casts = casts.only(wide)
    thin = casts.thinned(np.ones(len(wide), dtype=bool), depth=np.full(len(wide), 1.0), thick_ft=0.35)
    assert thin.ends.thick == pytest.approx(0.35)
    ends_at = sorted(float(v) for v in (thin.ends.a[0, 1], thin.ends.b[0, 1]))
    assert ends_at in (pytest.approx([1.0, 1.35]), pytest.approx([2.05, 2.4]))


def test_the_depth_of_a_swing_is_that_of_its_hinge() -> None:
    near = np.zeros((300, 300), np.uint8)
    cv2.ellipse(near, (round(4 * SCALE), round(6.6 * SCALE)), (72, 72), 0.0, 0, 90, 1, 3)
    jambs = (np.array([[4.0, 6.0]]), np.array([[7.0, 6.0]]))
    _, depth = swing_shares(near, scale=SCALE, jambs=jambs, normal=np.array([[0.0, 0.6]]))
    assert depth[0] == pytest.approx(1.0, abs=0.3)


@pytest.mark.parametrize(("hatched", "tone"), [(True, 255), (False, 255), (True, 192)])
def test_in_hatched_walls_a_blank_stretch_between_jambs_is_a_window(hatched: bool, tone: int) -> None:
    wall, ink = box(2.0, 2.0, 18.0, 2.5), np.zeros((120, 480), np.uint8)
    lines = [(2, 2, 18, 2), (2, 2.5, 18, 2.5), (6, 2, 6, 2.5), (10, 2, 10, 2.5)]
    if hatched:
        lines += [(x, 2.5, x + 0.5, 2.0) for x in np.arange(2.0, 17.5, 0.25) if not 5.4 < x < 10.0]
    for x0, y0, x1, y1 in lines:
        cv2.line(ink, (round(x0 * SCALE), round(y0 * SCALE)), (round(x1 * SCALE), round(y1 * SCALE)), 1, 1)
    grey = np.where(ink > 0, 0, tone).astype(np.uint8)
    found = without_glazing([wall], ink=ink, scale=SCALE, grey=grey)
    starts = sorted(round(piece.bounds[0], 1) for piece in found)
    assert starts == ([2.0, 10.0] if hatched and tone == 255 else [2.0])


def _two_storeys(*measured_pt: float) -> list[float | None]:
    """Points per foot of two storeys: the first has its own scale, the second but lengths that make a foot so long."""
    first = Sheet().inputs()
    info, geometry = first.pages.pages[0].drawings[0], first.plan.drawings[0]
    lengths = [
        ScaleWitness(kind="dimension", feet_per_point=1 / 18.0, text=f"{n}'", weight=1.0) for n in range(5)
    ]
    own = tuple(
        ScaleWitness(kind="dimension", feet_per_point=1 / pt, text=f"{pt}'", weight=1.0) for pt in measured_pt
    )
    pages = (
        first.pages.pages[0].model_copy(
            update={"drawings": (info.model_copy(update={"witnesses": (*info.witnesses, *lengths)}),)}
        ),
        first.pages.pages[0].model_copy(
            update={"number": 2, "drawings": (info.model_copy(update={"witnesses": own, "storey_index": 2}),)}
        ),
    )
    drawings = (geometry, geometry.model_copy(update={"page": 2}))
    inputs = first.model_copy(
        update={
            "pages": first.pages.model_copy(update={"pages": pages}),
            "plan": Plan(drawings=drawings),
            "text": TextSet(),
        }
    )
    return [s.level and round(1 / s.level.scale.feet_per_point, 3) for s in find_storeys(inputs).found]


def test_a_storey_takes_the_sets_scale_only_where_a_length_of_its_own_bears_it_out() -> None:
    assert _two_storeys(18.02) == [18.0, 18.0]
    assert _two_storeys() == [18.0, None]
    assert _two_storeys(11.3, 30.2) == [18.0, None]


def test_a_storey_whose_title_was_not_read_at_a_glance_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "quick_lines", lambda page: [_line("SMUDGE", "tesseract")])
    path = scanned(tmp_path / "second.pdf", "SECOND FLOOR PLAN")
    with pymupdf.open() as made, pymupdf.open(path) as scan:
        drawn(made, "FIRST FLOOR PLAN", ("BEDROOM", "KITCHEN", "BATH", "LIVING ROOM"))
        for n in range(12):
            made[0].insert_text((20, 20 + 4 * n), f"NOTE {n}", fontsize=3)
        made.insert_pdf(scan)
        made.save(tmp_path / "set.pdf")
    pages = analyse(
        tmp_path / "set.pdf", validate(tmp_path / "set.pdf", limits=Limits()), progress=quiet
    ).pages
    assert [(p.kind, p.by_ink) for p in pages] == [("floor_plan", False), ("floor_plan", True)]


def _written(path: Path) -> Path:
    """A plan, and a scan of 200 dpi with notes and a window schedule."""
    with pymupdf.open() as source, pymupdf.open() as made:
        drawn(made, "FIRST FLOOR PLAN", ("BEDROOM", "KITCHEN", "BATH", "LIVING ROOM"))
        sheet = source.new_page(width=700, height=620)
        sheet.insert_text((60, 60), "GENERAL NOTES", fontsize=18)
        sheet.insert_text((60, 90), "1. EXTERIOR WALLS: 2X6 W/ R-21 BATT INSULATION", fontsize=10)
        sheet.insert_text((60, 110), "2. CEILING / ATTIC: R-49 BLOWN INSULATION", fontsize=10)
        sheet.insert_text((170, 290), "WINDOW SCHEDULE", fontsize=12)
        columns = (100, 160, 230, 300, 360)
        rows = (
            ("MARK", "WIDTH", "HEIGHT", "U"),
            ("A", "3'-0\"", "5'-0\"", "0.30"),
            ("E", "2'-6\"", "4'-0\"", "0.30"),
        )
        for n, cells in enumerate(rows):
            for x, text in zip(columns, cells, strict=False):
                sheet.insert_text((x + 18, 315 + 20 * n), text, fontsize=9)
        for y in range(300, 361, 20):
            sheet.draw_line((columns[0], y), (columns[-1], y), width=0.7)
        for x in columns:
            sheet.draw_line((x, 300), (x, 360), width=0.7)
        picture = sheet.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        page = made.new_page(width=700, height=620)
        page.insert_image(page.rect, stream=picture.tobytes("png"))
        made.save(path)
    return path


def test_notes_and_schedules_of_a_scanned_sheet_are_read(tmp_path: Path) -> None:
    path = _written(tmp_path / "set.pdf")
    pages = analyse(path, validate(path, limits=Limits()), progress=quiet)
    assert pages.pages[1].kind in ("notes", "schedule")
    found = read_text(path, pages, Plan(drawings=()), progress=quiet)
    assert {note.field: note.value for note in found.notes if note.where.page == 2}.items() >= {
        "wall_r": 21.0, "ceiling_r": 49.0,
    }.items()  # fmt: skip
    assert [(row.mark, row.width_ft, row.height_ft, row.u_factor) for row in found.schedule] == [
        ("A", 3.0, 5.0, 0.3), ("E", 2.5, 4.0, 0.3),
    ]  # fmt: skip


def test_a_room_whose_end_in_an_open_space_nobody_drew_is_an_item_to_verify() -> None:
    whole = Sheet({"A": (0, 0, 26.5, 12), "C": (0, 12.5, 12, 22.5), "D": (12.5, 12.5, 26.5, 22.5)}).read()
    parted = [room for room in whole.rooms if "open_plan" in room.evidence]
    assert {room.name for room in parted} == {"ROOM A", "ROOM B"}
    asked = {item.field for item in whole.review if "where it ends is not drawn" in item.reason}
    sure = {f"{room.id}.area_sqft" for room in parted if room.confidence >= 0.8}
    assert asked == sure
    assert all(any(item.field == f"{room.id}.area_sqft" for item in whole.review) for room in parted)


def test_half_a_scale_note_seen_at_a_glance_is_read_closely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note.pdf"
    with pymupdf.open() as source, pymupdf.open() as made:
        sheet = source.new_page(width=700, height=620)
        sheet.insert_text((300, 500), 'SCALE: 3/16" = 1\'-0"', fontsize=9)
        picture = sheet.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        made.new_page(width=700, height=620).insert_image((0, 0, 700, 620), stream=picture.tobytes("png"))
        made.save(path)
    half = Line('SCALE: 3/16" =', (300, 492, 355, 502), 0.0, 8.0, "tesseract", 0.9)
    monkeypatch.setattr(unprinted, "quick_lines", lambda page: [half])
    info = PageInfo(
        number=1, width_pt=700, height_pt=620, rotation=0, kind="floor_plan", score=1.0, route="raster",
        drawings=(DrawingInfo(title="", kind="floor_plan", score=1.0, bbox=(100, 100, 400, 400)),), by_ink=True,
    )  # fmt: skip
    with pymupdf.open(path) as document:
        seen = unprinted.unprinted_lines(document[0], info, printed=[])
    assert [found for line in seen if (found := scale_feet_per_point(line.text))] == [
        (pytest.approx(1 / 13.5), '3/16" = 1\'-0"')
    ]
