"""The data files: each table says where it is from, and the figures of two pages agree."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from calculations.manualj.house import GlassType
from calculations.manualj.lookup import TABLES, grid, keys, number, numbers, text


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_table_names_its_source(path: object) -> None:
    content = json.loads((TABLES / str(path)).read_text(encoding="utf-8"))
    tables = [content] if "source" in content else list(content.values())
    assert all(table["source"] for table in tables)


def test_glass_types_of_the_model_are_the_rows_of_table_3d_4() -> None:
    assert set(get_args(GlassType)) == set(keys("fenestration", "isc", "rows"))


def test_hourly_tables_have_twelve_hours() -> None:
    for table in ("clf_hourly_bare", "clf_hourly_shaded", "hta"):
        for row in keys("fenestration", table, "rows"):
            assert len(numbers("fenestration", table, "rows", row)) == 12


def test_wall_groups_have_a_base_difference() -> None:
    for letter in "ABCDEFGHIJK":
        assert number("opaque", "wall_cltd", "rows", text("opaque", "wall_group_map", "rows", letter)) > 0


def test_duct_tables_have_the_shape_of_their_axes() -> None:
    areas = len(numbers("ducts", "axes", "floor_area_sqft"))
    for code in keys("ducts", "tables"):
        for quantity, rows in (("bhlf", 6), ("bsgf", 5), ("blg", 7)):
            values = grid("ducts", "tables", code, quantity)
            assert [len(values), *{len(row) for row in values}] == [rows, areas]
