"""Every stable code has a sentence, stands in docs/error-codes.md, and is provoked by a test with something really bad."""

from __future__ import annotations

import importlib
import re

import pytest
from django.utils.translation import override

from autohvac.api.problems import CODES
from autohvac.messages import ERRORS, error_text
from tests.conftest import ROOT
from tests.refusals.provoke import PROVOKED

RAISED = re.compile(
    r"(?:RejectedInput|NeedsInput|Transient|HpxmlRejected|_answer|problem|fail)\([^()\[\"]*\"([a-z0-9_]+)\""
)
NAMED = re.compile(r"(?:default_code|error_code)(?:: [\w\[\]]+)? = .*?\"([a-z0-9_]+)\"")
FOLDERS = ("autohvac", "blueprints", "calculations", "reports", "audit")


def raised_codes() -> set[str]:
    files = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if path.name != "messages.py"
    ]
    texts = [path.read_text() for path in files if "migrations" not in path.parts]
    return {code for text in texts for pattern in (RAISED, NAMED) for code in pattern.findall(text)}


def provoked_codes() -> set[str]:
    for path in (ROOT / "tests/refusals").glob("test_*.py"):
        importlib.import_module(f"tests.refusals.{path.stem}")
    return set(PROVOKED)


def test_every_code_that_is_raised_has_a_sentence() -> None:
    raised = raised_codes()
    assert len(raised) > 35  # the patterns still find what the code says
    assert raised - ERRORS.keys() == set()
    assert set(CODES.values()) - ERRORS.keys() == set()


def test_every_code_is_provoked_by_a_test_and_no_test_provokes_another() -> None:
    assert provoked_codes() ^ ERRORS.keys() == set()


def test_every_sentence_says_what_to_do() -> None:
    with override("en"):
        assert [code for code in ERRORS if ";" not in error_text(code)] == []


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_sentence_is_said_in_spanish(code: str) -> None:
    with override("en"):
        english = error_text(code)
    with override("es"):
        assert error_text(code) != english


def test_the_page_of_codes_is_in_step() -> None:
    documented = set(
        re.findall(r"^\| `([a-z0-9_]+)` \|", (ROOT / "docs/error-codes.md").read_text(), re.MULTILINE)
    )
    assert documented == set(ERRORS)
