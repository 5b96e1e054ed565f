"""`manage.py process_blueprint PLAN.pdf --zip 52401`: the eight stages in this process."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from audit.context import acting
from autohvac.accounts.models import Organization
from autohvac.commands import NEEDS_ANSWER, OK, OUR_FAILURE, REJECTED, prepare_embedded_database
from autohvac.commands import Command as BaseCommand
from autohvac.core.errors import RejectedInput
from autohvac.messages import error_text
from autohvac.pipeline.local import run_to_end
from autohvac.progress import Bar
from blueprints.answers import FRONTS, parse_answers
from blueprints.models import PipelineRun
from blueprints.services.projects import project_create
from blueprints.services.uploads import blueprint_upload
from calculations.weather.lookup import design_weather
from reports.overlays import write_overlays
from reports.selectors import analysis_of, report_bytes

OUR_CODES = ("stage_failed", "attempts_exhausted", "worker_lost", "internal_error", "storage_unavailable")


class Command(BaseCommand):
    """Read a plan and calculate its loads, without queue or web server."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments of the contract."""
        parser.add_argument("plan", type=Path)
        parser.add_argument("--zip", required=True, dest="zip_code")
        direction = parser.add_mutually_exclusive_group()
        direction.add_argument(
            "--north", type=float, help="north, degrees clockwise from the top of the page"
        )
        direction.add_argument("--front", choices=FRONTS, help="where the front door faces")
        parser.add_argument("--bedrooms", type=int)
        parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
        ai = parser.add_mutually_exclusive_group()
        ai.add_argument("--ai", action="store_true", default=None)
        ai.add_argument("--no-ai", action="store_false", dest="ai")
        for name in ("json", "csv", "pdf", "hpxml"):
            parser.add_argument(f"--{name}", type=Path, metavar="OUT", dest=f"{name}_out")
        parser.add_argument("--overlay", type=Path, metavar="DIR")
        parser.add_argument("--quiet", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, write what was asked for, print the summary, exit with the contract's code."""
        settings = settings_of(options)
        design_weather(options["zip_code"])
        if not options["plan"].is_file():
            raise RejectedInput("file_not_found", path=str(options["plan"]))
        prepare_embedded_database()
        with acting(None, source="command"):
            run = self._run(options, settings)
        code = self._deliver(run, options)
        raise SystemExit(code)

    def _run(self, options: dict[str, Any], settings: dict[str, Any]) -> PipelineRun:
        from autohvac.doorbell import silenced

        organization, _ = Organization.objects.get_or_create(
            slug="command-line", defaults={"name": "Command line"}
        )
        project = project_create(
            organization=organization,
            actor=None,
            name=options["plan"].name[:200],
            zip_code=options["zip_code"],
        )
        with silenced(), options["plan"].open("rb") as stream:
            _, run = blueprint_upload(project=project, stream=stream, name=options["plan"].name, actor=None)
        run.options = {"set": settings} | ({} if options["ai"] is None else {"ai": options["ai"]})
        run.save()
        with Bar(self.stderr, quiet=options["quiet"]) as bar:
            return run_to_end(run, observer=lambda r: bar.show(r.percent, r.stage))

    def _deliver(self, run: PipelineRun, options: dict[str, Any]) -> int:
        analysis = analysis_of(run)
        if options["json_out"]:
            write(options["json_out"], json.dumps(analysis, indent=1, ensure_ascii=False).encode())
        for kind in ("csv", "pdf"):
            data = report_bytes(run, kind) if options[f"{kind}_out"] else None
            if data is not None:
                write(options[f"{kind}_out"], data)
        if options["hpxml_out"] and analysis["loads"] is not None:
            from calculations.exports import hpxml_of

            write(options["hpxml_out"], hpxml_of(run))
        if options["overlay"]:
            write_overlays(run, folder=options["overlay"])
        return self._summary(run, analysis)

    def _summary(self, run: PipelineRun, analysis: dict[str, Any]) -> int:
        if run.status == "failed":
            code = OUR_FAILURE if run.error_code in OUR_CODES else REJECTED
            self.fail(run.error_code, code, run.error_facts)
        self.stdout.write(f"run {run.pk}: {run.status}")
        for line in summary_lines(analysis):
            self.stdout.write(line)
        return NEEDS_ANSWER if run.status == "needs_input" else OK


def settings_of(options: dict[str, Any]) -> dict[str, Any]:
    """--set, --north, --front and --bedrooms as checked answers."""
    pairs: dict[str, Any] = {}
    for pair in options["set"]:
        key, equals, value = pair.partition("=")
        if not equals:
            raise RejectedInput("answer_invalid", field=pair, wanted="KEY=VALUE")
        pairs[key.strip()] = value
    for key, value in (
        ("north_deg", options["north"]),
        ("front", options["front"]),
        ("bedrooms", options["bedrooms"]),
    ):
        if value is not None:
            pairs[key] = value
    return parse_answers(pairs)


def write(path: Path, data: bytes) -> None:
    """Write a result file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def summary_lines(analysis: dict[str, Any]) -> list[str]:
    """The answer in a few lines."""
    lines = [f"question {q['field']}: {q['question']}" for q in analysis["questions"]]
    loads = analysis["loads"]
    if loads is None:
        return lines or [error_text("answer_needed")]
    block, area = loads["block"], analysis["totals"]["conditioned_sqft"]
    sensible, latent = block["cooling_sensible"]["total"], block["cooling_latent"]["total"]
    lines += [
        f"conditioned area {area:,.0f} ft², {len(loads['rooms'])} rooms",
        f"heating {block['heating']['total']:,.0f} Btu/h",
        f"cooling {sensible + latent:,.0f} Btu/h (sensible {sensible:,.0f}, latent {latent:,.0f})",
        f"items to verify: {len(analysis['review'])}",
    ]
    lines += [w["message"] for w in analysis["warnings"] if w["code"] in ("ai_took_part", "ai_took_no_part")]
    return lines
