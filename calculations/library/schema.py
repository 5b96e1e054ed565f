"""The shape of the library's data files: closed, with limits, checked once when they are read."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from autohvac.core.evidence import Frozen

Part = Literal[
    "wall", "partition", "attic_ceiling", "cathedral", "roof_deck", "floor", "floor_outdoors", "foundation_wall",
    "slab",
]  # fmt: skip
Calculation = Literal["parallel_path", "effective_cavity", "series", "log", "joists_covered", "ground"]
Frame = Literal["metal", "metal_break", "other", "any"]
Panes = Literal["single-pane", "double-pane", "triple-pane", "glass block"]

R = Annotated[float, Field(ge=0, le=80)]
U = Annotated[float, Field(gt=0, le=2.5)]
Share = Annotated[float, Field(ge=0, le=0.5)]
Depth = Annotated[float, Field(gt=0, le=16)]
Text = Annotated[str, Field(min_length=1)]


class Material(Frozen):
    """A layer of fixed R [h·ft²·°F/Btu], or a material by the inch."""

    what: Text
    r: R | None = None
    r_per_inch: R | None = None
    source: Text

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.r is None) == (self.r_per_inch is None):
            raise ValueError("either r or r_per_inch")
        return self


class Materials(Frozen):
    """data/materials.json."""

    table: Text
    unit: Text
    checked_by: Text
    rows: dict[str, Material]


class Insulation(Frozen):
    """One listed insulation of a family, with the U a code or book prints for it where there is one."""

    cavity_r: R
    continuous_r: R = 0.0
    published_u: U | None = None
    published_by: str = ""


class Family(Frozen):
    """Assemblies that differ by insulation alone: layers without it, and how its U is computed.

    `depth_in`: of the framing member. `cavity_max_r`: more than the cavity holds is continuous insulation
    beside `cavity_usual_r`. `default_r`: where nothing is said. `engine`: wall construction of the load
    method, with siding and with masonry veneer.
    """

    code: Text
    what: Text
    part: Part
    method: Calculation
    layers: tuple[str, ...]
    source: Text
    framing: str = ""
    framing_share: Share = 0.0
    depth_in: Depth | None = None
    cavity_max_r: R | None = None
    cavity_usual_r: R | None = None
    empty_cavity: Literal["air_space", "none"] = "air_space"
    effective_r: tuple[tuple[float, float], ...] = ()
    default_r: R | None = None
    bare: str = "no insulation"
    engine: tuple[str, str] | None = None
    rows: tuple[Insulation, ...] = Field(min_length=1)


class Constructions(Frozen):
    """data/constructions.json."""

    table: Text
    unit: Text
    numbers: Text
    checked_by: Text
    finishes: dict[str, str]
    families: tuple[Family, ...]


class Glass(Frozen):
    """A window by panes, frame, glass and gas."""

    number: Text
    panes: Panes
    frame: Frame
    glass: tuple[str, ...]
    gas: Literal["air", "filled", "any"]
    u: U
    shgc: Annotated[float, Field(ge=0, le=1)]


class CodeGlass(Frozen):
    """A window or skylight of a code's default table."""

    number: Text
    part: Literal["window", "skylight"]
    panes: Panes
    frame: Frame
    glass: tuple[str, ...]
    u: U
    shgc: Annotated[float, Field(ge=0, le=1)]


class DoorKind(Frozen):
    """A door of a code's default table."""

    number: Text
    what: Text
    u: U


class Fenestration(Frozen):
    """data/fenestration.json."""

    table: Text
    unit: Text
    numbers: Text
    checked_by: Text
    sources: dict[str, str]
    note: str
    by_description: tuple[Glass, ...]
    code_defaults: tuple[CodeGlass, ...]
    doors: tuple[DoorKind, ...]
