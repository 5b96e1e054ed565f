"""The plan with its rooms drawn over it, for reports and `--overlay`. Works on page pictures, never on the PDF."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from shapely.geometry import Point as Spot
from shapely.geometry import Polygon
from shapely.ops import nearest_points

from autohvac.core.evidence import Frozen, Point
from blueprints.plan.building import Building, LevelSpec, OpeningSpec, RoomSpec
from reports.parts import Picture

Colour = tuple[int, int, int]
FONT = Path(__file__).parent / "fonts" / "DejaVuSans-Bold.ttf"
FILLS: tuple[Colour, ...] = (
    (46, 125, 50), (21, 101, 192), (239, 108, 0), (106, 27, 154), (0, 131, 143), (173, 20, 87), (85, 139, 47),
)  # fmt: skip
NOT_CONDITIONED: Colour = (117, 117, 117)
OPENING_COLOURS: dict[str, Colour] = {
    "window": (0, 112, 224), "glass_door": (0, 172, 193), "door": (213, 0, 0), "skylight": (255, 179, 0),
}  # fmt: skip
LONGER_SIDE_PX = 2000  # about 250 dots per inch on the report's page
MARGIN_SHARE = 0.06  # of the longer side of the rooms
LABEL_SHARE = 0.016  # height of a label, of the longer side of the picture
COLOURS_KEPT = 96


class PagePicture(Frozen):
    """A stored picture of an unrotated page: its name, and the page's width in points."""

    name: str
    width_pt: float


class Window(Frozen):
    """The part of a page that is shown: its left top corner and size [pt], and pixels for each point."""

    left: float
    top: float
    width: float
    height: float
    zoom: float

    def px(self, point: Point) -> tuple[float, float]:
        """A point of the page in the picture."""
        return (point[0] - self.left) * self.zoom, (point[1] - self.top) * self.zoom

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return max(1, round(self.width * self.zoom)), max(1, round(self.height * self.zoom))


def level_pictures(
    building: Building,
    previews: Mapping[int, PagePicture],
    *,
    folder: Path,
    fetch: Callable[[str], Path],
    marks: Mapping[str, str] | None = None,
) -> tuple[Picture, ...]:
    """One PNG per level, cropped to its rooms, in the order of the levels.

    `marks` are the labels of rooms by id (default: their names). A level without a page picture is drawn on white.
    """
    made = []
    for index, level in enumerate(building.levels):
        rooms = [room for room in building.rooms if room.level == level.name and len(room.polygon_pt) >= 3]
        if not rooms:
            continue
        of_level = {room.id for room in rooms}
        openings = [o for o in building.openings if o.exterior and o.room in of_level]
        labels = {room.id: room.name if marks is None else marks.get(room.id, "") for room in rooms}
        window = _window(rooms)
        picture = _ground(previews.get(level.page), window, fetch=fetch)
        picture = _drawn(picture, window, rooms=rooms, openings=openings, labels=labels)
        if level.north_deg.value is not None:
            taken = [_shape([window.px(point) for point in room.polygon_pt]) for room in rooms]
            _north(picture, level.north_deg.value, taken=taken)
        target = folder / f"level-{index + 1}-page-{level.page}.png"
        picture.quantize(COLOURS_KEPT, dither=Image.Dither.NONE).save(target, optimize=True)
        made.append(_picture(target, level))
    return tuple(made)


def _picture(path: Path, level: LevelSpec) -> Picture:
    return Picture(path=str(path), level=level.name, page=level.page, scale=level.scale.notation or "")


def _window(rooms: list[RoomSpec]) -> Window:
    """The box of the rooms with a margin, as large as a page of the report can show."""
    xs = [x for room in rooms for x, _ in room.polygon_pt]
    ys = [y for room in rooms for _, y in room.polygon_pt]
    longer = max(max(xs) - min(xs), max(ys) - min(ys), 1.0)
    margin = MARGIN_SHARE * longer
    width, height = max(xs) - min(xs) + 2 * margin, max(ys) - min(ys) + 2 * margin
    zoom = LONGER_SIDE_PX / max(width, height)
    return Window(left=min(xs) - margin, top=min(ys) - margin, width=width, height=height, zoom=zoom)


def _ground(preview: PagePicture | None, window: Window, *, fetch: Callable[[str], Path]) -> Image.Image:
    """The window of the page, enlarged; white where there is no page."""
    ground = Image.new("RGB", window.size, (255, 255, 255))
    if preview is None:
        return ground
    with Image.open(fetch(preview.name)) as page:
        per_pt = page.width / preview.width_pt
        left, top = max(0.0, window.left * per_pt), max(0.0, window.top * per_pt)
        right = min(float(page.width), (window.left + window.width) * per_pt)
        bottom = min(float(page.height), (window.top + window.height) * per_pt)
        if right - left < 1 or bottom - top < 1:
            return ground
        at = window.px((left / per_pt, top / per_pt))
        size = (round((right - left) / per_pt * window.zoom), round((bottom - top) / per_pt * window.zoom))
        part = page.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=(left, top, right, bottom))
    ground.paste(part, (round(at[0]), round(at[1])))
    return ground


