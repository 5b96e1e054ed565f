"""Design conditions (§1) and spaces beside the rooms (§2)."""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.adjacent import Surroundings
from calculations.manualj.design import (
    altitude_correction,
    conditions,
    daily_range_class,
    grains_difference,
    table_column_f,
)
from calculations.manualj.engine import calculate
from calculations.manualj.envelope import net_sqft
from calculations.manualj.house import (
    Attic,
    Basement,
    Design,
    Door,
    FoundationWall,
    Garage,
    House,
    Method,
    RoofPlane,
    SharedSpace,
    Slab,
)
from calculations.manualj.lookup import interpolate
from calculations.manualj.opaque import door_piece
from tests.calculations.manualj.houses import DESIGN, house


@pytest.mark.parametrize(("elevation_ft", "grains"), [(0, 42.2), (1000, 45.0), (5000, 57.2)])
def test_93_76_outdoors_is_this_many_grains_above_75_f_at_half_humidity(
    elevation_ft: float, grains: float
) -> None:
    assert grains_difference(outdoor_db_f=93, outdoor_wb_f=76, elevation_ft=elevation_ft) == grains


def test_altitude_factor_at_1260_ft_is_0_9612() -> None:
    assert altitude_correction(1260) == approx(0.9612, abs=5e-5)  # printed with four decimals


def test_differences_are_never_negative() -> None:
    mild = Design(
        heating_db_f=75, cooling_db_f=70, grains_difference=0, daily_range="low", latitude=20, elevation_ft=0
    )
    cond = conditions(mild, soil="heavy_moist", method="as_published")
    assert (cond.htd_f, cond.ctd_f) == (0, 0)


@pytest.mark.parametrize(("range_f", "name"), [(15.9, "low"), (16, "medium"), (25, "medium"), (25.1, "high")])
def test_daily_range_classes(range_f: float, name: str) -> None:
    assert daily_range_class(range_f) == name


def test_outside_a_table_the_last_two_points_go_on() -> None:
    assert interpolate((0, 10, 20), (0, 1, 3), 30) == 5
    assert interpolate((0, 10, 20), (0, 1, 3), -10) == -1
    assert interpolate((0, 10, 20), (0, 1, 3), 15) == 2


def around(*, spaces: tuple[object, ...], method: Method = "as_published", **parts: object) -> Surroundings:
    built = house().model_copy(update={"spaces": spaces, **parts})
    cond = conditions(built.design, soil="heavy_moist", method=method)
    return Surroundings(house=built, cond=cond, net_sqft=net_sqft(built))


@pytest.mark.parametrize(
    ("ventilation", "colour", "material", "barrier", "cooling_f"),
    [
        ("unvented", "medium", "shingle", False, 148),
        ("vented", "dark", "shingle", False, 128),
        ("vented", "light", "shingle", False, 118),
        ("vented", "dark", "tile", True, 103),
        ("vented", "white", "metal", False, 93),
    ],
)
def test_attic_follows_its_roof(
    ventilation: str, colour: str, material: str, barrier: bool, cooling_f: float
) -> None:
    plane = RoofPlane.model_validate(
        {"id": "r", "area_sqft": 100, "colour": colour, "material": material, "radiant_barrier": barrier}
    )
    attic = Attic.model_validate({"id": "a", "ventilation": ventilation, "roof_planes": (plane,)})
    exact = around(spaces=(attic,), method="as_openstudio").of("a")  # 93 °F, medium range: base − 2
    assert (exact.heating_f, exact.cooling_f) == (15, cooling_f)
    book = around(spaces=(attic,)).of("a")  # CTD 18: the column of 20, so 2 °F more
    assert (book.heating_f, book.cooling_f) == (15, cooling_f + 2)


def test_the_book_takes_an_encapsulated_attic_at_95_f() -> None:
    attic = Attic(
        id="attic",
        ventilation="unvented",
        encapsulated=True,
        roof_planes=(RoofPlane(id="r", area_sqft=1000, u_factor=0.03),),
    )
    assert around(spaces=(attic,)).of("attic").cooling_f == 95
    openstudio = around(spaces=(attic,), method="as_openstudio").of("attic").cooling_f
    assert 80 < openstudio < 125  # Ti + 50 − 45 × share, share between 0 and 1


@pytest.mark.parametrize(
    ("share", "range_", "heating_f", "cooling_f"),
    [(0, "medium", 15, 110), (1, "medium", 20, 99), (0.5, "low", 17.5, 109.5), (None, "high", 17.5, 99.5)],
)
def test_garage_of_table_4c(share: float | None, range_: str, heating_f: float, cooling_f: float) -> None:
    design = DESIGN.model_copy(update={"daily_range": range_})
    air = around(spaces=(Garage(id="g", under_rooms_share=share),), design=design, floors=()).of("g")
    assert (air.heating_f, air.cooling_f) == (heating_f, cooling_f)


