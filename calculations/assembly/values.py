"""The facts of a completed building as typed numbers and words, and the constructions that follow from them."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationError

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Frozen
from blueprints.plan.building import Building
from calculations.library import opaque
from calculations.library.opaque import Assembly
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
    def wall(self) -> Assembly:
        """Walls to outdoors."""
        return opaque.wall(nominal_r=self.wall_r, framing=self.wall_framing, finish=self.wall_finish)

    @property
    def partition(self) -> Assembly:
        """Walls to a garage or another space inside the building."""
        return opaque.partition(nominal_r=self.wall_r, framing=self.wall_framing)

    @property
    def attic_ceiling(self) -> Assembly:
        """Ceilings under an attic; bare where the roof is insulated (unvented)."""
        return opaque.attic_ceiling(nominal_r=0.0 if self.roof_kind == "unvented_attic" else self.ceiling_r)

    @property
    def cathedral(self) -> Assembly:
        """Roof-ceilings over rooms, and insulated roof decks."""
        return opaque.cathedral(nominal_r=self.ceiling_r)

    @property
    def floor_over_space(self) -> Assembly:
        """Framed floors over a crawlspace, basement or garage."""
        return opaque.floor(nominal_r=self.floor_r, outdoors=False)

    @property
    def floor_over_outdoors(self) -> Assembly:
        """Framed floors over open air."""
        return opaque.floor(nominal_r=self.floor_r, outdoors=True)


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
