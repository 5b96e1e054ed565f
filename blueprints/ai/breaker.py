"""When a service that fails is left alone. The state is read from what was recorded, so all workers share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

THRESHOLD = 3
FIRST_PAUSE_S = 60.0
LONGEST_PAUSE_S = 900.0
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Failure:
    """A question the service failed: when, and until when it asked to be left alone."""

    at: datetime
    stated_until: datetime | None = None


@dataclass(frozen=True)
class BreakerState:
    """closed: ask. open: do not ask before `until`. half_open: one question may try."""

    state: Literal["closed", "open", "half_open"]
    until: datetime | None = None
    failures: int = 0


def breaker_state(failures: Sequence[Failure], *, now: datetime) -> BreakerState:
    """The state after the failures since the last reply, newest first.

    Three failures open it for a minute, each further one twice as long up to a quarter of an hour; a wait the service
    stated itself opens it at once.
    """
    recent = [failure for failure in failures if now - failure.at <= WINDOW]
    if not recent:
        return BreakerState("closed")
    ends = [failure.stated_until for failure in recent if failure.stated_until is not None]
    if len(recent) >= THRESHOLD:
        pause = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(10, len(recent) - THRESHOLD))
        ends.append(recent[0].at + timedelta(seconds=pause))
    if not ends:
        return BreakerState("closed", failures=len(recent))
    until = max(ends)
    return BreakerState("open" if now < until else "half_open", until, len(recent))
