"""Slabs, basement floors and foundation walls (§6, §7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from calculations.manualj.design import conditions
from calculations.manualj.ground import (
    above_grade_sqft,
    above_grade_u,
    basement_floor_u,
    below_grade_sqft,
    below_grade_u,
    published_basement_floor_u,
    published_slab_f,
    slab_f,
    slab_piece,
)
from calculations.manualj.house import FoundationWall, InsulationLayer, Slab, SoilKind
from tests.calculations.manualj.houses import DESIGN


def slab(**changes: object) -> Slab:
    return Slab.model_validate(
        {"id": "s", "room": "r", "area_sqft": 900, "exposed_perimeter_ft": 120, **changes}
    )


def wall(*, depth: float, height: float | None = None, **changes: object) -> FoundationWall:
    return FoundationWall.model_validate(
        {
            "id": "w",
            "room": "r",
            "gross_sqft": 100,
            "height_ft": height or depth,
            "depth_below_grade_ft": depth,
            **changes,
        }
    )


VERTICAL = {"perimeter_r": 5, "perimeter_depth_ft": 3}
EDGE = {"perimeter_r": 5, "perimeter_depth_ft": 0.5, "under_slab_r": 5, "under_slab_width_ft": 4}


@pytest.mark.parametrize(("soil_k", "f"), [(0.8, 1.3522), (0.5, 1.2292), (0.2, 1.0562)])
def test_bare_slab_edge(soil_k: float, f: float) -> None:
    assert slab_f(slab(), soil_k=soil_k) == approx(f, abs=5e-5)


def test_insulated_slab_edges() -> None:
    assert slab_f(slab(**VERTICAL), soil_k=0.8) == approx(0.5667, abs=5e-5)
    assert slab_f(slab(**EDGE), soil_k=0.8) == approx(0.5577, abs=5e-5)


def test_slab_f_stays_within_15_percent_of_table_5a() -> None:
    for parts in ({}, VERTICAL, EDGE):
        printed = published_slab_f(slab(**parts), soil="heavy_moist")
        assert slab_f(slab(**parts), soil_k=0.8) == approx(printed, rel=0.15)


def test_as_published_takes_the_printed_f_and_openstudio_the_computed_one() -> None:
    def loss(method: str) -> float:
        cond = conditions(
            DESIGN, soil="heavy_moist", method="as_published" if method == "book" else "as_openstudio"
        )
        return slab_piece(slab(), room="r", walls=[], soil="heavy_moist", cond=cond).heating_btuh

    assert loss("book") == approx(1.358 * 55 * 120)
    assert loss("anchor") == approx(1.3522 * 55 * 120, rel=1e-4)


def test_radiant_slab_loses_to_25_f_more() -> None:
    cond = conditions(DESIGN, soil="heavy_moist", method="as_openstudio")
    plain, warm = (
        slab_piece(slab(radiant=r), room="r", walls=[], soil="heavy_moist", cond=cond).heating_btuh
        for r in (False, True)
    )
    assert warm / plain == approx(80 / 55)


@pytest.mark.parametrize(
    ("r_value", "depth", "u"),
    [
        (1 / 0.584, 2, 0.2666),
        (1 / 0.584, 10, 0.112),
        (1 / 0.043, 2, 0.034),
        (1 / 0.043, 10, 0.0267),
        (7.3, 8, 0.0630),
    ],
)
def test_buried_wall(r_value: float, depth: float, u: float) -> None:
    found = below_grade_u(wall(depth=depth, assembly_r=r_value), soil_k=0.8)
    assert found == approx(u, abs=5e-5)


@pytest.mark.parametrize(("depth", "book"), [(2, 0.304), (10, 0.121)])
def test_bare_4_inch_concrete_stays_within_6_percent_of_construction_15c(depth: float, book: float) -> None:
    assert below_grade_u(wall(depth=depth, thickness_in=4), soil_k=0.8) == approx(book, rel=0.06)


def test_insulation_of_the_top_3_ft_only_counts_where_it_is() -> None:
    layer = InsulationLayer(r_value=20, bottom_ft=3)
    part = below_grade_u(wall(depth=10, thickness_in=4, layers=(layer,)), soil_k=0.8)
    assert part == approx(0.057, rel=0.06)  # Table 4A, construction 15C


@pytest.mark.parametrize(("width", "u"), [(20, 0.0258), (24, 0.0238), (28, 0.0222), (32, 0.0208)])
def test_basement_floor_8_ft_deep(width: float, u: float) -> None:
    found = basement_floor_u(depth_ft=8, width_ft=width, soil_k=0.8, insulated=False)
    assert found == approx(u, abs=5e-5)
    insulated = basement_floor_u(depth_ft=8, width_ft=width, soil_k=0.8, insulated=True)
    assert insulated == approx(found * 0.7)


def test_the_book_takes_every_basement_floor_8_ft_deep() -> None:
    def loss(depth: float) -> float:
        cond = conditions(DESIGN, soil="heavy_moist", method="as_published")
        basement = slab(depth_below_grade_ft=depth, shortest_side_ft=28)
        return slab_piece(basement, room="r", walls=[], soil="heavy_moist", cond=cond).heating_btuh

    assert loss(5) == loss(8) == approx(0.022 * 900 * 55)  # construction 21A, 28 ft


def test_less_than_2_ft_of_earth_counts_as_above_grade() -> None:
    shallow, deep = (wall(depth=d, height=8) for d in (1.9, 2.0))
    assert (above_grade_sqft(shallow), below_grade_sqft(shallow)) == (100, 0)
    assert (above_grade_sqft(deep), below_grade_sqft(deep)) == (75, 25)


def test_above_grade_u_of_8_inch_concrete() -> None:
    assert above_grade_u(wall(depth=0, height=8)) == approx(1 / (8 / 12.5 + 0.68 + 0.21))


HORIZONTAL = {"under_slab_r": 5, "under_slab_width_ft": 4}
TABLE_5A = [
    ({}, (1.358, 1.18, 0.989)),
    (VERTICAL, (0.589, 0.449, 0.289)),
    ({**VERTICAL, "perimeter_r": 15}, (0.432, 0.314, 0.178)),
    (HORIZONTAL, (1.266, 1.135, 0.98)),
    (EDGE, (0.574, 0.442, 0.287)),
    ({**EDGE, "perimeter_r": 10, "under_slab_r": 10}, (0.456, 0.343, 0.208)),
]


@pytest.mark.parametrize(("parts", "row"), TABLE_5A)
def test_the_book_s_slabs_have_the_printed_f(parts: dict[str, float], row: tuple[float, ...]) -> None:
    soils: tuple[SoilKind, ...] = ("heavy_moist", "heavy_dry_or_light_moist", "light_dry")
    assert [published_slab_f(slab(**parts), soil=soil) for soil in soils] == approx(list(row))


@given(
    st.lists(st.floats(0, 30), min_size=2, max_size=2),
    # In light dry soil Table 5A prints .937 for R-10 and .967 for R-15 laid flat; that row is left out.
    st.sampled_from(["heavy_moist", "heavy_dry_or_light_moist"]),
    st.sampled_from([VERTICAL, HORIZONTAL, EDGE]),
)
def test_more_slab_insulation_never_raises_f(
    r_values: list[float], soil: SoilKind, layout: dict[str, float]
) -> None:
    less, more = (
        published_slab_f(slab(**{k: r if k.endswith("_r") else v for k, v in layout.items()}), soil=soil)
        for r in sorted(r_values)
    )
    assert more <= less + 1e-9


@pytest.mark.parametrize(
    ("width", "bare", "insulated"),
    [(20, 0.027, 0.019), (24, 0.025, 0.017), (29, 0.022, 0.015), (30.1, 0.020, 0.014)],
)
def test_the_book_takes_the_basement_floor_of_the_nearest_width(
    width: float, bare: float, insulated: float
) -> None:
    found = [
        published_basement_floor_u(width_ft=width, soil="heavy_moist", insulated=i) for i in (False, True)
    ]
    assert found == [approx(bare), approx(insulated)]


def test_past_the_table_and_in_other_soils_the_floor_keeps_its_proportion() -> None:
    wide = published_basement_floor_u(width_ft=40, soil="heavy_moist", insulated=False)
    computed = [basement_floor_u(depth_ft=8, width_ft=w, soil_k=0.8, insulated=False) for w in (32, 40)]
    assert wide == approx(0.020 * computed[1] / computed[0])
    dry = published_basement_floor_u(width_ft=28, soil="light_dry", insulated=False)
    of_dry = basement_floor_u(depth_ft=8, width_ft=28, soil_k=0.2, insulated=False)
    of_moist = basement_floor_u(depth_ft=8, width_ft=28, soil_k=0.8, insulated=False)
    assert dry == approx(0.022 * of_dry / of_moist)
