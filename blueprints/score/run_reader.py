"""Read one plan as stages 1 to 6 do, without database or queue: `python -m blueprints.score.run_reader PLAN OUT.json`.

A process of its own for each plan: what one plan breaks or eats is its own. The AI service takes no part. The answer is the
analysis document, or `{"status": "refused" | "failed", "code"}`, with `measured`: seconds a stage and the largest
resident memory of the reader's child [MB].
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autohvac.core.errors import NeedsInput, RejectedInput
from autohvac.core.sandbox import ROOT, ChildFailed, ChildLimits, run_limited
from blueprints.plan.building import Building
from blueprints.plan.cleanup.clean import CleanupIn, clean
from blueprints.plan.model import PageSet, PdfFacts, Plan, TextSet
from blueprints.plan.pdf.validate import Limits

ZIP = "52401"
TIMEOUT_S = 900
MAX_BYTES, MAX_PAGES = 2**30, 400
Timed = dict[str, float]


def read_plan(path: Path, *, timeout_s: int = TIMEOUT_S) -> dict[str, Any]:
    """The analysis of a plan, made in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "analysis.json"
        command = [sys.executable, "-m", "blueprints.score.run_reader", str(path.resolve()), str(out)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=timeout_s
            )
        except subprocess.TimeoutExpired:
            return {"status": "failed", "code": "reader_timeout"}
        if not out.exists():
            last = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            return {"status": "failed", "code": "reader_crashed", "error": last[:300]}
        answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return answer


def analyse(path: Path) -> dict[str, Any]:
    """Stages 1 to 6 of one plan in this process and its limited children."""
    timings: Timed = {}
    try:
        with tempfile.TemporaryDirectory() as folder:
            answer = _document(path, Path(folder), timings)
    except RejectedInput as error:
        answer = {"status": "refused", "code": error.code, "facts": error.facts}
    except ChildFailed as error:
        answer = {"status": "failed", "code": "reader_crashed", "error": str(error)[:300]}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    megabytes = peak / (2**20 if sys.platform == "darwin" else 1024)
    return answer | {"measured": {"seconds": timings, "peak_mb": megabytes}}


def _document(path: Path, folder: Path, timings: Timed) -> dict[str, Any]:
    from reports.analysis import AnalysisIn, analysis_document

    def child(verb: str, **payload: Any) -> Any:
        return _timed(timings, verb, lambda: _in_child(path, folder, verb, payload))

    limits = Limits.model_validate({"max_bytes": MAX_BYTES, "max_pages": MAX_PAGES})
    facts = PdfFacts.model_validate(child("validate", limits=limits.model_dump(mode="json")))
    previews = folder / "previews"
    previews.mkdir()
    pages = PageSet.model_validate(
        child("pages", facts=facts.model_dump(mode="json"), folder=str(previews))["pages"]
    )
    plain = pages.model_dump(mode="json")
    plan = Plan.model_validate(child("geometry", pages=plain))
    text = TextSet.model_validate(child("text", pages=plain, plan=plan.model_dump(mode="json")))
    pages = plan.classed(pages)
    inp = CleanupIn(pages=pages, plan=plan, text=text, zip_code=ZIP)
    building: Building = _timed(timings, "cleanup", lambda: clean(inp))
    building, loads, status = _timed(timings, "loads", lambda: _loads(building))
    return analysis_document(
        AnalysisIn(
            run_id="", engine_version="", status=status, filename=path.name, sha256=facts.sha256,
            page_count=facts.page_count, pages=pages, building=building, loads=loads, timings_s=timings,
        )
    )  # fmt: skip


def _in_child(path: Path, folder: Path, verb: str, payload: dict[str, Any]) -> Any:
    return run_limited(
        module="blueprints.plan",
        verb=verb,
        payload={"path": str(path), **payload},
        workdir=folder,
        limits=ChildLimits(),
        progress=lambda done, total, what: None,
        check_cancelled=lambda: None,
    )


def _loads(building: Building) -> tuple[Building, dict[str, Any] | None, str]:
    """The completed building and its loads; the building as read and None when a required answer is missing."""
    from calculations.assembly.complete import complete
    from calculations.assembly.estimate import loads_for
    from calculations.weather.lookup import design_weather

    required = any(question.required for question in building.questions)
    if required or not any(room.conditioned for room in building.rooms):
        return building, None, "needs_input"
    try:
        whole = complete(building, weather=design_weather(ZIP))
        result = loads_for(whole)
    except NeedsInput:
        return building, None, "needs_input"
    return whole.model_copy(update={"review": result.review}), result.loads, "needs_review"


def _timed(timings: Timed, name: str, work: Callable[[], Any]) -> Any:
    started = time.monotonic()
    try:
        return work()
    finally:
        timings[name] = time.monotonic() - started


def main() -> None:
    """Read the plan of the command line and write the answer."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    partial = given.out.with_suffix(".part")
    partial.write_text(json.dumps(analyse(given.plan.resolve()), ensure_ascii=False), encoding="utf-8")
    partial.rename(given.out)


if __name__ == "__main__":
    main()
