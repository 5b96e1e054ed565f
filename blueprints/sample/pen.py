"""A pen for a sheet: feet in, ink out, one scale and origin per drawing."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pymupdf

from blueprints.sample.house import feet_inches

Pt = tuple[float, float]
BLACK, GREY, LIGHT = (0.0, 0.0, 0.0), (0.45, 0.45, 0.45), (0.78, 0.78, 0.78)
Colour = tuple[float, float, float]
HEAVY, MEDIUM, FINE, HAIR = 1.6, 0.9, 0.5, 0.3
_ASCENT = 0.36


class Pen:
    """Draws in feet, y up. `origin` is where (0, 0) falls on the page [pt], `scale` in points per foot."""

    def __init__(self, page: pymupdf.Page, *, origin: Pt = (0.0, 0.0), scale: float = 1.0) -> None:
        self.shape = page.new_shape()
        self.origin, self.scale = origin, scale

    def at(self, x: float, y: float) -> pymupdf.Point:
        """Page point of a place in feet."""
        return pymupdf.Point(self.origin[0] + x * self.scale, self.origin[1] - y * self.scale)

    def line(
        self, a: Pt, b: Pt, *, width: float = FINE, colour: Colour = BLACK, dashes: str | None = None
    ) -> None:
        """A straight stroke."""
        self.shape.draw_line(self.at(*a), self.at(*b))
        self.shape.finish(width=width, color=colour, dashes=dashes)

    def poly(
        self,
        points: Sequence[Pt],
        *,
        width: float = FINE,
        colour: Colour | None = BLACK,
        fill: Colour | None = None,
        closed: bool = True,
        dashes: str | None = None,
    ) -> None:
        """A polyline or polygon."""
        dots = [self.at(*point) for point in points]
        self.shape.draw_polyline([*dots, dots[0]] if closed else dots)
        self.shape.finish(width=width, color=colour, fill=fill, closePath=closed, dashes=dashes)

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        width: float = FINE,
        fill: Colour | None = None,
        dashes: str | None = None,
        colour: Colour = BLACK,
    ) -> None:
        """An upright rectangle."""
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        self.poly(corners, width=width, fill=fill, dashes=dashes, colour=colour)

    def circle(self, centre: Pt, radius: float, *, width: float = FINE, fill: Colour | None = None) -> None:
        """A circle; radius in feet."""
        self.shape.draw_circle(self.at(*centre), radius * self.scale)
        self.shape.finish(width=width, color=BLACK, fill=fill)

    def ellipse(self, centre: Pt, rx: float, ry: float, *, width: float = FINE) -> None:
        """An upright ellipse; radii in feet."""
        a, b = self.at(centre[0] - rx, centre[1] + ry), self.at(centre[0] + rx, centre[1] - ry)
        self.shape.draw_oval(pymupdf.Rect(a, b))
        self.shape.finish(width=width, color=BLACK)

    def arc(self, centre: Pt, start: Pt, *, sweep_deg: float, width: float = HAIR) -> None:
        """An arc from `start` about `centre`; sweep counter-clockwise in plan is positive."""
        self.shape.draw_sector(self.at(*centre), self.at(*start), sweep_deg, fullSector=False)
        self.shape.finish(width=width, color=BLACK, closePath=False)

    def text(
        self,
        at: Pt,
        words: str,
        *,
        size: float = 8.0,
        bold: bool = False,
        rotate: int = 0,
        align: float = 0.5,
        colour: Colour = BLACK,
    ) -> None:
        """One line of text about a place; size in points, `align` 0 left, 0.5 centre, 1 right."""
        font = "hebo" if bold else "helv"
        back = pymupdf.get_text_length(words, fontname=font, fontsize=size) * align
        dot, drop = self.at(*at), size * _ASCENT
        if rotate == 90:
            dot = pymupdf.Point(dot.x + drop, dot.y + back)
        else:
            dot = pymupdf.Point(dot.x - back, dot.y + drop)
        self.shape.insert_text(dot, words, fontname=font, fontsize=size, rotate=rotate, color=colour)

    def commit(self) -> None:
        """Put the ink on the page."""
        self.shape.commit()

    def dimension(self, stops: Sequence[float], *, across: float, along: str, reach: float) -> None:
        """A chain of dimensions at `across`; extension lines come from `reach` (all in feet)."""
        gap = 5.0 / self.scale
        sign = math.copysign(1.0, across - reach)
        self._axis_line((stops[0] - gap, across), (stops[-1] + gap, across), along=along)
        for stop in stops:
            self._axis_line((stop, reach + sign * gap), (stop, across + sign * gap), along=along)
            self._tick(stop, across, along=along)
        for low, high in itertools.pairwise(stops):
            self._dimension_text(low, high, across, along=along)

    def _axis_line(self, a: Pt, b: Pt, *, along: str) -> None:
        if along == "y":
            a, b = (a[1], a[0]), (b[1], b[0])
        self.line(a, b, width=HAIR)

    def _tick(self, stop: float, across: float, *, along: str) -> None:
        x, y = (stop, across) if along == "x" else (across, stop)
        arm = 3.5 / self.scale
        self.line((x - arm, y - arm), (x + arm, y + arm), width=MEDIUM)

    def _dimension_text(self, low: float, high: float, across: float, *, along: str) -> None:
        middle, lift = (low + high) / 2, 6.5 / self.scale
        words = feet_inches(high - low)
        if along == "x":
            self.text((middle, across + lift), words, size=8)
        else:
            self.text((across - lift, middle), words, size=8, rotate=90)


def drawing_title(pen: Pen, at: Pt, *, number: str, title: str, scale: str) -> None:
    """The title under a drawing: number in a circle, name, scale. `at` is the circle's centre [pen units]."""
    unit = 1.0 / pen.scale
    pen.circle(at, 15 * unit, width=MEDIUM)
    pen.text(at, number, size=13, bold=True)
    x, y = at[0] + 24 * unit, at[1]
    pen.text((x, y + 8 * unit), title, size=14, bold=True, align=0.0)
    pen.line((x, y - 1 * unit), (x + 250 * unit, y - 1 * unit), width=MEDIUM)
    pen.text((x, y - 10 * unit), scale, size=9, align=0.0)
