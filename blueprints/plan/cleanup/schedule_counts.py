"""What a window schedule counts against what is drawn: a difference is an item to verify.

Doors are not compared: most are inside, where no load depends on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from blueprints.plan.building import OpeningSpec, ReviewNote
from blueprints.plan.model import ScheduleRow


def schedule_counts(schedule: Sequence[ScheduleRow], openings: Sequence[OpeningSpec]) -> list[ReviewNote]:
    """An item for each row whose printed quantity is not the number of windows with its mark.

    A plan that carries no mark of its schedule tells nothing of single rows: there the sums are compared.
    """
    rows = [row for row in schedule if row.kind == "window" and row.quantity]
    drawn = Counter(o.tag for o in openings if o.tag and (o.kind == "window" or _is_outer_glass(o)))
    if any(drawn[row.mark] for row in rows):
        return [_row_note(row, drawn[row.mark]) for row in rows if drawn[row.mark] != row.quantity]
    return _sum_note(rows, openings)


def _is_outer_glass(opening: OpeningSpec) -> bool:
    """Sliders inside are doors of closets."""
    return opening.kind == "glass_door" and opening.exterior


def _row_note(row: ScheduleRow, drawn: int) -> ReviewNote:
    reason = f"window {row.mark}: the schedule counts {row.quantity}, the plan shows {drawn}"
    return ReviewNote(field=f"schedule:window:{row.mark}", reason=reason, where=row.where)


def _sum_note(rows: Sequence[ScheduleRow], openings: Sequence[OpeningSpec]) -> list[ReviewNote]:
    listed = sum(row.quantity or 0 for row in rows)
    windows = sum(o.kind == "window" for o in openings)
    glazed = windows + sum(o.kind == "glass_door" for o in openings)  # some schedules list glass doors too
    if not rows or listed in (windows, glazed):
        return []
    reason = f"windows: the schedule counts {listed}, the plan shows {windows}"
    return [ReviewNote(field="schedule:windows", reason=reason, where=rows[0].where)]
