"""One case of the fuzzing: made from its number alone, read, and what came of it."""

from __future__ import annotations

import resource
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from autohvac.core.sandbox import ChildLimits
from tests.conftest import ROOT
from tests.fuzzing.damage import KINDS
from tests.fuzzing.seeds import development_seeds, own_seeds
from tests.fuzzing.stages import Outcome, Reader, through_stages

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
    """A case that was read: its name, kinds of damage, outcome, and the memory of its child [MB]."""

    case: int
    made_of: str
    kinds: tuple[str, ...]
    outcome: Outcome
    child_mb: float

    def as_row(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Done:
        """From plain JSON."""
        outcome = Outcome(**row["outcome"])
        return cls(row["case"], row["made_of"], tuple(row["kinds"]), outcome, row["child_mb"])


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
    """Make a case and read it; the file of a bug or of a limit is kept."""
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
