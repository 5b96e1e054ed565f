"""Readings of one drawing: every wall hypothesis carried through to faces, the best one kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from blueprints.plan.geometry import raster
from blueprints.plan.geometry.arcs import Marks
from blueprints.plan.geometry.bodies import hollow_bodies
from blueprints.plan.geometry.crossings import uncrossed
from blueprints.plan.geometry.faces import Faces, closed_faces
from blueprints.plan.geometry.frame import Frame, anchored
from blueprints.plan.geometry.fuse import parted_by_doors_of, with_openings_of
from blueprints.plan.geometry.glass import shut_by_glass
from blueprints.plan.geometry.glazing import without_glazing
from blueprints.plan.geometry.hatch import hatch_free
from blueprints.plan.geometry.openings import Found, Gap, cast_gaps, judge, wide_gaps
from blueprints.plan.geometry.refine import refined
from blueprints.plan.geometry.regularise import snapped
from blueprints.plan.geometry.score import Attempt, Names, named_alone, reference_area, score, score_but_names
from blueprints.plan.geometry.slots import panes, slots
from blueprints.plan.geometry.strokes import Strokes
from blueprints.plan.geometry.tone import toned_walls
from blueprints.plan.geometry.unleaved import without_leaves
from blueprints.plan.geometry.walls import (
    axis_runs,
    joined,
    network,
    pair_strips,
    pen_classes,
    slanted_shapes,
)

Array = NDArray[np.float64]
SLIT_FT = 0.13
SNAP_FT = 0.07
SURROUND = 0.35
EXACT_FT = 2.0**-10  # what a file's rounding adds must not tell two equal walls apart
ONE_PEN_SHARE = 0.02
ALL_PENS_SHARE = 0.08
LOOK_AGAIN = 3
NEAR = 0.85  # of the best score: readings whose openings are believed
THICK = "solid_thick"
SHUT_STYLES = (
    "solid_dark",
    "solid_grey",
    "solid_and_pairs",
)  # slits closed: walls may be too thick, windows hidden
FILLED_STYLES = ("solid_filled", "solid_dark", "solid_grey", THICK)
LEAST_ROOM_FT2, SAME_AREA = 28.0, 0.02
SAME_WALLS_FT = 0.0625  # a pixel and a half
SURE, ENOUGH_NAMES = 0.97, 4
SURE_BUT_NAMES, NAMES_APART = 0.955, 0.9
GLASS_FT = 0.11  # curtain walls are as thin
THIN_FT = 0.2
THICK_SHARE = 0.5
LEAST_THICK_FT = 0.23


@dataclass(frozen=True)
class Sheet:
    """Everything known of a drawing in its frame: grey picture, all ink, axis line segments (feet).

    `ink` is that of `grey`, where letters are taken out of pictures; `marks` is all ink there is, with the letters: those
    taken out may take a piece of a swing with them.
    """

    method: str
    frame: Frame
    scale: float
    grey: raster.Image
    ink: raster.Image
    marks: Marks
    segments: Array
    widths: Array

    @cached_property
    def slots(self) -> list[Gap]:
        """Slots of paper in thick ink, where windows of solid walls may be."""
        return slots(self.ink, self.grey, scale=self.scale)

    @cached_property
    def line_offsets(self) -> tuple[Array, Array]:
        """Offsets of drawn vertical and horizontal lines [ft]; none for pictures."""
        if self.method == "raster":
            return np.empty(0), np.empty(0)
        found = [axis_runs(self.segments, along=along) for along in (1, 0)]
        kept = [r[r[:, 2] - r[:, 1] >= 0.4, 0] for r in found]
        return kept[0], kept[1]


def vector_sheet(strokes: Strokes, *, frame: Frame, most_px: float) -> Sheet:
    """Sheet from paths, its pixels and its feet counted from the drawing's own lines."""
    scale = raster.px_per_ft(frame, most_px=most_px)
    frame = anchored(frame, strokes.segments, scale=scale)
    grey = raster.paint(strokes, frame=frame, scale=scale)
    flat = np.round(frame.to_frame(strokes.segments.reshape(-1, 2)).reshape(-1, 4) / EXACT_FT) * EXACT_FT
    inside = np.all((flat > -1.0) & (flat < np.tile(frame.size_ft, 2) + 1.0), axis=1)
    flat, widths = flat[inside], strokes.widths[inside]
    keep = hatch_free(flat)
    ink = raster.ink_of(grey, below=225)
    return Sheet(
        "vector", frame, scale, grey, ink, Marks(ink, scale, grey), flat[keep], widths[keep] / frame.ft_pt
    )


