"""What kind of drawing a page or title is, by words; with reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from blueprints.plan.model import PageKind, RoomLabel
from blueprints.plan.text.lines import Line

# OCR loses the space between capitals
TITLES: tuple[tuple[PageKind, str], ...] = (
    ("electrical", r"ELECTRICAL|LIGHTING (?:PLAN|LAYOUT)|POWER PLAN|REFLECTED CEILING|\bRCP\b|EL[ÉE]CTRIC"),
    ("plumbing", r"PLUMBING|SANITARY|HIDR[ÁA]ULIC"),
    ("mechanical", r"MECHANICAL PLAN|HVAC PLAN|DUCT (?:PLAN|LAYOUT)|HEATING PLAN"),
    ("foundation", r"FOUNDATION|FOOTING PLAN|CIMENTACI[ÓO]N"),
    ("framing", r"FRAMING|BRACING|\bLATERAL\b|SHEAR WALL|TRUSS LAYOUT|JOIST PLAN|BEAM PLAN"),
    ("roof", r"ROOF PLAN|PLANTA DE (?:TECHO|CUBIERTA|AZOTEA)"),
    ("site", r"SITE PLAN|PLOT PLAN|SURVEY|LANDSCAPE PLAN|GRADING"),
    ("other", r"PERSPECTIVES?\b|\bRENDERINGS?\b|\b3D VIEWS?\b|ISOMETRIC|AXONOMETRIC"),
    ("elevation", r"ELEVATIONS?\b|\bFACHADAS?\b|\bALZADOS?\b|ANSICHT"),
    ("section", r"(?:\b|BUILDING|CROSS|WALL|TYPICAL)SECTIONS?\b|\bCORTES?\b|SCHNITT|PREREZ|PRESEK"),
    ("detail", r"(?:\b|WALL|TYPICAL)DETAILS?\b|\bDETALLES?\b"),
    ("schedule", r"(?:WINDOW|DOOR|FINISH) SCHEDULES?|\bSCHEDULES\b"),
    ("notes", r"GENERAL NOTES|\bSPECIFICATIONS\b|ABBREVIATIONS|SYMBOLS|NOTAS GENERALES"),
    ("cover", r"COVER SHEET|SHEET INDEX|DRAWING INDEX|TITLE SHEET"),
    (
        "floor_plan",
        r"FLOOR\s?PLANS?|(?:FIRST|SECOND|THIRD|1ST|2ND|3RD|MAIN|GROUND|UPPER|LOWER|BASEMENT|ATTIC)\s+(?:FLOOR|LEVEL|STOR(?:E?Y))"
        r"|BASEMENT\s?PLAN|LEVEL \d+ PLAN|PLANTA (?:BAJA|ALTA|ARQUITECT|NIVEL|PRIMER|SEGUND|TIPO|GENERAL|S[ÓO]TANO)"
        r"|PLANO DE PLANTA|\bPLANTA\b|GRUNDRISS|ERDGESCHOSS|OBERGESCHOSS|DACHGESCHOSS|KELLERGESCHOSS|PLANL[ÖO]SNING|PLATTEGROND"
        r"|\bTLORIS\b|\bPRITLI[ČC]J|^FLOOR \d\b",
    ),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in TITLES)
STOREYS: tuple[tuple[int, str], ...] = (
    (0, r"BASEMENT|LOWER (?:FLOOR|LEVEL)|S[ÓO]TANO|KELLER|CELLAR"),
    (1, r"FIRST|PRITLI[ČC]J|1ST|MAIN|GROUND|PLANTA BAJA|ERDGESCHOSS|LEVEL 1\b|FLOOR 1\b"),
    (
        2,
        r"SECOND|2ND|UPPER|PLANTA ALTA|OBERGESCHOSS|DACHGESCHOSS|LEVEL 2\b|FLOOR 2\b|PRIMER(?:A)? (?:PISO|PLANTA)",
    ),
    (3, r"THIRD|3RD|ATTIC|LEVEL 3\b|FLOOR 3\b"),
)

LEVEL_MARKS = 3
LEAST_SURE = 0.6
REMARK = re.compile(r"^\W*(?:SEE|REFER|REF|PER|VER)\b|\b(?:REFER TO|SHALL|ARE|IS|SEE)\b", re.IGNORECASE)
SAME_SIZE = 0.85


@lru_cache(maxsize=4096)
def title_kind(text: str) -> PageKind | None:
    """The kind a title names; the special plans win over `floor plan` in one line. `See sheet A4 for …` is no title."""
    if len(text) > 60 or REMARK.search(text):
        return None
    return next((kind for kind, pattern in COMPILED if pattern.search(text)), None)


@lru_cache(maxsize=4096)
def storey_of(text: str) -> int | None:
    """0 basement, 1 first storey above grade, 2 second …; None when the title does not say."""
    return next((index for index, words in STOREYS if re.search(words, text, re.IGNORECASE)), None)


def titles_of(lines: Sequence[Line]) -> list[tuple[Line, PageKind]]:
    """Lines that read like drawing titles, the largest first; sizes below the page's usual text do not count."""
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    sure = [line for line in lines if line.size >= usual and line.confidence >= LEAST_SURE]
    found = [(line, kind) for line in sure if (kind := title_kind(line.text))]
    return sorted(found, key=lambda item: (-item[0].size, item[0].bbox[1], item[0].bbox[0]))


