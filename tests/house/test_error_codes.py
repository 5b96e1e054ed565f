"""Every stable code has a sentence and stands in docs/error-codes.md."""

from __future__ import annotations

import re

from django.utils.translation import override

from autohvac.messages import ERRORS, error_text
from tests.conftest import ROOT

RAISED = re.compile(r"(?:RejectedInput|NeedsInput|Transient|HpxmlRejected)\(\s*\"([a-z0-9_]+)\"")
FOLDERS = ("autohvac", "blueprints", "calculations", "reports", "audit")


def raised_codes() -> set[str]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    return {code for path in files for code in RAISED.findall(path.read_text())}


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert raised_codes() - ERRORS.keys() == set()


def test_every_sentence_says_what_to_do() -> None:
    with override("en"):
        assert [code for code in ERRORS if ";" not in error_text(code)] == []


def test_the_page_of_codes_is_in_step() -> None:
    documented = set(
        re.findall(r"^\| `([a-z0-9_]+)` \|", (ROOT / "docs/error-codes.md").read_text(), re.MULTILINE)
    )
    assert documented == set(ERRORS)
