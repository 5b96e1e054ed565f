"""The committed OpenAPI document is the one the code gives."""

from __future__ import annotations

from typing import Any

from autohvac.api.documents import openapi, openapi_yaml
from tests.conftest import ROOT


def test_the_committed_openapi_document_is_in_step() -> None:
    committed = (ROOT / "docs" / "openapi.yaml").read_text()
    assert committed == openapi_yaml(), "run `manage.py write_openapi`"


def test_every_promised_resource_is_described() -> None:
    paths = set(openapi()["paths"])
    for name in (
        "auth/tokens", "projects", "blueprints", "runs/{id}", "runs/{id}/events", "runs/{id}/cancel", "runs/{id}/retry",
        "runs/{id}/answers", "runs/{id}/analysis", "rooms", "openings", "review-items", "load-calculations", "reports",
        "reports/{id}/content",
    ):  # fmt: skip
        assert f"/api/v1/{name}" in paths


def test_docs_and_schema_need_no_network(client: Any, db: Any) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    assert 'src="http' not in page and 'href="http' not in page
    assert client.get("/api/v1/schema/").status_code == 200
    assert client.get("/api/v1/schema/?format=json").json()["openapi"].startswith("3.")
