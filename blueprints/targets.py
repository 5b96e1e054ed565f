"""What a correction is made for: whether it can be made, what was there before, and where it lay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from shapely.geometry import Polygon

from autohvac.core.errors import RejectedInput
from blueprints.answers import parse_answer
from blueprints.models import Blueprint, Drawing, Level, Opening, PipelineRun, Room
from blueprints.plan.cleanup import edits
from blueprints.plan.cleanup.anchors import drawing_places
from blueprints.plan.cleanup.inputs import Anchor
from blueprints.plan.cleanup.outlines import CannotEdit, halves, joined, nearest_side, pushed
from blueprints.plan.model import OpeningKind, RoomLabel, RoomType
from blueprints.selectors import artifact

FACTS = "facts"
NEW = "new"
SCALE = "scale:"
RANGES: dict[str, tuple[float, float]] = {
    "area_sqft": (1, 20000), "ceiling_height_ft": (6, 30), "width_ft": (0.5, 40), "height_ft": (0.5, 30),
    "u_factor": (0.05, 2), "shgc": (0.01, 1),
}  # fmt: skip
WORDS: dict[str, tuple[str, ...]] = {"type": RoomType.__args__, "kind": OpeningKind.__args__}  # type: ignore[attr-defined]
OF_ROOMS = ("name", "type", "conditioned", "area_sqft", "ceiling_height_ft", "deleted")
OF_OPENINGS = ("kind", "width_ft", "height_ft", "u_factor", "shgc", "deleted")
SHAPED: dict[str, Any] = {
    "split": edits.SplitValue, "merge": edits.MergeValue, "edge": edits.EdgeValue, "room": edits.RoomValue,
    "opening": edits.OpeningValue,
}  # fmt: skip
FURTHEST_FT = 100.0


@dataclass(frozen=True)
class Edit:
    """One field of one target: a room or opening by its key, `facts`, or a level by its id for something new."""

    target: str
    field: str
    value: Any


@dataclass(frozen=True)
class Prepared:
    """An edit that was checked, with what is recorded of it."""

    target_key: str
    field: str
    value: Any
    before: dict[str, Any]
    anchor: dict[str, Any]


class Plan:
    """A plan as last read, to check edits against."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        levels = list(blueprint.levels.select_related("drawing__page"))
        self.levels: dict[str, Level] = {str(level.pk): level for level in levels}
        self.rooms: dict[str, Room] = {r.key: r for r in Room.objects.filter(level__in=levels)}
        self.openings: dict[str, Opening] = {o.key: o for o in Opening.objects.filter(level__in=levels)}
        self._labels: list[RoomLabel] | None = None

    def prepared(self, edit: Edit) -> Prepared:
        """The edit, checked. Raises RejectedInput answer_unknown, answer_invalid, edit_impossible."""
        if edit.target == FACTS:
            return self._fact(edit)
        if edit.field in ("room", "opening"):
            return self._new(edit)
        if edit.target in self.rooms:
            return self._room(self.rooms[edit.target], edit)
        if edit.target in self.openings:
            return self._opening(self.openings[edit.target], edit)
        raise RejectedInput("answer_unknown", field=f"{edit.target}.{edit.field}")

    # ---- facts -------------------------------------------------------------------------------------
    def _fact(self, edit: Edit) -> Prepared:
        value = parse_answer(edit.field, edit.value)
        drawing = self._drawing(edit.field)
        if drawing is not None:
            anchor = {"level": 0, "feet_per_point": value, "labels": self._places(drawing)}
            return Prepared(
                FACTS, edit.field, value, {"name": drawing.title, "value": drawing.feet_per_point}, anchor
            )
        return Prepared(FACTS, edit.field, value, {"name": "", "value": self._fact_before(edit.field)}, {})

    def _drawing(self, field: str) -> Drawing | None:
        if not field.startswith(SCALE):
            return None
        page, index = (int(part) for part in field.split(":")[1:])
        return Drawing.objects.filter(page__blueprint=self.blueprint, page__number=page, index=index).first()

    def _fact_before(self, field: str) -> Any:
        if field == "north_deg":
            return next((lv.drawing.north_deg for lv in self.levels.values() if lv.drawing is not None), None)
        cleaned = self._artifact("cleanup")
        return (cleaned or {}).get("building", {}).get("facts", {}).get(field, {}).get("value")

    def _artifact(self, stage: str) -> dict[str, Any] | None:
        runs: Iterable[PipelineRun] = self.blueprint.runs.order_by("-created_at")[:5]
        return next((found for run in runs if (found := artifact(run, stage)) is not None), None)

    def _places(self, drawing: Drawing) -> Sequence[Any]:
        if self._labels is None:
            read = (self._artifact("text") or {}).get("labels", [])
            self._labels = [RoomLabel.model_validate(label) for label in read]
        box = tuple(drawing.bbox)
        return drawing_places(self._labels, drawing.page.number, box)  # type: ignore[arg-type]  # four numbers

    def _anchor(self, level: Level, **where: Any) -> dict[str, Any]:
        drawing = level.drawing
        if drawing is None:
            return {}
        scale, labels = drawing.feet_per_point or 1.0, self._places(drawing)
        anchor = Anchor(level=level.index, feet_per_point=scale, labels=tuple(labels), **where)
        return anchor.model_dump(mode="json", exclude_defaults=True)

    # ---- rooms -------------------------------------------------------------------------------------
    def _room(self, room: Room, edit: Edit) -> Prepared:
        anchor = self._anchor(room.level, polygon_pt=tuple(map(tuple, room.polygon_pt)), name=room.name)
        if edit.field in SHAPED:
            value = self._shaped(edit)
            self._possible(room, edit.field, value)
            before = {"name": room.name, "value": round(room.area_sqft, 1)}
            return Prepared(room.key, edit.field, value.model_dump(mode="json"), before, anchor)
        if edit.field not in OF_ROOMS:
            raise RejectedInput("answer_unknown", field=edit.field, known=", ".join(OF_ROOMS))
        before = {"name": room.name, "value": getattr(room, edit.field, False)}
        return Prepared(room.key, edit.field, checked(edit.field, edit.value), before, anchor)

    def _shaped(self, edit: Edit) -> Any:
        value = edit.value
        if edit.field == "merge" and isinstance(value, Mapping) and "keys" in value:
            value = {"rooms": [self._other(str(key)) for key in value["keys"]]}
        try:
            return SHAPED[edit.field].model_validate(value)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise RejectedInput("answer_invalid", field=f"{edit.field}.{where}", why=first["msg"]) from None

    def _other(self, key: str) -> dict[str, Any]:
        if key not in self.rooms:
            raise RejectedInput("answer_unknown", field=f"merge.{key}")
        room = self.rooms[key]
        return {"key": key, "polygon_pt": room.polygon_pt, "name": room.name}

    def _possible(self, room: Room, field: str, value: Any) -> None:
        feet = (room.level.drawing.feet_per_point if room.level.drawing is not None else None) or 1.0
        if len(room.polygon_pt) < 3:
            raise RejectedInput("edit_impossible", why="the room has no outline")
        shape = Polygon(room.polygon_pt).buffer(0)

        def tried() -> None:
            if field == "split":
                halves(shape, value.line)
            elif field == "merge":
                others = [Polygon(other.polygon_pt).buffer(0) for other in value.rooms]
                joined([shape, *others], widest_gap=edits.WALL_FT / feet)
            elif field == "edge":
                if not 0 < abs(value.by_ft) <= FURTHEST_FT:
                    raise CannotEdit("the wall cannot be moved that far")
                pushed(shape, nearest_side(shape, value.side), value.by_ft / feet)

        _or_refused(tried)

    # ---- openings ----------------------------------------------------------------------------------
    def _opening(self, opening: Opening, edit: Edit) -> Prepared:
        if edit.field not in OF_OPENINGS:
            raise RejectedInput("answer_unknown", field=edit.field, known=", ".join(OF_OPENINGS))
        anchor = self._anchor(opening.level, at_pt=tuple(opening.at_pt)) if opening.at_pt else {}
        before = {"name": opening.kind, "value": getattr(opening, edit.field, False)}
        return Prepared(opening.key, edit.field, checked(edit.field, edit.value), before, anchor)

    # ---- new ---------------------------------------------------------------------------------------
    def _new(self, edit: Edit) -> Prepared:
        """Something nobody read: the target is `<level id>:<new key>`."""
        level_id, _, key = edit.target.partition(":")
        level = self.levels.get(level_id)
        if level is None or not key or len(key) > 40:
            raise RejectedInput("answer_unknown", field=edit.target)
        value = self._shaped(edit)
        if edit.field == "opening":
            self._wall_near(level, value)
        elif Polygon(value.polygon_pt).buffer(0).area <= 1:
            raise RejectedInput("edit_impossible", why="the outline has no area")
        outline = value.polygon_pt if edit.field == "room" else ()
        anchor = self._anchor(level, polygon_pt=outline, name=getattr(value, "name", ""))
        before = {"name": getattr(value, "name", getattr(value, "kind", "")), "value": None}
        return Prepared(key, edit.field, value.model_dump(mode="json"), before, anchor)

    def _wall_near(self, level: Level, value: edits.OpeningValue) -> None:
        from shapely.geometry import Point as Dot

        feet = (level.drawing.feet_per_point if level.drawing is not None else None) or 1.0
        outlines = [
            r.polygon_pt for r in self.rooms.values() if r.level_id == level.pk and len(r.polygon_pt) > 2
        ]
        reach = min((Polygon(o).exterior.distance(Dot(value.at_pt)) for o in outlines), default=1e9)
        if reach * feet > edits.OPENING_REACH_FT:
            raise RejectedInput("edit_impossible", why="no wall is near")


def _or_refused(deed: Callable[[], None]) -> None:
    try:
        deed()
    except CannotEdit as error:
        raise RejectedInput("edit_impossible", why=str(error)) from None


def checked(field: str, value: Any) -> Any:
    """A corrected value in its range or list. Raises RejectedInput answer_invalid."""
    if field in RANGES:
        return _number(field, value)
    if field in WORDS:
        if value not in WORDS[field]:
            raise RejectedInput(
                "answer_invalid", field=field, value=str(value), known=", ".join(WORDS[field])
            )
        return value
    if field in ("conditioned", "deleted"):
        if not isinstance(value, bool):
            raise RejectedInput("answer_invalid", field=field, value=str(value))
        return value
    text = str(value).strip()
    if not 0 < len(text) <= 200:
        raise RejectedInput("answer_invalid", field=field, value=text[:40])
    return text


def _number(field: str, value: Any) -> float:
    low, high = RANGES[field]
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise RejectedInput(
            "answer_invalid", field=field, value=str(value)[:40], lowest=low, highest=high
        ) from None
    if not low <= number <= high:
        raise RejectedInput("answer_invalid", field=field, value=str(value)[:40], lowest=low, highest=high)
    return number
