"""Openings and the rows of schedules that list them."""

from __future__ import annotations

from collections.abc import Sequence

from blueprints.plan.model import OpeningKind, ScheduleRow
from blueprints.plan.text.opening_sizes import names_kind

NOMINAL = 0.25  # of the printed width: schedules print nominal sizes
SAME_WIDTH = 0.12  # of the printed width: tells two rows apart
FRAME_FT = 0.75  # both sides of a window's frame


def row_of(
    mark: str, kind: OpeningKind, schedule: Sequence[ScheduleRow], *, drawn_ft: float
) -> ScheduleRow | None:
    """The row with a mark that an opening of this kind, drawn so wide, may have.

    A swing is a door's. Sliders, and what is drawn as a gap, may be of either list; where both have the mark, the width tells.
    """
    rows = [row for row in schedule if row.mark == mark]
    windows, doors = ([row for row in rows if row.kind == listed] for listed in ("window", "door"))
    if kind == "door":
        rows = doors
    elif kind == "window":
        rows = windows or doors
    elif windows and doors:
        rows = [row for row in (windows[0], doors[0]) if fits(drawn_ft, row, share=SAME_WIDTH)]
        return rows[0] if len(rows) == 1 else None
    return rows[0] if rows else None


def fits(drawn_ft: float, row: ScheduleRow, *, share: float) -> bool:
    """True where a drawn width is that of a row; beside a code that names a window even without the window's frame."""
    if row.width_ft is None:
        return False
    off = abs(drawn_ft - row.width_ft)
    return off < share * row.width_ft or (names_kind(row.mark) and off < FRAME_FT)
