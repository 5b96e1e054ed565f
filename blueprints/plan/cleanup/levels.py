"""Which drawings are the storeys of the house, and the scale and north of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autohvac.core.evidence import Sourced, Where, derived, given, read, unknown
from blueprints.plan.building import LevelSpec, Question, ReviewNote, ScaleFit
from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.plan.model import DrawingGeometry, DrawingInfo, RoomLabel, ScaleWitness
from blueprints.plan.text.scale import fit_scale

FRONTS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
SAME_NORTH_DEG = 8.0
TRUSTED_SCALE = 0.75
FROM_SET = 0.7
SAME_NAMES = 0.6
FEWEST_NAMES = 3


@dataclass(frozen=True)
class Storey:
    """A storey with its drawing's geometry; `level` is None while its scale is not known."""

    geometry: DrawingGeometry
    info: DrawingInfo
    level: LevelSpec | None


@dataclass(frozen=True)
class Storeys:
    """All storeys in order, and what is not known about them."""

    found: tuple[Storey, ...]
    questions: tuple[Question, ...]
    review: tuple[ReviewNote, ...]


def find_storeys(inp: CleanupIn) -> Storeys:
    """Drawings with rooms as storeys, lowest first; a repeated storey keeps the drawing with more rooms."""
    chosen = _primary(inp)
    questions: list[Question] = []
    review: list[ReviewNote] = []
    storeys = []
    fits = [_scale(inp, geometry, info) for _, (geometry, info) in chosen]
    set_scales = _set_scales(fits)
    for (index, (geometry, info)), own in zip(chosen, fits, strict=True):
        fit = own or _scale_of_set(inp, geometry, info, set_scales)
        where = Where(page=geometry.page, bbox=info.bbox)
        field = f"scale:{geometry.page}:{geometry.drawing}"
        if fit is None:
            questions.append(_scale_question(field, info))
            storeys.append(Storey(geometry, info, None))
            continue
        if fit.confidence < TRUSTED_SCALE:
            review.append(
                ReviewNote(field=field, reason=f"scale from {', '.join(fit.sources)} only", where=where)
            )
        storeys.append(Storey(geometry, info, _level(inp, geometry, info, index=index, fit=fit)))
    return Storeys(tuple(storeys), tuple(questions), (*review, *_left_out(inp, [kept for _, kept in chosen])))


def _left_out(inp: CleanupIn, chosen: Sequence[tuple[DrawingGeometry, DrawingInfo]]) -> list[ReviewNote]:
    """What stands on floor plans that gave no storey and repeat none: nothing of them is dropped in silence."""
    kept = {(geometry.page, geometry.drawing) for geometry, _ in chosen}
    known = {label.text.upper() for _, info in chosen for label in info.labels}
    review = []
    for page in inp.pages.pages:
        for index, info in enumerate(page.drawings):
            if (
                page.kind != "floor_plan"
                or (page.number, index) in kept
                or _repeated(inp, page.number, index, chosen)
            ):
                continue
            if (
                chosen
                and info.labels
                and sum(lb.text.upper() in known for lb in info.labels) > SAME_NAMES * len(info.labels)
            ):
                continue
            title = info.title or f"drawing {index + 1} of page {page.number}"
            where = Where(page=page.number, bbox=info.bbox)
            field = f"drawing:{page.number}:{index}"
            review.append(
                ReviewNote(field=field, reason=f"{title}: no rooms were taken from this drawing", where=where)
            )
            review += [no_room_around(label) for label in info.labels]
    return review


def _repeated(
    inp: CleanupIn, page: int, index: int, chosen: Sequence[tuple[DrawingGeometry, DrawingInfo]]
) -> bool:
    info = next(p for p in inp.pages.pages if p.number == page).drawings[index]
    mine = [g for g in inp.plan.drawings if (g.page, g.drawing) == (page, index) and g.faces]
    return any(_repeats((geometry, info), chosen) for geometry in mine)


def no_room_around(label: RoomLabel) -> ReviewNote:
    """A room's name that stands in no room."""
    x, y = round(label.at_pt[0]), round(label.at_pt[1])
    return ReviewNote(
        field=f"label:{label.page}:{x}:{y}",
        reason=f"{label.text}: no closed room was found around this name",
        where=Where(page=label.page, bbox=label.bbox),
    )


def _primary(inp: CleanupIn) -> list[tuple[int, tuple[DrawingGeometry, DrawingInfo]]]:
    infos = {(p.number, i): d for p in inp.pages.pages for i, d in enumerate(p.drawings)}
    drawings = [(g, infos[g.page, g.drawing]) for g in inp.plan.drawings if g.faces]
    named = _named(inp, drawings)
    best: dict[int, tuple[int, tuple[DrawingGeometry, DrawingInfo]]] = {}
    free = 1
    for geometry, info in drawings:
        index = info.storey_index
        if index is None:
            while free in best:
                free += 1
            kept = [drawing for _, drawing in best.values()]
            if _repeats((geometry, info), kept) or (best and named[geometry] == 0):
                continue
            index = free
        if index not in best or named[geometry] > best[index][0]:
            best[index] = (named[geometry], (geometry, info))
    return [(index, best[index][1]) for index in sorted(best)]


def _named(
    inp: CleanupIn, drawings: Sequence[tuple[DrawingGeometry, DrawingInfo]]
) -> dict[DrawingGeometry, int]:
    return {
        geometry: sum(
            label.page == geometry.page
            and info.bbox[0] <= label.at_pt[0] <= info.bbox[2]
            and info.bbox[1] <= label.at_pt[1] <= info.bbox[3]
            for label in inp.text.labels
        )
        for geometry, info in drawings
    }


