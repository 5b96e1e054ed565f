"""Rules that no published case exercises, each with its arithmetic by hand; and check values of the method.

The figures in the comments were worked out on paper with five to six digits, so the tolerances are in the last
digit written.
"""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.adjacent import Surroundings
from calculations.manualj.delivery import (
    Side,
    System,
    cooling_effectiveness,
    heating_duct_btuh,
    heating_effectiveness,
)
from calculations.manualj.design import conditions
from calculations.manualj.ducts import FILE as DUCTS
from calculations.manualj.engine import calculate
from calculations.manualj.envelope import net_sqft
from calculations.manualj.ground import basement_floor_u, below_grade_u, slab_f
from calculations.manualj.house import (
    Attic,
    BlowerDoor,
    Ceiling,
    Design,
    DuctRun,
    DuctSystem,
    FoundationWall,
    House,
    Infiltration,
    InsulationLayer,
    Method,
    RoofPlane,
    Room,
    Slab,
)
from calculations.manualj.infiltration import infiltration_flows, leakage_area_sqin
from calculations.manualj.lookup import grid, interpolate_grid, number, numbers
from calculations.manualj.opaque import ceiling_to_outdoors_piece, wall_cltd_f
from calculations.manualj.pieces import Piece
from tests.calculations.manualj.houses import DESIGN, house

EXACT = conditions(DESIGN, soil="heavy_moist", method="as_openstudio")


# --- §1: outdoor air drier than indoor air ---


def dry(**changes: object) -> House:
    return house(design=DESIGN.model_copy(update={"grains_difference": -10.0})).model_copy(update=changes)


def test_dry_outdoor_air_takes_latent_load_away_and_is_not_clipped() -> None:
    # ACF at 1260 ft: 1 − .0000308 × 1260 = .961192.  Leakage .68 × .961192 × 50 × −10 = −326.81;
    # balanced fan .68 × .961192 × 60 × −10 = −392.17.
    latent = calculate(dry(), method="as_openstudio").block.cooling_latent
    assert (latent.infiltration, latent.ventilation) == (approx(-326.81, abs=0.01), approx(-392.17, abs=0.01))


def test_dry_outdoor_air_in_a_return_leak_is_clipped_at_zero() -> None:
    loads = calculate(dry(ducts=(), duct_systems=(ducts_in("attic"),)), method="as_openstudio")
    assert loads.block.cooling_latent.ducts == 0


# --- §2.1: encapsulated attic ---


def attic_air(*, ventilation: str, method: Method) -> tuple[float, float]:
    plane = RoofPlane(id="plane", area_sqft=1000, u_factor=0.03)
    attic = Attic.model_validate(
        {"id": "attic", "ventilation": ventilation, "roof_planes": (plane,), "volume_cuft": 6000}
    )
    built = house(ceiling_u=0.2).model_copy(update={"spaces": (attic,)})
    cond = conditions(built.design, soil="heavy_moist", method=method)
    air = Surroundings(house=built, cond=cond, net_sqft=net_sqft(built)).of("attic")
    return air.heating_f, air.cooling_f


def test_encapsulated_unvented_attic_by_openstudio() -> None:
    # To rooms: ceilings 800 + 800 − skylight 8 = 1592 ft² × .2 = 318.4.  To outdoors: roof 1000 × .03 = 30 and
    # air: .1 ACH × 6000/60 = 10 cfm; mean (15 + 93)/2 = 54 °F at 1260 ft: pressure (1 − 6.8754e-6 × 1260)^5.2559
    # = .95530; density 2.719 × .95530/(.068547 × 513.67) = .073770; 10 × 60 × .073770 × .2399 = 10.618; in all
    # 40.618.  Share 318.4/359.018 = .88686.  Summer 75 + 50 − 45 × .88686 = 85.09; winter
    # (40.618 × 15 + 318.4 × 70)/359.018 = 63.78.
    assert attic_air(ventilation="unvented", method="as_openstudio") == (
        approx(63.78, abs=0.01),
        approx(85.09, abs=0.01),
    )


def test_encapsulated_vented_attic_by_openstudio_is_40_f_over_outdoors() -> None:
    assert attic_air(ventilation="vented", method="as_openstudio") == (15, 93 + 40)


