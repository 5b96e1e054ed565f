"""Who is acting, and why: a context every history row and audit event takes its author from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Actor:
    """The acting user (None for the system), through which door, for which run, why."""

    user: Any = None  # accounts.User; this module is imported before the user model is ready
    source: str = "system"
    run_id: UUID | None = None
    reason: str = ""

    @property
    def label(self) -> str:
        """The actor as text that outlives the row."""
        return str(self.user) if self.user is not None else self.source


SYSTEM = Actor()
_current: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def current_actor() -> Actor:
    """The actor of this context."""
    return _current.get()


@contextmanager
def acting(user: Any, *, source: str, run_id: UUID | None = None, reason: str = "") -> Iterator[Actor]:
    """Everything saved inside is history of this actor."""
    actor = Actor(user=user, source=source, run_id=run_id, reason=reason)
    token = _current.set(actor)
    try:
        yield actor
    finally:
        _current.reset(token)


class ActingMiddleware:
    """The signed-in user of a request is its actor; the API's token user is set by its authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request as its user."""
        user = request.user if request.user.is_authenticated else None
        source = "admin" if request.path.startswith("/admin/") else "page"
        with acting(user, source=source):
            return self.get_response(request)


def act_as(user: Any, *, source: str) -> None:
    """Replace the actor for the rest of this context (API authentication inside the middleware's context)."""
    _current.set(Actor(user=user, source=source))
