"""Real bad files through `process_blueprint`: exit code 2, one line with the stable code, no traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import hostile
from tests.refusals.doors import asked, process, refused
from tests.refusals.provoke import provokes, provokes_each

pytestmark = pytest.mark.django_db
Make = Callable[[Path], Path]

AT_THE_DOOR: list[tuple[Make, str]] = [
    (hostile.empty_file, "file_empty"),
    (hostile.text_named_pdf, "not_a_plan_file"),
    (hostile.web_page_named_pdf, "not_a_plan_file"),
    (hostile.archive_named_pdf, "not_a_plan_file"),
]
IN_STAGE_1: list[tuple[Make, str]] = [
    (hostile.encrypted_pdf, "pdf_encrypted"),
    (hostile.truncated_pdf, "pdf_damaged"),
    (hostile.no_pages_pdf, "pdf_no_pages"),
    (hostile.huge_page_pdf, "page_too_large"),
    (hostile.hidden_javascript_pdf, "pdf_active_content"),
    (hostile.disguised_program_pdf, "pdf_active_content"),
    (hostile.picture_bomb_pdf, "image_too_large"),
    (hostile.picture_bomb_png, "image_too_large"),
    (hostile.truncated_jpeg, "image_damaged"),
    (hostile.stroke_flood_pdf, "plan_too_complex"),
]


@provokes_each("make, code", AT_THE_DOOR)
def test_a_file_that_is_no_plan_is_refused_at_the_door(make: Make, code: str, tmp_path: Path) -> None:
    refused(process(make(tmp_path)), code)


@provokes_each("make, code", IN_STAGE_1)
def test_a_plan_that_cannot_be_used_is_refused_by_the_first_stage(
    make: Make, code: str, tmp_path: Path
) -> None:
    refused(process(make(tmp_path)), code)


def test_the_line_names_no_path_of_the_machine(tmp_path: Path) -> None:
    ended = process(hostile.header_only_pdf(tmp_path))
    assert "error[pdf_damaged]" in ended.err and "/" not in ended.err


@provokes("pdf_too_many_pages")
def test_a_book_is_no_plan_set(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_MAX_PAGES = 5
    refused(process(hostile.many_pages_pdf(tmp_path, pages=6)), "pdf_too_many_pages")


@provokes("file_too_large")
def test_a_file_over_the_byte_limit(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 500
    refused(process(hostile.sound_pdf(tmp_path)), "file_too_large")


@provokes("plan_too_complex")
def test_a_plan_that_needs_more_memory_than_allowed(tmp_path: Path, settings: Any) -> None:
    settings.CHILD_MEMORY_MB = 20  # less than the reader itself takes
    refused(process(hostile.sound_pdf(tmp_path)), "plan_too_complex")


@provokes("no_floor_plan")
def test_a_letter_is_no_floor_plan(tmp_path: Path) -> None:
    refused(process(hostile.letter_pdf(tmp_path)), "no_floor_plan")


@provokes("answer_needed")
def test_a_plan_without_closed_rooms_asks_for_a_better_one(tmp_path: Path) -> None:
    asked(process(hostile.plan_without_rooms_pdf(tmp_path)), "answer_needed", "rooms")


@provokes("file_not_found")
def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    refused(process(tmp_path / "nowhere.pdf"), "file_not_found")


@provokes("zip_invalid")
def test_a_zip_code_of_four_digits(tmp_path: Path) -> None:
    refused(process(hostile.sound_pdf(tmp_path), "--zip", "5240"), "zip_invalid")


@provokes("zip_unknown")
def test_a_zip_code_that_does_not_exist(tmp_path: Path) -> None:
    refused(process(hostile.sound_pdf(tmp_path), "--zip", "00000"), "zip_unknown")


@provokes("answer_unknown")
def test_a_setting_that_does_not_exist(tmp_path: Path) -> None:
    refused(process(hostile.sound_pdf(tmp_path), "--set", "moat=1"), "answer_unknown")


@pytest.mark.parametrize("pair", ["foundation=stilts", "bedrooms=many", "wall_r=nan", "wall_r"])
@provokes("answer_invalid")
def test_a_setting_that_cannot_be(pair: str, tmp_path: Path) -> None:
    refused(process(hostile.sound_pdf(tmp_path), "--set", pair), "answer_invalid")
