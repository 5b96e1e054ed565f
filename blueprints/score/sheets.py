"""M1 pages and drawings, M5 scale, M7 north."""

from __future__ import annotations

from itertools import pairwise

from blueprints.score.levels import box_iou, extent
from blueprints.score.model import Viewport
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Samples, Values, f1, share

GROSS, VISIBLE = 0.05, 0.01
NORTH_CLOSE_DEG = 10.0
SAME_DRAWING = 0.8


def sheet_samples(case: Case) -> Samples:
    """M1, M5 and M7."""
    return pages(case) | storeys(case) | scale(case) | north(case)


def pages(case: Case) -> Samples:
    """Floor-plan pages found; a plan without an answer has found none."""
    if not case.truth.pages:
        return {}
    kinds = case.reading.page_kinds
    said = {page for page, kind in kinds.items() if kind == "floor_plan"}
    true = {page for page, positive in case.truth.pages.items() if positive}
    return {
        "M1.page_f1": f1(matched=len(true & said), missed=len(true - said), extra=len(said - true)),
        "M1.page_precision": Ratio(len(true & said), len(said)),
        "M1.page_recall": Ratio(len(true & said), len(true)),
    }


def storeys(case: Case) -> Samples:
    """The right page for each storey, their order, and drawings found on sheets with several."""
    views = case.truth.viewports
    if not views:
        return {}
    answered = {view: level for level, view in case.views.items()}
    samples: Samples = {"M1.primary_page": share(i in answered for i in range(len(views)))}
    if len(views) > 1:
        samples["M1.storey_order"] = share([_ordered(case, answered)])
    shared = [i for i, v in enumerate(views) if _beside(v, views) and v.bbox is not None]
    samples["M1.viewport_recall"] = share(_drawn(case, views[i], answered.get(i)) for i in shared)
    return samples


def _ordered(case: Case, answered: dict[int, int]) -> bool:
    views = case.truth.viewports
    if len(answered) < len(views):
        return False
    rising = sorted(range(len(views)), key=lambda i: views[i].storey)
    indexes = [case.reading.levels[answered[i]].index for i in rising]
    return all(a < b for a, b in pairwise(indexes))


def _beside(view: Viewport, views: tuple[Viewport, ...]) -> bool:
    return sum(other.page == view.page for other in views) > 1


def _drawn(case: Case, view: Viewport, level: int | None) -> bool:
    """A drawing's box may hold its dimensions; the box around its rooms may answer as well."""
    boxes = [box for page, box in case.reading.drawings if page == view.page]
    around = extent(case.reading, level) if level is not None else None
    return any(box_iou(box, view.bbox) >= SAME_DRAWING for box in [*boxes, around])


def scale(case: Case) -> Samples:
    """Error of the scale a drawing; asked instead of guessed is a refusal, not an error."""
    known = [i for i, view in enumerate(case.truth.viewports) if view.pt_per_ft]
    if not known:
        return {}
    errors = tuple(error for i in known if (error := scale_error(case, i)) is not None)
    refused = [
        i for i in known if scale_error(case, i) is None and _asked(case, case.truth.viewports[i].page)
    ]
    sizes = tuple(abs(error) for error in errors)
    return {
        "M5.median": Values(sizes, "median"),
        "M5.p90": Values(sizes, "p90"),
        "M5.over_1": share(size > VISIBLE for size in sizes),
        "M5.gross": share(size > GROSS for size in sizes),
        "M5.refused": Ratio(len(refused), len(known)),
    }


def scale_error(case: Case, view: int) -> float | None:
    """(read - true) / true of feet per point; None when no level answers the drawing."""
    level = next((level for level, v in case.views.items() if v == view), None)
    true = case.truth.viewports[view].pt_per_ft
    if level is None or not true:
        return None
    return case.reading.levels[level].feet_per_point * true - 1


def _asked(case: Case, page: int) -> bool:
    return page in case.reading.asked_scale or case.reading.status == "refused"


def north(case: Case) -> Samples:
    """North of each answered drawing, where the sheets show it; an answer where they do not is invented."""
    if case.truth.north_shown is False:
        told = any(level.north_page_deg is not None for level in case.reading.levels)
        return {"M7.invented": share([told])} if case.reading.levels else {}
    errors, unanswered = [], 0
    for level, view in sorted(case.views.items()):
        true = case.truth.viewports[view].north_page_deg
        read = case.reading.levels[level].north_page_deg
        if true is not None and read is not None:
            errors.append(turned(read, true))
        unanswered += true is not None and read is None
    return {
        "M7.error_deg": Values(tuple(errors), "median"),
        "M7.within_10": share(error <= NORTH_CLOSE_DEG for error in errors),
        "M7.refused": Ratio(unanswered, unanswered + len(errors)),
    }


def turned(one: float, other: float) -> float:
    """The smaller angle between two directions [deg]."""
    return abs((one - other + 180) % 360 - 180)
