"""Rooms and openings as they lie over the page picture: plain figures for an inline SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blueprints.models import Blueprint, BlueprintPage, Drawing, Level, Opening, PipelineRun, Room

MARGIN_SHARE = 0.06
POINTS_PER_INCH = 72
HUES = (205, 150, 30, 280, 0, 95, 330, 180)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class DrawnRoom:
    """A room's outline, the place of its name, its colour."""

    room: Room
    points: str
    x: float
    y: float
    font: float
    hue: int


@dataclass(frozen=True)
class DrawnOpening:
    """A mark on the wall."""

    opening: Opening
    x: float
    y: float


@dataclass(frozen=True)
class DrawnLevel:
    """A level with its page picture; `matrix` places the unrotated picture as the sheet is read."""

    level: Level
    page: BlueprintPage | None
    rooms: tuple[DrawnRoom, ...]
    openings: tuple[DrawnOpening, ...]
    all_rooms: tuple[Room, ...]
    all_openings: tuple[tuple[Opening, float | None], ...]
    view_box: str
    matrix: str
    radius: float
    stroke: float
    north: tuple[float, float, float, float] | None
    rotation: int

    @property
    def feet_per_point(self) -> float | None:
        """Scale of the drawing."""
        return self.level.drawing.feet_per_point if self.level.drawing is not None else None

    @property
    def feet_per_inch(self) -> float | None:
        """Feet to an inch of the sheet."""
        return None if self.feet_per_point is None else POINTS_PER_INCH * self.feet_per_point

    @property
    def area_sqft(self) -> float:
        """Heated and cooled floor area of the level."""
        return sum(room.area_sqft for room in self.all_rooms if room.conditioned)


@dataclass(frozen=True)
class DrawnSheet:
    """A floor plan whose scale is not known: the picture alone, to measure on."""

    drawing: Drawing
    page: BlueprintPage
    view_box: str
    matrix: str
    radius: float
    rotation: int

    @property
    def field(self) -> str:
        """Name of its scale among the building's facts."""
        return f"scale:{self.page.number}:{self.drawing.index}"


def drawn_without_scale(run: PipelineRun) -> list[DrawnSheet]:
    """The drawings of a run for which a scale is asked."""
    asked = run.questions.filter(field__startswith="scale:", answer="").values_list("field", flat=True)
    found = []
    for field in sorted(asked):
        page_number, index = (int(part) for part in field.split(":")[1:])
        drawing = (
            Drawing.objects.filter(page__blueprint=run.blueprint, page__number=page_number, index=index)
            .exclude(page__preview="")
            .select_related("page")
            .first()
        )
        if drawing is not None:
            found.append(_sheet(drawing))
    return found


def _sheet(drawing: Drawing) -> DrawnSheet:
    turn = _Turn(drawing.page)
    x0, y0, x1, y1 = drawing.bbox
    box = _box([turn.point((x0, y0)), turn.point((x1, y1))])
    size = max(box[2], box[3])
    return DrawnSheet(
        drawing=drawing,
        page=drawing.page,
        view_box=" ".join(f"{v:.1f}" for v in box),
        matrix=turn.matrix,
        radius=round(size / 130, 2),
        rotation=turn.rotation,
    )


def drawn_levels(blueprint: Blueprint) -> list[DrawnLevel]:
    """All levels of a plan as last read."""
    pages = {page.number: page for page in blueprint.pages.all()}
    levels = blueprint.levels.select_related("drawing").prefetch_related("rooms", "openings__room")
    return [_level(level, pages.get(level.page_number)) for level in levels]


def _level(level: Level, page: BlueprintPage | None) -> DrawnLevel:
    rooms, openings = tuple(level.rooms.all()), tuple(level.openings.all())
    turn = _Turn(page)
    outlines = [
        (room, [turn.point(p) for p in room.polygon_pt]) for room in rooms if len(room.polygon_pt) >= 3
    ]
    box = _box([p for _, outline in outlines for p in outline] or turn.corners())
    size = max(box[2], box[3])
    return DrawnLevel(
        level=level,
        page=page if page is not None and page.preview else None,
        rooms=tuple(
            _room(room, outline, hue=HUES[i % len(HUES)], largest=size / 40)
            for i, (room, outline) in enumerate(outlines)
        ),
        openings=tuple(DrawnOpening(o, *turn.point(o.at_pt)) for o in openings if len(o.at_pt) == 2),
        all_rooms=rooms,
        all_openings=tuple((o, _bearing(o, level)) for o in openings),
        view_box=" ".join(f"{v:.1f}" for v in box),
        matrix=turn.matrix,
        radius=round(size / 130, 2),
        stroke=round(size / 500, 2),
        north=_north(level, box, turn.rotation),
        rotation=turn.rotation,
    )


def _bearing(opening: Opening, level: Level) -> float | None:
    """Compass direction an opening faces; None while north is not known."""
    north = level.drawing.north_deg if level.drawing is not None else None
    return None if north is None or opening.facing_deg is None else (opening.facing_deg - north) % 360


