"""Infiltration, ventilation and gains (§9 to §11)."""

from __future__ import annotations

import pytest
from pytest import approx

from calculations.manualj.design import conditions
from calculations.manualj.gains import internal_gains
from calculations.manualj.house import (
    Basement,
    BlowerDoor,
    FoundationWall,
    Gains,
    House,
    Infiltration,
    Room,
    VentilationRatings,
    VentilationUnit,
)
from calculations.manualj.infiltration import (
    above_grade_volume_cuft,
    balanced_flow_cfm,
    infiltration_flows,
    latent_btuh,
    leakage_area_cfm,
    leakage_area_sqin,
    room_shares,
    sensible_btuh,
)
from calculations.manualj.ventilation import (
    dry_air_kg_s,
    effectiveness,
    imbalance_cfm,
    latent_effectiveness,
    sensible_from_unadjusted,
    ventilation_loads,
)
from tests.calculations.manualj.houses import DESIGN, house

COND = conditions(DESIGN, soil="heavy_moist", method="as_openstudio")  # exact ACF, as the checks


def bob_ross(infiltration: Infiltration) -> House:
    wall = FoundationWall(
        id="k", room="r", space="cellar", gross_sqft=2000, height_ft=10, depth_below_grade_ft=8
    )
    return House(
        design=DESIGN,
        rooms=(Room(id="r", area_sqft=4800),),
        ceiling_height_ft=10,
        spaces=(Basement(id="cellar", conditioned=True, floor_area_sqft=2400),),
        foundation_walls=(wall,),
        infiltration=infiltration,
    )


def test_bob_ross_very_tight_leaks_48_cfm_in_winter_and_24_in_summer() -> None:
    house_ = bob_ross(Infiltration(leakiness="very_tight"))
    assert above_grade_volume_cuft(house_) == 28800
    flows = infiltration_flows(house_, cond=COND)
    assert (flows.heating_cfm, flows.cooling_cfm) == (approx(48), approx(24))


def test_a_fireplace_adds_20_cfm_in_winter_only() -> None:
    flows = infiltration_flows(bob_ross(Infiltration(leakiness="very_tight", fireplaces=1)), cond=COND)
    assert (flows.heating_cfm, flows.cooling_cfm) == (approx(68), approx(24))


def test_ela_of_92_in2_on_one_storey_leaks_171_7_and_89_0_cfm() -> None:
    winter = leakage_area_cfm(ela_sqin=92, storeys=1, shielding_class=1, delta_t_f=55, wind_mph=15)
    summer = leakage_area_cfm(ela_sqin=92, storeys=1, shielding_class=1, delta_t_f=18, wind_mph=7.5)
    assert (winter, summer) == (approx(171.7, abs=0.05), approx(89.0, abs=0.05))


def test_blower_door_is_the_same_in_ach_and_cfm() -> None:
    by_ach = bob_ross(Infiltration(blower_door=BlowerDoor(ach=5)))
    by_cfm = bob_ross(Infiltration(blower_door=BlowerDoor(cfm=5 * 48000 / 60)))
    assert infiltration_flows(by_ach, cond=COND) == infiltration_flows(by_cfm, cond=COND)


def test_leakage_area_of_1333_cfm_at_50_pa() -> None:
    area = leakage_area_sqin(ach=5, pressure_pa=50, volume_cuft=16000, floor_sqft=2000, exterior_share=1)
    assert area == approx(5 * 16000 / 60 * 0.283316 * (4 / 50) ** 0.65)


@pytest.mark.parametrize(("flow", "imbalance", "net"), [(48, 50, 79.5), (100, -50, 76.4), (48, -50, 0)])
def test_worksheet_e(flow: float, imbalance: float, net: float) -> None:
    assert balanced_flow_cfm(infiltration_cfm=flow, imbalance_cfm=imbalance) == approx(net, abs=0.05)


def test_air_loads_at_1260_ft() -> None:
    assert sensible_btuh(flow_cfm=50, delta_t_f=55, cond=COND) == approx(2907.6, abs=0.05)
    assert latent_btuh(flow_cfm=50, grains=40, cond=COND) == approx(1307.2, abs=0.05)


def test_rooms_share_infiltration_by_exposed_wall() -> None:
    shares = room_shares(house())
    assert shares == {"east": approx(0.5), "west": approx(0.5)}
    bare = house().model_copy(update={"walls": (), "foundation_walls": ()})
    assert room_shares(bare) == shares  # nothing exposed: by floor area


def fan(**changes: object) -> VentilationUnit:
    return VentilationUnit.model_validate({"id": "f", "kind": "exhaust", "rated_cfm": 150, **changes})


def test_exhaust_and_supply_balance_by_their_hours() -> None:
    assert imbalance_cfm([fan(), fan(kind="cfis", hours_per_day=8)]) == 100
    assert imbalance_cfm([fan(kind="hrv")]) == 0


def test_exhaust_alone_has_no_ventilation_load() -> None:
    assert ventilation_loads([fan()], cond=COND).heating_btuh == 0


def test_given_effectiveness_is_used_as_it_is() -> None:
    hrv = fan(kind="hrv", rated_cfm=100, heating_effectiveness=0.64, cooling_effectiveness=0.58)
    loads = ventilation_loads([hrv], cond=COND)
    assert loads.heating_btuh == approx(2093, abs=0.5)  # the published case, whole numbers
    assert loads.sensible_btuh == approx(799, abs=0.5)


def test_csa_439_check_values() -> None:
    winter = dry_air_kg_s(cfm=100, temperature_c=0, humidity_ratio=0.0028)
    summer = dry_air_kg_s(cfm=100, temperature_c=35, humidity_ratio=0.0178)
    assert (winter, summer) == (approx(0.0607, abs=5e-5), approx(0.0525, abs=1e-4))
    assert 0.60 - 100 / (winter * 1006 * 22) == approx(0.526, abs=5e-4)
    assert latent_effectiveness(sensible=0.60, total=0.55, cfm=100, watts=100) == approx(0.649, abs=5e-4)


def test_without_fan_power_the_rating_is_the_effectiveness() -> None:
    assert sensible_from_unadjusted(recovery=0.7, cfm=100, watts=0) == approx(0.7)
    rated = fan(kind="erv", ratings=VentilationRatings(adjusted_sensible_recovery=0.7, fan_watts=0))
    assert effectiveness(rated).heating == 0.7


def test_rooms_that_say_nothing_share_the_rest_by_floor_area() -> None:
    base = house()
    kitchen = base.rooms[0].model_copy(update={"appliances_sensible_btuh": 1000.0})
    told = base.model_copy(update={"rooms": (kitchen, base.rooms[1])})
    gains = internal_gains(told, method="as_published")
    assert gains.sensible_by_room == {"west": approx(1000 + 460), "east": approx(1400 + 460)}
    assert (gains.sensible_btuh, gains.latent_btuh) == (approx(2400 + 920), approx(800))


def test_the_book_counts_bedrooms_plus_one_unless_more_live_there() -> None:
    def people(number: float) -> tuple[float, float]:
        told = house().model_copy(update={"gains": Gains(occupants=number)})
        return (
            internal_gains(told, method="as_published").occupants,
            internal_gains(told, method="as_openstudio").occupants,
        )

    assert people(2) == (4, 2)
    assert people(6) == (6, 6)
