"""The library's data files, read and checked once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from autohvac.core.errors import RejectedInput
from calculations.library.schema import Constructions, Family, Fenestration, Material, Materials, Part

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def materials() -> dict[str, Material]:
    """Films and layers by name."""
    return Materials.model_validate_json((DATA / "materials.json").read_bytes()).rows


@lru_cache(maxsize=1)
def constructions() -> Constructions:
    """Opaque assemblies by family."""
    return Constructions.model_validate_json((DATA / "constructions.json").read_bytes())


@lru_cache(maxsize=1)
def fenestration() -> Fenestration:
    """Windows, skylights and doors."""
    return Fenestration.model_validate_json((DATA / "fenestration.json").read_bytes())


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Family]:
    return {family.code: family for family in constructions().families}


def family(code: str) -> Family:
    """A family by its code. Raises RejectedInput fact_invalid."""
    found = _by_code().get(code)
    if found is None:
        raise RejectedInput("fact_invalid", field="construction", value=code)
    return found


def families_of(part: Part) -> tuple[Family, ...]:
    """All families of a part of the house."""
    return tuple(one for one in constructions().families if one.part == part)


def framed(part: Part, *, framing: str) -> Family | None:
    """The family of a part with that framing, or None."""
    return next((one for one in families_of(part) if one.framing == framing), None)


def layer_r(name: str) -> float:
    """R of a layer [h·ft²·°F/Btu]."""
    value = materials()[name].r
    if value is None:
        raise ValueError(f"{name} has an R per inch")
    return value


def r_per_inch(name: str) -> float:
    """R of an inch of a material [h·ft²·°F/Btu per in]."""
    value = materials()[name].r_per_inch
    if value is None:
        raise ValueError(f"{name} is a layer of fixed R")
    return value
