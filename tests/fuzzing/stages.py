"""One file through stages 1 to 4 in limited child processes: one for each stage as the product does, or one for all.

One child for all four, forked from a process that has the reader loaded, has the limits of a single stage: it is the
stricter way, and many times quicker.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autohvac.core.digest import canonical_json
from autohvac.core.errors import AutoHvacError
from autohvac.core.sandbox import ChildLimits, run_limited
from blueprints.plan.cleanup.clean import CleanupIn, clean
from blueprints.plan.model import PageSet, PdfFacts, Plan, TextSet
from blueprints.plan.pdf.open import media_type_of
from blueprints.plan.pdf.validate import Limits
from tests.fuzzing.child import together
from tests.fuzzing.forked import run_forked

SLACK_S = 5.0  # starting and killing a child on a busy machine
READ = "read"


@dataclass
class Outcome:
    """Where a file ended: `read`, a stable code, or a bug (`bug` says what); seconds by stage or child."""

    code: str = READ
    stage: str = ""
    bug: str = ""
    limit: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """How a file is read: where, within what, and whether each stage has a child of its own."""

    folder: Path
    limits: ChildLimits
    apart: bool = False


def through_stages(path: Path, *, reader: Reader) -> Outcome:
    """The file through the door and stages 1 to 4; what was read must also go through stage 5."""
    outcome = Outcome()
    try:
        media_type_of(path)
        answers = (_apart if reader.apart else _together)(path, reader, outcome)
        with _timed(outcome, "cleanup"):
            _complete(answers)
    except AutoHvacError as error:
        outcome.code, outcome.limit = error.code, str(error.facts.get("limit", ""))
    except Exception as error:
        outcome.code, outcome.bug = "stage_failed", f"{type(error).__name__}: {error}"
    late = {stage: took for stage, took in outcome.seconds.items() if took > reader.limits.seconds + SLACK_S}
    if late:
        outcome.bug = f"past its time: {late}"
    return outcome


def _together(path: Path, reader: Reader, outcome: Outcome) -> dict[str, Any]:
    payload = {"path": str(path), "limits": Limits().model_dump(mode="json"), "folder": _previews(reader)}
    with _timed(outcome, "child"):
        answer = run_forked(together, payload, folder=reader.folder, limits=reader.limits)
    outcome.seconds |= answer["seconds"]
    return dict(answer["answers"])


def _apart(path: Path, reader: Reader, outcome: Outcome) -> dict[str, Any]:
    def child(verb: str, **payload: Any) -> Any:
        with _timed(outcome, verb):
            return run_limited(
                module="blueprints.plan", verb=verb, payload={"path": str(path), **payload},
                workdir=reader.folder, limits=reader.limits, progress=lambda *_: None, check_cancelled=lambda: None,
            )  # fmt: skip

    facts = child("validate", limits=Limits().model_dump(mode="json"))
    sheets = child("pages", facts=facts, folder=_previews(reader))
    plan = child("geometry", pages=sheets["pages"])
    text = child("text", pages=sheets["pages"], plan=plan)
    return {"validate": facts, "pages": sheets, "geometry": plan, "text": text}


def _previews(reader: Reader) -> str:
    folder = reader.folder / "previews"
    folder.mkdir(exist_ok=True)
    return str(folder)


def _complete(answers: dict[str, Any]) -> None:
    """Check what the worker would check, and go on to stage 5."""
    facts = PdfFacts.model_validate(answers["validate"])
    pages = PageSet.model_validate(answers["pages"]["pages"])
    plan, text = Plan.model_validate(answers["geometry"]), TextSet.model_validate(answers["text"])
    missing = [name for name in answers["pages"]["previews"].values() if not Path(name).is_file()]
    assert not missing, f"no picture {missing}"
    for checkpoint in (facts, pages, plan, text):
        canonical_json(checkpoint)
    canonical_json(
        clean(CleanupIn(pages=plan.classed(pages), plan=plan, text=text, zip_code="52401", answers={}))
    )


@contextmanager
def _timed(outcome: Outcome, stage: str) -> Iterator[None]:
    outcome.stage, started = stage, time.monotonic()
    try:
        yield
    finally:
        outcome.seconds[stage] = time.monotonic() - started
