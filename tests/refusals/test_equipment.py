"""Loads and equipment files that the Manual S check cannot use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.calculations.equipment.test_manual_s import cooling, loads_document
from tests.refusals.doors import Ended, command, refused
from tests.refusals.provoke import provokes


def checked(folder: Path, loads: bytes, equipment: bytes) -> Ended:
    """The command on two documents."""
    (folder / "loads.json").write_bytes(loads)
    (folder / "equipment.json").write_bytes(equipment)
    return command("check_equipment", folder / "loads.json", folder / "equipment.json")


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


def test_sound_files_are_checked(tmp_path: Path) -> None:
    ended = checked(tmp_path, as_bytes(loads_document()), as_bytes({"cooling": cooling()}))
    assert "equipment check: passed" in ended.out


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"loads": {"block": 1}}'])
@provokes("loads_invalid")
def test_what_holds_no_loads(content: bytes, tmp_path: Path) -> None:
    refused(checked(tmp_path, content, as_bytes({"cooling": cooling()})), "loads_invalid")


@pytest.mark.parametrize("content", [b"", b"{}", b"7", b"{", b'{"heating": {"kind": "stove"}}'])
@provokes("equipment_invalid")
def test_what_is_no_equipment(content: bytes, tmp_path: Path) -> None:
    refused(checked(tmp_path, as_bytes(loads_document()), content), "equipment_invalid")


@provokes("equipment_invalid")
def test_performance_data_that_end_before_the_design_temperature(tmp_path: Path) -> None:
    loads = loads_document()
    loads["design"]["cooling_db_f"] = 110
    refused(checked(tmp_path, as_bytes(loads), as_bytes({"cooling": cooling()})), "equipment_invalid")
