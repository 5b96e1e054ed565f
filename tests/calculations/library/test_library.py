"""The construction library: complete, in range, monotone, and its U-factors by hand and beside published ones."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from pydantic import ValidationError
from pytest import approx

from autohvac.core.errors import RejectedInput
from calculations.library import opaque
from calculations.library.glass import door, glazing, units, window_described
from calculations.library.opaque import FINISH, Assembly, computed, listed, numbered
from calculations.library.schema import Insulation, Material
from calculations.library.tables import constructions, families_of, family, fenestration, materials
from calculations.manualj.ground import above_grade_u
from calculations.manualj.house import FoundationWall, InsulationLayer, Wall

WITH_U = [one for one in listed() if one.u_factor is not None]
FRAMINGS = ("wood_2x4", "wood_2x6", "steel", "block", "icf", "log")


# --- complete and in range ---------------------------------------------------------------------------------


def test_every_number_is_used_once() -> None:
    numbers = [one.number for one in listed()] + [unit.number for unit in units()]
    assert [number for number, count in Counter(numbers).items() if count > 1] == []
    assert len(numbers) == 211


def test_every_row_has_a_source_and_every_layer_a_material() -> None:
    assert [one.number for one in listed() if not (one.source and one.what)] == []
    assert [unit.number for unit in units() if not (unit.source and unit.what)] == []
    used = {layer for kind in constructions().families for layer in kind.layers} - {FINISH}
    assert used - materials().keys() == set()
    assert {
        row.published_by != "" for kind in constructions().families for row in kind.rows if row.published_u
    } == {True}


def test_every_framing_of_a_plan_has_walls_and_every_wall_a_group_of_the_load_method() -> None:
    assert set(FRAMINGS) <= {kind.framing for kind in families_of("wall")}
    for one in listed():
        if one.part in ("wall", "partition"):
            fields = {"id": "w", "room": "r", "gross_sqft": 1.0, "u_factor": one.u}
            assert Wall.model_validate({**fields, "construction": one.engine_construction})


def test_u_factors_are_in_the_range_of_houses() -> None:
    assert all(0.01 < one.u < 0.70 for one in WITH_U)
    assert all(0.15 < unit.u_factor <= 2.0 for unit in units())
    assert all(0.2 < (unit.shgc or 0.5) <= 0.8 for unit in units())


def test_the_paths_of_an_assembly_cover_it_and_give_its_u() -> None:
    for one in WITH_U:
        assert sum(path.share for path in one.paths) == approx(1.0, rel=1e-12)
        assert one.u == approx(sum(path.share / path.r_value for path in one.paths), rel=1e-12)


def test_a_number_names_its_assembly() -> None:
    assert [one for one in listed() if numbered(one.number) != one] == []
    assert not numbered("W6-17s").listed


@pytest.mark.parametrize("number", ["", "W6", "W6-", "W9-13s", "W6-13x", "C6-38s", "B8-5+5", "W6-1.2.3"])
def test_a_number_of_nothing_is_refused(number: str) -> None:
    with pytest.raises((RejectedInput, ValueError)):
        numbered(number)


def test_a_material_has_either_an_r_or_an_r_per_inch() -> None:
    with pytest.raises(ValidationError):
        Material(what="x", source="y")
    with pytest.raises(ValidationError):
        Material(what="x", source="y", r=1.0, r_per_inch=1.0)


# --- by hand and beside published figures ------------------------------------------------------------------


def test_2x6_with_r_20_by_hand() -> None:
    # films .68 + .17, gypsum .45, sheathing .62, siding .62: 2.54; studs 5.5 × 1.25 = 6.875
    by_hand = 0.25 / (2.54 + 6.875) + 0.75 / (2.54 + 20)
    found = opaque.wall(nominal_r=20, framing="wood_2x6")
    assert found.u == approx(by_hand, rel=1e-12)
    assert found.number == "W6-20s"
    assert found.working() == "U = 0.25 / 9.415 + 0.75 / 22.54 = 0.0598"


def test_attic_ceiling_with_r_38_by_hand() -> None:
    # films 2 × .61, gypsum .45: 1.67; joists 5.5 × 1.25 = 6.875 under 38 − 5.5 × 3.1 = 20.95
    by_hand = 0.07 / (1.67 + 6.875 + 20.95) + 0.93 / (1.67 + 38)
    assert opaque.attic_ceiling(nominal_r=38).u == approx(by_hand, rel=1e-12)


def test_steel_studs_with_r_13_by_hand() -> None:
    assert opaque.wall(nominal_r=13, framing="steel").u == approx(1 / (2.54 + 6.0), rel=1e-12)


def test_logs_have_no_siding_and_are_never_thinner_than_6_inches() -> None:
    assert opaque.wall(nominal_r=3, framing="log", finish="brick").u == approx(1 / (0.85 + 7.5), rel=1e-12)
    assert opaque.wall(nominal_r=0, framing="log").number == "WL-7.5"


def test_forms_of_concrete_have_r_22_where_nothing_is_said() -> None:
    assert opaque.wall(nominal_r=0, framing="icf").number == "WI-22s"
    assert opaque.wall(nominal_r=17, framing="icf").number == "WI-17s"


@pytest.mark.parametrize(
    "row", [(k.code, r) for k in constructions().families for r in k.rows if r.published_u]
)
def test_u_is_near_the_published_one(row: tuple[str, Insulation]) -> None:
    code, insulation = row
    kind = family(code)
    found = computed(kind, insulation, finish="siding")
    # the codes' own layers and framing shares differ a little from ours
    assert found.u == approx(insulation.published_u, abs=0.003), found.number


@pytest.mark.parametrize("nominal_r", [0.0, 5.0, 10.0, 19.0])
def test_a_basement_wall_is_the_load_method_s_above_grade_part(nominal_r: float) -> None:
    layers = (InsulationLayer(r_value=nominal_r, bottom_ft=8.0),) if nominal_r else ()
    wall = FoundationWall(
        id="w", room="r", gross_sqft=80, height_ft=8, depth_below_grade_ft=0, thickness_in=8, layers=layers
    )
    assert opaque.foundation_wall(nominal_r=nominal_r).u == approx(above_grade_u(wall), rel=1e-9)


# --- what insulation does ----------------------------------------------------------------------------------


def test_within_a_family_more_insulation_is_less_u() -> None:
    pairs = 0
    for kind in constructions().families:
        for less, more in permutations(kind.rows, 2):
            if (
                less.cavity_r <= more.cavity_r
                and less.continuous_r <= more.continuous_r
                and kind.method != "ground"
            ):
                pairs += 1
                assert computed(kind, more, finish="siding").u < computed(kind, less, finish="siding").u
    assert pairs > 150


def test_brick_over_siding_over_stucco_at_the_same_insulation() -> None:
    brick, siding, stucco = (
        opaque.wall(nominal_r=13, framing="wood_2x4", finish=f).u for f in constructions().finishes
    )
    assert sorted((brick, siding, stucco)) == [
        opaque.wall(nominal_r=13, framing="wood_2x4", finish=f).u for f in ("brick", "siding", "stucco")
    ]


def test_steel_studs_lose_more_than_wood() -> None:
    wood = opaque.wall(nominal_r=13, framing="wood_2x4").u
    assert opaque.wall(nominal_r=13, framing="steel").u > wood * 1.2


@examples(r=st.floats(0, 60), more=st.floats(0.5, 18))
def test_more_insulation_never_raises_u(r: float, more: float) -> None:
    makers = (
        lambda value: opaque.attic_ceiling(nominal_r=value),
        lambda value: opaque.floor(nominal_r=value, outdoors=True),
        lambda value: opaque.cathedral(nominal_r=value),
        lambda value: opaque.foundation_wall(nominal_r=value),
        lambda value: opaque.wall(
            nominal_r=value + 1, framing="block"
        ),  # bare forms have a default, block none
    )
    for make in makers:
        assert make(r + more).u <= make(r).u


@examples(
    r=st.floats(0, 60), more=st.floats(0.01, 20), framing=st.sampled_from(("wood_2x4", "wood_2x6", "steel"))
)
def test_within_the_cavity_or_beyond_it_more_insulation_is_never_worse(
    r: float, more: float, framing: str
) -> None:
    one, other = (opaque.wall(nominal_r=value, framing=framing) for value in (r, r + more))
    if (one.continuous_r > 0) == (
        other.continuous_r > 0
    ):  # a thin board beside a usual batt may be a step down
        assert other.u <= one.u


@pytest.mark.parametrize(
    ("nominal_r", "framing", "number"),
    [
        (25, "wood_2x6", "W6-20+5s"),
        (18, "wood_2x4", "W4-13+5s"),
        (15, "wood_2x4", "W4-15s"),
        (23, "wood_2x6", "W6-23s"),
    ],
)
def test_what_the_cavity_cannot_hold_is_continuous(nominal_r: float, framing: str, number: str) -> None:
    found = opaque.wall(nominal_r=nominal_r, framing=framing)
    assert (found.number, found.listed) == (number, True)


@pytest.mark.parametrize(
    ("nominal_r", "number"), [(19, "R6-19"), (21, "R6-21"), (30, "R10-30"), (38, "R12-38")]
)
def test_rafters_are_deep_enough_for_the_insulation(nominal_r: float, number: str) -> None:
    assert opaque.cathedral(nominal_r=nominal_r).number == number


@pytest.mark.parametrize(("framing", "finish"), [("straw", "siding"), ("wood_2x4", "gold")])
def test_unknown_construction_words_are_refused(framing: str, finish: str) -> None:
    with pytest.raises(RejectedInput):
        opaque.wall(nominal_r=13, framing=framing, finish=finish)


# --- glass and doors ---------------------------------------------------------------------------------------


def test_more_panes_and_better_frames_are_less_u() -> None:
    for part in ("window", "skylight"):
        rows = {(r.panes, r.frame): r.u for r in fenestration().code_defaults if r.part == part}
        for frame in ("metal", "metal_break", "other"):
            assert rows["double-pane", frame] < rows["single-pane", frame]
        for panes in ("single-pane", "double-pane"):
            assert rows[panes, "other"] < rows[panes, "metal_break"] < rows[panes, "metal"]
    clear = {(r.panes, r.frame): r.u for r in fenestration().by_description if "clear" in r.glass}
    assert clear["double-pane", "other"] < clear["single-pane", "other"] < clear["single-pane", "metal"]


def test_a_gas_filled_unit_is_no_worse_than_one_with_air() -> None:
    rows = {(r.panes, r.frame, r.glass, r.gas): r for r in fenestration().by_description}
    pairs = [
        (r, rows[(*key, "air")])
        for (*key, gas), r in rows.items()
        if gas == "filled" and (*key, "air") in rows
    ]
    assert len(pairs) == 2
    assert [r.number for r, air in pairs if r.u >= air.u or r.shgc > air.shgc] == []


def test_a_unit_of_listed_figures_has_that_number_and_any_other_is_rated() -> None:
    assert glazing(u_factor=1.2, shgc=0.8).number == "E1Mc"
    assert glazing(u_factor=0.55, shgc=0.7).number == "E2Vc"
    assert glazing(u_factor=1.3, shgc=0.7, skylight=True).number == "K2Mc"
    rated = glazing(u_factor=0.32, shgc=0.4)
    assert (rated.number, rated.listed) == ("GR-0.32/0.40", False)
    assert (door(u_factor=0.5).number, door(u_factor=0.22).number) == ("D1", "DR-0.22")


def test_glass_is_found_by_its_description_or_not_at_all() -> None:
    found = window_described(panes="double-pane", frame="other", glass="clear", gas="air")
    assert found is not None
    assert (found.number, found.u, found.shgc) == ("G2Vc", 0.51, 0.56)
    assert window_described(panes="double-pane", frame=None, glass="clear", gas="air") is None


def test_a_slab_has_no_u_of_its_own() -> None:
    slab = opaque.slab(edge_r=10)
    assert (slab.number, slab.u_factor, slab.working()) == ("SG-10", None, "")
    with pytest.raises(ValueError, match="SG-10"):
        assert isinstance(slab, Assembly)
        _ = slab.u
