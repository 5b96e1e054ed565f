"""The report as JSON: the machine twin."""

from __future__ import annotations

from autohvac.core.digest import canonical_json
from reports.parts import ReportDocument


def render_json(document: ReportDocument) -> bytes:
    """The same numbers as the PDF, unrounded."""
    return canonical_json(document.twin)
