"""A person in a real browser: sign up, describe the house, upload the plan, watch it, see and take the report."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import describe_house, sign_up, upload

pytestmark = [pytest.mark.browser, pytest.mark.cluster, pytest.mark.xdist_group("browser")]


def test_a_visitor_uploads_the_sample_and_takes_the_report(
    page: Page, sample_plan: Path, tmp_path: Path
) -> None:
    sign_up(page, "jones@example.com", "another quiet evening 7")
    describe_house(page)
    upload(page, sample_plan)
    results = page.get_by_role("link", name="See the results")
    expect(results).to_be_visible(timeout=200_000)
    results.click()
    expect(
        page.get_by_role("cell", name="KITCHEN").or_(page.get_by_role("rowheader", name="KITCHEN")).first
    ).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    report = tmp_path / "report.pdf"
    download.value.save_as(report)
    with pymupdf.open(report) as document:
        assert document.page_count > 3
        assert "Manual J" in document[0].get_text()
