"""Speed and memory of the load engine on one core: `python -m calculations.check.bench [--houses N]`.

A made-up house of 15 rooms is calculated again and again, in one orientation and in eight. Exit code 1 if the
median passes 10 ms a house or 25 ms a sweep, or if memory grows.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from calculations.check.sample import sample_house
from calculations.manualj.engine import calculate, sweep

HOUSE_MS, SWEEP_MS = 10.0, 25.0
GROWTH_LIMIT_KIB: Final = 4096  # under half a KiB for each of 10,000 houses: less than any loads kept
MEASURED_RUNS: Final = 200


@dataclass(frozen=True)
class Timing:
    """How long one kind of run takes."""

    name: str
    median_ms: float
    slowest_ms: float
    limit_ms: float

    @property
    def is_kept(self) -> bool:
        """Whether the median is under its limit."""
        return self.median_ms < self.limit_ms

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.name:28s} p50 {self.median_ms:7.2f} ms, slowest {self.slowest_ms:7.2f} ms, "
            f"{1000.0 / self.median_ms:7.1f} per second; limit {self.limit_ms:g} ms: "
            f"{'yes' if self.is_kept else 'NO'}"
        )


def timed(name: str, run: Callable[[], object], *, runs: int, limit_ms: float) -> Timing:
    """Median and slowest of `runs`, by processor time: other processes do not count."""
    run()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        run()
        taken.append((time.process_time() - start) * 1000.0)
    return Timing(name, median(taken), max(taken), limit_ms)


def peak_kib() -> int:
    """The most resident memory this process has had [KiB]."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak  # bytes there, KiB on Linux


def growth_kib(houses: int) -> tuple[int, int]:
    """Peak memory after a tenth of the houses and after all of them, each house another one."""
    house, early = sample_house(), 0
    for i in range(houses):
        azimuth = 360.0 * i / houses
        design = house.design.model_copy(update={"latitude": 25.0 + 40.0 * i / houses})
        calculate(house.turned_by(azimuth).model_copy(update={"design": design, "name": str(i)}))
        if i == houses // 10:
            early = peak_kib()
    return early, peak_kib()


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: print timings and memory."""
    parser = argparse.ArgumentParser(prog="python -m calculations.check.bench", description=__doc__)
    parser.add_argument("--houses", type=int, default=10_000, help="houses of the memory run; 0: none")
    parser.add_argument("--runs", type=int, default=MEASURED_RUNS)
    options = parser.parse_args(arguments)
    house = sample_house()
    timings = [
        timed("15 rooms, one orientation", lambda: calculate(house), runs=options.runs, limit_ms=HOUSE_MS),
        timed("15 rooms, eight orientations", lambda: sweep(house), runs=options.runs, limit_ms=SWEEP_MS),
    ]
    print("\n".join(map(str, timings)))
    kept = all(timing.is_kept for timing in timings)
    if options.houses:
        early, late = growth_kib(options.houses)
        flat = late - early < GROWTH_LIMIT_KIB
        print(
            f"peak memory after {options.houses // 10} houses {early} KiB, after {options.houses} {late} KiB"
        )
        print(f"memory flat: {'yes' if flat else 'NO'}")
        kept = kept and flat
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
