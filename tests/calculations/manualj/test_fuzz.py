"""Changed documents end as loads or as one typed error; the error says what would do."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from calculations.check import fuzz
from calculations.check.fuzz import buildings, main, outcome
from calculations.check.sample import sample_house
from calculations.manualj.checks import parse_house
from calculations.manualj.errors import InvalidHouse


def test_300_changed_buildings_are_loads_or_typed_errors() -> None:
    counts = Counter(outcome(document) for document in buildings(300, seed=7))
    assert set(counts) == {"loads", "refused"}
    assert min(counts.values()) > 20  # neither outcome is a rarity: the run tests both


def test_a_crash_is_counted_and_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(fuzz, "calculate", broken)
    assert main(["--buildings", "20", "--seed", "7"]) == 1
    assert "ZeroDivisionError: by hand" in capsys.readouterr().out


def test_loads_that_are_not_finite_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "is_finite", lambda loads: False)
    assert outcome(sample_house().model_dump(mode="json")) == "loads that are not finite"


def put(*path: str | int, value: object) -> Callable[[Any], None]:
    def deed(document: Any) -> None:  # a JSON document
        for key in path[:-1]:
            document = document[key]
        document[path[-1]] = value

    return deed


@pytest.mark.parametrize(
    ("deed", "field", "allowed"),
    [
        (
            put("windows", 0, "u_factor", value=50),
            "windows.0.u_factor",
            "a number, more than 0, at most 10",
        ),
        (
            put("windows", 0, "area_sqft", value=-3),
            "windows.0.area_sqft",
            "a number, more than 0, at most 1e+06",
        ),
        (
            put("walls", 2, "u_factor", value=float("nan")),
            "walls.2.u_factor",
            "a number, more than 0, at most 10",
        ),
        (
            lambda d: d["design"].pop("latitude"),
            "design.latitude",
            "a number, at least -90, at most 90",
        ),
        (put("design", "daily_range", value="warm"), "design.daily_range", "one of low, medium, high"),
        (put("walls", 0, "colour_", value=1), "walls.0.colour_", "no such field"),
        (lambda d: d["spaces"][0].pop("kind"), "spaces.0.kind", "the kind of the part"),
        (put("rooms", value=[]), "rooms", "a list, entries at least 1"),
        (
            put("spaces", 0, "roof_planes", 0, "area_sqft", value=0),
            "spaces.0.attic.roof_planes.0.area_sqft",
            "a number, more than 0, at most 1e+06",
        ),
        (put("windows", 0, "isc", value=2), "windows.0.isc", "a number, at least 0, at most 1 or nothing"),
    ],
)
def test_the_error_names_field_and_allowed_range(
    deed: Callable[[Any], object], field: str, allowed: str
) -> None:
    document = copy.deepcopy(sample_house().model_dump(mode="json"))
    deed(document)
    with pytest.raises(InvalidHouse) as caught:
        parse_house(document)
    assert (caught.value.field, caught.value.allowed) == (field, allowed)
