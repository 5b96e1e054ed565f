"""Values in notes: R-values with their assembly, U, SHGC, ACH50, ceiling height, stated area, north letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autohvac.core.evidence import Where
from blueprints.plan.model import Note
from blueprints.plan.text.grammar import area_sqft, ceiling_height_ft
from blueprints.plan.text.lines import Line

ASSEMBLIES = (
    ("basement_wall_r", r"BASEMENT WALL|FOUNDATION WALL|STEM WALL|CRAWL ?SPACE WALL"),
    ("slab_r", r"SLAB|UNDER.?SLAB|PERIMETER INSUL"),
    ("duct_r", r"\bDUCTS?\b"),
    ("ceiling_r", r"CEILING|ATTIC|ROOF|TECHO|CUBIERTA"),
    ("wall_r", r"\bWALLS?\b|\bMUROS?\b|PARED"),
    ("floor_r", r"\bFLOORS?\b|CRAWL|PISO"),
)
R_VALUE = re.compile(r"\bR\s?[-=]?\s?(?P<r>\d{1,2}(?:\.\d)?)(?![\d.A-Z-])")
CODE_SECTION = re.compile(r"\b[RN]\d{3}(?:\.\d+)+")
U_FACTOR = re.compile(
    r"(?<!\w)\"?U\"?(?:[- ]?(?:FACTOR|VALUE|RATING))?\s*[-=:≤<]*\s*(?:OF\s+)?(?:CLASS\s*)?"
    r"(?:A\s+)?(?:MAX(?:IMUM)?\.?\s*(?:OF\s+)?)?(?P<u>0?\.\d{1,3})\b",
    re.IGNORECASE,
)
NO_ASSEMBLY = re.compile(r"\bPADS?\b|\bPIP(?:ES?|ING)\b|WATER HEATER|WATER LINES?|\bTANKS?\b", re.IGNORECASE)
SHGC = re.compile(r"\bSHGC\s*[-=:≤<]*\s*(?:MAX\.?\s*)?(?P<s>0?\.\d{1,3})\b", re.IGNORECASE)
ACH50 = re.compile(
    r"(?P<a>\d{1,2}(?:\.\d{1,2})?)\s*ACH\s?-?\s?@?\s?50|ACH\s?50\s*[-=:≤<]*\s*(?P<b>\d{1,2}(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
STATED = re.compile(
    r"CONDITIONED|LIVING AREA|HEATED|TOTAL AREA|FLOOR AREA|LIVABLE|HABITABLE|[ÁA]REA TOTAL", re.IGNORECASE
)
NOT_LIVING = re.compile(r"GARAGE|PORCH|DECK|LOT\b|SITE|ROOF|UNCONDITIONED|UNHEATED", re.IGNORECASE)
WORDS = (
    ("foundation", "slab", r"SLAB[- ]ON[- ]GRADE|MONOLITHIC SLAB"),
    ("foundation", "vented_crawlspace", r"VENTED CRAWL"),
    ("foundation", "sealed_crawlspace", r"(?:SEALED|CONDITIONED|UNVENTED|ENCAPSULATED) CRAWL"),
    ("duct_location", "inside", r"DUCTS?[^.]{0,30}(?:INSIDE|WITHIN)[^.]{0,20}(?:CONDITIONED|THERMAL)"),
    ("duct_location", "attic", r"DUCTS?[^.]{0,20}IN (?:THE )?(?:VENTED )?ATTIC"),
    ("duct_location", "crawlspace", r"DUCTS?[^.]{0,20}IN (?:THE )?CRAWL"),
)
LIKELY = {"wall_r": (5, 60), "ceiling_r": (10, 80), "floor_r": (5, 60), "slab_r": (2, 40), "basement_wall_r": (4, 40),
          "duct_r": (2, 12)}  # fmt: skip


def notes_of(lines: Sequence[Line], *, page: int) -> list[Note]:
    """All values the lines of a page state."""
    found: list[Note] = []
    for line in lines:
        text = CODE_SECTION.sub(" ", line.text)
        where = Where(page=page, bbox=line.bbox)
        found += _insulation(text, where, line)
        found += _numbers(text, where, line)
        found += [
            Note(
                field=field,
                value=value,
                text=line.text,
                where=where,
                confidence=round(0.8 * line.confidence, 3),
            )
            for field, value, pattern in WORDS
            if re.search(pattern, text, re.IGNORECASE)
        ]
    return found


def _insulation(text: str, where: Where, line: Line) -> list[Note]:
    found = []
    for match in R_VALUE.finditer(text):
        field = None if NO_ASSEMBLY.search(text) else _assembly(text, match)
        value = float(match["r"])
        if field is None or not LIKELY[field][0] <= value <= LIKELY[field][1]:
            continue
        found.append(
            Note(
                field=field, value=value, unit="h·ft²·°F/Btu", text=line.text, where=where,
                confidence=round(0.85 * line.confidence, 3),
            )
        )  # fmt: skip
    return found


def _assembly(text: str, match: re.Match[str]) -> str | None:
    """The assembly named nearest to the R-value in its line."""
    best: tuple[int, int, str] | None = None
    for rank, (field, pattern) in enumerate(ASSEMBLIES):
        for named in re.finditer(pattern, text, re.IGNORECASE):
            distance = max(match.start() - named.end(), named.start() - match.end(), 0)
            if best is None or (distance, rank) < best[:2]:
                best = (distance, rank, field)
    return best[2] if best is not None and best[0] <= 45 else None


def _numbers(text: str, where: Where, line: Line) -> list[Note]:
    found: list[tuple[str, float, str]] = []
    window = re.search(r"WINDOW|GLAZING|FENESTRATION|VENTANA|GLASS", text, re.IGNORECASE)
    door = re.search(r"\bDOORS?\b", text, re.IGNORECASE)
    if (match := U_FACTOR.search(text)) and (window or door or SHGC.search(text)):
        found.append(("door_u" if door and not window else "window_u", float(match["u"]), "Btu/h·ft²·°F"))
    if match := SHGC.search(text):
        found.append(("window_shgc", float(match["s"]), ""))
    if match := ACH50.search(text):
        found.append(("ach50", float(match["a"] or match["b"]), "1/h at 50 Pa"))
    height = ceiling_height_ft(text)
    if height is not None:
        found.append(("ceiling_height_ft", height, "ft"))
    area = area_sqft(text)
    if area is not None and area > 300 and STATED.search(text) and not NOT_LIVING.search(text):
        found.append(("stated_area_sqft", area, "ft²"))
    return [
        Note(
            field=f, value=v, unit=u, text=line.text, where=where, confidence=round(0.85 * line.confidence, 3)
        )
        for f, v, u in found
    ]
