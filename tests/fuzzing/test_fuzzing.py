"""The fuzzing itself: the same case is the same file, every kind of damage damages, and a bug would be noticed."""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from autohvac.core.errors import RejectedInput
from autohvac.core.sandbox import ChildLimits, resident_mb
from tests import hostile
from tests.fuzzing.cases import Job, damaged, seeds
from tests.fuzzing.damage import KINDS, Damage
from tests.fuzzing.forked import run_forked
from tests.fuzzing.stages import Reader, through_stages

LIMITS = ChildLimits(seconds=30)


def test_a_case_is_the_same_file_each_time() -> None:
    made = [damaged(Job(1, case, True, LIMITS)) for case in range(9)]
    seeds.cache_clear()
    assert made == [damaged(Job(1, case, True, LIMITS)) for case in range(9)]
    assert len({data for data, _, _ in made}) == 9


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_damages_a_plan(kind: Damage) -> None:
    plan = seeds(True)[0]["pictures"]
    assert any(kind(plan, Random(n)) != plan for n in (1, 2))


@pytest.mark.parametrize("apart", [False, True])
def test_the_small_seed_is_read_either_way(apart: bool, tmp_path: Path) -> None:
    path = tmp_path / "plan.bin"
    path.write_bytes(seeds(True)[0]["small"])
    outcome = through_stages(path, reader=Reader(tmp_path, LIMITS, apart=apart))
    assert (outcome.code, outcome.bug) == ("read", "")
    assert {"validate", "pages", "geometry", "text", "cleanup"} <= outcome.seconds.keys()


def test_a_refusal_is_a_code_and_no_bug(tmp_path: Path) -> None:
    outcome = through_stages(hostile.encrypted_pdf(tmp_path), reader=Reader(tmp_path, LIMITS))
    assert (outcome.code, outcome.bug) == ("pdf_encrypted", "")


def test_a_reader_that_fails_by_our_bug_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blueprints.plan.pdf.validate.validate", lambda path, limits: 1 / 0)
    outcome = through_stages(hostile.sound_pdf(tmp_path), reader=Reader(tmp_path, LIMITS))
    assert outcome.code == "stage_failed" and "ZeroDivisionError" in outcome.bug


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        (lambda *_: time.sleep(60), "time"),
        (lambda *_: [b"x" * 2**23 for _ in range(120)] and time.sleep(60), "memory"),
        (lambda *_: os.abort(), "crash"),
        (lambda *_: "x" * (3 * 2**20), "answer"),
    ],
)
def test_a_forked_child_has_its_limits(body: Any, limit: str, tmp_path: Path) -> None:
    own_mb = round(resident_mb(os.getpid()))  # a forked child begins with what its parent holds
    limits = ChildLimits(memory_mb=own_mb + 500, seconds=2 if limit == "time" else 30, answer_mb=2)
    with pytest.raises(RejectedInput) as refused:
        run_forked(body, {}, folder=tmp_path, limits=limits)
    assert (refused.value.code, refused.value.facts["limit"]) == ("plan_too_complex", limit)
