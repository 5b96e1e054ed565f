"""Pages, scale, north, openings, exterior walls: worked by hand."""

from __future__ import annotations

from pytest import approx

from blueprints.score.envelope import envelope_samples
from blueprints.score.openings import octant, opening_samples
from blueprints.score.sheets import sheet_samples, turned
from tests.blueprints.score.houses import (
    analysis_document,
    case,
    opening,
    read_opening,
    rooms_of,
    truth_document,
)


def test_a_perfect_reading_is_perfect_on_sheets_openings_and_walls() -> None:
    perfect = case()
    samples = sheet_samples(perfect) | opening_samples(perfect) | envelope_samples(perfect)
    ones = [
        "M1.page_f1",
        "M1.primary_page",
        "M7.within_10",
        "M8.window_f1",
        "M8.door_ext_f1",
        "M8.door_int_f1",
    ]
    ones += ["M8.window_count_exact", "M8.window_count_exact_by_room", "M6.exposure"]
    assert [samples[name].value for name in ones] == [1.0] * len(ones)
    zeros = ["M5.median", "M5.gross", "M5.refused", "M6.octants", "M6.perimeter", "M8.glass_by_octant"]
    assert [samples[name].value for name in zeros] == approx([0.0] * len(zeros))


def test_an_electrical_page_taken_for_a_plan_costs_precision() -> None:
    analysis = analysis_document()
    analysis["pages"][1]["kind"] = "floor_plan"
    samples = sheet_samples(case(analysis=analysis))
    assert samples["M1.page_precision"].value == 0.5
    assert samples["M1.page_f1"].value == approx(2 / 3)


def test_a_half_size_print_believed_is_a_gross_scale_error() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["scale"]["feet_per_point"] = 0.2
    samples = sheet_samples(case(analysis=analysis))
    assert samples["M5.median"].value == approx(1.0)
    assert samples["M5.gross"].value == 1.0


def test_a_scale_that_is_asked_for_is_a_refusal_and_no_error() -> None:
    analysis = analysis_document()
    analysis["levels"] = []
    analysis["status"] = "needs_input"
    analysis["questions"] = [{"field": "scale:1:0", "question": "?"}]
    asked = case(analysis=analysis)
    samples = sheet_samples(asked)
    assert asked.reading.status == "refused"
    assert samples["M5.refused"].value == 1.0
    assert not samples["M5.median"].scored and not samples["M5.gross"].scored


def test_an_empty_answer_without_a_word_is_a_failure() -> None:
    analysis = analysis_document()
    analysis["levels"] = []
    assert case(analysis=analysis).reading.status == "failed"


def test_north_350_and_10_differ_by_20() -> None:
    assert turned(350.0, 10.0) == 20.0
    analysis, truth = analysis_document(), truth_document()
    truth["viewports"][0]["north_deg"] = 10.0  # the page's top looks at 10°: north is 350° clockwise from it
    analysis["levels"][0]["north_deg"] = 355.0
    samples = sheet_samples(case(truth, analysis))
    assert samples["M7.error_deg"].value == approx(5.0)
    analysis["levels"][0]["north_deg"] = None
    samples = sheet_samples(case(truth, analysis))
    assert samples["M7.refused"].value == 1.0 and not samples["M7.within_10"].scored


def test_north_where_the_sheet_shows_none_is_invented() -> None:
    truth = truth_document()
    truth["viewports"][0]["north_deg"] = None
    samples = sheet_samples(case(truth)) | envelope_samples(case(truth))
    assert samples["M7.invented"].value == 1.0
    assert "M6.octants" not in samples  # directions cannot be known, lengths can
    assert samples["M6.perimeter"].value == approx(0.0)


def test_a_window_one_foot_away_matches_and_a_wide_one_at_a_third_of_its_width() -> None:
    analysis, truth = analysis_document(), truth_document()
    analysis["levels"][0]["openings"][0]["at_pt"] = [113.9, -2.5]  # 1.39 ft off, limit 0.35 x 4 = 1.4
    assert opening_samples(case(truth, analysis))["M8.window_f1"].value == 1.0
    analysis["levels"][0]["openings"][0]["at_pt"] = [114.1, -2.5]
    assert opening_samples(case(truth, analysis))["M8.window_f1"].value == 0.0


