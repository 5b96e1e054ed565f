"""Pictures for the service: pieces of the drawing in which open rooms lie, cut from the page picture of stage 2."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from autohvac.core.digest import sha256_bytes
from autohvac.core.evidence import BBox
from blueprints.ai.schemas import RoomContext

SIDE_PX = 1024
OVERLAP_PX = 96
MOST_TILES = 6
MARGIN_PT = 12.0


@dataclass(frozen=True)
class Tile:
    """A piece of a page: its box in points of the unrotated page, pixels per point, and a PNG."""

    page: int
    bbox: BBox
    pixels_per_point: float
    data: bytes

    @property
    def sha256(self) -> str:
        """Identity of the picture."""
        return sha256_bytes(self.data)

    def shows(self, room: RoomContext) -> bool:
        """Whether the middle of the room is in the picture."""
        x, y = (room.bbox[0] + room.bbox[2]) / 2, (room.bbox[1] + room.bbox[3]) / 2
        x0, y0, x1, y1 = self.bbox
        return self.page == room.page and x0 <= x <= x1 and y0 <= y <= y1

    def pixels_of(self, box: BBox) -> list[int]:
        """A box of the page in pixels of the picture, cut at its edges."""
        x0, y0, x1, y1 = self.bbox
        k = self.pixels_per_point
        left, right = (round((min(max(x, x0), x1) - x0) * k) for x in (box[0], box[2]))
        top, bottom = (round((min(max(y, y0), y1) - y0) * k) for y in (box[1], box[3]))
        return [left, top, right, bottom]


def tiles_of(
    rooms: Sequence[RoomContext], pictures: Mapping[int, Path], widths_pt: Mapping[int, float]
) -> tuple[Tile, ...]:
    """The fewest tiles of the drawings that show the rooms, at most `MOST_TILES`; none where there is no picture.

    Args:
        rooms: The rooms asked about.
        pictures: Page number to its picture, the whole unrotated page.
        widths_pt: Page number to the width of the unrotated page [pt].
    """
    found: list[Tile] = []
    for page, box in sorted({(room.page, room.drawing_bbox) for room in rooms}):
        if page not in pictures or widths_pt.get(page, 0) <= 0:
            continue
        here = [room for room in rooms if room.page == page and room.drawing_bbox == box]
        try:
            found += _of_drawing(page, box, here, pictures[page], widths_pt[page])
        except OSError:  # a picture that cannot be read helps nobody: the rooms are asked about in words
            continue
    return tuple(found[:MOST_TILES])


def _of_drawing(
    page: int, box: BBox, rooms: Sequence[RoomContext], picture: Path, width_pt: float
) -> list[Tile]:
    with Image.open(picture) as whole:
        k = whole.width / width_pt
        area = _within(box, whole.width / k, whole.height / k)
        tiles = []
        left = list(rooms)
        for piece in _grid(area, SIDE_PX / k, OVERLAP_PX / k):
            tile = Tile(page, piece, k, b"")
            shown = [room for room in left if tile.shows(room)]
            if shown:
                left = [room for room in left if room not in shown]
                tiles.append(Tile(page, piece, k, _png(whole, piece, k)))
    return tiles


def _within(box: BBox, width: float, height: float) -> BBox:
    x0, y0, x1, y1 = box
    return (
        max(0.0, x0 - MARGIN_PT),
        max(0.0, y0 - MARGIN_PT),
        min(width, x1 + MARGIN_PT),
        min(height, y1 + MARGIN_PT),
    )


def _grid(box: BBox, side: float, overlap: float) -> list[BBox]:
    x0, y0, x1, y1 = box
    return [
        (x, y, min(x + side, x1), min(y + side, y1))
        for y in _starts(y0, y1, side, overlap)
        for x in _starts(x0, x1, side, overlap)
    ]


def _starts(low: float, high: float, side: float, overlap: float) -> list[float]:
    """Starts of equal steps that cover low…high with pieces of `side`, each overlapping the next."""
    length = high - low
    if length <= side:
        return [low]
    count = math.ceil((length - overlap) / (side - overlap))
    return [low + (length - side) * n / (count - 1) for n in range(count)]


def _png(whole: Image.Image, box: BBox, k: float) -> bytes:
    x0, y0, x1, y1 = (round(value * k) for value in box)
    out = io.BytesIO()
    whole.crop((x0, y0, x1, y1)).convert("L").save(out, "PNG", optimize=False)
    return out.getvalue()
