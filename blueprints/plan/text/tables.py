"""Tables of words: columns under the words of a header, rows beside the words of one column.

All in the frame in which the words read: x along them, y down the lines. Heights and gaps are in letter heights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from autohvac.core.evidence import BBox
from blueprints.plan.text.dimensions import LineWork
from blueprints.plan.text.lines import Line

STACKED = 1.0  # letter heights between two lines of one header cell
SAME_ROW = 0.7
ONE_HEADER = 1.25  # how far the lowest words of a header's cells may lie apart
WIDEST_GAP = 60.0  # between two columns of one table
ROWS_END = 8.0  # a gap between two rows that ends a table
CLEARLY_NEARER = 0.5
SHORTEST_RULE = 1.0
_WORDS = (
    "MARK TAG SYMBOL SYM ID KEY NO NUM NUMBER # LETTER TYPE QTY QUANTITY QUAN COUNT TOTAL REQ'D REQUIRED WINDOW DOOR UNIT"
    " FRAME SASH LEAF PANEL NOMINAL NOM CALL ROUGH OPENING OPG R.O. R.O RO M.O. MASONRY SIZE SIZES WIDTH HEIGHT WD W HGT HT H X"
    " WXH DIMENSION DIMENSIONS OVERALL ACTUAL U FACTOR VALUE U-FACTOR U-VALUE U-VAL SHGC S.H.G.C. SOLAR HEAT GAIN COEFFICIENT"
    " NFRC MAX MAX. REMARKS COMMENTS NOTES DESCRIPTION MATERIAL MATL FINISH GLAZING SILL HEAD HEADER CLEAR NET OPERATION STYLE"
    " MANUFACTURER MODEL LOCATION HARDWARE THICKNESS THK RATING CLAVE MARCA TIPO ANCHO ALTO ALTURA MEDIDA MEDIDAS CANT"
    " CANTIDAD LARGEUR HAUTEUR OBSERVACIONES IN INCHES MM CM M FT"
)
HEADER_WORDS = frozenset(_WORDS.split())


@dataclass(frozen=True)
class Piece:
    """A line of words in the reading frame."""

    line: Line
    box: BBox

    @property
    def size(self) -> float:
        """Letter height [pt]."""
        return self.line.size

    @property
    def centre(self) -> tuple[float, float]:
        """Centre of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def upright(lines: Sequence[Line]) -> dict[int, list[Piece]]:
    """The lines by quarter turns of their direction, each in the frame in which it reads."""
    found: dict[int, list[Piece]] = {}
    for line in lines:
        quarter = round(line.angle_deg / 90) % 4
        found.setdefault(quarter, []).append(Piece(line, _turned(line.bbox, quarter)))
    return found


def _turned(box: BBox, quarter: int) -> BBox:
    x0, y0, x1, y1 = box
    return ((x0, y0, x1, y1), (y0, -x1, y1, -x0), (-x1, -y1, -x0, -y0), (-y1, x0, -y0, x1))[quarter]


@dataclass(frozen=True)
class Rules:
    """Rules between cells: upright ones as rows (x, y0, y1), level ones as (y, x0, x1), in the reading frame."""

    upright: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    level: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))

    @classmethod
    def of(cls, work: LineWork, quarter: int) -> Rules:
        """The strokes of a page in the frame of words turned so far."""
        along, across = (work.level, work.upright) if quarter % 2 == 0 else (work.upright, work.level)
        signs = {0: (1, 1), 1: (-1, 1), 2: (-1, -1), 3: (1, -1)}[quarter]  # of a level rule's y and x
        return cls(upright=_signed(across, signs[1], signs[0]), level=_signed(along, signs[0], signs[1]))

    def columns_at(self, y: float) -> np.ndarray:
        """Sorted x of the upright rules that pass a height."""
        return _crossing(self.upright, y)

    def rows_at(self, x: float) -> np.ndarray:
        """Sorted y of the level rules that pass a place."""
        return _crossing(self.level, x)


def _signed(rows: np.ndarray, place: int, span: int) -> np.ndarray:
    ends = np.sort(rows[:, 1:] * span, axis=1)
    return np.column_stack([rows[:, 0] * place, ends])


def _crossing(rules: np.ndarray, at: float) -> np.ndarray:
    passing = (rules[:, 1] - SHORTEST_RULE <= at) & (at <= rules[:, 2] + SHORTEST_RULE)
    return np.sort(rules[passing & (rules[:, 2] - rules[:, 1] > SHORTEST_RULE), 0])


