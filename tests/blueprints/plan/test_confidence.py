"""How sure rooms and openings are: fitted weights that can only push the way their signal means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest import approx

from blueprints.plan.building import RoomSignals
from blueprints.plan.cleanup.confidence import (
    SIGNS,
    class_share,
    opening_class,
    opening_confidence,
    opening_shares,
    room_confidence,
    room_weights,
    values,
)
from blueprints.plan.cleanup.usual_sizes import oversize
from blueprints.plan.model import OpeningPt
from blueprints.score.fit_confidence import NAMES, Example, OpeningExample, fitted, fitted_shares

SURE = RoomSignals(
    face=0.85, scale=0.95, picture=False, named=True, shared=False, printed="agrees", area_sqft=180, perimeter_ft=54
)  # fmt: skip


def test_every_weight_pushes_the_way_its_signal_means() -> None:
    weights = room_weights().weights
    assert set(weights) == set(SIGNS)
    assert all(weights[name] * sign >= 0 for name, sign in SIGNS.items())


@pytest.mark.parametrize(
    "worse",
    [
        {"printed": "differs"},
        {"named": False},
        {"scale": 0.4},
        {"face": 0.3},
        {"area_sqft": 12.0, "perimeter_ft": 14.0},
    ],
)
def test_nothing_worse_makes_a_room_surer(worse: dict[str, Any]) -> None:
    assert room_confidence(SURE.model_copy(update=worse)) <= room_confidence(SURE)


def test_a_room_whose_printed_size_differs_is_an_item_to_verify() -> None:
    assert room_confidence(SURE.model_copy(update={"printed": "differs"})) < room_confidence(SURE)


def test_nobody_is_surer_than_the_data_allow() -> None:
    assert room_confidence(SURE) <= room_weights().highest < 1
    assert all(right <= read for right, read in opening_shares().classes.values())


def test_a_class_seldom_seen_takes_after_its_kind() -> None:
    classes = {"window exterior from_paths 3_lines_in_gap": (90, 100)}
    assert class_share("window interior from_paths one_line", classes) == approx(0.9)
    assert class_share("door exterior from_paths swing_arc", classes) is None
    assert class_share("window exterior from_paths 3_lines_in_gap", classes) == approx((90 + 3.6) / 104)


def test_many_lines_are_one_class_and_pictures_are_another() -> None:
    many = opening_class("window", exterior=True, evidence=("from_paths", "5_lines_in_gap"))
    assert many == opening_class("window", exterior=True, evidence=("from_paths", "3_lines_in_gap"))
    assert many != opening_class("window", exterior=True, evidence=("from_picture", "3_lines_in_gap"))


def test_an_opening_a_person_added_stays_certain() -> None:
    added = OpeningPt(
        id="o1",
        kind="window",
        at_pt=(0, 0),
        width_pt=9,
        axis=((0, 0), (9, 0)),
        confidence=1.0,
        why=("added",),
    )
    assert opening_confidence(added, picture=True) == 1.0


def _example(number: int, *, printed: str, right: bool) -> Example:
    signals = values(SURE.model_copy(update={"printed": printed}))
    return Example(
        plan_id=f"p{number % 7}", dwelling=f"d{number % 7}", kind="drawn",
        signals=tuple(signals[name] for name in NAMES), right=right,
    )  # fmt: skip


def test_weights_are_learned_from_what_was_right_and_checked_on_other_dwellings() -> None:
    found = [_example(n, printed="agrees", right=n % 10 != 0) for n in range(140)]
    found += [_example(n, printed="differs", right=n % 10 == 0) for n in range(140)]
    fit = fitted(found)
    assert fit.weights["agrees"] > 0.5 and fit.weights["differs"] < -0.5
    assert fit.fitted["rooms"] == 280 and fit.fitted["dwellings"] == 7
    assert fit.fitted["brier_crossed"] < 0.5 * fit.fitted["brier_of_the_share"]


def test_shares_of_a_dwelling_never_saw_it() -> None:
    alone = [
        OpeningExample("p", "only", "window exterior from_paths 2_lines_in_gap", n > 0) for n in range(10)
    ]
    assert fitted_shares(alone).fitted["brier_crossed"] == approx(
        0.9
    )  # nothing else was seen: sure of nothing


def test_a_room_far_larger_than_its_use_is_no_surer() -> None:
    assert oversize("hall", 60.0) == 0.0
    assert 0.5 < oversize("hall", 450.0) <= 1.0
    assert oversize("porch", 9000.0) == 0.0
    assert room_confidence(SURE.model_copy(update={"oversize": 1.0})) <= room_confidence(SURE)


def test_each_list_of_plans_needs_its_analyses(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("fit_confidence", "a.json", "b.json", "--predictions", str(tmp_path))
    assert ended.value.code == 2
