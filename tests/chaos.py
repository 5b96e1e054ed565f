"""`python -m tests.chaos`: many plans under random kills of workers, cluster, web server, Redis and PostgreSQL.

Prints how many runs ended in the state and with the loads of an undisturbed run, how many were lost or doubled, and what
was killed how often. Exits 1 when any differs. The database and broker servers are the command's own, made in a temporary
folder and thrown away.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests

from tests.hostile import encrypted_pdf, header_only_pdf
from tests.servers import PostgresServer, RedisServer
from tests.small_plans import SmallHouse, as_scan, draw_small_plan
from tests.whole.clusters import Site

LONGEST_S = 3 * 3600
SETTLE_S = 6.0
PREPARE = """
import json
from autohvac.accounts.models import Membership, Organization, User
from autohvac.api.auth import issue_token
from blueprints.services.projects import project_create
firm = Organization.objects.create(name='Firm', slug='firm')
user = User.objects.create_user(email='chaos@example.com', password='a long quiet evening 7')
Membership.objects.create(user=user, organization=firm, role='owner')
project = project_create(organization=firm, actor=user, name='Houses', zip_code='52401', front='S')
print(json.dumps([issue_token(user=user, organization=firm, name='chaos')[1], str(project.pk)]))
"""
OUTCOME = """
import json
from audit.models import AuditEvent
from blueprints.models import PipelineRun
from calculations.models import LoadCalculation
from collections import Counter
out = {}
for run in PipelineRun.objects.select_related('blueprint'):
    events = Counter(AuditEvent.objects.filter(run_id=run.pk, kind__startswith='stage.').values_list('kind', flat=True))
    calculations = LoadCalculation.objects.filter(run=run)
    out.setdefault(run.blueprint.original_name, []).append({
        'status': run.status, 'code': run.error_code,
        'stages': {s.name: s.status for s in run.stages.all()},
        'events': events,
        'loads': [c.result['block'] for c in calculations],
        'reports': sorted(r.format for c in calculations for r in c.reports.all()),
    })
