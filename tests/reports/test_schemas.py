"""The JSON Schemas are those of the documents, and are served."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.contract import DOCUMENTS, AnalysisDocument, LoadsDocument, schema_text
from tests.conftest import ROOT
from tests.reports.houses import analysis


def committed(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((ROOT / "reports" / "schemas" / f"{name}.json").read_text())
    return schema


def breaches(name: str, document: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(committed(name)).iter_errors(document)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_schema_is_the_one_of_the_types(name: str) -> None:
    assert (ROOT / "reports" / "schemas" / f"{name}.json").read_text() == schema_text(name)  # write_schemas


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_is_itself_valid(name: str) -> None:
    Draft202012Validator.check_schema(committed(name))


def test_an_analysis_with_loads_validates() -> None:
    document = json.loads(json.dumps(analysis()))
    assert breaches("analysis-1", document) == []
    assert breaches("loads-1", document["loads"]) == []
    AnalysisDocument.model_validate(document)  # closed: a key nobody described fails here
    LoadsDocument.model_validate(document["loads"])


def test_an_analysis_that_did_not_get_far_validates() -> None:
    document = json.loads(json.dumps(analysis(building=None, loads=None, status="failed")))
    assert breaches("analysis-1", document) == []
    assert document["building"] == {} and document["loads"] is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("status",), "done"),
        (("loads", "block", "heating", "walls"), "many"),
        (("loads", "method"), "by_feel"),
        (("levels", 0, "rooms", 0, "type"), "ballroom"),
        (("levels", 0, "rooms", 0, "confidence"), 1.5),
        (("building", "facts", "wall_r", "source"), "guessed"),
        (("building",), {"rooms": []}),
        (("loads", "aed_curve"), [1.0] * 11),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: Any) -> None:
    document = copy.deepcopy(json.loads(json.dumps(analysis())))
    node: Any = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    assert breaches("analysis-1", document) != []


def test_every_key_of_the_contract_is_required() -> None:
    assert set(committed("analysis-1")["required"]) == {
        "schema", "status", "run_id", "engine_version", "blueprint", "pages", "levels", "totals", "building",
        "questions", "review", "loads", "reports", "timings_s", "warnings",
    }  # fmt: skip
    assert set(committed("loads-1")["$defs"]["HeatingLoads"]["required"]) == {
        "total", "ducts", "windows", "skylights", "doors", "walls", "roofs", "ceilings", "floors", "slabs",
        "infiltration", "ventilation", "piping", "humidification",
    }  # fmt: skip


def test_later_keys_do_not_break_readers() -> None:
    document = json.loads(json.dumps(analysis())) | {"later": 1}
    assert breaches("analysis-1", document) == []


def test_the_api_lists_and_serves_the_schemas(client: Any) -> None:
    listed = client.get("/api/v1/schemas/").json()["schemas"]
    assert [row["name"] for row in listed] == [f"{name}.json" for name in sorted(DOCUMENTS)]
    for row in listed:
        answer = client.get(row["url"])
        assert answer.headers["Content-Type"] == "application/schema+json"
        assert answer.json() == committed(row["name"].removesuffix(".json"))
