"""Where a value comes from: the types that carry provenance through all stages."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

Source = Literal["read", "given", "assumed", "derived"]
BBox = tuple[float, float, float, float]
Point = tuple[float, float]


class Frozen(BaseModel):
    """Base of every model that crosses a border: immutable, closed, finite numbers only."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Where(Frozen):
    """A place on the plan: 1-based page and box in PDF points of the unrotated page, y down from the top."""

    page: int = Field(ge=1)
    bbox: BBox


class Sourced(Frozen, Generic[T]):
    """A value and why we believe it.

    `read` has a place on the sheet, `given` came from a person, `assumed` names its rule in `note`,
    `derived` was computed from other values. `value` None means: not known, and not guessed.
    """

    value: T | None = None
    unit: str = ""
    source: Source = "assumed"
    where: Where | None = None
    confidence: float = Field(default=0.0, ge=0, le=1)
    note: str = ""

    @property
    def known(self) -> bool:
        """True when there is a value."""
        return self.value is not None

    def required(self) -> T:
        """The value; raises ValueError when it is not known."""
        if self.value is None:
            raise ValueError(f"value not known: {self.note}")
        return self.value


def read(value: T, *, unit: str = "", where: Where | None, confidence: float, note: str = "") -> Sourced[T]:
    """A value read from the sheet at `where`."""
    return Sourced[T](value=value, unit=unit, source="read", where=where, confidence=confidence, note=note)


def given(value: T, *, unit: str = "", note: str = "") -> Sourced[T]:
    """A value a person gave."""
    return Sourced[T](value=value, unit=unit, source="given", confidence=1.0, note=note)


def assumed(value: T, *, unit: str = "", note: str, confidence: float = 0.5) -> Sourced[T]:
    """A value from a rule or table of defaults; `note` names it."""
    return Sourced[T](value=value, unit=unit, source="assumed", confidence=confidence, note=note)


def derived(
    value: T, *, unit: str = "", confidence: float, note: str = "", where: Where | None = None
) -> Sourced[T]:
    """A value computed from others."""
    return Sourced[T](value=value, unit=unit, source="derived", where=where, confidence=confidence, note=note)


def unknown(*, unit: str = "", note: str = "") -> Sourced[T]:
    """Nothing known, and said so."""
    return Sourced[T](value=None, unit=unit, source="assumed", confidence=0.0, note=note)