@pytest.mark.parametrize(
    ("kind", "heating_f", "cooling_f"),
    [("other_unit", 70, 75), ("heated_common", 68, 84), ("buffer", 50, 84), ("non_freezing", 40, 93)],
)
def test_multifamily_neighbours(kind: str, heating_f: float, cooling_f: float) -> None:
    air = around(spaces=(SharedSpace.model_validate({"id": "n", "kind": kind}),)).of("n")
    assert (air.heating_f, air.cooling_f) == (heating_f, cooling_f)


def test_an_unheated_basement_lies_between_outdoors_and_rooms() -> None:
    base = house()
    floor = base.floors[0].model_copy(update={"adjacent_to": "cellar"})
    wall = FoundationWall(id="k", space="cellar", gross_sqft=400, height_ft=8, depth_below_grade_ft=7)
    slab = Slab(id="z", space="cellar", area_sqft=800, exposed_perimeter_ft=50)
    air = around(
        spaces=(Basement(id="cellar"),), floors=(floor,), foundation_walls=(wall,), slabs=(slab,)
    ).of("cellar")
    assert 15 < air.heating_f < 70
    assert 54 <= air.cooling_f < 93


def test_a_surface_to_another_dwelling_has_no_load() -> None:
    base = house()
    quiet = base.walls[-1].model_copy(update={"adjacent_to": "other_unit"})
    shared = base.model_copy(update={"walls": (*base.walls[:-1], quiet), "doors": base.doors[:1]})
    gone = base.model_copy(update={"walls": base.walls[:-1], "doors": base.doors[:1]})
    assert calculate(shared).block.heating.walls == approx(calculate(gone).block.heating.walls)


def test_a_radiant_floor_over_a_heated_basement_has_no_load() -> None:
    base = house()
    floor = base.floors[0].model_copy(update={"adjacent_to": "cellar", "radiant": True})
    over = base.model_copy(
        update={
            "spaces": (*base.spaces, Basement(id="cellar", conditioned=True, floor_area_sqft=1)),
            "floors": (floor,),
        }
    )
    assert calculate(over).block.heating.floors == 0


def test_an_odd_house_still_has_loads() -> None:
    tiny = House.model_validate(
        {
            "design": DESIGN.model_dump(),
            "rooms": [{"id": "r", "area_sqft": 0.01}],
            "infiltration": {"blower_door": {"cfm": 10}},
        }
    )
    loads = calculate(tiny)
    assert loads.block.heating.total == loads.block.heating.infiltration > 0
    assert loads.aed_curve == (0.0,) * 12


@pytest.mark.parametrize(
    ("ctd_f", "column_f"),
    [(0, 0), (9.9, 9.9), (10, 10), (12.4, 10), (12.5, 15), (14, 15), (19, 20), (41, 40)],
)
def test_table_4a_is_entered_at_its_nearest_column(ctd_f: float, column_f: float) -> None:
    assert table_column_f(ctd_f) == approx(column_f)


@pytest.mark.parametrize(
    ("outdoor_f", "u_factor", "area_sqft", "printed"),
    [(89, 0.35, 38.33, 349), (94, 0.35, 42, 456)],
    ids=["Long, CTD 14", "Vatilo, CTD 19"],
)
def test_the_doors_of_both_houses_need_the_column(
    outdoor_f: float, u_factor: float, area_sqft: float, printed: float
) -> None:
    # Long: .35 × 38.33 × (15 + 11) = 348.8, with 14 it is 335.4; Vatilo: .35 × 42 × (20 + 11) = 455.7, 441.0
    design = DESIGN.model_copy(update={"cooling_db_f": float(outdoor_f)})
    door = Door(id="d", room="r", area_sqft=area_sqft, u_factor=u_factor)
    book = door_piece(door, cond=conditions(design, soil="heavy_moist", method="as_published"))
    assert book.cooling_btuh == approx(printed, abs=0.5)
    exact = door_piece(door, cond=conditions(design, soil="heavy_moist", method="as_openstudio"))
    assert exact.cooling_btuh < printed - 13


@pytest.mark.parametrize(("elevation_ft", "printed"), [(96, 1.0), (863, 0.97)])
def test_the_altitude_factor_has_two_decimals_in_the_book(elevation_ft: float, printed: float) -> None:
    design = DESIGN.model_copy(update={"elevation_ft": float(elevation_ft)})
    book, exact = (
        conditions(design, soil="heavy_moist", method=m) for m in ("as_published", "as_openstudio")
    )
    assert book.altitude_factor == printed
    assert exact.altitude_factor == approx(1 - 0.0000308 * elevation_ft)
