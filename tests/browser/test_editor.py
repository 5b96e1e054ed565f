"""The correction editor in a real browser: with keys alone, with the mouse, and what a revised PDF keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import describe_house, sign_up, upload
from tests.browser.plans import draw_open_house
from tests.browser.test_accessible import faults
from tests.whole.clusters import Site

pytestmark = [pytest.mark.browser, pytest.mark.cluster, pytest.mark.xdist_group("browser")]
DESIGNER = ("designer@example.com", "one more quiet evening 7")
READ_MS = 200_000


@pytest.fixture(scope="module")
def designer(chromium: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    """The plan page of a house that was read and calculated, and the cookies of the person who uploaded it."""
    context = chromium.new_context(base_url=site.address)
    window = context.new_page()
    sign_up(window, *DESIGNER)
    describe_house(window)
    upload(window, draw_open_house(tmp_path_factory.mktemp("plans") / "house.pdf"))
    address, cookies = calculated(window), context.cookies()
    context.close()
    return address, cookies


@pytest.fixture
def editor(page: Page, designer: tuple[str, Any]) -> Page:
    """The plan page as it stands now, ready to edit."""
    address, cookies = designer
    page.context.add_cookies(cookies)
    page.goto(address)
    newest = page.get_by_role("link", name="Show it")
    if newest.count():
        newest.click()
    expect(page.get_by_role("button", name="Add a room")).to_be_visible()
    return page


def calculated(page: Page) -> str:
    """Wait from the run's page until its loads are there; the address of its plan page."""
    address = page.url.rstrip("/") + "/plan/"
    for _ in range(READ_MS // 1000):
        page.goto(address)
        if page.locator(".loads").count():
            return address
        page.wait_for_timeout(1000)
    raise AssertionError("no loads in time: " + page.locator("main").inner_text())


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way to {selector} with the Tab key")


def rooms(page: Page) -> list[str]:
    found = page.locator("a.room").evaluate_all("links => links.map(l => l.dataset.name)")
    return sorted(found)


def heating(page: Page) -> int:
    shown = page.locator(".loads .heat strong").inner_text()
    return int(shown.replace(",", ""))


def said(page: Page, text: str | re.Pattern[str]) -> None:
    """What a screen reader is told after a change."""
    expect(page.locator("#plan-said")).to_have_text(re.compile(text))


def saved(page: Page, deed: Callable[[], object]) -> None:
    """Do something that is recorded, and wait for the plan as it is then."""
    with page.expect_response(re.compile(r"/blueprints/.+/(edit|undo)/")) as answer:
        deed()
    assert answer.value.status == 200, answer.value.text()
    expect(page.locator("#plan[aria-busy]")).to_have_count(0)


def test_a_merged_room_is_split_and_renamed_with_keys_alone_and_a_revision_keeps_it(
    editor: Page, tmp_path: Path
) -> None:
    assert rooms(editor) == ["BATH", "BEDROOM 1", "LIVING ROOM"]
    before = heating(editor)
    tab_to(editor, "a.room[data-name='LIVING ROOM']")
    editor.keyboard.press("Enter")
    tab_to(editor, "[data-next=split]")
    editor.keyboard.press("Enter")
    tab_to(editor, "[data-points] input")
    for _ in range(6):
        editor.keyboard.press("ArrowUp")  # half a foot each, from the middle
    areas = editor.locator(".preview").inner_text()
    assert re.fullmatch(r"Left part: 30\d ft², Right part: 22\d ft²", areas), areas
    tab_to(editor, "[name=name1]")
    editor.keyboard.type("GARAGE")
    tab_to(editor, "[name=type1]")
    editor.keyboard.type("garage")
    tab_to(editor, "[name=reason]")
    editor.keyboard.type("seen on site")
    saved(editor, lambda: editor.keyboard.press("Enter"))
    assert rooms(editor) == ["BATH", "BEDROOM 1", "GARAGE", "LIVING ROOM"]
    said(editor, r"Heating [\d,]+ Btu/h \(−[\d,]+\)")
    assert heating(editor) < before - 100  # the garage is not heated
    assert editor.evaluate("document.activeElement.dataset.name") == "LIVING ROOM"
    editor.keyboard.press("Enter")  # the focus is on the room that was edited
    expect(editor.locator(".panel [name=name]")).to_be_focused()
    editor.keyboard.press("Control+A")
    editor.keyboard.type("GREAT ROOM")
    saved(editor, lambda: editor.keyboard.press("Enter"))
    assert rooms(editor) == ["BATH", "BEDROOM 1", "GARAGE", "GREAT ROOM"]
    the_history_shows_both(editor)
    the_revision_keeps_both(editor, draw_open_house(tmp_path / "b.pdf", at=(250.0, 110.0), revision="REV B"))


def the_history_shows_both(page: Page) -> None:
    history = page.locator(".history")
    expect(history.get_by_text("LIVING ROOM: Name LIVING ROOM → GREAT ROOM").first).to_be_visible()
    split = history.locator("li", has_text="LIVING ROOM split in LIVING ROOM and GARAGE")
    expect(split).to_contain_text(DESIGNER[0])
    expect(split).to_contain_text("seen on site")


def the_revision_keeps_both(page: Page, revised: Path) -> None:
    kept = heating(page)
    page.locator(".crumbs a").click()
    page.get_by_role("link", name=re.compile("Upload")).first.click()
    expect(page.get_by_label("It is a revision of").locator("option:checked")).to_have_text("house.pdf")
    upload(page, revised)
    calculated(page)
    assert rooms(page) == ["BATH", "BEDROOM 1", "GARAGE", "GREAT ROOM"]
    # The sheet was moved, not the house: outlines are read anew, so a few Btu/h may differ.
    assert heating(page) == pytest.approx(kept, rel=0.005)
    expect(page.get_by_text("made on an earlier version of the plan").first).to_be_visible()
    expect(page.get_by_text("This was not found again on the plan")).to_have_count(0)


def test_a_window_by_mouse_and_its_undoing(editor: Page) -> None:
    before, there = heating(editor), editor.locator("a.opening").count()
    editor.get_by_role("button", name="Add a window or door").click()
    room = editor.locator("a.room[data-name='BATH'] polygon").bounding_box()
    assert room is not None
    editor.mouse.click(room["x"] + room["width"] - 3, room["y"] + room["height"] / 2)
    editor.get_by_label("Height, ft").fill("4")
    saved(editor, lambda: editor.get_by_role("button", name="Save").click())
    expect(editor.locator("a.opening")).to_have_count(there + 1)
    assert heating(editor) > before
    saved(editor, lambda: editor.locator(".tools [data-undo]").click())
    expect(editor.locator("a.opening")).to_have_count(there)
    assert heating(editor) == before
    expect(editor.locator(".history")).to_contain_text("Taken back: window")


def test_a_line_is_dragged_with_the_mouse(editor: Page) -> None:
    count = len(rooms(editor))
    editor.locator("a.room[data-name='BEDROOM 1']").click()
    editor.get_by_role("button", name="Split", exact=True).click()
    box = editor.locator("a.room[data-name='BEDROOM 1'] polygon").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    editor.mouse.move(box["x"] + box["width"] / 2, middle)
    editor.mouse.down()
    editor.mouse.move(box["x"] + box["width"] / 4, middle, steps=4)
    editor.mouse.up()
    share = editor.locator(".preview").inner_text()
    left, right = (int(area) for area in re.findall(r"(\d+) ft²", share))
    assert left / (left + right) == pytest.approx(0.25, abs=0.02)
    editor.locator("[name=name1]").fill("CLOSET 1")
    saved(editor, lambda: editor.get_by_role("button", name="Save").click())
    assert len(rooms(editor)) == count + 1
    saved(editor, lambda: editor.keyboard.press("Control+z"))
    assert len(rooms(editor)) == count


def test_a_corner_is_moved_with_the_arrow_keys(editor: Page) -> None:
    editor.get_by_role("button", name="Add a room").click()
    corner = editor.locator(".handle[data-point='1']")
    before, at = editor.locator(".preview").inner_text(), corner.get_attribute("aria-valuetext")
    corner.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowDown"):
        editor.keyboard.press(key)
    expect(corner).to_be_focused()
    assert corner.get_attribute("aria-valuetext") != at
    assert (before, editor.locator(".preview").inner_text()) == (
        "Area: 100 ft²",
        "Area: 117 ft²",
    )  # 11 × 10.6 ft


def test_a_refusal_is_said_in_the_panel_and_escape_leads_back(editor: Page) -> None:
    editor.locator("a.room[data-name='BATH']").click()
    editor.get_by_role("button", name="Move a wall").click()
    editor.get_by_label(re.compile("Outward, ft")).fill("-45")
    editor.get_by_role("button", name="Save").click()
    expect(editor.locator(".panel .problem")).to_contain_text("The rooms cannot be changed like that")
    editor.keyboard.press("Escape")
    expect(editor.locator(".panel")).to_be_hidden()
    assert editor.evaluate("document.activeElement.dataset.name") == "BATH"


def test_no_tool_opens_with_a_fault_of_accessibility(editor: Page) -> None:
    found = {}
    for tool in ("split", "merge", "edge", "add-room", "add-opening", "scale", "north"):
        if tool in ("split", "merge", "edge"):
            editor.locator("a.room[data-name='BATH']").click()
            editor.locator(f"[data-next={tool}]").click()
        else:
            editor.locator(f"[data-tool={tool}]").click()
        expect(editor.locator(".panel form")).to_be_visible()
        found[tool] = faults(editor)
        editor.keyboard.press("Escape")
    assert {tool: several for tool, several in found.items() if several} == {}
