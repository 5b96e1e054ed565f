"""Window and door schedules: rows of words under a header that names mark and size.

A table is known by its header, its kind by the title next to it. Words are turned upright first, so that sheets drawn on
their side read the same. A cell that may mean two things is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from autohvac.core.evidence import Where
from blueprints.plan.model import ScheduleRow
from blueprints.plan.text.dimensions import LineWork
from blueprints.plan.text.grammar import BareUnit
from blueprints.plan.text.lines import Line
from blueprints.plan.text.opening_sizes import (
    Lengths,
    Unit,
    likely_height,
    likely_width,
    one_length_ft,
    size_ft,
)
from blueprints.plan.text.tables import Column, Piece, Rules, Table, tables_of, upright

Kind = Literal["window", "door"]
Listed = Literal["window", "door", "both"]
_WINDOW, _DOOR = r"WINDOWS?|VENTANAS?|FEN[EÊ]TRES?", r"DOORS?|PUERTAS?|PORTES?"
TITLE = re.compile(
    rf"(?:{_WINDOW}|{_DOOR})(?:\s+(?:TYPES?|SIZES?|UNITS?|AND|&|/|Y|{_WINDOW}|{_DOOR}))*\s+(?:SCHEDULES?|LEGEND|LIST|TABLE)\b"
    rf"|(?:SCHEDULE OF|(?:CUADRO|TABLA|PLANILLA) DE|TABLEAU DES) (?:{_WINDOW}|{_DOOR})",
    re.IGNORECASE,
)
LONGEST_TITLE = 60  # a longer line only mentions a schedule
WINDOWS = re.compile(rf"\b(?:{_WINDOW})\b", re.IGNORECASE)
DOORS = re.compile(rf"\b(?:{_DOOR})\b", re.IGNORECASE)
MARK = re.compile(r"^[A-Z]{0,3}[-. ]?\d{0,4}[A-Z]{0,2}$")
KINDS_OF_MARKS: dict[str, Kind] = {"W": "window", "D": "door"}  # where one table lists both
LOOSE = "<>() "  # around a mark: what is left of its tag's outline
TITLE_REACH = 10.0  # title heights between a title and its table
ASIDE = 8.0  # title heights a title may stand beside the columns
FEET = re.compile(r"\d\s*'")
LEAST_METRIC_U = 0.5  # W/m²·K: the best windows made
_UNITS: tuple[tuple[Unit, str], ...] = (
    ("mm", r"\bMM\b"), ("cm", r"\bCM\b"), ("m", r"\(M\)"), ("in", r"\bIN(?:CHES)?\b|\(\"\)"), ("ft", r"\(F(?:EE)?T\)")
)  # fmt: skip
_OF = r"(?:(?:WINDOW|DOOR|LEAF|PANEL|UNIT|FRAME|SASH|NOMINAL|NOM|CALL|OVERALL|ACTUAL|OPENING|SIZE|DIMENSIONS?|MEDIDAS?) )*"
_ROUGH = r"(?:ROUGH (?:OPENING|OPG|SIZE)|R ?O|MASONRY OPENING|M O|ROUGH)"
NAMES: tuple[tuple[str, str], ...] = (
    ("quantity", r"(?:QTY|QUANTITY|QUAN|COUNT|TOTAL|TOTAL QTY|NO REQ'?D|REQ'?D|NUMBER REQUIRED|CANT|CANTIDAD|QT[ÉE])"),
    ("mark", r"(?:(?:WINDOW|DOOR|UNIT|TYPE|PLAN) )?(?:MARK|TAG|SYMBOL|SYM|LETTER|CLAVE|MARCA)"),
    ("number", r"(?:(?:WINDOW|DOOR|UNIT|ITEM) )?(?:ID|KEY|NO|NUM|NUMBER|#|N[º°])"),
    ("type", r"(?:(?:WINDOW|DOOR|UNIT) )?(?:TYPE|TIPO)"),
    ("width", rf"{_OF}(?:WIDTH|WD|W|ANCHO|LARGEUR)"),
    ("height", rf"{_OF}(?:HEIGHT|HGT|HT|H|ALTO|ALTURA|HAUTEUR)"),
    ("size", rf"{_OF}(?:SIZE|DIMENSIONS?|MEDIDAS?|W X H|WIDTH X HEIGHT|SIZE W X H|SIZE WXH|WXH)"),
    ("rough_width", rf"{_ROUGH} (?:WIDTH|W)"),
    ("rough_height", rf"{_ROUGH} (?:HEIGHT|HGT|HT|H)"),
    ("rough_size", rf"{_ROUGH}(?: SIZE| W X H)?"),
    ("u", r"(?:NFRC )?U(?: ?(?:FACTOR|VALUE|VAL))?(?: MAX)?"),
    ("shgc", r"(?:NFRC )?(?:S ?H ?G ?C|SOLAR HEAT GAIN(?: COEFFICIENT)?)(?: MAX)?"),
    ("remarks", r"(?:REMARKS|COMMENTS|NOTES|DESCRIPTION|OBSERVACIONES|TYPE COMMENTS)"),
)  # fmt: skip
MARKS = ("mark", "number", "type")  # which column holds the marks: the first of these there is


def column_name(text: str) -> str:
    """What a header's words say its column holds, in our terms; "" where that is nothing we use."""
    plain = (
        re.sub(r"\([^)]*\)", " ", text.upper())
        if not re.search(r"\(\s*W\s*X\s*H", text.upper())
        else text.upper()
    )
    plain = re.sub(r"[.,:;()\"*]", "", re.sub(r"[-_/]", " ", plain))
    plain = re.sub(r"\b(?:MM|CM|IN|INCHES)$", "", re.sub(r"\s+", " ", plain).strip()).strip()
    return next((name for name, pattern in NAMES if re.fullmatch(pattern, plain)), "")


