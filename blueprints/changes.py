"""What people corrected on a plan and on the plans it replaces: changes in order, and which of them stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from blueprints.models import Blueprint, Correction, PipelineRun
from blueprints.plan.cleanup.inputs import Anchor, CorrectionIn

CHANGE, UNDONE = "change", "undone"
MOST_REVISIONS = 50


@dataclass
class Change:
    """What one person saved at once.

    `stands` is False when it was taken back; `lost` lists the rows whose target the last reading did not show; `earlier` is
    True when it was made on a plan this one replaces.
    """

    id: UUID
    rows: list[Correction] = field(default_factory=list)
    stands: bool = True
    earlier: bool = False
    lost: list[Correction] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """When."""
        return self.rows[0].created_at

    @property
    def author(self) -> str:
        """Who."""
        return str(self.rows[0].author or "")

    @property
    def reason(self) -> str:
        """Why."""
        return self.rows[0].reason

    @property
    def takes_back(self) -> UUID | None:
        """The change this one takes back."""
        row = self.rows[0]
        return UUID(str(row.value)) if (row.target_key, row.field) == (CHANGE, UNDONE) else None


def changes_of(blueprint: Blueprint, *, run: PipelineRun | None = None) -> list[Change]:
    """All changes that concern a plan, oldest first; with a run, what it could not apply."""
    found: dict[UUID, Change] = {}
    for row in _rows(blueprint):
        change = found.setdefault(row.change, Change(row.change))
        change.rows.append(row)
        change.earlier = row.blueprint_id != blueprint.pk
    changes = list(found.values())
    _mark_undone(changes)
    _mark_lost(changes, run)
    return changes


def _rows(blueprint: Blueprint) -> Iterator[Correction]:
    """Corrections of the plans this one replaces, as they stood when it came, then its own."""
    line: list[tuple[Blueprint, datetime | None]] = [(blueprint, None)]
    while line[-1][0].supersedes is not None and len(line) < MOST_REVISIONS:
        newer = line[-1][0]
        line.append((newer.supersedes, newer.created_at))
    for plan, until in reversed(line):
        rows = plan.corrections.select_related("author").order_by("created_at")
        yield from rows if until is None else rows.filter(created_at__lt=until)


def _mark_undone(changes: list[Change]) -> None:
    """Newest first: a taking-back that was itself taken back counts no more."""
    by_id = {change.id: change for change in changes}
    for change in reversed(changes):
        target = by_id.get(change.takes_back) if change.stands and change.takes_back else None
        if target is not None:
            target.stands = False


def _mark_lost(changes: Iterable[Change], run: PipelineRun | None) -> None:
    if run is None:
        return
    fields = set(run.review_items.filter(field__startswith="correction:").values_list("field", flat=True))
    for change in changes:
        change.lost = [row for row in change.rows if f"correction:{row.pk}.{row.field}" in fields]


def corrections_of(blueprint: Blueprint) -> tuple[CorrectionIn, ...]:
    """The corrections stage 5 applies: those that stand, in their order."""
    return tuple(
        CorrectionIn(
            target_key=row.target_key,
            field=row.field,
            value=row.value,
            id=str(row.pk),
            anchor=Anchor.model_validate(row.anchor) if row.anchor else None,
        )
        for change in changes_of(blueprint)
        if change.stands and change.takes_back is None
        for row in change.rows
    )
