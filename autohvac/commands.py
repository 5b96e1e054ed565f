"""What our management commands share: exit codes, one-line errors, embedded set-up."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection

from autohvac.core.errors import AutoHvacError, NeedsInput, Transient
from autohvac.messages import error_text

OK, OUR_FAILURE, REJECTED, NEEDS_ANSWER = 0, 1, 2, 3


@contextmanager
def _log_kept_back(*, shown: bool) -> Iterator[None]:
    """Stderr belongs to progress and the error line; the log with its tracebacks comes with --traceback."""
    log = logging.getLogger("autohvac")
    before = log.level
    if not shown:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


class Command(BaseCommand):
    """A command whose errors are one line on stderr: `error[CODE]: what is wrong; what to do`."""

    requires_system_checks: list[str] = []  # the type Django declares

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run `handle` and turn its errors into exit codes 2, 3 and 1."""
        try:
            with _log_kept_back(shown=bool(options.get("traceback"))):
                return super().execute(*args, **options)
        except NeedsInput as error:
            for field in error.facts.get("questions", []):
                self.stdout.write(f"question {field}: {error_text(error.code)}")
            self.fail(error.code, NEEDS_ANSWER, error.facts)
        except Transient as error:  # may go on later: nothing is wrong with the input
            self.fail(error.code, OUR_FAILURE, error.facts)
        except AutoHvacError as error:
            self.fail(error.code, REJECTED, error.facts)
        except (SystemExit, KeyboardInterrupt):
            raise
        except Exception as error:
            if options.get("traceback"):
                raise
            self.fail("internal_error", OUR_FAILURE, {"error": f"{type(error).__name__}: {error}"[:300]})

    def fail(self, code: str, status: int, facts: dict[str, Any]) -> None:
        """Print the error line and leave."""
        sentence = " ".join(error_text(code, **facts).split())  # a fact may hold line breaks
        self.stderr.write(f"error[{code}]: {sentence}", style_func=str)
        sys.stderr.flush()
        raise SystemExit(status)


def prepare_embedded_database() -> None:
    """Make the embedded database's tables on first use, so that a command works in a fresh clone."""
    if connection.vendor != "sqlite":
        return
    tables = set(connection.introspection.table_names())
    if "blueprints_pipelinerun" not in tables or _unapplied():
        call_command("migrate", verbosity=0, interactive=False)
    if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache") and "django_cache" not in tables:
        call_command("createcachetable", verbosity=0)


def _unapplied() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