def _repeats(
    drawing: tuple[DrawingGeometry, DrawingInfo], others: Sequence[tuple[DrawingGeometry, DrawingInfo]]
) -> bool:
    """The same outline on another page: an electrical or finish plan of a storey that is there already.

    Storeys of a plain house have one outline as well; their room names tell them apart.
    """
    geometry, info = drawing
    mine = _extent(geometry)
    return any(
        other.page != geometry.page
        and all(abs(a - b) < 0.02 * max(a, b, 1.0) for a, b in zip(mine, _extent(other), strict=True))
        and not _differ(info, its)
        for other, its in others
    )


def _differ(one: DrawingInfo, other: DrawingInfo) -> bool:
    """Whether both drawings name rooms, and few of them alike."""
    names = [{label.text.upper() for label in info.labels} for info in (one, other)]
    fewest = min(len(found) for found in names)
    return fewest >= FEWEST_NAMES and len(names[0] & names[1]) <= SAME_NAMES * fewest


def _extent(geometry: DrawingGeometry) -> tuple[float, float]:
    xs = [x for face in geometry.faces for x, _ in face.polygon_pt]
    ys = [y for face in geometry.faces for _, y in face.polygon_pt]
    return max(xs) - min(xs), max(ys) - min(ys)


def _set_scales(fits: Sequence[ScaleFit | None]) -> list[ScaleFit]:
    """What the storeys' drawings whose scale is sure agree on; nothing where they differ."""
    sure = [fit for fit in fits if fit is not None and fit.confidence >= TRUSTED_SCALE]
    return sure[:1] if len({round(fit.feet_per_point, 6) for fit in sure}) == 1 else []


def _scale_of_set(
    inp: CleanupIn, geometry: DrawingGeometry, info: DrawingInfo, known: Sequence[ScaleFit]
) -> ScaleFit | None:
    """The scale of the set's other storeys, where lengths or sizes of this drawing bear it out too."""
    for scale in known:
        note = ScaleWitness(kind="note", feet_per_point=scale.feet_per_point, text=scale.notation or "")
        fit = fit_scale([*_witnesses(inp, geometry, info), note])
        measured = tuple(source for source in fit.sources if source != "note") if fit else ()
        if fit is not None and measured:
            return fit.model_copy(update={"sources": measured, "confidence": min(fit.confidence, FROM_SET)})
    return None


def _scale(inp: CleanupIn, geometry: DrawingGeometry, info: DrawingInfo) -> ScaleFit | None:
    return fit_scale(_witnesses(inp, geometry, info))


def _witnesses(inp: CleanupIn, geometry: DrawingGeometry, info: DrawingInfo) -> list[ScaleWitness]:
    mine = [
        w for page, drawing, w in inp.text.witnesses if (page, drawing) == (geometry.page, geometry.drawing)
    ]
    answer = inp.answers.get(f"scale:{geometry.page}:{geometry.drawing}")
    if answer is not None:
        mine.append(ScaleWitness(kind="user", feet_per_point=float(answer)))
    return [*info.witnesses, *mine]


def _scale_question(field: str, info: DrawingInfo) -> Question:
    title = info.title or "this drawing"
    return Question(
        field=field,
        question=f"How many feet is one point of {title}? Measure a known length: feet divided by points.",
        why="no scale on the sheet could be confirmed, and areas are never guessed",
        required=True,
    )


def _level(
    inp: CleanupIn, geometry: DrawingGeometry, info: DrawingInfo, *, index: int, fit: ScaleFit
) -> LevelSpec:
    name = re.sub(r"\s+", " ", info.title).strip() or ("Basement" if index == 0 else f"Floor {index}")
    return LevelSpec(
        name=f"{name} ({geometry.page}.{geometry.drawing + 1})", index=index, page=geometry.page,
        drawing=geometry.drawing, scale=fit, north_deg=_north(inp, geometry.page),
    )  # fmt: skip


def _north(inp: CleanupIn, page: int) -> Sourced[float]:
    answer = inp.answers.get("north_deg")
    if answer is not None:
        return given(float(answer), unit="deg")
    marks = [mark for mark in inp.text.north if mark.page == page] or list(inp.text.north)
    if not marks:
        return unknown(unit="deg", note="no north arrow read")
    first = marks[0]
    if any(abs((m.north_deg - first.north_deg + 180) % 360 - 180) > SAME_NORTH_DEG for m in marks):
        return unknown(unit="deg", note="north arrows disagree")
    return read(first.north_deg, unit="deg", where=first.where, confidence=first.confidence)


def with_front(
    levels: Sequence[LevelSpec], front: str | None, *, door_facing: float | None
) -> list[LevelSpec]:
    """Levels whose north follows from where the front door faces; the page's bottom is the front without a door."""
    if front is None:
        return list(levels)
    azimuth = 45.0 * FRONTS.index(front)
    facing = 180.0 if door_facing is None else door_facing
    note = (
        "the front door faces "
        + front
        + ("" if door_facing is not None else "; front taken as the page's bottom")
    )
    north = derived(
        (facing - azimuth) % 360, unit="deg", confidence=0.9 if door_facing is not None else 0.6, note=note
    )
    return [
        level if level.north_deg.known else level.model_copy(update={"north_deg": north}) for level in levels
    ]
