"""A real queue cluster in processes of its own, on a database and a file store of its own."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
LEASE_S = 2


class Site:
    """An installation under a folder: run commands in it, start and kill its cluster."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.env = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "STORAGE_URL": f"file://{folder / 'files'}",
            "AUTOHVAC_LEASE_SECONDS": str(LEASE_S),
            "AUTOHVAC_WORKERS": "1",
            "DJANGO_SETTINGS_MODULE": "tests.slow_settings",
            "PYTHONPATH": str(ROOT),
            **(environment or {}),
        }
        self.cluster: subprocess.Popen[bytes] | None = None
        self.web: subprocess.Popen[bytes] | None = None
        self.address = ""
        self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")

    def manage(self, *arguments: str) -> str:
        """Run a management command; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def script(self, body: str) -> Any:
        """Run Python in the site; what it prints last, as JSON."""
        return json.loads(self.manage("shell", "--verbosity", "0", "-c", body).strip().splitlines()[-1])

    def start(self) -> None:
        """Start the cluster."""
        log = (self.folder / "cluster.log").open("ab")
        self.cluster = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "qcluster"], cwd=self.folder, env=self.env, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

    def serve(self) -> None:
        """Start the production web server at `address`."""
        address = self.address.removeprefix("http://") or f"127.0.0.1:{free_port()}"
        log = (self.folder / "web.log").open("ab")
        self.web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "autohvac.wsgi", "--bind", address, "--threads", "4"],
            cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        wait_until(lambda: _answers(f"http://{address}/healthz"), seconds=60, what="the web server")
        self.address = f"http://{address}"

    def kill(self) -> None:
        """`kill -9` of the whole cluster, and of the web server if one runs."""
        _kill(self.cluster)
        _kill(self.web)
        self.cluster = self.web = None

    def restart_cluster(self) -> None:
        """`kill -9` of the whole cluster, then a new one."""
        _kill(self.cluster)
        self.start()

    def restart_web(self) -> None:
        """`kill -9` of the web server, then a new one at the same address."""
        _kill(self.web)
        self.serve()

    def kill_worker(self) -> None:
        """`kill -9` of one process of the cluster that is not its head."""
        assert self.cluster is not None
        found = [int(pid) for pid in _output("pgrep", "-g", str(self.cluster.pid)).split()]
        below = [pid for pid in found if pid != self.cluster.pid]
        if below:
            with contextlib.suppress(ProcessLookupError):
                os.kill(random.choice(below), signal.SIGKILL)


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # our own address
            return answer.status == 200
    except OSError:
        return False


def wait_until(condition: Any, *, seconds: float, what: str) -> Any:
    """Poll until `condition()` is true; its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")
