"""The speed check: what it measures and when it fails."""

from __future__ import annotations

import pytest

from calculations.check import bench
from calculations.check.bench import Timing, growth_kib, main, timed


def test_a_median_over_its_limit_is_not_kept() -> None:
    assert Timing("house", 9.9, 50.0, 10.0).is_kept
    assert not Timing("house", 10.1, 10.2, 10.0).is_kept
    assert "limit 10 ms: NO" in str(Timing("house", 10.1, 10.2, 10.0))


def test_each_run_is_timed_once_and_a_warm_up_before() -> None:
    runs: list[int] = []
    found = timed("house", lambda: runs.append(1), runs=5, limit_ms=10)
    assert len(runs) == 6
    assert found.slowest_ms >= found.median_ms >= 0


def test_memory_is_read_after_a_tenth_and_at_the_end() -> None:
    early, late = growth_kib(20)
    assert 0 < early <= late


def test_growing_memory_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = Timing("house", 1.0, 1.0, 10.0)
    monkeypatch.setattr(bench, "timed", lambda *_, **__: quick)
    monkeypatch.setattr(bench, "growth_kib", lambda houses: (50_000, 90_000))
    assert main(["--houses", "100"]) == 1
    assert "memory flat: NO" in capsys.readouterr().out
    monkeypatch.setattr(bench, "growth_kib", lambda houses: (50_000, 50_100))
    assert main(["--houses", "100"]) == 0
