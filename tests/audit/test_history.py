"""History on every model, bulk paths included, with who and why."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from audit.bulk import create_tracked, update_tracked
from audit.context import acting
from audit.models import AppendOnly, AuditEvent
from blueprints.models import Project
from tests.conftest import ROOT
from tests.factories import make_firm, make_project, make_user

OURS = ("accounts", "api", "blueprints", "calculations", "reports")
LOGS_OR_TRANSIENT = {"IdempotencyKey", "AuditEvent", "AuditHead"}
ALLOWED_UPDATES = {
    "autohvac/pipeline/claims.py",  # leases and heartbeats; the claim is saved again for its history
    "autohvac/pipeline/runner.py",  # percent between two checkpoints
    "autohvac/api/outbox.py",  # the claim of a message; its outcome is saved for the history
    "autohvac/api/auth.py",  # last use of a token
    "autohvac/api/idempotency.py",  # remembered answers of a day are no record
    "audit/chain.py",  # the head of the chain is derived from its events
}


@pytest.mark.parametrize("label", OURS)
def test_every_model_has_history(label: str) -> None:
    models = [m for m in apps.get_app_config(label).get_models() if not m.__name__.startswith("Historical")]
    missing = [
        m.__name__ for m in models if not hasattr(m, "history") and m.__name__ not in LOGS_OR_TRANSIENT
    ]
    assert models
    assert missing == []


def test_no_bulk_write_goes_around_history() -> None:
    pattern = re.compile(r"\.(bulk_create|bulk_update|update)\((?!\{)[^)]*=|\.(bulk_create|bulk_update)\(")
    found = set()
    for folder in ("autohvac", "blueprints", "calculations", "reports", "audit"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts and pattern.search(path.read_text()):
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= ALLOWED_UPDATES


@pytest.mark.django_db
def test_a_change_says_who_and_why() -> None:
    user, project = make_user(), make_project()
    with acting(user, source="page", reason="moved"):
        project.zip_code = "33101"
        project.save()
    row = project.history.first()
    assert (row.history_user, row.actor_label, row.actor_source) == (user, user.email, "page")
    assert (row.history_change_reason, row.prev_record.zip_code) == ("moved", "52401")


@pytest.mark.django_db
def test_bulk_writes_leave_the_same_history() -> None:
    user, firm = make_user(), make_firm()
    with acting(user, source="api", reason="import"):
        projects = create_tracked(
            Project, [Project(organization=firm, name=f"House {n}", zip_code="52401") for n in range(3)]
        )
        for project in projects:
            project.zip_code = "33101"
        update_tracked(Project, projects, ["zip_code"])
    for project in projects:
        kinds = list(project.history.values_list("history_type", "actor_label", "history_change_reason"))
        assert kinds == [("~", user.email, "import"), ("+", user.email, "import")]


@pytest.mark.django_db
def test_events_cannot_be_changed_or_deleted() -> None:
    make_project()
    from audit.chain import record

    event = record(make_firm().pk, kind="test", obj=None)
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    assert AuditEvent.objects.filter(pk=event.pk).exists()
