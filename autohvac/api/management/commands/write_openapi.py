"""`manage.py write_openapi`: docs/openapi.yaml from the code; a test compares the two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autohvac.api.documents import openapi_yaml
from autohvac.commands import Command as BaseCommand

TARGET = Path(__file__).resolve().parents[4] / "docs" / "openapi.yaml"


class Command(BaseCommand):
    """Write the committed OpenAPI document."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        TARGET.write_text(openapi_yaml())
        self.stdout.write(str(TARGET))
