"""Silent errors, calibration, printed values, edits, doors between rooms: worked by hand."""

from __future__ import annotations

from dataclasses import replace

from pytest import approx

from blueprints.score.edit_cost import edit_cost, edit_samples
from blueprints.score.fields import field_samples
from blueprints.score.labels import label_samples
from blueprints.score.samples import Ratio
from blueprints.score.topology import topology_samples
from blueprints.score.trust import (
    Claim,
    calibration_error,
    claims,
    coverage_at,
    coverage_interval,
    crossed_coverage,
    trust_samples,
)
from tests.blueprints.score.houses import analysis_document, case, rooms_of, truth_document, value


def claim(confidence: float, right: bool, *, reviewed: bool = False, dwelling: str = "d") -> Claim:
    return Claim("p", dwelling, confidence, reviewed, right)


def test_a_room_11_percent_off_with_confidence_and_no_word_is_silent() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[1]["area_sqft"] = 111.0
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.5
    rooms_of(analysis)[1]["confidence"] = 0.79
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.0
    rooms_of(analysis)[1]["confidence"] = 0.9
    note = {"field": "bh.area_sqft", "reason": "look", "where": None}
    analysis["review"] = [note]
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.0
    assert trust_samples(case(analysis=analysis))["M12.wrong"].value == 0.5


def test_a_missed_room_is_silent_unless_something_points_at_its_place() -> None:
    analysis = analysis_document()
    del rooms_of(analysis)[1]
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.5
    whole_page = {"field": "x", "reason": "x", "where": {"page": 1, "bbox": [-500, -500, 1000, 700]}}
    analysis["review"] = [whole_page]
    assert (
        trust_samples(case(analysis=analysis))["M12.silent"].value == 0.5
    )  # points at everything, so at nothing
    analysis["review"] = [
        {"field": "label:1:250:50", "reason": "BATH", "where": {"page": 1, "bbox": [240, 45, 270, 55]}}
    ]
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.0


def test_a_merged_room_is_silent_with_the_confidence_of_what_swallowed_it() -> None:
    analysis = analysis_document()
    rooms = rooms_of(analysis)
    rooms[0]["polygon_pt"] = [[0, 0], [305, 0], [305, 100], [0, 100]]
    rooms[0]["area_sqft"] = 305.0
    del rooms[1]
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 1.0  # A is 52 % off, B is gone
    rooms[0]["confidence"] = 0.5
    assert trust_samples(case(analysis=analysis))["M12.silent"].value == 0.0


def test_a_refusal_is_never_silent() -> None:
    analysis = {"status": "refused", "code": "no_floor_plan"}
    samples = trust_samples(case(analysis=analysis))
    assert (samples["M12.silent"].value, samples["M12.wrong"].value) == (0.0, 1.0)


def test_calibration_error_is_the_mean_gap_of_ten_equal_bins() -> None:
    found = [claim(0.8, right=i < 6) for i in range(10)]  # one claim a bin: 6 gaps of 0.2, 4 of 0.8
    assert calibration_error(found) == approx((6 * 0.2 + 4 * 0.8) / 10)
    twenty = [claim(0.75, right=i % 2 == 0) for i in range(20)]  # two a bin, half right: gap 0.25
    assert calibration_error(twenty) == approx(0.25)


def test_brier_is_the_mean_square() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[1]["area_sqft"] = 120.0
    assert trust_samples(case(analysis=analysis))["M12.brier"].value == approx((0.1**2 + 0.9**2) / 2)
    assert [c.right for c in claims(case(analysis=analysis))] == [True, False]


def test_coverage_takes_the_lowest_confidence_that_keeps_98_percent_right() -> None:
    found = [claim(0.9, right=True) for _ in range(50)] + [claim(0.7, right=i < 9) for i in range(10)]
    assert coverage_at(found, 80) == (60 / 80, 0.7)  # 59 of 60 are right: 98.3 %
    assert coverage_at([*found, claim(0.7, right=False)], 80) == (50 / 80, 0.9)  # 59 of 61 would be 96.7 %


def test_the_interval_of_coverage_is_over_plans() -> None:
    good = [replace(claim(0.9, right=True), plan_id="a") for _ in range(4)]
    bad = [replace(claim(0.9, right=False), plan_id="b") for _ in range(4)]
    assert coverage_interval(good, {"a": 8}) == (0.5, 0.5)
    assert coverage_interval([*good, *bad], {"a": 4, "b": 4}) == (0.0, 1.0)  # two of a, or a bad one is in


def test_reviewed_rooms_are_not_accepted_unseen() -> None:
    assert coverage_at([claim(0.9, right=True, reviewed=True)], 1) == (0.0, None)


def test_crossed_coverage_uses_limits_of_other_dwellings() -> None:
    found = [claim(0.9, right=True, dwelling="a"), claim(0.6, right=False, dwelling="b")]
    # for b the limit of a is 0.9: b's claim stays out; for a there is no limit in b that is right: nothing is taken
    assert crossed_coverage(found, {"a": 1, "b": 1}) == (0.0, None)


