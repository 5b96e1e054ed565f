"""`manage.py score_extraction MANIFEST.json`: how well plans are read, against the truth (docs/reading.md)."""

from __future__ import annotations

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from autohvac.commands import OK
from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from blueprints.score.cost import cost_samples, tile_seconds
from blueprints.score.invariance import invariance_samples
from blueprints.score.loads import load_error, load_samples
from blueprints.score.manifest import Entry, entries_of
from blueprints.score.markdown import markdown
from blueprints.score.overlays import write_overlays
from blueprints.score.reading import missing, reading_of
from blueprints.score.rooms import Case
from blueprints.score.run_reader import read_plan
from blueprints.score.samples import Samples
from blueprints.score.score import Scored, report, scored
from blueprints.score.table import lines
from blueprints.score.variants import VARIANTS


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
        parser.add_argument("--markdown", type=Path, metavar="OUT", help="the table as in docs/reading.md")
        parser.add_argument("--only", default="", help="comma-separated beginnings of plan ids")
        parser.add_argument(
            "--overlays", type=Path, metavar="DIR", help="pictures of what was read and missed"
        )
        parser.add_argument("--no-loads", action="store_true", help="leave out the load errors (M11)")
        parser.add_argument(
            "--invariance", default="", metavar="NAMES",
            help=f"read each plan again as (M15): all, or some of {', '.join(v.name for v in VARIANTS)}",
        )  # fmt: skip
        parser.add_argument(
            "--cost", type=int, default=0, metavar="N", help="time and memory of N readings (M16)"
        )
        answers = parser.add_mutually_exclusive_group()
        answers.add_argument("--predictions", type=Path, metavar="DIR", help="score these analyses")
        answers.add_argument("--keep", type=Path, metavar="DIR", help="write the analyses that were made")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, score, print."""
        wanted = tuple(part for part in options["only"].split(",") if part)
        entries = [e for e in entries_of(options["manifest"]) if _chosen(e, wanted)]
        if not entries:
            raise RejectedInput("manifest_invalid", path=str(options["manifest"]), error="no plan is listed")
        tile_s = tile_seconds(repeats=options["cost"]) if options["cost"] else None
        plans = [self._plan(entry, options, tile_s) for entry in entries]
        result = report(plans)
        if options["json_out"]:
            _write(options["json_out"], result)
        if options["markdown"]:
            options["markdown"].write_text("\n".join(markdown(result)) + "\n", encoding="utf-8")
        if options["overlays"]:
            found = [(plan.case, entry.path) for plan, entry in zip(plans, entries, strict=True)]
            self.stderr.write(str(write_overlays(found, options["overlays"])))
        for line in lines(result):
            self.stdout.write(line)
        raise SystemExit(OK)

    def _plan(self, entry: Entry, options: dict[str, Any], tile_s: float | None) -> Scored:
        self.stderr.write(f"{entry.truth.plan_id} …")
        name = entry.truth.plan_id
        analysis = _analysis(entry, options)
        case = Case(entry.truth, missing(name) if analysis is None else reading_of(name, analysis))
        samples: Samples = {} if options["no_loads"] else _load_samples(case, analysis)
        if analysis is not None and options["invariance"]:
            samples |= invariance_samples(entry.path, analysis, _variants(options["invariance"]))
        if analysis is not None and options["cost"]:
            again = [read_plan(entry.path) for _ in range(options["cost"] - 1)]
            samples |= cost_samples(entry.truth, entry.path, [analysis, *again], tile_s=tile_s)
        return scored(case, samples)


def _load_samples(case: Case, analysis: dict[str, Any] | None) -> Samples:
    failed = case.reading.status in ("failed", "missing")
    building = (analysis or {}).get("building")
    return load_samples(load_error(case, building) if building else None, failed=failed)


def _variants(given: str) -> list[str]:
    names = [variant.name for variant in VARIANTS]
    wanted = names if given == "all" else given.split(",")
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        raise RejectedInput("answer_invalid", field="--invariance", wanted=", ".join(names))
    return wanted


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
