"""M9: names and types of matched rooms, characters of names on scans."""

from __future__ import annotations

from blueprints.score.matching import Pair
from blueprints.score.model import TruthRoom
from blueprints.score.names import edits, normalised
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Samples, share

SCANS = ("C", "D")


def label_samples(case: Case) -> Samples:
    """M9, over rooms matched one to one."""
    alone = [pair for pair in case.matching.pairs if len(pair.truths) == 1]
    named = [pair for pair in alone if pair.truths[0].name]
    samples: Samples = {
        "M9.name_exact": share(_same(pair.truths[0], pair.read.name) for pair in named),
        "M9.type": share(p.truths[0].type == p.read.type for p in alone if p.truths[0].type is not None),
    }
    if case.truth.stratum in SCANS:
        samples["M9.character_errors"] = _characters(named)
    return samples


def _same(room: TruthRoom, name: str) -> bool:
    return normalised(room.name or "") == normalised(name)


def _characters(pairs: list[Pair]) -> Ratio:
    wrong = sum(edits((pair.truths[0].name or "").casefold(), pair.read.name.casefold()) for pair in pairs)
    return Ratio(wrong, sum(len(pair.truths[0].name or "") for pair in pairs))
