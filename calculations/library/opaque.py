"""U-factors of walls, ceilings, roofs and floors from their layers, with the sums kept for the reader.

Framed parts by parallel path: through the framing and through the insulation, weighted with the framing share
(ASHRAE Fundamentals, chapter 27). Steel studs by the effective R of cavity and studs (ASHRAE 90.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import fsum
from typing import Final

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from calculations.library.schema import Family, Insulation, Part
from calculations.library.tables import constructions, family, framed, layer_r, materials, r_per_inch

FINISH: Final = "finish"
KEPT: Final = 256  # assemblies remembered of each kind: one house is calculated many times
NUMBER: Final = re.compile(
    r"(?P<family>[A-Z]+[0-9]*)-(?P<cavity>[0-9.]+)(?:\+(?P<continuous>[0-9.]+))?(?P<finish>[a-z])?"
)


class Path(Frozen):
    """One way through the assembly: its share of the area, its layers [h·ft²·°F/Btu] and their sum."""

    share: float
    layers: tuple[tuple[str, float], ...]

    @property
    def r_value(self) -> float:
        """Sum of the layers [h·ft²·°F/Btu]."""
        return fsum(r for _, r in self.layers)


class Assembly(Frozen):
    """A numbered construction. `listed`: one of the library's rows; else computed the same way for its R.

    `u_factor` [Btu/h·ft²·°F] with both films; None for slabs, whose loss is not by one U.
    """

    number: str
    part: Part
    what: str
    cavity_r: float
    continuous_r: float
    finish: str = ""
    u_factor: float | None
    paths: tuple[Path, ...] = ()
    listed: bool
    source: str
    engine_construction: str = ""

    @property
    def u(self) -> float:
        """U [Btu/h·ft²·°F]. Raises ValueError for parts without one."""
        if self.u_factor is None:
            raise ValueError(f"{self.number} has no U of its own")
        return self.u_factor

    def working(self) -> str:
        """The arithmetic behind the U, in one line."""
        shares = [f"{path.share:.4g} / {path.r_value:.4g}" for path in self.paths]
        return f"U = {' + '.join(shares)} = {self.u_factor:.4f}" if self.u_factor is not None else ""


# --- assemblies by what is known of them -------------------------------------------------------------------


@lru_cache(maxsize=KEPT)
def wall(*, nominal_r: float, framing: str, finish: str = "siding") -> Assembly:
    """A wall above grade.

    Args:
        nominal_r: Insulation as named on the plan [h·ft²·°F/Btu]. What the cavity cannot hold is continuous:
            R-25 in 2x6 is 20 + 5, R-18 in 2x4 is 13 + 5.
        framing: wood_2x4, wood_2x6, steel, block, icf, log or another framing of the library.
        finish: siding, stucco or brick.
    """
    found = framed("wall", framing=framing)
    if found is None:
        raise RejectedInput("fact_invalid", field="wall_framing", value=framing)
    if finish not in constructions().finishes:
        raise RejectedInput("fact_invalid", field="wall_finish", value=finish)
    return assembly(found, nominal_r=nominal_r, finish=finish)


@lru_cache(maxsize=KEPT)
def partition(*, nominal_r: float, framing: str) -> Assembly:
    """A wall inside the building, to a garage or another space: wood studs, 2x4 where the framing is not wood."""
    found = framed("partition", framing=framing) or framed("partition", framing="wood_2x4")
    if found is None:
        raise LookupError("no partitions in the library")
    return assembly(found, nominal_r=nominal_r)


@lru_cache(maxsize=KEPT)
def attic_ceiling(*, nominal_r: float) -> Assembly:
    """A ceiling under an attic: insulation between and over the joists."""
    return assembly(family("C6"), nominal_r=nominal_r)


@lru_cache(maxsize=KEPT)
def cathedral(*, nominal_r: float) -> Assembly:
    """A roof over rooms, or an insulated roof deck: rafters just deep enough for the insulation."""
    deep = next(code for code in ("R6", "R10", "R12") if _holds(family(code), nominal_r))
    return assembly(family(deep), nominal_r=nominal_r)


def _holds(rafters: Family, nominal_r: float) -> bool:
    return rafters.cavity_max_r is None or nominal_r <= rafters.cavity_max_r


@lru_cache(maxsize=KEPT)
def roof_deck() -> Assembly:
    """Shingles on sheathing over an attic, still air below."""
    return assembly(family("RD"), nominal_r=0.0)


@lru_cache(maxsize=KEPT)
def floor(*, nominal_r: float, outdoors: bool) -> Assembly:
    """A framed floor over a space, or over open air."""
    return assembly(family("FO" if outdoors else "FS"), nominal_r=nominal_r)


@lru_cache(maxsize=KEPT)
def foundation_wall(*, nominal_r: float) -> Assembly:
    """A basement wall with both films and without the soil, which the load method adds."""
    return assembly(family("B8"), nominal_r=nominal_r)


@lru_cache(maxsize=KEPT)
def slab(*, edge_r: float) -> Assembly:
    """A slab on the ground with insulation at its edge."""
    return assembly(family("SG"), nominal_r=edge_r)


def numbered(number: str) -> Assembly:
    """The assembly of a number such as W6-20+5s. Raises RejectedInput fact_invalid."""
    match = NUMBER.fullmatch(number)
    if match is None:
        raise RejectedInput("fact_invalid", field="construction", value=number)
    kind = family(match["family"])
    finish = {letter: word for word, letter in constructions().finishes.items()}.get(
        match["finish"] or "", ""
    )
    given = Insulation(cavity_r=float(match["cavity"]), continuous_r=float(match["continuous"] or 0.0))
    if not _has_cavity(kind):
        given = Insulation(cavity_r=0.0, continuous_r=given.cavity_r)
    found = computed(kind, given, finish=finish)
    if found.number != number:
        raise RejectedInput("fact_invalid", field="construction", value=number)
    return found


def listed() -> tuple[Assembly, ...]:
    """Every row of the library; walls with each finish they can have."""
    return tuple(
        computed(kind, row, finish=finish)
        for kind in constructions().families
        for row in kind.rows
        for finish in (constructions().finishes if FINISH in kind.layers else ("",))
    )


# --- arithmetic --------------------------------------------------------------------------------------------


def assembly(kind: Family, *, nominal_r: float, finish: str = "") -> Assembly:
    """The assembly of a family for insulation as nominally named [h·ft²·°F/Btu]."""
    cavity_r, continuous_r = split(kind, nominal_r=nominal_r)
    return computed(kind, Insulation(cavity_r=cavity_r, continuous_r=continuous_r), finish=finish)


def split(kind: Family, *, nominal_r: float) -> tuple[float, float]:
    """Cavity and continuous insulation that a nominal R stands for in this family."""
    if not _has_cavity(kind):
        default = kind.default_r or 0.0
        return 0.0, max(nominal_r, default) if kind.method == "log" else (nominal_r or default)
    if kind.cavity_max_r is None or kind.cavity_usual_r is None or nominal_r <= kind.cavity_max_r:
        return nominal_r, 0.0
    return kind.cavity_usual_r, nominal_r - kind.cavity_usual_r


def _has_cavity(kind: Family) -> bool:
    return kind.method in ("parallel_path", "effective_cavity", "joists_covered")


def computed(kind: Family, insulation: Insulation, *, finish: str = "") -> Assembly:
    """The assembly with its paths and U = Σ share/R."""
    finish = finish if FINISH in kind.layers else ""
    paths = _paths(kind, insulation, finish=finish)
    row = next((row for row in kind.rows if _same(row, insulation)), None)
    return Assembly(
        number=number_of(kind, insulation, finish=finish),
        part=kind.part,
        what=_what(kind, insulation, finish=finish),
        cavity_r=insulation.cavity_r,
        continuous_r=insulation.continuous_r,
        finish=finish,
        u_factor=fsum(path.share / path.r_value for path in paths) if paths else None,
        paths=paths,
        listed=row is not None,
        source=kind.source,
        engine_construction=_engine(kind, finish=finish),
    )


def number_of(kind: Family, insulation: Insulation, *, finish: str) -> str:
    """Family, insulation and finish letter: W6-20+5s."""
    letter = constructions().finishes.get(finish, "")
    if not _has_cavity(kind):
        return f"{kind.code}-{insulation.continuous_r:g}{letter}"
    more = f"+{insulation.continuous_r:g}" if insulation.continuous_r else ""
    return f"{kind.code}-{insulation.cavity_r:g}{more}{letter}"


def _what(kind: Family, insulation: Insulation, *, finish: str) -> str:
    filled = f"R-{insulation.cavity_r:g} between" if insulation.cavity_r else ""
    over = (
        f"R-{insulation.continuous_r:g}{' continuous' if filled else ''}" if insulation.continuous_r else ""
    )
    bare = "" if filled or over else kind.bare
    return ", ".join(text for text in (kind.what, filled, over, bare, finish) if text)


def _engine(kind: Family, *, finish: str) -> str:
    return "" if kind.engine is None else kind.engine[finish == "brick"]


def _same(row: Insulation, other: Insulation) -> bool:
    return (row.cavity_r, row.continuous_r) == (other.cavity_r, other.continuous_r)


def _paths(kind: Family, insulation: Insulation, *, finish: str) -> tuple[Path, ...]:
    around = _around(kind, finish=finish)
    if insulation.continuous_r:
        around = (*around, ("insulation, continuous", insulation.continuous_r))
    if kind.method == "ground":
        return ()
    if kind.method in ("series", "log"):
        return (Path(share=1.0, layers=around),)
    if kind.method == "effective_cavity":
        cavity = interpolated(kind.effective_r, insulation.cavity_r)
        return (Path(share=1.0, layers=(*around, ("cavity with steel studs", cavity))),)
    return _framed_paths(kind, insulation.cavity_r, around=around)


def _around(kind: Family, *, finish: str) -> tuple[tuple[str, float], ...]:
    names = [finish if name == FINISH else name for name in kind.layers]
    return tuple((materials()[name].what, layer_r(name)) for name in names if name)


def _framed_paths(
    kind: Family, cavity_r: float, *, around: tuple[tuple[str, float], ...]
) -> tuple[Path, Path]:
    depth = kind.depth_in or 0.0
    framing: list[tuple[str, float]] = [("framing", depth * r_per_inch("softwood"))]
    if kind.method == "joists_covered":
        framing.append(("insulation over it", max(cavity_r - depth * r_per_inch("loose_fill"), 0.0)))
    between = ("insulation", cavity_r)
    if kind.method == "parallel_path" and kind.empty_cavity == "air_space":
        air = layer_r("air_space_cavity")
        between = between if cavity_r >= air else ("air space", air)
    return (
        Path(share=kind.framing_share, layers=(*around, *framing)),
        Path(share=1.0 - kind.framing_share, layers=(*around, between)),
    )


def interpolated(points: Sequence[tuple[float, float]], x: float) -> float:
    """Straight-line value at x between (x, y) points; the end value outside."""
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]