def _drawn(
    ground: Image.Image,
    window: Window,
    *,
    rooms: list[RoomSpec],
    openings: list[OpeningSpec],
    labels: Mapping[str, str],
) -> Image.Image:
    layer = Image.new("RGBA", ground.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for index, room in enumerate(rooms):
        colour = FILLS[index % len(FILLS)] if room.conditioned else NOT_CONDITIONED
        corners = [window.px(point) for point in room.polygon_pt]
        pen.polygon(corners, fill=(*colour, 60), outline=(*colour, 255), width=5)
    for opening in openings:
        _mark(pen, opening, window)
    for room in rooms:
        if labels.get(room.id):
            _label(pen, room, labels[room.id], window)
    return Image.alpha_composite(ground.convert("RGBA"), layer).convert("RGB")


def _mark(pen: ImageDraw.ImageDraw, opening: OpeningSpec, window: Window) -> None:
    x, y = window.px(opening.at_pt)
    radius = max(window.size) * 0.005
    colour = OPENING_COLOURS.get(opening.kind, (97, 97, 97))
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, fill=(*colour, 235), outline=(255, 255, 255, 255), width=2)


def _label(pen: ImageDraw.ImageDraw, room: RoomSpec, text: str, window: Window) -> None:
    """A tag near the left top corner of the room, inside it where it fits, so that the printed name stays free."""
    font = _font(round(LABEL_SHARE * max(window.size)))
    left, top, right, bottom = pen.textbbox((0, 0), text, font=font)
    width, height = right - left + 10, bottom - top + 10
    x, y = _free_spot([window.px(point) for point in room.polygon_pt], width=width, height=height)
    box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    pen.rounded_rectangle(box, radius=5, fill=(255, 255, 255, 235), outline=(28, 39, 51, 255), width=2)
    pen.text((box[0] + 5 - left, box[1] + 5 - top), text, fill=(28, 39, 51, 255), font=font)


def _free_spot(corners: list[tuple[float, float]], *, width: float, height: float) -> tuple[float, float]:
    """The middle of a box of this size inside the polygon, as near to its left top corner as can be."""
    shape = _shape(corners)
    if shape.is_empty:
        return corners[0]
    inner = shape.buffer(-math.hypot(width, height) / 2 - 4)
    if inner.is_empty:
        spot = shape.representative_point()
    else:
        spot = nearest_points(inner, Spot(shape.bounds[0], shape.bounds[1]))[0]
    return float(spot.x), float(spot.y)


def _shape(corners: list[tuple[float, float]]) -> Polygon:
    """The outline as a valid polygon."""
    outline = Polygon(corners)
    return outline if outline.is_valid else outline.buffer(0)


def _north(picture: Image.Image, north_deg: float, *, taken: list[Polygon]) -> None:
    """An arrow in a corner that no room reaches; `north_deg` is clockwise from the top of the page."""
    pen = ImageDraw.Draw(picture)
    radius = max(40, min(picture.size) // 24)
    cx, cy = _corner(picture.size, radius=radius, taken=taken)
    angle = math.radians(north_deg)
    tip = (cx + radius * 0.8 * math.sin(angle), cy - radius * 0.8 * math.cos(angle))
    sides = [
        (cx + radius * 0.35 * math.sin(angle + turn), cy - radius * 0.35 * math.cos(angle + turn))
        for turn in (2.4, -2.4)
    ]
    circle = (cx - radius, cy - radius, cx + radius, cy + radius)
    pen.ellipse(circle, fill=(255, 255, 255), outline=(0, 0, 0), width=3)
    pen.polygon([tip, *sides], fill=(0, 0, 0))
    behind = (cx - radius * 0.62 * math.sin(angle), cy + radius * 0.62 * math.cos(angle))
    pen.text(behind, "N", fill=(0, 0, 0), font=_font(round(radius * 0.42)), anchor="mm")


def _corner(size: tuple[int, int], *, radius: int, taken: list[Polygon]) -> tuple[float, float]:
    """The middle of a circle in the first free corner, right top first; right top when none is free."""
    near, right, bottom = radius + 12, size[0] - radius - 12, size[1] - radius - 12
    corners = [(right, near), (near, near), (near, bottom), (right, bottom)]
    free = [c for c in corners if not any(Spot(c).distance(room) < radius + 8 for room in taken)]
    return (free or corners)[0]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), max(8, size))