@dataclass(frozen=True)
class Column:
    """A header's cell: its name in our terms ("" where unused), its words, and those of its lowest line."""

    name: str
    text: str
    foot: Piece
    top: float


@dataclass(frozen=True)
class Table:
    """Columns from left to right, the one that holds the marks, and the words below."""

    columns: tuple[Column, ...]
    marks: Column
    words: tuple[Piece, ...]
    rules: Rules

    @property
    def top(self) -> float:
        """Where the header begins."""
        return min(column.top for column in self.columns)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return max(piece.box[3] for piece in (*self._mark_cells(), self.marks.foot))

    def aside(self, title: Piece) -> float:
        """How far a title stands left or right of the columns [pt]; 0 over or under them."""
        named = [column.foot.box for column in self.columns if column.name]
        left, right = named[0][0], named[-1][2]
        return max(left - title.box[2], title.box[0] - right, 0.0)

    def rows(self) -> Iterator[tuple[Piece, dict[str, str]]]:
        """Each mark with the texts of its row by column name; words between two columns belong to none."""
        for mark in self._mark_cells():
            cells: dict[str, list[Piece]] = {}
            for piece in self._beside(mark):
                column = self._column_of(piece)
                if column is not None and column.name:
                    cells.setdefault(column.name, []).append(piece)
            yield mark, {name: _joined(pieces) for name, pieces in cells.items()}

    def _mark_cells(self) -> list[Piece]:
        below = [
            p
            for p in self.words
            if p.box[1] > self.marks.foot.box[3] - 1 and self._column_of(p) is self.marks
        ]
        below.sort(key=lambda piece: piece.centre[1])
        last = self.marks.foot
        for count, piece in enumerate(below):
            if piece.centre[1] - last.centre[1] > ROWS_END * max(piece.size, last.size):
                return below[:count]
            last = piece
        return below

    def _beside(self, mark: Piece) -> list[Piece]:
        """The words of a mark's row: between the rules over and under it where it is ruled, else on its line."""
        y = mark.centre[1]
        levels = self.rules.rows_at(mark.centre[0])
        above, below = levels[levels < y], levels[levels > y]
        if len(above) and len(below) and below[0] - above[-1] < ROWS_END * mark.size:
            return [p for p in self.words if above[-1] < p.centre[1] < below[0]]
        return [p for p in self.words if abs(p.centre[1] - y) < SAME_ROW * mark.size]

    def _column_of(self, piece: Piece) -> Column | None:
        return self._ruled_column(piece) if self._ruled() else self._nearest_column(piece)

    def _ruled(self) -> bool:
        """True when an upright rule stands between any two columns."""
        xs = self._upright_rules()
        return all(
            bool(((xs > a.foot.centre[0]) & (xs < b.foot.centre[0])).any()) for a, b in pairwise(self.columns)
        )

    def _upright_rules(self) -> np.ndarray:
        return self.rules.columns_at(self.marks.foot.box[3])

    def _ruled_column(self, piece: Piece) -> Column | None:
        xs = self._upright_rules()
        cell = int(np.searchsorted(xs, piece.centre[0]))
        return next((c for c in self.columns if int(np.searchsorted(xs, c.foot.centre[0])) == cell), None)

    def _nearest_column(self, piece: Piece) -> Column | None:
        """The column the words stand under, or one clearly nearer than the next."""
        ranked = sorted(
            self.columns, key=lambda c: (_gap(c.foot, piece), abs(c.foot.centre[0] - piece.centre[0]))
        )
        if len(ranked) == 1 or _gap(ranked[0].foot, piece) <= CLEARLY_NEARER * _gap(ranked[1].foot, piece):
            return ranked[0]
        return None


def _gap(one: Piece, other: Piece) -> float:
    """Room between two pieces along the line; negative where one stands over the other [pt]."""
    return max(one.box[0] - other.box[2], other.box[0] - one.box[2])


def _joined(pieces: list[Piece]) -> str:
    return " ".join(
        p.line.text for p in sorted(pieces, key=lambda p: (round(p.centre[1] / p.size), p.box[0]))
    )


