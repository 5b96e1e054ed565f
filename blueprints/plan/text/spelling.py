"""Names that OCR read one letter off: a letter lost, added, or taken for one that looks alike. Sizes are never touched."""

from __future__ import annotations

from collections.abc import Iterable

LOOK_ALIKE = ("0OQDC", "1ILTJ|", "5S", "8BR", "6GC", "EF", "UV", "MNHW", "2Z", "PF", "KX", "AR")
SHORTEST = 5


def one_letter_off(word: str, names: Iterable[str]) -> list[str]:
    """The names a word (capitals) is one letter off of, nearest in length first; none for words too short to tell."""
    if len(word) < SHORTEST:
        return []
    found = [name for name in names if len(name) >= SHORTEST and _is_off_by_one(word, name)]
    return sorted(found, key=lambda name: (abs(len(name) - len(word)), name))


def _is_off_by_one(one: str, other: str) -> bool:
    """Whether one letter is lost, added, or looks like the other's."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        return one[at + 1 :] == other[at + 1 :] and _look_alike(one[at], other[at])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[at + 1 :] == shorter[at:]


def _look_alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in LOOK_ALIKE)
