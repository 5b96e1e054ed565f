"""Cases already read, kept as lines of JSON: a long fuzzing may stop and go on, and its counts are printed from here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzzing.cases import Done, Job
from tests.fuzzing.damage import KINDS
from tests.fuzzing.stages import READ

OF_THE_READER = ("blueprints/plan", "autohvac/core", "tests/fuzzing")
SHOWN = 5


def reader_digest() -> str:
    """Of all code that makes, reads and judges a case: rows of another code do not count."""
    digest = sha256()
    for folder in OF_THE_READER:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


class Tally:
    """The rows of one file that were read by this code in this way."""

    def __init__(self, path: Path, *, like: Job) -> None:
        self.path, self.done = path, dict[int, Done]()
        self.key = [
            reader_digest(),
            like.seed,
            like.own_only,
            like.apart,
            like.limits.memory_mb,
            like.limits.seconds,
        ]
        for line in path.read_text().splitlines() if path.exists() else ():
            row = json.loads(line)
            if row.pop("key") == self.key:
                self.done[row["case"]] = Done.from_row(row)

    def add(self, done: Done) -> None:
        """Keep a case."""
        self.done[done.case] = done
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps({"key": self.key, **done.as_row()}) + "\n")

    def of(self, cases: Iterable[int]) -> list[Done]:
        """Those of these cases that were read."""
        return [self.done[case] for case in cases if case in self.done]


def report(done: Sequence[Done], *, of: int, say: Callable[[str], None] = print) -> int:
    """Print the counts; the number of bugs."""
    spent = sum(seconds_of(d) for d in done)
    say(
        f"{len(done)} of {of} files, {spent:.0f} s of reading, largest child {max(d.child_mb for d in done):.0f} MB"
    )
    codes = Counter(f"{d.outcome.code}{f' ({d.outcome.limit})' * bool(d.outcome.limit)}" for d in done)
    for code, count in codes.most_common():
        say(f"{count:6d}  {code}")
    say("damage: read / all, seconds a file")
    for kind in KINDS:
        hit = [d for d in done if kind.__name__ in d.kinds]
        mean = sum(map(seconds_of, hit)) / max(1, len(hit))
        say(f"{sum(d.outcome.code == READ for d in hit):6d} / {len(hit):<6d}{mean:5.1f}  {kind.__name__}")
    for d in sorted(done, key=seconds_of, reverse=True)[:SHOWN]:
        times = ", ".join(f"{stage} {took:.1f}" for stage, took in d.outcome.seconds.items())
        say(f"slow: {_named(d)} {d.outcome.code} {d.outcome.limit}: {times} s")
    bugs = [d for d in done if d.outcome.bug]
    for d in bugs:
        say(f"BUG {_named(d)} in {d.outcome.stage}: {d.outcome.bug[:300]}")
    say(f"{len(bugs)} bugs")
    return len(bugs)


def seconds_of(done: Done) -> float:
    """How long a case took: its one child, or one child after the other, and stage 5 [s]."""
    times = done.outcome.seconds
    if "child" in times:
        return times["child"] + times.get("cleanup", 0.0)
    return sum(times.values())


def _named(done: Done) -> str:
    return f"case {done.case} ({done.made_of}, {'+'.join(done.kinds)})"
