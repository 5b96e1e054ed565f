"""Stage outputs as rows: updated by key, so that history shows real changes and not delete-and-create noise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from audit.bulk import create_tracked, update_tracked
from blueprints.models import (
    Blueprint,
    BlueprintPage,
    Drawing,
    Level,
    Opening,
    PipelineRun,
    Question,
    ReviewItem,
    Room,
    Surface,
)
from blueprints.models.review import ReviewStatus
from blueprints.plan.building import Building, LevelSpec, OpeningSpec, RoomSpec, SurfaceSpec
from blueprints.plan.cleanup.quality import Quality
from blueprints.plan.model import PageSet, PdfFacts

Values = dict[str, Any]


def project_facts(run: PipelineRun, facts: PdfFacts) -> None:
    """Page count of the blueprint."""
    if run.blueprint.page_count != facts.page_count:
        run.blueprint.page_count = facts.page_count
        run.blueprint.save()


def project_pages(run: PipelineRun, pages: PageSet, previews: Mapping[str, str]) -> None:
    """Pages and their drawings."""
    wanted = {
        page.number: {
            "width_pt": page.width_pt,
            "height_pt": page.height_pt,
            "rotation": page.rotation,
            "kind": page.kind,
            "score": page.score,
            "reasons": list(page.reasons),
            "preview": previews.get(str(page.number), ""),
        }
        for page in pages.pages
    }
    rows = sync(BlueprintPage, {"blueprint": run.blueprint}, "number", wanted)
    for page in pages.pages:
        drawings: dict[Any, Values] = {
            index: {
                "title": drawing.title[:300],
                "kind": drawing.kind,
                "bbox": list(drawing.bbox),
                "scale_notation": drawing.scale_notation or "",
            }
            for index, drawing in enumerate(page.drawings)
        }
        sync(Drawing, {"page": rows[page.number]}, "index", drawings)


def project_quality(run: PipelineRun, quality: Quality | None) -> None:
    """The three numbers of the reading on the run, which the runner writes when it commits the stage."""
    if quality is not None:
        run.completeness, run.validity, run.confidence = (
            quality.completeness,
            quality.validity,
            quality.confidence,
        )


def project_building(run: PipelineRun, building: Building) -> None:
    """Levels, rooms, surfaces, openings; this run's questions and review items."""
    levels = _project_levels(run.blueprint, building.levels)
    rooms = _project_rooms(levels, building)
    _project_surfaces(rooms, building.surfaces)
    _project_openings(levels, rooms, building)
    project_questions(run, building)


def _project_levels(blueprint: Blueprint, specs: Iterable[LevelSpec]) -> dict[str, Level]:
    wanted: dict[Any, Values] = {}
    for spec in specs:
        drawing = Drawing.objects.filter(
            page__blueprint=blueprint, page__number=spec.page, index=spec.drawing
        ).first()
        if drawing is not None:
            drawing.feet_per_point, drawing.scale_confidence = (
                spec.scale.feet_per_point,
                spec.scale.confidence,
            )
            drawing.scale_notation = spec.scale.notation or ""  # a note that is wrong for this print is none
            drawing.north_deg = spec.north_deg.value
            drawing.save()
        wanted[spec.name] = {
            "name": spec.name[:200], "index": spec.index, "page_number": spec.page, "drawing": drawing
        }  # fmt: skip
    return sync(Level, {"blueprint": blueprint}, "key", {key[:40]: value for key, value in wanted.items()})


def _project_rooms(levels: Mapping[str, Level], building: Building) -> dict[str, Room]:
    found: dict[str, Room] = {}
    for name, level in levels.items():
        wanted: dict[Any, Values] = {
            room.id: _room_values(room)
            for room in building.rooms
            if room.level[:40] == name and (room.area_sqft.value or 0) > 0
        }
        found |= sync(Room, {"level": level}, "key", wanted)
    return found


def _room_values(room: RoomSpec) -> Values:
    return {
        "name": room.name[:200],
        "type": room.type,
        "polygon_pt": [list(p) for p in room.polygon_pt],
        "polygon_ft": [list(p) for p in room.polygon_ft],
        "area_sqft": room.area_sqft.value,
        "ceiling_height_ft": room.ceiling_height_ft.value,
        "conditioned": room.conditioned,
        "confidence": room.confidence,
        "evidence": {
            "area_sqft": room.area_sqft.model_dump(mode="json"),
            "ceiling_height_ft": room.ceiling_height_ft.model_dump(mode="json"),
            "why": list(room.evidence),
            "where": room.where.model_dump(mode="json") if room.where else None,
        },
    }


