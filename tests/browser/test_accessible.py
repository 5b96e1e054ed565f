"""No accessibility fault found by axe on any page of the way from the front page to the report."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIGN_IN
from tests.whole.clusters import Site

pytestmark = [pytest.mark.browser, pytest.mark.cluster, pytest.mark.xdist_group("browser")]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PUBLIC = ["/", "/sign-up/", "/login/"]
OF_MEMBERS = [
    "/projects/",
    "/projects/new/",
    *(f"/runs/{{run}}/{part}" for part in ("", "plan/", "results/", "questions/")),
]

STAFF = """
from autohvac.accounts.models import User
User.objects.filter(email={email!r}).update(is_staff=True, is_superuser=True)
print('0')
"""


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(page: Page, path: str) -> None:
    page.goto(path)
    assert faults(page) == []


def wider_than_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_members(size: str, member: Page, run_id: str) -> None:
    width, height = SIZES[size]
    member.set_viewport_size({"width": width, "height": height})
    found = {}
    for path in OF_MEMBERS:
        answer = member.goto(path.format(run=run_id))
        assert answer is not None and answer.status == 200, path
        found[path] = (faults(member), wider_than_window(member))
    assert found == {path: ([], False) for path in OF_MEMBERS}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pipeline_page_of_staff(size: str, language: str, member: Page, site: Site) -> None:
    width, height = SIZES[size]
    site.script(STAFF.format(email=SIGN_IN[0]))
    member.context.add_cookies([{"name": "django_language", "value": language, "url": site.address}])
    member.set_viewport_size({"width": width, "height": height})
    answer = member.goto("/admin/pipeline/")
    assert answer is not None and answer.status == 200
    assert (faults(member), wider_than_window(member)) == ([], False)
    heading = {"en": "Quality of the readings, 14 days", "es": "Calidad de las lecturas, 14 días"}[language]
    expect(member.get_by_role("heading", name=heading)).to_be_visible()
