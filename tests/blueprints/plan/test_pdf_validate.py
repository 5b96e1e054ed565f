"""Stage 1: what is accepted, what is refused, by which code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest import approx

from autohvac.core.errors import RejectedInput
from blueprints.plan.pdf.open import open_plan
from blueprints.plan.pdf.validate import Limits, validate
from tests import hostile

REFUSED: list[tuple[Callable[[Path], Path], str]] = [
    (hostile.empty_file, "file_empty"),
    (hostile.text_named_pdf, "not_a_plan_file"),
    (hostile.web_page_named_pdf, "not_a_plan_file"),
    (hostile.archive_named_pdf, "not_a_plan_file"),
    (hostile.header_only_pdf, "pdf_damaged"),
    (hostile.truncated_pdf, "pdf_damaged"),
    (hostile.encrypted_pdf, "pdf_encrypted"),
    (hostile.no_pages_pdf, "pdf_no_pages"),
    (hostile.looping_page_tree_pdf, "pdf_damaged"),
    (hostile.huge_page_pdf, "page_too_large"),
    (hostile.sizeless_page_pdf, "pdf_damaged"),
    (hostile.javascript_pdf, "pdf_active_content"),
    (hostile.hidden_javascript_pdf, "pdf_active_content"),
    (hostile.launch_pdf, "pdf_active_content"),
    (hostile.form_pdf, "pdf_active_content"),
    (hostile.attached_program_pdf, "pdf_active_content"),
    (hostile.disguised_program_pdf, "pdf_active_content"),
    (hostile.picture_bomb_pdf, "image_too_large"),
    (hostile.picture_bomb_png, "image_too_large"),
    (hostile.corrupt_png, "image_damaged"),
    (hostile.truncated_jpeg, "image_damaged"),
    (hostile.signature_only_tiff, "image_damaged"),
]
ACCEPTED: list[Callable[[Path], Path]] = [
    hostile.sound_pdf,
    hostile.owner_locked_pdf,
    hostile.linked_pdf,
    hostile.talks_of_javascript_pdf,
    hostile.attached_drawing_pdf,
    hostile.animated_png,
]


@pytest.mark.parametrize(("make", "code"), REFUSED, ids=lambda value: getattr(value, "__name__", value))
def test_a_bad_file_is_refused_by_its_code(make: Callable[[Path], Path], code: str, tmp_path: Path) -> None:
    with pytest.raises(RejectedInput) as refused:
        validate(make(tmp_path), limits=Limits())
    assert refused.value.code == code


@pytest.mark.parametrize("make", ACCEPTED, ids=lambda make: make.__name__)
def test_a_harmless_file_is_accepted(make: Callable[[Path], Path], tmp_path: Path) -> None:
    assert validate(make(tmp_path), limits=Limits()).page_count >= 1


def test_a_broken_cross_reference_is_repaired_and_said_so(tmp_path: Path) -> None:
    facts = validate(hostile.broken_xref_pdf(tmp_path), limits=Limits())
    assert facts.repaired
    assert facts.pages[0].words == 2


def test_a_sound_file_is_not_called_repaired(tmp_path: Path) -> None:
    assert not validate(hostile.sound_pdf(tmp_path), limits=Limits()).repaired


def test_more_pages_than_the_limit_are_refused_with_both_numbers(tmp_path: Path) -> None:
    with pytest.raises(RejectedInput) as refused:
        validate(hostile.many_pages_pdf(tmp_path, pages=6), limits=Limits(max_pages=5))
    assert refused.value.code == "pdf_too_many_pages"
    assert refused.value.facts == {"pages": 6, "max_pages": 5}


def test_a_page_count_that_lies_does_not_run_for_ever(tmp_path: Path) -> None:
    with pytest.raises(RejectedInput):
        validate(hostile.lying_page_count_pdf(tmp_path), limits=Limits())


def test_a_tiff_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RejectedInput, match="pdf_too_many_pages"):
        validate(hostile.paged_tiff(tmp_path, pages=4), limits=Limits(max_pages=3))


def test_a_file_over_the_byte_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RejectedInput, match="file_too_large"):
        validate(hostile.sound_pdf(tmp_path), limits=Limits(max_bytes=100))


def test_a_page_of_more_strokes_than_the_limit_is_refused(tmp_path: Path) -> None:
    limits = Limits(max_content_bytes=1_000_000)
    with pytest.raises(RejectedInput, match="plan_too_complex"):
        validate(hostile.stroke_bomb_pdf(tmp_path, strokes=100_000), limits=limits)
    assert validate(hostile.stroke_bomb_pdf(tmp_path, strokes=1_000), limits=limits).page_count == 1


def test_each_page_of_a_tiff_becomes_a_page(tmp_path: Path) -> None:
    facts = validate(hostile.paged_tiff(tmp_path, pages=3), limits=Limits())
    assert (facts.media_type, facts.page_count) == ("image/tiff", 3)
    assert facts.pages[0].image_share == approx(1.0, abs=0.01)


@pytest.mark.parametrize(("dpi", "width_pt"), [(300, 72.0), (None, 144.0), (10, 144.0)])
def test_a_picture_of_300_px_is_placed_at_its_own_dpi_or_150(
    dpi: float | None, width_pt: float, tmp_path: Path
) -> None:
    with open_plan(hostile.sound_picture(tmp_path, name="room.png", dpi=dpi)) as document:
        assert document[0].rect.width == approx(width_pt, abs=0.05)  # dpi is stored as whole px/m


def test_a_picture_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = hostile.sound_picture(tmp_path, name="room.jpg")
    renamed = path.rename(tmp_path / "room.pdf")
    assert validate(renamed, limits=Limits()).media_type == "image/jpeg"


def test_the_same_file_gives_the_same_facts(tmp_path: Path) -> None:
    path = hostile.sound_pdf(tmp_path, pages=2)
    assert validate(path, limits=Limits()) == validate(path, limits=Limits())