def raster_sheet(
    grey: raster.Image, *, frame: Frame, scale: float, scanned: bool, letters: Array, marks: Marks
) -> Sheet:
    """Sheet from a picture with letters in boxes (n, 4 feet); its openings are looked for in `marks`."""
    walls = raster.without_letters(grey, letters * scale)
    ink = picture_ink(walls, scanned=scanned)
    lines = raster.line_segments(ink, scale=scale, least_ft=1.2)
    return Sheet("raster", frame, scale, walls, ink, marks, lines[:, :4], lines[:, 4])


def picture_ink(grey: raster.Image, *, scanned: bool) -> raster.Image:
    """The ink of a picture: where it is `scanned`, fine strokes are pale; of a drawn sheet pale strokes are meant to be so."""
    return raster.scan_ink(grey) if scanned else raster.ink_of(grey, below=raster.SCAN_DARK)


def best_reading(sheet: Sheet, *, names: Names) -> tuple[Attempt, float] | None:
    """The best scored attempt with its score; None when no hypothesis gave a wall."""
    attempts = _attempts(sheet, names)
    if not attempts:
        return None
    first = _ranked(attempts, reference_area(attempts), names)
    chosen = _different([a for a, _ in first])[:LOOK_AGAIN]
    second = [_looked_at_again(sheet, a, names) for a in chosen]
    attempts = [*second, *(a for a, _ in first if not any(a is one for one in chosen))]
    best, worth = _ranked(attempts, reference_area(attempts), names)[0]
    if not any(best is one for one in second):
        best = _looked_at_again(sheet, best, names)
    near = [a for a, other in first if other >= NEAR * first[0][1] or a.style == THICK]
    whole = _without_frame(parted_by_doors_of(best, near, names=names))
    return with_openings_of(whole, near), worth


def _looked_at_again(sheet: Sheet, made: Attempt, names: Names) -> Attempt:
    """The attempt refined; from the start where leaves of its doors were taken for walls."""
    again = refined(made, marks=sheet.marks, names=names)
    walls = without_leaves(again.walls, again.openings)
    if walls is not None:
        made = attempt(sheet, made.style, walls, names)
        again = refined(made, marks=sheet.marks, names=names)
    return _without_frame(again)


def _attempts(sheet: Sheet, names: Names) -> list[Attempt]:
    """What the hypotheses lead to, each set of walls once; none is tried after one that leaves nothing to wish for."""
    found: list[Attempt] = []
    tried: list[tuple[bool, MultiPolygon]] = []
    for style, shapes in hypotheses(sheet, names.at):
        walls, is_filled = network(joined(shapes)), style.startswith(FILLED_STYLES)
        whole = MultiPolygon(walls)
        known = (other for was_filled, other in tried if was_filled or not is_filled)
        if not walls or any(_are_same(whole, other) for other in known):
            continue
        tried.append((is_filled, whole))
        found.append(attempt(sheet, style, walls, names))
        if _is_sure(found[-1], names):
            break
    return found


def _are_same(one: MultiPolygon, other: MultiPolygon) -> bool:
    """Whether the corners of either lie on the outlines of the other, but for a hair's breadth."""
    if abs(one.area - other.area) > SAME_WALLS_FT * one.length:
        return False
    outlines = [one.boundary, other.boundary]
    shapely.prepare(outlines)
    corners = [shapely.points(shapely.get_coordinates(walls)) for walls in (other, one)]
    return all(
        bool(shapely.dwithin(outline, points, SAME_WALLS_FT).all())
        for outline, points in zip(outlines, corners, strict=True)
    )


