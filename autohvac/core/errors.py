"""Errors with a permanent code and facts. Sentences belong to the edge (`autohvac/messages.py`)."""

from __future__ import annotations

import errno
from typing import Any

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class AutoHvacError(Exception):
    """Base: a stable snake_case `code` and JSON-able `facts`."""

    def __init__(self, code: str, **facts: Any) -> None:  # facts are JSON scalars of any type
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code}({details})"


class RejectedInput(AutoHvacError):
    """The user's file or value cannot be used; trying again unchanged is pointless."""


class NeedsInput(AutoHvacError):
    """An answer is needed before a number can be given; facts hold `questions`."""


class Transient(AutoHvacError):
    """May succeed later: network, rate limit, storage, lock."""

    def __init__(self, code: str, *, retry_after_s: float | None = None, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.retry_after_s = retry_after_s


class Cancelled(AutoHvacError):
    """The user asked to stop."""

    def __init__(self) -> None:
        super().__init__("cancelled")


def out_of_room(error: BaseException) -> bool:
    """Whether a disk is full or cannot be written: it may be put right, so what failed may work later."""
    return isinstance(error, OSError) and error.errno in NO_ROOM
