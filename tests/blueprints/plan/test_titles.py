"""What names a sheet, in print and from OCR."""

from __future__ import annotations

from blueprints.plan.pages.classes import title_kind
from blueprints.plan.text.ocr import _tesseract_lines


def test_a_remark_is_no_title() -> None:
    assert title_kind("DOOR AND WINDOW SCHEDULES") == "schedule"
    assert title_kind("SEE SHEET A4 FOR WINDOW AND DOOR SCHEDULES,") is None
    assert title_kind("ALL DETAILS ARE TYPICAL") is None


def test_a_stroke_taken_for_a_letter_does_not_make_a_line_large() -> None:
    words = {"text": ["SEE", "SHEET", "|"], "left": [10, 50, 100], "top": [100, 100, 80], "width": [30, 40, 5],
             "height": [10, 10, 60], "conf": [90, 90, 60], "block_num": [1] * 3,
             "par_num": [1] * 3, "line_num": [1] * 3}  # fmt: skip
    line = _tesseract_lines(words, zoom=1.0)[0]
    assert (line.size, line.bbox) == (10.0, (10.0, 100.0, 105.0, 110.0))
