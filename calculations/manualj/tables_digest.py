"""The identity of the engine's tables."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from autohvac.core.digest import sha256_file, sha256_of

TABLES = Path(__file__).parent / "tables"


@lru_cache(maxsize=1)
def tables_digest() -> str:
    """SHA-256 over the names and digests of all table files."""
    return sha256_of({path.name: sha256_file(path) for path in sorted(TABLES.glob("*.json"))})
