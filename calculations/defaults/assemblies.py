"""U-factors of assemblies from the insulation as nominally named and the framing around it.

Wood-framed parts by parallel path: through the framing and through the insulation, weighted with the framing
share. Layer values and shares: `data/assemblies.json` with sources.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from autohvac.core.errors import RejectedInput

DATA = Path(__file__).parent / "data" / "assemblies.json"


@lru_cache(maxsize=1)
def layers() -> Mapping[str, Any]:  # JSON document: numbers, lists and maps of them
    """The data file of layers and framing."""
    document: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return document


def parallel_path_u(*, framing_share: float, framing_r: float, insulated_r: float) -> float:
    """U [Btu/h·ft²·°F] of two paths side by side, each given as its total R with films."""
    return framing_share / framing_r + (1.0 - framing_share) / insulated_r


def wall_u(*, nominal_r: float, framing: str, finish: str = "siding") -> float:
    """U of a wall above grade, films included.

    Args:
        nominal_r: Insulation as named on the plan. What the cavity cannot hold is continuous insulation:
            R-25 in 2x6 is 20 + 5, R-18 in 2x4 is 13 + 5.
        framing: wood_2x4, wood_2x6, steel, block, icf or log.
        finish: siding, stucco or brick.
    """
    table = layers()
    films = table["films"]["inside_wall"] + table["films"]["outside_winter"]
    shell = films + _finish_r(finish)
    if framing in table["walls"]:
        return _framed_wall_u(nominal_r=nominal_r, framing=framing, shell_r=shell)
    return float(1.0 / (shell + _massive_r(nominal_r=nominal_r, framing=framing)))


def _finish_r(finish: str) -> float:
    finishes = layers()["finishes"]
    if finish not in finishes:
        raise RejectedInput("fact_invalid", field="wall_finish", value=finish)
    return float(finishes[finish]["r"])


def _framed_wall_u(*, nominal_r: float, framing: str, shell_r: float) -> float:
    table, wall = layers(), layers()["walls"][framing]
    cavity_r, continuous_r = split_wall_r(nominal_r=nominal_r, framing=framing)
    around = shell_r + table["layers"]["wood_sheathing"] + table["layers"]["gypsum_half_inch"] + continuous_r
    if framing == "steel":
        return float(1.0 / (around + interpolated(wall["effective_r"], cavity_r)))
    stud_r = wall["depth_in"] * table["wood_r_per_inch"]
    # An empty cavity still holds an air space of about R-1 (ASHRAE, vertical 3.5 in).
    return parallel_path_u(
        framing_share=table["wall_framing_share"],
        framing_r=around + stud_r,
        insulated_r=around + max(cavity_r, 1.0),
    )


def split_wall_r(*, nominal_r: float, framing: str) -> tuple[float, float]:
    """Cavity and continuous insulation that a nominal wall R stands for in this framing."""
    wall = layers()["walls"][framing]
    if nominal_r <= wall["cavity_max_r"]:
        return nominal_r, 0.0
    return float(wall["cavity_usual_r"]), nominal_r - float(wall["cavity_usual_r"])


def _massive_r(*, nominal_r: float, framing: str) -> float:
    table = layers()
    if framing == "block":
        return float(table["layers"]["concrete_block_8in"] + table["layers"]["gypsum_half_inch"] + nominal_r)
    if framing == "icf":
        insulation = nominal_r if nominal_r > 0 else table["icf_default_r"]
        return float(table["layers"]["concrete_6in"] + table["layers"]["gypsum_half_inch"] + insulation)
    if framing == "log":
        return float(max(nominal_r, table["layers"]["log_6in"]))
    raise RejectedInput("fact_invalid", field="wall_framing", value=framing)


def attic_ceiling_u(*, nominal_r: float) -> float:
    """U of a ceiling under an attic: loose insulation between and over 2x6 joists, still air around."""
    table = layers()
    around = 2 * table["films"]["inside_up"] + table["layers"]["gypsum_half_inch"]
    depth = table["ceiling_joist_in"]
    over_joist = max(nominal_r - depth * table["insulation_r_per_inch"], 0.0)
    return parallel_path_u(
        framing_share=table["ceiling_framing_share"],
        framing_r=around + depth * table["wood_r_per_inch"] + over_joist,
        insulated_r=around + nominal_r,
    )


def cathedral_u(*, nominal_r: float) -> float:
    """U of a roof-ceiling (cathedral or roof deck): insulation between rafters deep enough for it."""
    table = layers()
    parts, films = table["layers"], table["films"]
    around = films["outside_winter"] + parts["shingles"] + parts["wood_sheathing"]
    around += parts["gypsum_half_inch"] + films["inside_up"]
    depth = next(d for limit, d in table["rafter_depth_by_r"] if limit is None or nominal_r <= limit)
    return parallel_path_u(
        framing_share=table["rafter_framing_share"],
        framing_r=around + depth * table["wood_r_per_inch"],
        insulated_r=around + nominal_r,
    )


def uninsulated_roof_u() -> float:
    """U of shingles on sheathing over an attic, still air below [Btu/h·ft²·°F]."""
    films, parts = layers()["films"], layers()["layers"]
    total = films["outside_winter"] + parts["shingles"] + parts["wood_sheathing"] + films["inside_up"]
    return float(1.0 / total)


def floor_u(*, nominal_r: float, below: str = "space") -> float:
    """U of a framed floor with insulation between the joists; `below` is 'space' or 'outdoors'."""
    table = layers()
    parts, films = table["layers"], table["films"]
    under = films["outside_winter"] if below == "outdoors" else films["inside_down"]
    around = films["inside_down"] + parts["subfloor"] + parts["floor_finish"] + under
    return parallel_path_u(
        framing_share=table["floor_framing_share"],
        framing_r=around + table["floor_joist_in"] * table["wood_r_per_inch"],
        insulated_r=around + nominal_r,
    )


def partition_u(*, nominal_r: float, framing: str) -> float:
    """U of a framed wall to a garage or other space: gypsum and still air on both sides."""
    table = layers()
    around = 2 * (table["films"]["inside_wall"] + table["layers"]["gypsum_half_inch"])
    wood = framing if framing in ("wood_2x4", "wood_2x6") else "wood_2x4"
    cavity_r, continuous_r = split_wall_r(nominal_r=nominal_r, framing=wood)
    stud_r = table["walls"][wood]["depth_in"] * table["wood_r_per_inch"]
    return parallel_path_u(
        framing_share=table["wall_framing_share"],
        framing_r=around + continuous_r + stud_r,
        insulated_r=around + continuous_r + max(cavity_r, 1.0),
    )


def interpolated(points: list[list[float]], x: float) -> float:
    """Straight-line value at x between (x, y) points; the end value outside."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]
