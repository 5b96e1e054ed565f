"""What all tests share: files and queue of their own, and the folder of the development data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is slow; that says nothing of the code.
hypothesis_settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("busy")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def own_storage(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Each test writes files into a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "allow_overwrite": True},
        },
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield


@pytest.fixture(autouse=True)
def own_language() -> None:
    """No test speaks the language of the one before: a request leaves its language behind in the thread."""
    translation.deactivate()


@pytest.fixture
def shared() -> Path:
    """The development data, or a skip with the reason."""
    if not SHARED.is_dir():
        pytest.skip("the development data (../shared) is not here")
    return SHARED
