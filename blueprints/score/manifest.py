"""The list of plans to score, in either of two forms, with the truth of each.

Drawn plans: `{"plans": [{"pdf", "truth", "stratum", "dwelling"}]}`, truth files as in `truth_exact`.
Real plans: `{"items": [{"id", "file", …}]}`, each item being the truth as in `truth_by_eye`.
A plan may name `prediction`, an analysis to be scored instead of running the reader. Paths are beside the manifest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autohvac.core.errors import RejectedInput
from blueprints.score.model import Truth
from blueprints.score.truth_by_eye import truth_by_eye
from blueprints.score.truth_exact import truth_exact


@dataclass(frozen=True)
class Entry:
    """A plan: its file, its truth, and an analysis that is already there."""

    path: Path
    truth: Truth
    prediction: Path | None = None


def entries_of(manifest: Path) -> list[Entry]:
    """All plans of a manifest, or of the manifests in a folder and the folders in it.

    Raises: RejectedInput `file_not_found` when the manifest or a truth file is not there, `manifest_invalid` when it
    cannot be understood.
    """
    if manifest.is_dir():
        found = sorted([*manifest.glob("manifest.json"), *manifest.glob("*/manifest.json")])
        if not found:
            raise RejectedInput("file_not_found", path=str(manifest / "manifest.json"))
        return [entry for path in found for entry in entries_of(path)]
    document = _json(manifest)
    try:
        return [_entry(item, manifest.parent) for item in document.get("plans", document.get("items", []))]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RejectedInput("manifest_invalid", path=str(manifest), error=repr(error)[:200]) from error


def _entry(item: dict[str, Any], folder: Path) -> Entry:
    if "pdf" in item:
        truth = truth_exact(_json(folder / item["truth"]), item)
        path = folder / item["pdf"]
    else:
        truth, path = truth_by_eye(item), folder / item["file"]
    prediction = folder / item["prediction"] if item.get("prediction") else None
    return Entry(path=path, truth=truth, prediction=prediction)


def _json(path: Path) -> Any:
    if not path.is_file():
        raise RejectedInput("file_not_found", path=str(path))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RejectedInput("manifest_invalid", path=str(path), error=str(error)[:200]) from error
