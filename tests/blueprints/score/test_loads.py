"""The load error of a reading, and which part of it it comes from."""

from __future__ import annotations

import pytest
from pytest import approx

from blueprints.score.house import Part, RoomModel, Side, joined
from blueprints.score.house_read import read_house
from blueprints.score.house_true import true_house
from blueprints.score.loads import BLOCKS, load_error, load_samples, mixed, shapley
from tests.blueprints.score.houses import analysis_document, case, rooms_of, surface, truth_document, value


def building(analysis: dict) -> dict:  # type: ignore[type-arg]
    """The building of an analysis with what the loads need: areas, levels, ceilings and floors."""
    given = analysis["building"]
    given["levels"][0]["north_deg"] = value(0.0, "read")
    heights = {room["id"]: room["ceiling_height_ft"] for room in given["rooms"]}
    given["rooms"] = [
        {
            **room,
            "level": "L1",
            "area_sqft": value(room["area_sqft"]),
            "ceiling_height_ft": heights[room["id"]],
        }
        for room in rooms_of(analysis)
    ]
    for room in given["rooms"]:
        for kind, adjacent in (("ceiling", "attic"), ("floor", "ground")):
            flat = {
                **surface(room["id"], 0.0, 1.0),
                "id": f"{room['id']}-{kind}",
                "kind": kind,
                "adjacent": adjacent,
            }
            given["surfaces"].append(
                flat | {"area_sqft": room["area_sqft"], "facing_page_deg": None, "length_ft": None}
            )
    by_id = {o["id"]: o for o in analysis["levels"][0]["openings"]}
    for opening in given["openings"]:
        opening.update(
            room=by_id[opening["id"]]["room"], exterior=by_id[opening["id"]]["exterior"], surface=None
        )
        if opening["kind"] == "door":
            opening["height_ft"] = value(7.0, "read")
    return given


def test_a_perfect_reading_has_no_load_error() -> None:
    analysis = analysis_document()
    found = load_error(case(analysis=analysis), building(analysis))
    assert found is not None
    assert (found.heating, found.sensible, found.latent) == approx((0.0, 0.0, 0.0), abs=1e-9)
    assert found.rooms == approx((0.0, 0.0), abs=1e-9)
    assert list(found.heating_by_block.values()) == approx([0.0] * 8, abs=1e-9)


def test_a_missed_window_is_charged_to_the_windows() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["openings"].pop(0)
    analysis["building"]["openings"].pop(0)
    found = load_error(case(analysis=analysis), building(analysis))
    assert found is not None and found.heating < -0.005
    assert found.heating_by_block["windows"] == approx(found.heating, rel=0.01)
    assert sum(found.heating_by_block.values()) == approx(found.heating, rel=1e-6)
    assert found.rooms[1] == approx(0.0, abs=0.02)  # the bath has no window to miss


def test_a_doubled_scale_is_charged_to_the_scale() -> None:
    analysis = analysis_document()
    analysis["levels"][0]["scale"]["feet_per_point"] = 0.2
    for item in rooms_of(analysis):
        item["area_sqft"] *= 4
    given = building(analysis)
    for wall in given["surfaces"]:
        if wall["kind"] == "wall":
            wall["length_ft"] *= 2
    for opening in given["openings"]:
        opening["width_ft"]["value"] *= 2
    found = load_error(case(analysis=analysis), given)
    assert found is not None and found.heating > 0.5
    largest = max(found.heating_by_block, key=lambda block: found.heating_by_block[block])
    assert largest == "scale"


def test_a_missed_room_reads_zero_and_is_charged_to_the_rooms() -> None:
    analysis = analysis_document()
    given = building(analysis)
    given["rooms"] = given["rooms"][:1]
    given["surfaces"] = [s for s in given["surfaces"] if s["room"] == "bm"]
    given["openings"] = [o for o in given["openings"] if o["room"] == "bm"]
    del rooms_of(analysis)[1]
    found = load_error(case(analysis=analysis), given)
    assert found is not None
    assert found.rooms[1] == approx(1.0)
    assert found.heating_by_block["rooms"] == approx(found.heating, rel=0.05)