def _is_sure(made: Attempt, names: Names) -> bool:
    """True where walls are taken as they are drawn, every name has a room of its own, and rooms and openings are usual.

    Names of an open plan share one however walls are taken: a few may.
    """
    apart = named_alone(made, names)
    if made.style.startswith(SHUT_STYLES) or len(names.at) < ENOUGH_NAMES or apart < NAMES_APART:
        return False
    reference_ft2 = reference_area([made])
    if apart >= SURE:
        return score(made, reference_ft2=reference_ft2, names=names) >= SURE
    return score_but_names(made, reference_ft2=reference_ft2, names=names) >= SURE_BUT_NAMES


def _ranked(attempts: Sequence[Attempt], reference_ft2: float, names: Names) -> list[tuple[Attempt, float]]:
    scored = [(a, score(a, reference_ft2=reference_ft2, names=names)) for a in attempts]
    return sorted(scored, key=lambda item: -item[1])


def _different(ranked: Sequence[Attempt]) -> list[Attempt]:
    """The attempts in order, of those with as many rooms and the same area but the first left out: it stands for them."""
    kept: list[Attempt] = []
    for one in ranked:
        if not any(_alike(one.faces, other.faces) for other in kept):
            kept.append(one)
    return kept


def _alike(one: Faces, other: Faces) -> bool:
    rooms = [sum(face.area >= LEAST_ROOM_FT2 for face in faces.faces) for faces in (one, other)]
    return rooms[0] == rooms[1] and abs(one.area - other.area) <= SAME_AREA * max(one.area, other.area)


def _without_frame(attempt: Attempt) -> Attempt:
    return replace(attempt, faces=without_surround(attempt.faces))


Hypotheses = Iterator[tuple[str, list[Polygon]]]


def hypotheses(sheet: Sheet, named: Array) -> Hypotheses:
    """Named sets of wall polygons (feet), each made when it is asked for; rooms have names at `named` (n, 2)."""
    grey_level = 228 if sheet.method == "vector" else 222
    for level in (raster.DARK, grey_level):
        yield f"solid_filled_{level}", _solid(sheet, below=level, thin_ft=THIN_FT, slit_ft=0.0)
    for tone, mask in toned_walls(sheet.grey, scale=sheet.scale):
        yield (
            f"solid_filled_tone_{tone}",
            _shapes(sheet, raster.solid_mask(mask, close_px=0.0, open_px=THIN_FT * sheet.scale)),
        )
    yield "solid_dark", _solid(sheet, below=raster.DARK, thin_ft=THIN_FT)
    if sheet.method == "vector":
        yield "solid_glazed", _solid(sheet, below=raster.DARK, thin_ft=GLASS_FT, slit_ft=0.0)
    grey = _solid(sheet, below=grey_level, thin_ft=THIN_FT)
    yield "solid_grey", grey
    yield from _thick(sheet)
    if sheet.method == "raster":
        yield from _hollow_styles(sheet, sheet.ink, "", named)
        yield from _hollow_styles(sheet, raster.axis_ink(sheet.ink, scale=sheet.scale), "_axis", named)
    length = np.hypot(*(sheet.segments[:, 2:] - sheet.segments[:, :2]).T)
    for number, pen in enumerate(pen_classes(sheet.widths, length)):
        yield from _line_styles(sheet, pen, number, grey, named)


def _thick(sheet: Sheet) -> Hypotheses:
    """Ink at least half as thick as most walls: without leaves, counters and furniture in a heavy pen."""
    ink = raster.solid_mask(
        raster.ink_of(sheet.grey, below=raster.DARK), close_px=1.0, open_px=THIN_FT * sheet.scale
    )
    half_ft = THICK_SHARE * raster.thickness_mode_px(ink) / sheet.scale
    if half_ft > LEAST_THICK_FT:
        yield THICK, _solid(sheet, below=raster.DARK, thin_ft=half_ft, slit_ft=0.0)


def _line_styles(
    sheet: Sheet, pen: NDArray[np.bool_], number: int, grey: list[Polygon], named: Array
) -> Hypotheses:
    """Readings of one pen's lines: as pairs, as pairs beside solid walls, as outlines of wall bodies."""
    share = ALL_PENS_SHARE if pen.all() else ONE_PEN_SHARE
    lines = sheet.segments[pen]
    pairs = [s.shape for s in pair_strips(lines, least_share=share)]
    pairs += slanted_shapes(lines, least_share=0.1)
    yield f"pairs_{number}", pairs
    if sum(p.area for p in grey) > 10.0:
        yield f"solid_and_pairs_{number}", [*grey, *pairs]
    if sheet.method == "vector":
        drawn = raster.shut(raster.draw_lines(lines, frame=sheet.frame, scale=sheet.scale))
        yield from _hollow_styles(sheet, drawn, f"_{number}", named)


