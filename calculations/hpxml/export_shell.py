"""What surrounds unconditioned spaces as HPXML elements: framed walls, roofs, and openings in their walls."""

from __future__ import annotations

from math import fsum

from lxml import etree

from calculations.hpxml.writing import Writer, add_insulation, element, inverse, location
from calculations.manualj.house import Attic, Basement, Crawlspace, Garage, House, ShellWall

Shelled = Attic | Garage | Crawlspace | Basement
FLAT = 0.0


def shelled(house: House) -> list[Shelled]:
    """The spaces that have walls of their own."""
    return [space for space in house.spaces if isinstance(space, Attic | Garage | Crawlspace | Basement)]


def first_wall(space: Shelled) -> ShellWall | None:
    """The framed wall that the space's openings are written into."""
    return next((part for part in space.shell if part.kind == "wall"), None)


def host_of(house: House, space: Shelled) -> str | None:
    """The wall an opening of the space is attached to: its first framed wall, else a foundation wall."""
    wall = first_wall(space)
    if wall is not None:
        return wall.id
    foundation = (wall.id for wall in house.foundation_walls if wall.space == space.id and wall.room is None)
    return next(foundation, None)


def walls_of(house: House, space: Shelled) -> list[ShellWall]:
    """Parts written as walls; an opening or roof that HPXML has no place for is among them."""
    placed = {part.id for part in (*openings_of(house, space), *roofs_of(space))}
    return [part for part in space.shell if part.id not in placed]


def openings_of(house: House, space: Shelled) -> list[ShellWall]:
    """Parts written as doors of the space's wall."""
    attached = host_of(house, space) is not None
    return [part for part in space.shell if part.kind == "opening" and attached]


def roofs_of(space: Shelled) -> list[ShellWall]:
    """Parts written as roofs; those over attics and garages are the space's own."""
    below = isinstance(space, Crawlspace | Basement)
    return [part for part in space.shell if part.kind == "roof" and below]


def add_shell_walls(writer: Writer, holder: etree._Element) -> None:
    """The framed walls, the one with openings at its gross area."""
    for space in shelled(writer.house):
        first, openings = first_wall(space), openings_of(writer.house, space)
        for part in walls_of(writer.house, space):
            taken = [opening.area_sqft for opening in openings] if part is first else []
            _add_wall(writer, holder, space, part, area=fsum((part.area_sqft, *taken)))


def _add_wall(
    writer: Writer, holder: etree._Element, space: Shelled, part: ShellWall, *, area: float
) -> None:
    node, name = writer.start(holder, "Wall", "shell", part.id)
    writer.surfaces.setdefault(part.id, name)
    element(node, "ExteriorAdjacentTo", "outside")
    element(node, "InteriorAdjacentTo", location(writer.house, space.id))
    element(element(node, "WallType"), "WoodStud")
    element(node, "Area", area)
    add_insulation(node, writer.ids.new(f"{name}_insulation"), part.u_factor)


def add_shell_roofs(writer: Writer, holder: etree._Element) -> None:
    """Roofs over crawlspaces and basements."""
    for space in shelled(writer.house):
        for part in roofs_of(space):
            node, name = writer.start(holder, "Roof", "shell", part.id)
            element(node, "InteriorAdjacentTo", location(writer.house, space.id))
            element(node, "Area", part.area_sqft)
            element(node, "Pitch", FLAT)
            add_insulation(node, writer.ids.new(f"{name}_insulation"), part.u_factor)


def add_shell_openings(writer: Writer, holder: etree._Element) -> None:
    """Openings in the walls of unconditioned spaces, as doors: area and U are all they bear."""
    for space in shelled(writer.house):
        host = host_of(writer.house, space)
        for part in openings_of(writer.house, space):
            node, _ = writer.start(holder, "Door", "shell", part.id)
            element(node, "AttachedToWall", idref=writer.surfaces[host or ""])
            element(node, "Area", part.area_sqft)
            element(node, "RValue", max(inverse(part.u_factor), 0.01))
