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


def test_every_operation_says_how_it_refuses() -> None:
    document = openapi()
    refused = [
        operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"]
        for operations in document["paths"].values()
        for operation in operations.values()
    ]
    assert set(refused) == {"#/components/schemas/Problem"}
    assert {"type", "title", "status", "code", "detail"} == set(
        document["components"]["schemas"]["Problem"]["required"]
    )


def test_a_refusal_is_as_described(client: Any, db: Any) -> None:
    body = client.get("/api/v1/runs").json()
    described = openapi()["components"]["schemas"]["Problem"]
    assert set(described["required"]) <= set(body)
    assert set(body) <= set(described["properties"])


def test_docs_and_schema_need_no_network(client: Any, db: Any) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    assert 'src="http' not in page and 'href="http' not in page
    assert client.get("/api/v1/schema/").status_code == 200
    assert client.get("/api/v1/schema/?format=json").json()["openapi"].startswith("3.")


def test_the_address_of_a_refusal_leads_to_its_code(client: Any, db: Any) -> None:
    address = client.get("/api/v1/runs").json()["type"]
    page, _, code = address.partition("#")
    assert f'id="{code}"' in client.get(page).content.decode()
