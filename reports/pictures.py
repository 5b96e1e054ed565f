"""The plan with its rooms drawn over it, for reports and `--overlay`. Works on page pictures, never on the PDF."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from autohvac.core.evidence import Frozen, Point
from blueprints.plan.building import Building, LevelSpec, OpeningSpec, RoomSpec

FONT = Path(__file__).parent / "fonts" / "DejaVuSans.ttf"
FILLS = (
    (46, 125, 50),
    (21, 101, 192),
    (239, 108, 0),
    (106, 27, 154),
    (0, 131, 143),
    (173, 20, 87),
    (85, 139, 47),
)
NOT_CONDITIONED = (117, 117, 117)
OPENING_COLOURS = {
    "window": (0, 145, 234),
    "glass_door": (0, 172, 193),
    "door": (213, 0, 0),
    "skylight": (255, 179, 0),
}
MARGIN_SHARE = 0.04


class PagePicture(Frozen):
    """A stored picture of an unrotated page: its name, and the page's width in points."""

    name: str
    width_pt: float


def level_pictures(
    building: Building, previews: Mapping[int, PagePicture], *, folder: Path, fetch: Callable[[str], Path]
) -> tuple[str, ...]:
    """One PNG per level that has a page picture, cropped to its rooms; paths in the order of the levels."""
    made = []
    for index, level in enumerate(building.levels):
        preview = previews.get(level.page)
        rooms = [room for room in building.rooms if room.level == level.name and len(room.polygon_pt) >= 3]
        if preview is None or not rooms:
            continue
        of_level = {room.id for room in rooms}
        openings = [o for o in building.openings if o.exterior and o.room in of_level]
        picture = _draw(
            Image.open(fetch(preview.name)), preview.width_pt, rooms=rooms, openings=openings, level=level
        )
        target = folder / f"level-{index + 1}-page-{level.page}.png"
        picture.save(target)
        made.append(str(target))
    return tuple(made)


def _draw(
    page: Image.Image,
    width_pt: float,
    *,
    rooms: list[RoomSpec],
    openings: list[OpeningSpec],
    level: LevelSpec,
) -> Image.Image:
    zoom = page.width / width_pt
    base = page.convert("RGBA")
    layer = Image.new("RGBA", base.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for index, room in enumerate(rooms):
        colour = FILLS[index % len(FILLS)] if room.conditioned else NOT_CONDITIONED
        pen.polygon(_scaled(room.polygon_pt, zoom), fill=(*colour, 70), outline=(*colour, 255), width=3)
    for opening in openings:
        _mark(pen, opening, zoom)
    merged = Image.alpha_composite(base, layer)
    cropped = merged.crop(_box(rooms, zoom, base.size))
    if level.north_deg.value is not None:
        _north(ImageDraw.Draw(cropped), level.north_deg.value, cropped.size)
    return cropped.convert("RGB")


def _scaled(points: tuple[Point, ...], zoom: float) -> list[tuple[float, float]]:
    return [(x * zoom, y * zoom) for x, y in points]


def _mark(pen: ImageDraw.ImageDraw, opening: OpeningSpec, zoom: float) -> None:
    x, y = opening.at_pt[0] * zoom, opening.at_pt[1] * zoom
    colour = OPENING_COLOURS.get(opening.kind, (97, 97, 97))
    pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill=(*colour, 230), outline=(255, 255, 255, 255))


def _box(rooms: list[RoomSpec], zoom: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    xs = [x * zoom for room in rooms for x, _ in room.polygon_pt]
    ys = [y * zoom for room in rooms for _, y in room.polygon_pt]
    margin = MARGIN_SHARE * max(size) + 20
    left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    return left, top, min(size[0], int(max(xs) + margin)), min(size[1], int(max(ys) + margin))


def _north(pen: ImageDraw.ImageDraw, north_deg: float, size: tuple[int, int]) -> None:
    radius = max(18, min(size) // 22)
    cx, cy = size[0] - radius - 8, radius + 8
    angle = math.radians(north_deg)
    tip = (cx + radius * 0.8 * math.sin(angle), cy - radius * 0.8 * math.cos(angle))
    sides = [
        (cx + radius * 0.35 * math.sin(angle + turn), cy - radius * 0.35 * math.cos(angle + turn))
        for turn in (2.4, -2.4)
    ]
    pen.ellipse(
        (cx - radius, cy - radius, cx + radius, cy + radius),
        fill=(255, 255, 255, 230),
        outline=(0, 0, 0, 255),
    )
    pen.polygon([tip, *sides], fill=(0, 0, 0, 255))
    pen.text((cx - 4, cy + radius * 0.3), "N", fill=(0, 0, 0, 255), font=_font(12))


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(str(FONT), size) if FONT.exists() else ImageFont.load_default()
