"""A person in a real browser: sign up, describe the house, upload the plan, watch it, answer, see and take the report."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.cluster]


def sign_up(page: Page, *, email: str) -> None:
    page.goto("/sign-up/")
    page.get_by_label("Firm or household").fill("Miller Heating")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill("a long quiet evening 7")
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def describe_house(page: Page) -> None:
    page.goto("/projects/new/")
    page.get_by_label("Name of the project").fill("Sample house")
    page.get_by_label("ZIP code").fill("52401")
    page.get_by_label("The front door faces").select_option("S")
    page.get_by_role("button", name="Create and upload the plan").click()
    expect(page.get_by_role("heading", name="Upload a plan")).to_be_visible()


def test_a_visitor_uploads_the_sample_and_takes_the_report(
    page: Page, sample_plan: Path, tmp_path: Path
) -> None:
    sign_up(page, email="miller@example.com")
    describe_house(page)
    page.get_by_label("Plan file").set_input_files(sample_plan)
    page.get_by_role("button", name="Upload and read the plan").click()
    page.wait_for_url(re.compile("/runs/"))
    expect(page.locator("progress#whole")).to_be_visible()
    results = page.get_by_role("link", name="See the results")
    expect(results).to_be_visible(timeout=120_000)
    results.click()
    expect(page.get_by_text("Btu/h").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    report = tmp_path / "report.pdf"
    download.value.save_as(report)
    with pymupdf.open(report) as document:
        assert document.page_count > 3
        assert "Manual J" in document[0].get_text()
