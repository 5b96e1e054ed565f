"""The plan with its rooms drawn over it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from reports.pictures import LONGER_SIDE_PX, PagePicture, _corner, _free_spot, level_pictures
from tests.reports.houses import ranch


def picture(tmp_path: Path, *, preview: bool) -> Image.Image:
    building = ranch()[0]
    page = tmp_path / "page.png"
    Image.new("RGB", (800, 600), (10, 200, 10)).save(page)
    previews = {1: PagePicture(name="page.png", width_pt=1600)} if preview else {}
    made = level_pictures(building, previews, folder=tmp_path, fetch=lambda name: tmp_path / name)
    assert [p.level for p in made] == [level.name for level in building.levels]
    return Image.open(made[0].path).convert("RGB")


def test_a_level_is_cropped_to_its_rooms_and_sharp(tmp_path: Path) -> None:
    drawn = picture(tmp_path, preview=True)
    assert max(drawn.size) == LONGER_SIDE_PX
    assert drawn.getpixel((2, 2)) == (10, 200, 10) or drawn.getpixel((2, 2)) == (255, 255, 255)


def test_a_level_without_a_page_picture_is_drawn_on_white(tmp_path: Path) -> None:
    drawn = picture(tmp_path, preview=False)
    colours = drawn.getcolors(maxcolors=1 << 24)
    assert colours is not None and len(colours) > 8
    assert max(colours)[1] == (255, 255, 255) or (255, 255, 255) in {colour for _, colour in colours}


def test_the_same_plan_gives_the_same_picture(tmp_path: Path) -> None:
    one, other = tmp_path / "1", tmp_path / "2"
    one.mkdir(), other.mkdir()
    assert picture(one, preview=True).tobytes() == picture(other, preview=True).tobytes()


def test_a_tag_is_inside_a_room_that_has_space_for_it() -> None:
    x, y = _free_spot([(0, 0), (400, 0), (400, 300), (0, 300)], width=60, height=40)
    assert 36 <= x <= 60 and 36 <= y <= 60
    x, y = _free_spot([(0, 0), (10, 0), (10, 200), (0, 200)], width=60, height=40)  # too narrow: its middle
    assert 0 < x < 10


def test_the_north_arrow_takes_a_free_corner() -> None:
    from shapely.geometry import box

    assert _corner((1000, 800), radius=40, taken=[]) == (948, 52)
    assert _corner((1000, 800), radius=40, taken=[box(500, 0, 1000, 800)]) == (52, 52)
