"""`python -m tests.scale`: two clusters in process groups and folders of their own share a batch; one works before and after.

PostgreSQL, Redis and an S3-protocol server, all of the command's own. Two firms: a big one uploads most of the plans first, a
small one the rest. Prints throughput with one and with two clusters, the runs that went wrong, and when the small firm was
done. Other work on the machine changes its speed from minute to minute: so one cluster works every fourth plan before
the two and others after them, and what two processes that only add numbers reach over one is printed beside the ratio.
Exits 1 when a run is wrong or a file is missing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import PostgresServer, RedisServer, S3Server
from tests.small_plans import SmallHouse, draw_small_plan
from tests.whole.clusters import Site

ADD_UP = "sum(number for number in range(150_000_000))"
UPLOAD_ALL = """
import json, pathlib
from autohvac.accounts.models import Organization
from blueprints.services.projects import project_create
from blueprints.services.uploads import blueprint_upload
for slug, paths in json.loads({batches!r}).items():
    firm, _ = Organization.objects.get_or_create(slug={prefix!r} + slug, defaults={{'name': slug}})
    project = project_create(organization=firm, actor=None, name='Houses', zip_code='52401', front='S')
    for path in paths:
        with open(path, 'rb') as stream:
            blueprint_upload(project=project, stream=stream, name=pathlib.Path(path).name, actor=None)
print('0')
"""
OPEN = "select count(*) from blueprints_stagerun where name = 'audit' and status <> 'done'"
OUTCOME = """
import json
from django.core.files.storage import default_storage
from blueprints.models import PipelineRun
from reports.models import Report
out = []
for run in PipelineRun.objects.filter(blueprint__project__organization__slug__startswith={prefix!r}).select_related(
        'blueprint__project__organization').order_by('finished_at'):
    files = [r.file.name for r in Report.objects.filter(calculation__run=run)]
    out.append([run.blueprint.project.organization.slug, run.status, len(files), all(default_storage.exists(f) for f in files)])
print(json.dumps(out))
"""


def plans(folder: Path, numbers: Sequence[int]) -> list[str]:
    """Houses of different sizes, no two alike."""
    folder.mkdir()
    made = [
        draw_small_plan(
            folder / f"{n}.pdf", SmallHouse(width=36 + n % 10, depth=26 + n // 10 % 5, split_x=20 + n % 3)
        )
        for n in numbers
    ]
    for path in made:
        path.write_bytes(path.read_bytes() + f"\n%{folder.name}{path.stem}\n".encode())
    return [str(path) for path in made]


def batch(sites: list[Site], folder: Path, *, prefix: str, numbers: Sequence[int]) -> tuple[float, list[Any]]:
    """Upload the plans, the small firm's every fifth last, and work them off; seconds and the outcomes in order."""
    paths = plans(folder, numbers)
    small = paths[::5]
    batches = json.dumps({"big": [path for path in paths if path not in small], "small": small})
    sites[0].script(UPLOAD_ALL.format(batches=batches, prefix=prefix))
    started = time.monotonic()
    for site in sites:
        site.start()
    with psycopg.connect(sites[0].env["DATABASE_URL"], autocommit=True) as database:
        while database.execute(OPEN).fetchone() != (0,):
            time.sleep(0.5)
    seconds = time.monotonic() - started
    for site in sites:
        site.kill()
    return seconds, sites[0].script(OUTCOME.format(prefix=prefix))


def report(name: str, seconds: float, outcomes: list[Any]) -> bool:
    """Print one round's line; whether nothing is wrong or missing."""
    wrong = [
        row for row in outcomes if row[1] not in ("completed", "needs_review") or row[2] != 3 or not row[3]
    ]
    small = [place for place, row in enumerate(outcomes, start=1) if row[0].endswith("small")]
    print(
        f"{name}: {len(outcomes)} runs in {seconds:.0f} s, {60 * len(outcomes) / seconds:.1f} a minute; wrong or without "
        f"their files {len(wrong)}; the small firm's {len(small)} runs were done at place {small[-1]} of {len(outcomes)}"
    )
    return not wrong


def machine() -> float:
    """What this machine does with two busy processes over one, now."""

    def seconds(count: int) -> float:
        started = time.monotonic()
        busy = [subprocess.Popen([sys.executable, "-c", ADD_UP]) for _ in range(count)]
        for process in busy:
            process.wait()
        return time.monotonic() - started

    return 2 * seconds(1) / seconds(2)


def main() -> None:
    """All rounds in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=100)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="scale-"))
    postgres, redis, s3 = PostgresServer(folder / "postgres"), RedisServer(folder / "redis"), S3Server()
    environment = {
        "DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "AUTOHVAC_TEST_HOLD_S": "0", "AUTOHVAC_LEASE_SECONDS": "60",
        "AUTOHVAC_SECRET_KEY": "for this run only", **s3.environment,
    }  # fmt: skip
    sites = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        sites.append(Site(folder / name, environment=environment))
    able = []
    try:
        able.append(machine())
        before = batch(sites[:1], folder / "before", prefix="a-", numbers=range(0, given.plans, 4))
        able.append(machine())
        double, shared = batch(sites, folder / "shared", prefix="b-", numbers=range(given.plans))
        able.append(machine())
        after = batch(sites[:1], folder / "after", prefix="c-", numbers=range(2, given.plans, 4))
        able.append(machine())
    finally:
        for server in (postgres, redis, s3):
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    right = report("one cluster before", *before) & report("two clusters", double, shared)
    right &= report("one cluster after", *after)
    alone = (len(before[1]) + len(after[1])) / (before[0] + after[0])
    bare = ", ".join(f"{times:.2f}" for times in able)
    print(
        f"throughput of two over one: {len(shared) / double / alone:.2f}; the bare machine, two over one: {bare}"
    )
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
