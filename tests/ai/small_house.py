"""A house of four rooms as stages 1 to 4 would read it, written down: nothing has to be read to test stage 5."""

from __future__ import annotations

from blueprints.plan.cleanup.inputs import CleanupIn
from blueprints.plan.model import (
    DrawingGeometry,
    DrawingInfo,
    EdgePt,
    FacePt,
    OpeningPt,
    PageFacts,
    PageInfo,
    PageSet,
    PdfFacts,
    Plan,
    RoomLabel,
    ScaleWitness,
    TextSet,
    WallPt,
    Word,
)

UNKNOWN = "SOAKERY"  # no dictionary has it, so its room is open
LEFT, RIGHT = (209.0, 560.0), (567.0, 839.0)
TOP, BOTTOM = (149.0, 392.0), (399.0, 599.0)
ROOMS = {
    "f1": (LEFT, TOP, "LIVING ROOM", "living"),
    "f2": (RIGHT, TOP, "KITCHEN", "kitchen"),
    "f3": (LEFT, BOTTOM, "BEDROOM 1", "bedroom"),
    "f4": (RIGHT, BOTTOM, UNKNOWN, None),
}
BEYOND = {
    "f1": ("outside", "f2", "f3", "outside"),
    "f2": ("outside", "outside", "f4", "f1"),
    "f3": ("f1", "f4", "outside", "outside"),
    "f4": ("f2", "outside", "outside", "f3"),
}
BOX = (190.0, 90.0, 860.0, 620.0)
FEET_PER_POINT = 1 / 18


def small_house() -> CleanupIn:
    """The house at 1/4" = 1'-0", with the open room in its lower right corner."""
    pages = PageSet(pages=(_page(),))
    return CleanupIn(pages=pages, plan=Plan(drawings=(_geometry(),)), text=_text(), zip_code="52401")


def facts() -> PdfFacts:
    """What stage 1 leaves."""
    page = PageFacts(number=1, width_pt=1224, height_pt=792, words=16)
    return PdfFacts(
        sha256="0" * 64, media_type="application/pdf", size_bytes=1000, page_count=1, pages=(page,)
    )


def _page() -> PageInfo:
    scale = ScaleWitness(kind="note", feet_per_point=FEET_PER_POINT, text='1/4" = 1\'-0"')
    length = ScaleWitness(kind="dimension", feet_per_point=FEET_PER_POINT, weight=3, text="36'-0\"")
    drawing = DrawingInfo(
        title="FLOOR PLAN", kind="floor_plan", score=0.8, bbox=BOX, storey_name="FLOOR PLAN",
        witnesses=(scale, length), scale_notation="1/4\" = 1'-0\"",
    )  # fmt: skip
    return PageInfo(
        number=1, width_pt=1224, height_pt=792, rotation=0, kind="floor_plan", score=0.8, route="vector",
        drawings=(drawing,),
    )  # fmt: skip


def _geometry() -> DrawingGeometry:
    outline = ((200.0, 140.0), (848.0, 140.0), (848.0, 608.0), (200.0, 608.0))
    return DrawingGeometry(
        page=1, drawing=0, bbox=BOX, method="vector", score=0.9, walls=_walls(), faces=tuple(map(_face, ROOMS)),
        openings=_openings(), outline_pt=outline,
    )  # fmt: skip


def _face(name: str) -> FacePt:
    (x0, x1), (y0, y1), *_ = ROOMS[name]
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    edges = tuple(
        EdgePt(start=corners[n], end=corners[(n + 1) % 4], beyond=beyond)
        for n, beyond in enumerate(BEYOND[name])
    )
    return FacePt(id=name, polygon_pt=corners, area_pt2=(x1 - x0) * (y1 - y0), edges=edges, confidence=0.9)


def _walls() -> tuple[WallPt, ...]:
    corners = ((204.5, 144.5), (843.5, 144.5), (843.5, 603.5), (204.5, 603.5))
    outer = [
        WallPt(start=corners[n], end=corners[(n + 1) % 4], thickness_pt=9, exterior=True) for n in range(4)
    ]
    inner = [
        WallPt(start=(563.5, 149), end=(563.5, 599), thickness_pt=7),
        WallPt(start=(209, 395.5), end=(839, 395.5), thickness_pt=7),
    ]
    return (*outer, *inner)


def _openings() -> tuple[OpeningPt, ...]:
    def window(name: str, room: str, x: float, y: float) -> OpeningPt:
        axis = ((x - 36, y), (x + 36, y))
        return OpeningPt(
            id=name, kind="window", at_pt=(x, y), width_pt=72, axis=axis, rooms=(None, room), exterior=True, confidence=0.9
        )  # fmt: skip

    door = OpeningPt(
        id="o0", kind="door", at_pt=(380, 144.5), width_pt=54, axis=((353, 144.5), (407, 144.5)), rooms=(None, "f1"),
        exterior=True, confidence=0.9,
    )  # fmt: skip
    return (
        door,
        window("o1", "f2", 722, 144.5),
        window("o2", "f3", 326, 603.5),
        window("o3", "f4", 748, 603.5),
    )


def _text() -> TextSet:
    words, labels = [], []
    for (x0, x1), (y0, y1), name, kind in ROOMS.values():
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        box = (x - 30, y - 6, x + 30, y + 6)
        words.append(Word(page=1, text=name, bbox=box))
        if kind is not None:
            labels.append(RoomLabel(page=1, text=name, type=kind, at_pt=(x, y), bbox=box, confidence=0.95))
    notes = ("FLOOR PLAN", "GENERAL NOTES", "SLAB ON GRADE", "CEILING HEIGHT 8'-0\"")
    below = [
        Word(page=1, text=text, bbox=(200, 670 + 12 * n, 300, 680 + 12 * n)) for n, text in enumerate(notes)
    ]
    return TextSet(words=(*words, *below), labels=tuple(labels))
