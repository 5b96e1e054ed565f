"""Default construction: complete, and monotonic where codes are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pydantic import ValidationError

from calculations.defaults.tables import (
    Band,
    ConstructionTable,
    Row,
    construction,
    construction_table,
    default_duct_location,
    default_foundation,
    house_number,
)

ZONES = ("1A", "2A", "2B", "3A", "3C", "4A", "4C", "5A", "5B", "6A", "7", "8")
YEARS = (1950, 1979, 1980, 1999, 2000, 2008, 2009, 2014, 2015, 2020, 2021, 2026)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", YEARS)
def test_every_zone_and_year_has_a_row_with_a_source(zone: str, year: int) -> None:
    row = construction(climate_zone=zone, year_built=year)
    assert all(row.source_of(field) for field in Row.model_fields)
    assert 0 < row.window_u <= 1.2
    assert 0.2 <= row.window_shgc <= 0.8
    assert row.wall_framing == ("wood_2x6" if row.wall_r > 15 else "wood_2x4")


@pytest.mark.parametrize("zone", ZONES)
def test_newer_code_houses_lose_no_more(zone: str) -> None:
    rows = [construction(climate_zone=zone, year_built=year) for year in (1970, 1990, 2005, 2010, 2016, 2022)]
    for older, newer in pairwise(rows):
        assert newer.wall_r >= older.wall_r
        assert newer.ceiling_r >= older.ceiling_r
        assert newer.door_u <= older.door_u
    code_rows = rows[2:]
    assert [row.window_u for row in code_rows] == sorted((row.window_u for row in code_rows), reverse=True)


@pytest.mark.parametrize(
    ("zone", "year", "wall_r", "ceiling_r", "window_u", "floor_r", "ach50"),
    [
        ("5A", 2010, 20, 38, 0.35, 30, None),
        ("3A", 2016, 20, 38, 0.35, 19, 3),
        ("4C", 2016, 20, 49, 0.32, 30, 3),
        ("2A", 2022, 13, 49, 0.40, 13, 5),
        ("4A", 2022, 25, 60, 0.30, 19, 3),
        ("7", 2006, 21, 49, 0.35, 30, None),
    ],
)
def test_code_rows_are_those_of_the_iecc_tables(
    zone: str,
    year: int,
    wall_r: float,
    ceiling_r: float,
    window_u: float,
    floor_r: float,
    ach50: float | None,
) -> None:
    row = construction(climate_zone=zone, year_built=year)
    found = (row.wall_r, row.ceiling_r, row.window_u, row.floor_r, row.ach50)
    assert found == (wall_r, ceiling_r, window_u, floor_r, ach50)


COLDER = ("1", "2", "3", "4", "5", "6", "7", "8")
INSULATION = ("wall_r", "ceiling_r", "floor_r", "slab_r", "slab_depth_ft", "basement_wall_r")


@pytest.mark.parametrize("band", construction_table().bands, ids=lambda band: band.id)
def test_a_colder_zone_is_never_built_with_less(band: Band) -> None:
    for warm, cold in pairwise(COLDER):
        warmer, colder = band.zones[warm], band.zones[cold]
        assert [f for f in INSULATION if getattr(colder, f) < getattr(warmer, f)] == []
        assert colder.window_u <= warmer.window_u
        assert colder.skylight_u <= warmer.skylight_u


def test_a_year_is_in_its_band_to_the_last_day() -> None:
    for year, band in ((1979, "pre_1980"), (1979.9, "pre_1980"), (1980, "1980_1999"), (2021, "2021_on")):
        assert construction(climate_zone="5A", year_built=year).band == band


def test_a_table_with_a_zone_or_a_year_missing_is_refused() -> None:
    table = construction_table()
    first, *rest = table.bands
    for changes in ({"zones": dict(list(first.zones.items())[1:])}, {"sources": {}}):
        with pytest.raises(ValidationError):
            Band.model_validate(first.model_dump() | changes)
    with pytest.raises(ValidationError):
        ConstructionTable.model_validate(table.model_dump() | {"bands": rest})
    with pytest.raises(ValidationError):
        Row.model_validate(first.zones["5"].model_dump() | {"wall_r": 900})


def test_every_source_is_short_enough_to_stand_in_a_note() -> None:
    sources = [text for band in construction_table().bands for text in band.sources.values()]
    assert max(len(text) for text in sources) < 200


def test_without_a_year_the_band_named_in_the_file_serves() -> None:
    assert construction(climate_zone="5A", year_built=None).band == "2015_2020"


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="9X"):
        construction(climate_zone="9X", year_built=2020)


def test_foundation_and_ducts_follow_the_zone() -> None:
    assert default_foundation("2A").value == "slab"
    assert default_foundation("5A").value == "unconditioned_basement"
    assert default_duct_location("slab").value == "attic"
    assert default_duct_location("conditioned_basement").value == "inside"
    assert house_number("ceiling_height_ft") == 8.0
