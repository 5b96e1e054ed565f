"""Reading the tables: one typed door to the data files, and the one interpolation rule of the method (§0)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from calculations.manualj.house import GlassType

TABLES = Path(__file__).parent / "tables"

_WRONG = "{file}/{path} is not {what}"


@cache
def _file(name: str) -> object:
    return json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))


def _at(file: str, path: tuple[str | int, ...]) -> object:
    node = _file(file)
    for key in path:
        if isinstance(node, dict):
            node = node[key]
        elif isinstance(node, list):
            node = node[int(key)]
        else:
            raise KeyError(_WRONG.format(file=file, path=path, what="a node"))
    return node


def has(file: str, *path: str | int) -> bool:
    """Whether the tables have this entry."""
    try:
        _at(file, path)
    except (KeyError, IndexError):
        return False
    return True


@cache
def number(file: str, *path: str | int) -> float:
    """One number."""
    node = _at(file, path)
    if not isinstance(node, (int, float)):
        raise TypeError(_WRONG.format(file=file, path=path, what="a number"))
    return float(node)


@cache
def text(file: str, *path: str | int) -> str:
    """One word."""
    node = _at(file, path)
    if not isinstance(node, str):
        raise TypeError(_WRONG.format(file=file, path=path, what="text"))
    return node


@cache
def numbers(file: str, *path: str | int) -> tuple[float, ...]:
    """A row of numbers."""
    node = _at(file, path)
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file=file, path=path, what="a row"))
    return tuple(number(file, *path, i) for i in range(len(node)))


@cache
def grid(file: str, *path: str | int) -> tuple[tuple[float, ...], ...]:
    """Rows of numbers."""
    node = _at(file, path)
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file=file, path=path, what="a grid"))
    return tuple(numbers(file, *path, i) for i in range(len(node)))


@cache
def keys(file: str, *path: str | int) -> tuple[str, ...]:
    """The row names of a table."""
    node = _at(file, path)
    if not isinstance(node, dict):
        raise TypeError(_WRONG.format(file=file, path=path, what="a table"))
    return tuple(str(key) for key in node)


@cache
def words(file: str, *path: str | int) -> tuple[str, ...]:
    """A row of words."""
    node = _at(file, path)
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file=file, path=path, what="a row of words"))
    return tuple(text(file, *path, i) for i in range(len(node)))


@cache
def limits(file: str, *path: str | int) -> tuple[tuple[str | float, float | None], ...]:
    """Rows of (name, limit); a limit of None is open."""
    node = _at(file, path)
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file=file, path=path, what="a list of limits"))
    return tuple((row[0], row[1]) for row in node)


@lru_cache(maxsize=1)
def limits_of_glass() -> tuple[tuple[float, float, GlassType], ...]:
    """Rows of (lower U, lower SHGC, glass type), first match wins."""
    node = _at("fenestration", ("glass_guess", "rows"))
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file="fenestration", path="glass_guess", what="a list"))
    return tuple((float(u), float(shgc), name) for u, shgc, name in node)


@lru_cache(maxsize=1)
def limits_of_areas() -> tuple[float | None, ...]:
    """Upper floor areas of the columns of Tables 5A and 5B; the last is open."""
    node = _at("infiltration", ("ach", "area_up_to"))
    if not isinstance(node, list):
        raise TypeError(_WRONG.format(file="infiltration", path="area_up_to", what="a row"))
    return tuple(node)


def source(file: str, table: str) -> str:
    """Where a table is from."""
    return text(file, table, "source")


def interpolate(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """Linear between the points, and along the last two outside them (§0)."""
    last = len(xs) - 2
    i = next((k for k in range(last) if x <= xs[k + 1]), last)
    share = (x - xs[i]) / (xs[i + 1] - xs[i])
    return ys[i] + share * (ys[i + 1] - ys[i])


def interpolate_grid(
    rows: Sequence[float],
    columns: Sequence[float],
    values: Sequence[Sequence[float]],
    *,
    row: float,
    column: float,
) -> float:
    """Linear in both axes: first along each row's columns, then across the rows."""
    return interpolate(rows, [interpolate(columns, line, column) for line in values], row)
