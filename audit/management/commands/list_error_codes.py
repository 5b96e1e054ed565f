"""`manage.py list_error_codes > docs/error-codes.md`: the stable codes and their sentences."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import override

from autohvac.messages import ERRORS, error_text


class Command(BaseCommand):
    """Print the page of codes."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """A table in Markdown."""
        self.stdout.write(
            "# Error codes\n\nStable: programs may rely on them. Made by `manage.py list_error_codes`.\n"
        )
        self.stdout.write("| code | what is wrong; what to do |\n|---|---|")
        with override("en"):
            for code in sorted(ERRORS):
                self.stdout.write(f"| `{code}` | {error_text(code)} |")