def tables_of(
    words: Sequence[Piece],
    titles: Sequence[Piece],
    rules: Rules,
    *,
    name_of: Callable[[str], str],
    marks: Sequence[str],
) -> list[Table]:
    """Tables whose header names marks and a size, each with the words below it down to the next title.

    Args:
        words: Words of the page that read the same way, titles left out.
        titles: Titles of tables.
        rules: Strokes that may part cells.
        name_of: What a header's words call their column; "" for columns of no use.
        marks: Names of the columns that may hold the marks, the surest first.
    """
    found = []
    for run in _runs(_header_cells(words, name_of)):
        names = {column.name: column for column in reversed(run)}
        mark = next((names[name] for name in marks if name in names), None)
        if mark is None or not any(name.endswith(("size", "width")) for name in names):
            continue
        end = min(
            (t.box[1] for t in titles if t.box[1] > mark.foot.box[3] and _over(t, run)), default=float("inf")
        )
        below = tuple(p for p in words if mark.foot.box[3] - 1 < p.box[1] and p.centre[1] < end)
        found.append(Table(_with_unknown(run, words), mark, below, rules))
    return found


def _with_unknown(run: Sequence[Column], words: Sequence[Piece]) -> tuple[Column, ...]:
    """The columns and those between and beside them whose header says nothing known: their words are theirs."""
    top, bottom = min(c.top for c in run), max(c.foot.box[3] for c in run)
    known = [box for c in run for box in ((c.foot.box[0], c.top, c.foot.box[2], c.foot.box[3]),)]
    others = [
        Column("", piece.line.text, piece, piece.box[1])
        for piece in words
        if top <= piece.centre[1] <= bottom
        and not any(b[0] < piece.box[2] and piece.box[0] < b[2] for b in known)
    ]
    return tuple(sorted([*run, *others], key=lambda c: c.foot.box[0]))


def _over(title: Piece, run: Sequence[Column]) -> bool:
    return title.box[0] < run[-1].foot.box[2] and run[0].foot.box[0] < title.box[2]


def _header_cells(words: Sequence[Piece], name_of: Callable[[str], str]) -> list[Column]:
    """The words of headers, those of one cell together, from the lowest line up."""
    likely = [piece for piece in words if _headword(piece)]
    found = []
    for foot in likely:
        if any(_stacked(foot, other) for other in likely):
            continue  # another line of its cell is lower
        stack = [foot]
        while over := [p for p in likely if _stacked(p, stack[-1])]:
            stack.append(max(over, key=lambda p: (p.box[3], -abs(p.centre[0] - foot.centre[0]))))
        text = " ".join(piece.line.text for piece in reversed(stack))
        found.append(Column(name_of(text) or name_of(foot.line.text), text, foot, stack[-1].box[1]))
    return found


def _headword(piece: Piece) -> bool:
    tokens = [t for t in re.split(r"[\s()/:&]+", piece.line.text.upper()) if t]
    return bool(tokens) and all(
        token in HEADER_WORDS or token.rstrip(".*") in HEADER_WORDS for token in tokens
    )


def _stacked(over: Piece, under: Piece) -> bool:
    """True when one piece stands right over the other in a cell."""
    gap = under.box[1] - over.box[3]
    return (
        over is not under
        and over.centre[1] < under.centre[1]
        and -0.5 * under.size < gap < STACKED * under.size
        and _gap(over, under) < 0
    )


def _runs(cells: list[Column]) -> Iterator[list[Column]]:
    """Header cells of one height from left to right; a name that comes again begins another table."""
    cells = sorted(cells, key=lambda c: c.foot.centre[1])
    bands: list[list[Column]] = []
    for cell in cells:
        if bands and cell.foot.centre[1] - bands[-1][-1].foot.centre[1] <= ONE_HEADER * cell.foot.size:
            bands[-1].append(cell)
        else:
            bands.append([cell])
    for band in bands:
        yield from _parted(sorted(band, key=lambda c: c.foot.box[0]))


def _parted(cells: list[Column]) -> Iterator[list[Column]]:
    """One table's cells after another: a new one begins at the widest gap before a name comes again."""
    run: list[Column] = []
    for cell in cells:
        if run and _gap(run[-1].foot, cell.foot) > WIDEST_GAP * cell.foot.size:
            yield run
            run = []
        run.append(cell)
        first = next((n for n, c in enumerate(run[:-1]) if cell.name and c.name == cell.name), None)
        if first is not None:
            cut = max(range(first + 1, len(run)), key=lambda n: _gap(run[n - 1].foot, run[n].foot))
            yield run[:cut]
            run = run[cut:]
    if run:
        yield run
