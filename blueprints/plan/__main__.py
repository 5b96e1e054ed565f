"""The plan reader as a limited child process: `python -m blueprints.plan VERB FOLDER` (see core.sandbox).

Each verb loads its own part of the reader: checking a file needs no geometry, and a child starts in half the time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from autohvac.core.sandbox import child_main
from blueprints.plan.model import PageSet, PdfFacts, Plan

Progress = Callable[[float, float, str], None]


def _validate(payload: dict[str, Any], progress: Progress) -> Any:
    from blueprints.plan.pdf.validate import Limits, validate

    facts = validate(Path(payload["path"]), limits=Limits.model_validate(payload["limits"]))
    return facts.model_dump(mode="json")


def _pages(payload: dict[str, Any], progress: Progress) -> Any:
    from blueprints.plan.pages.analyse import analyse
    from blueprints.plan.preview import render_previews

    path = Path(payload["path"])
    pages = analyse(path, PdfFacts.model_validate(payload["facts"]), progress=progress)
    previews = render_previews(path, pages=pages, folder=Path(payload["folder"]))
    return {"pages": pages.model_dump(mode="json"), "previews": previews}


def _geometry(payload: dict[str, Any], progress: Progress) -> Any:
    from blueprints.plan.geometry.extract import extract

    pages = PageSet.model_validate(payload["pages"])
    return extract(Path(payload["path"]), pages, progress=progress).model_dump(mode="json")


def _text(payload: dict[str, Any], progress: Progress) -> Any:
    from blueprints.plan.text.extract import extract

    pages, plan = PageSet.model_validate(payload["pages"]), Plan.model_validate(payload["plan"])
    return extract(Path(payload["path"]), pages, plan, progress=progress).model_dump(mode="json")


if __name__ == "__main__":
    child_main({"validate": _validate, "pages": _pages, "geometry": _geometry, "text": _text})
