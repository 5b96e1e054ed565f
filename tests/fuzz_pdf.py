"""`python -m tests.fuzz_pdf --count 5000`: damaged plans through stages 1 to 4, in children with the product's limits.

Case N of seed S is always the same file; a case that failed is kept, and `--case N` makes and reads it alone. What was read
is kept in a tally: the same command goes on where it stopped, as long as the code is the same, and prints the counts of all.
Ends with 1 when a reader failed by a bug of ours, ran past its limits or killed its worker.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path

from autohvac.core.sandbox import ChildLimits
from tests.fuzzing.cases import KEPT, Done, Job, read_case
from tests.fuzzing.tally import Tally, report

SEED = 20250607


def all_cases(jobs: Sequence[Job], *, workers: int) -> Iterator[Done]:
    """The cases as they end."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for future in as_completed([pool.submit(read_case, job) for job in jobs]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--case", type=int, help="one case alone, whether it was read before or not")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--seconds", type=int, default=60, help="time limit of a stage (the product's is 240)"
    )
    parser.add_argument("--memory-mb", type=int, default=1500, help="memory limit of a child")
    parser.add_argument("--own-only", action="store_true", help="leave the development plans out")
    parser.add_argument(
        "--apart", action="store_true", help="a child for each stage, as the product (slower)"
    )
    parser.add_argument("--tally", type=Path, default=KEPT / "tally.jsonl", help="where cases read are kept")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Read the cases that are still to be read, and report."""
    asked = arguments(given)
    limits = ChildLimits(memory_mb=asked.memory_mb, seconds=asked.seconds)

    def job(case: int) -> Job:
        return Job(asked.seed, case, asked.own_only, limits, asked.apart)

    if asked.case is not None:
        return int(report([read_case(job(asked.case))], of=1) > 0)
    cases = range(asked.first, asked.first + asked.count)
    tally = Tally(asked.tally, like=job(0))
    missing = [job(case) for case in cases if case not in tally.done]
    for stop in (signal.SIGINT, signal.SIGTERM):  # what was read so far is reported
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        for number, result in enumerate(all_cases(missing, workers=asked.jobs), start=1):
            tally.add(result)
            if result.outcome.bug or number % 50 == 0:
                print(f"{number} of {len(missing)} {result.outcome.bug[:200]}", file=sys.stderr, flush=True)
    done = tally.of(cases)
    return int(report(done, of=asked.count) > 0) if done else 0


if __name__ == "__main__":
    sys.exit(main())
