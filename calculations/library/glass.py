"""Windows, skylights and doors by frame and glass, and the number of one that has a rating of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from autohvac.core.evidence import Frozen
from calculations.library.schema import Glass
from calculations.library.tables import fenestration

FRAMES = {
    "metal": "metal",
    "metal_break": "metal with thermal break",
    "other": "wood, vinyl or fibreglass",
    "any": "",
}


class Unit(Frozen):
    """A numbered window, skylight or door: U [Btu/h·ft²·°F] and SHGC of the whole unit, None for doors."""

    number: str
    part: Literal["window", "skylight", "door"]
    what: str
    u_factor: float
    shgc: float | None = None
    listed: bool
    source: str


def window_described(*, panes: str, frame: str | None, glass: str, gas: str) -> Glass | None:
    """The first row that fits the description; None when there is none."""
    for row in fenestration().by_description:
        fits = row.panes == panes and row.frame in ("any", frame) and row.gas in ("any", gas)
        if fits and (glass in row.glass or not row.glass):
            return row
    return None


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """Every listed window, skylight and door."""
    table = fenestration()
    described = [
        Unit(
            number=row.number,
            part="window",
            what=_what(row.panes, row.frame, row.glass, row.gas),
            u_factor=row.u,
            shgc=row.shgc,
            listed=True,
            source=table.sources["by_description"],
        )
        for row in table.by_description
    ]
    coded = [
        Unit(
            number=row.number,
            part=row.part,
            what=_what(row.panes, row.frame, row.glass, "any"),
            u_factor=row.u,
            shgc=row.shgc,
            listed=True,
            source=table.sources["code_defaults"],
        )
        for row in table.code_defaults
    ]
    doors = [
        Unit(
            number=row.number,
            part="door",
            what=row.what,
            u_factor=row.u,
            listed=True,
            source=table.sources["doors"],
        )
        for row in table.doors
    ]
    return (*coded, *described, *doors)


def _what(panes: str, frame: str, glass: tuple[str, ...], gas: str) -> str:
    filled = "gas filled" if gas == "filled" else ""
    return ", ".join(text for text in (panes, glass[0] if glass else "", FRAMES[frame], filled) if text)


def glazing(*, u_factor: float, shgc: float, skylight: bool = False) -> Unit:
    """The listed unit with exactly these figures, else a rated one."""
    part: Literal["window", "skylight"] = "skylight" if skylight else "window"
    found = next((u for u in units() if (u.part, u.u_factor, u.shgc) == (part, u_factor, shgc)), None)
    return found or Unit(
        number=f"{'KR' if skylight else 'GR'}-{u_factor:.2f}/{shgc:.2f}",
        part=part,
        what="by its rating",
        u_factor=u_factor,
        shgc=shgc,
        listed=False,
        source="U and SHGC as rated or required",
    )


def door(*, u_factor: float) -> Unit:
    """The listed door with this U, else a rated one."""
    found = next((unit for unit in units() if unit.part == "door" and unit.u_factor == u_factor), None)
    return found or Unit(
        number=f"DR-{u_factor:.2f}",
        part="door",
        what="by its rating",
        u_factor=u_factor,
        listed=False,
        source="U as rated or required",
    )
