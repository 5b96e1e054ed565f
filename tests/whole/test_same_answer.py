"""One plan through the queue and through `process_blueprint`: the same document, byte for byte, but for ids, times and paths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from blueprints.sample.draw import draw_sample
from calculations.hpxml.importer import import_hpxml
from calculations.hpxml.schema import schema_errors
from calculations.manualj.engine import calculate
from tests.reports.test_schemas import breaches
from tests.whole.clusters import Site, wait_until
from tests.whole.test_kill import UPLOAD, ended

pytestmark = pytest.mark.cluster

QUEUE_DOCUMENT = """
import json
from blueprints.models import PipelineRun
from reports.selectors import analysis_of
print(json.dumps(json.dumps(analysis_of(PipelineRun.objects.get()), indent=1, ensure_ascii=False)))
"""


def comparable(text: str) -> bytes:
    """The document without what must differ: the run's id, timings and report paths."""
    document = json.loads(text)
    for key in ("run_id", "timings_s", "reports"):
        del document[key]
    return json.dumps(document, indent=1).encode()


def test_queue_and_command_give_the_same_document(tmp_path: Path) -> None:
    plan = draw_sample(tmp_path / "plan.pdf")
    for name in ("queue", "command"):
        (tmp_path / name).mkdir()
    site = Site(tmp_path / "queue", environment={"AUTOHVAC_TEST_HOLD_S": "0"})
    site.script(UPLOAD.format(path=str(plan)))
    site.start()
    try:
        wait_until(lambda: ended(site), seconds=240, what="the run of the queue")
    finally:
        site.kill()
    queued = site.script(QUEUE_DOCUMENT)
    out, house = tmp_path / "command.json", tmp_path / "house.xml"
    other = Site(tmp_path / "command", environment={"AUTOHVAC_TEST_HOLD_S": "0"})  # nothing to reuse
    files = ("--json", str(out), "--hpxml", str(house))
    other.manage("process_blueprint", str(plan), "--zip", "52401", "--front", "S", "--quiet", *files)
    assert comparable(queued) == comparable(out.read_text())
    assert breaches("analysis-1", json.loads(queued)) == []
    the_sample_house_comes_back(house.read_bytes(), json.loads(out.read_text())["loads"])


def the_sample_house_comes_back(document: bytes, loads: dict[str, Any]) -> None:
    """Its HPXML is valid by the official schema and has the very loads of the run."""
    assert schema_errors(etree.ElementTree(etree.fromstring(document)), version=5) == []
    assert calculate(import_hpxml(document).house).to_json_dict()["block"] == loads["block"]
