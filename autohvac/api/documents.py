"""What the API says about itself: JSON Schemas, OpenAPI, and a page for people without any network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.settings import patched_settings

from autohvac.core.stage import STAGES
from autohvac.messages import ERRORS

SCHEMAS = Path(__file__).resolve().parents[2] / "reports" / "schemas"
ENUM_NAMES = {
    "ENUM_NAME_OVERRIDES": {
        "RunStatusEnum": "blueprints.models.RunStatus.choices",
        "RunKindEnum": "blueprints.models.RunKind.choices",
        "ReviewStatusEnum": "blueprints.models.review.ReviewStatus.choices",
        "ReportStatusEnum": "reports.models.ReportStatus.choices",
        "StageNameEnum": [(name, name) for name in STAGES],
    },
    "SORT_OPERATIONS": True,
}
PROBLEM = {
    "type": "object",
    "description": "Why a request was refused (RFC 9457), and what to do.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Where the code is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; docs/error-codes.md lists all."},
        "detail": {"type": "string", "description": "A sentence for people, in the language asked for."},
        "facts": {
            "type": "object",
            "additionalProperties": {},
            "description": "The numbers in the sentence.",
        },
        "fields": {"type": "object", "additionalProperties": {}, "description": "Faults by field, of 400."},
    },
    "additionalProperties": {},
}
REFUSED = {
    "description": "Refused. 409, 429 and 503 say in Retry-After when to come back.",
    "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}},
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def openapi() -> dict[str, Any]:
    """The OpenAPI 3 document of the whole API."""
    with patched_settings(ENUM_NAMES):
        document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    document["components"]["schemas"]["Problem"] = PROBLEM
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = REFUSED
    return document


def openapi_yaml() -> str:
    """The same as YAML, as committed in docs/openapi.yaml."""
    text: bytes = OpenApiYamlRenderer().render(openapi(), renderer_context={})
    return text.decode()


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI as YAML, or JSON with `?format=json`."""
    if request.GET.get("format") == "json":
        return JsonResponse(openapi())
    return HttpResponse(openapi_yaml(), content_type="application/vnd.oai.openapi")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as a page."""
    document = openapi()
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in sorted(document["paths"].items())
        for method, operation in methods.items()
    ]
    schemas = {
        name: json.dumps(value, indent=1) for name, value in sorted(document["components"]["schemas"].items())
    }
    context = {
        "info": document["info"], "operations": operations, "schemas": schemas, "errors": sorted(ERRORS.items()),
    }  # fmt: skip
    return render(request, "web/api_docs.html", context)


@require_safe
def schema_list(request: HttpRequest) -> HttpResponse:
    """The JSON Schemas of our documents."""
    names = sorted(path.name for path in SCHEMAS.glob("*.json"))
    return JsonResponse({"schemas": [{"name": name, "url": f"{request.path}{name}"} for name in names]})


@require_safe
def schema_file(request: HttpRequest, name: str) -> HttpResponse:
    """One JSON Schema."""
    known = {path.name: path for path in SCHEMAS.glob("*.json")}
    if name not in known:
        raise Http404
    return HttpResponse(known[name].read_bytes(), content_type="application/schema+json")


class PermanentRedirectKeepingMethod(HttpResponse):
    """308: the same request, with its body, at the other address."""

    status_code = 308


@csrf_exempt  # only sends on; the view at the other end checks
def without_slash(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Resources have no closing slash; an address with one is sent on."""
    resolve(request.path.rstrip("/"))  # Resolver404 is an Http404: nothing there without the slash either
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return PermanentRedirectKeepingMethod(headers={"Location": request.path.rstrip("/") + query})
