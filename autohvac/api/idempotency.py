"""Idempotency-Key: the same POST sent twice is done once and answered twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from autohvac.api.errors import IdempotencyBusy, IdempotencyMismatch
from autohvac.api.models import IdempotencyKey

KEPT = timedelta(hours=24)
LONGEST_REQUEST = timedelta(seconds=120)
KEPT_HEADERS = ("Location", "Retry-After", "ETag")
Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """Decorates a POST handler; without the header nothing changes."""

    @wraps(handler)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")[:200]
        if not key:
            return handler(view, request, *args, **kwargs)
        row, replay = _claim(request, key)
        if replay is not None:
            return replay
        try:
            response = handler(view, request, *args, **kwargs)
        except BaseException:
            row.delete()  # nothing was done: the same key may be used for the repaired request
            raise
        _keep(row, response)
        return response

    return wrapped


def body_sha256(request: Request) -> str:
    """Digest of the parsed body: fields by name, files by their bytes."""
    digest = hashlib.sha256()
    data = request.data
    if isinstance(data, Mapping):  # a JSON body may be a list or a number: refused by its view
        data = {name: value for name, value in data.items() if name not in request.FILES}
    digest.update(json.dumps(data, sort_keys=True, default=str).encode())
    for name in sorted(request.FILES):
        digest.update(name.encode())
        for block in request.FILES[name].chunks():
            digest.update(block)
        request.FILES[name].seek(0)
    return digest.hexdigest()


def _claim(request: Request, key: str) -> tuple[IdempotencyKey, Response | None]:
    asked = {"method": request.method, "path": request.path[:300], "body_sha256": body_sha256(request)}
    mine = IdempotencyKey.objects.filter(user=request.user, key=key)
    now = timezone.now()
    mine.filter(created_at__lt=now - KEPT).delete()
    mine.filter(
        status=None, created_at__lt=now - LONGEST_REQUEST
    ).delete()  # its server died before it answered
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(user=request.user, key=key, **asked), None
    except IntegrityError:
        row = mine.first()
    if row is None:
        raise IdempotencyBusy
    if any(getattr(row, name) != value for name, value in asked.items()):
        raise IdempotencyMismatch
    if row.status is None:
        raise IdempotencyBusy
    return row, Response(row.body, row.status, headers={**row.headers, "Idempotent-Replayed": "true"})


def _keep(row: IdempotencyKey, response: Response) -> None:
    row.status = response.status_code
    row.headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
    row.body = json.loads(JSONRenderer().render(response.data) or b"null")
    row.save()
