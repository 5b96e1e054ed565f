"""Error pages: plain words and what to do; problem+json under /api/."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from autohvac.messages import error_text


def _answer(request: HttpRequest, status: int, code: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = {"type": f"/api/v1/docs/#{code}", "title": code, "status": status, "code": code}
        body["detail"] = error_text(code)
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, f"{status}.html", {"text": error_text(code)}, status=status)


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    """400."""
    return _answer(request, 400, "invalid")


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    """403."""
    return _answer(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    """404: not there and not yours look the same."""
    return _answer(request, 404, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: no database, no session, nothing that may fail again."""
    if request.path.startswith("/api/"):
        return _answer(request, 500, "internal_error")
    return render(None, "500.html", {"text": error_text("internal_error")}, status=500)
