"""HPXML's vocabulary beside the engine's. Pure tables; what is missing here is reported by the caller."""

from __future__ import annotations

from typing import Final

from calculations.manualj.house import (
    Colour,
    FoundationMaterial,
    GlassType,
    Leakiness,
    RoofMaterial,
    ShadeColour,
    ShadeKind,
    VentilationKind,
    WallConstruction,
)

ORIENTATIONS: Final = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
COLOURS: Final[dict[str, Colour]] = {
    "white": "white",
    "reflective": "white",
    "light": "light",
    "medium light": "medium_light",
    "medium": "medium",
    "medium dark": "medium_dark",
    "dark": "dark",
}
WALL_ABSORPTANCE: Final[dict[Colour, float]] = {
    "dark": 0.95,
    "medium_dark": 0.85,
    "medium": 0.70,
    "medium_light": 0.60,
    "light": 0.50,
    "white": 0.30,
}
SHINGLE_ABSORPTANCE: Final[dict[Colour, float]] = {
    "dark": 0.92,
    "medium_dark": 0.89,
    "medium": 0.85,
    "light": 0.75,
    "white": 0.50,
}
SMOOTH_ABSORPTANCE: Final[dict[Colour, float]] = {
    "dark": 0.90,
    "medium_dark": 0.83,
    "medium": 0.75,
    "light": 0.60,
    "white": 0.30,
}
ROOFS: Final[dict[str, RoofMaterial]] = {
    "shingles": "shingle",
    "asphalt or fiberglass shingles": "shingle",
    "wood shingles or shakes": "wood",
    "slate or tile shingles": "tile",
    "concrete": "tile",
    "metal surfacing": "metal",
    "plastic/rubber/synthetic sheeting": "membrane",
    "expanded polystyrene sheathing": "membrane",
    "cool roof": "membrane",
}
MASONRY_SIDING: Final = frozenset({"brick veneer", "stone veneer"})
WALLS: Final[dict[str, tuple[WallConstruction, WallConstruction]]] = {  # other siding, brick or stone veneer
    "WoodStud": ("wood_stud_siding", "wood_stud_masonry"),
    "SteelFrame": ("steel_stud_siding", "steel_stud_masonry"),
    "DoubleWoodStud": ("double_stud_siding", "double_stud_masonry"),
    "StructuralInsulatedPanel": ("sip_siding", "sip_masonry"),
    "ConcreteMasonryUnit": ("block", "block"),
    "InsulatedConcreteForms": ("icf", "icf"),
    "StrawBale": ("icf", "icf"),
    "SolidConcrete": ("solid_masonry", "solid_masonry"),
    "StructuralBrick": ("solid_masonry", "solid_masonry"),
    "Stone": ("solid_masonry", "solid_masonry"),
    "Adobe": ("solid_masonry", "solid_masonry"),
    "LogWall": ("log", "log"),
}
FOUNDATION_WALLS: Final[dict[str, FoundationMaterial]] = {
    "solid concrete": "concrete",
    "concrete block": "block_open",
    "concrete block solid core": "block_filled",
    "concrete block perlite core": "block_perlite",
    "concrete block foam core": "block_foam",
    "concrete block vermiculite core": "block_vermiculite",
    "double brick": "double_brick",
    "wood": "wood",
}
GLASS: Final[dict[tuple[str, str], GlassType]] = {
    ("single-pane", "clear"): "1P Clear",
    ("single-pane", "tinted"): "1P Heat Absorbing",
    ("single-pane", "tinted/reflective"): "1P Heat Absorbing",
    ("single-pane", "reflective"): "1P Reflective",
    ("double-pane", "clear"): "2P Clear",
    ("double-pane", "low-e, high-solar-gain"): "2P Low-e Option 1",
    ("double-pane", "low-e"): "2P Low-e Option 2",
    ("double-pane", "low-e, low-solar-gain"): "2P Low-e Option 3",
    ("double-pane", "tinted"): "2P Heat Absorbing",
    ("double-pane", "tinted/reflective"): "2P Heat Absorbing",
    ("double-pane", "reflective"): "2P Reflective",
    ("triple-pane", "clear"): "3P Clear",
    ("triple-pane", "low-e"): "3P Clear",
    ("triple-pane", "low-e, high-solar-gain"): "3P Clear",
    ("triple-pane", "low-e, low-solar-gain"): "3P Clear",
    ("triple-pane", "tinted"): "3P Heat Absorbing",
    ("triple-pane", "tinted/reflective"): "3P Heat Absorbing",
    ("triple-pane", "reflective"): "3P Reflective",
}
SHADE_KINDS: Final[dict[str, ShadeKind]] = {"blinds": "blinds", "shades": "shades", "curtains": "curtains"}
SHADE_COLOURS: Final[dict[str, ShadeColour]] = {"dark": "dark", "medium": "medium", "light": "light"}
LEAKINESS: Final[dict[str, Leakiness]] = {
    "very tight": "very_tight",
    "tight": "tight",
    "average": "average",
    "leaky": "leaky",
    "very leaky": "very_leaky",
}
FANS: Final[dict[str, VentilationKind]] = {
    "exhaust only": "exhaust",
    "supply only": "supply",
    "balanced": "balanced",
    "heat recovery ventilator": "hrv",
    "energy recovery ventilator": "erv",
    "central fan integrated supply": "cfis",
}
ATTACHED_HOMES: Final = frozenset(
    {
        "single-family attached",
        "2-4 unit building",
        "5+ unit building",
        "multi-family - uncategorized",
        "multi-family - town homes",
        "multi-family - condos",
        "apartment unit",
        "studio unit",
    }
)