def _project_surfaces(rooms: Mapping[str, Room], specs: Iterable[SurfaceSpec]) -> None:
    by_room: dict[str, dict[Any, Values]] = {key: {} for key in rooms}
    for spec in specs:
        if spec.room in by_room:
            by_room[spec.room][spec.id[:60]] = {
                "kind": spec.kind,
                "adjacent_to": spec.adjacent,
                "facing_deg": spec.facing_page_deg,
                "gross_sqft": spec.area_sqft.value,
                "evidence": {"area_sqft": spec.area_sqft.model_dump(mode="json")},
            }
    for key, wanted in by_room.items():
        sync(Surface, {"room": rooms[key]}, "key", wanted)


def _project_openings(levels: Mapping[str, Level], rooms: Mapping[str, Room], building: Building) -> None:
    level_of_room = {room.id: room.level[:40] for room in building.rooms}
    level_of_page = {spec.page: spec.name[:40] for spec in building.levels}
    by_level: dict[str, dict[Any, Values]] = {name: {} for name in levels}
    for spec in building.openings:
        name = level_of_room.get(spec.room or "", level_of_page.get(spec.page, ""))
        if name in by_level:
            by_level[name][spec.id[:60]] = _opening_values(spec, rooms)
    for name, wanted in by_level.items():
        sync(Opening, {"level": levels[name]}, "key", wanted)


def _opening_values(spec: OpeningSpec, rooms: Mapping[str, Room]) -> Values:
    measured = {
        "width_ft": spec.width_ft,
        "height_ft": spec.height_ft,
        "u_factor": spec.u_factor,
        "shgc": spec.shgc,
    }
    return {
        "room": rooms.get(spec.room or ""),
        "kind": spec.kind,
        "exterior": spec.exterior,
        "facing_deg": spec.facing_page_deg,
        "at_pt": list(spec.at_pt),
        "confidence": spec.confidence,
        "evidence": {name: value.model_dump(mode="json") for name, value in measured.items()},
        **{name: value.value for name, value in measured.items()},
    }


def project_questions(run: PipelineRun, building: Building) -> None:
    """Questions and review items of this run, by field; those already there are brought up to date."""
    questions: dict[Any, Values] = {
        q.field[:80]: {
            "text": q.question[:400],
            "why": q.why[:400],
            "options": list(q.options),
            "required": q.required,
        }
        for q in building.questions
    }
    sync(Question, {"run": run}, "field", questions)
    items: dict[Any, Values] = {
        note.field[:120]: {
            "reason": note.reason[:400],
            "stake_btuh": note.stake_btuh,
            "where": note.where.model_dump(mode="json") if note.where else None,
        }
        for note in building.review
    }
    sync(ReviewItem, {"run": run}, "field", items)
    _keep_verified(run)


def _keep_verified(run: PipelineRun) -> None:
    """What a person verified in the run before stays verified while reason and place are the same."""
    earlier = ReviewItem.objects.filter(run=run.parent_id).exclude(status=ReviewStatus.OPEN)
    verified = {(item.field, item.reason, str(item.where)): item for item in earlier}
    for item in run.review_items.filter(status=ReviewStatus.OPEN):
        before = verified.get((item.field, item.reason, str(item.where)))
        if before is not None:
            item.status, item.assignee = before.status, before.assignee
            item.save()


def sync(
    model: type[Any], parent: dict[str, models.Model], key_field: str, wanted: Mapping[Any, Values]
) -> dict[Any, Any]:
    """Make the rows below `parent` be `wanted` (key → values): update what differs, add, delete; rows by key."""
    existing = {getattr(row, key_field): row for row in model.objects.filter(**parent)}
    for key in existing.keys() - wanted.keys():
        existing.pop(key).delete()
    changed = [existing[key] for key in wanted if key in existing and _differs(existing[key], wanted[key])]
    for row in changed:
        for name, value in wanted[getattr(row, key_field)].items():
            setattr(row, name, value)
    fields = list(next(iter(wanted.values()), {}))
    update_tracked(model, changed, fields)
    new = [
        model(**parent, **{key_field: key}, **values) for key, values in wanted.items() if key not in existing
    ]
    for row in create_tracked(model, new):
        existing[getattr(row, key_field)] = row
    return existing


def _differs(row: Any, values: Values) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())
