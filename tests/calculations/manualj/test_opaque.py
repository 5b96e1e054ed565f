"""Doors, walls, floors, ceilings and roofs (§5)."""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.design import conditions
from calculations.manualj.house import Ceiling, DailyRange, Design, Door, Floor, Wall, WallConstruction
from calculations.manualj.opaque import (
    ceiling_to_outdoors_piece,
    colour_multiplier,
    door_piece,
    floor_over_space_delta_f,
    floor_to_outdoors_piece,
    roof_cltd_f,
    wall_cltd_f,
    wall_group,
    wall_piece,
)
from tests.calculations.manualj.houses import DESIGN

COND = conditions(DESIGN, soil="heavy_moist", method="as_openstudio")  # exact CTD, as the checks


def test_steel_stud_and_brick_at_u_0_101_is_group_j_with_cltd_14_31() -> None:
    assert wall_group("steel_stud_masonry", u_factor=0.10101) == "J"
    assert wall_cltd_f("J", colour_factor=0.83, cond=COND) == approx(14.31, abs=0.005)


def test_bob_ross_wall_htm_is_5_556_and_1_445() -> None:
    wall = Wall(id="w", room="r", gross_sqft=1, u_factor=1 / 9.9, construction="steel_stud_masonry")
    piece = wall_piece(wall, net_sqft=1, cond=COND)
    assert (piece.heating_btuh, piece.cooling_btuh) == (approx(5.556, abs=5e-4), approx(1.445, abs=5e-4))


@pytest.mark.parametrize(
    ("construction", "u_factor", "group"),
    [
        ("wood_stud_siding", 0.048, "J"),
        ("wood_stud_siding", 0.2, "A"),
        ("wood_stud_masonry", 0.07, "K"),
        ("double_stud_siding", 0.3, "J"),
        ("double_stud_masonry", 0.3, "K"),
        ("icf", 0.05, "K"),
        ("block", 0.2, "E"),
        ("sip_siding", 0.055, "I"),
        ("sip_masonry", 0.2, "J"),
        ("log", 0.09, "H"),
        ("solid_masonry", 0.3, "G"),
        ("foundation_block_hollow", 0.3, "E"),
        ("foundation_wood", 0.05, "K"),
    ],
)
def test_construction_and_u_give_the_group(
    construction: WallConstruction, u_factor: float, group: str
) -> None:
    assert wall_group(construction, u_factor=u_factor) == group


def test_colour_by_absorptance() -> None:
    assert [colour_multiplier(colour="medium", absorptance=a) for a in (0.5, 0.75, 0.76)] == [0.65, 0.83, 1]
    assert colour_multiplier(colour="medium") == 0.83


def test_small_cooling_difference_never_gives_a_negative_wall_load() -> None:
    cool = Design(
        heating_db_f=15, cooling_db_f=76, grains_difference=0, daily_range="high", latitude=40, elevation_ft=0
    )
    cond = conditions(cool, soil="heavy_moist", method="as_published")
    assert wall_cltd_f("J", colour_factor=0.65, cond=cond) == 0
    assert wall_cltd_f("A", colour_factor=1, cond=cond) == approx(38 + 1 - 20 + 5)


def test_r_26_light_asphalt_roof_at_92_f_is_0_842_per_ft2() -> None:
    cond = conditions(
        DESIGN.model_copy(update={"cooling_db_f": 92.0}), soil="heavy_moist", method="as_openstudio"
    )
    cltd = roof_cltd_f(r_value=26, material="shingle", colour="light", cond=cond)
    assert cltd == approx(21.9)
    assert cltd / 26 == approx(0.842, abs=5e-4)


@pytest.mark.parametrize(("range_", "added"), [("low", 15), ("medium", 11), ("high", 6)])
def test_door_difference_follows_the_daily_range(range_: DailyRange, added: float) -> None:
    cond = conditions(
        DESIGN.model_copy(update={"daily_range": range_}), soil="heavy_moist", method="as_openstudio"
    )
    piece = door_piece(Door(id="d", room="r", area_sqft=21, u_factor=0.35), cond=cond)
    assert piece.cooling_btuh == approx(0.35 * 21 * (18 + added))


def test_floor_over_a_sealed_crawlspace_has_a_difference_of_4_687_f() -> None:
    delta = floor_over_space_delta_f(55, floor_u=1 / 2.72, walls_u=1 / 7.3, vented=False)
    assert delta == approx(4.687, abs=5e-4)


def test_venting_a_crawlspace_raises_the_difference() -> None:
    sealed, vented = (floor_over_space_delta_f(55, floor_u=0.1, walls_u=0.1, vented=v) for v in (False, True))
    assert vented > sealed
    assert vented == approx(55 / (1 + 0.4 / 0.21))


def test_floor_open_below_and_radiant() -> None:
    floor = Floor(id="f", room="r", adjacent_to="outdoors", area_sqft=100, u_factor=0.05, radiant=True)
    piece = floor_to_outdoors_piece(floor, cond=COND)
    assert (piece.heating_btuh, piece.cooling_btuh) == (approx(5 * 80), approx(5 * 13))


def test_ceiling_to_outdoors() -> None:
    ceiling = Ceiling(id="c", room="r", adjacent_to="outdoors", gross_sqft=100, u_factor=0.05)
    assert ceiling_to_outdoors_piece(ceiling, net_sqft=100, cond=COND).cooling_btuh == approx(5 * 13)
