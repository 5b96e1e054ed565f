"""The table of size limits: complete, in range, looked up by edition and jurisdiction."""

from __future__ import annotations

from itertools import product

import pytest

from autohvac.core.errors import RejectedInput
from calculations.equipment.limits import Edition, edition_of, has_rows, limit_for, table

STAGES = ("single", "two", "variable")


@pytest.mark.parametrize("edition", table().editions, ids=lambda one: one.edition)
def test_every_unit_has_its_limits_in_every_edition(edition: Edition) -> None:
    for kind, staging in product(("air_conditioner", "heat_pump"), STAGES):
        total = limit_for(edition, jurisdiction="", kind=kind, staging=staging, quantity="total_cooling")
        sensible = limit_for(edition, jurisdiction="", kind=kind, staging=staging, quantity="sensible")
        assert total is not None and total.most is not None
        assert sensible is not None and sensible.least == 0.9
    for kind in ("furnace", "boiler", "electric"):
        heating = limit_for(edition, jurisdiction="", kind=kind, staging="any", quantity="heating")
        assert heating is not None and heating.least is not None


@pytest.mark.parametrize("edition", table().editions, ids=lambda one: one.edition)
def test_rows_are_unlike_and_name_a_source_of_their_edition(edition: Edition) -> None:
    keys = [(row.jurisdiction, row.kind, row.staging, row.quantity) for row in edition.rows]
    assert len(keys) == len(set(keys))
    assert {row.source for row in edition.rows} <= edition.sources.keys()
    assert [row for row in edition.rows if row.source == "practice" and row.confirmed] == []


@pytest.mark.parametrize("edition", table().editions, ids=lambda one: one.edition)
def test_more_stages_may_be_larger(edition: Edition) -> None:
    for kind in ("air_conditioner", "heat_pump"):
        rows = [
            limit_for(edition, jurisdiction="", kind=kind, staging=staging, quantity="total_cooling")
            for staging in STAGES
        ]
        assert [row.most for row in rows if row is not None] == [1.15, 1.20, 1.30]


def test_without_a_name_the_default_edition_serves_and_an_unknown_one_is_refused() -> None:
    assert edition_of(None, limits=table()).edition == "manual_s_2014"
    with pytest.raises(RejectedInput) as refused:
        edition_of("manual_s_1066", limits=table())
    assert refused.value.code == "equipment_invalid"
    assert refused.value.facts["field"] == "edition"


def test_a_row_of_the_jurisdiction_takes_the_place_of_the_edition_s() -> None:
    edition = edition_of("openstudio_hpxml_1_11", limits=table())
    own = edition.rows[0].model_copy(update={"jurisdiction": "Oz", "most": 1.05})
    with_oz = edition.model_copy(update={"rows": (*edition.rows, own)})
    found = limit_for(
        with_oz, jurisdiction="Oz", kind="air_conditioner", staging="single", quantity="total_cooling"
    )
    other = limit_for(
        with_oz, jurisdiction="Id", kind="air_conditioner", staging="single", quantity="total_cooling"
    )
    assert (found and found.most, other and other.most) == (1.05, 1.15)
    assert has_rows(with_oz, jurisdiction="Oz") and not has_rows(with_oz, jurisdiction="Id")
