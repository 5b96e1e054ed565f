"""A reading in feet → the stage's models in page points, with ids, edges and honest confidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from autohvac.core.evidence import BBox, Point
from blueprints.plan.geometry.ends import corners_of, oriented
from blueprints.plan.geometry.faces import MAP_PX_PER_FT, OUTSIDE, VIRTUAL, Edge, FaceMap, edges_beyond
from blueprints.plan.geometry.frame import Frame
from blueprints.plan.geometry.openings import Found
from blueprints.plan.geometry.posts import parted
from blueprints.plan.geometry.raster import parts_of
from blueprints.plan.geometry.reading import Sheet
from blueprints.plan.geometry.score import Attempt
from blueprints.plan.model import DrawingGeometry, EdgePt, FacePt, OpeningPt, WallPt

Array = NDArray[np.float64]
HIGHEST = 0.9
BEYOND_WALL_FT = 2.2
VIRTUAL_REASON = "undrawn_boundary"
SIDE_FT = 0.4
POCKET_FT2 = 20.0
FACE_OFF_FT = 0.1
SMALL_ERROR = 0.06
LEAST_WALL_FT = 1.0
THINNEST_FT, THICKEST_FT = 0.05, 2.3
LONGEST_RAY_FT = 2.5
PAST_FACE_FT = 0.3
SAME_WALL_FT = 0.3


def emit(
    attempt: Attempt, *, score: float, sheet: Sheet, bbox: BBox, name: tuple[int, int]
) -> DrawingGeometry:
    """The drawing's geometry in points; ids are unique over the file."""
    frame, faces = sheet.frame, attempt.faces.faces
    virtual = [o.gap.shape for o in attempt.openings if VIRTUAL_REASON in o.why]
    lookup = FaceMap(faces, virtual, size_ft=frame.size_ft)
    ids = [f"p{name[0]}d{name[1] + 1}f{n + 1}" for n in range(len(faces))]
    solid = shapely.union_all([*attempt.walls, *(o.gap.shape for o in attempt.openings)]).buffer(0.02)
    shapely.prepare(solid)
    cut = edges_beyond(faces, lookup=lookup, solid=solid, reach_ft=BEYOND_WALL_FT)
    return DrawingGeometry(
        page=name[0], drawing=name[1], bbox=bbox, method="vector" if attempt.method == "vector" else "raster",
        wall_style=attempt.style, score=round(min(HIGHEST, score), 3), skew_deg=round(frame.lean_deg, 3),
        walls=_walls(attempt.walls, frame=frame, lookup=lookup),
        faces=tuple(_face(f, ids[n], _edges(cut[n], ids, frame), score=score, attempt=attempt, frame=frame)
                    for n, f in enumerate(faces)),
        openings=_openings(attempt, ids=ids, lookup=lookup, sheet=sheet, name=name),
        outline_pt=_outline(attempt, frame=frame),
    )  # fmt: skip


def _face(
    face: Polygon, ident: str, edges: tuple[EdgePt, ...], *, score: float, attempt: Attempt, frame: Frame
) -> FacePt:
    confidence, why = _confidence(face, edges, score=score, attempt=attempt)
    return FacePt(
        id=ident, polygon_pt=_points(face.exterior.coords[:-1], frame),
        holes_pt=tuple(_points(h.coords[:-1], frame) for h in face.interiors),
        area_pt2=round(face.area * frame.ft_pt**2, 3), edges=edges, confidence=confidence, why=why,
    )  # fmt: skip


def _confidence(
    face: Polygon, edges: Sequence[EdgePt], *, score: float, attempt: Attempt
) -> tuple[float, tuple[str, ...]]:
    """Uncalibrated, monotone in score; weaker with undrawn or guessed closings and many corners."""
    touching = [o for o in attempt.openings if o.gap.shape.distance(face) < 0.1]
    weak = sum(1 for o in touching if o.confidence < 0.5)
    corners = len(face.exterior.coords) - 1
    value = 0.35 + 0.5 * score - 0.08 * min(weak, 4) - (0.1 if corners > 16 else 0.0)
    value -= 0.1 * min(1.0, max(0.0, _face_error(face) / SMALL_ERROR - 1.0))
    why = [f"style_{attempt.style}"]
    why += [f"weak_closings_{weak}"] if weak else []
    why += ["many_corners"] if corners > 16 else []
    why += ["virtual_edge"] if any(e.beyond == "virtual" for e in edges) else []
    return round(min(HIGHEST, max(0.05, value)), 3), tuple(why)


