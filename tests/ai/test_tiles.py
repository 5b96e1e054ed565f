"""Pictures of the drawing: the fewest that show the open rooms, with the places of the rooms in them."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blueprints.ai.schemas import RoomContext
from blueprints.ai.tiles import MOST_TILES, OVERLAP_PX, SIDE_PX, Tile, _starts, tiles_of

WIDTH, HEIGHT = 2592.0, 1728.0  # a 36 × 24 in sheet
SHEET = (0.0, 0.0, WIDTH, HEIGHT)


@pytest.fixture
def pictures(tmp_path: Path) -> dict[int, Path]:
    """One pixel per point, with a dot in the middle of the room at 2000, 1500."""
    image = Image.new("RGB", (int(WIDTH), int(HEIGHT)), "white")
    image.putpixel((2000, 1500), (0, 0, 0))
    image.save(tmp_path / "page.png")
    return {1: tmp_path / "page.png"}


def room(
    x: float, y: float, *, page: int = 1, drawing: tuple[float, float, float, float] = SHEET
) -> RoomContext:
    return RoomContext(
        id=f"{x}-{y}", level="FIRST", page=page, drawing_bbox=drawing, bbox=(x - 50, y - 50, x + 50, y + 50),
        name="Room", type="other", conditioned=True, area_sqft=100, name_confidence=0,
    )  # fmt: skip


def made(rooms: list[RoomContext], pictures: dict[int, Path]) -> tuple[Tile, ...]:
    return tiles_of(rooms, pictures, {1: WIDTH})


def test_one_room_takes_one_tile_and_lies_where_it_is_said_to_lie(pictures: dict[int, Path]) -> None:
    (tile,) = made([room(2000, 1500)], pictures)
    with Image.open(io.BytesIO(tile.data)) as image:
        assert max(image.size) <= SIDE_PX
        x0, y0, x1, y1 = tile.pixels_of((1950, 1450, 2050, 1550))
        assert image.getpixel(((x0 + x1) // 2, (y0 + y1) // 2)) == 0  # the dot
        assert sum(image.histogram()[:128]) == 1


def test_tiles_without_an_open_room_are_not_sent(pictures: dict[int, Path]) -> None:
    tiles = made([room(100, 100), room(200, 150), room(2500, 1700)], pictures)
    assert len(tiles) == 2
    assert [tile.shows(room(2500, 1700)) for tile in tiles] == [False, True]
    assert not any(tile.shows(room(100, 100, page=2)) for tile in tiles)


def test_only_the_drawing_is_shown_not_its_neighbours_on_the_sheet(pictures: dict[int, Path]) -> None:
    (tile,) = made([room(500, 500, drawing=(300, 300, 700, 700))], pictures)
    assert tile.bbox == (288, 288, 712, 712)


def test_there_are_never_too_many(pictures: dict[int, Path]) -> None:
    boxes = [(x, 100.0, x + 90, 190.0) for x in range(100, 1500, 100)]
    assert len(made([room(box[0] + 45, 145, drawing=box) for box in boxes], pictures)) == MOST_TILES


def test_without_a_usable_picture_there_is_none(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG nothing")
    assert made([room(500, 500)], {}) == made([room(500, 500)], {1: broken}) == ()


def test_the_same_room_gives_the_same_picture(pictures: dict[int, Path]) -> None:
    first, second = (made([room(2000, 1500)], pictures)[0].sha256 for _ in range(2))
    assert first == second


@given(st.floats(0, 100), st.floats(10, 20_000))
def test_tiles_cover_a_drawing_of_any_size_and_overlap(low: float, length: float) -> None:
    starts = _starts(low, low + length, SIDE_PX, OVERLAP_PX)
    assert starts[0] == low and starts[-1] + SIDE_PX >= low + length - 1e-6
    steps = [b - a for a, b in itertools.pairwise(starts)]
    assert all(0 < step <= SIDE_PX - OVERLAP_PX + 1e-6 for step in steps)