def test_printed_values_are_found_right_and_the_rest_is_invented() -> None:
    analysis = analysis_document()
    samples = field_samples(case(analysis=analysis))
    assert [samples[f"M10.field_{k}"].value for k in ("recall", "precision")] == [1.0, 1.0]
    assert (samples["M10.invented"].value, samples["M10.schedule_rows"].value) == (0.0, 1.0)
    facts = analysis["building"]["facts"]
    facts["wall_r"] = value(13.0, "read", place=True)
    facts["ach50"] = value(3.0, "read", place=True)
    samples = field_samples(case(analysis=analysis))
    assert samples["M10.field_recall"].value == 1 / 2
    assert samples["M10.field_precision"].value == approx(1 / 3)
    assert samples["M10.invented"].value == approx(1 / 3)


def test_an_assumed_value_is_neither_read_nor_invented() -> None:
    analysis = analysis_document()
    analysis["building"]["facts"]["wall_r"] = value(19.0, "assumed")
    samples = field_samples(case(analysis=analysis))
    assert (samples["M10.field_recall"].value, samples["M10.field_precision"].value) == (0.5, 1.0)


def test_a_schedule_row_with_another_u_factor_is_wrong() -> None:
    analysis = analysis_document()
    analysis["building"]["schedule"][0]["u_factor"] = 0.32
    assert field_samples(case(analysis=analysis))["M10.schedule_rows"].value == 0.0


def test_names_and_types_of_matched_rooms() -> None:
    truth, analysis = truth_document(), analysis_document()
    truth["stratum"] = "C"
    rooms_of(analysis)[0]["name"] = "BDRM"  # an abbreviation is the same name
    rooms_of(analysis)[1]["name"] = "BATN"  # one of four characters wrong
    samples = label_samples(case(truth, analysis))
    assert samples["M9.name_exact"].value == 0.5
    assert samples["M9.type"].value == 1.0
    assert samples["M9.character_errors"].value == approx(
        (3 + 1) / (7 + 4)
    )  # three letters left out, one other


def test_swapped_names_are_two_wrong_names_and_no_wrong_room() -> None:
    analysis = analysis_document()
    first, second = rooms_of(analysis)
    first["name"], second["name"] = second["name"], first["name"]
    first["type"], second["type"] = second["type"], first["type"]
    samples = label_samples(case(analysis=analysis))
    assert (samples["M9.name_exact"].value, samples["M9.type"].value) == (0.0, 0.0)
    assert edit_cost(case(analysis=analysis)) == 2


def test_edits_a_perfect_reading_needs_none() -> None:
    assert edit_cost(case()) == 0
    assert edit_samples(case())["M13.cost_room"] == Ratio(0.0, 2)


def test_edits_a_missed_room_a_moved_edge_and_an_opening() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[0]["polygon_pt"] = [[0, 0], [190, 0], [190, 100], [0, 100]]  # one edge 1 ft off
    analysis["levels"][0]["openings"].pop(0)
    assert edit_cost(case(analysis=analysis)) == 1 + 1
    del rooms_of(analysis)[1]
    assert edit_cost(case(analysis=analysis)) == 1 + 1 + 4


def test_edits_a_merged_room_is_one_split_and_a_wrong_scale_one_setting() -> None:
    analysis = analysis_document()
    rooms = rooms_of(analysis)
    rooms[0]["polygon_pt"] = [[0, 0], [305, 0], [305, 100], [0, 100]]
    del rooms[1]
    assert edit_cost(case(analysis=analysis)) == 3 + 1  # split, and A's right edge is off
    analysis["levels"][0]["scale"]["feet_per_point"] = 0.15
    assert edit_cost(case(analysis=analysis)) == 3 + 1 + 2


def test_a_refused_plan_costs_drawing_it() -> None:
    refused = case(analysis={"status": "refused", "code": "no_floor_plan"})
    assert edit_cost(refused) == 2 * 4 + 3 + 2  # two rooms, three openings, the scale


def test_a_door_joins_the_two_nearest_rooms() -> None:
    samples = topology_samples(case())
    assert (samples["M14.adjacency_f1"].value, samples["M14.valid"].value) == (1.0, 1.0)
    analysis = analysis_document()
    analysis["levels"][0]["openings"][1]["at_pt"] = [100.0, 102.0]  # nowhere near B
    assert topology_samples(case(analysis=analysis))["M14.adjacency_f1"].value == 0.0


def test_rooms_on_top_of_each_other_are_not_valid() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[1]["polygon_pt"] = [[195, 0], [305, 0], [305, 100], [195, 100]]  # 500 of 31,000 pt²
    assert topology_samples(case(analysis=analysis))["M14.valid"].value == 0.0
