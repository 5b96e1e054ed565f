"""Glass and what hangs before or behind it: ratings, shades, screens, storm windows, overhangs."""

from __future__ import annotations

from typing import Any

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.reader import Reader, built
from calculations.hpxml.words import GLASS, SHADE_COLOURS, SHADE_KINDS
from calculations.library.glass import window_described
from calculations.library.schema import Glass
from calculations.manualj.house import GlassType, InsectScreen, InteriorShade, Overhang

SUN_SCREENS = frozenset({"solar screens", "solar film"})
HALF, FULL = 0.5, 1.0
OPERABLE = 0.67  # share of windows that open when nothing is said; screens cover that share
OTHER_SHADE = 0.5  # transmission of a shade of another kind


def ratings(reader: Reader, node: Node) -> tuple[float, float]:
    """U-factor and SHGC as given, else by panes, frame and glass."""
    u_factor, shgc = node.number("UFactor", low=0), node.number("SHGC", low=0, high=1)
    if u_factor is not None and shgc is not None:
        return u_factor, shgc
    row = described(node)
    if row is None:
        missing = "UFactor" if u_factor is None else "SHGC"
        raise HpxmlRejected("hpxml_invalid", path=f"{node.path}/{missing}", detail="missing")
    reader.notes.add("hpxml_assumed", node, f"U {row.u} and SHGC {row.shgc} of construction {row.number}")
    return (row.u if u_factor is None else u_factor), (row.shgc if shgc is None else shgc)


def described(node: Node) -> Glass | None:
    """The row of the library that fits the description, or None."""
    panes, glass = node.word("GlassLayers"), node.word("GlassType") or "clear"
    default_gas = "filled" if panes == "triple-pane" or "low-e" in glass else "air"
    gas = {None: default_gas, "air": "air"}.get(node.word("GasFill"), "filled")
    return window_described(panes=panes or "", frame=frame_of(node), glass=glass, gas=gas)


def frame_of(node: Node) -> str | None:
    """metal, metal_break or other; None if no frame is named."""
    holder = node.at("FrameType")
    if holder is None or not holder.children:
        return None
    frame = holder.children[0]
    frame.used = True
    if frame.tag not in ("Aluminum", "Metal"):
        return "other"
    return "metal_break" if frame.flag("ThermalBreak") else "metal"


def glass_type(node: Node) -> GlassType | None:
    """Glass of Table 3D-4 when both panes and glass are named."""
    return GLASS.get((node.word("GlassLayers") or "", node.word("GlassType") or ""))


def interior_shade(reader: Reader, node: Node) -> tuple[InteriorShade | None, float | None]:
    """The shade inside, and the shading coefficient if one is given."""
    shades = node.all("InteriorShading")
    if not shades:
        return None, None
    for extra in shades[1:]:
        reader.notes.add("hpxml_ignored", extra, "only the first interior shade counts")
    shade, word = shades[0], shades[0].word("Type")
    coefficient = shade.number("SummerShadingCoefficient", low=0, high=1)
    coverage = shade.number("SummerFractionCovered", low=0, high=1)
    position = shade.word("BlindsSummerClosedOrOpen")
    if word == "not present":
        return InteriorShade(kind="none", coverage=0.0), coefficient
    if word == "other" and coefficient is None:
        part = HALF if coverage is None else coverage
        return None, part * OTHER_SHADE + 1.0 - part
    return shade_of(word, coverage, position), coefficient


def shade_of(word: str | None, coverage: float | None, position: str | None) -> InteriorShade | None:
    """A shade by its name ("medium blinds"); light curtains when only the coverage is known."""
    if word is None and coverage is not None:
        word = "light curtains"
    colour, _, kind = (word or "").partition(" ")
    if colour not in SHADE_COLOURS or kind not in SHADE_KINDS:
        return None
    usual = FULL if kind == "blinds" else HALF
    blinds = (
        {"closed": "closed", "open": "open"}.get(position or "", "half_open")
        if kind == "blinds"
        else "closed"
    )
    return InteriorShade.model_validate(
        {
            "kind": kind,
            "colour": colour,
            "coverage": usual if coverage is None else coverage,
            "blinds": blinds,
        }
    )


def insect_screen(node: Node) -> InsectScreen | None:
    """The insect screen; outside unless said otherwise, over the part that opens."""
    screen = node.at("InsectScreen")
    operable = node.number("FractionOperable", low=0, high=1)
    if screen is None:
        return None
    coverage = screen.number("SummerFractionCovered", low=0, high=1)
    if coverage is None:
        coverage = OPERABLE if operable is None else operable
    inside = screen.word("Location") == "interior"
    return InsectScreen(location="inside" if inside else "outside", coverage=coverage)


def exterior_shade(reader: Reader, node: Node) -> dict[str, Any]:  # fields of Window
    """Sun screens and films, and shading factors given as numbers; other shading is reported."""
    fields: dict[str, Any] = {"sun_screen": False, "exterior_factor": 1.0}
    for shade in node.all("ExteriorShading"):
        word, factor = shade.word("Type"), shade.number("SummerShadingCoefficient", low=0, high=1)
        coverage = shade.number("SummerFractionCovered", low=0, high=1)
        if word in SUN_SCREENS:
            fields["sun_screen"] = coverage != 0
            if coverage not in (None, 0.0, 1.0):
                reader.notes.add("hpxml_ignored", shade, "a partial sun screen counts as a full one")
        elif factor is not None:
            fields["exterior_factor"] *= factor
        elif word not in (None, "not present", "unknown"):
            reader.notes.add("hpxml_ignored", shade, f"{word} without a shading coefficient is not counted")
    return fields


def storm(reader: Reader, node: Node) -> str | None:
    """Storm window: clear or low_e."""
    part = node.at("StormWindow")
    if part is None:
        return None
    word = part.word("GlassType")
    if word not in ("clear", "low-e"):
        reader.notes.add("hpxml_assumed", part, "glass of the storm window not given; taken as clear")
    return "low_e" if word == "low-e" else "clear"


def overhang(node: Node) -> Overhang | None:
    """The overhang, if it reaches out at all."""
    part = node.at("Overhangs")
    if part is None:
        return None
    depth = part.must_number("Depth", low=0)
    top, bottom = part.number("DistanceToTopOfWindow", low=0), part.number("DistanceToBottomOfWindow", low=0)
    if depth == 0:
        return None
    if top is None or bottom is None:
        raise HpxmlRejected(
            "hpxml_invalid", path=part.path, detail="distance to top or bottom of window missing"
        )
    if bottom <= top:
        raise HpxmlRejected(
            "hpxml_invalid", path=part.path, detail=f"bottom {bottom:g} ft not below top {top:g} ft"
        )
    return built(Overhang, part.path, depth_ft=depth, to_top_ft=top, to_bottom_ft=bottom)
