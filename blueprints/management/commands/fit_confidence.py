"""`manage.py fit_confidence MANIFEST.json … --predictions DIR …`: how sure rooms and openings are (docs/reading.md)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autohvac.commands import OK
from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from blueprints.plan.cleanup.confidence import SHARES, WEIGHTS
from blueprints.score.fit_confidence import examples, fitted, fitted_shares, opening_examples
from blueprints.score.manifest import entries_of
from blueprints.score.reading import reading_of
from blueprints.score.rooms import Case

FEWEST_ROOMS = 150


class Command(BaseCommand):
    """Fit, cross-validate by dwelling, print."""

    help = "Fits the weights to analyses that score_extraction --keep DIR wrote, and prints them as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The plans, their analyses, and where the weights go."""
        parser.add_argument("manifest", type=Path, nargs="+")
        parser.add_argument(
            "--predictions", type=Path, required=True, metavar="DIR", nargs="+", help="one for each manifest"
        )
        parser.add_argument("--out", type=Path, metavar="DIR", help=f"write {WEIGHTS} and {SHARES} there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the analyses, fit, write."""
        rooms, openings = [], []
        if len(options["manifest"]) != len(options["predictions"]):
            raise RejectedInput(
                "manifest_invalid",
                path=str(options["manifest"][0]),
                error="one --predictions for each manifest",
            )
        for manifest, folder in zip(options["manifest"], options["predictions"], strict=True):
            for case, analysis in _read(manifest, folder):
                rooms += examples(case, analysis)
                openings += opening_examples(case, analysis)
        if len(rooms) < FEWEST_ROOMS or not openings:
            error = (
                f"{len(rooms)} rooms and {len(openings)} openings, at least {FEWEST_ROOMS} rooms are needed"
            )
            raise RejectedInput("manifest_invalid", path=str(options["predictions"][0]), error=error)
        for name, found in ((WEIGHTS, fitted(rooms)), (SHARES, fitted_shares(openings))):
            text = json.dumps(found.model_dump(), indent=1) + "\n"
            if options["out"]:
                (options["out"] / name).write_text(text, encoding="utf-8")
            self.stdout.write(text)
        raise SystemExit(OK)


def _read(manifest: Path, folder: Path) -> Iterator[tuple[Case, dict[str, Any]]]:
    """The plans of a manifest whose analysis lies in the folder, each with it."""
    for entry in entries_of(manifest):
        path = folder / f"{entry.truth.plan_id}.json"
        if path.is_file():
            analysis = json.loads(path.read_text(encoding="utf-8"))
            yield Case(entry.truth, reading_of(entry.truth.plan_id, analysis)), analysis