@pytest.mark.parametrize("ventilation", ["vented", "unvented"])
def test_encapsulated_attic_by_the_book_is_95_f(ventilation: str) -> None:
    winter, summer = attic_air(ventilation=ventilation, method="as_published")
    assert summer == 95
    assert winter > 15


# --- §5.2: cooling difference under 10 °F ---


@pytest.mark.parametrize(
    ("group", "colour", "outdoor_f", "daily_range", "cltd_f"),
    [
        ("A", 1.0, 80.0, "medium", 23.0),  # 38 + 5 − 20 − 0
        ("D", 0.83, 84.0, "low", 9.4435),  # 29.45 × .83 = 24.4435; + 9 − 20 − 4
        ("K", 0.65, 76.0, "medium", 0.0),  # 18.8 × .65 = 12.22; + 1 − 20 is negative: 0
    ],
)
def test_wall_cltd_at_small_differences(
    group: str, colour: float, outdoor_f: float, daily_range: str, cltd_f: float
) -> None:
    design = Design.model_validate(
        {**DESIGN.model_dump(), "cooling_db_f": outdoor_f, "daily_range": daily_range}
    )
    for method in ("as_published", "as_openstudio"):
        cond = conditions(design, soil="heavy_moist", method=method)
        assert wall_cltd_f(group, colour_factor=colour, cond=cond) == approx(cltd_f)


# --- §5.4: ceiling to outdoors ---


@pytest.mark.parametrize(("daily_range", "cooling"), [("low", 85.0), ("medium", 65.0), ("high", 40.0)])
def test_ceiling_to_outdoors(daily_range: str, cooling: float) -> None:
    # 100 ft² × .05 = 5; winter 5 × 55 = 275; summer 5 × (18 − 5 + 4) = 85, + 0 = 65, − 5 = 40
    design = Design.model_validate({**DESIGN.model_dump(), "daily_range": daily_range})
    cond = conditions(design, soil="heavy_moist", method="as_openstudio")
    ceiling = Ceiling(id="c", room="r", adjacent_to="outdoors", gross_sqft=100, u_factor=0.05)
    piece: Piece = ceiling_to_outdoors_piece(ceiling, net_sqft=100, cond=cond)
    assert (piece.heating_btuh, piece.cooling_btuh) == (approx(275), approx(cooling))


# --- §9: leakage area from a test; apartments above ground ---


def test_leakage_area_of_5_ach50_and_of_a_25_pa_test() -> None:
    # SLA = 5 × .283316 × 4^.65 × 8/(50^.65 × 60 × 144) = 5 × .283316 × 2.46229 × 8/(12.7154 × 8640) = 2.5400e-4;
    # ELA = 2.5400e-4 × 2000 × 144 = 73.15 in².
    area = leakage_area_sqin(ach=5, pressure_pa=50, volume_cuft=16000, floor_sqft=2000, exterior_share=1)
    assert area == approx(73.15, abs=0.01)
    # 4 ACH at 25 Pa: ACH50 = 4 × 2^.65 = 6.2767, ELA = 73.15 × 6.2767/5 = 91.83; half of it outside 45.9
    area = leakage_area_sqin(ach=4, pressure_pa=25, volume_cuft=16000, floor_sqft=2000, exterior_share=0.5)
    assert area == approx(91.83 / 2, abs=0.01)


def test_a_blower_door_flow_is_told_by_the_volume() -> None:
    # 1333.33 cfm × 60/16000 ft³ = 5 ACH50, so 73.15 in² on one storey, class 4: Cw = .0065 − .00266 = .00384;
    # winter √(.015 × 55 + .00384 × 225) = √1.689 = 1.29962 → 95.07 cfm
    tested = House(
        design=DESIGN,
        rooms=(Room(id="r", area_sqft=2000),),
        infiltration=Infiltration(blower_door=BlowerDoor(cfm=4000 / 3)),
    )
    assert infiltration_flows(tested, cond=EXACT).heating_cfm == approx(95.07, abs=0.02)


