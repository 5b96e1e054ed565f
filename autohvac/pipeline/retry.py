"""What an error leads to: decided here and nowhere else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from autohvac.core.errors import AutoHvacError, Cancelled, NeedsInput, RejectedInput, Transient, out_of_room
from autohvac.pipeline.claims import LONGEST_WAIT_S
from blueprints.models import RunStatus, StageStatus

BUG_ATTEMPTS = 2
PASSING = (Transient, OperationalError, InterfaceError, ConnectionError, TimeoutError)


@dataclass(frozen=True)
class Verdict:
    """The next state of the stage, and of the run when it ends here; `due_at` when it is tried again."""

    stage: StageStatus
    run: RunStatus | None
    code: str
    facts: dict[str, Any]
    due_at: Any = None


def judge(error: Exception, *, attempt: int, max_attempts: int) -> Verdict:
    """Class an error that ended an attempt."""
    if isinstance(error, RejectedInput):
        return Verdict(StageStatus.FAILED, RunStatus.FAILED, error.code, error.facts)
    if isinstance(error, NeedsInput):
        return Verdict(StageStatus.WAITING_INPUT, RunStatus.NEEDS_INPUT, error.code, error.facts)
    if isinstance(error, Cancelled):
        return Verdict(StageStatus.CANCELLED, RunStatus.CANCELLED, "cancelled", {})
    if out_of_room(error):  # the worker's own disk
        error = Transient("storage_unavailable", problem=type(error).__name__)
    passing = isinstance(error, PASSING)
    allowed = max_attempts if passing else min(BUG_ATTEMPTS, max_attempts)
    code = error.code if isinstance(error, AutoHvacError) else "stage_failed"
    facts = {"error": type(error).__name__, "attempt": attempt}
    if attempt >= allowed:
        return Verdict(StageStatus.DEAD, RunStatus.FAILED, code, facts)
    wait = getattr(error, "retry_after_s", None) if passing else 0.0
    return Verdict(StageStatus.WAITING, None, code, facts, timezone.now() + _delay(attempt, given_s=wait))


def _delay(attempt: int, *, given_s: float | None) -> timedelta:
    if given_s is not None:
        return timedelta(seconds=min(LONGEST_WAIT_S, given_s))
    # Jitter spreads the workers that failed together; it decides no result.
    return timedelta(seconds=min(LONGEST_WAIT_S, 30.0 * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0))
