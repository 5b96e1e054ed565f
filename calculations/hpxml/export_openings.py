"""Windows, skylights and doors as HPXML elements."""

from __future__ import annotations

from typing import Final

from lxml import etree

from calculations.hpxml.words import GLASS
from calculations.hpxml.writing import Writer, add_azimuth, element, inverse, optional
from calculations.manualj.house import Door, InteriorShade, Skylight, Window

GLASS_WORDS: Final = {ours: words for words, ours in reversed(GLASS.items())}
LEAST_SHGC, MOST_SHGC = 0.01, 0.99


def add_glass(writer: Writer, node: etree._Element, name: str, glass: Window | Skylight) -> None:
    """Panes, ratings and the shade inside: common to windows and skylights."""
    panes, kind = GLASS_WORDS[glass.glass_type] if glass.glass_type else (None, None)
    optional(node, "GlassLayers", panes)
    optional(node, "GlassType", kind)
    element(node, "UFactor", glass.u_factor)
    element(node, "SHGC", min(max(glass.shgc, LEAST_SHGC), MOST_SHGC))
    if isinstance(glass, Window):
        add_outer_shade(writer, node, name, glass)
    if glass.interior_shade is not None or glass.isc is not None:
        shade = element(node, "InteriorShading")
        element(shade, "SystemIdentifier", id=writer.ids.new(f"{name}_shade"))
        add_shade(shade, glass.interior_shade)
        optional(shade, "SummerShadingCoefficient", glass.isc)


def add_shade(node: etree._Element, shade: InteriorShade | None) -> None:
    """The shade's words."""
    if shade is None:
        return
    if shade.kind == "none":
        element(node, "Type", "not present")
        return
    element(node, "Type", f"{shade.colour} {shade.kind}")
    if shade.kind == "blinds":
        element(node, "BlindsSummerClosedOrOpen", shade.blinds.replace("_", " "))
    element(node, "SummerFractionCovered", shade.coverage)


def add_outer_shade(writer: Writer, node: etree._Element, name: str, window: Window) -> None:
    """Sun screen or shading factor outside."""
    if not window.sun_screen and window.exterior_factor == 1.0:
        return
    shade = element(node, "ExteriorShading")
    element(shade, "SystemIdentifier", id=writer.ids.new(f"{name}_outer_shade"))
    element(shade, "Type", "solar screens" if window.sun_screen else "other")
    if not window.sun_screen:
        element(shade, "SummerShadingCoefficient", window.exterior_factor)


def add_storm(writer: Writer, node: etree._Element, name: str, kind: str | None) -> None:
    """A storm window."""
    if kind is not None:
        storm = element(node, "StormWindow")
        element(storm, "SystemIdentifier", id=writer.ids.new(f"{name}_storm"))
        element(storm, "GlassType", "low-e" if kind == "low_e" else "clear")


def add_window(writer: Writer, holder: etree._Element, window: Window) -> None:
    """A window or glass door."""
    node, name = writer.start(holder, "Window", "windows", window.id)
    element(node, "Area", window.area_sqft)
    add_azimuth(node, window.azimuth_deg, orientation_first=False)
    add_glass(writer, node, name, window)
    screen, overhang = window.insect_screen, window.overhang
    if screen is not None:
        part = element(node, "InsectScreen")
        element(part, "SystemIdentifier", id=writer.ids.new(f"{name}_screen"))
        element(part, "Location", "interior" if screen.location == "inside" else "exterior")
        element(part, "SummerFractionCovered", screen.coverage)
    add_storm(writer, node, name, window.storm)
    if overhang is not None and overhang.depth_ft > 0 and overhang.to_bottom_ft > overhang.to_top_ft:
        part = element(node, "Overhangs")
        element(part, "Depth", overhang.depth_ft)
        element(part, "DistanceToTopOfWindow", overhang.to_top_ft)
        element(part, "DistanceToBottomOfWindow", overhang.to_bottom_ft)
    if window.wall in writer.surfaces:
        element(node, "AttachedToWall", idref=writer.surfaces[window.wall or ""])


def add_skylight(writer: Writer, holder: etree._Element, skylight: Skylight) -> None:
    """A skylight with curb and shaft."""
    node, name = writer.start(holder, "Skylight", "skylights", skylight.id)
    element(node, "Area", skylight.area_sqft)
    add_azimuth(node, skylight.azimuth_deg, orientation_first=False)
    add_glass(writer, node, name, skylight)
    add_storm(writer, node, name, skylight.storm)
    if skylight.dome:
        element(node, "SkylightType", "dome")
    element(node, "Pitch", skylight.pitch_in_per_ft)
    if skylight.roof in writer.surfaces:
        element(node, "AttachedToRoof", idref=writer.surfaces[skylight.roof or ""])
    if skylight.ceiling in writer.surfaces:
        element(node, "AttachedToFloor", idref=writer.surfaces[skylight.ceiling or ""])
    wells = (
        ("Curb", skylight.curb_sqft, skylight.curb_u_factor),
        ("Shaft", skylight.shaft_sqft, skylight.shaft_u_factor),
    )
    shown = [(kind, area, u_factor) for kind, area, u_factor in wells if u_factor is not None]
    extension = element(node, "extension") if shown else None
    for kind, area, u_factor in shown if extension is not None else ():
        part = element(extension, kind)
        element(part, "Area", area)
        element(part, "AssemblyEffectiveRValue", max(inverse(u_factor), 0.01))


def add_door(writer: Writer, holder: etree._Element, door: Door) -> None:
    """An opaque door."""
    node, _ = writer.start(holder, "Door", "doors", door.id)
    if door.wall in writer.surfaces:
        element(node, "AttachedToWall", idref=writer.surfaces[door.wall or ""])
    element(node, "Area", door.area_sqft)
    element(node, "RValue", max(inverse(door.u_factor), 0.01))
