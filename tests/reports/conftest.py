"""Settings for report tests."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_static(settings: Any, tmp_path: Any) -> None:
    """A folder for collected static files, which a test checkout does not have."""
