"""Which constructions of the library a completed building stands on, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from autohvac.core.evidence import Frozen, Source
from blueprints.plan.building import Building, OpeningSpec
from calculations.assembly.facts import Fact, known
from calculations.assembly.values import HouseFacts, house_facts
from calculations.library import opaque
from calculations.library.glass import Unit, door, glazing
from calculations.library.opaque import Assembly
from calculations.weather.design import number_fact

UsePart = Literal[
    "wall", "partition", "attic_ceiling", "cathedral", "floor", "floor_outdoors", "foundation_wall", "slab", "window",
    "skylight", "door",
]  # fmt: skip


class ConstructionUse(Frozen):
    """A construction in use: its number, U [Btu/h·ft²·°F], SHGC of glass, and the arithmetic where it has layers.

    `origin`: how its insulation or rating is known. `listed`: a row of the library; else computed or rated.
    `u_factor` is None for slabs.
    """

    part: UsePart
    number: str
    what: str
    u_factor: float | None
    shgc: float | None = None
    working: str = ""
    listed: bool
    origin: Source
    source: str


def constructions_of(building: Building) -> tuple[ConstructionUse, ...]:
    """Constructions of the surfaces and openings a completed building has, in the order of the form.

    Raises: RejectedInput naming the first fact that cannot be used.
    """
    facts = house_facts(building)
    return (*_glass(building), *_doors(building), *_opaque(building, facts))


def _opaque(building: Building, facts: HouseFacts) -> list[ConstructionUse]:
    uses = []
    for field, assembly, there in _candidates(building, facts):
        if there:
            uses.append(_of_assembly(assembly, origin=building.facts[field].source))
    return uses


def _candidates(building: Building, facts: HouseFacts) -> list[tuple[str, Assembly, bool]]:
    """Field that decides, construction, and whether the building has a surface of that kind."""
    inside = {room.id for room in building.rooms if room.conditioned}
    faces = {(surface.kind, surface.adjacent) for surface in building.surfaces if surface.room in inside}
    walls = {adjacent for kind, adjacent in faces if kind == "wall"}
    tops = {adjacent for kind, adjacent in faces if kind in ("ceiling", "roof")}
    bottoms = {adjacent for kind, adjacent in faces if kind in ("floor", "slab", "basement_floor")}
    attic_above = "attic" in tops and facts.roof_kind != "cathedral"
    on_slab = facts.foundation == "slab" and "ground" in bottoms
    over_space = bool(bottoms & {"crawlspace", "unconditioned_basement", "garage"})
    over_space = over_space or (
        "ground" in bottoms and facts.foundation not in ("slab", "conditioned_basement")
    )
    cellar = facts.foundation in ("conditioned_basement", "sealed_crawlspace") or "ground" in walls
    return [
        ("wall_r", facts.wall, "outdoors" in walls),
        ("wall_r", facts.partition, bool(walls - {"outdoors", "ground", "conditioned"})),
        ("basement_wall_r", opaque.foundation_wall(nominal_r=facts.basement_wall_r), cellar),
        ("ceiling_r", facts.attic_ceiling, attic_above),
        ("ceiling_r", facts.cathedral, bool(tops) and (not attic_above or "outdoors" in tops)),
        ("floor_r", facts.floor_over_space, over_space),
        ("floor_r", facts.floor_over_outdoors, "outdoors" in bottoms),
        ("slab_r", opaque.slab(edge_r=facts.slab_r), on_slab),
    ]


def _of_assembly(assembly: Assembly, *, origin: Source) -> ConstructionUse:
    return ConstructionUse.model_validate(
        {
            "part": assembly.part,
            "number": assembly.number,
            "what": assembly.what,
            "u_factor": assembly.u_factor,
            "working": assembly.working(),
            "listed": assembly.listed,
            "origin": origin,
            "source": assembly.source,
        }
    )


def _glass(building: Building) -> list[ConstructionUse]:
    kinds = ("window", "glass_door", "skylight")
    found = [
        o for o in building.openings if o.kind in kinds and o.exterior and o.u_factor.known and o.shgc.known
    ]
    return _unlike(
        (
            glazing(u_factor=o.u_factor.required(), shgc=o.shgc.required(), skylight=o.kind == "skylight"),
            o,
        )
        for o in found
    )


def _doors(building: Building) -> list[ConstructionUse]:
    found = [o for o in building.openings if o.kind == "door" and o.u_factor.known]
    return _unlike((door(u_factor=o.u_factor.required()), o) for o in found)


def _unlike(found: Iterable[tuple[Unit, OpeningSpec]]) -> list[ConstructionUse]:
    """One line for each unit and origin, in the order they are met."""
    uses = {
        (unit.number, opening.u_factor.source): (unit, opening) for unit, opening in reversed(list(found))
    }
    return [
        ConstructionUse(
            part=unit.part,
            number=unit.number,
            what=unit.what,
            u_factor=unit.u_factor,
            shgc=unit.shgc,
            listed=unit.listed,
            origin=opening.u_factor.source,
            source=unit.source,
        )
        for unit, opening in reversed(list(uses.values()))
    ]


# --- notes -------------------------------------------------------------------------------------------------


def named_facts(building: Building, *, before: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts, those assumed now with the number of the construction they stand for at the head of their note."""
    numbers = _numbers(house_facts(building), building.facts)
    facts = dict(building.facts)
    for field, (number, what) in numbers.items():
        fact = facts[field]
        if fact.source == "assumed" and not known(before, field):
            facts[field] = fact.model_copy(update={"note": f"construction {number} ({what}); {fact.note}"})
    return facts


def _numbers(facts: HouseFacts, given: Mapping[str, Fact]) -> dict[str, tuple[str, str]]:
    roof = facts.attic_ceiling if facts.roof_kind == "vented_attic" else facts.cathedral
    opaque_parts = {
        "wall_r": facts.wall,
        "ceiling_r": roof,
        "floor_r": facts.floor_over_space,
        "slab_r": opaque.slab(edge_r=facts.slab_r),
        "basement_wall_r": opaque.foundation_wall(nominal_r=facts.basement_wall_r),
    }
    window = glazing(u_factor=_rating(given, "window_u"), shgc=_rating(given, "window_shgc"))
    leaf = door(u_factor=_rating(given, "door_u"))
    named = {name: (one.number, one.what) for name, one in opaque_parts.items()}
    units = {"window_u": window, "window_shgc": window, "door_u": leaf}
    return {**named, **{name: (unit.number, unit.what) for name, unit in units.items()}}


def _rating(given: Mapping[str, Fact], field: str) -> float:
    fact = number_fact(given, field)
    if fact is None:
        raise ValueError(f"the building was not completed: {field}")
    return fact.required()
