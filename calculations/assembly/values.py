"""The facts of a completed building as typed numbers and words, and the U-factors that follow from them."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationError

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from calculations.defaults.assemblies import attic_ceiling_u, cathedral_u, floor_u, partition_u, wall_u
from calculations.weather.design import number_fact, word_fact

Foundation = Literal[
    "slab", "vented_crawlspace", "sealed_crawlspace", "unconditioned_basement", "conditioned_basement"
]


class HouseFacts(Frozen):
    """Facts of FIELDS by name; a number in the unit of its name, a word from the list beside FIELDS."""

    bedrooms: float
    occupants: float
    foundation: Foundation
    wall_r: float
    wall_framing: Literal["wood_2x4", "wood_2x6", "steel", "block", "icf", "log"]
    wall_finish: Literal["siding", "stucco", "brick"]
    ceiling_r: float
    roof_kind: Literal["vented_attic", "unvented_attic", "cathedral"]
    roof_colour: Literal["dark", "medium", "light", "white"]
    floor_r: float
    slab_r: float
    basement_wall_r: float
    window_shade: str
    insect_screens: Literal["none", "half", "full"]
    overhang_ft: float
    leakage_class: Literal["very_tight", "tight", "average", "leaky", "very_leaky"] | None = None
    ach50: float | None = None
    ventilation: Literal["none", "exhaust", "supply", "balanced", "hrv", "erv"]
    ventilation_cfm: float
    duct_location: Literal["inside", "attic", "crawlspace", "basement", "garage"]
    duct_r: float
    duct_leakage: Literal["sealed", "not_sealed"]
    attached: Literal["detached", "attached"]
    appliances_btuh: float

    @property
    def above_grade_wall_u(self) -> float:
        """U of walls to outdoors [Btu/h·ft²·°F]."""
        return wall_u(nominal_r=self.wall_r, framing=self.wall_framing, finish=self.wall_finish)

    @property
    def inside_wall_u(self) -> float:
        """U of walls to a garage or another space inside the building [Btu/h·ft²·°F]."""
        return partition_u(nominal_r=self.wall_r, framing=self.wall_framing)

    @property
    def attic_ceiling_u(self) -> float:
        """U of ceilings under an attic [Btu/h·ft²·°F]; bare where the roof is insulated (unvented)."""
        return attic_ceiling_u(nominal_r=0.0 if self.roof_kind == "unvented_attic" else self.ceiling_r)

    @property
    def cathedral_u(self) -> float:
        """U of roof-ceilings over rooms [Btu/h·ft²·°F]."""
        return cathedral_u(nominal_r=self.ceiling_r)

    @property
    def floor_over_space_u(self) -> float:
        """U of framed floors over a crawlspace, basement or garage [Btu/h·ft²·°F]."""
        return floor_u(nominal_r=self.floor_r)

    @property
    def floor_over_outdoors_u(self) -> float:
        """U of framed floors over open air [Btu/h·ft²·°F]."""
        return floor_u(nominal_r=self.floor_r, below="outdoors")


NUMBERS = (
    "bedrooms", "occupants", "wall_r", "ceiling_r", "floor_r", "slab_r", "basement_wall_r", "overhang_ft",
    "ach50", "ventilation_cfm", "duct_r", "appliances_btuh",
)  # fmt: skip


def house_facts(building: Building) -> HouseFacts:
    """The facts of a completed building, checked. Raises RejectedInput naming the first bad one."""
    values: dict[str, float | str | None] = {}
    for name in HouseFacts.model_fields:
        fact = number_fact(building.facts, name) if name in NUMBERS else word_fact(building.facts, name)
        values[name] = None if fact is None else fact.value
    try:
        return HouseFacts.model_validate(values)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise RejectedInput("fact_invalid", field=field, value=values.get(field)) from None
