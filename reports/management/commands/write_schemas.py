"""`manage.py write_schemas`: the JSON Schemas of our documents, as committed under reports/schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from reports.contract import DOCUMENTS, schema_text

FOLDER = Path(__file__).resolve().parents[2] / "schemas"


class Command(BaseCommand):
    """Write every schema anew."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files."""
        FOLDER.mkdir(exist_ok=True)
        for name in DOCUMENTS:
            (FOLDER / f"{name}.json").write_text(schema_text(name), encoding="utf-8")
            self.stdout.write(f"reports/schemas/{name}.json")
