"""A file whose sheets are too much together is read sheet by sheet: what can be read is kept, what cannot is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from autohvac.core.errors import RejectedInput
from autohvac.core.evidence import Where
from autohvac.core.stage import Issue, StageOutput
from blueprints.plan.model import PageInfo, PageSet

Output = TypeVar("Output", bound=StageOutput)
MOST_SHEETS = 8
WHOLE_SHARE = 0.6  # of the stage's time for all sheets at once; the rest is for the parts


def read_in_parts(pages: PageSet, read: Callable[[PageSet, float], Output]) -> Output:
    """`read(pages, share of the time)` of all sheets, else of each plan sheet alone and of the others together.

    Raises: RejectedInput when no plan sheet can be read alone either, or when there is only one.
    """
    plans = [page for page in pages.pages if page.kind == "floor_plan"]
    try:
        return read(pages, WHOLE_SHARE if len(plans) > 1 else 1.0)
    except RejectedInput as error:
        if error.code != "plan_too_complex" or len(plans) < 2:
            raise
        others = tuple(page for page in pages.pages if page.kind != "floor_plan")
        found, missed = _part_by_part([*((page,) for page in plans[:MOST_SHEETS]), others], read)
        if not found:
            raise
    return _joined(found, [*missed, *map(_not_read, plans[MOST_SHEETS:])])


def _part_by_part(
    parts: Sequence[tuple[PageInfo, ...]], read: Callable[[PageSet, float], Output]
) -> tuple[list[Output], list[Issue]]:
    found: list[Output] = []
    missed: list[Issue] = []
    for part in filter(None, parts):
        try:
            found.append(read(PageSet(pages=part), (1.0 - WHOLE_SHARE) / len(parts)))
        except RejectedInput as error:
            if error.code != "plan_too_complex":
                raise
            missed += map(_not_read, part)
    plans_missed = {page.number for part in parts[:-1] for page in part} <= {
        issue.where.page for issue in missed if issue.where
    }
    return ([] if plans_missed else found), missed


def _not_read(page: PageInfo) -> Issue:
    box = (0.0, 0.0, page.width_pt, page.height_pt)
    return Issue(code="page_not_read", severity="error", where=Where(page=page.number, bbox=box))


def _joined(parts: Sequence[Output], missed: Sequence[Issue]) -> Output:
    """Outputs of sheets put together: every field of theirs is a tuple."""
    fields = {
        name: tuple(one for part in parts for one in getattr(part, name))
        for name in type(parts[0]).model_fields
    }
    fields["issues"] = (*fields["issues"], *missed)
    return parts[0].model_copy(update=fields)
