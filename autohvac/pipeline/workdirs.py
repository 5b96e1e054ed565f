"""A worker's folder for one attempt of a stage; those of killed workers are removed a day later."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "autohvac-"
KEPT_S = 86_400.0


def workdir() -> tempfile.TemporaryDirectory[str]:
    """A new folder, removed on leaving its context."""
    return tempfile.TemporaryDirectory(prefix=PREFIX)


def remove_old() -> int:
    """Remove work folders of this machine that nobody has touched for a day; how many."""
    before = time.time() - KEPT_S
    old = [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _changed(path) < before]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # its worker has just ended
        return time.time()
