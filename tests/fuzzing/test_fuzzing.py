"""The fuzzing itself: the same case is the same file, every kind of damage damages, and a bug would be noticed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from autohvac.core.sandbox import ChildLimits
from tests import hostile
from tests.fuzz_pdf import Job, damaged, seeds
from tests.fuzzing import stages
from tests.fuzzing.damage import KINDS, Damage
from tests.fuzzing.stages import through_stages

LIMITS = ChildLimits(seconds=30)


def test_a_case_is_the_same_file_each_time() -> None:
    made = [damaged(Job(1, case, True, LIMITS)) for case in range(14)]
    seeds.cache_clear()
    assert made == [damaged(Job(1, case, True, LIMITS)) for case in range(14)]
    assert len({data for data, _, _ in made}) == 14


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_damages_a_plan(kind: Damage) -> None:
    plan = seeds(True)[0]["pictures"]
    assert any(kind(plan, Random(n)) != plan for n in (1, 2))


def test_the_small_seed_is_read_to_rooms(tmp_path: Path) -> None:
    path = tmp_path / "plan.bin"
    path.write_bytes(seeds(True)[0]["small"])
    outcome = through_stages(path, folder=tmp_path, limits=LIMITS)
    assert (outcome.code, outcome.bug) == ("read", "")
    assert list(outcome.seconds) == ["validate", "pages", "geometry", "text", "cleanup"]


def test_a_refusal_is_a_code_and_no_bug(tmp_path: Path) -> None:
    outcome = through_stages(hostile.encrypted_pdf(tmp_path), folder=tmp_path, limits=LIMITS)
    assert (outcome.code, outcome.stage, outcome.bug) == ("pdf_encrypted", "validate", "")


def test_a_reader_that_fails_by_our_bug_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "Limits", lambda: hostile)  # no limits at all: the reader's own mistake
    outcome = through_stages(hostile.sound_pdf(tmp_path), folder=tmp_path, limits=LIMITS)
    assert outcome.code == "stage_failed" and outcome.bug
