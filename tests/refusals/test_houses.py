"""Real bad houses through `calculate_loads`, and runs that do not exist through the commands that take one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from calculations.assembly.complete import complete
from calculations.hpxml.exporter import export_hpxml
from calculations.weather.lookup import design_weather
from tests.calculations.buildings import three_bedroom_ranch
from tests.calculations.hpxml.houses import full_house
from tests.refusals.doors import NEEDS_ANSWER, Ended, asked, command, refused
from tests.refusals.provoke import provokes, provokes_each

Document = dict[str, Any]  # the JSON of a building, as a client may spoil it
Spoil = Callable[[Document], None]


def building() -> Document:
    made = complete(three_bedroom_ranch(), weather=design_weather("52401"))
    return json.loads(made.model_dump_json())


def loads_of(folder: Path, content: str | bytes, *args: str) -> Ended:
    path = folder / "house.in"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return command("calculate_loads", path, *args)


def hpxml(*changes: tuple[str, str]) -> str:
    text = export_hpxml(full_house()).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def words_for_a_number(document: Document) -> None:
    document["facts"]["bedrooms"]["value"] = "many"


def no_design(document: Document) -> None:
    document["design"] = None


def no_number(document: Document) -> None:
    document["design"]["heating_db_f"]["value"] = "NaN"


def beyond_the_pole(document: Document) -> None:
    document["design"]["latitude"]["value"] = 990


SPOILT: list[tuple[Spoil, str]] = [
    (words_for_a_number, "fact_invalid"),
    (no_design, "building_invalid"),
    (no_number, "building_invalid"),
    (beyond_the_pole, "house_invalid"),
]


def test_the_unspoilt_houses_have_loads(tmp_path: Path) -> None:
    assert "heating: " in loads_of(tmp_path, json.dumps(building())).out
    assert "heating: " in loads_of(tmp_path, hpxml()).out


@provokes_each("spoil, code", SPOILT)
def test_a_building_that_cannot_be(spoil: Spoil, code: str, tmp_path: Path) -> None:
    document = building()
    spoil(document)
    refused(loads_of(tmp_path, json.dumps(document), "--sweep"), code)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"building": 7}', b"\xff\xfe", b"[" * 100_000]
)
@provokes("building_invalid")
def test_what_is_no_building(content: bytes, tmp_path: Path) -> None:
    refused(loads_of(tmp_path, content), "building_invalid")


@provokes("answer_needed")
def test_a_building_without_rooms_has_no_load(tmp_path: Path) -> None:
    document = building() | {"rooms": [], "surfaces": [], "openings": []}
    asked(loads_of(tmp_path, json.dumps(document)), "answer_needed", "rooms")


@provokes("file_too_large")
def test_a_house_of_21_megabytes(tmp_path: Path) -> None:
    refused(loads_of(tmp_path, b" " * (21 * 2**20)), "file_too_large")


@provokes("file_not_found")
def test_a_house_that_is_not_there(tmp_path: Path) -> None:
    refused(command("calculate_loads", tmp_path / "nowhere.xml"), "file_not_found")


HPXML_CASES: list[tuple[str, Callable[[], str], str]] = [
    ("not xml", lambda: "<HPXML", "hpxml_invalid"),
    ("another language", lambda: "<html/>", "hpxml_invalid"),
    ("nested too deep", lambda: "<a>" * 5000 + "</a>" * 5000, "hpxml_invalid"),
    ("not a number", lambda: hpxml(("<Latitude>41.0", "<Latitude>north")), "hpxml_invalid"),
    ("version 3", lambda: hpxml(("hpxmlonline.com/2025/12", "hpxmlonline.com/2019/10")), "hpxml_unsupported"),
    ("too many elements", lambda: "<HPXML>" + "<a/>" * 200_001 + "</HPXML>", "hpxml_too_large"),
    (
        "an entity that reads a file",
        lambda: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><HPXML>&b;</HPXML>',
        "hpxml_unsafe",
    ),
]


@provokes_each("name, make, code", HPXML_CASES)
def test_hpxml_that_cannot_be_used(name: str, make: Callable[[], str], code: str, tmp_path: Path) -> None:
    refused(loads_of(tmp_path, make()), code)


@provokes("house_invalid")
def test_hpxml_with_a_window_larger_than_its_wall(tmp_path: Path) -> None:
    house = full_house()
    window = house.windows[0].model_copy(update={"area_sqft": 9000.0})
    spoilt = export_hpxml(house.model_copy(update={"windows": (window, *house.windows[1:])}))
    refused(loads_of(tmp_path, spoilt), "house_invalid")


@provokes("hpxml_design_missing")
def test_hpxml_without_design_conditions_and_without_zip_asks_for_them(tmp_path: Path) -> None:
    line = "<HeatingDesignTemperature>-5.0</HeatingDesignTemperature>"
    ended = loads_of(tmp_path, hpxml((line, "")))
    asked(ended, "hpxml_design_missing", "HeatingDesignTemperature")
    refused(ended, "hpxml_design_missing", status=NEEDS_ANSWER)


@pytest.mark.django_db
@pytest.mark.parametrize("run_id", [str(uuid.UUID(int=7)), "seven"])
@provokes("run_not_found")
def test_a_run_that_does_not_exist(run_id: str, tmp_path: Path) -> None:
    refused(command("verify_audit", "--run", run_id), "run_not_found")
    refused(command("export_hpxml", run_id, tmp_path / "out.xml"), "run_not_found")
