"""Stage 7 knows who asks and what people have verified."""

from __future__ import annotations

from typing import Any

from blueprints.models import ReviewItem
from reports.selectors import analysis_of
from reports.stages import project_facts, report_locale, verified_items
from tests.factories import make_blueprint, make_firm, make_project, make_run, make_user
from tests.reports.test_schemas import breaches


def test_a_report_is_in_the_language_of_who_asked_else_of_the_firm(db: Any) -> None:
    firm = make_firm()
    firm.locale = "es"
    firm.save()
    run = make_run(make_blueprint(make_project(firm)))
    assert report_locale(run) == "es"
    run.started_by = make_user(locale="en")
    assert report_locale(run) == "en"


def test_closed_items_are_told_from_open_ones(db: Any) -> None:
    run = make_run()
    for field, status in (("wall_r", "open"), ("ach50", "confirmed"), ("scale:1:0", "corrected")):
        ReviewItem.objects.create(run=run, field=field, reason="x", status=status)
    assert verified_items(run) == {"ach50": "confirmed", "scale:1:0": "corrected"}


def test_the_front_of_the_runs_own_settings_is_on_the_report(db: Any) -> None:
    run = make_run()
    assert project_facts(run)["front"] == ""
    run.options = {"set": {"front": "SE"}}
    assert project_facts(run)["front"] == "SE"


def test_the_analysis_of_a_failed_run_keeps_its_schema(db: Any) -> None:
    run = make_run()
    run.status, run.error_code = "failed", "pdf_encrypted"
    found = analysis_of(run)
    assert breaches("analysis-1", found) == []
    assert found["status"] == "failed" and found["warnings"][0]["code"] == "pdf_encrypted"
    assert found["warnings"][0]["message"].startswith("This PDF is locked")
