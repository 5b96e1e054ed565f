"""The four readers one after another in one limited child: the verbs of the product, and the JSON between them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from blueprints.plan import __main__ as reader

STAGES = ("validate", "pages", "geometry", "text")


def together(payload: dict[str, Any], progress: Any) -> Any:
    """What each stage answered, and its seconds."""
    answers: dict[str, Any] = {}
    seconds: dict[str, float] = {}
    verbs = (reader._validate, reader._pages, reader._geometry, reader._text)
    for stage, verb in zip(STAGES, verbs, strict=True):
        started = time.monotonic()
        answers[stage] = json.loads(json.dumps(verb(_input(stage, payload, answers), lambda *_: None)))
        seconds[stage] = time.monotonic() - started
    return {"answers": answers, "seconds": seconds}


def _input(stage: str, payload: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, dict[str, Any]] = {
        "validate": {"limits": payload["limits"]},
        "pages": {"facts": answers.get("validate"), "folder": payload["folder"]},
        "geometry": {"pages": answers.get("pages", {}).get("pages")},
        "text": {"pages": answers.get("pages", {}).get("pages"), "plan": answers.get("geometry")},
    }
    return {"path": str(Path(payload["path"])), **given[stage]}
