"""Averages, intervals, reports and the guards: nothing is skipped in silence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytest import approx

from blueprints.score.bootstrap import figure, resample_counts
from blueprints.score.causes import causes
from blueprints.score.markdown import markdown
from blueprints.score.reading import missing, reading_of
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Values, share
from blueprints.score.score import report, scored
from blueprints.score.table import lines, targets, unit_of
from blueprints.score.truth_by_eye import stratum_of, truth_by_eye
from tests.blueprints.score.houses import analysis_document, case, rooms_of, truth_document, truth_of


def test_mean_over_plans_and_pooled_are_different_numbers() -> None:
    found = figure([Ratio(1, 1), Ratio(0, 9)])
    assert found is not None
    assert (found.macro, found.pooled, found.plans, found.items) == (0.5, 0.1, 2, 10)
    assert found.interval == (0.0, 1.0)


def test_pooled_quantiles_are_of_all_numbers_together() -> None:
    found = figure([Values((1.0, 2.0, 3.0), "median"), Values((10.0,), "median")])
    assert found is not None
    assert (found.macro, found.pooled) == (6.0, 2.5)


def test_what_cannot_be_scored_is_left_out_and_not_zero() -> None:
    assert figure([Ratio(0, 0), Values((), "mean")]) is None
    found = figure([Ratio(0, 0), Ratio(1, 2)])
    assert found is not None and (found.macro, found.plans) == (0.5, 1)


def test_the_interval_is_the_same_every_time_and_holds_the_mean() -> None:
    plans = [Ratio(k % 3, 3) for k in range(12)]
    one, two = figure(plans), figure(plans)
    assert one == two and one is not None
    assert one.interval[0] < one.macro < one.interval[1]
    assert one.pooled_interval == approx(one.interval)  # equal wholes: pooled is the mean


def test_2000_resamples_of_as_many_plans_as_there_are() -> None:
    counts = resample_counts(7)
    assert counts.shape == (2000, 7)
    assert set(counts.sum(axis=1)) == {7.0}
    assert counts.mean() == approx(1.0)


def test_the_bootstrap_interval_of_a_coin_is_that_of_the_binomial() -> None:
    found = figure([share([k % 2 == 0]) for k in range(100)])
    assert found is not None
    assert found.interval == approx((0.40, 0.60), abs=0.015)  # 0.5 ± 1.96·sqrt(0.25/100)


def test_a_perfect_plan_is_perfect_in_everything() -> None:
    samples = scored(case()).samples
    wrong = {name: s.value for name, s in samples.items() if s.value not in (0.0, 1.0)}
    assert wrong == {"M12.brier": approx(0.01)}  # confidence 0.9, right
    assert all(samples[name].value == 1.0 for name in samples if "f1" in name or "precision" in name)
    assert causes([case()]) == {}


def test_a_missing_prediction_fails_the_plan() -> None:
    plan = scored(Case(truth_of(truth_document()), missing("two")))
    assert plan.samples["M0.failed"].value == 1.0
    assert plan.samples["M2.room_f1@0.5"].value == 0.0
    assert plan.samples["M3.within_5"].value == 0.0
    assert plan.samples["M12.silent"].value == 1.0
    assert plan.samples["M1.page_f1"].value == 0.0


def test_a_refusal_is_counted_as_one_and_has_no_areas() -> None:
    refused = reading_of("two", {"status": "refused", "code": "no_floor_plan"})
    plan = scored(Case(truth_of(truth_document()), refused))
    assert plan.samples["M0.refused"].value == 1.0
    assert plan.samples["M0.failed"].value == 0.0
    assert not {"M4.area_error", "M3.median_abs", "M6.octants"} & plan.samples.keys()
    assert plan.samples["M3.within_5"].value == 0.0  # of all true rooms


def test_our_own_failure_is_no_refusal() -> None:
    assert reading_of("two", {"status": "refused", "code": "plan_too_complex"}).status == "failed"
    assert reading_of("two", {"status": "failed", "code": "reader_crashed"}).status == "failed"


def test_all_merged_and_a_doubled_scale_are_seen_everywhere() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["scale"]["feet_per_point"] = 0.2
    for item in rooms_of(analysis):
        item["area_sqft"] *= 4
    analysis["totals"]["conditioned_sqft"] *= 4
    samples = scored(case(analysis=analysis)).samples
    assert samples["M2.room_f1@0.9"].value == 1.0  # outlines do not hang on the scale
    assert samples["M3.within_10"].value == 0.0
    assert samples["M4.area_error"].value == approx(3.0)
    assert samples["M5.gross"].value == 1.0
    assert samples["M12.silent"].value == 1.0
    assert causes([case(analysis=analysis)]) == {"room: scale grossly wrong": 2}


def test_a_missing_storey_loses_its_rooms_and_its_page() -> None:
    truth = truth_document()
    truth["pages"].append({"page": 3, "kind": "floor_plan", "storey": 2})
    truth["viewports"].append({**truth["viewports"][0], "page": 3, "storey": 2})
    truth["rooms"].append({**truth["rooms"][0], "id": "C", "page": 3, "storey": 2})
    samples = scored(case(truth)).samples
    assert samples["M1.primary_page"].value == 0.5
    assert samples["M1.storey_order"].value == 0.0
    assert samples["M2.room_recall"].value == approx(2 / 3)
    assert causes([case(truth)]) == {"room: missed, its drawing was not read": 1}


def eye() -> dict[str, object]:
    rooms = [
        {"name": "BDRM. #2", "area_sqft": 200.0, "conditioned": True},
        {"name": "(hall)", "area_sqft": None, "conditioned": True},
        {"name": "BATH", "area_sqft": 98.0, "conditioned": True, "tolerance_pct": 8},
        {"name": "GARAGE", "area_sqft": 400.0, "conditioned": False},
    ]
    return {
        "id": "real", "file": "real.pdf", "page_count": 2, "page_sizes_pt": [[400, 300, 90], [400, 300, 0]],
        "drawing": "vector", "text_layer": "real", "floor_plan_pages": [1],
        "scale": {"effective_pt_per_ft": 10.0}, "north": {"shown": True, "deg_cw_from_page_up": 100},
        "floors": [{"name": "1", "page": 1, "rooms": rooms, "exterior_windows": 2, "exterior_doors": 1}],
    }  # fmt: skip


def test_a_plan_read_by_eye_matches_by_name_and_area() -> None:
    analysis = analysis_document()
    first, second = rooms_of(analysis)
    first.update(name="Bedroom 2", area_sqft=208.0)
    second.update(name="BATH", area_sqft=105.0)
    hall = {**second, "id": "x", "name": "room", "type": "hall", "area_sqft": 60.0}
    analysis["levels"][0]["rooms"].append(hall)
    read = Case(truth_by_eye(eye()), reading_of("real", analysis))
    samples = scored(read).samples
    assert read.matching.rule == "name_area"
    assert samples["M2.room_f1@0.5"].value == 1.0  # the hall cannot be told: the unnamed room is forgiven
    assert samples["M3.within_5"].value == 1.0  # 4 %; 7.1 % with a tolerance of 8 %
    assert samples["M8.window_count_exact"].value == 0.0  # one of two
    assert samples["M8.window_count_close"].value == 1.0
    assert samples["M9.name_exact"].value == 1.0
    assert "M2.room_f1@0.75" not in samples


def test_closets_the_sheet_does_not_name_are_no_errors_of_the_second_kind_of_f1() -> None:
    analysis = analysis_document()
    first, second = rooms_of(analysis)
    first.update(name="BDRM. #2", area_sqft=200.0)
    second.update(name="BATH", area_sqft=98.0)
    for number, name in enumerate(("Closet (no name)", "Closet (no name)", "PANTRY")):
        closet = {**second, "id": f"c{number}", "name": name, "type": "closet", "area_sqft": 9.0}
        analysis["levels"][0]["rooms"].append(closet)
    samples = scored(Case(truth_by_eye(eye()), reading_of("real", analysis))).samples
    # the hall of the list, without a name there, forgives one of the three
    assert samples["M2.room_f1@0.5"].value == approx(4 / 6)
    assert samples["M2.room_f1_named"].value == approx(4 / 5)


def test_names_alike_but_sizes_apart_do_not_match() -> None:
    analysis = analysis_document()
    first, second = rooms_of(analysis)
    first.update(name="BDRM. #2", area_sqft=400.0)  # cost 0 + 0.5: over 0.45
    second.update(name="KITCHEN", type="kitchen", area_sqft=98.0)  # the size alone is not enough
    read = Case(truth_by_eye(eye()), reading_of("real", analysis))
    assert [room.name for room in read.matching.missed] == ["BDRM. #2", "BATH"]


def test_a_room_of_the_right_name_and_wrong_size_is_silent_unless_it_is_doubted() -> None:
    analysis = analysis_document()
    first, second = rooms_of(analysis)
    first.update(name="BDRM. #2", area_sqft=200.0)
    second.update(name="BATH", area_sqft=250.0, confidence=0.9)
    assert scored(Case(truth_by_eye(eye()), reading_of("real", analysis))).samples["M12.silent"].value == 0.5
    analysis["review"] = [
        {"field": f"{second['id']}.area_sqft", "reason": "drawn 250, printed 98", "where": None}
    ]
    assert scored(Case(truth_by_eye(eye()), reading_of("real", analysis))).samples["M12.silent"].value == 0.0


def test_two_storeys_on_a_page_are_told_apart_by_their_names() -> None:
    two = eye()
    upper = {
        "name": "2",
        "page": 1,
        "rooms": [{"name": "OFFICE 502", "area_sqft": 150.0, "conditioned": True}],
    }
    two["floors"] = [*two["floors"], upper]  # type: ignore[misc]
    analysis = analysis_document()
    level = analysis["levels"][0]
    only = {**rooms_of(analysis)[0], "name": "OFFICE", "type": "office", "area_sqft": 152.0}
    analysis["levels"] = [{**level, "rooms": [only]}]  # the lower storey was not read
    read = Case(truth_by_eye(two), reading_of("real", analysis))
    assert read.views == {0: 1}
    assert [pair.truths[0].name for pair in read.matching.pairs] == ["OFFICE 502"]


def test_a_turned_page_turns_the_north_that_was_seen() -> None:
    view = truth_by_eye(eye()).viewports[0]
    assert view.north_page_deg == 10.0  # 100° as displayed, the page is shown turned by 90°


def test_strata_of_real_plans() -> None:
    vector, scan = {"drawing": "vector", "text_layer": "none"}, {"drawing": "raster"}
    assert stratum_of({**vector, "text_layer": "real (doubled)"}) == "A"
    assert stratum_of(vector) == "B"
    assert [stratum_of({**scan, "image_size_px": [px, 100]}) for px in (2200, 600)] == ["C", "D"]
    assert stratum_of({**vector, "stratum": "D"}) == "D"


def test_a_sketch_nobody_can_measure_is_rightly_refused() -> None:
    sketch = truth_by_eye({**eye(), "floors": None})
    refused = scored(Case(sketch, reading_of("s", {"status": "refused", "code": "no_floor_plan"})))
    invented = scored(Case(sketch, reading_of("s", analysis_document())))
    assert refused.samples["M0.rightly_refused"].value == 1.0
    assert invented.samples["M0.rightly_refused"].value == 0.0


def test_real_and_drawn_plans_are_never_averaged_together() -> None:
    drawn = scored(case())
    real = scored(Case(truth_by_eye(eye()), reading_of("real", analysis_document())))
    result = report([drawn, real])
    assert sorted(result["groups"]) == ["drawn, rooms by outline", "real, rooms by name and area"]
    assert all(part["all"]["plans"] == 1 for part in result["groups"].values())


def test_the_printed_table_says_n_and_hides_no_few_plans() -> None:
    text = "\n".join(lines(report([scored(case())])))
    assert "M2 room F1@0.5" in text and "(n=1)" in text
    many = [replace(scored(case()), case=case()) for _ in range(6)]
    assert "1.000 [1.000 1.000] 1.000 (6)" in "\n".join(lines(report(many)))


def test_the_table_of_the_docs_has_a_column_a_group() -> None:
    rows = list(markdown(report([scored(case())])))
    assert rows[0].startswith("| figure | drawn A (n=1) | first release")
    assert {row.count("|") for row in rows} == {6}
    assert any(row.startswith("| M2 room F1@0.5 | 1.000 | A 0.90") for row in rows)


def test_the_report_is_the_same_bytes_every_time() -> None:
    documents = [json.dumps(report([scored(case())]), sort_keys=True) for _ in range(2)]
    assert documents[0] == documents[1]


def test_every_target_names_its_figure_once() -> None:
    keys = [row["key"] for row in targets()]
    assert len(keys) == len(set(keys))
    assert {key.split(".")[0] for key in keys} == {f"M{n}" for n in range(1, 17)}
    assert [unit_of(k) for k in ("M3.within_5", "M2.room_f1@0.5", "M7.error_deg")] == ["%", "", "deg"]


def test_the_development_data_can_be_read_as_truth(shared: Path) -> None:
    from blueprints.score.manifest import entries_of

    folder = shared / "data" / "blueprints"
    if not folder.is_dir():
        pytest.skip("the plans (../shared/data/blueprints) are not here")
    entries = entries_of(folder)
    assert {entry.truth.source for entry in entries} == {"drawn", "real"}
    assert all(entry.path.is_file() for entry in entries)
    for entry in entries:  # outlines and areas of the truth agree
        for room in entry.truth.rooms:
            view = entry.truth.viewport_of(room)
            if room.polygon_pt and room.area_sqft and view is not None and view.pt_per_ft:
                assert room.shape.area / view.pt_per_ft**2 == approx(room.area_sqft, rel=0.02), (
                    entry.truth.plan_id,
                    room.id,
                )
