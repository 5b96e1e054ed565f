"""What a schedule counts against what is drawn: a difference is an item to verify."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from blueprints.plan.building import OpeningSpec, ReviewNote
from blueprints.plan.model import ScheduleRow

GLAZED = ("window", "glass_door")


def schedule_counts(schedule: Sequence[ScheduleRow], openings: Sequence[OpeningSpec]) -> list[ReviewNote]:
    """An item for each row whose printed quantity is not the number of openings with its mark.

    A plan that carries no mark of its schedule at all tells nothing of single rows: there the sums of windows are compared.
    """
    counted = [row for row in schedule if row.quantity]
    drawn = Counter(("window" if o.kind in GLAZED else "door", o.tag) for o in openings if o.tag)
    notes = []
    for kind in ("window", "door"):
        rows = [row for row in counted if row.kind == kind]
        if any(drawn[kind, row.mark] for row in rows):
            notes += [
                _row_note(row, drawn[kind, row.mark]) for row in rows if drawn[kind, row.mark] != row.quantity
            ]
        elif rows and kind == "window":
            notes += _sum_note(rows, sum(o.kind in GLAZED for o in openings))
    return notes


def _row_note(row: ScheduleRow, drawn: int) -> ReviewNote:
    reason = f"{row.kind} {row.mark}: the schedule counts {row.quantity}, the plan shows {drawn}"
    return ReviewNote(field=f"schedule:{row.kind}:{row.mark}", reason=reason, where=row.where)


def _sum_note(rows: Sequence[ScheduleRow], drawn: int) -> list[ReviewNote]:
    listed = sum(row.quantity or 0 for row in rows)
    if listed == drawn:
        return []
    reason = f"windows: the schedule counts {listed}, the plan shows {drawn}"
    return [ReviewNote(field="schedule:windows", reason=reason, where=rows[0].where)]
