"""The unconditioned spaces around the rooms, from the locations that surfaces and ducts name."""

from __future__ import annotations

from calculations.hpxml.ground import GroundParts
from calculations.hpxml.reader import Reader, built
from calculations.hpxml.surfaces import Surfaces, shell_of
from calculations.manualj.house import (
    Attic,
    Basement,
    Crawlspace,
    Garage,
    SharedSpace,
    ShellWall,
    Space,
)


def build_spaces(reader: Reader, surfaces: Surfaces, ground: GroundParts) -> tuple[Space, ...]:
    """One space for each location named in the document."""
    spaces = [build_space(reader, word, name, surfaces, ground) for word, name in reader.locations.items()]
    return tuple(spaces)


def build_space(reader: Reader, word: str, name: str, surfaces: Surfaces, ground: GroundParts) -> Space:
    """A space by its HPXML location."""
    kind, _, state = word.partition(" - ")
    where = f"{reader.details.path}/Enclosure"
    shell = shell_walls(surfaces, name, where=where)
    if kind == "attic":
        planes = tuple(surfaces.roof_planes.get(name, ()))
        if not planes:
            reader.notes.add("hpxml_assumed", f"{where}/Roofs", f"no roof over {word!r}")
        return built(
            Attic,
            where,
            id=name,
            ventilation="vented" if state == "vented" else "unvented",
            roof_planes=planes,
            shell=shell,
        )
    if kind == "garage":
        return build_garage(name, surfaces, ground, shell, where=where)
    if kind == "crawlspace" and state != "conditioned":
        vented = state == "vented"
        return built(
            Crawlspace,
            where,
            id=name,
            ventilation="vented" if vented else "unvented",
            shell=shell,
            vented_ach=vented_ach(reader) if vented else None,
        )
    if kind in ("basement", "crawlspace"):
        area = sum(slab.area_sqft for slab in ground.slabs if slab.space == name)
        return built(
            Basement,
            where,
            id=name,
            conditioned=state == "conditioned",
            floor_area_sqft=area or None,
            shell=shell,
        )
    return built(SharedSpace, where, id=name, kind=SHARED[word])


SHARED = {
    "other heated space": "heated_common",
    "other multifamily buffer space": "buffer",
    "other non-freezing space": "non_freezing",
}


def build_garage(
    name: str, surfaces: Surfaces, ground: GroundParts, shell: tuple[ShellWall, ...], *, where: str
) -> Garage:
    """The garage with what is known of its top."""
    known = surfaces.garage_roof_sqft is not None or surfaces.garage_under_rooms_sqft is not None
    return built(
        Garage,
        where,
        id=name,
        roof_sqft=(surfaces.garage_roof_sqft or 0.0) if known else None,
        under_rooms_sqft=(surfaces.garage_under_rooms_sqft or 0.0) if known else None,
        below_grade=any(wall.space == name for wall in ground.walls),
        shell=shell,
    )


def vented_ach(reader: Reader) -> float | None:
    """Air change of a vented crawlspace where the document gives one [1/h]; other units are reported."""
    for node in reader.enclosure("Foundations", "Foundation"):
        rate = node.at("VentilationRate")
        if rate is None or not node.at("FoundationType/Crawlspace"):
            continue
        if rate.word("UnitofMeasure") == "ACHnatural":
            return rate.number("Value", low=0, high=100)
        reader.notes.add("hpxml_ignored", rate, "only a natural air change is used; the usual one is taken")
    return None


def shell_walls(surfaces: Surfaces, name: str, *, where: str) -> tuple[ShellWall, ...]:
    """The surfaces of a space towards outdoors."""
    return tuple(
        built(ShellWall, where, id=part.id, kind=part.kind, area_sqft=part.area_sqft, u_factor=part.u_factor)
        for part in shell_of(surfaces.shell, name)
    )
