"""Finding again what a correction was made for: by place and shape, then by name."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from shapely.geometry import Polygon

from autohvac.core.evidence import Point
from blueprints.plan.cleanup.inputs import Anchor
from blueprints.plan.model import RoomLabel

SAME_ROOM_IOU = 0.6  # a part of a split room must not pass for the whole one
SURELY_SAME_IOU = 0.8
NAMED_IOU = 0.1
SAME_OPENING_FT = 2.5
FAR_PT = 20.0
OFF_FT = 4.0  # labels of a revised sheet are set anew, a few feet from where they were
UNCHANGED_RATIO, UNCHANGED_PT = 0.002, 1.0
MOST_LABELS = 40
NO_NAME = "(no name)"
Labels = tuple[tuple[str, Point], ...]


@dataclass(frozen=True)
class Frame:
    """From a point of the sheet as it was to the sheet as it is: × ratio, then shifted [pt]."""

    ratio: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def point(self, at: Sequence[float]) -> Point:
        """A point."""
        return (self.ratio * at[0] + self.dx, self.ratio * at[1] + self.dy)

    def polygon(self, points: Iterable[Sequence[float]]) -> Polygon:
        """An outline, made valid."""
        return Polygon([self.point(p) for p in points]).buffer(0)


def places(labels: Iterable[RoomLabel]) -> Labels:
    """Names that stand once on a drawing, with where: what `Anchor.labels` holds."""
    held = list(labels)
    often = Counter(label.text for label in held)
    once = sorted((label.text, label.at_pt) for label in held if often[label.text] == 1)
    return tuple(once[:MOST_LABELS])


def drawing_places(labels: Sequence[RoomLabel], page: int, box: tuple[float, float, float, float]) -> Labels:
    """The names on one drawing that stand there once, with where."""
    x0, y0, x1, y1 = box
    return places(
        lb for lb in labels if lb.page == page and x0 <= lb.at_pt[0] <= x1 and y0 <= lb.at_pt[1] <= y1
    )


def frame_of(anchor: Anchor, now: Sequence[tuple[str, Point]]) -> Frame:
    """How the sheet was shifted and resized since the anchor was made; unchanged when the names do not tell."""
    there = dict(now)
    pairs = [(at, there[name]) for name, at in anchor.labels if name in there]
    if not pairs:
        return Frame()
    ratio = _ratio(pairs)
    frame = Frame(
        ratio,
        median(new[0] - ratio * old[0] for old, new in pairs),
        median(new[1] - ratio * old[1] for old, new in pairs),
    )
    if abs(ratio - 1) < UNCHANGED_RATIO and math.hypot(frame.dx, frame.dy) < UNCHANGED_PT:
        return Frame()
    off = median(math.dist(frame.point(old), new) for old, new in pairs)
    return frame if off * anchor.feet_per_point <= OFF_FT else Frame()


def levels_of(anchor: Anchor, levels: Sequence[tuple[int, Sequence[tuple[str, Point]]]]) -> list[int]:
    """Where to look for an anchor: the levels that bear most of its names, else the level of its storey.

    Args:
        anchor: What is looked for.
        levels: Storey index and names of each level.
    """
    wanted = {name for name, _ in anchor.labels}
    shared = [len(wanted & {name for name, _ in labels}) for _, labels in levels]
    bearing = [n for n, count in enumerate(shared) if count and 2 * count >= len(wanted)]
    if bearing:
        return sorted(bearing, key=lambda n: (-shared[n], levels[n][0] != anchor.level, n))
    return [n for n, (index, _) in enumerate(levels) if index == anchor.level]


def _ratio(pairs: Sequence[tuple[Point, Point]]) -> float:
    found = [
        math.dist(new, other_new) / math.dist(old, other_old)
        for (old, new), (other_old, other_new) in itertools.combinations(pairs, 2)
        if math.dist(old, other_old) > FAR_PT
    ]
    return median(found) if found else 1.0


def iou(one: Polygon, other: Polygon) -> float:
    """Shared area over joint area, 0 to 1."""
    shared = one.intersection(other).area
    joint = one.area + other.area - shared
    return float(shared / joint) if joint > 0 else 0.0


def room_like(shape: Polygon, shapes: Mapping[str, Polygon], *, least: float = SAME_ROOM_IOU) -> str | None:
    """The room that covers the same floor best, if it does well enough."""
    best = max(((iou(shape, other), key) for key, other in shapes.items()), default=(0.0, ""))
    return best[1] if best[0] >= least else None


def find_room(
    anchor: Anchor, frame: Frame, shapes: Mapping[str, Polygon], names: Mapping[str, str]
) -> str | None:
    """The room an anchor means: the one on the same floor, else the only one of its name that lies there at all."""
    shape = frame.polygon(anchor.polygon_pt)
    found = room_like(shape, shapes)
    if found is not None or not anchor.name or anchor.name.endswith(NO_NAME):
        return found
    named = [key for key, name in names.items() if name == anchor.name]
    return named[0] if len(named) == 1 and iou(shape, shapes[named[0]]) >= NAMED_IOU else None
