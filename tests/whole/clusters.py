"""A real queue cluster in processes of its own, on a database and a file store of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
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
            [sys.executable, "manage.py", "qcluster"], cwd=ROOT, env=self.env, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip

    def serve(self) -> None:
        """Start the production web server at `address`."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        log = (self.folder / "web.log").open("ab")
        self.web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "autohvac.wsgi", "--bind", address, "--threads", "4"],
            cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        wait_until(lambda: _answers(f"http://{address}/healthz"), seconds=60, what="the web server")
        self.address = f"http://{address}"

    def kill(self) -> None:
        """`kill -9` of the whole cluster, and of the web server if one runs."""
        for process in (self.cluster, self.web):
            if process is not None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.cluster = self.web = None


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
