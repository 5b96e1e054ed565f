"""What pictures of plans print beside room names: sizes and areas, worn marks, two units, centimetres."""

from __future__ import annotations

import pytest
from pytest import approx

from blueprints.plan.model import ScaleWitness
from blueprints.plan.text.grammar import (
    SQFT_PER_M2,
    area_sqft,
    area_to_middles_sqft,
    length_ft,
    ocr_normal,
    room_size_ft,
    scale_feet_per_point,
    side_rounding,
    size_weight,
)
from blueprints.plan.text.lines import Line
from blueprints.plan.text.rooms import room_type
from blueprints.plan.text.scale import fit_scale
from blueprints.plan.text.units import metric_unit


@pytest.mark.parametrize(
    ("read", "feet"),
    [
        ('11*1" x 13\'6"', (11 + 1 / 12, 13.5)),
        ('24°6" X 23"6"', (24.5, 23.5)),
        ("5''0\" X 16'6\"", (5.0, 16.5)),
        ("10'1\"x10'8", (10 + 1 / 12, 10 + 8 / 12)),
    ],
)
def test_any_mark_between_the_numbers_of_a_side_is_one_of_feet(read: str, feet: tuple[float, float]) -> None:
    assert room_size_ft(ocr_normal(read)) == approx(feet)


def test_a_size_that_lost_a_foot_mark_is_no_size() -> None:
    assert room_size_ft(ocr_normal('13\'6" X 156"')) is None


def test_a_bare_number_beside_feet_is_feet() -> None:
    assert room_size_ft("13'6X13") == (13.5, 13.0)
    assert room_size_ft("13X13") is None


def test_of_a_size_in_two_units_the_first_is_taken_where_both_are_the_same() -> None:
    assert room_size_ft("3.45m x 2.87m (11'4\" x 9'5\")") == approx((11.319, 9.416), abs=0.001)
    assert room_size_ft("11'4\" x 9'5\" / 3.45m x 2.87m") == approx((11.333, 9.417), abs=0.001)
    assert room_size_ft("3.45m x 2.37m (11'4\" x 9'5\")") is None


@pytest.mark.parametrize("text", ["13m2", "13 m²", "13 kvm", "13 qm", "13 sqm", ocr_normal("13m?")])
def test_square_metres_are_printed_in_many_ways(text: str) -> None:
    assert area_sqft(text) == approx(139.93, abs=0.01)


def _lines(*texts: str) -> list[Line]:
    return [Line(text, (0.0, 20.0 * n, 60.0, 20.0 * n + 10), 0.0, 10.0) for n, text in enumerate(texts)]


def test_bare_pairs_of_three_digits_are_centimetres_unless_the_sheet_is_in_millimetres() -> None:
    rooms = ("322X347", "146X246", "406X260")
    assert metric_unit(_lines(*rooms, "1375")) == "cm"
    assert metric_unit(_lines(*rooms, "13750")) == "mm"
    assert metric_unit(_lines("12'0\" x 10'6\"", "9'0\" x 8'6\"", "2868", "3040", "3050")) == ""
    assert room_size_ft("322X347", metric="cm") == approx((10.564, 11.385), abs=0.001)


def test_many_whole_numbers_no_longer_than_a_house_are_centimetres() -> None:
    chain = ("200", "220", "240", "300", "364", "153", "166", "605")
    assert metric_unit(_lines(*chain, "1,464", "12.98 m²")) == "cm"
    assert metric_unit(_lines(*(f"{text}0" for text in chain), "14640", "12.98 m²")) == "mm"


def test_a_thousands_comma_beside_centimetres_is_no_decimal_point() -> None:
    assert length_ft("1,464", metric="cm") == approx(14.64 / 0.3048)
    assert length_ft("1,464", metric="mm") == approx(1.464 / 0.3048)
    assert length_ft("2.10", metric="cm") == approx(2.1 / 0.3048)


def test_a_scale_is_noted_in_other_languages() -> None:
    assert scale_feet_per_point("MERILO 1:50") == (approx(50 / 864), "1:50")
    assert scale_feet_per_point("RAZMERJE 1:50") is None


def test_whole_square_metres_are_coarser_the_smaller_the_room() -> None:
    assert side_rounding(13 * SQFT_PER_M2) == approx(0.25 / 13)
    assert side_rounding(12.98 * SQFT_PER_M2) == approx(0.025 / 12.98)
    assert side_rounding(140.0) == approx(0.25 / 140)


def _areas(*rooms: tuple[float, float]) -> list[ScaleWitness]:
    """Witnesses of rooms printed in whole square metres whose sides are drawn by a share too long."""
    return [
        ScaleWitness(kind="area", feet_per_point=0.1 / off, rounding=0.25 / metres, text=f"{metres:g}")
        for metres, off in rooms
    ]


def test_coarse_areas_support_finer_ones_and_are_no_scale_alone() -> None:
    fit = fit_scale(_areas((13, 1.0), (8, 1.025), (3, 0.95)))
    assert fit is not None
    assert fit.feet_per_point == approx(0.1, rel=0.03)
    assert fit_scale(_areas((3, 1.0), (4, 1.03), (3, 0.95))) is None


def test_a_mat_is_1_62_m2_to_the_middles_of_the_walls() -> None:
    assert area_to_middles_sqft("6.7帖") == approx(6.7 * 1.62 * SQFT_PER_M2)
    assert area_sqft("6.7帖") is None  # no net area
    assert area_to_middles_sqft("13.0 m²") is None
    assert room_type("洋室") == ("bedroom", 0.95)


def test_small_rooms_say_less_of_the_scale_than_large_ones() -> None:
    assert size_weight((4.0, 5.0)) < 0.5 * size_weight((11.0, 10.0)) == 1.0
