"""Lists of plans that cannot be scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.refusals.doors import command, refused
from tests.refusals.provoke import provokes

BAD = ("no json", json.dumps({"plans": [{"pdf": "a.pdf"}]}), json.dumps({"plans": []}), json.dumps([1]))


@provokes("manifest_invalid")
@pytest.mark.parametrize("text", BAD)
def test_a_list_of_plans_that_cannot_be_understood(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    refused(command("score_extraction", tmp_path / "manifest.json"), "manifest_invalid")


@provokes("file_not_found")
def test_a_truth_file_that_is_not_there_stops_the_scoring(tmp_path: Path) -> None:
    plan = {"pdf": "a.pdf", "truth": "nowhere.json", "stratum": "A"}
    (tmp_path / "manifest.json").write_text(json.dumps({"plans": [plan]}))
    refused(command("score_extraction", tmp_path / "manifest.json"), "file_not_found")
