"""A real queue cluster in processes of its own, on a database and a file store of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
            [sys.executable, "manage.py", "qcluster"], cwd=ROOT, env=self.env, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

    def kill(self) -> None:
        """`kill -9` of the whole cluster."""
        if self.cluster is not None:
            os.killpg(self.cluster.pid, signal.SIGKILL)
            self.cluster.wait()
            self.cluster = None


def wait_until(condition: Any, *, seconds: float, what: str) -> Any:
    """Poll until `condition()` is true; its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")
