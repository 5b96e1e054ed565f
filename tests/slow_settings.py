"""Settings for tests that break a real cluster: the real stages, each held for a second so that it can be hit.

The clock can be set: AUTOHVAC_TEST_CLOCK names a file with the seconds to add.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from autohvac.settings import *  # noqa: F403  # settings are made to be extended this way
from autohvac.settings import PIPELINE as REAL_PIPELINE
from autohvac.settings import Q_CLUSTER

SLOWED = REAL_PIPELINE
PIPELINE = {name: f"tests.slow_stages.{name}" for name in REAL_PIPELINE}
HOLD_S = float(os.environ.get("AUTOHVAC_TEST_HOLD_S", "1.0"))
Q_CLUSTER = {**Q_CLUSTER, "poll": 0.2, "workers": 1, "queue_limit": 1}

_true_now = timezone.now


def _moved_now() -> datetime:
    return _true_now() + timedelta(seconds=float(Path(os.environ["AUTOHVAC_TEST_CLOCK"]).read_text() or 0))


if "AUTOHVAC_TEST_CLOCK" in os.environ:
    timezone.now = _moved_now
