"""No accessibility fault found by axe on any page of the way from the front page to the report."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.cluster, pytest.mark.xdist_group("browser")]
PUBLIC = ["/", "/sign-up/", "/login/"]
OF_MEMBERS = [
    "/projects/",
    "/projects/new/",
    *(f"/runs/{{run}}/{part}" for part in ("", "plan/", "results/", "questions/")),
]


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(page: Page, path: str) -> None:
    page.goto(path)
    assert faults(page) == []


def test_pages_of_members(member: Page, run_id: str) -> None:
    found = {}
    for path in OF_MEMBERS:
        answer = member.goto(path.format(run=run_id))
        assert answer is not None and answer.status == 200, path
        found[path] = faults(member)
    assert found == {path: [] for path in OF_MEMBERS}
