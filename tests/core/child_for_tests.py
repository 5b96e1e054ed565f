"""Verbs a limited child process is tested with."""

from __future__ import annotations

import errno
import time
from typing import Any

from autohvac.core.errors import RejectedInput
from autohvac.core.sandbox import child_main


def echo(payload: dict[str, Any], progress: Any) -> Any:
    progress(1, 2, "half")
    return {"got": payload["value"]}


def reject(payload: dict[str, Any], progress: Any) -> Any:
    raise RejectedInput("pdf_damaged", page=3)


def crash(payload: dict[str, Any], progress: Any) -> Any:
    raise ValueError("a bug of ours")


def eat(payload: dict[str, Any], progress: Any) -> Any:
    hoard = []
    for _ in range(400):
        hoard.append(bytearray(8 * 1024 * 1024))
        time.sleep(0.01)
    return len(hoard)


def sleep(payload: dict[str, Any], progress: Any) -> Any:
    time.sleep(payload["seconds"])


def fill(payload: dict[str, Any], progress: Any) -> Any:
    from pathlib import Path

    with Path("big").open("wb") as stream:
        for _ in range(64):
            stream.write(bytes(1024 * 1024))
    return "wrote"


def no_room(payload: dict[str, Any], progress: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def secrets(payload: dict[str, Any], progress: Any) -> Any:
    import os

    return sorted(os.environ)


def offspring(payload: dict[str, Any], progress: Any) -> Any:
    """Eats in a process of its own, as a program that the reader starts would."""
    import subprocess
    import sys

    body = "import time; hoard = bytearray(400 * 2**20); time.sleep(60)"
    return subprocess.run([sys.executable, "-c", body], check=False).returncode


def chatter(payload: dict[str, Any], progress: Any) -> Any:
    return "x" * (payload["megabytes"] * 2**20)


def call_home(payload: dict[str, Any], progress: Any) -> Any:
    import socket

    with socket.create_connection(("127.0.0.1", payload["port"]), timeout=5):
        return "connected"


if __name__ == "__main__":
    verbs = (echo, reject, crash, eat, sleep, fill, no_room, secrets, offspring, chatter, call_home)
    child_main({verb.__name__: verb for verb in verbs})