def page_title_kinds(titles: Sequence[tuple[Line, PageKind]]) -> list[PageKind]:
    """What the largest titles name, the commonest first. Storey names at level marks are no titles of plans."""
    if not titles:
        return []
    storeys = {storey_of(line.text) for line, _ in titles if is_bare_storey(line.text)}
    marks = len(storeys) >= LEVEL_MARKS
    real = [(line, kind) for line, kind in titles if not (marks and is_bare_storey(line.text))]
    if not real:
        return []
    largest = [kind for line, kind in real if line.size >= SAME_SIZE * real[0][0].size]
    votes = Counter(largest)
    return sorted(votes, key=lambda kind: (-votes[kind], largest.index(kind)))


def is_bare_storey(text: str) -> bool:
    """`2nd Floor` alone: a plan's caption or a level mark beside an elevation."""
    return storey_of(text) is not None and not re.search(r"PLAN|PLANTA|GRUNDRISS|TLORIS", text, re.IGNORECASE)


def spread(labels: Sequence[RoomLabel], *, area_pt2: float) -> float:
    """Share of the page that the box of all room labels covers: a list of rooms covers little."""
    if len(labels) < 2:
        return 0.0
    xs, ys = [label.at_pt[0] for label in labels], [label.at_pt[1] for label in labels]
    return (max(xs) - min(xs)) * (max(ys) - min(ys)) / area_pt2


def floor_plan_score(
    *,
    titles: Sequence[PageKind],
    labels: Sequence[RoomLabel],
    spread_share: float,
    closed: float,
    dimensions: int,
) -> tuple[float, list[str]]:
    """How surely a page shows a usable floor plan (0…1), with the reasons.

    Args:
        titles: Kinds that the page's titles name, the most telling first.
        labels: Room names inside drawings.
        spread_share: Share of the page that the labels' box covers.
        closed: Share of the largest drawing enclosed by ink.
        dimensions: Count of printed lengths.
    """
    types = len({label.type for label in labels})
    score, reasons = 0.0, []
    if titles and titles[0] == "floor_plan":
        score += 0.35
        reasons.append("title names a floor plan")
    if types >= 2 and spread_share > 0.01:
        score += min(0.45, 0.12 * types)
        reasons.append(f"{len(labels)} room names of {types} types, spread over the sheet")
    if dimensions >= 4:
        score += 0.1
        reasons.append(f"{dimensions} printed dimensions")
    if closed > 0:
        score += min(0.2, 0.2 * closed)
        reasons.append("closed walls in the drawing")
    if titles and titles[0] != "floor_plan":
        score -= 0.6
        reasons.append(f"title names: {titles[0]}")
    return max(0.0, min(1.0, score)), reasons
