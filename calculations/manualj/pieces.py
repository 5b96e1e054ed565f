"""One surface's load, with the sums it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Component = Literal["windows", "skylights", "doors", "walls", "roofs", "ceilings", "floors", "slabs"]
ENVELOPE: tuple[Component, ...] = (
    "windows",
    "skylights",
    "doors",
    "walls",
    "roofs",
    "ceilings",
    "floors",
    "slabs",
)
HOURS = tuple(range(8, 20))


@dataclass(frozen=True)
class Piece:
    """Loads of one surface [Btu/h] and their formulas in numbers; `hourly` for glass only (§8)."""

    component: Component
    surface: str
    room: str
    heating_btuh: float
    cooling_btuh: float
    heating_formula: str
    cooling_formula: str
    source: str
    hourly_btuh: tuple[float, ...] = ()


def conduction(
    component: Component,
    *,
    surface: str,
    room: str,
    u_factor: float,
    area: float,
    heating_delta_f: float,
    cooling_delta_f: float,
    source: str,
) -> Piece:
    """U × area × equivalent temperature difference, each season."""
    return Piece(
        component=component,
        surface=surface,
        room=room,
        heating_btuh=u_factor * area * heating_delta_f,
        cooling_btuh=u_factor * area * cooling_delta_f,
        heating_formula=product(u_factor, area, heating_delta_f),
        cooling_formula=product(u_factor, area, cooling_delta_f),
        source=source,
    )


def product(*factors: float) -> str:
    """The factors as an engineer would write them."""
    return " × ".join(f"{factor:.5g}" for factor in factors)
