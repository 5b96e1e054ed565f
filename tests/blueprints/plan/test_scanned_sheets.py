"""Sheets without a text layer: classed by their ink, then by the words that stage 3 reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest
from pytest import approx

from autohvac.core.errors import RejectedInput
from blueprints.plan.cleanup.clean import CleanupIn, clean
from blueprints.plan.geometry.extract import extract
from blueprints.plan.model import PageSet, Plan, TextSet
from blueprints.plan.pages import analyse as sorting
from blueprints.plan.pages.analyse import analyse
from blueprints.plan.pdf.validate import Limits, validate
from blueprints.plan.text.lines import Line

FOOT_PT = 18.0  # a quarter of an inch
ROOMS = ("BEDROOM", "KITCHEN", "BATH", "LIVING ROOM")


def quiet(done: float, total: float, what: str) -> None:
    """No progress."""


def drawn(document: pymupdf.Document, title: str, names: Sequence[str]) -> None:
    """A sheet with four rooms of 12 × 10 ft inside walls of half a foot, its title and scale below."""
    page = document.new_page(width=700, height=620)
    for x in (80, 80 + 12.5 * FOOT_PT, 80 + 25 * FOOT_PT):
        page.draw_line((x, 80), (x, 80 + 21 * FOOT_PT), width=0.5 * FOOT_PT)
    for y in (80, 80 + 10.5 * FOOT_PT, 80 + 21 * FOOT_PT):
        page.draw_line((80, y), (80 + 25 * FOOT_PT, y), width=0.5 * FOOT_PT)
    for n, name in enumerate(names):
        page.insert_text((120 + (n % 2) * 12.5 * FOOT_PT, 180 + (n // 2) * 10.5 * FOOT_PT), name, fontsize=12)
    page.insert_text((200, 495), title, fontsize=20)
    page.insert_text((200, 515), 'SCALE: 1/4" = 1\'-0"', fontsize=12)


def scanned(path: Path, title: str, names: Sequence[str] = ROOMS) -> Path:
    """The sheet as a picture of 150 dpi."""
    with pymupdf.open() as source, pymupdf.open() as made:
        drawn(source, title, names)
        picture = source[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
        page = made.new_page(width=700, height=620)
        page.insert_image(page.rect, stream=picture.tobytes("png"))
        made.save(path)
    return path


def sorted_pages(path: Path) -> PageSet:
    return analyse(path, validate(path, limits=Limits()), progress=quiet)


def read(path: Path) -> tuple[PageSet, Plan]:
    """Stage 2's pages as stage 3 leaves them, and its geometry."""
    pages = sorted_pages(path)
    plan = extract(path, pages, progress=quiet)
    return plan.classed(pages), plan


def test_a_lone_scan_that_encloses_rooms_is_sorted_without_ocr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(sorting, "quick_lines", lambda page: looked.append(page.number) or [])
    (page,) = sorted_pages(scanned(tmp_path / "plan.pdf", "FIRST FLOOR PLAN")).pages
    assert (page.kind, page.by_ink, looked) == ("floor_plan", True, [])


@pytest.mark.parametrize(("enclosed", "kind"), [(0.4, "floor_plan"), (0.2, "other")])
def test_a_pale_scan_that_encloses_little_is_looked_at_closely_where_nothing_else_is_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enclosed: float, kind: str
) -> None:
    monkeypatch.setattr(sorting, "closed_share", lambda ink, box: enclosed)
    monkeypatch.setattr(sorting, "quick_lines", lambda page: [])
    path = scanned(tmp_path / "plan.pdf", "FIRST FLOOR PLAN")
    assert [page.kind for page in sorted_pages(path).pages] == [kind]
    with pymupdf.open() as made, pymupdf.open(path) as scan:
        drawn(made, "FIRST FLOOR PLAN", (*ROOMS, *(f"NOTE {n}" for n in range(12))))
        made.insert_pdf(scan)
        made.save(tmp_path / "set.pdf")
    drawn_page, _ = sorted_pages(tmp_path / "set.pdf").pages
    assert drawn_page.kind == "floor_plan"


def test_the_title_storey_and_scale_of_a_scan_are_read_in_stage_3(tmp_path: Path) -> None:
    pages, plan = read(scanned(tmp_path / "plan.pdf", "FIRST FLOOR PLAN"))
    (drawing,) = pages.pages[0].drawings
    assert (drawing.title, drawing.storey_index) == ("FIRST FLOOR PLAN", 1)
    assert [1 / w.feet_per_point for w in drawing.witnesses if w.kind == "note"] == approx([FOOT_PT])
    assert {label.text for label in drawing.labels} == set(ROOMS)
    assert len(plan.drawings[0].faces) == 4


def test_a_scanned_section_is_refused_by_its_title(tmp_path: Path) -> None:
    pages, plan = read(scanned(tmp_path / "section.pdf", "BUILDING SECTION A-A", names=("ATTIC",)))
    assert pages.pages[0].kind == "section"
    assert plan.drawings == ()
    with pytest.raises(RejectedInput, match="no_floor_plan"):
        clean(CleanupIn(pages=pages, plan=plan, text=TextSet(), zip_code="80202"))


def test_a_scan_beside_a_plan_with_words_is_looked_at_for_its_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = Line("SECOND FLOOR PLAN", (200, 480, 420, 500), 0.0, 20.0, "tesseract", 0.9)
    monkeypatch.setattr(sorting, "quick_lines", lambda page: [title])
    path = scanned(tmp_path / "second.pdf", "SECOND FLOOR PLAN")
    with pymupdf.open() as made, pymupdf.open(path) as scan:
        drawn(made, "FIRST FLOOR PLAN", (*ROOMS, *(f"NOTE {n}" for n in range(12))))
        made.insert_pdf(scan)
        made.save(tmp_path / "set.pdf")
    pages = sorted_pages(tmp_path / "set.pdf").pages
    assert [(p.kind, p.by_ink, p.drawings[0].storey_index) for p in pages] == [
        ("floor_plan", False, 1), ("floor_plan", False, 2),
    ]  # fmt: skip


def test_a_scan_on_which_nothing_is_seen_at_a_glance_is_left_to_stage_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "quick_lines", lambda page: [])
    path = tmp_path / "two.pdf"
    with pymupdf.open(scanned(tmp_path / "one.pdf", "FLOOR PLAN")) as made:
        with pymupdf.open(scanned(tmp_path / "other.pdf", "BUILDING SECTION A-A", names=())) as other:
            made.insert_pdf(other)
        made.save(path)
    assert [page.by_ink for page in sorted_pages(path).pages] == [True, True]


def test_storeys_of_scans_whose_titles_are_read_late_are_counted_from_the_ground(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "quick_lines", lambda page: [])
    with pymupdf.open(scanned(tmp_path / "one.pdf", "GROUND FLOOR PLAN")) as made:
        with pymupdf.open(scanned(tmp_path / "other.pdf", "FIRST FLOOR PLAN")) as other:
            made.insert_pdf(other)
        made.save(tmp_path / "two.pdf")
    pages, _ = read(tmp_path / "two.pdf")
    assert [page.drawings[0].storey_index for page in pages.pages] == [1, 2]