@pytest.mark.parametrize(
    ("exposure", "cfm"),
    [
        ("normal", 118.70),  # 6^.22 = 1.48318: V 22.248; √(.825 + .00118 × 494.96) = 1.18704
        ("exposed", 112.40),  # 6^.14 = 1.28511: V 19.277; √(.825 + .00118 × 371.59) = 1.12405
        ("well_shielded", 130.05),  # 6^.33 = 1.80630: V 27.095; √(.825 + .00118 × 734.11) = 1.30048
    ],
)
def test_wind_at_an_apartment_40_ft_up(exposure: str, cfm: float) -> None:
    # 100 in², class 5: Cw = .0065 − .00266 × 2 = .00118; (40 + 8)/8 = 6; V = 15 × 6^a
    air = Infiltration.model_validate(
        {"ela_sqin": 100, "shielding_class": 5, "unit_height_ft": 40, "apartment_exposure": exposure}
    )
    flat = House(design=DESIGN, rooms=(Room(id="r", area_sqft=900),), infiltration=air)
    assert infiltration_flows(flat, cond=EXACT).heating_cfm == approx(cfm, abs=0.01)


# --- §12.2: ASHRAE 152 ---


def system(*, around_f: float, flow_cfm: float) -> System:
    """300 ft² of supply and 100 ft² of return, R-6, 50 cfm of leakage each; 60 × .0735 lb/ft³ = 4.41."""
    supply, return_ = (Side(area, 6.0, around_f, 0.1) for area in (300.0, 100.0))
    return System(supply, return_, 50.0, 50.0, flow_cfm, 4.41)


def test_delivery_effectiveness_in_heating() -> None:
    # Q ρ cp = 1000 × 4.41 × .2399 = 1057.96; Bs = e^(−300/6347.75) = .953839, Br = .984370; a = .95;
    # Δe = 40000/1057.96 = 37.8087; Δs = Δr = 70 − 20 = 50, over Δe 1.322447.
    # DE = .906147 − .906147 × (1 − .95 × .98437) × 1.322447 − .95 × .046161 × 1.322447 = .770444
    # DE' = .770444 + .1 × .229556 − [0 + .98437 × .005] × 1.322447 = .786891
    found = heating_effectiveness(system(around_f=20, flow_cfm=1000), load_btuh=40000, indoor_f=70)
    assert found == approx(0.786891, abs=2e-6)


def test_delivery_effectiveness_in_cooling() -> None:
    # Q ρ = 900 × 4.41 = 3969, × cp = 952.163; Bs = e^(−300/5712.98) = .948843, Br = .982648; a = .944444
    # {−30000/3969 + .055556 × 12 + .944444 × .2399 × −.017352 × −35 + .2399 × −.051157 × −54} = −6.09159
    # DE = .944444 × 3969/30000 × 6.09159 = .761144; Δe = −24000/952.163 = −25.2058, Δr/Δe = 1.38857
    # DE' = .761144 + .1 × .238856 − .982648 × .0055556 × 1.38857 = .777449
    found = cooling_effectiveness(
        system(around_f=110, flow_cfm=900),
        total_btuh=30000,
        sensible_btuh=24000,
        indoor_f=75,
        leaving_f=56,
        return_enthalpy_gain=12,
    )
    assert found == approx(0.777449, abs=2e-6)


def ducts_in(place: str) -> DuctSystem:
    runs = tuple(
        DuctRun.model_validate({"id": side, "side": side, "location": place, "area_sqft": area, "r_value": 6})
        for side, area in (("supply", 300), ("return", 100))
    )
    return DuctSystem(runs=runs, supply_leakage_cfm=50, return_leakage_cfm=50)


def test_the_iteration_ends_where_load_airflow_and_effectiveness_agree() -> None:
    # 240 cfm per 12,000 Btu/h of equipment: at loss L the flow is .02 × (40000 + L), around 15 °F in winter attic
    built = house()
    cond = conditions(built.design, soil="heavy_moist", method="as_openstudio")
    around = Surroundings(house=built, cond=cond, net_sqft=net_sqft(built))
    loss = heating_duct_btuh(ducts_in("attic"), load_btuh=40000, around=around)
    equipment = 40000 + loss
    # density at (70 + 75)/2 = 72.5 °F, 1260 ft: 2.719 × .95530/(.068547 × 532.17) = .071204; × 60 = 4.2722
    sides = [Side(area, 6.0, 15.0, 0.1) for area in (300.0, 100.0)]
    at_end = System(sides[0], sides[1], 50.0, 50.0, 0.02 * equipment, 4.2722)
    found = heating_effectiveness(at_end, load_btuh=equipment, indoor_f=70)
    assert 40000 / found == approx(equipment, rel=2e-3)  # the iteration stops at 0.1 %


