"""The same plan in other clothes, the page of pictures, and the command."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from django.core.management import call_command
from pytest import approx
from scipy import ndimage

from blueprints.score.cost import cost_samples, unit_seconds
from blueprints.score.invariance import canonical, largest_change
from blueprints.score.overlays import write_overlays
from blueprints.score.redraw import shuffle_strokes
from blueprints.score.variants import VARIANTS, Variant
from tests.blueprints.score.houses import (
    ENTRY,
    analysis_document,
    case,
    opening,
    rooms_of,
    truth_document,
    truth_of,
)

BY_NAME = {variant.name: variant for variant in VARIANTS}
WIDTH, HEIGHT = 400.0, 300.0
BOX = pymupdf.Rect(40, 50, 140, 110)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A page with one filled box, a line and a dimension."""
    path = tmp_path / "two.pdf"
    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        page.draw_rect(BOX, color=(0, 0, 0), fill=(0.2, 0.2, 0.2), width=0)
        page.draw_line((200, 20), (200, 280), color=(1, 0, 0), width=2)
        page.insert_text((250, 100), "12'-6\"", fontsize=12)
        document.save(str(path))
    return path


def corner_after(variant: Variant, sheet: Path, folder: Path) -> tuple[float, float, float, float]:
    """The dark box found in the variant's picture, brought back to the plan's points."""
    out = folder / f"{variant.name}.pdf"
    assert variant.make(sheet, out)
    with pymupdf.open(out) as document:
        picture = document[0].get_pixmap(dpi=72, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.stride)
    solid = ndimage.binary_opening((grey > 30) & (grey < 70), np.ones((5, 5)))  # the box, no edges of letters
    dark = [(float(x) + 0.5, float(y) + 0.5) for y, x in np.argwhere(solid)]
    back = [variant.back(point, WIDTH, HEIGHT) for point in dark]
    xs, ys = [p[0] for p in back], [p[1] for p in back]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(
    "name", ["repeat", "quarter_turn", "moved", "half_size", "shuffled", "lengths", "dpi200"]
)
def test_points_of_a_variant_come_back_to_the_plan(name: str, sheet: Path, tmp_path: Path) -> None:
    assert corner_after(BY_NAME[name], sheet, tmp_path) == approx(tuple(BOX), abs=2.0)


def test_shuffled_strokes_are_the_same_strokes(sheet: Path) -> None:
    with pymupdf.open(sheet) as document:
        page = document[0]
        before = sorted(tuple(path["rect"]) for path in page.get_drawings())
        shuffle_strokes(page, seed=3)
        after = sorted(tuple(path["rect"]) for path in page.get_drawings())
        assert page.get_text().strip() == "12'-6\""
    assert [v for rect in after for v in rect] == approx([v for rect in before for v in rect], abs=0.01)


def test_lengths_are_written_another_way(sheet: Path, tmp_path: Path) -> None:
    BY_NAME["lengths"].make(sheet, tmp_path / "out.pdf")
    with pymupdf.open(tmp_path / "out.pdf") as document:
        assert document[0].get_text().strip() == "12' 6\""


def test_a_plan_without_layers_has_no_such_variant(sheet: Path, tmp_path: Path) -> None:
    assert not BY_NAME["no_layers"].make(sheet, tmp_path / "out.pdf")


def test_the_largest_change_is_of_a_room_and_a_lost_room_is_all() -> None:
    sizes = {1: (WIDTH, HEIGHT)}
    base, other = analysis_document(), analysis_document()
    rooms_of(other)[1]["area_sqft"] = 101.0
    assert largest_change(BY_NAME["repeat"], sizes, base, other) == approx(0.01)
    for item in rooms_of(other):
        item["polygon_pt"] = [[x / 2, y / 2] for x, y in item["polygon_pt"]]
    assert largest_change(BY_NAME["half_size"], sizes, base, other) == approx(0.01)
    assert largest_change(BY_NAME["repeat"], sizes, base, other) == 1.0
    del rooms_of(other)[0]
    assert largest_change(BY_NAME["half_size"], sizes, base, other) == 1.0