def _face_error(face: Polygon) -> float:
    """Share of the area that wall faces FACE_OFF_FT off would cost: large for small rooms."""
    return float(FACE_OFF_FT * face.length / max(face.area, 1e-9))


def _edges(found: Sequence[Edge], ids: Sequence[str], frame: Frame) -> tuple[EdgePt, ...]:
    ends = _points([point for edge in found for point in (edge.start, edge.end)], frame)
    return tuple(
        EdgePt(start=first, end=last, beyond=_beyond_name(edge.beyond, ids))
        for edge, first, last in zip(found, ends[::2], ends[1::2], strict=True)
    )


def _beyond_name(what: int, ids: Sequence[str]) -> str:
    return "outside" if what == OUTSIDE else "virtual" if what == VIRTUAL else ids[what]


def _points(
    coordinates: Sequence[object] | Array | shapely.CoordinateSequence, frame: Frame
) -> tuple[Point, ...]:
    page = frame.to_page(np.asarray(coordinates, dtype=np.float64).reshape(-1, 2))
    return tuple((round(x, 3), round(y, 3)) for x, y in page.tolist())


def _openings(
    attempt: Attempt, *, ids: Sequence[str], lookup: FaceMap, sheet: Sheet, name: tuple[int, int]
) -> tuple[OpeningPt, ...]:
    out: list[OpeningPt] = []
    pockets = _pockets(attempt)
    for opening in sorted(attempt.openings, key=lambda o: (round(o.gap.jambs[0][1], 1), o.gap.jambs)):
        rooms = _sides(opening, lookup)
        if rooms == (OUTSIDE, OUTSIDE):
            continue
        names = tuple(None if r == OUTSIDE else ids[r] for r in rooms)
        exterior = OUTSIDE in rooms and (
            opening.kind == "window" or not _within(pockets, opening, side=rooms.index(OUTSIDE))
        )
        for pane in parted(opening, marks=sheet.marks) if exterior else [opening]:
            ident = f"p{name[0]}d{name[1] + 1}o{len(out) + 1}"
            out.append(_opening(pane, (names[0], names[1]), sheet.frame, ident, exterior=exterior))
    return tuple(out)


def _opening(
    opening: Found, rooms: tuple[str | None, str | None], frame: Frame, ident: str, *, exterior: bool
) -> OpeningPt:
    axis = _points(opening.gap.jambs, frame)
    kind, confidence, why = opening.kind, opening.confidence, opening.why
    if kind == "window" and not exterior:
        kind, confidence, why = "opening", min(confidence, 0.5), (*why, "lines_between_rooms")
    return OpeningPt(
        id=ident, kind=kind, at_pt=((axis[0][0] + axis[1][0]) / 2, (axis[0][1] + axis[1][1]) / 2),
        width_pt=round(opening.gap.width * frame.ft_pt, 3), axis=(axis[0], axis[1]), rooms=rooms,
        exterior=exterior, confidence=min(HIGHEST, confidence), why=why,
    )  # fmt: skip


def _sides(opening: Found, lookup: FaceMap) -> tuple[int, int]:
    """Face numbers on both sides of an opening, by majority along its length."""
    first, last = (int(np.bincount(lookup.at(_beside(opening, side)) + 1).argmax()) - 1 for side in (0, 1))
    return first, last


def _pockets(attempt: Attempt) -> shapely.Geometry:
    """Spaces inside the walls that are too small or too narrow to be rooms."""
    solid = [*attempt.walls, *(o.gap.shape for o in attempt.openings), *attempt.faces.faces]
    unread = shapely.union_all(list(attempt.faces.outlines)).difference(shapely.union_all(solid))
    found = shapely.union_all([part for part in parts_of(unread) if part.area <= POCKET_FT2])
    shapely.prepare(found)
    return found


