"""`kill -9` of the whole cluster in each stage, then a restart: one result per stage, the same loads."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from autohvac.core.stage import STAGES
from blueprints.sample.draw import draw_sample
from tests.whole.clusters import LEASE_S, Site, wait_until

pytestmark = pytest.mark.cluster

UPLOAD = """
import json
from autohvac.accounts.models import Organization
from blueprints.services.projects import project_create
from blueprints.services.uploads import blueprint_upload
firm = Organization.objects.create(name='Firm', slug='firm')
project = project_create(organization=firm, actor=None, name='House', zip_code='52401', front='S')
with open({path!r}, 'rb') as stream:
    _, run = blueprint_upload(project=project, stream=stream, name='plan.pdf', actor=None)
print(json.dumps(str(run.pk)))
"""
LOADS = """
import json
from calculations.models import LoadCalculation
print(json.dumps([c.result['block'] for c in LoadCalculation.objects.all()]))
"""


def rows(site: Site, query: str) -> list[Any]:
    """Read the site's SQLite beside its processes."""
    with sqlite3.connect(site.folder / "db.sqlite3", timeout=20) as database:
        return database.execute(query).fetchall()


def stage_states(site: Site) -> dict[str, str]:
    return dict(rows(site, "select name, status from blueprints_stagerun"))


def ended(site: Site) -> bool:
    status = rows(site, "select status from blueprints_pipelinerun")[0][0]
    return status not in ("queued", "running") and stage_states(site)["audit"] == "done"


def undisturbed_loads(folder: Path, plan: Path) -> Any:
    site = Site(folder, environment={"AUTOHVAC_TEST_HOLD_S": "0"})
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        wait_until(lambda: ended(site), seconds=240, what="the undisturbed run")
    finally:
        site.kill()
    return site.script(LOADS)


def test_a_cluster_killed_in_every_stage_still_completes_with_the_same_loads(tmp_path: Path) -> None:
    plan = draw_sample(tmp_path / "plan.pdf")
    (tmp_path / "calm").mkdir()
    (tmp_path / "killed").mkdir()
    expected = undisturbed_loads(tmp_path / "calm", plan)
    site = Site(tmp_path / "killed")
    site.script(UPLOAD.format(path=str(plan)))
    try:
        for stage in STAGES:
            site.start()
            wait_until(
                lambda s=stage: stage_states(site)[s] == "running", seconds=120, what=f"{stage} running"
            )
            site.kill()
            time.sleep(LEASE_S + 0.2)
        site.start()
        wait_until(lambda: ended(site), seconds=120, what="the end")
    finally:
        site.kill()
    assert set(stage_states(site).values()) == {"done"}
    events = rows(site, "select kind, count(*) from audit_auditevent where kind like 'stage.%' group by kind")
    assert dict(events) == {f"stage.{name}": 1 for name in STAGES}
    assert site.script(LOADS) == expected
    assert len(expected) == 1