print(json.dumps(out))
"""


def kinds(folder: Path) -> dict[str, Path]:
    """One file of each kind of upload, by its name."""
    big = SmallHouse(
        width=44, depth=30, split_x=24, split_y=15, names=("GREAT ROOM", "KITCHEN", "BED 2", "BED 3")
    )
    small = draw_small_plan(folder / "small.pdf")
    return {
        "small": small,
        "big": draw_small_plan(folder / "big.pdf", big),
        "scan": as_scan(small, folder / "scan.png"),
        "locked": encrypted_pdf(folder),
        "broken": header_only_pdf(folder),
    }


def copies(folder: Path, originals: Mapping[str, Path], *, count: int) -> list[tuple[str, Path]]:
    """`count` files of mixed kinds, no two alike in bytes; scans, slow to read, are one in ten."""
    order = [name for name in originals if name != "scan"]
    made = []
    for number in range(count):
        kind = "scan" if number % 10 == 9 else order[number % len(order)]
        path = folder / f"{kind}-{number}{originals[kind].suffix}"
        path.write_bytes(originals[kind].read_bytes() + f"\n%{number}\n".encode())
        made.append((kind, path))
    return made


class Uploader:
    """Sends plans through the API as an app would: again with the same key until an answer comes."""

    def __init__(self, site: Site, *, token: str, project: str) -> None:
        self.site, self.project = site, project
        self.headers = {"Authorization": f"Bearer {token}"}

    def send(self, path: Path) -> None:
        """Upload one file; returns when the server has accepted it."""
        end = time.monotonic() + 600
        while time.monotonic() < end:
            try:
                answer = self._post(path)
            except requests.RequestException:
                time.sleep(0.5)
                continue
            if answer.status_code in (200, 201, 202):
                return
            if answer.status_code not in (409, 429, 500, 502, 503):
                raise AssertionError(f"{path.name}: {answer.status_code} {answer.text[:200]}")
            time.sleep(float(answer.headers.get("Retry-After", 1)))
        raise AssertionError(f"{path.name} was never accepted")

    def _post(self, path: Path) -> requests.Response:
        with path.open("rb") as stream:
            return requests.post(
                f"{self.site.address}/api/v1/blueprints",
                headers={**self.headers, "Idempotency-Key": path.name},
                data={"project": self.project},
                files={"file": (path.name, stream)},
                timeout=30,
            )


class Disturber(threading.Thread):
    """Breaks something every few seconds until told to stop."""

    def __init__(
        self, actions: Mapping[str, Callable[[], Any]], *, seed: int, pause_s: tuple[float, float]
    ) -> None:
        super().__init__(daemon=True)
        self.actions, self.random, self.pause_s = actions, random.Random(seed), pause_s
        self.done: Counter[str] = Counter()
        self.stopping = threading.Event()

    def run(self) -> None:
        """Break until stopped."""
        while not self.stopping.wait(self.random.uniform(*self.pause_s)):
            name = self.random.choice(sorted(self.actions))
            self.actions[name]()
            self.done[name] += 1


def upload_all(site: Site, files: list[tuple[str, Path]], credentials: list[str]) -> None:
    """Send every file."""
    uploader = Uploader(site, token=credentials[0], project=credentials[1])
    for _, path in files:
        uploader.send(path)


def wait_for_all(site: Site, count: int) -> dict[str, Any]:
    """Until every run has ended and is sealed; the outcomes by file name."""
    end = time.monotonic() + LONGEST_S
    while time.monotonic() < end:
        time.sleep(SETTLE_S)
        try:
            outcomes: dict[str, Any] = site.script(OUTCOME)
        except AssertionError:  # the database is just down
            continue
        runs = [run for found in outcomes.values() for run in found]
        ended = sum(
            run["status"] not in ("queued", "running") and run["stages"]["audit"] == "done" for run in runs
        )
        print(f"\r{ended} of {count} ended", end="", file=sys.stderr, flush=True)
        if ended >= count:
            print(file=sys.stderr)
            return outcomes
    return outcomes


def calm_outcomes(folder: Path, originals: Mapping[str, Path], environment: dict[str, str]) -> dict[str, Any]:
    """What each kind ends with when nothing is disturbed."""
    site = Site(folder, environment=environment)
    credentials = site.script(PREPARE)
    site.start()
    site.serve()
    try:
        upload_all(site, list(originals.items()), credentials)
        found = wait_for_all(site, len(originals))
    finally:
        site.kill()
    return {kind: found[path.name][0] for kind, path in originals.items()}


def compare(files: list[tuple[str, Path]], found: dict[str, Any], expected: dict[str, Any]) -> Counter[str]:
    """Counts of right, lost, doubled and wrong runs."""
    counts: Counter[str] = Counter()
    for kind, path in files:
        runs = found.get(path.name, [])
        if not runs:
            counts["lost"] += 1
        elif len(runs) > 1 or any(n > 1 for n in runs[0]["events"].values()):
            counts["doubled"] += 1
        elif any(
            runs[0][key] != expected[kind][key] for key in ("status", "code", "stages", "loads", "reports")
        ):
            counts["wrong"] += 1
            print(f"{path.name}: {runs[0]['status']} {runs[0]['code']}, wanted {expected[kind]['status']}")
        else:
            counts["right"] += 1
    return counts


def chaos(backend: str, *, runs: int, seed: int, folder: Path) -> bool:
    """One round on one backend; prints its line and says whether all was right."""
    originals = kinds(folder)
    servers, environment = backends(backend, folder)
    calm_folder, site_folder = folder / "calm", folder / "site"
    for made in (calm_folder, site_folder):
        made.mkdir()
    base = {"AUTOHVAC_TEST_HOLD_S": "0", "AUTOHVAC_LEASE_SECONDS": "5", "AUTOHVAC_WORKERS": "2"}
    started = time.monotonic()
    try:
        expected = calm_outcomes(calm_folder, originals, base)
        site = Site(site_folder, environment=base | environment)
        files = copies(site_folder, originals, count=runs)
        credentials = site.script(PREPARE)
        site.start()
        site.serve()
        disturber = Disturber(actions_of(site, servers), seed=seed, pause_s=(4.0, 12.0))
        disturber.start()
        upload_all(site, files, credentials)
        found = wait_for_all(site, runs)
        disturber.stopping.set()
        disturber.join()
        site.kill()
    finally:
        for server in servers.values():
            server.stop()
    counts = compare(files, found, expected)
    print(f"{backend}: {runs} runs of {len(originals)} kinds in {time.monotonic() - started:.0f} s; "
          f"right {counts['right']}, wrong {counts['wrong']}, lost {counts['lost']}, doubled {counts['doubled']}; "
          f"broken: {', '.join(f'{name} × {n}' for name, n in sorted(disturber.done.items()))}")  # fmt: skip
    return counts["right"] == runs


def backends(backend: str, folder: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """The servers of a backend, running, and the settings that use them."""
    if backend == "sqlite":
        return {}, {}
    postgres, redis = PostgresServer(folder / "postgres"), RedisServer(folder / "redis")
    return {"postgres": postgres, "redis": redis}, {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}


def actions_of(site: Site, servers: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    """What may break on this backend."""
    actions: dict[str, Callable[[], Any]] = {
        "worker killed": site.kill_worker, "cluster killed": site.restart_cluster, "web killed": site.restart_web,
    }  # fmt: skip
    if servers:
        actions |= {
            "Redis flushed": servers["redis"].flush,
            "Redis restarted": servers["redis"].restart,
            "PostgreSQL restarted": servers["postgres"].restart,
        }
    return actions


def main() -> None:
    """Run the asked rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--backend", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--keep", action="store_true", help="keep the folder with logs")
    given = parser.parse_args()
    right = True
    for backend in given.backend or ["sqlite", "postgres"]:
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        right &= chaos(backend, runs=given.runs, seed=given.seed, folder=folder)
        if given.keep:
            print(f"logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
