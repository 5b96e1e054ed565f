"""Rooms found, areas, merges: worked by hand."""

from __future__ import annotations

from pytest import approx

from blueprints.score.matching import match
from blueprints.score.names import edits, likeness, normalised, type_of
from blueprints.score.rooms import areas, conditioned_area, detection
from blueprints.score.samples import statistic
from tests.blueprints.score.houses import (
    analysis_document,
    case,
    reading,
    room,
    rooms_of,
    truth_document,
    truth_of,
)


def test_a_perfect_reading_finds_both_rooms_without_error() -> None:
    samples = detection(case()) | areas(case()) | conditioned_area(case())
    assert [samples[f"M2.room_f1@{tau}"].value for tau in (0.5, 0.75, 0.9)] == [1.0, 1.0, 1.0]
    assert samples["M3.within_5"].value == 1.0
    assert samples["M3.p90_abs"].value == 0.0
    assert samples["M4.area_error"].value == 0.0
    assert samples["M2.merges_per_room"].value == samples["M2.leak_share"].value == 0.0


def test_a_room_of_80_of_100_by_outline_matches_at_075_but_not_at_09() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[1]["polygon_pt"] = [[205, 0], [285, 0], [285, 100], [205, 100]]  # IoU 80/100
    found = detection(case(analysis=analysis))
    assert found["M2.room_f1@0.75"].value == 1.0
    assert found["M2.room_f1@0.9"].value == approx(2 * 1 / (2 * 1 + 1 + 1))  # one room both missed and extra


def test_within_5_percent_is_of_all_rooms_and_a_missing_room_fails() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[0]["area_sqft"] = 209.0  # + 4.5 %
    del rooms_of(analysis)[1]
    samples = areas(case(analysis=analysis))
    assert samples["M3.within_5"].value == 0.5
    assert samples["M3.median_abs"].value == approx(0.045)
    assert samples["M3.bias"].value == approx(0.045)


def test_an_area_6_percent_off_is_within_10_not_within_5() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[1]["area_sqft"] = 94.0
    samples = areas(case(analysis=analysis))
    assert (samples["M3.within_5"].value, samples["M3.within_10"].value) == (0.5, 1.0)
    assert conditioned_area(case(analysis=analysis))["M4.area_error"].value == approx(6 / 300)


def test_all_merged_is_one_merge_and_two_rooms_of_which_at_most_one_is_found() -> None:
    analysis = analysis_document()
    whole = [[0, 0], [305, 0], [305, 100], [0, 100]]
    analysis["levels"][0]["rooms"] = [room("BEDROOM", "bedroom", whole, 305.0, 80.0)]
    samples = detection(case(analysis=analysis))
    # IoU with A is 20000/30500 = 0.656: found, B is missed: F1 = 2/(2+1+0)
    assert samples["M2.room_f1@0.5"].value == approx(2 / 3)
    assert samples["M2.room_f1@0.75"].value == 0.0
    assert samples["M2.merges_per_room"].value == 1 / 2
    assert samples["M2.leak_share"].value == 0.0  # the wall between belongs to the house


def test_a_split_and_a_leak_are_counted() -> None:
    analysis = analysis_document()
    left, right = [[0, 0], [90, 0], [90, 100], [0, 100]], [[90, 0], [200, 0], [200, 100], [90, 100]]
    far = [[205, 0], [405, 0], [405, 100], [205, 100]]  # half of it outside
    analysis["levels"][0]["rooms"] = [
        room("BEDROOM", "bedroom", left, 90.0, 0.0),
        room("BED 2", "bedroom", right, 110.0, 0.0),
        room("BATH", "bathroom", far, 200.0, 0.0),
    ]
    samples = detection(case(analysis=analysis))
    assert samples["M2.splits_per_room"].value == 1 / 2
    assert samples["M2.leak_share"].value == approx(1 / 3)


def test_the_assignment_takes_the_largest_sum_not_the_first_room() -> None:
    analysis = analysis_document()
    rooms_of(analysis).reverse()
    found = match(truth_of(truth_document()), reading(analysis))
    assert {p.truths[0].id: p.read.id for p in found.pairs} == {"A": "bm", "B": "bh"}


def test_rooms_of_another_page_never_match() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["page"] = 2
    found = detection(case(analysis=analysis))
    assert found["M2.room_f1@0.5"].value == 0.0
    assert found["M2.room_precision"].whole == 2  # both are extra


def test_one_space_with_all_names_answers_an_open_plan_group() -> None:
    truth = truth_document()
    for item in truth["rooms"]:
        item["group"] = "G"
    analysis = analysis_document()
    whole = [[0, 0], [305, 0], [305, 100], [0, 100]]
    analysis["levels"][0]["rooms"] = [room("BEDROOM / BATH", "bedroom", whole, 306.0, 80.0)]
    samples = detection(case(truth, analysis)) | areas(case(truth, analysis))
    assert samples["M2.room_f1@0.5"].value == 1.0
    assert samples["M3.within_5"].value == 1.0  # 306 of 300, both rooms
    assert samples["M3.median_abs"].items == 1  # the union's area once
    assert samples["M2.merges_per_room"].value == 0.0


def test_one_space_without_all_names_does_not_answer_the_group() -> None:
    truth = truth_document()
    for item in truth["rooms"]:
        item["group"] = "G"
    analysis = analysis_document()
    whole = [[0, 0], [305, 0], [305, 100], [0, 100]]
    analysis["levels"][0]["rooms"] = [room("BEDROOM", "bedroom", whole, 306.0, 80.0)]
    assert detection(case(truth, analysis))["M2.room_recall"].value == 0.5


def test_a_garage_is_scored_in_its_own_table() -> None:
    truth, analysis = truth_document(), analysis_document()
    truth["rooms"][1]["conditioned"] = False
    rooms_of(analysis)[1]["conditioned"] = False
    samples = detection(case(truth, analysis))
    assert samples["M2.room_f1@0.5"].whole == 2  # one room, twice
    assert samples["M2.buffer_f1"].value == 1.0
    rooms_of(analysis)[1]["conditioned"] = True
    assert detection(case(truth, analysis))["M2.room_f1@0.5"].value == approx(2 / 3)  # an extra room


def test_names_are_compared_after_abbreviations() -> None:
    assert normalised("M. BDRM.") == normalised("Master Bedroom") == "master bedroom"
    assert normalised("LIVING ROOM") == "living"
    assert normalised("KITCHEN - PANTRY 100A") == "kitchen pantry"
    assert (normalised("BDRM. #2"), normalised("101")) == ("bedroom 2", "101")
    assert likeness("BED RM", "Bedroom") == 1.0
    assert edits("kitten", "sitting") == 3
    assert likeness("abcd", "abcx") == 0.75
    assert [type_of(n) for n in ("BDRM. #2", "W.I.C.", "zzz")] == ["bedroom", "closet", None]


def test_the_90th_percentile_lies_between_the_two_nearest_numbers() -> None:
    assert statistic([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], "p90") == approx(4.5)
