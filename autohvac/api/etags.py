"""ETag and If-Match: an edit names the version it changes."""

from __future__ import annotations

import hashlib
from typing import Any

from rest_framework.request import Request

from autohvac.api.errors import PreconditionFailed, PreconditionRequired


def etag_of(obj: Any, *, version: int = 0) -> str:
    """The version of a row: its time of change and, where edits live beside the row, their count."""
    text = f"{obj.pk}|{obj.updated_at.isoformat()}|{version}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def require_if_match(request: Request, etag: str) -> None:
    """Raise unless If-Match names this version (or `*`)."""
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionRequired
    offered = [part.strip().removeprefix("W/") for part in given.split(",")]
    if "*" not in offered and etag not in offered:
        raise PreconditionFailed