def test_a_sliding_door_is_a_door_and_a_garage_door_is_left_out() -> None:
    truth, analysis = truth_document(), analysis_document()
    truth["openings"].append(opening("sliding", [50.0, 102.5], 6.0, host="exterior", rooms=["A", None]))
    truth["openings"].append(opening("garage", [250.0, 102.5], 8.0, host="exterior", rooms=["B", None]))
    more = [
        read_opening("glass_door", [50.0, 102.5], 6.0, exterior=True, name="s", room_id="bm"),
        read_opening("door", [250.0, 102.5], 8.0, exterior=True, name="g", room_id="bh"),
    ]
    analysis["levels"][0]["openings"] += more
    samples = opening_samples(case(truth, analysis))
    assert samples["M8.door_ext_f1"].value == 1.0
    assert samples["M8.door_ext_f1"].whole == 4  # two doors found, the garage door neither found nor extra
    assert samples["M8.door_ext_count_exact"].value == 1.0
    more[1]["kind"] = "window"
    assert opening_samples(case(truth, analysis))["M8.window_count_exact"].value == 0.0


def test_a_window_missed_and_one_too_many() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["openings"][0]["at_pt"] = [20.0, -2.5]
    extra = read_opening("window", [280.0, -2.5], 4.4, exterior=True, name="x", room_id="bh")
    analysis["levels"][0]["openings"].append(extra)
    samples = opening_samples(case(analysis=analysis))
    assert samples["M8.window_precision"].value == 0.0
    assert samples["M8.window_count_exact"].value == 0.0
    assert samples["M8.window_count_error"].value == 1.0
    assert samples["M8.window_count_exact_by_room"].value == 0.5  # A has its one, B has one too many


def test_octants_are_45_degrees_wide_around_the_compass_points() -> None:
    assert [octant(a) for a in (0, 22, 23, 90, 225, 337, 338, 359.9)] == [0, 0, 1, 2, 5, 7, 0, 0]


def test_a_wall_that_looks_the_wrong_way_counts_twice() -> None:
    analysis = analysis_document()
    surfaces = analysis["building"]["surfaces"]
    surfaces[0]["facing_page_deg"] = 90.0  # A's 20 ft of north wall are said to look east
    samples = envelope_samples(case(analysis=analysis))
    assert samples["M6.octants"].value == approx((20 + 20) / 80)
    assert samples["M6.exposure"].value == 0.5
    assert samples["M6.perimeter"].value == approx(0.0)


def test_a_missed_room_lacks_its_walls() -> None:
    analysis = analysis_document()
    del rooms_of(analysis)[1]
    samples = envelope_samples(case(analysis=analysis))
    assert samples["M6.octants"].value == approx(30 / 80)
    assert samples["M6.perimeter"].value == approx(-30 / 80)


def test_the_whole_plan_turned_on_the_page_changes_nothing() -> None:
    truth, analysis = truth_document(), analysis_document()
    truth["viewports"][0]["north_deg"] = 118.0
    for item in truth["rooms"]:
        for part in (*item["exterior"], *item["windows"], *item["doors_ext"]):
            part["azimuth_deg"] = (part["azimuth_deg"] + 118.0) % 360
    analysis["levels"][0]["north_deg"] = (360 - 118.0) % 360
    samples = sheet_samples(case(truth, analysis)) | envelope_samples(case(truth, analysis))
    samples |= opening_samples(case(truth, analysis))
    assert [samples[k].value for k in ("M7.error_deg", "M6.octants", "M8.glass_by_octant")] == approx(
        [0.0] * 3
    )


def test_a_mirrored_plan_has_the_walls_of_the_wrong_rooms() -> None:
    """Mirrored end to end, each outline covers half of the other room: IoU 0.5, and 20 of its 50 or 30 ft are wrong."""
    analysis = analysis_document()
    for item in rooms_of(analysis):
        item["polygon_pt"] = [[305.0 - x, y] for x, y in item["polygon_pt"]]
    for surface in analysis["building"]["surfaces"]:
        surface["facing_page_deg"] = (360 - surface["facing_page_deg"]) % 360
    samples = envelope_samples(case(analysis=analysis))
    assert samples["M6.octants"].value == approx((20 + 20) / 80)