def _within(pockets: shapely.Geometry, opening: Found, *, side: int) -> bool:
    """Whether most of what lies at a side of an opening is such a space."""
    points = _beside(opening, side)
    return bool(np.mean(shapely.contains_xy(pockets, points[:, 0], points[:, 1])) > 0.5)


def _beside(opening: Found, side: int) -> Array:
    """Points (n, 2) along one side (0 or 1) of an opening, off the wall's face."""
    first, last = np.asarray(opening.gap.jambs[0]), np.asarray(opening.gap.jambs[1])
    along = (last - first) / max(opening.gap.width, 1e-9)
    off = np.array([-along[1], along[0]]) * (opening.gap.thick / 2 + SIDE_FT) * (2 * side - 1)
    return np.asarray(first + np.linspace(0.15, 0.85, 9)[:, None] * (last - first) + off)


def _walls(walls: Sequence[Polygon], *, frame: Frame, lookup: FaceMap) -> tuple[WallPt, ...]:
    """Each wall part's longer edges as axes with the thickness behind them, each wall once."""
    corners = corners_of(oriented(walls))
    long = np.flatnonzero(corners.length >= LEAST_WALL_FT)
    start, end, unit = corners.at[long], corners.at[corners.after[long]], corners.unit[long]
    inward = np.column_stack([-unit[:, 1], unit[:, 0]])
    middle, length = (start + end) / 2, corners.length[long]
    thick = _thickness(middle, inward, shapely.union_all(list(walls)))
    kept = np.flatnonzero((thick > THINNEST_FT) & (thick < THICKEST_FT) & (length >= thick))
    kept = kept[_first_seen((middle + inward * thick[:, None] / 2)[kept], length[kept])]
    half, deep = inward[kept] * thick[kept, None] / 2, thick[kept, None] + PAST_FACE_FT
    axes = np.stack([start[kept] + half, end[kept] + half], axis=1)
    outer = lookup.at(middle[kept] - inward[kept] * PAST_FACE_FT) == OUTSIDE
    outer |= lookup.at(middle[kept] + inward[kept] * deep) == OUTSIDE
    ends = _points(axes.reshape(-1, 2), frame)
    return tuple(
        WallPt(start=first, end=last, thickness_pt=round(float(t) * frame.ft_pt, 3), exterior=bool(outside))
        for first, last, t, outside in zip(ends[::2], ends[1::2], thick[kept], outer, strict=True)
    )


def _thickness(middle: Array, inward: Array, whole: shapely.Geometry) -> Array:
    """How far (ft) the solid reaches inward of the middles of edges; 0 where none starts there."""
    rays = shapely.linestrings(np.stack([middle + inward * 0.01, middle + inward * LONGEST_RAY_FT], axis=1))
    parts, ray = shapely.get_parts(shapely.intersection(rays, whole), return_index=True)
    here = shapely.distance(parts, shapely.points(middle[ray])) < 0.1
    found = np.full(len(middle), np.inf)
    np.minimum.at(found, ray[here], shapely.length(parts[here]))
    return np.where(np.isfinite(found), found, 0.0)


def _first_seen(centre: Array, length: Array) -> list[int]:
    """Which walls to keep: of those about one centre the first, and longer ones."""
    kept: list[int] = []
    for n in range(len(centre)):
        apart = np.abs(centre[kept] - centre[n]).sum(axis=1)
        if not ((apart < SAME_WALL_FT) & (length[n] <= length[kept] * 1.2)).any():
            kept.append(n)
    return kept


def _outline(attempt: Attempt, *, frame: Frame) -> tuple[Point, ...]:
    """Outside of the largest group of rooms with the walls around it."""
    if not attempt.faces.faces:
        return ()
    holding = [o for o in attempt.faces.outlines if any(o.intersects(f) for f in attempt.faces.faces)]
    biggest = max(holding, key=lambda p: p.area)
    return _points(biggest.exterior.coords[:-1], frame)


__all__ = ["MAP_PX_PER_FT", "emit"]
