"""A real Chromium on a real installation: production web server, queue cluster, database and file store of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.whole.clusters import Site

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


@pytest.fixture(scope="module")
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