# --- §7, §12.1: the book's own check values ---

BOOK_15 = [
    ({"assembly_r": 1 / 0.584}, 2, 0.257),
    ({"assembly_r": 1 / 0.584}, 10, 0.109),
    ({"assembly_r": 1 / 0.043}, 2, 0.034),
    ({"assembly_r": 1 / 0.043}, 10, 0.026),
    ({"thickness_in": 4}, 2, 0.304),
    ({"thickness_in": 4}, 10, 0.121),
    ({"thickness_in": 4, "layers": (InsulationLayer(r_value=20, bottom_ft=10),)}, 2, 0.037),
    ({"thickness_in": 4, "layers": (InsulationLayer(r_value=20, bottom_ft=10),)}, 10, 0.028),
    ({"thickness_in": 4, "layers": (InsulationLayer(r_value=20, bottom_ft=3),)}, 2, 0.037),
    ({"thickness_in": 4, "layers": (InsulationLayer(r_value=20, bottom_ft=3),)}, 10, 0.057),
]


@pytest.mark.parametrize(("parts", "depth", "book"), BOOK_15)
def test_buried_walls_are_within_6_percent_of_construction_15(
    parts: dict[str, object], depth: float, book: float
) -> None:
    wall = FoundationWall.model_validate(
        {
            "id": "w",
            "room": "r",
            "gross_sqft": 1,
            "height_ft": depth,
            "depth_below_grade_ft": depth,
            **parts,
        }
    )
    assert below_grade_u(wall, soil_k=0.8) == approx(book, rel=0.06)


@pytest.mark.parametrize(
    ("width", "bare", "insulated"),
    [(20, 0.027, 0.019), (24, 0.025, 0.017), (28, 0.022, 0.015), (32, 0.020, 0.014)],
)
def test_basement_floors_are_within_6_percent_of_construction_21(
    width: float, bare: float, insulated: float
) -> None:
    found = [basement_floor_u(depth_ft=8, width_ft=width, soil_k=0.8, insulated=i) for i in (False, True)]
    assert found == [approx(bare, rel=0.06), approx(insulated, rel=0.06)]


@pytest.mark.parametrize("layout", ["vertical_3ft", "horizontal_4ft", "edge_4ft"])
@pytest.mark.parametrize("r_value", [5, 10, 15])
def test_slab_edges_are_within_15_percent_of_construction_22(layout: str, r_value: int) -> None:
    depth = {"vertical_3ft": 3.0, "horizontal_4ft": 0.0, "edge_4ft": 0.5}[layout]
    slab = Slab(
        id="s",
        room="r",
        area_sqft=900,
        exposed_perimeter_ft=120,
        perimeter_r=r_value,
        perimeter_depth_ft=depth,
        under_slab_r=r_value,
        under_slab_width_ft=0.0 if layout == "vertical_3ft" else 4.0,
    )
    printed = numbers("ground", "slab_published", "rows", f"{layout}_R{r_value}")
    computed = [slab_f(slab, soil_k=k) for k in (0.8, 0.5, 0.2)]
    assert computed == [approx(value, rel=0.15) for value in printed]


def test_each_factor_of_the_bob_ross_ducts() -> None:
    def at(quantity: str, axis: str, row: float) -> float:
        rows, areas = numbers(DUCTS, "axes", axis), numbers(DUCTS, "axes", "floor_area_sqft")
        return interpolate_grid(rows, areas, grid(DUCTS, "tables", "7C-R", quantity), row=row, column=2400)

    assert at("bhlf", "heating_outdoor_f", 15) == approx(0.143, abs=5e-4)
    assert at("bsgf", "cooling_outdoor_f", 93) == approx(0.168, abs=5e-4)
    assert at("blg", "grains", 40) == approx(564.6, abs=0.05)
    r_8 = numbers(DUCTS, "axes", "duct_r").index(8)
    assert [number(DUCTS, "tables", "7C-R", name, r_8) for name in ("heat_r", "gain_r")] == [0.87, 0.87]
    assert [number(DUCTS, "tables", "7C-R", name, 2, r_8) for name in ("heat_leakage", "gain_leakage")] == [
        1,
        1,
    ]
