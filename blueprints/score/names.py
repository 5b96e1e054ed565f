"""Room names compared: normalised by a table of abbreviations, likeness by edits, type by key words."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOM_NUMBER = re.compile(r"\d{3}[a-z]?")
TABLE = Path(__file__).parent / "data" / "room_words.json"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=8192)
def normalised(name: str) -> str:
    """Small letters, no accents, no punctuation, abbreviations written out, words like 'room' and room numbers left out.

    A name of nothing but such words keeps them. A room number has three digits and perhaps a letter: KITCHEN 100A.
    """
    flat = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in flat if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", plain).replace("_", " ").strip()
    words = words.replace("w i c", "wic")
    parts = re.sub(r"(?<=[a-z])(?=\d)", " ", words).split()
    long = " ".join(_table()["alias"].get(part, part) for part in parts).split()
    kept = [w for w in long if w not in _table()["filler"] and not ROOM_NUMBER.fullmatch(w)]
    return " ".join(kept or long)


def edits(one: str, other: str) -> int:
    """Levenshtein distance: insertions, deletions and replacements of characters."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """1 for the same normalised name, 0 for nothing in common: 1 - edits / longer length."""
    a, b = normalised(one), normalised(other)
    longest = max(len(a), len(b))
    return 1.0 - edits(a, b) / longest if longest else 0.0


def type_of(name: str) -> str | None:
    """The room type a name tells, by the table's key words in its order; None when it tells none."""
    words = f" {normalised(name)} "
    for kind, keys in _table()["types"]:
        if any(f" {key} " in words for key in keys):
            return str(kind)
    return None
