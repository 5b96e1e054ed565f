"""Errors as RFC 9457 problem+json with our stable codes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from autohvac.core.errors import AutoHvacError, Transient
from autohvac.messages import error_text

CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    415: "media_type_unsupported",
    429: "throttled",
}
OUR_WORDS = ("not_found", "method_not_allowed", "media_type_unsupported", "throttled")


def problem(status: int, code: str, *, detail: str = "", **extra: Any) -> Response:
    """A problem+json response."""
    body = {"type": f"/api/v1/docs/#{code}", "title": code, "status": status, "code": code} | extra
    body["detail"] = detail or error_text(code)
    return Response(body, status=status, content_type="application/problem+json")


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error leaves as problem+json."""
    set_rollback()
    if isinstance(error, Http404):
        return problem(404, "not_found")
    if isinstance(error, PermissionDenied):
        return problem(403, "forbidden")
    if isinstance(error, Transient):
        response = problem(503, error.code)
        response["Retry-After"] = str(int(error.retry_after_s or 5))
        return response
    if isinstance(error, AutoHvacError):
        return problem(422, error.code, detail=error_text(error.code, **error.facts), facts=error.facts)
    if isinstance(error, exceptions.ValidationError):
        return problem(400, "invalid", fields=error.detail)
    if isinstance(error, exceptions.APIException):
        return _api_problem(error)
    return None


def _api_problem(error: exceptions.APIException) -> Response:
    code = CODES.get(error.status_code, str(error.default_code))
    # The framework's own sentences name the fault only; ours also say what to do.
    said = "" if error.detail == error.default_detail or code in OUR_WORDS else str(error.detail)
    response = problem(error.status_code, code, detail=said)
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]  # set by DRF on 401
    if getattr(error, "wait", None):
        response["Retry-After"] = str(int(error.wait) + 1)  # type: ignore[attr-defined]  # Throttled only
    return response
