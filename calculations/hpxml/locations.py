"""Where a surface borders: HPXML's location words and the engine's spaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from calculations.hpxml.document import Node
from calculations.hpxml.errors import HpxmlRejected
from calculations.hpxml.reader import Reader
from calculations.manualj.house import GROUND, OTHER_UNIT, OUTDOORS

ROOMS: Final = frozenset(
    {
        "conditioned space",
        "living space",
        "basement - conditioned",
        "crawlspace - conditioned",
        "attic - conditioned",
        "garage - conditioned",
    }
)
FIXED: Final = {
    "outside": OUTDOORS,
    "ground": GROUND,
    "other housing unit": OTHER_UNIT,
    "other housing unit above": OTHER_UNIT,
    "other housing unit below": OTHER_UNIT,
}
SPACES: Final = {
    "attic - vented": "attic_vented",
    "attic - unvented": "attic_unvented",
    "garage": "garage",
    "crawlspace - vented": "crawlspace_vented",
    "crawlspace - unvented": "crawlspace_unvented",
    "basement - unconditioned": "basement_unconditioned",
    "other heated space": "other_heated_space",
    "other multifamily buffer space": "other_multifamily_buffer_space",
    "other non-freezing space": "other_non_freezing_space",
}
CONDITIONED_BASEMENTS: Final = {
    "basement - conditioned": "basement_conditioned",
    "crawlspace - conditioned": "crawlspace_conditioned",
}
UNCLEAR: Final = {  # word -> (what it is taken for when nothing else is said)
    "attic": "attic - vented",
    "attic - unconditioned": "attic - vented",
    "basement": "basement - unconditioned",
    "crawlspace": "crawlspace - vented",
    "crawlspace - unconditioned": "crawlspace - vented",
    "garage - unconditioned": "garage",
    "unconditioned space": "other multifamily buffer space",
    "manufactured home underbelly": "outside",
    "other": "outside",
}


@dataclass(frozen=True)
class Side:
    """One side of a surface: inside the conditioned space, or what it is instead."""

    word: str
    conditioned: bool
    adjacent: str  # "outdoors", "ground", "other_unit", a space id; for conditioned sides the basement or ""


def side_of(reader: Reader, node: Node, where: str) -> Side:
    """The side named by `InteriorAdjacentTo` or `ExteriorAdjacentTo`."""
    word = node.word(where)
    if word is None:
        word = "conditioned space" if where == "InteriorAdjacentTo" else "outside"
        reader.notes.add("hpxml_assumed", f"{node.path}/{where}", f"not given; taken as {word}")
    return side_named(reader, word, f"{node.path}/{where}")


def side_named(reader: Reader, word: str, path: str) -> Side:
    """A location word as a side; unclear words are settled by the attics and foundations of the document."""
    settled = settled_word(reader, word, path)
    if settled in ROOMS:
        basement = CONDITIONED_BASEMENTS.get(settled, "")
        if basement:
            reader.locations[settled] = basement
        return Side(word=settled, conditioned=True, adjacent=basement)
    if settled in FIXED:
        return Side(word=settled, conditioned=False, adjacent=FIXED[settled])
    reader.locations[settled] = SPACES[settled]
    return Side(word=settled, conditioned=False, adjacent=SPACES[settled])


def settled_word(reader: Reader, word: str, path: str) -> str:
    """A location word the tables know."""
    if word in ROOMS or word in FIXED or word in SPACES:
        return word
    if word not in UNCLEAR:
        raise HpxmlRejected("hpxml_unsupported", path=path, detail=f"location {word!r}")
    if word == "garage - unconditioned":
        return "garage"
    settled = described(reader, word) or UNCLEAR[word]
    reader.notes.add("hpxml_assumed", path, f"{word!r} taken as {settled!r}")
    return settled


def described(reader: Reader, word: str) -> str | None:
    """What Attics and Foundations say about an unclear word; None if they say nothing or disagree."""
    kind = word.split(" ")[0]
    groups = {
        "attic": ("Attics", "Attic", "AtticType/Attic"),
        "crawlspace": ("Foundations", "Foundation", "FoundationType/Crawlspace"),
        "basement": ("Foundations", "Foundation", "FoundationType/Basement"),
    }
    if kind not in groups:
        return None
    group, element, inner = groups[kind]
    found = {
        described_one(kind, part) for node in reader.enclosure(group, element) if (part := node.at(inner))
    }
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def described_one(kind: str, part: Node) -> str | None:
    """The full location word for one attic or foundation."""
    if part.flag("Conditioned"):
        return f"{kind} - conditioned"
    vented = part.flag("Vented")
    if kind == "basement":
        return None if part.flag("Conditioned") is None else "basement - unconditioned"
    return None if vented is None else f"{kind} - {'vented' if vented else 'unvented'}"
