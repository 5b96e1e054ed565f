"""Fixtures of the floor plan, in light ink: what is built in, not what is moved in."""

from __future__ import annotations

from blueprints.sample.pen import FINE, GREY, HAIR, Pen


def draw_fixtures(pen: Pen) -> None:
    """All fixtures of the plan [ft]."""
    _hall_bath(pen)
    _primary_bath(pen)
    _kitchen(pen)
    _laundry_and_mech(pen)
    _shelves(pen)


def _toilet(pen: Pen, x: float, y: float, *, facing: int) -> None:
    """Tank on the wall at y, bowl toward `facing` (+1 up)."""
    pen.rect(x - 0.85, y, x + 0.85, y + facing * 0.65, width=HAIR)
    pen.ellipse((x, y + facing * 1.45), 0.6, 0.8, width=HAIR)


def _basin(pen: Pen, x: float, y: float) -> None:
    pen.ellipse((x, y), 0.7, 0.5, width=HAIR)
    pen.circle((x, y), 0.08, width=HAIR)


def _tub(pen: Pen, x0: float, y0: float, x1: float, y1: float) -> None:
    pen.rect(x0, y0, x1, y1, width=FINE)
    pen.rect(x0 + 0.25, y0 + 0.3, x1 - 0.25, y1 - 0.3, width=HAIR)
    pen.circle(((x0 + x1) / 2, y0 + 0.75), 0.12, width=HAIR)


def _hall_bath(pen: Pen) -> None:
    _tub(pen, 0.5417, 20.0, 3.2083, 25.0)
    _toilet(pen, 4.6, 25.0, facing=-1)
    pen.rect(6.2, 23.2, 10.2, 25.0, width=FINE)
    _basin(pen, 7.3, 24.1)
    _basin(pen, 9.1, 24.1)


def _primary_bath(pen: Pen) -> None:
    pen.rect(45.375, 14.375, 50.375, 16.2, width=FINE)
    _basin(pen, 46.7, 15.3)
    _basin(pen, 49.0, 15.3)
    pen.rect(50.4583, 20.0, 53.4583, 23.0, width=FINE)
    pen.line((50.4583, 20.0), (53.4583, 23.0), width=HAIR)
    pen.line((50.4583, 23.0), (53.4583, 20.0), width=HAIR)
    _toilet(pen, 52.3, 14.375, facing=1)


def _kitchen(pen: Pen) -> None:
    pen.poly([(38.0, 14.6), (36.0, 14.6), (36.0, 22.0), (31.2, 22.0), (31.2, 24.0)], width=FINE, closed=False)
    pen.rect(36.0, 16.6, 38.0, 19.1, width=FINE)
    for x in (36.55, 37.45):
        for y in (17.25, 18.45):
            pen.circle((x, y), 0.28, width=HAIR)
    pen.rect(31.25, 21.5, 34.25, 23.95, width=FINE)
    pen.text((32.75, 22.7), "REF.", size=7)
    pen.rect(29.0, 15.9, 32.4, 20.4, width=FINE)
    pen.rect(30.9, 17.1, 32.1, 18.5, width=HAIR)
    pen.rect(30.9, 18.6, 32.1, 20.0, width=HAIR)
    pen.rect(28.0, 15.9, 29.0, 20.4, width=HAIR, dashes="[3 3] 0", colour=GREY)


def _laundry_and_mech(pen: Pen) -> None:
    for x, name in ((44.25, "W"), (46.9, "D")):
        pen.rect(x - 2.5, 11.5 - 4.8, x, 11.5 - 2.3, width=FINE)
        pen.text((x - 1.25, 7.95), name, size=7)
    pen.rect(38.375, 13.99, 43.0, 13.0, width=HAIR)
    pen.circle((52.2, 7.9), 0.95, width=FINE)
    pen.text((52.2, 7.9), "W.H.", size=6)
    pen.rect(50.9, 11.2, 53.3, 13.6, width=FINE)
    pen.text((52.1, 12.4), "A.H.U.", size=6)


def _shelves(pen: Pen) -> None:
    """Rod and shelf: a dashed line a foot from the back wall."""
    rods = (
        ((0.5417, 18.6), (8.5417, 18.6)),
        ((0.5417, 26.4), (8.5417, 26.4)),
        ((39.5, 14.375), (39.5, 23.0)),
        ((43.9, 14.375), (43.9, 21.4)),
        ((13.4167, 7.7), (17.0, 7.7)),
    )
    for start, end in rods:
        pen.line(start, end, width=HAIR, dashes="[5 3] 0", colour=GREY)
    pen.rect(13.4167, 36.4, 17.0, 38.4583, width=HAIR)
    for x in (9.5, 10.2):
        pen.line((x, 17.625), (x, 19.625), width=HAIR, colour=GREY)
        pen.line((x, 25.375), (x, 27.375), width=HAIR, colour=GREY)