def schedule_rows(
    lines: Sequence[Line], *, page: int, metric: BareUnit = "", strokes: Callable[[], LineWork] | None = None
) -> list[ScheduleRow]:
    """Rows of all window and door schedules on a page.

    Args:
        lines: All words of the page.
        page: Its number.
        metric: Unit of bare whole numbers where the sheet is metric.
        strokes: Gives the page's line work; asked only where a schedule is named, for the rules between its cells.
    """
    if not any(names_schedule(line) for line in lines):
        return []
    work = strokes() if strokes is not None else None
    inches = any(FEET.search(line.text) for line in lines)
    found: list[ScheduleRow] = []
    for quarter, pieces in upright(lines).items():
        titles = [piece for piece in pieces if names_schedule(piece.line)]
        if not titles:
            continue
        words = [piece for piece in pieces if not names_schedule(piece.line)]
        rules = Rules.of(work, quarter) if work is not None else Rules()
        for table in tables_of(words, titles, rules, name_of=column_name, marks=MARKS):
            kind = _kind(table, titles)
            found += _rows(table, kind=kind, page=page, lengths=Lengths(metric=metric, inches=inches))
    return found


def names_schedule(line: Line) -> bool:
    """Whether a line is the title of a window or door schedule."""
    return len(line.text) <= LONGEST_TITLE and TITLE.search(line.text) is not None


def _kind(table: Table, titles: Sequence[Piece]) -> Listed | None:
    """What is listed, by the title over the table or, where none is, under it; None for a table without title."""
    above = [t for t in titles if 0 <= table.top - t.box[3] + t.size <= TITLE_REACH * t.size]
    below = [t for t in titles if 0 <= t.box[1] - table.bottom + t.size <= TITLE_REACH * t.size]
    for near in (above, below):
        beside = [
            (table.aside(t), abs(table.top - t.box[3]), t) for t in near if table.aside(t) <= ASIDE * t.size
        ]
        if beside:
            text = min(beside, key=lambda item: item[:2])[2].line.text
            return _one_kind(text) or _one_kind(" ".join(column.text for column in table.columns)) or "both"
    return None


def _one_kind(text: str) -> Kind | None:
    window, door = WINDOWS.search(text), DOORS.search(text)
    if bool(window) == bool(door):
        return None
    return "window" if window else "door"


def _rows(table: Table, *, kind: Listed | None, page: int, lengths: Lengths) -> list[ScheduleRow]:
    """The rows whose mark and width are sure; a mark that stands for two sizes says nothing."""
    if kind is None:
        return []
    columns = {column.name: column for column in reversed(table.columns) if column.name}
    found: dict[str, list[ScheduleRow]] = {}
    for mark, cells in table.rows():
        text = mark.line.text.strip(LOOSE)
        if not text or not MARK.match(text):
            continue
        width, height = _size(cells, columns, lengths)
        listed = KINDS_OF_MARKS.get(text[0]) if kind == "both" else kind
        if width is None or listed is None:
            continue
        row = ScheduleRow(
            kind=listed, mark=text, width_ft=width, height_ft=height, quantity=_whole(cells.get("quantity")),
            u_factor=_u_factor(cells.get("u"), lengths), shgc=_share(cells.get("shgc")),
            where=Where(page=page, bbox=mark.line.bbox),
        )  # fmt: skip
        found.setdefault(text, []).append(row)
    return [rows[0] for rows in found.values() if len({(r.width_ft, r.height_ft) for r in rows}) == 1]


def _size(
    cells: dict[str, str], columns: dict[str, Column], lengths: Lengths
) -> tuple[float | None, float | None]:
    """Width and height by the columns of the unit's own size, else of the opening made for it."""
    for prefix in ("", "rough_"):
        both = cells.get(f"{prefix}size")
        if both and (size := size_ft(both, _in_unit(columns[f"{prefix}size"], lengths))):
            return size
        width = _length(f"{prefix}width", cells, columns, lengths)
        height = _length(f"{prefix}height", cells, columns, lengths)
        if likely_width(width):
            return width, height if likely_height(height) else None
    return None, None


def _length(name: str, cells: dict[str, str], columns: dict[str, Column], lengths: Lengths) -> float | None:
    return one_length_ft(cells[name], _in_unit(columns[name], lengths)) if cells.get(name) else None


def _in_unit(column: Column, lengths: Lengths) -> Lengths:
    unit = next(
        (unit for unit, pattern in _UNITS if re.search(pattern, column.text, re.IGNORECASE)), lengths.unit
    )
    return Lengths(metric=lengths.metric, unit=unit, inches=lengths.inches)


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,3}", text.strip()) else None


def _u_factor(text: str | None, lengths: Lengths) -> float | None:
    """In Btu/h·ft²·°F; on a metric sheet only what no window reaches in W/m²·K."""
    value = _share(text)
    return None if value is not None and lengths.metric and value >= LEAST_METRIC_U else value


def _share(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\s*0?\.\d{1,3}\s*", text) else None
