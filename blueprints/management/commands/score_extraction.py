"""`manage.py score_extraction MANIFEST.json`: how well plans are read, against the truth (docs/reading.md)."""

from __future__ import annotations

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from autohvac.commands import OK
from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from blueprints.score.manifest import Entry, entries_of
from blueprints.score.reading import missing, reading_of
from blueprints.score.rooms import Case
from blueprints.score.run_reader import read_plan
from blueprints.score.score import Scored, report, scored
from blueprints.score.table import lines


class Command(BaseCommand):
    """Score the reader, or analyses that are already there."""

    help = (
        "MANIFEST is a JSON file, or a folder with manifest.json in it and in its folders. Two forms are understood:\n"
        '{"plans": [{"pdf", "truth", "stratum", "dwelling"[, "prediction"]}]}: truth files with outlines;\n'
        '{"items": [{"id", "file", "floors", "scale", ...}]}: plans read by eye, the item is the truth.\n'
        "Each plan is read in a process of its own, without the AI service; with --predictions DIR the analyses\n"
        "DIR/<plan_id>.json are scored instead, and a plan without one fails. --keep DIR writes them there."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the lines of the help."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments of the contract, and what an engineer who improves the reader needs."""
        parser.add_argument("manifest", type=Path)
        parser.add_argument("--json", type=Path, dest="json_out", metavar="OUT", help="the report as JSON")
        parser.add_argument("--only", default="", help="comma-separated beginnings of plan ids")
        answers = parser.add_mutually_exclusive_group()
        answers.add_argument("--predictions", type=Path, metavar="DIR", help="score these analyses")
        answers.add_argument("--keep", type=Path, metavar="DIR", help="write the analyses that were made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, score, print."""
        wanted = tuple(part for part in options["only"].split(",") if part)
        plans = [self._plan(e, options) for e in entries_of(options["manifest"]) if _chosen(e, wanted)]
        if not plans:
            raise RejectedInput("manifest_invalid", path=str(options["manifest"]), error="no plan is listed")
        result = report(plans)
        if options["json_out"]:
            _write(options["json_out"], result)
        for line in lines(result):
            self.stdout.write(line)
        raise SystemExit(OK)

    def _plan(self, entry: Entry, options: dict[str, Any]) -> Scored:
        self.stderr.write(f"{entry.truth.plan_id} …")
        analysis = _analysis(entry, options)
        name = entry.truth.plan_id
        return scored(Case(entry.truth, missing(name) if analysis is None else reading_of(name, analysis)))


def _chosen(entry: Entry, wanted: tuple[str, ...]) -> bool:
    return not wanted or entry.truth.plan_id.startswith(wanted)


def _analysis(entry: Entry, options: dict[str, Any]) -> dict[str, Any] | None:
    """The analysis of a plan; None when one was promised and is not there."""
    path = entry.prediction
    if options["predictions"]:
        path = options["predictions"] / f"{entry.truth.plan_id}.json"
    if path is None:
        if not entry.path.is_file():
            raise RejectedInput("file_not_found", path=str(entry.path))
        analysis = read_plan(entry.path)
        if options["keep"]:
            _write(options["keep"] / f"{entry.truth.plan_id}.json", analysis)
        return analysis
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found


def _write(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True), encoding="utf-8")
