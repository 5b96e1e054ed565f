"""`python -m tests.faults`: disk full, storage read-only, database gone, clock jumps, each in the middle of a real run.

Prints for each what the run waited with while the fault lasted, how long it took to end after it, whether the loads are
those of an undisturbed run, and how many kept files are not what their name says. Exits 1 when any is wrong. Disks are
mounted in memory, which takes root. What this machine cannot do is named as skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers import PostgresServer, RedisServer
from tests.small_plans import draw_small_plan
from tests.whole.clusters import Site, wait_until
from tests.whole.test_kill import LOADS, UPLOAD

STATE = """
import json
from blueprints.models import PipelineRun
run = PipelineRun.objects.get()
stages = {s.name: [s.status, s.error_code, s.attempt] for s in run.stages.all()}
print(json.dumps({'status': run.status, 'code': run.error_code, 'stages': stages}))
"""
DISK_MB = 64
LONGEST_S = 600.0


class Skipped(Exception):
    """This machine cannot make the fault."""


@dataclass
class Fault:
    """How to break and mend a site, and the settings and servers that takes."""

    seconds: float
    begin: Callable[[], Any]
    end: Callable[[], Any]
    environment: dict[str, str] = field(default_factory=dict)


@contextmanager
def disk(folder: Path) -> Iterator[Path]:
    """A small disk mounted at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Skipped(f"no disk can be mounted: {done.stderr.strip()}")


@contextmanager
def storage_full(folder: Path) -> Iterator[Fault]:
    """The disk of the stored files is full."""
    with disk(folder / "files") as files:
        yield Fault(25, begin=lambda: fill(files), end=lambda: (files / "filler").unlink())


@contextmanager
def all_full(folder: Path) -> Iterator[Fault]:
    """The one disk of database, files and work folders is full."""
    with disk(folder / "disk") as everything:
        (everything / "tmp").mkdir()
        settings = {
            "DATABASE_URL": f"sqlite:///{everything / 'db.sqlite3'}", "STORAGE_URL": f"file://{everything / 'files'}",
            "TMPDIR": str(everything / "tmp"),
        }  # fmt: skip
        yield Fault(25, lambda: fill(everything), lambda: (everything / "filler").unlink(), settings)


def fill(folder: Path) -> None:
    """Write until nothing more fits."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(1 << 16)):
                pass
        except OSError:
            return


@contextmanager
def storage_read_only(folder: Path) -> Iterator[Fault]:
    """The disk of the stored files turns read-only."""
    with disk(folder / "files") as files:
        yield Fault(
            25,
            begin=lambda: _mount("-o", "remount,ro", str(files)),
            end=lambda: _mount("-o", "remount,rw", str(files)),
        )


@contextmanager
def database_gone(folder: Path) -> Iterator[Fault]:
    """PostgreSQL is away for a minute."""
    try:
        postgres, redis = PostgresServer(folder / "postgres"), RedisServer(folder / "redis")
    except FileNotFoundError as error:
        raise Skipped(str(error)) from error
    try:
        yield Fault(60, postgres.stop, postgres.start, {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url})
    finally:
        postgres.stop()
        redis.stop()


def clock_jump(hours: int) -> Callable[[Path], Any]:
    """The clock, as all of the product and its queue read it, is set forward or back in the middle of a run."""

    @contextmanager
    def made(folder: Path) -> Iterator[Fault]:
        clock = folder / "clock"
        clock.write_text("0")
        settings = {"AUTOHVAC_TEST_CLOCK": str(clock)}
        yield Fault(5, lambda: clock.write_text(str(3600 * hours)), lambda: None, settings)

    return made


FAULTS: dict[str, Callable[[Path], Any]] = {
    "storage full": storage_full, "all full": all_full, "storage read-only": storage_read_only,
    "database gone": database_gone, "clock +2 h": clock_jump(2), "clock -2 h": clock_jump(-2),
}  # fmt: skip


def disturbed(folder: Path, plan: Path, fault: Fault) -> tuple[Any, str, float]:
    """Loads of a run with the fault in its middle, what it said meanwhile, seconds to the end after it."""
    site = Site(
        folder,
        environment={"AUTOHVAC_TEST_HOLD_S": "1.5", "AUTOHVAC_LEASE_SECONDS": "10"} | fault.environment,
    )
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        wait_until(lambda: state(site)["stages"]["pages"][0] == "done", seconds=LONGEST_S, what="two stages")
        fault.begin()
        time.sleep(fault.seconds)
        said = told(site)
        fault.end()
        started = time.monotonic()
        wait_until(lambda: finished(site), seconds=LONGEST_S, what=f"the end; {told(site)}")
        return site.script(LOADS), said, time.monotonic() - started
    finally:
        site.kill()


def state(site: Site) -> dict[str, Any]:
    """Status and stages of the one run."""
    found: dict[str, Any] = site.script(STATE)
    return found


def told(site: Site) -> str:
    """What the run says of itself; or that its database cannot be asked."""
    try:
        found = state(site)
    except AssertionError:
        return "no database to ask"
    open_stages = {
        name: row for name, row in found["stages"].items() if row[0] not in ("done", "partial", "blocked")
    }
    return ", ".join(
        [found["status"], *(f"{name} {' '.join(map(str, row))}" for name, row in open_stages.items())]
    )


def finished(site: Site) -> bool:
    """The run has ended and is sealed."""
    found = state(site)
    return found["status"] not in ("queued", "running") and found["stages"]["audit"][0] == "done"


def torn(folder: Path) -> int:
    """Content-addressed files whose content is not what their name says."""
    kept = [path for path in folder.rglob("*") if path.is_file() and len(path.stem) == 64]
    return sum(hashlib.sha256(path.read_bytes()).hexdigest() != path.stem for path in kept)


def trial(name: str, plan: Path, expected: Any) -> bool:
    """One fault; prints its line and says whether all was right."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        with FAULTS[name](folder) as fault:
            loads, said, seconds = disturbed(folder, plan, fault)
            bad = torn(folder)
        same = loads == expected
        print(f"{name}: meanwhile {said}; ended {seconds:.0f} s after; "
              f"loads {'the same' if same else 'DIFFER'}, torn files {bad}", flush=True)  # fmt: skip
        return same and not bad
    except Skipped as reason:
        print(f"{name}: skipped, {reason}", flush=True)
        return True
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def calm(plan: Path, folder: Path) -> Any:
    """Loads of an undisturbed run."""
    site = Site(folder, environment={"AUTOHVAC_TEST_HOLD_S": "0"})
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        wait_until(lambda: finished(site), seconds=LONGEST_S, what="the undisturbed run")
    finally:
        site.kill()
    return site.script(LOADS)


def main() -> None:
    """The asked faults, else all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", choices=[[], *FAULTS], help="all when none is named")
    asked = parser.parse_args().faults
    with tempfile.TemporaryDirectory() as made:
        plan = draw_small_plan(Path(made) / "plan.pdf")
        (Path(made) / "calm").mkdir()
        expected = calm(plan, Path(made) / "calm")
        right = [trial(name, plan, expected) for name in asked or FAULTS]
    raise SystemExit(0 if all(right) else 1)


if __name__ == "__main__":
    os.umask(0o022)
    main()
