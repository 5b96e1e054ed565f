"""A real Chromium on a real installation: production web server, queue cluster, database and file store of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.whole.clusters import Site

SIGN_IN = ("miller@example.com", "a long quiet evening 7")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; install the chromium package")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with a running cluster; `site.address` is its web server."""
    folder = tmp_path_factory.mktemp("site")
    made = Site(folder, environment={"AUTOHVAC_TEST_HOLD_S": "0", "AUTOHVAC_LEASE_SECONDS": "30"})
    made.start()
    try:
        made.serve()
        yield made
    finally:
        made.kill()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """A fresh window; the test fails when a page raises a script error."""
    context = chromium.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    window = context.new_page()
    errors: list[str] = []
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.set_default_timeout(20_000)
    yield window
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def sample_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan as a PDF."""
    from blueprints.sample.draw import draw_sample

    return draw_sample(tmp_path_factory.mktemp("plan") / "sample.pdf")


@pytest.fixture(scope="session")
def run_id(chromium: Browser, site: Site, sample_plan: Path) -> str:
    """A finished run of the sample plan, uploaded by a visitor who signed up as `SIGN_IN`."""
    context = chromium.new_context(base_url=site.address)
    window = context.new_page()
    sign_up(window, *SIGN_IN)
    describe_house(window)
    upload(window, sample_plan)
    expect(window.get_by_role("link", name="See the results")).to_be_visible(timeout=200_000)
    found = window.url.rstrip("/").rsplit("/", 1)[-1]
    context.close()
    return found


@pytest.fixture
def member(page: Page, run_id: str) -> Page:
    """A window of the person who owns `run_id`, signed in."""
    page.goto("/login/")
    page.get_by_label("Email").fill(SIGN_IN[0])
    page.get_by_label("Password").fill(SIGN_IN[1])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def sign_up(page: Page, email: str, password: str) -> None:
    """Open an account."""
    page.goto("/sign-up/")
    page.get_by_label("Firm or household").fill("Miller Heating")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def describe_house(page: Page) -> None:
    """A project; ends on its upload page."""
    page.goto("/projects/new/")
    page.get_by_label("Name of the project").fill("Sample house")
    page.get_by_label("ZIP code").fill("52401")
    page.get_by_label("The front door faces").select_option("S")
    page.get_by_role("button", name="Create and upload the plan").click()
    expect(page.get_by_role("heading", name="Upload a plan")).to_be_visible()


def upload(page: Page, plan: Path) -> None:
    """Send a plan from the upload page; ends on the run's page."""
    page.get_by_label("Plan file").set_input_files(plan)
    page.get_by_role("button", name="Upload and read the plan").click()
    page.wait_for_url(re.compile("/runs/"))
    expect(page.locator("progress#whole")).to_be_visible()