class _Turn:
    """The page's /Rotate, applied to points and picture alike."""

    def __init__(self, page: BlueprintPage | None) -> None:
        self.rotation = page.rotation % 360 if page is not None else 0
        self.width = page.width_pt if page is not None else 0.0
        self.height = page.height_pt if page is not None else 0.0

    def point(self, p: Sequence[float]) -> tuple[float, float]:
        """A point of the unrotated page on the page as people see it."""
        x, y = p[0], p[1]
        turned = {90: (self.height - y, x), 180: (self.width - x, self.height - y), 270: (y, self.width - x)}
        return turned.get(self.rotation, (x, y))

    @property
    def matrix(self) -> str:
        """The same for the picture."""
        matrices = {
            90: (0, 1, -1, 0, self.height, 0),
            180: (-1, 0, 0, -1, self.width, self.height),
            270: (0, -1, 1, 0, 0, self.width),
        }
        return " ".join(f"{v:g}" for v in matrices.get(self.rotation, (1, 0, 0, 1, 0, 0)))

    def corners(self) -> list[tuple[float, float]]:
        """The page's corners."""
        return [self.point((0, 0)), self.point((self.width, self.height))]


def _room(room: Room, outline: list[tuple[float, float]], *, hue: int, largest: float) -> DrawnRoom:
    left, top, right, bottom = _bounds(outline)
    x, y = _inside(outline)
    font = min((right - left) / max(len(room.name), 7) * 1.25, (bottom - top) / 4, largest)
    return DrawnRoom(
        room,
        " ".join(f"{px:.1f},{py:.1f}" for px, py in outline),
        round(x, 1),
        round(y, 1),
        round(font, 1),
        hue,
    )


def _inside(outline: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the widest run inside the outline, a little above half height: a name fits there."""
    left, top, right, bottom = _bounds(outline)
    best = (0.0, (left + right) / 2, (top + bottom) / 2)
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = top + share * (bottom - top)
        crossings = sorted(_crossings(outline, y))
        for a, b in zip(crossings[::2], crossings[1::2], strict=False):
            if b - a > best[0] * 1.15:
                best = (b - a, (a + b) / 2, y)
    return best[1], best[2]


def _crossings(outline: list[tuple[float, float]], y: float) -> list[float]:
    edges = zip(outline, [*outline[1:], outline[0]], strict=True)
    return [ax + (y - ay) / (by - ay) * (bx - ax) for (ax, ay), (bx, by) in edges if (ay > y) != (by > y)]


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _box(points: list[tuple[float, float]]) -> Box:
    left, top, right, bottom = _bounds(points)
    margin = MARGIN_SHARE * max(right - left, bottom - top, 1.0)
    return left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin


def _north(level: Level, box: Box, rotation: int) -> tuple[float, float, float, float] | None:
    """Centre, radius and direction of the arrow, clockwise from the top of the page as seen."""
    if level.drawing is None or level.drawing.north_deg is None:
        return None
    radius = max(box[2], box[3]) / 28
    return (
        box[0] + box[2] - 1.4 * radius,
        box[1] + 1.4 * radius,
        radius,
        math.fmod(level.drawing.north_deg + rotation, 360),
    )


def bars(parts: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a load that are not zero, largest first, with their share of the total for a bar."""
    total = float(parts.get("total") or 0)
    rows = [(name, float(value)) for name, value in parts.items() if name != "total" and abs(value) >= 0.5]
    longest = max((abs(value) for _, value in rows), default=1.0)
    return [
        {
            "name": name,
            "btuh": value,
            "share": value / total if total else 0,
            "width": round(100 * abs(value) / longest, 1),
        }
        for name, value in sorted(rows, key=lambda row: -abs(row[1]))
    ]


CHART = (640.0, 220.0, 56.0, 30.0)  # width, height, left and bottom margin of the hourly chart
FIRST_HOUR = 8


def hourly_chart(curve: Sequence[float]) -> dict[str, Any] | None:
    """The hourly glass gain as a polyline with its average and the 1.3 × limit; None without a curve."""
    if not curve or max(curve) <= 0:
        return None
    width, height, left, bottom = CHART
    average = sum(curve) / len(curve)
    top = max(max(curve), 1.3 * average) * 1.08
    step = (width - left - 24) / (len(curve) - 1)

    def y_of(value: float) -> float:
        return round((height - bottom) * (1 - value / top) + 6, 1)

    hours = [
        {"x": round(left + i * step, 1), "y": y_of(v), "hour": f"{FIRST_HOUR + i}:00", "btuh": v}
        for i, v in enumerate(curve)
    ]
    return {
        "hours": hours,
        "line": " ".join(f"{h['x']},{h['y']}" for h in hours),
        "average": {"y": y_of(average), "btuh": average},
        "limit": {"y": y_of(1.3 * average), "btuh": 1.3 * average},
        "base_y": y_of(0),
        "right": width - 24,
        "left": left,
        "width": width,
        "height": height + 14,
    }
