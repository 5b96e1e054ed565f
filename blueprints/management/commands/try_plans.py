"""`manage.py try_plans FOLDER…`: process_blueprint on every plan of a folder; prints what happened to each."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings

from autohvac.commands import Command as BaseCommand

SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
LIMIT_S = 600


class Command(BaseCommand):
    """A table of exit codes, rooms and loads."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Folders and the ZIP code to use."""
        parser.add_argument("folders", nargs="+", type=Path)
        parser.add_argument("--zip", default="52401", dest="zip_code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each plan in a process of its own; exit 1 if one of them failed on our side."""
        codes: Counter[int] = Counter()
        tracebacks = 0
        for path in sorted(
            p for folder in options["folders"] for p in folder.iterdir() if p.suffix.lower() in SUFFIXES
        ):
            code, line, traced = _try(path, options["zip_code"])
            codes[code] += 1
            tracebacks += traced
            self.stdout.write(line)
            self.stdout.flush()
        self.stdout.write(f"exit codes {dict(sorted(codes.items()))}, tracebacks {tracebacks}")
        if codes.keys() - {0, 2, 3} or tracebacks:
            raise SystemExit(1)


def _try(path: Path, zip_code: str) -> tuple[int, str, bool]:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        done = subprocess.run(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "process_blueprint", str(path), "--zip", zip_code,
             "--quiet", "--no-ai", "--json", str(out)],
            capture_output=True, text=True, check=False, timeout=LIMIT_S,
        )  # fmt: skip
        found = _found(out)
    error = next((line for line in done.stderr.splitlines() if line.startswith("error[")), "")
    seconds = time.monotonic() - started
    line = f"{path.name:<36} exit {done.returncode}  {seconds:5.1f} s  {found}{error.split(':')[0]}"
    return done.returncode, line, "Traceback" in done.stdout + done.stderr


def _found(out: Path) -> str:
    if not out.exists():
        return ""
    analysis = json.loads(out.read_text())
    rooms = sum(len(level["rooms"]) for level in analysis["levels"])
    area = analysis["totals"]["conditioned_sqft"]
    loads = analysis["loads"]
    heating = f"{loads['block']['heating']['total']:9,.0f} Btu/h heating" if loads else "no load"
    asked = [question["field"] for question in analysis["questions"]]
    return f"rooms {rooms:3d}  {area:7,.0f} ft²  {heating}  asks {asked}  "
