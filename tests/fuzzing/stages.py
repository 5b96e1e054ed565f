"""One file through stages 1 to 4 as the product runs them: each stage in a limited child process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
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

SLACK_S = 5.0  # starting and killing a child on a busy machine
READ = "read"


@dataclass
class Outcome:
    """Where a file ended: `read`, a stable code, or a bug (`bug` says what); seconds by stage."""

    code: str = READ
    stage: str = ""
    bug: str = ""
    limit: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


def through_stages(path: Path, *, folder: Path, limits: ChildLimits) -> Outcome:
    """The file through the door and stages 1 to 4; what was read must also go through stage 5."""
    outcome = Outcome()
    try:
        _read(path, folder=folder, limits=limits, outcome=outcome)
    except AutoHvacError as error:
        outcome.code, outcome.limit = error.code, str(error.facts.get("limit", ""))
    except Exception as error:
        outcome.code, outcome.bug = "stage_failed", f"{type(error).__name__}: {error}"
    late = {stage: took for stage, took in outcome.seconds.items() if took > limits.seconds + SLACK_S}
    if late:
        outcome.bug = f"past its time: {late}"
    return outcome


def _read(path: Path, *, folder: Path, limits: ChildLimits, outcome: Outcome) -> None:
    def child(verb: str, **payload: Any) -> Any:
        with _timed(outcome, verb):
            return run_limited(
                module="blueprints.plan", verb=verb, payload={"path": str(path), **payload}, workdir=folder,
                limits=limits, progress=lambda *_: None, check_cancelled=lambda: None,
            )  # fmt: skip

    media_type_of(path)
    facts = PdfFacts.model_validate(child("validate", limits=Limits().model_dump(mode="json")))
    pages = _pages(child, facts, folder=folder)
    plan = Plan.model_validate(child("geometry", pages=pages.model_dump(mode="json")))
    document = {"pages": pages.model_dump(mode="json"), "plan": plan.model_dump(mode="json")}
    text = TextSet.model_validate(child("text", **document))
    for checkpoint in (facts, pages, plan, text):
        canonical_json(checkpoint)
    with _timed(outcome, "cleanup"):
        canonical_json(clean(CleanupIn(pages=pages, plan=plan, text=text, zip_code="52401", answers={})))


def _pages(child: Callable[..., Any], facts: PdfFacts, *, folder: Path) -> PageSet:
    previews = folder / "previews"
    previews.mkdir(exist_ok=True)
    answer = child("pages", facts=facts.model_dump(mode="json"), folder=str(previews))
    missing = [name for name in answer["previews"].values() if not Path(name).is_file()]
    assert not missing, f"no picture {missing}"
    return PageSet.model_validate(answer["pages"])


@contextmanager
def _timed(outcome: Outcome, stage: str) -> Iterator[None]:
    outcome.stage, started = stage, time.monotonic()
    try:
        yield
    finally:
        outcome.seconds[stage] = time.monotonic() - started
