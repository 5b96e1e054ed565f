"""`python -m tests.fuzz_pdf --count 5000`: damaged plans through stages 1 to 4, in children with the product's limits.

Case N of seed S is always the same file; a case that failed is kept, and `--case N` makes and reads it alone.
Ends with 1 when a reader failed by a bug of ours or ran past its limits.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from autohvac.core.sandbox import ChildLimits
from tests.conftest import ROOT
from tests.fuzzing.damage import KINDS
from tests.fuzzing.seeds import development_seeds, own_seeds
from tests.fuzzing.stages import Outcome, Reader, through_stages

SEED = 20250607
KEPT = ROOT / "var" / "fuzz"
OWN_SHARE = 0.75  # our own small sheets are read in a second or two; real plans take longer
PICTURE_SHARE = 0.1  # most damage is to the structure of a PDF


@dataclass(frozen=True)
class Job:
    """One case, and how it is to be read."""

    seed: int
    case: int
    own_only: bool
    limits: ChildLimits
    apart: bool = False


@dataclass(frozen=True)
class Done:
    """A case that was read: its name, kinds of damage, outcome, and the largest child so far [MB]."""

    case: int
    made_of: str
    kinds: tuple[str, ...]
    outcome: Outcome
    child_mb: float


@cache
def seeds(own_only: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Our own seeds and the development plans, once in a process."""
    with tempfile.TemporaryDirectory() as folder:
        own = own_seeds(Path(folder))
    return own, {} if own_only else development_seeds()


def damaged(job: Job) -> tuple[bytes, str, tuple[str, ...]]:
    """The bytes of a case, the seed it is made of and the kinds of damage; the same each time."""
    rng = Random(f"{job.seed}:{job.case}")
    own, real = seeds(job.own_only)
    pool = own if not real or rng.random() < OWN_SHARE else real
    picture = rng.random() < PICTURE_SHARE
    name = rng.choice(sorted(name for name, data in pool.items() if data.startswith(b"%PDF") != picture))
    kinds = [KINDS[job.case % len(KINDS)], *rng.sample(KINDS, rng.choice((0, 0, 0, 1, 2)))]
    data = pool[name]
    for kind in kinds:
        data = kind(data, rng) or b"%PDF-"
    return data, name, tuple(kind.__name__ for kind in kinds)


def read_case(job: Job) -> Done:
    """Make a case and read it; a bug's file is kept."""
    data, name, kinds = damaged(job)
    with tempfile.TemporaryDirectory(prefix="autohvac-fuzz-") as folder:
        path = Path(folder) / "plan.bin"
        path.write_bytes(data)
        reader = Reader(folder=Path(folder), limits=job.limits, apart=job.apart)
        outcome = through_stages(path, reader=reader)
        if outcome.bug or outcome.limit:
            KEPT.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, KEPT / f"{job.seed}-{job.case}.bin")
    child_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Done(job.case, name, kinds, outcome, child_mb)


def all_cases(jobs: Sequence[Job], *, workers: int) -> Iterator[Done]:
    """The cases as they end, in order."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            yield from pool.map(read_case, jobs)
        finally:
            pool.shutdown(cancel_futures=True)


def report(done: Sequence[Done], *, seconds: float) -> int:
    """Print the counts; the number of bugs."""
    codes = Counter(f"{d.outcome.code}{f' ({d.outcome.limit})' * bool(d.outcome.limit)}" for d in done)
    print(f"\n{len(done)} files in {seconds:.0f} s, largest child {max(d.child_mb for d in done):.0f} MB")
    for code, count in codes.most_common():
        print(f"{count:6d}  {code}")
    print("damage: read / all")
    for kind in KINDS:
        hit = [d for d in done if kind.__name__ in d.kinds]
        print(f"{sum(d.outcome.code == 'read' for d in hit):6d} / {len(hit):<6d} {kind.__name__}")
    slowest = sorted(done, key=lambda d: -max(d.outcome.seconds.values(), default=0.0))[:5]
    for d in slowest:
        times = ", ".join(f"{stage} {took:.1f}" for stage, took in d.outcome.seconds.items())
        print(f"slow: case {d.case} ({d.made_of}, {'+'.join(d.kinds)}): {times} s")
    bugs = [d for d in done if d.outcome.bug]
    for d in bugs:
        print(
            f"BUG case {d.case} ({d.made_of}, {'+'.join(d.kinds)}) in {d.outcome.stage}: {d.outcome.bug[:300]}"
        )
    print(f"{len(bugs)} bugs" + (f"; files kept in {KEPT.relative_to(ROOT)}" if bugs else ""))
    return len(bugs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the arguments, run, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--case", type=int, help="one case alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--seconds", type=int, default=60, help="time limit of a stage (the product's is 240)"
    )
    parser.add_argument("--memory-mb", type=int, default=1500, help="memory limit of a child")
    parser.add_argument("--own-only", action="store_true", help="leave the development plans out")
    parser.add_argument(
        "--apart", action="store_true", help="a child for each stage, as the product (slower)"
    )
    given = parser.parse_args(arguments)
    first, count = (given.first, given.count) if given.case is None else (given.case, 1)
    limits = ChildLimits(memory_mb=given.memory_mb, seconds=given.seconds)
    jobs = [
        Job(given.seed, case, given.own_only, limits, given.apart) for case in range(first, first + count)
    ]
    started, done = time.monotonic(), []
    for stop in (signal.SIGINT, signal.SIGTERM):  # what was read so far is reported
        signal.signal(stop, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        for result in all_cases(jobs, workers=given.jobs):
            done.append(result)
            if result.outcome.bug or len(done) % 50 == 0:
                print(f"{len(done)} of {count} {result.outcome.bug[:200]}", file=sys.stderr, flush=True)
    return 1 if done and report(done, seconds=time.monotonic() - started) else 0


if __name__ == "__main__":
    sys.exit(main())
