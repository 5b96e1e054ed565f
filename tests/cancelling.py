"""`python -m tests.cancelling`: cancels a sample run in each stage on a real cluster; prints how long each took to stop."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from autohvac.core.stage import STAGES
from blueprints.sample.draw import draw_sample
from tests.whole.clusters import Site, wait_until
from tests.whole.test_kill import UPLOAD

ALLOWED_S = 5.0
CANCEL = """
from blueprints.models import PipelineRun
from blueprints.services.runs import run_cancel
run_cancel(run=PipelineRun.objects.get(), actor=None)
print('0')
"""


def read(site: Site, query: str, *values: str) -> Any:
    """The first value of a query on the site's database."""
    with sqlite3.connect(site.folder / "db.sqlite3", timeout=20) as database:
        return database.execute(query, values).fetchone()[0]


def seconds_to_stop(folder: Path, plan: Path, stage: str) -> float:
    """Cancel while `stage` runs; seconds from the request's commit to the run's end [s]."""
    site = Site(folder, environment={"AUTOHVAC_TEST_HOLD_S": "0", "AUTOHVAC_LEASE_SECONDS": "30"})
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        begun = "select count(*) from blueprints_stagerun where name = ? and status in ('running', 'done')"
        wait_until(lambda: read(site, begun, stage), seconds=300, what=f"{stage} running")
        site.script(CANCEL)
        asked = "select cancel_requested_at from blueprints_pipelinerun"
        ended = "select status not in ('queued', 'running') from blueprints_pipelinerun"
        wait_until(lambda: read(site, ended), seconds=60, what="the end")
        gap = "select (julianday(finished_at) - julianday(cancel_requested_at)) * 86400 from blueprints_pipelinerun"
        return float(read(site, gap)) if read(site, asked) else 0.0
    finally:
        site.kill()


def main() -> None:
    """All stages but the seal."""
    slow = []
    with tempfile.TemporaryDirectory() as made:
        plan = draw_sample(Path(made) / "plan.pdf")
        for stage in STAGES[:-1]:
            folder = Path(made) / stage
            folder.mkdir()
            started = time.monotonic()
            seconds = seconds_to_stop(folder, plan, stage)
            slow += [stage] if seconds > ALLOWED_S else []
            print(
                f"{stage}: stopped {seconds:.1f} s after the request ({time.monotonic() - started:.0f} s in all)"
            )
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
