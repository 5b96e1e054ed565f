"""Duct loads by Table 7 and Worksheet G (§12.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from calculations.manualj.errors import InvalidHouse
from calculations.manualj.house import DuctTable
from calculations.manualj.lookup import grid, interpolate, interpolate_grid, keys, numbers, words

FILE = "ducts"
BY_STOREYS = ("7K", "7L")  # these two scale with the storeys, not with duct area


@dataclass(frozen=True)
class DuctFactors:
    """Share of the heating and sensible subtotals, and latent gain in Btu/h."""

    heating: float = 0.0
    cooling: float = 0.0
    latent_btuh: float = 0.0

    def __add__(self, other: DuctFactors) -> DuctFactors:
        """Ducts in two places: factors add (§12.1)."""
        return DuctFactors(
            self.heating + other.heating, self.cooling + other.cooling, self.latent_btuh + other.latent_btuh
        )


def table_codes() -> tuple[str, ...]:
    """The tables that can be named."""
    return keys(FILE, "tables")


def _axis(name: str) -> tuple[float, ...]:
    return numbers(FILE, "axes", name)


def _by_area(code: str, quantity: str, *, axis: str, at: float, area: float) -> float:
    values = grid(FILE, "tables", code, quantity)
    return interpolate_grid(_axis(axis), _axis("floor_area_sqft"), values, row=at, column=area)


def _level(leakage: str) -> int:
    return words(FILE, "axes", "leakage").index(leakage)


def _factor(code: str, quantity: str, *, axis: str, at: float, area: float) -> float:
    """BHLF or BSGF; past the table it stops at zero, where going on would turn a loss into a gain."""
    found = _by_area(code, quantity, axis=axis, at=at, area=area)
    low, high = _axis(axis)[0], _axis(axis)[-1]
    small, large = _axis("floor_area_sqft")[0], _axis("floor_area_sqft")[-1]
    edge = _by_area(code, quantity, axis=axis, at=min(max(at, low), high), area=min(max(area, small), large))
    return found if found * edge > 0 else 0.0


def _by_r(code: str, quantity: str, *, r_value: float) -> float:
    """R correction; the line through R-6 and R-8 is not followed below zero."""
    return max(interpolate(_axis("duct_r"), numbers(FILE, "tables", code, quantity), r_value), 0.0)


def _leakage(code: str, quantity: str, *, leakage: str, r_value: float) -> float:
    levels = grid(FILE, "tables", code, quantity)[_level(leakage)]
    return max(interpolate(_axis("duct_r"), levels, r_value), 0.0)


def area_adjustments(duct: DuctTable, *, code: str, storeys: float) -> tuple[float, float]:
    """SAA and LGA: how the ducts outside compare with the table's (Worksheet G)."""
    if code in BY_STOREYS:
        return storeys, storeys
    if duct.supply_area_sqft is not None and duct.return_area_sqft is not None:
        supply, return_ = (
            interpolate(
                _axis("floor_area_sqft"),
                [row[i] for row in grid(FILE, "tables", code, "areas")],
                duct.lookup_area_sqft,
            )
            for i in (0, 1)
        )
        ks, kr = grid(FILE, "tables", code, "ks_kr")[_level(duct.leakage)]
        of_supply = duct.supply_area_sqft / supply if supply > 0 else 0.0
        of_return = duct.return_area_sqft / return_ if return_ > 0 else 0.0
        return ks * of_supply + kr * of_return, of_return
    share = 1.0 if duct.outside_fraction is None else duct.outside_fraction
    return share, share


def table_factors(
    duct: DuctTable, *, code: str, heating_db_f: float, cooling_db_f: float, grains: float, storeys: float
) -> DuctFactors:
    """EHLF, ESGF and ELG of one Table 7 entry."""
    area, r_value = duct.lookup_area_sqft, duct.r_value
    saa, lga = area_adjustments(duct, code=code, storeys=storeys)
    heating = (
        _factor(code, "bhlf", axis="heating_outdoor_f", at=heating_db_f, area=area)
        * _by_r(code, "heat_r", r_value=r_value)
        * _leakage(code, "heat_leakage", leakage=duct.leakage, r_value=r_value)
    )
    cooling = (
        _factor(code, "bsgf", axis="cooling_outdoor_f", at=cooling_db_f, area=area)
        * _by_r(code, "gain_r", r_value=r_value)
        * _leakage(code, "gain_leakage", leakage=duct.leakage, r_value=r_value)
    )
    latent = _by_area(code, "blg", axis="grains", at=grains, area=area)
    latent *= numbers(FILE, "tables", code, "latent_leakage")[_level(duct.leakage)]
    return DuctFactors(
        heating=heating * saa if duct.heating else 0.0,
        cooling=cooling * saa if duct.cooling else 0.0,
        latent_btuh=latent * lga if duct.cooling else 0.0,
    )


def code_of(duct: DuctTable, *, attic_base_f: float | None) -> str | None:
    """The table named, or the documented one closest to the place; None inside. Raises InvalidHouse."""
    if duct.code is not None:
        if duct.code not in table_codes():
            raise InvalidHouse("ducts.code", duct.code, ", ".join(table_codes()))
        return duct.code
    if duct.location == "inside":
        return None
    suffix = "-R" if duct.layout == "radial" else "-T"
    if duct.location == "attic":
        return _attic_letter(attic_base_f) + suffix
    closest = {
        "outdoors": "7G" + suffix,
        "garage": "7G" + suffix,
        "crawlspace": "7I",
        "basement": "7I",
        "under_slab": "7J-1",
    }
    if duct.location not in closest:
        raise InvalidHouse("ducts", duct.location, "a Table 7 code, or a location")
    return closest[duct.location]


def _attic_letter(attic_base_f: float | None) -> str:
    """Tables 7A to 7F follow the attic temperature at 95 °F outdoors."""
    classes = ((150.0, "7A"), (130.0, "7B"), (120.0, "7C"), (110.0, "7D"), (105.0, "7E"), (95.0, "7F"))
    base = 120.0 if attic_base_f is None else attic_base_f
    return min(classes, key=lambda entry: abs(entry[0] - base))[1]


def total_factors(parts: Iterable[DuctFactors]) -> DuctFactors:
    """Sum over all places."""
    return sum(parts, DuctFactors())