def test_the_shares_add_up_and_a_part_without_effect_has_none() -> None:
    weights = dict(zip(BLOCKS, (3.0, 0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 4.0), strict=True))

    def worth(done: frozenset[str]) -> tuple[float, float]:
        left = sum(weight for block, weight in weights.items() if block not in done)
        both = 5.0 if not done & {"scale", "areas"} else 0.0  # only while both are wrong
        return left + both, 2 * left

    shares = shapley(worth)
    assert sum(first for first, _ in shares.values()) == approx(10 + 5)
    assert {b: s for b, (_, s) in shares.items()} == approx({b: 2 * w for b, w in weights.items()})
    assert shares["scale"][0] - 3.0 + shares["areas"][0] == approx(
        5.0
    )  # the two divide what they do together
    assert shares["heights"] == approx((0.0, 0.0))


def test_with_every_block_replaced_the_house_is_the_true_one() -> None:
    analysis = analysis_document()
    rooms_of(analysis)[0]["area_sqft"] = 150.0
    given = building(analysis)
    given["surfaces"][0]["length_ft"] = 11.0
    plan = case(analysis=analysis)
    truth, read = true_house(plan.truth), read_house(plan, given)
    assert truth is not None
    result = mixed(plan, truth, read, frozenset(BLOCKS))
    for got, true in zip(result, truth, strict=True):
        assert (got.area_sqft, got.holes, got.parts) == (true.area_sqft, true.holes, true.parts)
        assert got.sides == true.sides


def test_a_garage_is_beside_the_rooms_and_not_in_the_house() -> None:
    truth = truth_document()
    truth["rooms"][1].update(conditioned=False, type="garage")
    house = true_house(case(truth).truth)
    assert house is not None and len(house) == 1
    garage = [side for side in house[0].sides if side.adjacent == "garage"]
    assert [(side.facing_deg, side.length_ft) for side in garage] == [(90.0, approx(10.0))]
    assert [hole.adjacent for hole in house[0].holes if hole.kind == "door"] == ["garage"]


def test_an_upper_storey_half_as_large_leaves_half_a_ceiling_below() -> None:
    truth = truth_document()
    truth["viewports"].append({**truth["viewports"][0], "page": 3, "storey": 2})
    upper = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]]
    truth["rooms"].append(
        {**truth["rooms"][0], "id": "C", "page": 3, "storey": 2, "polygon_pt": upper, "area_sf": 100.0}
    )
    house = {room.id: room for room in true_house(case(truth).truth) or ()}
    assert house["A"].parts[0] == Part("ceiling", "attic", approx(0.475))  # half a foot of wall covers, too
    assert house["B"].parts[0] == Part("ceiling", "attic", 1.0)
    assert [part.kind for part in house["C"].parts] == ["ceiling"]  # all over A


def test_rooms_joined_keep_the_area_of_their_ceilings() -> None:
    one = RoomModel("a", 1, "bedroom", 100.0, 8.0, (Side(0.0, 10.0),), (), (Part("ceiling", "attic", 0.5),))
    two = RoomModel("b", 1, "hall", 300.0, 8.0, (), (), (Part("ceiling", "attic", 1.0),))
    both = joined([one, two])
    assert both.area_sqft == 400.0
    assert sum(part.share * both.area_sqft for part in both.parts) == approx(50.0 + 300.0)


def test_a_failed_plan_has_lost_its_load_and_a_refused_one_is_not_scored() -> None:
    assert load_samples(None, failed=True)["M11.heating_p90"].value == 1.0
    assert load_samples(None, failed=False) == {}
    refused = case(analysis={"status": "refused", "code": "no_floor_plan"})
    assert load_error(refused, {}) is None


@pytest.mark.parametrize("missing", ["exterior", "windows"])
def test_a_truth_without_walls_or_windows_gives_no_load(missing: str) -> None:
    truth = truth_document()
    del truth["rooms"][0][missing]
    assert true_house(case(truth).truth) is None
