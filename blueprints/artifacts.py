"""Checkpoints: the JSON a stage left, stored under its own sha256."""

from __future__ import annotations

from django.core.files.storage import default_storage

from autohvac.core.digest import sha256_bytes


def artifact_name(digest: str) -> str:
    """Storage name of an artifact."""
    return f"artifacts/{digest[:2]}/{digest}.json"


def artifact_bytes(digest: str) -> bytes | None:
    """An artifact's bytes, checked against their digest; None when missing or damaged."""
    name = artifact_name(digest)
    if not default_storage.exists(name):
        return None
    with default_storage.open(name, "rb") as stream:
        data: bytes = stream.read()
    return data if sha256_bytes(data) == digest else None