def test_the_same_document_is_the_same_but_for_time_and_run() -> None:
    one, two = {**analysis_document(), "timings_s": {"text": 1.0}, "run_id": "a"}, analysis_document()
    assert canonical(one) == canonical(two)
    rooms_of(two)[0]["area_sqft"] += 1e-9
    assert canonical(one) != canonical(two)


def test_time_is_told_in_units_of_the_page_and_the_least_reading_counts(sheet: Path) -> None:
    readings = [{"measured": {"seconds": {"text": s}, "peak_mb": 100.0 + s}} for s in (9.0, 3.0)]
    unit = unit_seconds(sheet, repeats=1)
    assert len(unit) == 1 and 0 < unit[0] < 3
    samples = cost_samples(truth_of(truth_document()), sheet, readings)
    assert samples["M16.p_ratio"].value > 1.0
    assert samples["M16.seconds_page_ratio"].value == 3.0
    assert samples["M16.peak_mb"].value == 109.0
    assert cost_samples(truth_of(truth_document()), sheet, [{"status": "failed"}]) == {}


def test_the_page_of_pictures_marks_what_was_missed(sheet: Path, tmp_path: Path) -> None:
    truth = truth_document()
    truth["rooms"][1]["name"] = "BATH <1>"
    truth["openings"].append(opening("window", [250.0, -2.5], 3.0, host="exterior", rooms=["B", None]))
    analysis = analysis_document()
    del rooms_of(analysis)[1]
    page = write_overlays([(case(truth, analysis), sheet)], tmp_path / "out").read_text()
    assert 'class="missed"' in page and 'class="lost"' in page and 'class="good"' in page
    assert "BATH &lt;1&gt; missed" in page and "nothing read there" in page
    assert (tmp_path / "out" / "two-1.png").stat().st_size > 0


def written(folder: Path, analysis: dict[str, Any] | None) -> Path:
    """A manifest with one plan, and its analysis unless None."""
    (folder / "two.truth.json").write_text(json.dumps(truth_document()))
    plan = {**ENTRY, "truth": "two.truth.json", "stratum": "A"}
    (folder / "manifest.json").write_text(json.dumps({"plans": [plan]}))
    (folder / "read").mkdir()
    if analysis is not None:
        (folder / "read" / "two.json").write_text(json.dumps(analysis))
    return folder / "manifest.json"


def run(manifest: Path, *options: str) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("score_extraction", str(manifest), *options, stdout=out, stderr=StringIO())
    assert ended.value.code == 0
    return out.getvalue()


def test_the_command_scores_analyses_and_writes_the_report(sheet: Path, tmp_path: Path) -> None:
    manifest = written(tmp_path, analysis_document())
    kept = ["--predictions", str(tmp_path / "read"), "--no-loads"]
    text = run(manifest, *kept, "--json", str(tmp_path / "r.json"), "--overlays", str(tmp_path / "pictures"))
    assert "rooms within 5 % of true area" in text and "two" in text
    report = json.loads((tmp_path / "r.json").read_text())
    part = report["groups"]["drawn, rooms by outline"]["all"]
    assert part["figures"]["M3.within_5"]["macro"] == 1.0
    assert (tmp_path / "pictures" / "index.html").is_file()
    first = (tmp_path / "r.json").read_bytes()
    run(manifest, *kept, "--json", str(tmp_path / "r.json"))
    assert (tmp_path / "r.json").read_bytes() == first


def test_the_command_fails_a_plan_without_analysis_and_goes_on(sheet: Path, tmp_path: Path) -> None:
    manifest = written(tmp_path, None)
    text = run(manifest, "--predictions", str(tmp_path / "read"), "--json", str(tmp_path / "r.json"))
    plan = json.loads((tmp_path / "r.json").read_text())["plans"][0]
    assert (plan["status"], plan["metrics"]["M0.failed"]["value"]) == ("missing", 1.0)
    assert "no_prediction" in text
