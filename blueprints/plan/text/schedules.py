"""Window and door schedules: rows of words under a header that names mark and size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autohvac.core.evidence import Where
from blueprints.plan.model import ScheduleRow
from blueprints.plan.text.grammar import BareUnit, length_ft, room_size_ft
from blueprints.plan.text.lines import Line

TITLE = re.compile(
    r"(?P<kind>WINDOW|DOOR|VENTANAS|PUERTAS)S?\s+SCHEDULE|CUADRO DE (?P<es>VENTANAS|PUERTAS)", re.IGNORECASE
)
MARK = re.compile(r"^[A-Z]{0,2}-?\d{0,3}[A-Z]?$")
HEADERS = {
    "mark": r"^(?:MARK|TAG|NO\.?|ID|TYPE|KEY|SYM\.?|MARCA|CLAVE)$",
    "width": r"^(?:WIDTH|W|ANCHO)$",
    "height": r"^(?:HEIGHT|HGT\.?|H|ALTO)$",
    "size": r"^(?:SIZE|R\.?O\.?|ROUGH OPENING|W x H|DIMENSIONS?|MEDIDAS?)$",
    "quantity": r"^(?:QTY\.?|QUANTITY|COUNT|CANT\.?|NO\. REQ'D)$",
    "u": r"^U(?:[- ]?(?:FACTOR|VALUE))?$",
    "shgc": r"^SHGC$",
}


def schedule_rows(lines: Sequence[Line], *, page: int, metric: BareUnit = "") -> list[ScheduleRow]:
    """Rows of all window and door schedules on a page; bare numbers are lengths where the sheet is `metric`."""
    rows: list[ScheduleRow] = []
    for line in lines:
        match = TITLE.search(line.text)
        if match is None:
            continue
        word = (match["kind"] or match["es"]).upper()
        kind = "window" if word.startswith(("WINDOW", "VENTANA")) else "door"
        rows += _table(line, lines, kind=kind, page=page, metric=metric)
    return rows


def _table(
    title: Line, lines: Sequence[Line], *, kind: str, page: int, metric: BareUnit
) -> list[ScheduleRow]:
    below = _until_next_title(title, lines)
    header = _header(title, below)
    if "mark" not in header or not ({"size", "width"} & header.keys()):
        return []
    bottom = max(column.bbox[3] for column in header.values())
    found: list[ScheduleRow] = []
    for cell in sorted(_column(header["mark"], below, bottom), key=lambda ln: ln.centre[1]):
        if not MARK.match(cell.text.strip("<>() ")):
            continue
        found += _row(cell, header, below, kind=kind, page=page, metric=metric)
    return found


def _until_next_title(title: Line, lines: Sequence[Line]) -> list[Line]:
    """Lines below a title, down to the next schedule in the same column."""
    others = [
        ln.centre[1]
        for ln in lines
        if TITLE.search(ln.text)
        and ln.centre[1] > title.centre[1]
        and abs(ln.bbox[0] - title.bbox[0]) < 30 * title.size
    ]
    end = min(others, default=title.centre[1] + 60 * title.size)
    return [ln for ln in lines if title.centre[1] < ln.centre[1] < end and ln is not title]


def _header(title: Line, below: Sequence[Line]) -> dict[str, Line]:
    header: dict[str, Line] = {}
    for line in sorted(below, key=lambda ln: ln.centre[1]):
        if line.centre[1] - title.centre[1] > 8 * title.size:
            break
        for name, pattern in HEADERS.items():
            if name not in header and re.match(pattern, line.text.strip(), re.IGNORECASE):
                header[name] = line
    return header


def _column(header: Line, lines: Sequence[Line], bottom: float) -> list[Line]:
    reach = max(header.bbox[2] - header.bbox[0], 3 * header.size)
    return [ln for ln in lines if ln.bbox[1] > bottom - 1 and abs(ln.centre[0] - header.centre[0]) < reach]


def _row(
    mark: Line, header: dict[str, Line], lines: Sequence[Line], *, kind: str, page: int, metric: BareUnit
) -> list[ScheduleRow]:
    level = [ln for ln in lines if abs(ln.centre[1] - mark.centre[1]) < 0.7 * mark.size]
    cells = {
        name: min(level, key=lambda ln, h=column: abs(ln.centre[0] - h.centre[0])).text  # type: ignore[misc]  # bound default
        for name, column in header.items()
    }
    size = room_size_ft(cells.get("size", ""), metric=metric)
    width = size[0] if size else length_ft(cells.get("width", ""), metric=metric)
    height = size[1] if size else length_ft(cells.get("height", ""), metric=metric)
    if width is None:
        return []
    return [
        ScheduleRow(
            kind="window" if kind == "window" else "door", mark=mark.text.strip("<>() "), width_ft=width,
            height_ft=height, quantity=_whole(cells.get("quantity")), u_factor=_share(cells.get("u")),
            shgc=_share(cells.get("shgc")), where=Where(page=page, bbox=mark.bbox),
        )
    ]  # fmt: skip


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdigit() else None


def _share(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\s*0?\.\d{1,3}\s*", text) else None
