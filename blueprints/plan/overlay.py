"""A picture of a page with what was read drawn over it: rooms, openings, north."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Mapping
from pathlib import Path

import pymupdf

from autohvac.core.evidence import Point
from blueprints.plan.model import DrawingGeometry, FacePt, OpeningKind, OpeningPt
from blueprints.plan.pdf.open import open_plan

Colour = tuple[float, float, float]
ROOM_OPACITY = 0.35
GOLDEN = 0.61803398875
MARKS: dict[OpeningKind, tuple[str, Colour]] = {
    "window": ("W", (0.0, 0.35, 0.9)),
    "door": ("D", (0.85, 0.1, 0.1)),
    "glass_door": ("G", (0.0, 0.6, 0.6)),
    "skylight": ("S", (0.5, 0.2, 0.8)),
    "opening": ("O", (0.9, 0.55, 0.0)),
}
BLACK: Colour = (0.0, 0.0, 0.0)


def draw_overlay(
    path: Path,
    page_number: int,
    drawings: list[DrawingGeometry],
    labels: Mapping[str, str],
    out_png: Path,
    *,
    north_deg: float | None = None,
    dpi: int = 110,
) -> None:
    """Write the unrotated page as PNG with rooms (named by `labels` or id), openings by kind, a north arrow."""
    with open_plan(path) as document:
        page = document[page_number - 1]
        page.set_rotation(0)
        size = max(5.0, min(14.0, max(page.rect.width, page.rect.height) / 130))
        for drawing in drawings:
            if drawing.page == page_number:
                _draw(page, drawing, labels, size)
        if north_deg is not None:
            _north(page, north_deg)
        page.get_pixmap(dpi=dpi, alpha=False).save(str(out_png))


def _draw(page: pymupdf.Page, drawing: DrawingGeometry, labels: Mapping[str, str], size: float) -> None:
    for number, face in enumerate(drawing.faces):
        _room(page, face, colour=room_colour(number))
    for opening in drawing.openings:
        _opening(page, opening, size)
    for face in drawing.faces:
        centre = _middle(face)
        name = labels.get(face.id) or face.id
        page.insert_text(
            (centre[0] - size * len(name) * 0.25, centre[1]), name, fontsize=size, color=(0.4, 0, 0.4)
        )


def room_colour(number: int) -> Colour:
    """Well-spread colours by number."""
    return colorsys.hsv_to_rgb((number * GOLDEN) % 1.0, 0.75, 0.95)


def _room(page: pymupdf.Page, face: FacePt, *, colour: Colour) -> None:
    shape = page.new_shape()
    shape.draw_polyline([*face.polygon_pt, face.polygon_pt[0]])
    for hole in face.holes_pt:
        shape.draw_polyline([*hole, hole[0]])
    shape.finish(
        fill=colour, color=colour, width=1.0, fill_opacity=ROOM_OPACITY, even_odd=True, closePath=True
    )
    shape.commit()


def _opening(page: pymupdf.Page, opening: OpeningPt, size: float) -> None:
    letter, colour = MARKS[opening.kind]
    start, end = opening.axis
    page.draw_line(start, end, color=colour, width=max(2.0, size / 3))
    page.insert_text((opening.at_pt[0] + 1, opening.at_pt[1] - 1), letter, fontsize=size, color=colour)


def _middle(face: FacePt) -> Point:
    xs, ys = [p[0] for p in face.polygon_pt], [p[1] for p in face.polygon_pt]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _north(page: pymupdf.Page, north_deg: float) -> None:
    """An arrow in the top right corner pointing north (degrees clockwise from the top of the page)."""
    length = max(page.rect.width, page.rect.height) / 25
    centre = (page.rect.width - 2 * length, 2 * length)
    direction = (math.sin(math.radians(north_deg)), -math.cos(math.radians(north_deg)))
    tip = (centre[0] + direction[0] * length, centre[1] + direction[1] * length)
    tail = (centre[0] - direction[0] * length, centre[1] - direction[1] * length)
    page.draw_line(tail, tip, color=BLACK, width=2)
    page.draw_circle(tip, length / 8, color=BLACK, fill=BLACK)
    page.insert_text((tip[0] + length / 5, tip[1]), "N", fontsize=length / 2, color=BLACK)