def _hollow_styles(sheet: Sheet, ink: raster.Image, name: str, named: Array) -> Hypotheses:
    """Outlines of wall bodies, with and without the panes of windows between them; in pictures also without furniture."""
    bodies = hollow_bodies(ink, scale=sheet.scale, named=named)
    kinds = {"hollow": bodies, "hollow_clear": bodies.without_slots()}
    if sheet.method == "raster":
        heavy = bodies.heavily_drawn(sheet.grey)
        kinds |= {"hollow_heavy": heavy, "hollow_heavy_clear": heavy.without_slots()}
    tried: list[NDArray[np.bool_]] = []
    for kind, found in kinds.items():
        if not any(np.array_equal(found.body, other) for other in tried):
            tried.append(found.body)
            yield f"{kind}{name}", _shapes(sheet, found.mask())


def _shapes(sheet: Sheet, mask: raster.Image, *, spread_px: float = 0.0) -> list[Polygon]:
    """A mask's polygons, in line with what is drawn; `spread_px` is what it reaches over true edges."""
    found = raster.polygons_of(mask, scale=sheet.scale, least_ft2=0.08, spread_px=spread_px)
    return snapped(found, lines=sheet.line_offsets, reach_ft=SNAP_FT)


def _solid(sheet: Sheet, *, below: int, thin_ft: float, slit_ft: float = SLIT_FT) -> list[Polygon]:
    ink = raster.ink_of(sheet.grey, below=below)
    mask = raster.solid_mask(ink, close_px=slit_ft * sheet.scale, open_px=thin_ft * sheet.scale)
    # a rendered edge fades over a pixel: grey levels paler than the middle reach over it
    spread = (below - raster.MIDDLE_GREY) / 255 if sheet.method == "raster" else 0.0
    return _shapes(sheet, mask, spread_px=spread)


def attempt(sheet: Sheet, style: str, walls: Sequence[Polygon], names: Names) -> Attempt:
    """Walls → openings → faces; the outline is closed over wide gaps only if that wins much room area."""
    marks = sheet.marks
    walls = without_glazing(walls, ink=marks.ink, scale=marks.scale, grey=marks.grey)
    gaps = cast_gaps(walls, marks=sheet.marks)
    found = uncrossed([f for g in gaps if (f := judge(g)) is not None])
    faces = closed_faces(walls, [f.gap.shape for f in found], named=names.at)
    wide = wide_gaps(gaps, taken=found)
    if wide:
        closed = closed_faces(walls, [f.gap.shape for f in [*found, *wide]], named=names.at)
        if closed.area > 1.25 * faces.area + 20:
            found, faces = [*found, *wide], closed
    if style.startswith(FILLED_STYLES):  # among outlines a line from a corner is as likely a wall's face
        found, faces = shut_by_glass(walls, found, faces, marks=sheet.marks, named=names.at)
        glass = panes(sheet.slots, walls=walls, openings=found, faces=faces)
        if glass:
            found = [*found, *glass]
            faces = closed_faces(walls, [f.gap.shape for f in found], named=names.at)
    return Attempt(sheet.method, style, tuple(walls), tuple(found), without_surround(faces))


def without_surround(faces: Faces) -> Faces:
    """Drop faces that only run around others (sheet frames, plot boundaries)."""
    kept = [f for f in faces.faces if not _surrounds(f, faces.faces)]
    return Faces(tuple(kept), faces.outlines)


def _surrounds(face: Polygon, others: Sequence[Polygon]) -> bool:
    inner = [Polygon(h) for h in face.interiors]
    if not inner:
        return False
    whole = shapely.union_all(inner)
    held = sum(o.area for o in others if o is not face and whole.contains(o.representative_point()))
    return held > SURROUND * face.area


Progress = Callable[[float, float, str], None]
__all__ = ["Found", "Sheet", "best_reading", "raster_sheet", "vector_sheet"]
