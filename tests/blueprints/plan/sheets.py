"""A hand-made house as the reader hands it on, at any place and scale of the sheet.

A 12×12 | B 14×12        A has a window north, B a window east, D a door south.
C 12×10 | D 14×10        Walls are half a foot.
G 26.5×20 garage
"""

from __future__ import annotations

import json

from autohvac.core.evidence import Point
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import CleanupIn, CorrectionIn, clean
from blueprints.plan.cleanup.inputs import Anchor
from blueprints.plan.model import (
    DrawingGeometry,
    DrawingInfo,
    EdgePt,
    FacePt,
    OpeningKind,
    OpeningPt,
    PageInfo,
    PageSet,
    Plan,
    RoomLabel,
    RoomType,
    ScaleWitness,
    TextSet,
)

Box = tuple[float, float, float, float]
ROOMS: dict[str, tuple[Box, RoomType, tuple[str, str, str, str]]] = {
    "A": ((0, 0, 12, 12), "living", ("outside", "B", "C", "outside")),
    "B": ((12.5, 0, 26.5, 12), "kitchen", ("outside", "outside", "D", "A")),
    "C": ((0, 12.5, 12, 22.5), "bedroom", ("A", "D", "G", "outside")),
    "D": ((12.5, 12.5, 26.5, 22.5), "office", ("B", "outside", "G", "C")),
    "G": ((0, 23, 26.5, 43), "garage", ("C", "outside", "outside", "outside")),
}
OPENINGS: tuple[tuple[str, OpeningKind, Point, Point, tuple[str, str | None]], ...] = (
    ("o1", "window", (6, -0.25), (1, 0), ("A", None)),
    ("o2", "window", (26.75, 6), (0, 1), ("B", None)),
    ("o3", "door", (19.5, 22.75), (1, 0), ("D", "G")),
)


class Sheet:
    """The house drawn at a place of the sheet, so many points to the foot; `rooms` are those the reader finds."""

    def __init__(
        self,
        rooms: dict[str, Box] | None = None,
        *,
        pt: float = 18.0,
        at: Point = (60.0, 60.0),
        noted: bool = True,
    ) -> None:
        self.boxes = {name: box for name, (box, _, _) in ROOMS.items()} if rooms is None else rooms
        self.pt, self.at, self.noted = pt, at, noted

    def p(self, x: float, y: float) -> Point:
        return (self.at[0] + x * self.pt, self.at[1] + y * self.pt)

    def outline(self, box: Box) -> tuple[Point, ...]:
        x0, y0, x1, y1 = box
        return (self.p(x0, y0), self.p(x1, y0), self.p(x1, y1), self.p(x0, y1))

    def labels(self) -> tuple[RoomLabel, ...]:
        found = []
        for name, (box, kind, _) in ROOMS.items():
            x, y = self.p((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            found.append(
                RoomLabel(
                    page=1, text=f"ROOM {name}", type=kind, at_pt=(x, y), bbox=(x - 9, y - 3, x + 9, y + 3), confidence=0.9
                )
            )  # fmt: skip
        return tuple(found)

    def face(self, name: str, box: Box) -> FacePt:
        corners = self.outline(box)
        beyond = ROOMS[name][2] if name in ROOMS else ("outside",) * 4
        ends = zip(corners, corners[1:] + corners[:1], beyond, strict=True)
        edges = tuple(EdgePt(start=a, end=b, beyond=what) for a, b, what in ends)
        area = (box[2] - box[0]) * (box[3] - box[1]) * self.pt**2
        return FacePt(id=name, polygon_pt=corners, area_pt2=area, edges=edges, confidence=0.9)

    def opening(
        self, name: str, kind: OpeningKind, at: Point, way: Point, rooms: tuple[str, str | None]
    ) -> OpeningPt:
        a = self.p(at[0] - 2 * way[0], at[1] - 2 * way[1])
        b = self.p(at[0] + 2 * way[0], at[1] + 2 * way[1])
        return OpeningPt(
            id=name, kind=kind, at_pt=self.p(*at), width_pt=4 * self.pt, axis=(a, b), rooms=rooms, exterior=rooms[1] is None,
            confidence=0.8,
        )  # fmt: skip

    def read(self, *corrections: CorrectionIn) -> Building:
        """The building as read, with corrections."""
        return clean(self.inputs(corrections))

    def inputs(self, corrections: tuple[CorrectionIn, ...] = ()) -> CleanupIn:
        """What stages 2 to 4 hand on."""
        note = ScaleWitness(kind="note", feet_per_point=1 / self.pt, text="a note")
        box = (0.0, 0.0, 2400.0, 2400.0)
        info = DrawingInfo(
            title="FLOOR PLAN",
            kind="floor_plan",
            score=1.0,
            bbox=box,
            witnesses=(note,) if self.noted else (),
            storey_index=1,
        )
        page = PageInfo(
            number=1, width_pt=2400, height_pt=2400, rotation=0, kind="floor_plan", score=1.0, route="vector",
            drawings=(info,),
        )  # fmt: skip
        faces = tuple(self.face(name, shape) for name, shape in self.boxes.items())
        openings = tuple(self.opening(*row) for row in OPENINGS)
        geometry = DrawingGeometry(
            page=1, drawing=0, bbox=box, method="vector", score=0.9, faces=faces, openings=openings
        )
        return CleanupIn(
            pages=PageSet(pages=(page,)), plan=Plan(drawings=(geometry,)), text=TextSet(labels=self.labels()),
            zip_code="80202", corrections=corrections, answers={"ceiling_height_ft": 9.0},
        )  # fmt: skip

    def anchor(self, box: Box, name: str = "") -> Anchor:
        labels = tuple((label.text, label.at_pt) for label in self.labels())
        return Anchor(
            level=1, feet_per_point=1 / self.pt, polygon_pt=self.outline(box), name=name, labels=labels
        )

    def edit(self, box: Box, field: str, value: object, *, key: str = "?", name: str = "") -> CorrectionIn:
        value = json.loads(json.dumps(value))  # as it comes from the database
        return CorrectionIn(
            target_key=key, field=field, value=value, id=f"{field}1", anchor=self.anchor(box, name)
        )
