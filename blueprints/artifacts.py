"""Checkpoints: the JSON a stage left, stored under its own sha256."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.core.files.storage import default_storage

from autohvac.core.digest import sha256_bytes
from autohvac.core.errors import Transient


@contextmanager
def storage_answers() -> Iterator[None]:
    """Around every use of the storage: what fails there (full, read-only, gone) may work later.

    Raises: Transient storage_unavailable.
    """
    try:
        yield
    except OSError as error:
        raise Transient("storage_unavailable", problem=type(error).__name__) from error
    except Exception as error:
        if not _is_s3_fault(error):
            raise
        raise Transient("storage_unavailable", problem=type(error).__name__) from error


def _is_s3_fault(error: Exception) -> bool:
    # By the module's name: the S3 client is loaded only where it is used.
    return type(error).__module__.partition(".")[0] in ("botocore", "boto3", "s3transfer")


def store_once(name: str, content: File[bytes], *, size: int) -> str:
    """Store a content-addressed file and return its name; storing it again is harmless, a torn one is replaced."""
    with storage_answers():
        if default_storage.exists(name):
            if default_storage.size(name) == size:
                return name
            default_storage.delete(name)  # a writer died, or the disk was full
        return default_storage.save(name, content)


def artifact_name(digest: str) -> str:
    """Storage name of an artifact."""
    return f"artifacts/{digest[:2]}/{digest}.json"


def artifact_bytes(digest: str) -> bytes | None:
    """An artifact's bytes, checked against their digest; None when missing or damaged."""
    name = artifact_name(digest)
    with storage_answers():
        if not default_storage.exists(name):
            return None
        with default_storage.open(name, "rb") as stream:
            data: bytes = stream.read()
    return data if sha256_bytes(data) == digest else None
